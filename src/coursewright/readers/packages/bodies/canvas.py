"""What is behind the entries of a Canvas cartridge, from Canvas's own files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from lxml import etree

from coursewright.course.body import Body, Fact, Lead, Level, RubricRow
from coursewright.course.outline import Entry, Outline
from coursewright.packages.documents.parsing import text_at, text_of
from coursewright.packages.subject import Subject
from coursewright.packages.words import number
from coursewright.readers.packages.bodies.cartridges import CartridgeBodies
from coursewright.readers.packages.bodies.questions import questions_of

_OBJECT = re.compile(r"\$(?:CANVAS_OBJECT_REFERENCE|WIKI_REFERENCE|CANVAS_COURSE_REFERENCE)\$/?(\w*)/?([^/?#]*)")
_FRONT = re.compile(rb'<meta name="front_page" content="true"')
_SYLLABUS, _SETTINGS = "course_settings/syllabus.html", "course_settings/course_settings.xml"
_UNLIMITED = ("", "-1", "0")
_MOST_BANKS = 500


class CanvasBodies(CartridgeBodies):
    """The bodies of the entries of a Canvas cartridge."""

    def __init__(self, subject: Subject, outline: Outline) -> None:
        super().__init__(subject, outline)
        self._pages = {
            file.removeprefix("wiki_content/").removesuffix(".html"): entry.identifier
            for entry, _ in outline.walk()
            for file in entry.files
            if file.startswith("wiki_content/")
        }
        self.known = {entry.identifier for entry, _ in outline.walk()}
        settings = self.documents.root(_SETTINGS)
        self.view = "" if settings is None else text_at(settings, "default_view")
        self.home = self._front()
        self.syllabus = self.documents.page([_SYLLABUS]) if _SYLLABUS in self.files else ""

    def _front(self) -> str:
        """Return the identifier of the front page, or "" where there is none."""
        for slug, identifier in self._pages.items():
            if _FRONT.search((self.documents.container.read(f"wiki_content/{slug}.html") or b"")[:5_000]):
                return identifier
        return ""

    def body(self, entry: Entry) -> Body:
        """Return what is behind an entry."""
        match entry.kind:
            case "page":
                return Body(self.documents.page(entry.files))
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
        settings = self.documents.first(entry.files, "assignment")
        rubric = "" if settings is None else text_at(settings, "rubric_identifierref")
        criteria = tuple(self._criteria(rubric)) if rubric else ()
        return Body(self.documents.page(entry.files), self._facts(entry.files), criteria)

    def _facts(self, files: Iterable[str]) -> tuple[tuple[Fact, str], ...]:
        """Return what the settings of an assignment, or of a discussion that is one, say."""
        files = tuple(files)
        found = self.documents.first(files, "assignment")
        if found is None and (meta := self.documents.first(files, "topicMeta")) is not None:
            found = meta.find("{*}assignment")
        if found is None:
            return ()
        facts = {
            Fact.POINTS: number(text_at(found, "points_possible")),
            Fact.WAYS: text_at(found, "submission_types"),
            Fact.DUE: text_at(found, "due_at")[:16].replace("T", " "),
        }
        return tuple((fact, value) for fact, value in facts.items() if value)

    def _criteria(self, rubric: str) -> Iterable[RubricRow]:
        root = self.documents.root("course_settings/rubrics.xml")
        for found in () if root is None else root.iterfind("{*}rubric"):
            if found.get("identifier") == rubric:
                yield from map(_criterion, found.iterfind("{*}criteria/{*}criterion"))

    def _quiz(self, entry: Entry) -> Body:
        meta = self.documents.first(entry.files, "quiz")
        own = self.documents.root(f"non_cc_assessments/{entry.identifier}.xml.qti")
        root = self.documents.first(entry.files, "questestinterop") if own is None else own
        questions = () if root is None else questions_of(root, self._banks())
        facts = {Fact.QUESTIONS: str(len(questions))}
        if meta is not None:
            attempts = text_at(meta, "allowed_attempts")
            facts[Fact.POINTS] = number(text_at(meta, "points_possible"))
            facts[Fact.MINUTES] = number(text_at(meta, "time_limit"))
            facts[Fact.ATTEMPTS] = "" if attempts in _UNLIMITED else attempts
        told = "" if meta is None else text_of(meta.find("{*}description"))
        return Body(told, tuple((fact, value) for fact, value in facts.items() if value), questions=questions)

    def _banks(self) -> Mapping[str, etree._Element]:
        names = [name for name in self.files if name.startswith("non_cc_assessments/")][:_MOST_BANKS]
        roots = (root for name in names if (root := self.documents.root(name)) is not None)
        return {bank.get("ident", ""): bank for root in roots for bank in root.iterfind("{*}objectbank")}

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
                unquote(urlsplit(address).path).partition("file_contents/")[2].removeprefix("course files/")
            )
        return Lead(entry=name if name in self.known else "")


def _criterion(found: etree._Element) -> RubricRow:
    levels = tuple(
        Level(text_at(one, "description"), number(text_at(one, "points")))
        for one in found.iterfind("{*}ratings/{*}rating")
    )
    details = text_of(found.find("{*}long_description"))
    return RubricRow(text_at(found, "description"), details, number(text_at(found, "points")), levels)
