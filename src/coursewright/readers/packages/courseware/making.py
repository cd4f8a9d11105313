"""A course as it is made of a package's menu: units with their parts, their links, and what became of everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursewright.course.assets import Asset, Target, Targets, ToFile
from coursewright.course.blocks import Headed
from coursewright.course.model import Identity, Kind, Unit
from coursewright.course.outline import Entry, Outline
from coursewright.course.parts import File, Keys, Link, Page, Part
from coursewright.findings.finding import Finding
from coursewright.packages.documents.addresses import found_as
from coursewright.packages.documents.reading import is_page
from coursewright.packages.files.container import Container
from coursewright.readers.folder.assembly import MadePart, placed
from coursewright.readers.folder.assets import Assets, named
from coursewright.readers.folder.document import Piece
from coursewright.readers.folder.linking import linked
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.readers.packages.courseware.division import PlannedUnit
from coursewright.readers.packages.courseware.games import WHY_NOT
from coursewright.readers.packages.courseware.locks import UnitLock
from coursewright.readers.packages.courseware.pages import StaticPages
from coursewright.readers.packages.courseware.sheet import ReadSheet, as_markdown
from coursewright.readers.packages.courseware.tools import Tool, tool_of
from coursewright.readers.packages.courseware.unshown import unshown
from coursewright.readers.packages.recovery import Element, ElementKind, Fate
from coursewright.text.markdown.values import Prose, Text

_FLAT = "a unit has no folders, so what is in it stands right in the unit"
_WEB = ("http://", "https://")
_NO_HANDOUT = "it is not a file to hand out"
_AGAIN = "it opens a page that an entry before it shows, so it leads there"
_BY_SCRIPT = "there is nothing on it that can be read without running it"


@dataclass
class CourseMaking:
    """A course that is being made of a package, which lies in a folder.

    `told` are the files from which what an authoring tool shows has been read.
    """

    container: Container
    folder: Path
    outline: Outline
    track: str
    ours: bool = False
    elements: list[Element] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    standins: int = 0
    told: set[str] = field(default_factory=set)
    made: dict[tuple[Identity, str], MadePart] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shown = self.container.shown
        self.tool: Tool | None = tool_of(self.container)
        self.pages = StaticPages(self.container, frozenset(self._launched(one) for one, _ in self.outline.walk()))
        self.assets = Assets(SourceFolder(self.folder), self.shown)

    def unit(self, planned: PlannedUnit, lock: UnitLock) -> Unit:
        """Return a unit with its parts, whose links lead nowhere yet."""
        self.elements.append(Element(ElementKind.UNIT, planned.within[0], planned.title))
        self.elements += [_flattened(folder) for folder in planned.flattened]
        self.elements += [_shown_now(entry) for entry in planned.entries if entry.hidden]
        self.elements += lock.elements
        keys, identity = Keys(), Identity(self.track, planned.id)
        parts = tuple(part for entry in planned.entries for part in self._parts(entry, keys, identity))
        return Unit(
            *(self.shown, 0, Kind.UNIT, planned.id, Text(as_markdown(planned.title)), self.track, ()),
            prerequisites=lock.prerequisites,
            gate=lock.gate,
            parts=parts,
            given_id=planned.name.given,
        )

    def _parts(self, entry: Entry, keys: Keys, unit: Identity) -> Iterator[Part]:
        """Yield what an entry becomes: pages, a file or a link; a page that says so where it cannot be read."""
        address, name = _address(entry), self._launched(entry)
        if address.lower().startswith(_WEB):
            self.elements.append(Element(ElementKind.LINK, entry.identifier, entry.title))
            yield Link(keys.key("link", address), entry.title or address, address, self.shown, 0)
        elif name and not is_page(name):
            yield from self._file(entry, name, keys)
        elif self.tool or name not in self.pages.taken:
            yield from self._shown(entry, name, keys, unit)
        else:
            yield self._page(self._again(entry, name), entry, keys, unit)

    def _launched(self, entry: Entry) -> str:
        """Return the file that an entry opens, if it is in the package."""
        return found_as(_address(entry).split("?")[0].split("#")[0], self.container) or ""

    def _shown(self, entry: Entry, name: str, keys: Keys, unit: Identity) -> Iterator[Page]:
        """Yield the pages of an entry."""
        sheets = self.tool.read(self.container, name) if self.tool else self.pages.read(name)
        if self.tool and sheets:
            if sheets[0].file in self.told:
                yield self._page(self._again(entry, sheets[0].file), entry, keys, unit)
                return
            self.told.add(sheets[0].file)
        for sheet in sheets:
            titled = replace(sheet, title=entry.title if len(sheets) == 1 else sheet.title or entry.title)
            self._note(titled, entry)
            yield self._page(titled, entry, keys, unit)
        if not sheets:
            yield self._page(self._unread(entry, name), entry, keys, unit)

    def _file(self, entry: Entry, name: str, keys: Keys) -> Iterator[Part]:
        asset = self.assets.asset(name, picture=False)
        fate, why = (Fate.KEPT, "") if asset else (Fate.DROPPED, _NO_HANDOUT)
        self.elements.append(Element(ElementKind.FILE, entry.identifier, entry.title, fate, why, name))
        if asset:
            yield File(keys.key("file", name), entry.title, asset, f"{self.shown}/{name}", 0)

    def _unread(self, entry: Entry, name: str) -> ReadSheet:
        """Return the page that stands for one that cannot be read."""
        why = entry.fault or (f"a script of {self.tool.name} makes its pages" if self.tool else _BY_SCRIPT)
        self.elements.append(Element(ElementKind.PAGE, entry.identifier, entry.title, Fate.DROPPED, why, name))
        self.standins += 1
        maker = f"was made with {self.tool.name}" if self.tool else "is interactive"
        return ReadSheet("", entry.title, f"This part of the course {maker}. It could not be converted.")

    def _again(self, entry: Entry, name: str) -> ReadSheet:
        """Return the page that leads to one that an entry before it shows already."""
        self.elements.append(Element(ElementKind.PAGE, entry.identifier, entry.title, Fate.CHANGED, _AGAIN, name))
        self.standins += 1
        return ReadSheet("", entry.title, f"[{as_markdown(entry.title)}](</{name}>)")

    def _note(self, sheet: ReadSheet, entry: Entry) -> None:
        """Say what became of a page."""
        why = f"of what {self.tool.name} shows, only words are kept" if self.tool else ""
        fate = Fate.CHANGED if why else Fate.KEPT
        counts = (sheet.words, sheet.kept)
        self.elements.append(Element(ElementKind.PAGE, entry.identifier, sheet.title, fate, why, sheet.file, *counts))
        for number, title in enumerate(sheet.games, 1):
            name = f"{entry.identifier} {number}"
            self.elements.append(Element(ElementKind.ACTIVITY, name, title, Fate.DROPPED, WHY_NOT, sheet.file))

    def _page(self, sheet: ReadSheet, entry: Entry, keys: Keys, unit: Identity) -> Page:
        prose = Prose(0, sheet.markdown)
        key = sheet.key or keys.key("page", f"{sheet.file or entry.identifier}\n{sheet.title}")
        path = f"{self.shown}/{sheet.file}" if sheet.file else self.shown
        page = Page(key, sheet.title, Text(""), (Headed(prose),), path, 0)
        self.made[unit, key] = MadePart(page, sheet.file or entry.identifier, (Piece(prose),))
        return page

    def linked(self, units: Sequence[Unit]) -> tuple[Unit, ...]:
        """Return units whose links lead to pages and files of the course."""
        home = {unit.identity: unit for unit in units}
        links = linked(
            [placed(home[unit], made) for (unit, _), made in self.made.items()], self.assets.folder, shown=self.shown
        )
        self.findings += [*self.assets.findings, *links.findings]
        own = [part.asset for unit in units for part in unit.parts if isinstance(part, File)]
        final = named([*own, *links.assets])
        for asset in links.assets:
            name = asset.path.removeprefix(f"{self.shown}/")
            self.elements.append(Element(ElementKind.FILE, name, asset.name, file=name))
        if self.tool is None and not self.ours:
            shown = {one.path.removeprefix(f"{self.shown}/") for one in final.values()}
            self.elements += unshown(self.container.sizes, shown | self.pages.taken)
        targets = dict(zip(self.made, links.targets, strict=True))
        return tuple(
            replace(
                unit, parts=tuple(_led(part, targets.get((unit.identity, part.key), {}), final) for part in unit.parts)
            )
            for unit in units
        )


def _address(entry: Entry) -> str:
    return entry.address or next(iter(entry.files), "")


def _led(part: Part, targets: Targets, final: Mapping[str, Asset]) -> Part:
    if isinstance(part, File):
        return replace(part, asset=final[part.asset.path])
    if isinstance(part, Page):
        return replace(part, targets={href: _settled(one, final) for href, one in targets.items()})
    return part


def _settled(one: Target, final: Mapping[str, Asset]) -> Target:
    return replace(one, asset=final[one.asset.path]) if isinstance(one, ToFile) else one


def _shown_now(entry: Entry) -> Element:
    why = "the menu of the package did not show it, and learners see it now"
    return Element(ElementKind.SETTING, entry.identifier, entry.title, Fate.CHANGED, why)


def _flattened(folder: Entry) -> Element:
    return Element(ElementKind.UNIT, folder.identifier, folder.title, Fate.CHANGED, _FLAT)
