"""What is behind the entries of a Moodle backup: sections, pages, assignments, forums, quizzes and files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote

from markupsafe import Markup

from coursewright.course.body import Body, Fact, Lead, Level, RubricRow
from coursewright.course.outline import Entry, Outline
from coursewright.packages.documents.moodle.activity_rows import ActivityDocument, Grading
from coursewright.packages.documents.moodle.course_rows import CourseRow
from coursewright.packages.documents.moodle.instances import (
    AssignInstance,
    Instance,
    PageInstance,
    QuizInstance,
    ResourceInstance,
    UrlInstance,
)
from coursewright.packages.documents.moodle.other_instances import BookInstance
from coursewright.packages.documents.moodle.rows import SectionRow, read_row, stored_files
from coursewright.packages.documents.moodle.xml import OWN_FILE
from coursewright.packages.subject import Subject
from coursewright.packages.words import number
from coursewright.readers.packages.bodies.bank import asked_in
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.readers.packages.moodle import part_at
from coursewright.readers.packages.moodle_bank import Bank
from coursewright.readers.packages.moodle_texts import html_of
from coursewright.text.addresses import pieces_of

_VIEWED = re.compile(r"\$@([A-Z]+)VIEWBYID\*(\d+)@\$(.*)", re.DOTALL)
_AS_WRITTEN = Markup('<p style="white-space: pre-line">{}</p>')


class MoodleBodies:
    """The bodies of the entries of a backup; its files go by `names`, which end as they are called."""

    def __init__(self, subject: Subject, outline: Outline) -> None:
        self.documents = PackageDocuments(subject)
        self.outline = outline
        self.home = self.view = self.syllabus = ""
        self._numbers = {
            found["number"]: entry.identifier for entry, _ in outline.walk() if (found := _activity(entry))
        }
        self._in_context: dict[tuple[str, str], str] = {}
        self._bank: Bank | None = None
        self._named = {
            f"backup/{one.contextid}/{one.component}-{one.filearea}/{one.itemid}{one.path}": one
            for one in stored_files(self.documents.root("files.xml"))
        }
        self.names: Mapping[str, str] = {alias: one.file for alias, one in self._named.items()}
        for alias, one in self._named.items():
            self._in_context.setdefault((one.contextid, one.path), alias)

    def body(self, entry: Entry) -> Body:
        """Return what is behind an entry."""
        if entry.kind == "section":
            row = self._row(entry)
            return Body(_shown(*html_of(row.summary, row.summaryformat, self._language)))
        document, own = self._own(entry)
        if document is None or own is None:
            return Body()
        texts = own.texts if isinstance(own, PageInstance | BookInstance) else own.texts[:1]
        html = "".join(_shown(*html_of(text, format, self._language)) for text, format in texts)
        match own:
            case AssignInstance():
                return Body(html, tuple(_assigned(own)), tuple(self._criteria(entry)))
            case QuizInstance():
                questions = tuple(asked_in(own, self._questions(), self._language))
                return Body(html, tuple(_quiz_facts(own, len(questions))), questions=questions)
            case UrlInstance():
                return Body(html, address=own.address)
            case ResourceInstance():
                found = [alias for alias, one in self._named.items() if one.contextid == document.contextid]
                files = (one for one in found if self._named[one].filearea == "content")
                return Body(html, file=min(files, key=lambda one: not self._named[one].is_main, default=""))
        return Body(html)

    @cached_property
    def _language(self) -> str:
        return read_row(CourseRow, self.documents.root(CourseRow.FILE)).lang

    def _own(self, entry: Entry) -> tuple[ActivityDocument | None, Instance | None]:
        """Return the own document of an activity, and what it says of that."""
        found = _activity(entry)
        document = self.documents.value(ActivityDocument, _document_of(entry))
        return document, document.instance(found["module"]) if document and found else None

    def _questions(self) -> Bank:
        if self._bank is None:
            self._bank = Bank()
            self._bank.enter(self.documents.root("questions.xml"))
        return self._bank

    def _criteria(self, entry: Entry) -> Iterator[RubricRow]:
        grading = read_row(Grading, self.documents.first_root(entry.files, Grading.ROOT))
        for found in grading.definitions:
            for row in found.criteria:
                levels = tuple(Level(one.definition, number(one.score)) for one in row.levels)
                yield RubricRow(row.description, levels=levels)

    def lead(self, address: str, entry: Entry) -> Lead:
        """Return where an address on a page leads."""
        if found := _VIEWED.match(address):
            if found[1] == "COURSE":
                return Lead(entry=self._section(found[3]))
            return Lead(entry=self._numbers.get(found[2], ""))
        if address.startswith(OWN_FILE):
            path = "/" + unquote(pieces_of(address.removeprefix(OWN_FILE)).path)
            return Lead(file=self._in_context.get((self._context(entry), path), ""))
        return Lead(address=address if pieces_of(address).scheme or address.startswith("//") else "")

    def _section(self, fragment: str) -> str:
        wanted = fragment.removeprefix("#section-")
        found = (one for one in self.outline.entries if wanted.isdecimal() and self._row(one).number == wanted)
        return next((one.identifier for one in found), "")

    def _row(self, section: Entry) -> SectionRow:
        return read_row(SectionRow, self.documents.first_root(section.files, SectionRow.ROOT))

    def _context(self, entry: Entry) -> str:
        root = self.documents.root(_document_of(entry))
        return "" if root is None else root.get("contextid", "")


def _activity(entry: Entry) -> re.Match[str] | None:
    return part_at(entry) if entry.kind != "section" else None


def _document_of(entry: Entry) -> str:
    """Return the name of the own document of an activity; "" for a section."""
    found = _activity(entry)
    return f"{found['folder']}/{found['module']}.xml" if found else ""


def _shown(text: str, is_markdown: bool) -> str:
    """Return a text as HTML; Markdown as it is written."""
    return str(_AS_WRITTEN.format(text)) if is_markdown and text else text


def _assigned(own: AssignInstance) -> Iterator[tuple[Fact, str]]:
    points = number(own.grade)
    if points and not points.startswith("-"):  # below nothing, it is a scale
        yield Fact.POINTS, points
    if own.ways:
        yield Fact.WAYS, ",".join(own.ways)


def _quiz_facts(own: QuizInstance, count: int) -> Iterator[tuple[Fact, str]]:
    yield Fact.QUESTIONS, str(count)
    seconds, attempts, points = own.timelimit, own.attempts_number, number(own.grade)
    if points not in ("", "0"):
        yield Fact.POINTS, points
    if seconds.isdecimal() and seconds != "0":
        yield Fact.MINUTES, number(str(int(seconds[:9]) / 60))
    if attempts not in ("", "0"):
        yield Fact.ATTEMPTS, attempts
