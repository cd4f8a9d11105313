"""What a package's outline becomes, before anything of it is read: units, and the parts that stand in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from coursewright.course.outline import FOLDER, NOTHING, Entry
from coursewright.course.parts import Page
from coursewright.course.values import Audience, Identity
from coursewright.frozen import frozen, slotted
from coursewright.packages.documents.canvas.names import ASSIGNMENT
from coursewright.packages.documents.reading import is_page
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.naming import PackageNames, UnitName, parted
from coursewright.readers.packages.reasons import HEADS
from coursewright.readers.packages.recovery import Element, ElementKind
from coursewright.readers.packages.shaping import PartHead
from coursewright.readers.packages.texts import WrittenText
from coursewright.text.addresses import has_scheme

_LONGEST_HEADING = 60
_STAND_IN = "This part of the course could not be converted."
_PRACTICAL = {"quiz": "quiz", "test": "quiz", "question": "quiz", "question bank": "quiz", "web link": "link"}
KINDS = {
    "page": ElementKind.PAGE,
    "syllabus": ElementKind.PAGE,
    "lesson plan": ElementKind.PAGE,
    "assignment": ElementKind.ASSIGNMENT,
    "discussion": ElementKind.DISCUSSION,
    "quiz": ElementKind.QUIZ,
    "test": ElementKind.QUIZ,
    "question": ElementKind.QUESTION,
    "question bank": ElementKind.BANK,
    "web link": ElementKind.LINK,
    "tool": ElementKind.TOOL,
    "file": ElementKind.FILE,
}
"""What the kinds of entries are as elements of a package."""


@frozen
class PartDraft:
    """An entry that becomes a part of a unit. What stands over it in the unit stands before its title."""

    entry: Entry
    kind: str
    head: PartHead

    @property
    def title(self) -> str:
        """What it is called."""
        return self.head.title

    def standing_in(self, ledger: Ledger, element: Element) -> Page:
        """Return the page that stands for what nobody can read, which is entered in the ledger as damaged."""
        ledger.damaged(element)
        return self.head.page(WrittenText(_STAND_IN, {}))


@frozen
class UnitDraft:
    """A unit with its parts. `entry` is its folder or module; None for one that only this reader makes."""

    name: UnitName
    track: str
    parts: tuple[PartDraft, ...]
    entry: Entry | None = None

    @property
    def identity(self) -> Identity:
        """What the unit is known by."""
        return Identity(self.track, self.name.id)


@slotted
class UnitPlanner:
    """Divides an outline into units. What is hidden is for staff.

    With `drafts`, what is hidden is only not published yet: where that is most of a unit, nobody has opened it so far,
    and it is for learners.
    """

    naming: PackageNames
    ledger: Ledger
    drafts: bool = False
    _is_open: bool = False
    _seen: set[str] = field(default_factory=set)

    def unit(self, name: str, title: str, entries: Iterable[Entry], entry: Entry | None = None) -> UnitDraft | None:
        """Return a unit of some entries; None where nothing stands in it, but for one of ours: what is for staff alone
        stands beside the menu, and goes back to it."""
        called, entries = self.naming.unit(name, title), list(entries)
        self._is_open = self.drafts and entry is not None and (entry.hidden or _is_mostly_hidden(entries))
        closed = entry is not None and self._shut(entry, ElementKind.UNIT)
        parts = tuple(self._parts(entries, called.id, "", closed))
        if not parts and not (self.naming.ours and entry is not None):
            return None
        return UnitDraft(called, self.naming.track, parts, entry)

    def _parts(self, entries: Iterable[Entry], unit: str, heading: str, closed: bool) -> Iterator[PartDraft]:
        """Yield the parts of entries, those of inner folders under their titles."""
        own = heading
        for entry in entries:
            shut = self._shut(entry, KINDS.get(entry.kind, ElementKind.TEXT)) or closed
            if entry.kind == "heading" and len(entry.title) > _LONGEST_HEADING:
                yield self._said(entry, unit, shut)
                continue
            if entry.kind == "heading":
                own = self._heading(entry, heading)
                continue
            if entry.kind != FOLDER:
                yield from self._part(entry, unit, own, shut)
            if entry.children:
                inner = self._heading(entry, own) if entry.kind == FOLDER else own
                yield from self._parts(entry.children, unit, inner, shut)

    def _shut(self, entry: Entry, kind: ElementKind) -> bool:
        """Say whether an entry is for staff, and enter in the ledger that it was not published."""
        if entry.hidden and self.drafts and not self.naming.ours:
            if self._is_open:
                why = "it is not published there, and a course here has no hidden parts: learners see it"
                self.ledger.dropped(ElementKind.SETTING, entry.identifier, entry.title, why)
            else:
                why = "it is not published there: here it is for staff"
                self.ledger.changed(kind, entry.identifier, entry.title, why)
        return entry.hidden and not self._is_open

    def _heading(self, entry: Entry, above: str) -> str:
        """Return what stands over the parts after a heading, or in a folder."""
        title = " ".join(entry.title.split())
        if not title or (self.naming.ours and parted(entry.identifier)[1]):
            return above
        self.ledger.changed(ElementKind.TEXT, entry.identifier, title, HEADS)
        return f"{above}: {title}" if above and len(above) + len(title) <= _LONGEST_HEADING else title

    def _said(self, entry: Entry, unit: str, closed: bool) -> PartDraft:
        """Return a page for a heading that is a text."""
        self.ledger.changed(ElementKind.TEXT, entry.identifier, entry.title, "a heading that is a text becomes a page")
        return self._draft(entry, "text", self.naming.key(unit, "page", entry.identifier), entry.title, closed)

    def _part(self, entry: Entry, unit: str, heading: str, closed: bool) -> Iterator[PartDraft]:
        kind = _kind(entry)
        element = Element(KINDS.get(kind, ElementKind.REFERENCE), entry.identifier, entry.title)
        if entry.opens_nothing and not has_scheme(entry.address):
            self.ledger.dropped(element.kind, entry.identifier, entry.title, "its file is not in the package")
            return
        if kind == NOTHING and not entry.files:
            self.ledger.dropped(element.kind, entry.identifier, entry.title, "it leads to nothing in the package")
            return
        if entry.identifier in self._seen and kind != "web link":
            self.ledger.changed(
                element.kind, entry.identifier, entry.title, "it stands in the course once, where it comes first"
            )
            return
        self._seen.add(entry.identifier)
        closed = closed or kind in ("question bank", "lesson plan")
        key = self.naming.key(unit, _PRACTICAL.get(kind, kind.partition(" ")[0]), entry.identifier)
        yield self._draft(entry, kind, key, _titled(entry.title, heading), closed)

    def _draft(self, entry: Entry, kind: str, key: str, title: str, closed: bool) -> PartDraft:
        audience = Audience.STAFF if closed else Audience.LEARNER
        return PartDraft(entry, kind, PartHead(key, title, self.ledger.shown, audience))


def _is_mostly_hidden(entries: Iterable[Entry]) -> bool:
    found = [one.hidden for one in entries if one.kind != "heading"]
    return sum(found) * 2 > len(found)


def _titled(title: str, heading: str) -> str:
    """Return the title of a part with the heading that it stands under."""
    title = " ".join(title.split())
    return title if not heading or title.startswith(heading) else f"{heading}: {title}"


def _kind(entry: Entry) -> str:
    """Return what an entry becomes, where its kind says too little."""
    if entry.kind in KINDS:
        return entry.kind
    own = entry.files[:1]
    if any(name.endswith(ASSIGNMENT) for name in entry.files):
        return "assignment"
    return "page" if any(map(is_page, own)) else "file" if own else NOTHING


def top_folders(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Return the entries that are units: those in the only folder at the top, if that holds folders, or themselves."""
    while len(entries) == 1 and entries[0].kind == FOLDER:
        inner = entries[0].children
        if sum(bool(one.children) for one in inner) * 2 <= len(inner):
            break
        entries = inner
    return entries


def grouped(entries: Sequence[Entry]) -> Iterator[tuple[Entry | None, list[Entry]]]:
    """Yield the entries of each unit with its folder; those without a folder stand together, where the first stands."""
    loose = [one for one in entries if not one.children and one.kind != FOLDER]
    is_told = False
    for entry in entries:
        if entry.children or entry.kind == FOLDER:
            page = [] if entry.kind == FOLDER else [replace(entry, children=())]
            yield entry, [*page, *entry.children]
        elif not is_told:
            is_told = True
            yield None, loose
