"""A folder of Markdown as a course: found, put in order, grouped in units, and read."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from coursewright.course.model import About, Audience, Curriculum, Identity, Kind, Unit
from coursewright.course.parts import Leading, Page, Part
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, has_errors
from coursewright.readers.decoding import read_lines
from coursewright.readers.folder.about import about_of
from coursewright.readers.folder.addressing import Paths, Wayfinding
from coursewright.readers.folder.apps import bank_of, by_lesson, by_unit
from coursewright.readers.folder.arrangement import Arranger
from coursewright.readers.folder.assembly import (
    Leaf,
    MadePart,
    cleaned,
    first_title,
    has_title,
    hours_of,
    is_draft,
    is_long,
    made_parts,
    page_title,
    placed,
    shown_by,
    stated_id,
    stated_title,
    summary_of,
)
from coursewright.readers.folder.content import content_of
from coursewright.readers.folder.document import Document, DocumentContent, Piece, document_of
from coursewright.readers.folder.kept import asks_files
from coursewright.readers.folder.linking import linked
from coursewright.readers.folder.links import Routes
from coursewright.readers.folder.listed import PLAIN, Convention, Listed, Ordering
from coursewright.readers.folder.macros import is_liascript
from coursewright.readers.folder.names import (
    Left,
    audience_of,
    is_markdown,
    is_never_lesson,
    is_overview,
    kept_from_learners,
    stands_for,
    starts,
    titled,
    unit_title,
)
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.folder.orders import stated_order
from coursewright.readers.folder.orders.books import variables_of
from coursewright.readers.folder.placing import links_of, listed_once, nearest, with_pages, without
from coursewright.readers.folder.plain import read_plain, unknown_in_gates
from coursewright.readers.folder.prerequisites import Requirement, UnitNames, arranged
from coursewright.readers.folder.rewriting import ContentOptions, names_of
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.readers.folder.told import told_of
from coursewright.readers.folder.tree import Tree, walked
from coursewright.readers.folder.units import grouped, ids_of
from coursewright.readers.quizzes import read_quizzes
from coursewright.text.markdown.values import Text
from coursewright.text.names import few

OnFile = Callable[[int], None]


def read_course(root: Path, shown: str, options: FolderOptions, on_file: OnFile = lambda count: None) -> Curriculum:
    """Return the course in a folder: its units with their parts, what was found, and what is said of it as a whole."""
    findings: list[Finding] = []
    tree = walked(root, shown, options.language, findings)
    ordering, broken = stated_order(tree, options, findings)
    if broken:
        return Curriculum((), tuple(findings))
    if not (tree.documents or tree.quizzes or ordering):
        if not has_errors(findings):
            findings.append(messages.SOURCE_EMPTY.at(Place(shown)))
        return Curriculum((), tuple(findings))
    shelf = FolderReading(tree, options, findings, on_file)
    if ordering and ordering.about.get("dialect") == PLAIN:
        order = ordering if ordering.listed else shelf.ordered(ordering)
        return read_plain(tree, order, options.title, findings, on_file)
    return shelf.curriculum(ordering)


@dataclass
class FolderReading:
    """A course while it is read."""

    tree: Tree
    options: FolderOptions
    findings: list[Finding]
    on_file: OnFile
    documents: dict[str, Document] = field(default_factory=dict)
    contents: dict[str, DocumentContent] = field(default_factory=dict)
    made: dict[Identity, list[MadePart]] = field(default_factory=dict)
    told: dict[str, tuple[Finding, ...]] = field(default_factory=dict)  # of front matter, once its document is read
    file: str = ""
    alone: bool = False
    stated: frozenset[str] | None = None

    def curriculum(self, ordering: Ordering | None) -> Curriculum:
        """Return the course in the order that a file says, or that the documents say themselves."""
        order = self.ordered(ordering)
        listed = list(order.listed) if order.grouped else grouped(order.listed)
        if order.convention is not Convention.OWN:
            listed = self._with_staff(listed, self._staff(order))
        about = self._about(order)
        units = self._linked(self._units([*self._opening(order, about), *listed], about, order))
        if not units and not has_errors(self.findings):
            self.findings.append(messages.SOURCE_EMPTY.at(Place(self.tree.shown)))
        return Curriculum(tuple(units), tuple(self.findings), (about,) if units else ())

    def ordered(self, ordering: Ordering | None) -> Ordering:
        """Return the order that a file says, or that the documents say themselves."""
        self._read(ordering)
        self.file = ordering.file if ordering else self.tree.shown
        self.alone = bool(ordering and ordering.convention is Convention.ALONE)
        order = ordering or Ordering(Convention.NAMES, self.tree.shown, base=self.tree.start)
        listed = frozenset(place.path for one in order.listed for place in one.documents())
        self.stated = listed if order.listed else None
        self._know(order)
        return self._arranged(order, self._staff(order)) if not order.listed else self._told_unlisted(order)

    def _staff(self, order: Ordering) -> list[str]:
        """Return the documents for staff, of those that an order lists if there is one."""
        staff = [path for path in self.documents if audience_of(path, self.documents, self._kept) is Audience.STAFF]
        if self.stated is not None and order.convention is not Convention.SANDPAPER:
            return [path for path in staff if path in self.stated]
        return staff

    @cached_property
    def _kept(self) -> frozenset[str]:
        """The documents that what stands beside them shows to be for staff."""
        return kept_from_learners(path for path in self.documents if self.stated is None or path in self.stated)

    def parts(self, identity: Identity) -> tuple[Part, ...]:
        """Return the documents of the folder as parts of a unit that is known already."""
        self._read(None)
        self._know(Ordering(Convention.NAMES, self.tree.shown))
        staff = [path for path in self.documents if audience_of(path, self.documents, self._kept) is Audience.STAFF]
        shown = self._arranger().in_folder("", [path for path in self.documents if path not in set(staff)])
        return self._linked([self._unit(replace(shown, staff=tuple(staff)), identity, True)])[0].parts

    def _know(self, order: Ordering) -> None:
        """Learn how the documents of the course speak of each other."""
        names = names_of(self.documents.values(), wiki=(self.tree.root / ".obsidian").is_dir())
        self.ways = Routes(self.documents.keys(), order.about.get("url", ""), names.by_name, order.base)
        sites = [*filter(None, [self.ways.url]), *self.ways.repositories(self.documents.values())]
        merged = _MERGED if order.convention is Convention.SANDPAPER else ()
        self.wayfinding = Wayfinding(sites, merged)
        variables = variables_of(self.tree, order.base)
        self.asked = ContentOptions(self.options.audiences, self.options.solutions, variables, names)
        self.folder = SourceFolder(self.tree.root)

    # --- documents ---

    def _read(self, ordering: Ordering | None) -> None:
        """Read every document that is found, or listed."""
        listed = [place.path for one in (ordering.listed if ordering else ()) for place in one.documents()]
        staff = [path for one in (ordering.listed if ordering else ()) for path in one.staff]
        opening = [one.path for one in (ordering.opening if ordering else ())]
        quizzes = () if listed and ordering and ordering.convention is Convention.OWN else self.tree.quizzes
        named = dict.fromkeys([*self.tree.documents, *listed, *staff, *opening, *quizzes])
        for count, path in enumerate(named, 1):
            if not is_markdown(path):
                self._read_quiz(path, whole=path in listed)
            elif document := self._document(path):
                self.documents[path] = document
            self.on_file(count)
        drafts = [path for path, found in self.documents.items() if is_draft(found)]
        for path in drafts:
            del self.documents[path]
        self._left(Left.DRAFT, drafts)

    def _left(self, why: Left, paths: Sequence[str]) -> None:
        if paths:
            place, names = Place(self.tree.shown), few(paths)
            self.findings.append(messages.LEFT_OUT.at(place, count=len(paths), why=why, names=names))

    def _document(self, path: str) -> Document | None:
        file = self.tree.file(path)
        shown = self.tree.named(file)
        lines, problems = read_lines(self.tree.root / file, shown)
        if lines is None:
            self.findings += problems
            return None
        document, found = document_of(shown, path, lines)
        self.told[path] = (*problems, *found)
        return document

    def _read_quiz(self, path: str, *, whole: bool) -> None:
        """Read a file that is no Markdown as a document of quizzes, if it holds any."""
        shown = self.tree.named(bank_of(path))
        quizzes, problems = read_quizzes(self.tree.root / bank_of(path), shown)
        self.findings += [one for one in problems if one not in self.findings]
        for name, some in by_lesson(path, quizzes, whole=whole).items():
            title = Text(some[0].title if len(some) == 1 else "", 1)
            self.documents[name] = Document(shown, name, ())
            self.contents[name] = DocumentContent(title, tuple(Piece(quiz) for quiz in some))

    def content(self, path: str) -> DocumentContent:
        """Return what a document says; it is read once."""
        if path not in self.contents:
            self.contents[path], found = content_of(self.documents[path], self.folder, self.asked)
            self.findings += (*self.told.get(path, ()), *found)
        return self.contents[path]

    # --- order ---

    def _arranged(self, order: Ordering, staff: Sequence[str]) -> Ordering:
        """Return the order that documents say themselves, of those in the folder that the site is made of."""
        paths = [path for path in self.tree.documents if path not in set(staff) and path in self.documents]
        base = order.base if any(path.startswith(f"{order.base}/") for path in paths) else ""
        inside = {path: None for path in paths if not base or path.startswith(f"{base}/")}
        arranger = self._arranger()
        found = arranger.arranged(list(inside), base)
        self._left(Left.ASIDE, found.aside)
        self._left(Left.OUTSIDE, [path for path in paths if path not in inside])
        opening = order.opening or tuple(Listed("", path) for path in found.opening)
        convention = found.convention if order.convention is not Convention.OWN else order.convention
        return replace(order, convention=convention, listed=tuple(found.units), opening=opening, grouped=True)

    def _arranger(self) -> Arranger:
        indexes = [path for path in self.documents if is_overview(posixpath.basename(path)) or starts(path)]
        links = {path: self.ways.of(self.documents[path]) for path in indexes}
        names: dict[str, str] = {}
        for path in sorted(indexes, key=lambda path: path.count("/")):
            told = self.documents[path]
            names = {**self.ways.folders_named(told), **self.ways.units_named(told), **names}
        return Arranger(self.tree, self.documents, links, names)

    def _told_unlisted(self, order: Ordering) -> Ordering:
        """Tell of documents that an order file leaves out, once a folder, and read folders that it names as units."""
        units = tuple(self._in_folder(one) if one.folder and not one.children else one for one in order.listed)
        order = replace(order, listed=units)
        known = {place.path for one in (*order.listed, *order.opening) for place in one.documents()}
        known |= {path for one in order.listed for path in one.staff}
        left: defaultdict[str, list[str]] = defaultdict(list)
        for path in (one for one in self.tree.documents if one not in known and one in self.documents):
            left[posixpath.dirname(path)].append(posixpath.basename(path))
        for folder, names in sorted(left.items()):
            place = Place(self.tree.named(folder) if folder else self.tree.shown)
            self.findings.append(messages.NOT_LISTED.at(place, order=order.convention, names=few(names)))
        return order

    def _in_folder(self, unit: Listed) -> Listed:
        paths = [path for path in self.documents if audience_of(path, self.documents, self._kept) is Audience.LEARNER]
        found = self._arranger().in_folder(unit.folder, paths)
        return replace(unit, path=found.path, children=found.children, title=unit.title or found.title)

    def _with_staff(self, listed: list[Listed], staff: Sequence[str]) -> list[Listed]:
        """Return units with the documents for staff that are nearest to them, and without those of a repository."""
        about = (path for path in self.tree.left.get(Left.COMMUNITY, ()) if is_never_lesson(path))
        hidden = {*staff, *about}
        units = [found for one in listed if (found := without(one, hidden, set(staff)))]
        placed_already = {path for unit in units for path in unit.staff}
        added = nearest([path for path in staff if path not in placed_already], units, 0)
        units = [replace(unit, staff=(*unit.staff, *added.get(at, ()))) for at, unit in enumerate(units)]
        known = {place.path for unit in units for place in unit.documents()}
        asking = (path for path, one in self.documents.items() if path in known and asks_files(one.lines))
        known = known.union(*(self.content(path).asked for path in asking))
        apart = [path for path in self.documents if not is_markdown(path) and path not in known]
        quizzes = by_unit(apart, units, self.documents)
        alone = quizzes.pop(-1, ())
        units = [with_pages(unit, quizzes.get(at, ())) for at, unit in enumerate(units)]
        return [*units, *(Listed("", path) for path in alone)]

    # --- what is said of the whole ---

    def _about(self, order: Ordering) -> About:
        folders = dict.fromkeys((order.base, self.tree.start, ""))
        outer = [path for folder in folders for path in self.documents if self.alone or stands_for(folder, path)]
        outer = [path for path in outer if path in (self.stated or ())] or outer
        first = next((one.path for one in order.opening if one.path in self.documents), next(iter(outer), ""))
        opening = stated_title(self.documents[first], self.content(first)) if first else ""
        title = cleaned(self.options.title or order.title or opening or titled(self.tree.root.resolve().name))
        ways = Paths(self.folder, frozenset(self.documents), self.wayfinding)
        about, found = about_of(order, title, self.tree, self.documents.get(first), ways)
        self.findings += found
        return about

    def _opening(self, order: Ordering, about: About) -> list[Listed]:
        """Return the unit of what is said about the course as a whole, if anything is."""
        known = [one for one in order.opening if one.path in self.documents]
        if not known:
            return []
        first = known[0]
        untitled = not first.title and not has_title(self.documents[first.path])
        known[0] = replace(first, title=about.title) if untitled else first
        is_alone = len(known) == 1 and order.convention is Convention.OWN
        title = (is_alone and first_title(self.documents[first.path])) or about.title
        return [Listed(title, "", 0, tuple(known), name=first.path)]

    # --- units ---

    def _units(self, listed: Sequence[Listed], about: About, order: Ordering) -> list[Unit]:
        """Return the units of a course, each document in the first that lists it, in learning order."""
        listed = [self._with_id(one) for one in listed_once(listed, self.documents.keys())]
        units: list[Unit] = []
        names = UnitNames(self.ways)
        kept: list[Listed] = []
        for one, (id, given) in zip(listed, ids_of(listed), strict=True):
            unit = self._unit(one, Identity(about.track, id), given)
            if any(part.audience is Audience.LEARNER for part in unit.parts):
                names.add(unit, one, self._own_titles(one), len(units))
                units.append(unit)
                kept.append(one)
            else:
                self.findings.append(messages.UNIT_EMPTY.at(Place(unit.path), title=unit.title))
        self.findings += unknown_in_gates(units, [Place(self.file, one.line) for one in kept])
        needs = [(unit, self._needs(one)) for unit, one in zip(units, kept, strict=True)]
        return arranged(needs, names, self.findings, sequential=bool(order.about.get("sequential")))

    def _linked(self, units: Sequence[Unit]) -> list[Unit]:
        """Return units whose pages know where their links and pictures lead."""
        made = [(unit, one) for unit in units for one in self.made[unit.identity] if isinstance(one.part, Leading)]
        pages = [placed(unit, one) for unit, one in made]
        left = (*self.tree.documents, *chain.from_iterable(self.tree.left.values()))
        links = linked(pages, self.folder, self.wayfinding, left_out=left, shown=self.tree.shown)
        self.findings += links.findings
        targets = {(unit.identity, one.part.key): found for (unit, one), found in zip(made, links.targets, strict=True)}

        def own(unit: Unit, part: Part) -> Part:
            return replace(part, targets=targets[unit.identity, part.key]) if isinstance(part, Leading) else part

        return [replace(unit, parts=tuple(own(unit, part) for part in unit.parts)) for unit in units]

    def _with_id(self, listed: Listed) -> Listed:
        """Return a unit with the id that the front matter of its first document gives it, if it looks like one."""
        first = next(iter(listed.documents()), None)
        return replace(listed, id=listed.id or stated_id(self.documents[first.path])) if first else listed

    def _own_titles(self, listed: Listed) -> list[str]:
        """Return what the only lesson of a unit is called; nothing where there are several."""
        lessons = [place.path for place in listed.documents() if not self.content(place.path).asks_only]
        lessons = lessons or [place.path for place in listed.documents()]
        return [str(self.content(path).title) for path in lessons] if len(lessons) == 1 else []

    def _needs(self, listed: Listed) -> list[Requirement]:
        own = [Requirement(Text(text, listed.line), "", self.tree.shown, shown=False) for text in listed.requires]
        return [*own, *(found for place in listed.documents() for found in self._required_by(place.path))]

    def _required_by(self, path: str) -> Iterator[Requirement]:
        document = self.documents[path]
        body = "\n".join(document.lines)
        for text in self.content(path).prerequisites:
            yield Requirement(text, path, document.path, shown=str(text) in body)

    def _unit(self, listed: Listed, identity: Identity, given: bool) -> Unit:
        leaves = list(self._leaves(listed))
        made = made_parts(leaves, links_of(listed), self.file)
        self.made[identity] = made
        parts = tuple(one.part for one in made)
        first = leaves[0] if leaves else None
        lesson = next((leaf for leaf in leaves if not leaf.content.asks_only or leaf.relative == listed.path), first)
        title = cleaned(unit_title(listed.title, lesson.title if lesson else "", listed.folder) or identity.id)
        pages = [part for part in parts if isinstance(part, Page) and part.audience is Audience.LEARNER]
        objectives = tuple(Text(text) for text in listed.objectives) or tuple(
            dict.fromkeys(text for page in pages for text in page.objectives)
        )
        return Unit(
            path=first.document.path if first else self.tree.named(listed.folder),
            line=1,
            kind=Kind.UNIT,
            id=identity.id,
            title=Text(title, lesson.content.title.line if lesson and lesson is first else 0),
            track=identity.track,
            roles=tuple(map(Text, listed.roles)),
            summary=Text(listed.summary) or (summary_of(first.document) if first else Text("")),
            hours=hours_of(listed.minutes or sum(page.minutes or 0 for page in pages)),
            objectives=objectives,
            competencies=shown_by(parts, listed.competencies),
            parts=parts,
            given_id=given,
            gate=listed.gate,
        )

    def _leaves(self, listed: Listed) -> Iterator[Leaf]:
        """Yield the documents of a unit with what they say."""
        for place in listed.documents():
            document, content = self.documents[place.path], self.content(place.path)
            parted = is_liascript(document.front) or (self.alone and is_long(document))
            told = told_of(document, self.findings)
            yield Leaf(document, content, page_title(place.title, document, content), parted=parted, told=told)
        for path in (one for one in listed.staff if one in self.documents):
            document, content = self.documents[path], self.content(path)
            yield Leaf(document, content, page_title("", document, content), staff=True)


_MERGED = ("episodes", "learners", "instructors", "profiles")
