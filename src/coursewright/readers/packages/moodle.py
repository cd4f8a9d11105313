"""The outline of a Moodle backup: sections and activities, with what restricts and completes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from lxml import etree

from coursewright.course.gates import All, Belongs, Condition, Done, Gate, Score, each, mapped, simplified
from coursewright.course.outline import FILE_MISSING, Act, Completing, Entry, Outline
from coursewright.frozen import frozen
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.moodle.activity_rows import ActivityGrades
from coursewright.packages.documents.moodle.availability import guessed_availability
from coursewright.packages.documents.moodle.course_rows import (
    BackupContents,
    BackupInformation,
    ListedActivity,
    ListedSection,
    WholeBackup,
)
from coursewright.packages.documents.moodle.rows import ModuleRow, Row, SectionRow, read_row
from coursewright.packages.documents.moodle.xml import said
from coursewright.packages.documents.parsing import parsed
from coursewright.packages.files.container import Container
from coursewright.packages.subject import Subject
from coursewright.packages.words import number
from coursewright.readers.packages.moodle_texts import plain_title
from coursewright.readers.packages.terms import moodle_terms, told
from coursewright.text.patterns import later

_PART = later(r"(?P<folder>(?:activities|sections)/(?P<module>\w+)_(?P<number>\d+))/")
_MOST_PARTS = 30_000
_MOST_HELD = 2_000_000  # signs "<" of all documents that are held as trees
_KINDS: Mapping[str, str] = {
    "assign": "assignment",
    "forum": "discussion",
    "url": "web link",
    "resource": "file",
    "lti": "tool",
    "scorm": "SCORM package",
}
_METADATA = {
    "short name": "original_course_shortname",
    "Moodle": "moodle_release",
    "made at": "original_wwwroot",
    "course format": "original_course_format",
}
# What an activity's own document asks for, by its element, in words: of what it is, and of what the learner has done.
_STATES: Mapping[str, Mapping[str, str]] = {
    "assign": {"completionsubmit": "handed in"},
    "choice": {"completionsubmit": "answered"},
    "feedback": {"completionsubmit": "answered"},
    "survey": {"completionsubmit": "answered"},
    "lesson": {"completionendreached": "gone through to its end"},
}
_DONE: Mapping[str, tuple[Act, str]] = {
    "completionposts": (Act.POST, "posted"),
    "completiondiscussions": (Act.POST, "begun a discussion"),
    "completionreplies": (Act.POST, "replied"),
    "completionentries": (Act.POST, "added an entry"),
    "completionminattempts": (Act.SUBMIT, "made enough attempts"),
}
# The documents beside an activity's own that are read, where there are any.
_NAMED = (("group", "groups.xml", "group"), ("grouping", "groups.xml", "grouping"), ("role", "roles.xml", "role"))


def part_at(entry: Entry) -> re.Match[str] | None:
    """Return where a section or an activity stands: its folder, and in that its module and number."""
    return _PART.match(next(iter(entry.files), ""))


def read_moodle(subject: Subject) -> Outline:
    """Return the outline of a backup, as its contents list it; what is not there of it is left out.

    An activity is known by its own id number, if it has one: its other number is another one on each site.
    """
    information = subject.once(backup_information)
    backup = _Backup(information.contents or BackupContents(), _Documents(subject.container))
    metadata = {name: str(getattr(information, field)) for name, field in _METADATA.items()}
    shown = {name: value for name, value in metadata.items() if value}
    return Outline(information.original_course_fullname, tuple(backup.entries()), shown)


def backup_information(subject: Subject) -> BackupInformation:
    """Return what a backup says of itself, with nothing in it where it says nothing."""
    return read_as(WholeBackup, subject.found.root).information or read_row(BackupInformation, None)


class _Activity:
    """An activity of a backup with the documents that say more of it."""

    def __init__(self, found: ListedActivity, documents: _Documents) -> None:
        self.kind, self.folder = found.modulename, found.directory
        self.module, self.section = found.moduleid, found.sectionid
        self.files = documents.files_of(self.folder)
        self.document = documents.read(self.folder, "module.xml")
        self.row = documents.row(self.folder, "module.xml", ModuleRow)
        self.own = documents.read(self.folder, f"{self.kind}.xml")
        self.title = self._own_title() or found.title
        self.grades = documents.row(self.folder, "grades.xml", ActivityGrades).items
        self.identifier = self.row.idnumber or self.module

    def _own_title(self) -> str:
        """Return what its own document calls it: Moodle goes by that, whatever the contents of the backup list."""
        name = said(self.own, self.kind, "name")
        return plain_title(name, said(self.own, self.kind, "introformat")) if self.kind == "label" else name

    def mark(self) -> str:
        """Return in words what is to be had for it."""
        item = next((found for found in self.grades if found.itemtype in ("", "mod")), None)
        if item is None or item.gradetype != "1":
            return ""
        least, most, passing = map(number, (item.grademin, item.grademax, item.gradepass))
        of = most if least in ("", "0") else f"{least} to {most}"
        return f"{of} points" if passing in ("", "0") else f"passed from {passing} of {of}"

    def completion(self) -> str:
        """Return in words what completes it."""
        way = self.row.completion
        if way == "1":
            return "when the learner ticks it"
        if way != "2":
            return ""
        asked: dict[str, list[str]] = {"it is": [], "the learner has": []}
        for _, who, words in self._asked():
            asked[who].append(words)
        parts = [f"{who} {' and '.join(words)}" for who, words in asked.items() if words]
        return f"when {' and '.join(parts)}" if parts else "when what it asks for is done"

    def finish(self) -> Completing | None:
        """Return what completes it, as far as it can be imitated."""
        way = self.row.completion
        if way == "1":
            return Completing((Act.TICK,))
        acts = dict.fromkeys(act for act, _, _ in self._asked())
        return Completing(tuple(acts), self._passing()) if way == "2" else None

    def _asked(self) -> Iterator[tuple[Act, str, str]]:
        """Yield what it asks for: what is done, and in words of whom or what it is said, and what."""
        if self.row.completionview == "1":
            yield Act.VIEW, "it is", "viewed"
        for name, words in _STATES.get(self.kind, {}).items():
            if self._asks(name):
                yield Act.SUBMIT, "it is", words
        for name, (act, words) in _DONE.items():
            if self._asks(name):
                yield act, "the learner has", words
        if self._must_pass():
            yield Act.GRADE, "it is", "passed"
        elif self.row.completiongradeitemnumber or self.row.unknown.get("completionusegrade") == "1":
            yield Act.GRADE, "it is", "graded"

    def _must_pass(self) -> bool:
        return self.row.completionpassgrade == "1" or self._asks("completionpass")

    def _passing(self) -> float | None:
        """Return the score that passes in percent, where passing is asked for."""
        if not self._must_pass():
            return None
        for item in self.grades:
            try:
                passing, most = float(item.gradepass), float(item.grademax)
            except ValueError:
                continue
            return 100 * passing / most if most > 0 else 0.0
        return 0.0

    def _asks(self, name: str) -> bool:
        return said(self.own, self.kind, name) not in ("", "0")


@frozen
class _Names:
    """What numbers in restrictions stand for: entries by activities and by grade items, and names of groups.

    `courses` are names of grade items of no activity, empty for the total; `others` are names by what they name and
    their numbers.
    """

    activities: Mapping[str, str]
    grades: Mapping[str, str]
    courses: Mapping[str, str]
    others: Mapping[tuple[str, str], str]

    def known(self, condition: Condition) -> Gate:
        """Return a condition by numbers as one by identifiers and names."""
        match condition:
            case Done(of):
                return replace(condition, of=self.activities.get(of, of))
            case Score(of) if of in self.courses:
                return replace(condition, of=self.courses[of], of_course=True)
            case Score(of):
                return replace(condition, of=self.grades.get(of, f"grade item {of}"))
            case Belongs(kind, str(of)) if name := self.others.get((kind, of)):
                return Belongs(kind, name, by_name=True)
        return condition

    def gate(self, document: etree._Element | None) -> Gate:
        """Return what must hold before a part opens."""
        return simplified(mapped(guessed_availability(document), self.known))


class _Backup:
    """The sections and activities of a backup, with the documents that say more of them."""

    def __init__(self, contents: BackupContents, documents: _Documents) -> None:
        self._documents = documents
        self._sections = contents.sections
        self._activities = [_Activity(found, documents) for found in contents.activities]

    def entries(self) -> Iterator[Entry]:
        """Yield the sections, and then the activities of sections that are not there."""
        inside: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        for activity in self._activities:
            inside[activity.section][activity.module] = self._activity(activity)
        left = dict(inside)
        sections = [self._section(found, left.pop(found.sectionid, {})) for found in self._sections]
        wholes = [whole for section in sections if (whole := _Whole(section)).tracked]
        yield from (replace(section, gate=_folded(section.gate, wholes)) for section in sections)
        for others in left.values():
            yield from others.values()

    def _section(self, found: ListedSection, activities: dict[str, Entry]) -> Entry:
        document = self._documents.read(found.directory, "section.xml")
        row = read_row(SectionRow, document)
        order = row.sequence.split(",")
        in_order = {module: activities[module] for module in order if module in activities}
        count = row.number or found.title
        name = row.name or ("General" if count == "0" else f"section {count}")
        return Entry(
            identifier=name,
            title=name,
            kind="section",
            children=tuple({**in_order, **activities}.values()),
            gate=self._names.gate(document),
            files=self._documents.files_of(found.directory),
            hidden=row.is_hidden,
        )

    def _activity(self, activity: _Activity) -> Entry:
        there = f"{activity.folder}/{activity.kind}.xml" in activity.files or self._documents.alone
        return Entry(
            identifier=activity.identifier,
            title=activity.title,
            kind=_KINDS.get(activity.kind, activity.kind),
            gate=self._names.gate(activity.document),
            completion=activity.completion(),
            finish=activity.finish(),
            mark=activity.mark(),
            settings=told(moodle_terms(partial(said, activity.own, activity.kind), activity.kind)),
            files=activity.files,
            hidden=activity.row.is_hidden,
            fault="" if there else FILE_MISSING,
        )

    @cached_property
    def _names(self) -> _Names:
        items = [(item.id, found.identifier) for found in self._activities for item in found.grades]
        return _Names(
            activities={found.module: found.identifier for found in self._activities},
            grades=dict(items),
            courses=dict(self._documents.course_grades()),
            others=dict(self._documents.names()),
        )


class _Whole:
    """All that completes a section: its tracked activities, and what each of them waits for."""

    def __init__(self, section: Entry) -> None:
        self.name = section.identifier
        self.gates = {entry.identifier: entry.gate for entry in section.children}
        self.tracked = {entry.identifier for entry in section.children if entry.completion and not entry.hidden}

    def named_by(self, gate: Gate) -> bool:
        """Say whether a gate asks for all of the section, by name or by an activity that waits for the rest."""
        named = set(_completed(gate))
        behind = {one for name in named if name in self.gates for one in _completed(self.gates[name])}
        return self.tracked <= named | behind


def _completed(gate: Gate) -> Iterator[str]:
    """Yield the entries that must be complete before a gate opens, by its own conditions."""
    return (one.of for one in each(gate) if isinstance(one, Done) and one == Done(one.of))


def _folded(gate: Gate, wholes: Iterable[_Whole]) -> Gate:
    """Return a gate with one condition for each section that it asks all of, where the first of them stood."""
    names = {name: whole.name for whole in wholes if whole.named_by(gate) for name in whole.gates}
    whole = {Done(part): Done(name) for part, name in names.items()}
    return simplified(All(tuple(whole.get(one, one) if isinstance(one, Done) else one for one in each(gate))))


class _Documents:
    """The parts of a backup: their documents, of which a bounded number is read, and their files."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self.alone = container.alone
        self._left, self._room = _MOST_PARTS, _MOST_HELD
        self._held: dict[str, etree._Element | None] = {}
        self._rows: dict[tuple[str, str], Any] = {}
        self._by_folder: defaultdict[str, list[str]] = defaultdict(list)
        for name in container.sizes:
            self._by_folder["/".join(name.split("/")[:2])].append(name)

    def read(self, folder: str, name: str) -> etree._Element | None:
        """Return the root of a document of a part, or of the backup itself, or None."""
        path = f"{folder}/{name}" if folder else name
        if path not in self._held and path in self._container.sizes:
            self._held[path] = self._read(path)
        return self._held.get(path)

    def _read(self, path: str) -> etree._Element | None:
        if self._left <= 0 or self._room <= 0:
            return None
        self._left -= 1
        found = parsed(self._container, path)
        self._room -= found[0].count(b"<") if found else 0
        if self._left <= 0 or self._room <= 0:
            self._container.budget.leave_out("documents", count=_MOST_PARTS - self._left)
        return found[1] if found else None

    def row(self, folder: str, name: str, kind: type[Row]) -> Row:
        """Return what a document of a part says, read once, however many activities name the folder."""
        if (folder, name) not in self._rows:
            self._rows[folder, name] = read_row(kind, self.read(folder, name))
        row: Row = self._rows[folder, name]
        return row

    def files_of(self, folder: str) -> tuple[str, ...]:
        """Return the files in the folder of a part."""
        return tuple(self._by_folder.get(folder, ()))

    def names(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield the names of groups, groupings and roles, by what they are and their numbers."""
        roots = {name: self.read("", name) for name in ("groups.xml", "roles.xml")}
        for kind, file, tag in _NAMED:
            root = roots[file]
            for found in () if root is None else root.iter(tag):
                if name := said(found, "name") or said(found, "shortname"):
                    yield (kind, found.get("id", "")), name

    def course_grades(self) -> Iterator[tuple[str, str]]:
        """Yield the names of the grade items that are of no activity, by their numbers; the total's is empty."""
        root = self.read("", "gradebook.xml")
        for item in () if root is None else root.iter("grade_item"):
            yield item.get("id", ""), said(item, "itemname")
