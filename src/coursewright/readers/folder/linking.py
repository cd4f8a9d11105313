"""Where the links and pictures of a course's pages lead: to its pages, to its files, to the web, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coursewright.course.assets import Asset, Target, Targets, ToFile, ToUnit
from coursewright.course.values import Audience, Identity
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message, Place
from coursewright.frozen import frozen
from coursewright.readers.folder.addressing import ENDINGS, Paths, Wayfinding, parted
from coursewright.readers.folder.assets import Assets, named
from coursewright.readers.folder.document import Piece
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.text.markdown.addresses import Address, addresses, headings
from coursewright.text.markdown.anchors import anchor_of
from coursewright.text.markdown.values import Prose
from coursewright.text.names import few, shortened

_ID = re.compile(r"<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)
_ATTRIBUTE_ID = re.compile(r"\{[^{}\n]*#([\w:.-]+)[^{}\n]*\}")
_MOST_TOLD = 12


@frozen
class Placed:
    """A page of the course, as far as links go: which document it is of, which part of which unit, and what it says.

    A document may be several pages, one after another.
    """

    relative: str
    path: str
    unit: Identity
    part: str
    pieces: tuple[Piece, ...]
    title: str = ""
    audience: Audience = Audience.LEARNER


@frozen
class Links:
    """Where the addresses of pages lead, page by page as they were given, the files among them, and what was found."""

    targets: tuple[Targets, ...]
    assets: tuple[Asset, ...]
    findings: tuple[Finding, ...]


def linked(
    pages: Sequence[Placed],
    folder: SourceFolder,
    wayfinding: Wayfinding | None = None,
    *,
    left_out: Iterable[str] = (),
    shown: str = "",
) -> Links:
    """Return where all addresses of a course's pages lead.

    `left_out` are the documents of its folder that are no pages, by their paths relative to it; `shown` is how findings
    name the folder.
    """
    known = frozenset(page.relative for page in pages)
    paths = Paths(folder, known | frozenset(left_out), wayfinding or Wayfinding())
    linking = _Linking(paths, Assets(folder, shown), _by_document(pages))
    found = [linking.of_page(page) for page in pages]
    final = named(one.asset for targets in found for one in targets.values() if isinstance(one, ToFile))
    leads = tuple({href: settled(one, final) for href, one in targets.items()} for targets in found)
    return Links(leads, tuple(dict.fromkeys(final.values())), (*linking.assets.findings, *linking.findings))


def settled(one: Target, final: Mapping[str, Asset]) -> Target:
    """Return where an address leads, to a file under the name that it has in the course."""
    return ToFile(final[one.asset.path], one.anchor) if isinstance(one, ToFile) else one


@frozen
class _Home:
    """A page with its anchors."""

    page: Placed
    anchors: frozenset[str]


def _by_document(pages: Iterable[Placed]) -> Mapping[str, list[_Home]]:
    found: dict[str, list[_Home]] = {}
    for page in pages:
        found.setdefault(page.relative, []).append(_Home(page, frozenset(_anchors(page))))
    return found


def _anchors(page: Placed) -> Iterator[str]:
    """Yield the anchors of a page, in lower case: of its headings, as GitHub makes them, and those that are given."""
    for piece in page.pieces:
        if not isinstance(piece.content, Prose):
            continue
        text = piece.content.markdown
        yield from (one.anchor.lower() for one in headings(text))
        if "{" in text:
            yield from (found.lower() for found in _ATTRIBUTE_ID.findall(text))
        if "<" in text:
            yield from (found.lower() for found in _ID.findall(text))


@dataclass
class ToldLinks:
    """What is to be told of one document: addresses with their lines, by why."""

    dead: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    anchors: dict[str, int] = field(default_factory=dict)
    remote: dict[str, int] = field(default_factory=dict)


@dataclass
class _Linking:
    paths: Paths
    assets: Assets
    homes: Mapping[str, list[_Home]]
    told: dict[str, ToldLinks] = field(default_factory=dict)

    def of_page(self, page: Placed) -> dict[str, Target]:
        """Return where the addresses of a page lead, and remember those that lead nowhere."""
        targets: dict[str, Target] = {}
        told = self.told.setdefault(page.path, ToldLinks())
        for address, line in written_on(page):
            if address.href in targets:
                continue
            target = self._target(address, line, page, told)
            if target:
                targets[address.href] = target
        return targets

    def _target(self, address: Address, line: int, page: Placed, told: ToldLinks) -> Target | None:
        href = address.href
        inside = self.paths.within(href)
        if inside is None:
            if address.is_picture and href.lower().startswith(("http://", "https://", "//")):
                told.remote.setdefault(href, line)
            return None
        path, anchor = parted(inside)
        found = self.paths.found(path, page.relative)
        if found is None:
            return self._to_folder(href, path, inside, page, line, told)
        if found in self.homes:
            return self._to_page(href, found, anchor, page, line, told)
        if found.endswith(ENDINGS) and not address.is_picture:
            told.left_out.setdefault(href, line)
            return None
        asset = self.assets.asset(found, picture=address.is_picture)
        return ToFile(asset, anchor) if asset else None

    def _to_folder(self, href: str, path: str, inside: str, page: Placed, line: int, told: ToldLinks) -> ToFile | None:
        """Return the files of a folder, if an address leads to one without pages; else remember that it fails."""
        if inside != href and "://" in href:  # on the course's own site, but not in its folder
            return None
        folder = self.paths.folder_of(path, page.relative)
        if folder is None:
            told.dead.setdefault(href, line)
            return None
        if any(document.startswith(f"{folder}/") for document in self.paths.documents):
            told.left_out.setdefault(href, line)
            return None
        asset = self.assets.of_folder(folder)
        return ToFile(asset) if asset else None

    def _to_page(self, href: str, found: str, anchor: str, page: Placed, line: int, told: ToldLinks) -> ToUnit | None:
        """Return the page that a document is, and the heading on it; a learner's page leads to none for staff."""
        homes = self.homes[found]
        fitting = [home for home in homes if home.page.audience is page.audience]
        if not fitting and page.audience is Audience.STAFF:
            fitting = homes
        if not fitting:
            told.left_out.setdefault(href, line)
            return None
        wanted = anchor.lower()
        for name, spelt in (
            (wanted, anchor),
            (anchor_of(wanted), anchor_of(wanted)),
        ):  # as it stands, and as GitHub has it
            home = next((one for one in fitting if name and name in one.anchors), None)
            if home:
                return ToUnit(home.page.unit, home.page.part, spelt)
        own = next((one for one in fitting if one.page is page), fitting[0])
        first = own if not anchor else fitting[0]
        if anchor and wanted not in ("top", "") and wanted != anchor_of(first.page.title) and not wanted.isdigit():
            told.anchors.setdefault(href, line)
        return ToUnit(first.page.unit, first.page.part)

    @property
    def findings(self) -> list[Finding]:
        """One finding for each document and reason."""
        return told_findings(self.told)


