"""A course as it is made of a package's menu: units with their parts, their links, and what became of everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursewright.course.assets import Asset, Targets
from coursewright.course.blocks import Headed
from coursewright.course.model import Unit
from coursewright.course.outline import Entry, Outline
from coursewright.course.parts import File, Keys, Link, Page, Part
from coursewright.course.values import Identity
from coursewright.findings.finding import Finding
from coursewright.packages.documents.addresses import found_as
from coursewright.packages.documents.reading import is_page
from coursewright.packages.files.container import Container
from coursewright.packages.files.names import printable
from coursewright.readers.folder.assembly import MadePart, placed
from coursewright.readers.folder.assets import Assets, named
from coursewright.readers.folder.document import Piece
from coursewright.readers.folder.linking import linked, settled
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.readers.packages.courseware.division import PlannedUnit
from coursewright.readers.packages.courseware.games import WHY_NOT
from coursewright.readers.packages.courseware.locks import UnitLock
from coursewright.readers.packages.courseware.pages import StaticPages
from coursewright.readers.packages.courseware.sheet import ReadSheet, as_markdown
from coursewright.readers.packages.courseware.tools import Tool, tool_of
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.recovery import Element, ElementKind
from coursewright.readers.packages.shaping import unit_of
from coursewright.text.addresses import is_web
from coursewright.text.markdown.values import Prose, Text

# What is matter of a course. Pictures are not: most that no page shows only serve how a player looks.
_MATTER = (
    *(".mp4", ".m4v", ".webm", ".mov", ".mp3", ".m4a", ".ogg", ".wav", ".vtt"),
    *(".pdf", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".odt", ".ods", ".odp", ".epub", ".csv"),
)
_FLAT = "a unit has no folders, so what is in it stands right in the unit"
_SHOWN_NOW = "the menu of the package did not show it, and learners see it now"
_NO_HANDOUT = "it is not a file to hand out"
_AGAIN = "it opens a page that an entry before it shows, so it leads there"
_DOCUMENTS = (".xml", ".xsd", ".dtd")  # that say what a package is
_NOT_KEPT = "no page that is kept shows it: it serves how the package looks and behaves"
_UNSHOWN = "nothing that can be read without running a script leads to it"
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
    findings: list[Finding] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    made: dict[tuple[Identity, str], MadePart] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shown = self.container.shown
        self.ledger = Ledger(self.shown)
        self.tool: Tool | None = tool_of(self.container)
        self.pages = StaticPages(self.container, frozenset(self._launched(one) for one, _ in self.outline.walk()))
        self.assets = Assets(SourceFolder(self.folder), self.shown)

    def unit(self, planned: PlannedUnit, lock: UnitLock) -> Unit:
        """Return a unit with its parts, whose links lead nowhere yet."""
        self.ledger.kept(ElementKind.UNIT, planned.within[0], planned.name.title)
        for folder in planned.flattened:
            self.ledger.changed(ElementKind.UNIT, folder.identifier, folder.title, _FLAT)
        for entry in planned.entries:
            if entry.hidden:
                self.ledger.changed(ElementKind.SETTING, entry.identifier, entry.title, _SHOWN_NOW)
        for element in lock.elements:
            self.ledger.note(element)
        keys, identity = Keys(), Identity(self.track, planned.name.id)
        parts = tuple(part for entry in planned.entries for part in self._parts(entry, keys, identity))
        unit = unit_of(replace(planned.name, title=as_markdown(planned.name.title)), self.track, parts, self.shown)
        return replace(unit, prerequisites=lock.prerequisites, gate=lock.gate)

    def _parts(self, entry: Entry, keys: Keys, unit: Identity) -> Iterator[Part]:
        """Yield what an entry becomes: pages, a file or a link; a page that says so where it cannot be read."""
        address, name = _address(entry), self._launched(entry)
        if is_web(address):
            self.ledger.kept(ElementKind.LINK, entry.identifier, entry.title)
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
        element = Element(ElementKind.FILE, entry.identifier, entry.title, file=name)
        self.ledger.note(element if asset else element.dropped(_NO_HANDOUT))
        if asset:
            yield File(keys.key("file", name), entry.title, asset, f"{self.shown}/{name}", 0)

    def _unread(self, entry: Entry, name: str) -> ReadSheet:
        """Return the page that stands for one that cannot be read."""
        why = entry.fault or (f"a script of {self.tool.name} makes its pages" if self.tool else _BY_SCRIPT)
        self.ledger.dropped(ElementKind.PAGE, entry.identifier, entry.title, why, name)
        self.ledger.standins += 1
        maker = f"was made with {self.tool.name}" if self.tool else "is interactive"
        return ReadSheet("", entry.title, f"This part of the course {maker}. It could not be converted.")

    def _again(self, entry: Entry, name: str) -> ReadSheet:
        """Return the page that leads to one that an entry before it shows already."""
        self.ledger.changed(ElementKind.PAGE, entry.identifier, entry.title, _AGAIN, name)
        self.ledger.standins += 1
        return ReadSheet("", entry.title, f"[{as_markdown(entry.title)}](</{name}>)")

    def _note(self, sheet: ReadSheet, entry: Entry) -> None:
        """Say what became of a page."""
        found = Element(ElementKind.PAGE, entry.identifier, sheet.title, file=sheet.file)
        found = replace(found, words=sheet.words, kept_words=sheet.kept)
        why = f"of what {self.tool.name} shows, only words are kept" if self.tool else ""
        self.ledger.note(found.changed(why) if why else found)
        for number, title in enumerate(sheet.games, 1):
            self.ledger.dropped(ElementKind.ACTIVITY, f"{entry.identifier} {number}", title, WHY_NOT, sheet.file)

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
            self.ledger.kept(ElementKind.FILE, name, asset.name, name)
        if not self.ours:
            shown = {one.path.removeprefix(f"{self.shown}/") for one in final.values()}
            self._tell_of_unshown(shown | self.pages.taken | self.pages.claimed | self.told)
        targets = dict(zip(self.made, links.targets, strict=True))
        return tuple(
            replace(
                unit, parts=tuple(_led(part, targets.get((unit.identity, part.key), {}), final) for part in unit.parts)
            )
            for unit in units
        )

    def _tell_of_unshown(self, known: set[str]) -> None:
        """Enter what nothing known shows: pages, films, recordings and documents, where no tool made them; the rest in
        the report alone, since most of it serves how a player looks."""
        rest: list[str] = []
        for name in self.container.sizes:
            kind = ElementKind.PAGE if is_page(name) else ElementKind.FILE if name.lower().endswith(_MATTER) else None
            if name in known or name.lower().endswith(_DOCUMENTS):
                continue
            if kind is None or self.tool is not None:
                rest.append(printable(name))
                continue
            shown = printable(name)
            self.ledger.dropped(kind, shown, shown, _UNSHOWN, shown)
        for name in self.ledger.first(rest, "files", Element(ElementKind.FILE, "", "files")):
            self.ledger.note(Element(ElementKind.FILE, name, name, file=name, told=True).dropped(_NOT_KEPT))


def _address(entry: Entry) -> str:
    return entry.address or next(iter(entry.files), "")


def _led(part: Part, targets: Targets, final: Mapping[str, Asset]) -> Part:
    if isinstance(part, File):
        return replace(part, asset=final[part.asset.path])
    if isinstance(part, Page):
        return replace(part, targets={href: settled(one, final) for href, one in targets.items()})
    return part
