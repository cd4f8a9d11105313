"""The course of a Moodle backup: its sections are units, its activities their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from coursewright.course.assets import ToUnit
from coursewright.course.gates import All, Gate, each, simplified
from coursewright.course.identifiers import part_key
from coursewright.course.model import About, Unit
from coursewright.course.outline import Entry, mostly_hidden
from coursewright.course.parts import Page, Part
from coursewright.course.values import Identity, References
from coursewright.packages.documents.moodle.course_rows import OUR_SITE, CourseRow
from coursewright.packages.documents.moodle.rows import read_row
from coursewright.packages.gate_words import in_words
from coursewright.packages.subject import Subject
from coursewright.pages.theme.theme import OURS, labels_of
from coursewright.readers.folder.assembly import hours_of
from coursewright.readers.folder.facts import minutes_in
from coursewright.readers.packages.backups.activities import parts_of
from coursewright.readers.packages.backups.locks import SectionLock
from coursewright.readers.packages.backups.making import Making
from coursewright.readers.packages.backups.nesting import nesting_of
from coursewright.readers.packages.backups.planning import SectionDraft, SectionPlanner, own_unit, root_at
from coursewright.readers.packages.backups.questions import BankReader
from coursewright.readers.packages.backups.quizzes import leftover
from coursewright.readers.packages.backups.stored import Stored
from coursewright.readers.packages.backups.unshown import cover_of, tell_of_unshown
from coursewright.readers.packages.backups.ways import BackupWays
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.materials import PackageFiles
from coursewright.readers.packages.moodle import backup_information, part_at, read_moodle
from coursewright.readers.packages.moodle_texts import html_of, in_one_language
from coursewright.readers.packages.naming import PackageNames, own_track, tracks_of
from coursewright.readers.packages.reasons import ABOVE, NO_DATES, NOTHING_KEPT, TOGETHER
from coursewright.readers.packages.recovery import Element, ElementKind, Recovery
from coursewright.readers.packages.shaping import PartHead, unit_of
from coursewright.readers.packages.texts import WrittenText, plain_of
from coursewright.text.markdown.values import Text
from coursewright.text.names import shortened, slug

_COPY = re.compile(r"(?: [^\W\d]+ \d+)+$")
_LONGEST_SUMMARY = 400
_UNKEPT = (
    ("users.xml", ElementKind.USER_DATA, "user", "users, with their grades and what they handed in, are never copied"),
    ("badges.xml", ElementKind.SETTING, "badge", "no course here has badges"),
    ("course/calendar.xml", ElementKind.EVENT, "event", NO_DATES),
    ("outcomes.xml", ElementKind.OUTCOME, "outcome", "outcomes of a site are not read"),
    ("groups.xml", ElementKind.SETTING, "group", "no course here has groups"),
    ("course/competencies.xml", ElementKind.OUTCOME, "competency", "competencies of a site are not read"),
)


def recover_moodle(subject: Subject, folder: Path) -> Recovery:
    """Return the course of a backup that lies unpacked in a folder."""
    return _Backup(subject, folder).recovered()


class _Backup:
    """A backup as it is read: `about` is what is said of its course, `naming` what its units are known by.

    One of ours that was `moved` was restored in a Moodle, and is a backup of that.
    """

    def __init__(self, subject: Subject, folder: Path) -> None:
        self.subject = subject
        self.outline = read_moodle(subject)
        self.course = read_row(CourseRow, root_at(subject, CourseRow.FILE))
        self.ledger, language = Ledger(subject.container.shown), self.course.lang
        site = subject.once(backup_information).original_wwwroot
        title = in_one_language(self.outline.title or self.course.fullname or self.ledger.shown, language)
        units = [(known, one.title) for one in self.outline.entries if (known := own_unit(one))]
        track, title = _own(units, self.course.idnumber.removeprefix("course-"), title)
        ours = site == OUR_SITE or bool(track)
        self.about = About(track or slug(title), title, language.replace("_", "-"))
        self.naming, self.moved = PackageNames(self.about.track, ours), ours and site != OUR_SITE
        self.stored = Stored(PackageFiles(subject.container, folder))
        self.stored.enter(root_at(subject, "files.xml"))
        questions = BankReader(language, pictures=self.stored.dragged_onto())
        questions.bank.enter(root_at(subject, "questions.xml"))
        ways = BackupWays(self.stored, self.ledger, "" if site == OUR_SITE else site)
        self.maker = Making(self.stored, ways, questions, self.ledger, language, ours)
        shows_hidden = mostly_hidden(self.outline.entries)
        self.nesting = nesting_of(subject, self.outline.entries)
        self.planner = SectionPlanner(
            subject, self.naming, self.ledger, language, self.nesting, shows_hidden=shows_hidden
        )
        self.sections: list[SectionDraft] = []

    def recovered(self) -> Recovery:
        """Return the course, with what became of each element."""
        self.sections = [self.planner.section(entry) for entry in self.outline.entries]
        self._find_ways()
        self.about = replace(self.about, summary=self._summary())
        units = [unit for section in self.sections if (unit := self._unit(section)).parts]
        units += self._more()
        self._tell_of_the_rest()
        if not self.naming.ours:
            self.about = replace(self.about, cover=cover_of(self.stored))
            tell_of_unshown(self.stored, self.ledger)
        return self.ledger.recovery(units, self.about, self.outline.metadata, self.maker.findings)

    def _find_ways(self) -> None:
        ways = self.maker.ways
        for section in self.sections:
            place = ToUnit(Identity(self.naming.track, section.name.id))
            if section.row.number:
                ways.sections[section.row.number] = place
            if section.row.id:
                ways.section_ids[section.row.id] = place
            for one in section.activities:
                there = ToUnit(place.unit, one.key)
                ways.modules[one.document.moduleid] = there
                for chapter, key in one.chapters.items():
                    ways.chapters[chapter] = ToUnit(place.unit, key)

    # --- units ---

    def _unit(self, section: SectionDraft) -> Unit:
        summary = self._section_text(section)
        said_short, first = self._summarised(section, summary)
        parts: list[Part] = [first] if first else []
        for one in section.activities:
            parts += parts_of(self.maker, one)
        requires, gate = self._lock(section)
        if parts:
            self.ledger.kept(ElementKind.UNIT, section.entry.identifier, section.name.title)
        else:
            self._tell_of_empty(section, said_short)
        return replace(
            unit_of(section.name, self.naming.track, parts, self.ledger.shown),
            summary=Text(said_short),
            hours=hours_of(self._minutes(section)),
            prerequisites=requires,
            gate=gate,
        )

    def _tell_of_empty(self, section: SectionDraft, said: str) -> None:
        """Enter a section of which no unit is made; the first one, which every course has, only where it has a name,
        and others without a name in the report alone."""
        place, name = part_at(section.entry) if section.entry.kind == "section" else None, section.row.name
        unit = Element(ElementKind.UNIT, section.entry.identifier, section.name.title)
        if place and place["folder"] in self.nesting.heads() and not said and not self.naming.ours:
            self.ledger.note(unit.changed(ABOVE))
        elif said or any(not self.planner.is_made_anew(child) for child in section.entry.children):
            self.ledger.note(unit.dropped(NOTHING_KEPT))
        elif place and not self.naming.ours and (name or section.row.number != "0"):
            self.ledger.note(replace(unit.dropped(NOTHING_KEPT), told=not name))

    def _more(self) -> Iterator[Unit]:
        """Yield a unit of what stands in no section: the questions that no quiz asks."""
        parts = list(leftover(self.maker))
        if parts:
            name = self.naming.unit("more", labels_of(self.about.language or "en", OURS)[0]["page_more"])
            yield unit_of(name, self.naming.track, parts, self.ledger.shown)

    def _section_text(self, section: SectionDraft) -> WrittenText:
        row = section.row
        if self.naming.ours:
            if self.moved and row.summary.strip():
                title = f"{section.name.title}: summary"
                self.ledger.changed(ElementKind.TEXT, section.entry.identifier, title, "it is made anew")
            return WrittenText("", {})
        lead = self.maker.ways.lead_on(self._course_context, row.id, section.name.title)
        return self.maker.written(*html_of(row.summary, row.summaryformat, self.maker.language), lead)

    @cached_property
    def _course_context(self) -> str:
        """The context of the course, to which the files of sections belong."""
        return next((one.contextid for one in self.stored.listed if one.component == "course"), "")

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        """The titles of sections and of what stands in them, by their identifiers."""
        found = (one for section in self.sections for one in (section.entry, *section.entry.children))
        return {one.identifier: one.title for one in found}

    @cached_property
    def _held(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The ids of units by what they hold, and by their sections."""
        units = {act.entry.identifier: one.name.id for one in self.sections for act in one.activities}
        units |= {child.identifier: one.name.id for one in self.sections for child in one.entry.children}
        return units, {one.entry.identifier: one.name.id for one in self.sections if one.entry.kind == "section"}

    def _summarised(self, section: SectionDraft, text: WrittenText) -> tuple[str, Page | None]:
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
        return "", PartHead(key, section.name.title, self.ledger.shown).page(text)

    def _minutes(self, section: SectionDraft) -> float:
        return (minutes_in(plain_of(section.row.summary)) or 0.0) if self.naming.ours else 0.0

    def _lock(self, section: SectionDraft) -> tuple[References, Gate]:
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
            for entry, alone in own:
                if not self.planner.is_made_anew(entry):
                    said_of, why = in_words(alone, self._titles), TOGETHER
                    self.ledger.dropped(ElementKind.GATE, entry.identifier, f"{entry.title}: {said_of}", why)
        return found

    # --- the rest ---

    def _summary(self) -> str:
        """Return what the course is about, in a line."""
        text, is_markdown = html_of(self.course.summary, self.course.summaryformat, self.maker.language)
        if self.naming.ours or not text.strip():
            return ""
        plain = " ".join(text.split()) if is_markdown else plain_of(text)
        return shortened(plain, _LONGEST_SUMMARY)

    def _tell_of_the_rest(self) -> None:
        for name, kind, tag, why in _UNKEPT:
            root = root_at(self.subject, name)
            count = 0 if root is None else sum(1 for _ in root.iter(tag))
            if count and (self.moved or not self.naming.ours):
                self.ledger.dropped(kind, name, f"{count} of {tag}", why, name)


def _own(units: Sequence[tuple[str, str]], idnumber: str, title: str) -> tuple[str, str]:
    """Return the track of a course of ours, "" for that of others, and its title: a Moodle adds to one it has twice."""
    for one in (title, _COPY.sub("", title)):
        if track := own_track(units, tracks_of(idnumber, one)):
            return track, one
    return "", title


def _shared(entries: Sequence[Entry]) -> tuple[list[Gate], list[tuple[Entry, Gate]]]:
    """Return the conditions that all activities of a section have, and those that have others, with these."""
    found = [set(each(one.gate)) for one in entries]
    shared = set.intersection(*found) if found else set()
    others = [(one, [part for part in each(one.gate) if part not in shared]) for one in entries]
    own = [(one, simplified(All(tuple(parts)))) for one, parts in others if parts]
    return [part for part in each(entries[0].gate) if part in shared] if entries else [], own
