"""What a backup's outline becomes, before its activities are read: sections, and the activities that stand in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from coursewright.course.outline import Entry
from coursewright.course.values import Audience
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.activity_rows import ActivityDocument, ActivityGrades, Grading
from coursewright.packages.documents.moodle.instances import Instance
from coursewright.packages.documents.moodle.other_instances import BookInstance
from coursewright.packages.documents.moodle.rows import GradeItemRow, SectionRow, read_row
from coursewright.packages.documents.reading import read_document, read_value
from coursewright.packages.subject import Subject
from coursewright.readers.packages.amounts import amount
from coursewright.readers.packages.backups.making import BackedUp
from coursewright.readers.packages.backups.nesting import UNSHOWN, Nesting
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.moodle import part_at
from coursewright.readers.packages.moodle_texts import html_of, in_one_language, unmarked
from coursewright.readers.packages.naming import PackageNames, UnitName, parted
from coursewright.readers.packages.reasons import FOR_STAFF, HEADS
from coursewright.readers.packages.recovery import Element, ElementKind
from coursewright.readers.packages.texts import plain_of

_HEADED = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_HEADED_MARKED = re.compile(r"^ {0,3}#{1,6}\s", re.MULTILINE)
_MORE = re.compile(r"<(?:img|iframe|video|audio|table|ul|ol|a)\b")
_MORE_MARKED = re.compile(rf"{_MORE.pattern}|\]\(|^\s*(?:[-*+]|\d{{1,9}}[.)])\s", re.MULTILINE)
_HEADING = 8  # words up to which a text between activities is a heading over what follows
_ROLES = {"assign": "assignment", "forum": "discussion", "url": "link", "resource": "file", "lti": "tool"}


@frozen
class SectionDraft:
    """A section with what its document says, what it is known by, and the activities that stand in it."""

    entry: Entry
    row: SectionRow
    name: UnitName
    activities: tuple[BackedUp[Instance], ...]


@frozen
class SectionPlanner:
    """Says what stands in the sections of a backup; `shows_hidden`: learners see what is hidden, as most of it is."""

    subject: Subject
    naming: PackageNames
    ledger: Ledger
    language: str
    nesting: Nesting
    shows_hidden: bool

    def section(self, entry: Entry) -> SectionDraft:
        """Return a section, or an activity that stands in none, as one."""
        place = part_at(entry) if entry.kind == "section" else None
        row = read_row(SectionRow, root_at(self.subject, f"{place['folder']}/section.xml") if place else None)
        title = in_one_language(row.name or entry.title, self.language)
        if place and not self.naming.ours:
            above = (self.nesting.rows[one].name or "" for one in self.nesting.above(place["folder"]))
            title = ": ".join((*(in_one_language(one, self.language) for one in above), title))
        name = self.naming.unit(own_unit(entry) if self.naming.ours else entry.identifier, title)
        return SectionDraft(entry, row, name, tuple(self._activities(entry, name.id)))

    def _activities(self, entry: Entry, unit: str) -> Iterator[BackedUp[Instance]]:
        heading, is_shut = "", entry.hidden and not self.shows_hidden
        for child in entry.children if entry.kind == "section" else (entry,):
            is_hidden = is_shut or child.hidden
            planned = self._activity(child, unit, shut=is_hidden and not self.shows_hidden)
            if planned is None:
                continue
            if is_hidden:
                self._tell_of_hidden(child)
            if planned.module == "label" and (words := _heading_of(planned, self.language)):
                heading = words.rstrip(" :")
                why = HEADS
                self.ledger.changed(ElementKind.TEXT, child.identifier, words, why)
                continue
            if planned.module == "label" and _has_heading(planned, self.language):
                heading = ""  # what follows stands under the heading of this text
            title = planned.title
            led = heading and planned.module != "label" and not title.startswith(heading)
            yield replace(planned, title=f"{heading}: {title}" if led else title)

    def _tell_of_hidden(self, entry: Entry) -> None:
        if self.naming.ours:
            return
        why = FOR_STAFF
        if self.shows_hidden:
            why = "it is hidden there, as most is, and a course here has no hidden parts: learners see it"
        self.ledger.changed(ElementKind.SETTING, entry.identifier, f"{entry.title}: hidden", why)

    def _activity(self, entry: Entry, unit: str, *, shut: bool) -> BackedUp[Instance] | None:
        place = part_at(entry)
        if place is None or place["module"] in UNSHOWN:
            if place and place["module"] == "qbank" and not self.naming.ours:
                bank = Element(ElementKind.BANK, entry.identifier, entry.title, file=place["folder"], told=True)
                self.ledger.note(
                    bank.changed("its questions stand in the quizzes that ask them, the others by themselves")
                )
            return None
        module, folder = place["module"], place["folder"]
        entry = replace(entry, title=in_one_language(entry.title, self.language))
        if self.is_made_anew(entry):
            self.ledger.changed(ElementKind.PAGE, entry.identifier, entry.title, "it is made anew")
            return None
        document = read_value(ActivityDocument, f"{folder}/{module}.xml", self.subject.container, told=True)
        own = document.instance(module) if document else None
        if document is None or own is None:
            self.ledger.dropped(
                ElementKind.ACTIVITY, entry.identifier, entry.title, "its document cannot be read", folder
            )
            return None
        key = self.naming.key(unit, _ROLES.get(module, module), entry.identifier)
        chapters = own.chapters if isinstance(own, BookInstance) else ()
        return BackedUp(
            entry,
            module,
            document,
            own,
            _passing(read_row(ActivityGrades, root_at(self.subject, f"{folder}/grades.xml")).items),
            read_row(Grading, root_at(self.subject, f"{folder}/grading.xml")),
            key,
            Audience.STAFF if shut else Audience.LEARNER,
            {one.id: f"{key}-{number}" if number > 1 else key for number, one in enumerate(chapters, start=1)},
            title=plain_of(entry.title),
        )

    def is_made_anew(self, entry: Entry) -> bool:
        """Whether an activity is one that every course of ours gets: its home, and the end of a unit."""
        return self.naming.ours and (entry.identifier == "course-home" or parted(entry.identifier)[1] == "end")


def own_unit(section: Entry) -> str:
    """Return the identifier of the unit of ours that a section is, as its activities tell it; "" for any other."""
    return next(filter(None, (parted(child.identifier)[0] for child in section.children)), "")


def root_at(subject: Subject, name: str) -> etree._Element | None:
    """Return the root of a document of a backup; None where it is not there, or, with a finding, cannot be read."""
    return read_document(name, subject.container, told=True)


def _passing(grades: Iterable[GradeItemRow]) -> float | None:
    for item in grades:
        passing, most = amount(item.gradepass), amount(item.grademax)
        if passing and most:
            return round(100 * passing / most, 2)
    return None


def _heading_of(label: BackedUp[Instance], language: str) -> str:
    """Return the words of a text between activities that is a heading over what follows; "" for any other."""
    text, is_markdown = _said_by(label, language)
    if (_MORE_MARKED if is_markdown else _MORE).search(text):
        return ""
    words = plain_of(unmarked(text) if is_markdown else text)
    return words if 0 < len(words.split()) <= _HEADING else ""


def _has_heading(label: BackedUp[Instance], language: str) -> bool:
    text, is_markdown = _said_by(label, language)
    return bool(_HEADED.search(text) or (is_markdown and _HEADED_MARKED.search(text)))


def _said_by(label: BackedUp[Instance], language: str) -> tuple[str, bool]:
    return html_of(label.own.intro, label.own.introformat, language)
