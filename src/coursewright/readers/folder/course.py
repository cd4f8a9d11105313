"""A folder of Markdown as a course: found, put in order, grouped in units, and read."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursewright.course.model import About, Curriculum
from coursewright.course.parts import Part
from coursewright.course.values import Identity
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, has_errors
from coursewright.readers.folder.about import about_of
from coursewright.readers.folder.addressing import Paths
from coursewright.readers.folder.apps import by_unit
from coursewright.readers.folder.arrangement import Arranger
from coursewright.readers.folder.assembly import cleaned, first_title, has_title, page_title
from coursewright.readers.folder.calls import asks_files
from coursewright.readers.folder.library import Library, OnFile
from coursewright.readers.folder.listed import PLAIN, Convention, Listed, Ordering
from coursewright.readers.folder.making import UnitMaking
from coursewright.readers.folder.names import (
    Left,
    is_markdown,
    is_never_lesson,
    is_overview,
    stands_for,
    starts,
    titled,
)
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.folder.orders import stated_order
from coursewright.readers.folder.placing import nearest, not_listed, with_pages, without
from coursewright.readers.folder.plain import read_plain
from coursewright.readers.folder.tree import walked
from coursewright.readers.folder.units import grouped
from coursewright.readers.folder.whom import Whom, whom_for
from coursewright.text.names import slug


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
    reading = FolderReading(Library(tree, options, findings, on_file))
    if ordering and ordering.about.get("dialect") == PLAIN:
        order = ordering if ordering.listed else reading.ordered(ordering)
        return read_plain(tree, order, options.title, findings, on_file)
    return reading.curriculum(ordering)


@dataclass
class FolderReading:
    """A course while it is read: the documents in its library, whom they are for, and those that an order lists."""

    library: Library
    whom: Whom = field(default_factory=Whom)
    stated: frozenset[str] | None = None

    def curriculum(self, ordering: Ordering | None) -> Curriculum:
        """Return the course in the order that a file says, or that the documents say themselves."""
        order = self.ordered(ordering)
        listed = list(order.listed) if order.grouped else grouped(order.listed)
        if order.convention is not Convention.OWN:
            listed = self._with_staff(listed, self._staff(order))
        alone = bool(ordering and ordering.convention is Convention.ALONE)
        about = self._about(order, alone=alone)
        making = UnitMaking(self.library, ordering.file if ordering else self.library.tree.shown, alone=alone)
        units = making.units([*self._opening(order, about), *listed], about, order)
        findings = self.library.findings
        if not units and not has_errors(findings):
            findings.append(messages.SOURCE_EMPTY.at(Place(self.library.tree.shown)))
        return Curriculum(tuple(units), tuple(findings), (about,) if units else ())

    def ordered(self, ordering: Ordering | None) -> Ordering:
        """Return the order that a file says, or that the documents say themselves."""
        order = ordering or Ordering(Convention.NAMES, self.library.tree.shown, base=self.library.tree.start)
        self._know(order, ordering)
        return self._arranged(order, self._staff(order)) if not order.listed else self._told_unlisted(order)

    def parts(self, identity: Identity) -> tuple[Part, ...]:
        """Return the documents of the folder as parts of a unit that is known already."""
        order = Ordering(Convention.NAMES, self.library.tree.shown)
        self._know(order, None)
        listed = replace(self._in_folder(Listed("")), staff=self.whom.staff)
        return UnitMaking(self.library, order.file).parts(listed, identity)

    def _know(self, order: Ordering, given: Ordering | None) -> None:
        """Read the documents, and learn whom they are for and how they speak of each other."""
        self.library.read(given)
        listed = frozenset(place.path for one in order.listed for place in one.documents())
        self.stated = listed if order.listed else None
        self.whom = whom_for(self.library.documents, self.stated)
        self.library.findings += (
            messages.VERSION_FOR_STAFF.at(Place(self.library.tree.named(path)), other=posixpath.basename(other))
            for path, other in self.whom.fuller.items()
        )
        self.library.know(order)

    def _staff(self, order: Ordering) -> list[str]:
        """Return the documents for staff, of those that an order lists if there is one."""
        every = order.convention is Convention.SANDPAPER or self.stated is None
        listed = self.library.documents if every else self.stated or ()
        return [path for path in self.whom.staff if path in listed]

    # --- order ---

    def _arranged(self, order: Ordering, staff: Sequence[str]) -> Ordering:
        """Return the order that documents say themselves, of those in the folder that the site is made of."""
        hidden = frozenset(staff)
        paths = [path for path in self.library.tree.documents if path in self.library.documents and path not in hidden]
        base = order.base if any(path.startswith(f"{order.base}/") for path in paths) else ""
        inside = {path: None for path in paths if not base or path.startswith(f"{base}/")}
        arranger = self._arranger()
        found = arranger.arranged(list(inside), base)
        self.library.left(Left.ASIDE, found.aside)
        self.library.left(Left.OUTSIDE, [path for path in paths if path not in inside])
        opening = order.opening or tuple(Listed("", path) for path in found.opening)
        convention = found.convention if order.convention is not Convention.OWN else order.convention
        return replace(order, convention=convention, listed=tuple(found.units), opening=opening, grouped=True)

    def _arranger(self) -> Arranger:
        indexes = [path for path in self.library.documents if is_overview(posixpath.basename(path)) or starts(path)]
        links = {path: self.library.ways.of(self.library.documents[path]) for path in indexes}
        names: dict[str, str] = {}
        for path in sorted(indexes, key=lambda path: path.count("/")):
            ways, told = self.library.ways, self.library.documents[path]
            names = {**ways.folders_named(told), **ways.units_named(told), **names}
        return Arranger(self.library.tree, self.library.documents, links, names)

    def _told_unlisted(self, order: Ordering) -> Ordering:
        """Tell of documents that an order file leaves out, once a folder, and read folders that it names as units."""
        units = tuple(self._in_folder(one) if one.folder and not one.children else one for one in order.listed)
        order = replace(order, listed=units)
        known = {place.path for one in (*order.listed, *order.opening) for place in one.documents()}
        known |= {path for one in order.listed for path in one.staff}
        tree = self.library.tree
        unknown = (path for path in tree.documents if path not in known and path in self.library.documents)
        self.library.findings += not_listed(unknown, order.convention, tree)
        return order

    def _in_folder(self, unit: Listed) -> Listed:
        found = self._arranger().in_folder(unit.folder, self.whom.learners(self.library.documents))
        return replace(unit, path=found.path, children=found.children, title=unit.title or found.title)

    def _with_staff(self, listed: list[Listed], staff: Sequence[str]) -> list[Listed]:
        """Return units with the documents for staff that are nearest to them, and without those of a repository."""
        about = (path for path in self.library.tree.left.get(Left.COMMUNITY, ()) if is_never_lesson(path))
        hidden = {*staff, *about}
        units = [found for one in listed if (found := without(one, hidden, set(staff)))]
        placed_already = {path for unit in units for path in unit.staff}
        added = nearest([path for path in staff if path not in placed_already], units, 0)
        units = [replace(unit, staff=(*unit.staff, *added.get(at, ()))) for at, unit in enumerate(units)]
        known = {place.path for unit in units for place in unit.documents()}
        asking = (path for path, one in self.library.documents.items() if path in known and asks_files(one.lines))
        known = known.union(*(self.library.content(path).asked for path in asking))
        apart = [path for path in self.library.documents if not is_markdown(path) and path not in known]
        quizzes = by_unit(apart, units, self.library.documents)
        alone = quizzes.pop(-1, ())
        units = [with_pages(unit, quizzes.get(at, ())) for at, unit in enumerate(units)]
        return [*units, *(Listed("", path) for path in alone)]

    # --- what is said of the whole ---

    def _about(self, order: Ordering, *, alone: bool) -> About:
        folders = dict.fromkeys((order.base, self.library.tree.start, ""))
        outer = [path for folder in folders for path in self.library.documents if alone or stands_for(folder, path)]
        outer = [path for path in outer if path in (self.stated or ())] or outer
        first = next((one.path for one in order.opening if one.path in self.library.documents), next(iter(outer), ""))
        opening = page_title("", self.library.documents[first], self.library.content(first)) if first else ""
        folder = titled(self.library.tree.root.resolve().name)
        told = self.library.options.title or order.title or opening
        is_told = told != titled(first) or not is_overview(first)  # a README without a title says `README`
        title = cleaned((told if is_told else "") or folder)
        ways = Paths(self.library.folder, frozenset(self.library.documents), self.library.wayfinding)
        about, found = about_of(order, title, self.library.tree, self.library.documents.get(first), ways)
        self.library.findings += found
        return about if is_told or order.about.get("id") else replace(about, track=slug(told))

    def _opening(self, order: Ordering, about: About) -> list[Listed]:
        """Return the unit of what is said about the course as a whole, if anything is."""
        known = [one for one in order.opening if one.path in self.library.documents]
        if not known:
            return []
        first = known[0]
        untitled = not first.title and not has_title(self.library.documents[first.path])
        known[0] = replace(first, title=about.title) if untitled else first
        alone = len(known) == 1 and order.convention is Convention.OWN
        title = first_title(self.library.documents[first.path]) if alone else ""
        return [Listed(title or about.title, "", 0, tuple(known), name=first.path)]
