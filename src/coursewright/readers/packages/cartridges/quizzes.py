"""Quizzes and banks of a package as parts, with their keys: the richest of their documents, and their settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from coursewright.course.assets import Target
from coursewright.course.parts import Part
from coursewright.course.quiz import Draw, Question, Quiz, Show, asked, each_question
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.packages.documents.canvas.names import QUESTIONS, questions_file
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.canvas.switches import says_yes
from coursewright.packages.files.names import printable
from coursewright.readers.packages.amounts import amount, attempts_in
from coursewright.readers.packages.cartridges.planning import KINDS, PartDraft
from coursewright.readers.packages.cartridges.ways import PackageWays
from coursewright.readers.packages.cartridges.work import dates_in
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.quiz_links import linked
from coursewright.readers.packages.recovery import Element, ElementKind, Fate
from coursewright.readers.packages.texts import written
from coursewright.readers.quizzes.qti.assessments import assessments_of
from coursewright.readers.quizzes.qti.tests2 import item_quiz, test_quiz
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.text.names import shortened

_MOST_BANKS = 50
_SHOWN_OF_IT = 60  # characters of a question in findings
_PRACTICE = ("practice_quiz", "survey")
_WITHOUT_KEY = "its kind is asked as a text to write, without its key"
_ROOTS = ("questestinterop", "assessmentTest", "assessmentItem", "qti-assessment-test", "qti-assessment-item")


@slotted
class QuizReader:
    """Makes the quizzes of a course."""

    documents: PackageDocuments
    ways: PackageWays
    ledger: Ledger
    folder: Path
    ours: bool = False

    def made(self, planned: PartDraft, title: str, resource: str) -> Iterator[Part]:
        """Yield the quiz that an entry is; a page where it asks nothing."""
        entry = planned.entry
        element = Element(KINDS[planned.kind], entry.identifier, title, file=printable(next(iter(entry.files), "")))
        found = self._document(entry.identifier, entry.files, resource)
        if found is None:
            yield planned.standing_in(self.ledger, replace(element, why="its questions cannot be read"))
            return
        file, root = found

        def lead(address: str) -> tuple[str, Target | None]:
            return self.ways.lead(address, file, title)

        findings: list[Finding] = []
        quizzes = self._quizzes(root, file, findings)
        meta = self.documents.first_value(entry.files, QuizSettings)
        settings = meta or QuizSettings()
        text = written(settings.description, lead)
        quiz = as_one(quizzes, planned.head.key, title, self.ledger.shown)
        quiz = self._of_ours(quiz, resource or entry.identifier) if self.ours else quiz
        quiz = linked(quiz, lead)
        quiz = _with_settings(quiz, settings, text.markdown.strip()) if meta else quiz
        finish = entry.finish
        passing = finish.minimum if finish and finish.minimum else quiz.passing
        quiz = replace(quiz, passing=passing, audience=planned.head.audience, targets={**quiz.targets, **text.targets})
        self._told(quiz, element, settings, findings, file)
        yield quiz if quiz.questions else replace(planned.head, title=title).page(text)

    def _document(self, identifier: str, files: tuple[str, ...], resource: str) -> tuple[str, etree._Element] | None:
        """Return the document of a quiz: Canvas's own where there is one, since it holds more than the profile."""
        own = questions_file(identifier)
        root = self.documents.root(own)
        return self.documents.of(files, resource, *_ROOTS) if root is None else (own, root)

    def _quizzes(self, root: etree._Element, file: str, findings: list[Finding]) -> list[Quiz]:
        shown = f"{self.ledger.shown}/{printable(file)}"
        name = etree.QName(root).localname.lower()
        beside = (self.folder / file).parent
        if name == "questestinterop":  # the banks that it names are Canvas's own, or beside it
            own = self.folder / QUESTIONS
            sheet = Sheet((), shown, folder=str(own if own.is_dir() else beside))
            return list(assessments_of(root, sheet, findings, written=True))
        sheet = Sheet((), shown)
        one = test_quiz(root, sheet, beside, findings) if name.endswith("test") else item_quiz(root, sheet, findings)
        return [one] if one else []

    def _of_ours(self, quiz: Quiz, identifier: str) -> Quiz:
        """Return a quiz of ours with its banks, and with the keys that its questions were written with."""
        banks = []
        for number in range(1, _MOST_BANKS):
            root = self.documents.root(f"{identifier}-bank{number}.xml")
            if root is None:
                break
            banks += self._quizzes(root, f"{identifier}-bank{number}.xml", [])
        return _without_prefix(_redrawn(quiz, banks), identifier)

    def _told(self, quiz: Quiz, element: Element, settings: QuizSettings, findings: list[Finding], file: str) -> None:
        """Enter a quiz and its questions in the ledger."""
        self.ledger.findings += findings
        if not quiz.questions:
            element = element.changed("a quiz without questions becomes a page")
        self.ledger.note(replace(element, file=file))
        unknown = _of_unknown_kinds(quiz, findings)
        for number, one in enumerate(asked(quiz)):
            found = Element(ElementKind.QUESTION, one.key, shortened(one.title or one.stem, 60), file=file)
            self.ledger.asked(found.changed(_WITHOUT_KEY) if number in unknown else found)
        for said in findings:
            if said.code == messages.QUESTION_LEFT_OUT.code:
                name = f"line {said.place.line}"
                self.ledger.asked(Element(ElementKind.QUESTION, name, "", Fate.DROPPED, said.text, file))
        self.ledger.unkept(element.identifier, element.title, dates_in(settings), _unkept_settings(settings))


