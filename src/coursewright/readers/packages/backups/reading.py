"""The course of a Moodle backup: its sections are units, its activities their parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from lxml import etree

from coursewright.course.assets import ToUnit
from coursewright.course.blocks import Headed
from coursewright.course.gates import All, Gate, each, simplified
from coursewright.course.identifiers import part_key
from coursewright.course.model import About, Audience, Curriculum, Identity, Kind, References, Unit
from coursewright.course.outline import Entry, mostly_hidden
from coursewright.course.parts import Page, Part
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.documents.parsing import parsed, text_at
from coursewright.packages.gate_words import in_words
from coursewright.packages.subject import Subject
from coursewright.pages.theme.theme import OURS, labels_of
from coursewright.readers.folder.assembly import hours_of
from coursewright.readers.folder.facts import minutes_in
from coursewright.readers.packages.backups.activities import parts_of
from coursewright.readers.packages.backups.locks import SectionLock
from coursewright.readers.packages.backups.making import BackedUp, Making
from coursewright.readers.packages.backups.questions import Bank
from coursewright.readers.packages.backups.stored import Stored, html_at
from coursewright.readers.packages.backups.ways import BackupWays
from coursewright.readers.packages.backups.work import leftover
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.materials import PackageFiles
from coursewright.readers.packages.moodle import read_moodle
from coursewright.readers.packages.naming import PackageNames, UnitName, own_track, parted, tracks_of
from coursewright.readers.packages.recovery import ElementKind, Recovery
from coursewright.readers.packages.texts import WrittenText, plain_of, written
from coursewright.text.markdown.values import Prose, Text
from coursewright.text.names import shortened, slug

_FOLDER = re.compile(r"(?P<folder>(?:activities|sections)/(?P<module>[a-z0-9]+)_(?P<number>\d+))/")
_OUR_SITE = "https://coursewright.example"
_COPY = re.compile(r"(?: [^\W\d]+ \d+)+$")
_HEADED = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_HEADING = 8  # words up to which a text between activities is a heading over what follows
_LONGEST_SUMMARY = 400
_UNKEPT = {
    "users.xml": (ElementKind.USER_DATA, "user"),
    "badges.xml": (ElementKind.SETTING, "badge"),
    "course/calendar.xml": (ElementKind.EVENT, "event"),
    "outcomes.xml": (ElementKind.OUTCOME, "outcome"),
    "groups.xml": (ElementKind.SETTING, "group"),
    "course/competencies.xml": (ElementKind.OUTCOME, "competency"),
}
_SAID = {
    "users.xml": "users, with their grades and what they handed in, are never copied",
    "badges.xml": "no course here has badges",
    "course/calendar.xml": "no course here has dates",
    "outcomes.xml": "outcomes of a site are not read",
    "groups.xml": "no course here has groups",
    "course/competencies.xml": "competencies of a site are not read",
}


def recover_moodle(subject: Subject, folder: Path) -> Recovery:
    """Return the course of a backup that lies unpacked in a folder."""
    return _Backup.opened(subject, folder).recovered()


@dataclass(frozen=True, slots=True)
class _Section:
    """A section with its document, and what it is known by."""

    entry: Entry
    root: etree._Element | None
    name: UnitName
    activities: tuple[BackedUp, ...]


@dataclass
class _Backup:
    """A backup as it is read: `about` is what is said of its course, `naming` what its units are known by.

    One of ours that was `moved` was restored in a Moodle, and is a backup of that.
    """

    subject: Subject
    about: About
    naming: PackageNames
    ledger: Ledger
    maker: Making
    entries: tuple[Entry, ...]
    metadata: Mapping[str, str]
    moved: bool = False
    sections: list[_Section] = field(default_factory=list)

    @classmethod
    def opened(cls, subject: Subject, folder: Path) -> _Backup:
        """Return a backup whose sections are planned."""
        outline, container = read_moodle(subject), subject.container
        shown = container.shown
        ledger, stored, bank = Ledger(shown), Stored(PackageFiles(container, folder)), Bank()
        information = subject.found.root.find("information")
        site = text_at(information, "original_wwwroot") if information is not None else ""
        course = _root(subject, "course/course.xml")
        language = said(course, "lang")
        stored.enter(_root(subject, "files.xml"))
        bank.pictures |= {
            one.item: one.path.lstrip("/")
            for one in stored.listed
            if one.component.startswith("qtype_dd") and one.area == "bgimage"
        }
        bank.enter(_root(subject, "questions.xml"))
        title, idnumber = outline.title or said(course, "fullname") or shown, said(course, "idnumber")
        track, title = _own(_units_of(outline.entries), idnumber.removeprefix("course-"), title)
        ours = site == _OUR_SITE or bool(track)
        ways = BackupWays(stored, ledger, "" if site == _OUR_SITE else site)
        maker = Making(stored, ways, bank, ledger, language, ours)
        about = About(track or slug(title), title, language.replace("_", "-"))
        naming, moved = PackageNames(about.track, ours), ours and site != _OUR_SITE
        return cls(subject, about, naming, ledger, maker, outline.entries, outline.metadata, moved)

    def recovered(self) -> Recovery:
        """Return the course, with what became of each element."""
        is_open = mostly_hidden(self.entries)
        for entry in self.entries:
            self._plan(entry, is_open=is_open)
        self._find_ways()
        self.about = replace(self.about, summary=self._summary())
        units = [unit for section in self.sections if (unit := self._unit(section)).parts]
        units += self._more()
        self._tell_of_the_rest()
        findings = (*self.maker.findings, *self.ledger.all_findings())
        return Recovery(
            Curriculum(tuple(units), findings, (self.about,)), self.ledger.elements(), metadata=dict(self.metadata)
        )

    # --- planning ---

    def _plan(self, entry: Entry, *, is_open: bool) -> None:
        root = _document_of(self.subject, entry, "section.xml") if entry.kind == "section" else None
        ours = self.naming.ours
        known = next((parted(child.identifier)[0] for child in entry.children if parted(child.identifier)[0]), "")
        title = said(root, "name") or entry.title
        name = self.naming.unit(known if ours else entry.identifier, title if entry.kind == "section" else entry.title)
        shut = entry.hidden and not is_open
        activities = tuple(self._activities(entry, name.id, shut=shut, is_open=is_open))
        self.sections.append(_Section(entry, root, name, activities))

    def _activities(self, entry: Entry, unit: str, *, shut: bool, is_open: bool) -> Iterator[BackedUp]:
        heading = ""
        for child in entry.children if entry.kind == "section" else (entry,):
            planned = self._activity(child, unit, shut=shut or (child.hidden and not is_open))
            if planned is None:
                continue
            self._tell_of_hidden(child, hidden=shut or child.hidden, is_open=is_open)
            if planned.module == "label" and (words := _heading_of(planned)):
                heading = words
                why = "its words stand before the titles of what follows"
                self.ledger.changed(ElementKind.TEXT, child.identifier, words, why)
                continue
            if planned.module == "label" and _HEADED.search(_said_by(planned)):
                heading = ""  # what follows stands under the heading of this text
            title = planned.title
            led = heading and planned.module != "label" and not title.startswith(heading)
            yield replace(planned, title=f"{heading}: {title}" if led else title)

    def _tell_of_hidden(self, entry: Entry, *, hidden: bool, is_open: bool) -> None:
        if hidden and not self.naming.ours:
            why = "it is hidden there: here it is for staff, and left out where that is not asked for"
            if is_open:
                why = "it is hidden there, as most is, and a course here has no hidden parts: learners see it"
            self.ledger.changed(ElementKind.SETTING, entry.identifier, f"{entry.title}: hidden", why)

    def _activity(self, entry: Entry, unit: str, *, shut: bool) -> BackedUp | None:
        place = _FOLDER.match(next(iter(entry.files), ""))
        if place is None or place["module"] in ("qbank", "subsection"):
            return None
        module, folder = place["module"], place["folder"]
        if self._is_made_anew(entry):
            self.ledger.changed(ElementKind.PAGE, entry.identifier, entry.title, "it is made anew")
            return None
        root = _root(self.subject, f"{folder}/{module}.xml")
        own = None if root is None else root.find(module)
        if root is None or own is None:
            self.ledger.dropped(
                ElementKind.ACTIVITY, entry.identifier, entry.title, "its document cannot be read", folder
            )
            return None
        key = self.naming.key(unit, _ROLES.get(module, module), entry.identifier)
        chapters = {
            one.get("id", ""): key if not number else f"{key}-{number + 1}"
            for number, one in enumerate(own.iterfind("chapters/chapter"))
        }
        title = said(own, "name") or entry.title
        return BackedUp(
            entry,
            module,
            root,
            own,
            _root(self.subject, f"{folder}/grades.xml"),
            _root(self.subject, f"{folder}/grading.xml"),
            key,
            Audience.STAFF if shut else Audience.LEARNER,
            chapters,
            title=plain_of(title),
        )

    def _is_made_anew(self, entry: Entry) -> bool:
        """Whether an activity is one that every course of ours gets: its home, and the end of a unit."""
        return self.naming.ours and (entry.identifier == "course-home" or parted(entry.identifier)[1] == "end")

    def _find_ways(self) -> None:
        ways = self.maker.ways
        for section in self.sections:
            place = ToUnit(Identity(self.naming.track, section.name.id))
            number = said(section.root, "number")
            if number:
                ways.sections[number] = place
            if section.root is not None:
                ways.section_ids[section.root.get("id", "")] = place
            for one in section.activities:
                there = ToUnit(place.unit, one.key)
                ways.modules[one.root.get("moduleid", "")] = there
                for chapter, key in one.chapters.items():
                    ways.chapters[chapter] = ToUnit(place.unit, key)

    # --- units ---

    def _unit(self, section: _Section) -> Unit:
        summary = self._section_text(section)
        said_short, first = self._summarised(section, summary)
        parts: list[Part] = [first] if first else []
        for one in section.activities:
            parts += parts_of(self.maker, one)
        requires, gate = self._lock(section)
        if parts:
            self.ledger.kept(ElementKind.UNIT, section.entry.identifier, section.name.title)
        elif said_short or any(not self._is_made_anew(child) for child in section.entry.children):
            name, why = section.entry.identifier, "nothing stands in it that could be kept"
            self.ledger.dropped(ElementKind.UNIT, name, section.name.title, why)
        return replace(
            self._made(section.name, parts),
            summary=Text(said_short),
            hours=hours_of(self._minutes(section)),
            prerequisites=requires,
            gate=gate,
        )

    def _made(self, name: UnitName, parts: Sequence[Part]) -> Unit:
        return Unit(
            path=self.ledger.shown,
            line=0,
            kind=Kind.UNIT,
            id=name.id,
            title=Text(name.title),
            track=self.naming.track,
            roles=(),
            parts=tuple(parts),
            given_id=name.given,
        )

    def _more(self) -> Iterator[Unit]:
        """Yield a unit of what stands in no section: the questions that no quiz asks."""
        parts = list(leftover(self.maker))
        if parts:
            yield self._made(
                self.naming.unit("more", labels_of(self.about.language or "en", OURS)[0]["page_more"]), parts
            )

    def _section_text(self, section: _Section) -> WrittenText:
        if section.root is None or self.naming.ours:
            if self.moved and said(section.root, "summary").strip():
                title = f"{section.name.title}: summary"
                self.ledger.changed(ElementKind.TEXT, section.entry.identifier, title, "it is made anew")
            return WrittenText("", {})
        text, is_markdown = html_at(section.root, "summary", "summaryformat", self.maker.language)
        lead = self.maker.ways.lead_on(self._course_context, section.root.get("id", ""), section.name.title)
        return self.maker.ways.in_markdown(text, lead) if is_markdown else written(text, lead)

    @cached_property
    def _course_context(self) -> str:
        """The context of the course, to which the files of sections belong."""
        return next((one.context for one in self.maker.stored.listed if one.component == "course"), "")

    @cached_property
    def _held(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The ids of units by what they hold, and by their sections."""
        units = {act.entry.identifier: one.name.id for one in self.sections for act in one.activities}
        units |= {child.identifier: one.name.id for one in self.sections for child in one.entry.children}
        return units, {one.entry.identifier: one.name.id for one in self.sections if one.entry.kind == "section"}

    def _summarised(self, section: _Section, text: WrittenText) -> tuple[str, Page | None]:
        """Return what a section is about in a line, or a page that says it where that is more."""
        markdown = text.markdown.strip()
        if not markdown:
            return "", None
        self.ledger.kept(ElementKind.TEXT, section.entry.identifier, f"{section.name.title}: summary")
        if (
            "\n" not in markdown
            and len(markdown) < _LONGEST_SUMMARY
            and not text.targets
            and markdown[0] not in "#>-!|`<"
        ):
            return markdown, None
        key = part_key("summary", section.entry.identifier)

        body = (Headed(Prose(0, text.markdown)),)
        return "", Page(key, section.name.title, Text(""), body, self.ledger.shown, 0, targets=text.targets)

    def _minutes(self, section: _Section) -> float:
        if not self.naming.ours or section.root is None:
            return 0.0
        text, _ = html_at(section.root, "summary", "summaryformat")
        return minutes_in(plain_of(text)) or 0.0

    def _lock(self, section: _Section) -> tuple[References, Gate]:
        """Return what a unit waits for: its section, and what all its activities wait for."""
        lock = SectionLock(section.name.id, *self._held)
        shared, own = _shared(section.entry.children)
        found = lock.read(simplified(All((section.entry.gate, *shared))))
        title = section.name.title
        for mention in found[0].mentions:
            if mention.id in lock.coarser and not self.naming.ours:
                why = "a unit here waits for all of another"
                self.ledger.changed(ElementKind.GATE, section.entry.identifier, f"{title}: after {mention.id}", why)
            else:
                self.ledger.kept(ElementKind.GATE, section.entry.identifier, f"{title}: after {mention.id}")
        for said_of, why in lock.lost:
            self.ledger.dropped(ElementKind.GATE, section.entry.identifier, f"{title}: {said_of}", why)
        if self.moved or not self.naming.ours:
            self._tell_of_own([one for one in own if not self._is_made_anew(one[0])])
        return found

    def _tell_of_own(self, own: Sequence[tuple[Entry, Gate]]) -> None:
        """Tell what activities wait for alone."""
        titles = {
            one.identifier: one.title
            for section in self.sections
            for one in (section.entry, *section.entry.children, *(act.entry for act in section.activities))
        }
        for entry, gate in own:
            title = f"{entry.title}: {in_words(gate, titles)}"
            self.ledger.dropped(ElementKind.GATE, entry.identifier, title, "the parts of a unit here open together")

    # --- the rest ---

    def _summary(self) -> str:
        """Return what the course is about, in a line."""
        root = _root(self.subject, "course/course.xml")
        text, is_markdown = html_at(root, "summary", "summaryformat", self.maker.language)
        if self.naming.ours or not text.strip():
            return ""
        plain = " ".join(text.split()) if is_markdown else plain_of(text)
        return shortened(plain, _LONGEST_SUMMARY)

    def _tell_of_the_rest(self) -> None:
        for name, (kind, tag) in _UNKEPT.items():
            root = _root(self.subject, name)
            count = 0 if root is None else sum(1 for _ in root.iter(tag))
            if count and (self.moved or not self.naming.ours):
                self.ledger.dropped(kind, name, f"{count} of {tag}", _SAID[name], name)