def told_findings(by_document: Mapping[str, ToldLinks]) -> list[Finding]:
    """Return one finding for each document and reason."""
    found: list[Finding] = []
    for path, told in by_document.items():
        found += _one(messages.LINKS_DEAD, path, told.dead, "leads", "lead")
        found += _one(messages.LINKS_LEFT_OUT, path, told.left_out, "leads", "lead")
        found += _one(messages.ANCHORS_WRONG, path, told.anchors, "leads", "lead")
        found += _one(messages.REMOTE_PICTURES, path, told.remote, "comes", "come")
    return found


def written_on(page: Placed) -> Iterator[tuple[Address, int]]:
    """Yield the addresses of a page's texts, with the lines of the file."""
    for piece in page.pieces:
        if isinstance(piece.content, Prose):
            for one in addresses(piece.content.markdown):
                lines = piece.lines
                yield one, lines[min(one.line, len(lines)) - 1] if lines else piece.content.line + one.line - 1


def _one(message: Message, path: str, listed: Mapping[str, int], one: str, many: str) -> list[Finding]:
    """Return one finding for the addresses of a document, each with its line; none where there are none."""
    if not listed:
        return []
    told = few((f"{shortened(href, 80)} (line {line})" for href, line in listed.items()), _MOST_TOLD)
    noun = "picture" if one == "comes" else "address"
    count = f"1 {noun} {one}" if len(listed) == 1 else f"{len(listed)} {noun}{'s' if one == 'comes' else 'es'} {many}"
    first, *others = dict.fromkeys(Place(path, line) for line in listed.values())
    found = message.at(first, count=count, targets=told)
    return [Finding(found.code, found.severity, first, found.text, found.hint, tuple(others), words=tuple(listed))]