def as_one(quizzes: list[Quiz], key: str, title: str, path: str) -> Quiz:
    """Return quizzes as one: all their questions after one another."""
    questions = tuple(one for quiz in quizzes for one in quiz.questions)
    first = quizzes[0] if quizzes else Quiz(key, title, path, 0, ())
    return replace(first, key=key, title=title, path=path, line=0, questions=questions)


def _of_unknown_kinds(quiz: Quiz, findings: Iterable[Finding]) -> set[int]:
    """Return which questions of a quiz are of a kind that is not known: by their lines, and where several stand on one
    line, as where a program writes all on one, by their texts too."""
    told: dict[int, list[str]] = {}
    for found in findings:
        if found.code == messages.QUESTION_KIND_UNKNOWN.code and found.place.line:
            told.setdefault(found.place.line, []).append(found.values.get("question", ""))
    lines = Counter(one.line for one in asked(quiz))
    return {
        number
        for number, one in enumerate(asked(quiz))
        if one.line in told
        and (lines[one.line] == 1 or shortened(one.stem or one.title, _SHOWN_OF_IT) in told[one.line])
    }


def _unkept_settings(settings: QuizSettings) -> Iterator[str]:
    """Yield in words what is set for a quiz that no course of ours has."""
    for value, words in (
        (settings.access_code, "an access code"),
        (settings.ip_filter, "addresses from which it is taken"),
        (settings.require_lockdown_browser, "a locked-down browser"),
        (settings.one_question_at_a_time, "one question at a time"),
        (settings.anonymous_submissions, "anonymous answers"),
    ):
        if value not in ("", "false", "0"):
            yield words


def _with_settings(quiz: Quiz, settings: QuizSettings, instructions: str) -> Quiz:
    """Return a quiz as Canvas's settings want it."""
    questions, show = quiz.questions, Show.AFTER_ATTEMPT
    if settings.shuffle_answers:
        mixed = says_yes(settings.shuffle_answers)
        questions = tuple(each_question(one, lambda each: replace(each, shuffled=mixed)) for one in questions)
    if settings.show_correct_answers == "false":
        show = Show.NEVER
    elif says_yes(settings.show_correct_answers_last_attempt):
        show = Show.AFTER_LAST
    return replace(
        quiz,
        instructions=instructions or quiz.instructions,
        minutes=amount(settings.time_limit) or quiz.minutes,
        attempts=attempts_in(settings.allowed_attempts),
        show=show,
        graded=quiz.graded and settings.quiz_type not in _PRACTICE,
        questions=questions,
    )


def _redrawn(quiz: Quiz, banks: Iterable[Quiz]) -> Quiz:
    """Return a quiz of ours with what is drawn from banks: in a cartridge, it asks the first questions of each."""
    for bank in banks:
        names = {one.key for one in asked(bank)}
        own = [one for one in quiz.questions if isinstance(one, Question) and one.key in names]
        if own:
            place = quiz.questions.index(own[0])
            whole = tuple(one for one in bank.questions if isinstance(one, Question))
            rest = [one for one in quiz.questions if not (isinstance(one, Question) and one.key in names)]
            rest.insert(place, Draw(bank.title, len(own), own[0].points, whole))
            quiz = replace(quiz, questions=tuple(rest))
    return quiz


def _without_prefix(quiz: Quiz, prefix: str) -> Quiz:
    """Return a quiz of ours whose questions have the keys that they were written with."""

    def plain(one: Question) -> Question:
        return replace(one, key=one.key.removeprefix(f"{prefix}-") or one.key)

    return replace(quiz, questions=tuple(each_question(one, plain) for one in quiz.questions))
