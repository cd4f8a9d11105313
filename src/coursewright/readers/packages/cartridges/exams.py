"""Quizzes of a cartridge as parts: the richest of their documents, their settings, and what they draw from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from coursewright.course.parts import Part
from coursewright.course.quiz import Quiz, asked
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.packages.documents.canvas.names import questions_file
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.files.names import printable
from coursewright.readers.packages.cartridges.planning import KINDS, PartDraft
from coursewright.readers.packages.cartridges.quizzes import (
    as_one,
    quizzes_in,
    redrawn,
    unkept_settings,
    with_settings,
    without_prefix,
)
from coursewright.readers.packages.cartridges.ways import PackageWays
from coursewright.readers.packages.cartridges.work import dates_in
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.quiz_links import linked
from coursewright.readers.packages.recovery import Element, ElementKind, Fate
from coursewright.readers.packages.texts import written
from coursewright.readers.quizzes.qti.tests2 import item_quiz, test_quiz
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.text.names import shortened

_MOST_BANKS = 50
_WITHOUT_KEY = "its kind is asked as a text to write, without its key"
_ROOTS = ("questestinterop", "assessmentTest", "assessmentItem", "qti-assessment-test", "qti-assessment-item")


@slotted
class Exams:
    """Makes the quizzes of a course."""

    documents: PackageDocuments
    ways: PackageWays
    ledger: Ledger
    folder: Path
    ours: bool = False

    def made(self, planned: PartDraft, title: str, resource: str) -> Iterator[Part]:
        """Yield the quiz that an entry is; a page where it asks nothing."""
        entry = planned.entry
        found = self._document(entry.identifier, entry.files, resource)
        element = Element(KINDS[planned.kind], entry.identifier, title, file=printable(next(iter(entry.files), "")))
        if found is None:
            yield planned.standing_in(self.ledger, replace(element, why="its questions cannot be read"))
            return
        file, root = found
        findings: list[Finding] = []
        quizzes = self._quizzes(root, file, findings)
        meta = self.documents.first_value(entry.files, QuizSettings)
        settings = meta or QuizSettings()
        text = written(settings.description, lambda address: self.ways.lead(address, file, title))
        quiz = as_one(quizzes, planned.key, title, self.ledger.shown)
        quiz = self._of_ours(quiz, resource or entry.identifier) if self.ours else quiz
        quiz = linked(quiz, lambda address: self.ways.lead(address, file, title))
        quiz = with_settings(quiz, settings, text.markdown.strip()) if meta else quiz
        finish = entry.finish
        passing = finish.minimum if finish and finish.minimum else quiz.passing
        quiz = replace(quiz, passing=passing, audience=planned.audience, targets={**quiz.targets, **text.targets})
        self._told(quiz, element, settings, findings, file)
        yield quiz if quiz.questions else replace(planned.head(self.ledger.shown), title=title).page(text)

    def _document(self, identifier: str, files: tuple[str, ...], resource: str) -> tuple[str, etree._Element] | None:
        """Return the document of a quiz: Canvas's own where there is one, since it holds more than the profile."""
        own = questions_file(identifier)
        root = self.documents.root(own)
        if root is not None:
            return own, root
        found = (self.documents.first(files, name) for name in _ROOTS)
        first = next(filter(None, found), None)
        inline = self.documents.within(resource, "questestinterop")
        return first or ((self.documents.subject.found.file, inline) if inline is not None else None)

    def _quizzes(self, root: etree._Element, file: str, findings: list[Finding]) -> list[Quiz]:
        shown = f"{self.ledger.shown}/{printable(file)}"
        name = etree.QName(root).localname.lower()
        if name == "questestinterop":
            return quizzes_in(root, file, self.folder, shown, findings)
        sheet = Sheet((), shown)
        at = (self.folder / file).parent
        one = test_quiz(root, sheet, at, findings) if name.endswith("test") else item_quiz(root, sheet, findings)
        return [one] if one else []

    def _of_ours(self, quiz: Quiz, identifier: str) -> Quiz:
        """Return a quiz of ours with its banks, and with the keys that its questions were written with."""
        banks = []
        for number in range(1, _MOST_BANKS):
            root = self.documents.root(f"{identifier}-bank{number}.xml")
            if root is None:
                break
            banks += self._quizzes(root, f"{identifier}-bank{number}.xml", [])
        return without_prefix(redrawn(quiz, banks), identifier)

    def _told(self, quiz: Quiz, element: Element, settings: QuizSettings, findings: list[Finding], file: str) -> None:
        """Enter a quiz and its questions in the ledger."""
        self.ledger.findings += findings
        if not quiz.questions:
            element = element.changed("a quiz without questions becomes a page")
        self.ledger.note(replace(element, file=file))
        unknown = {one.place.line for one in findings if one.code == messages.QUESTION_KIND_UNKNOWN.code}
        for one in asked(quiz):
            found = Element(ElementKind.QUESTION, one.key, shortened(one.title or one.stem, 60), file=file)
            is_unknown = one.line and one.line in unknown
            self.ledger.asked(found.changed(_WITHOUT_KEY) if is_unknown else found)
        for said in findings:
            if said.code == messages.QUESTION_LEFT_OUT.code:
                name = f"line {said.place.line}"
                self.ledger.asked(Element(ElementKind.QUESTION, name, "", Fate.DROPPED, said.text, file))
        self.ledger.unkept(element.identifier, element.title, dates_in(settings), unkept_settings(settings))