_ROLES = {"assign": "assignment", "forum": "discussion", "url": "link", "resource": "file", "lti": "tool"}


def _own(units: Iterable[tuple[str, str]], idnumber: str, title: str) -> tuple[str, str]:
    """Return the track of a course of ours, "" for that of others, and its title: a Moodle adds to one it has twice."""
    known = list(units)
    for one in (title, _COPY.sub("", title)):
        if track := own_track(known, tracks_of(idnumber, one)):
            return track, one
    return "", title


def _units_of(entries: tuple[Entry, ...]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        known = next((parted(child.identifier)[0] for child in entry.children if parted(child.identifier)[0]), "")
        if known:
            yield known, entry.title


def _root(subject: Subject, name: str) -> etree._Element | None:
    if name not in subject.container.sizes:
        return None
    found = parsed(subject.container, name)
    return found[1] if found else None


def _document_of(subject: Subject, entry: Entry, name: str) -> etree._Element | None:
    place = _FOLDER.match(next(iter(entry.files), ""))
    return _root(subject, f"{place['folder']}/{name}") if place else None


def _heading_of(label: BackedUp) -> str:
    """Return the words of a text between activities that is a heading over what follows; "" for any other."""
    text = _said_by(label)
    if re.search(r"<(?:img|iframe|video|audio|table|ul|ol|a)\b", text):
        return ""
    words = plain_of(text)
    return words if 0 < len(words.split()) <= _HEADING else ""


def _said_by(label: BackedUp) -> str:
    return html_at(label.own, "intro", "introformat")[0]


def _shared(entries: Sequence[Entry]) -> tuple[list[Gate], list[tuple[Entry, Gate]]]:
    """Return the conditions that all activities of a section have, and those that have others, with these."""
    found = [set(each(one.gate)) for one in entries]
    shared = set.intersection(*found) if found else set()
    others = [(one, [part for part in each(one.gate) if part not in shared]) for one in entries]
    own = [(one, simplified(All(tuple(parts)))) for one, parts in others if parts]
    return [part for part in each(entries[0].gate) if part in shared] if entries else [], own
