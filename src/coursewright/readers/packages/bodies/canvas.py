"""What is behind the entries of a Canvas cartridge, from Canvas's own files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from urllib.parse import unquote

from coursewright.course.body import Body, Fact, Lead, Level, RubricRow
from coursewright.course.outline import Entry, Outline
from coursewright.packages.documents.canvas import names
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.canvas.course import CourseSettings
from coursewright.packages.documents.canvas.discussions import TopicMeta
from coursewright.packages.documents.canvas.pages import read_pages_of
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.canvas.rubrics import CanvasCriterion
from coursewright.packages.documents.qti12.values import QtiSection
from coursewright.packages.subject import Subject
from coursewright.packages.words import number
from coursewright.readers.packages.bodies.cartridges import CartridgeBodies, stated
from coursewright.readers.packages.bodies.questions import questions_of
from coursewright.text.addresses import pieces_of

_OBJECT = re.compile(r"\$(?:CANVAS_OBJECT_REFERENCE|WIKI_REFERENCE|CANVAS_COURSE_REFERENCE)\$/?(\w*)/?([^/?#]*)")
_UNLIMITED = ("", "-1", "0")
_MOST_BANKS = 500


class CanvasBodies(CartridgeBodies):
    """The bodies of the entries of a Canvas cartridge."""

    def __init__(self, subject: Subject, outline: Outline) -> None:
        super().__init__(subject, outline)
        self._pages = {
            file.removeprefix(names.WIKI).removesuffix(".html"): entry.identifier
            for entry, _ in outline.walk()
            for file in entry.files
            if file.startswith(names.WIKI)
        }
        self.known = {entry.identifier for entry, _ in outline.walk()}
        settings = self.documents.value(CourseSettings, names.COURSE)
        self.view = settings.default_view if settings else ""
        self.home = self._front()
        self.syllabus = self.documents.shown([names.SYLLABUS]) if names.SYLLABUS in self.files else ""

    def _front(self) -> str:
        """Return the identifier of the front page, or "" where there is none."""
        front = next((page.name for page in read_pages_of(self.documents.subject) if page.is_front), "")
        return self._pages.get(front.removeprefix(names.WIKI).removesuffix(".html"), "")

    def body(self, entry: Entry) -> Body:
        """Return what is behind an entry."""
        match entry.kind:
            case "page":
                return Body(self.documents.shown(entry.files))
            case "assignment":
                return self._assignment(entry)
            case "discussion":
                return replace(super().topic(entry), facts=self._facts(entry.files))
            case "quiz":
                return self._quiz(entry)
            case "web link" if entry.address:
                return Body(address=entry.address)
            case _:
                return super().body(entry)

    def _assignment(self, entry: Entry) -> Body:
        settings = self.documents.first_value(entry.files, AssignmentSettings)
        named = settings.rubric_identifierref if settings else ""
        rubric = self.documents.rubrics.get(named) if named else None
        criteria = tuple(map(_criterion, rubric.criteria)) if rubric else ()
        return Body(self.documents.shown(entry.files), self._facts(entry.files), criteria)

    def _facts(self, files: Iterable[str]) -> tuple[tuple[Fact, str], ...]:
        """Return what the settings of an assignment, or of a discussion that is one, say."""
        files = tuple(files)
        found = self.documents.first_value(files, AssignmentSettings)
        if found is None and (meta := self.documents.first_value(files, TopicMeta)):
            found = meta.assignment
        if found is None:
            return ()
        due = found.due_at[:16].replace("T", " ")
        points = number(found.points_possible)
        return stated([(Fact.POINTS, points), (Fact.WAYS, found.submission_types), (Fact.DUE, due)])

    def _quiz(self, entry: Entry) -> Body:
        meta = self.documents.first_value(entry.files, QuizSettings)
        own = self.documents.root(names.questions_file(entry.identifier))
        root = self.documents.first_root(entry.files, "questestinterop") if own is None else own
        questions = () if root is None else questions_of(root, self._banks)
        facts = {Fact.QUESTIONS: str(len(questions))}
        if meta is not None:
            attempts = meta.allowed_attempts
            facts[Fact.POINTS] = number(meta.points_possible)
            facts[Fact.MINUTES] = number(meta.time_limit)
            facts[Fact.ATTEMPTS] = "" if attempts in _UNLIMITED else attempts
        told = meta.description if meta else ""
        return Body(told, stated(facts.items()), questions=questions)

    @cached_property
    def _banks(self) -> Mapping[str, QtiSection]:
        listed = [name for name in self.files if name.startswith(names.QUESTIONS)][:_MOST_BANKS]
        read = filter(None, (self.documents.value(QtiSection, name) for name in listed))
        return {bank.ident: bank for one in read for bank in one.held("objectbank")}

    def lead(self, address: str, entry: Entry) -> Lead:
        """Return where an address on a page leads."""
        found = _OBJECT.match(unquote(address))
        if not found:
            return super().lead(address, entry)
        kind, name = found.groups()
        if kind == "pages":
            return Lead(entry=self._pages.get(name, name if name in self.known else ""))
        if kind == "file_contents":
            return self.file_at(
                unquote(pieces_of(address).path).partition("file_contents/")[2].removeprefix("course files/")
            )
        return Lead(entry=name if name in self.known else "")


def _criterion(found: CanvasCriterion) -> RubricRow:
    levels = tuple(Level(one.description, number(one.points)) for one in found.ratings)
    return RubricRow(found.description, found.long_description, number(found.points), levels)
