"""A course from planned units: parts, gates, what is said of it, and files that nothing shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import cast

from lxml import html
from lxml.html import HtmlElement

from coursewright.course.assets import Asset, ToUnit
from coursewright.course.gates import Date, Done, each
from coursewright.course.model import About, Unit
from coursewright.course.outline import Entry, Outline
from coursewright.course.parts import Assignment, File
from coursewright.course.values import Audience, Kind, References
from coursewright.packages.documents.canvas.discussions import TopicMeta
from coursewright.packages.documents.canvas.names import RUBRICS, WIKI
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.reading import is_page
from coursewright.packages.files.names import printable
from coursewright.packages.subject import Subject
from coursewright.pages.theme.theme import OURS, labels_of
from coursewright.readers.packages.cartridges.parts import PartReader
from coursewright.readers.packages.cartridges.planning import PartDraft, UnitDraft, UnitPlanner
from coursewright.readers.packages.cartridges.roadmaps import as_roadmap
from coursewright.readers.packages.cartridges.standalone import left_behind
from coursewright.readers.packages.cartridges.ways import PackageWays
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.readers.packages.frames import is_introduction
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.materials import PackageFiles
from coursewright.readers.packages.naming import PackageNames, is_ours, own_track, parted, told_tracks, tracks_of
from coursewright.readers.packages.reasons import NO_DATES, NO_FILE, NOTHING_KEPT
from coursewright.readers.packages.recovery import Element, ElementKind, Recovery
from coursewright.readers.packages.resources import Resources
from coursewright.readers.packages.shaping import PartHead, references_to, unit_of
from coursewright.readers.packages.texts import body_of, fragment_of, inline, unchanged, written
from coursewright.readers.roadmap.durations import read_hours
from coursewright.text.markdown.html import Converter
from coursewright.text.markdown.values import Text
from coursewright.text.names import few, plural, slug

_LOOKS = (".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".eot", ".otf", ".xsd", ".dtd", ".xml", ".qti")
_OWN_TEXTS = (".html", ".htm", ".xhtml", ".xml", ".qti")
_MOST_LOOSE = 5_000


class Gathering:
    """Gathers the course of a package whose `units` are folders or modules.

    `about` is what is said of it, as far as it is known, and `last` the id of the unit that holds what stands in no
    other.
    """

    def __init__(self, subject: Subject, folder: Path, outline: Outline, units: Sequence[Entry]) -> None:
        self.subject, self.outline = subject, outline
        ours = is_ours(subject.found.root)
        self.about = _about(subject, outline, units, ours=ours)
        self.ledger, self.naming = Ledger(subject.container.shown), PackageNames(self.about.track, ours)
        self.resources = Resources(subject)
        first = {name: files[0] for name in self.resources.by_identifier if (files := self.resources.files_of(name))}
        self.ways = PackageWays(PackageFiles(subject.container, folder), self.ledger, references=first)
        self.documents = PackageDocuments(subject)
        self.labels = labels_of(self.about.language or "en", OURS)[0]
        shows = {one.get("identifier", ""): one.get("identifierref", "") for one in subject.items}
        self.maker = PartReader(self.documents, self.ways, self.ledger, folder, self.labels, ours, resources=shows)
        self.planner = UnitPlanner(self.naming, self.ledger, subject.found.is_canvas)
        self.units: list[UnitDraft] = []
        self.last = ""
        self._looks: dict[str, None] = {}
        self._words = Converter()

    def add(self, name: str, title: str, entries: Iterable[Entry], entry: Entry | None = None) -> None:
        """Plan a unit; one in which nothing stands is entered in the ledger."""
        planned = self.planner.unit(name, title, entries, entry)
        if planned:
            self.units.append(planned)
        elif entry is not None and name:
            self.ledger.dropped(ElementKind.UNIT, name, title, NOTHING_KEPT)

    def add_loose(self, entries: Sequence[Entry]) -> None:
        """Plan what stands in no unit: of ours, in the unit that it is of; of others, in one of its own at the end."""
        rest = [one for one in entries if not (self.naming.ours and self._returned(one))]
        for empty in [one for one in self.units if not one.parts]:
            self.units.remove(empty)
            self.ledger.dropped(ElementKind.UNIT, condition_name(empty), empty.name.title, NOTHING_KEPT)
        before = len(self.units)
        self.add("more", self.more, rest)
        self.last = self.units[-1].name.id if len(self.units) > before else ""

    @property
    def more(self) -> str:
        """What a unit is called that holds what stands in no other."""
        return self.labels["page_more"]

    def _returned(self, entry: Entry) -> bool:
        """Say whether something of ours went back to its unit: only what is for staff stands in none."""
        own, _ = parted(entry.identifier)
        for place, unit in enumerate(self.units):
            if unit.entry is not None and own and unit.entry.identifier == own:
                key = self.naming.key(unit.name.id, "staff", entry.identifier)
                head = PartHead(key, entry.title, self.ledger.shown, Audience.STAFF)
                part = PartDraft(entry, entry.kind, head)
                self.units[place] = replace(unit, parts=(*unit.parts, part))
                return True
        return False

    def take_home(self, entry: Entry) -> None:
        """Take what a course is about from its home of ours, which is made anew whenever the course is built."""
        page = self.documents.page(entry.files)
        root = fragment_of(body_of(page[1])) if page else None
        lead = [] if root is None else cast("list[HtmlElement]", root.xpath('.//p[@class="lead"]'))
        if lead:
            said = written(html.tostring(lead[0], encoding="unicode", with_tail=False), unchanged)
            self.about = replace(self.about, summary=said.markdown.strip())

    def recovered(self) -> Recovery:
        """Return the course, with what became of each element."""
        self._find_ways()
        units = [self._unit(planned) for planned in self.units]
        units = [unit for unit in self._with_files(units) if unit.parts or unit.kind is not Kind.UNIT]
        self._tell_of_rubrics()
        for page, address in left_behind(self.ways.materials):
            self.ledger.behind(address, printable(page))
        return self.ledger.recovery(units, self.about, self.outline.metadata)

    def _tell_of_rubrics(self) -> None:
        """Enter in the ledger the rubrics by which nothing is judged here, as where a discussion had them."""
        judged = {one.identifier for one in self.ledger.elements() if one.kind is ElementKind.RUBRIC}
        left = [] if self.naming.ours else [one for key, one in self.documents.rubrics.items() if key not in judged]
        for one in self.ledger.first(left, "rubrics", Element(ElementKind.RUBRIC, "course", RUBRICS)):
            self.ledger.dropped(ElementKind.RUBRIC, one.identifier, one.title, "no assignment here has it", RUBRICS)

    def _find_ways(self) -> None:
        for unit in self.units:
            if unit.entry is not None:
                self.ways.parts.setdefault(unit.entry.identifier, ToUnit(unit.identity))
            for part in unit.parts:
                place = ToUnit(unit.identity, part.head.key)
                self.ways.materials.used |= {one for one in part.entry.files if one.endswith(_OWN_TEXTS)}
                self.ways.parts.setdefault(part.entry.identifier, place)
                for file in part.entry.files[:1] if part.kind != "file" else ():
                    if file.lower().endswith(_OWN_TEXTS):  # any other one is led to as a file
                        self.ways.files.setdefault(file, place)
                for name in filter(None, self._aliases(part)):
                    self.ways.parts.setdefault(name, place)
                for file in part.entry.files:
                    if file.startswith(WIKI):
                        self.ways.pages.setdefault(file.removeprefix(WIKI).removesuffix(".html"), place)

    def _aliases(self, part: PartDraft) -> Iterator[str]:
        """Yield by what else Canvas knows a quiz or a discussion: its topic, and the assignment that it counts as."""
        documents, files = self.documents, part.entry.files
        found: QuizSettings | TopicMeta | None = None
        if part.kind == "quiz":
            found = documents.first_value(files, QuizSettings)
        elif part.kind == "discussion":
            found = documents.first_value(files, TopicMeta)
        if found and found.assignment:
            yield found.assignment.identifier
        if isinstance(found, TopicMeta):
            yield found.topic_id

    def _unit(self, planned: UnitDraft) -> Unit:
        parts = tuple(sorted(self.maker.parts(planned), key=lambda part: part.audience is Audience.STAFF))
        entry = planned.entry
        identifier = entry.identifier if entry else planned.name.id
        self.ledger.kept(ElementKind.UNIT, identifier, planned.name.title)
        unit = unit_of(planned.name, planned.track, parts, self.ledger.shown)
        unit = replace(unit, prerequisites=self._needs(planned))
        self._tell_completion(planned)
        return self._introduced(unit, planned) if self.naming.ours else unit

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """The ids of the units by their folders or modules."""
        return {one.entry.identifier: one.name.id for one in self.units if one.entry is not None}

    def _needs(self, planned: UnitDraft) -> References:
        """Return the units that a unit waits for; days and what is not in the course are entered in the ledger."""
        ids = self._ids
        needed: dict[str, None] = {}
        for condition in each(planned.entry.gate) if planned.entry else ():
            title = planned.name.title
            if isinstance(condition, Done) and condition.of in ids:
                needed[ids[condition.of]] = None
            elif isinstance(condition, Date):
                said = f"{title}: opens on {condition.moment}"
                self.ledger.dropped(ElementKind.GATE, condition_name(planned), said, NO_DATES)
            else:
                why = "it waits for something that is not in the course"
                self.ledger.dropped(ElementKind.GATE, condition_name(planned), title, why)
        needed |= self._framed(planned, "before")
        for id in needed:
            self.ledger.kept(ElementKind.GATE, condition_name(planned), f"{planned.name.title}: after {id}")
        return references_to(needed)

    def _framed(self, planned: UnitDraft, what: str) -> dict[str, None]:
        """Return the ids of the units that a page of ours names before it, or after it."""
        ids: dict[str, None] = {}
        for frame in filter(None, (self.maker.frames.get(part.entry.identifier) for part in planned.parts)):
            for href, name in frame.before if what == "before" else frame.after:
                target = self.ways.target(href, self._origin(planned))[0] if href else None
                id = target.unit.id if isinstance(target, ToUnit) else self._called(name)
                ids |= {id: None} if id and id != planned.name.id else {}
        return ids

    def _called(self, name: str) -> str:
        """Return the id of the unit that a page of ours calls so; "" for none."""
        calls = ((one.name.id, one.name) for one in self.units)
        return next((id for id, own in calls if name in (own.title, f"{own.id} {own.title}")), "")

    def _origin(self, planned: UnitDraft) -> str:
        pages = (file for part in planned.parts for file in part.entry.files[:1] if is_page(file))
        return next(pages, "")

    def _introduced(self, unit: Unit, planned: UnitDraft) -> Unit:
        """Return a unit of ours with what its introduction said, where that is made anew, and what comes after it."""
        after = self._framed(planned, "after")
        shown = (row for part in unit.parts if isinstance(part, Assignment) for row in part.competencies)
        unit = replace(unit, next=references_to(after), competencies=tuple(dict.fromkeys(shown)))
        kept = {part.key for part in unit.parts}
        for part in planned.parts:
            frame = self.maker.frames.get(part.entry.identifier)
            if frame and frame.time:
                unit = replace(unit, hours=read_hours(Text(frame.time)))
            if frame and is_introduction(part.head.key) and part.head.key not in kept:
                goals = tuple(Text(inline(one)) for one in frame.objectives)
                unit = replace(unit, summary=Text(inline(frame.lead)), objectives=goals)
        pages = self.maker.shown.get(planned.name.id, [])
        return as_roadmap(unit, pages, self.labels, self._words) or unit

    def _tell_completion(self, planned: UnitDraft) -> None:
        finish = planned.entry.finish if planned.entry else None
        if finish is None or planned.entry is None or self.naming.ours:
            return
        said = f"{planned.name.title}: {planned.entry.completion}"
        if finish.one_suffices or finish.in_order:
            why = "a unit here is done with all of its parts, in any order"
            self.ledger.changed(ElementKind.COMPLETION, planned.entry.identifier, said, why)
        else:
            self.ledger.kept(ElementKind.COMPLETION, planned.entry.identifier, said)

    def _with_files(self, units: list[Unit]) -> list[Unit]:
        """Return units with the files of the package that nothing shows: for staff, in the last unit."""
        files = [self._loose_file(name) for name in self._unshown()]
        parts = tuple(part for part in files if part)
        if self._looks:
            why = f"they only serve how pages look or behave: {few(self._looks)}"
            self.ledger.changed(ElementKind.FILE, "", plural(len(self._looks), "file"), why)
        if not parts:
            return units
        if units and self.last == units[-1].id:
            return [*units[:-1], replace(units[-1], parts=(*units[-1].parts, *parts))]
        name = replace(self.naming.unit("more", self.more), given=False)
        return [*units, unit_of(name, self.naming.track, parts, self.ledger.shown)]

    def _unshown(self) -> Iterator[str]:
        """Yield the files of the package that are matter of the course, and that nothing shows."""
        for resource in self.subject.resources:
            if resource.get("type", "").lower().startswith("webcontent"):
                yield from self.resources.files_of(resource.get("identifier", ""))[:_MOST_LOOSE]

    def _loose_file(self, name: str) -> File | None:
        if name in self.ways.materials.used or name in self.ways.files or name.startswith("wiki_content/"):
            return None
        if self.naming.ours:
            return None  # it is made anew
        if name.lower().endswith(_LOOKS) or is_page(name):
            self._looks[name] = None
            return None
        asset = self.ways.materials.asset(name)
        if asset is None:
            self.ledger.dropped(ElementKind.FILE, name, printable(name), NO_FILE, printable(name))
            return None
        why = "no page shows it: it is kept for staff"
        self.ledger.changed(ElementKind.FILE, name, printable(name), why, printable(name))
        key = self.naming.key("more", "file", name)
        return PartHead(key, asset.name, self.ledger.shown, Audience.STAFF).file(asset)


def condition_name(planned: UnitDraft) -> str:
    """Return by what a package knows what a unit waits for."""
    return planned.entry.identifier if planned.entry else planned.name.id


def _about(subject: Subject, outline: Outline, units: Sequence[Entry], *, ours: bool) -> About:
    metadata = outline.metadata
    title = outline.title or metadata.get("identifier", "") or subject.container.shown
    name = metadata.get("course code", "") or metadata.get("identifier", "")
    tracks = told_tracks(subject.found.root) + tracks_of(name, title)
    track = (own_track(((one.identifier, one.title) for one in units), tracks) if ours else "") or slug(title)
    keywords = tuple(filter(None, (one.strip() for one in metadata.get("keywords", "").split(","))))
    summary = "" if ours else written(metadata.get("description", ""), unchanged).markdown.strip()
    return About(track, title, metadata.get("language", ""), metadata.get("rights", ""), keywords, summary=summary)


def cover_of(gathered: Gathering, name: str) -> Asset | None:
    """Return the picture of a course by the identifier of its resource."""
    file = gathered.ways.references.get(name, "")
    asset = gathered.ways.materials.asset(file) if file else None
    return asset if asset and asset.media_type in ("image/png", "image/jpeg", "image/svg+xml", "image/webp") else None
