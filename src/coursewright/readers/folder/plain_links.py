"""Where the addresses in documents of the plain dialect lead: to what stands at that very path, or nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from coursewright.course.assets import Asset, Target, ToFile, ToUnit
from coursewright.course.values import Audience, Identity
from coursewright.findings.finding import Finding
from coursewright.readers.folder.addressing import parted
from coursewright.readers.folder.assets import Assets, named
from coursewright.readers.folder.linking import Placed, ToldLinks, told_findings, written_on
from coursewright.readers.folder.sourcefolder import SourceFolder, joined
from coursewright.readers.folder.tree import Tree
from coursewright.text.markdown.addresses import Address

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")


@dataclass
class PlainLinks:
    """Finds where addresses lead. `homes` are the folders of units, `pages` the documents that are parts of them."""

    folder: SourceFolder
    tree: Tree
    homes: Mapping[str, Identity]
    pages: Sequence[Placed]
    told: dict[str, ToldLinks] = field(default_factory=dict)
    found: dict[str, Asset | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know the documents by their paths."""
        self.documents = {page.relative: page for page in self.pages}
        self.assets = Assets(self.folder, self.tree.shown)

    def enter(self, relative: str) -> Asset | None:
        """Return a file of the course as it stands, or None where it cannot be taken, with a finding."""
        if relative not in self.found:
            self.found[relative] = self.assets.as_it_stands(relative)
        return self.found[relative]

    def named(self) -> Mapping[str, Asset]:
        """Return the files that are led to by their paths, as they are packed."""
        return named((one for one in self.found.values() if one), exact=True)

    def targets(self, page: Placed) -> dict[str, Target]:
        """Return where the addresses of a part lead, and remember those that lead nowhere."""
        targets: dict[str, Target] = {}
        for address, line in written_on(page):
            if address.href not in targets and (target := self._target(address, line, page)):
                targets[address.href] = target
        return targets

    def _target(self, address: Address, line: int, page: Placed) -> Target | None:
        told, href = self.told.setdefault(page.path, ToldLinks()), address.href.strip()
        if not href or _ELSEWHERE.match(href):
            if address.is_picture and href.lower().startswith(("http://", "https://", "//")):
                told.remote.setdefault(href, line)
            return None
        path, anchor = parted(href)
        path = unquote(path)
        base = joined(posixpath.dirname(page.relative), path) if path else page.relative
        home = self.homes.get(base or "")
        if base is not None and base in self.documents:
            return self._to_part(self.documents[base], anchor, href, line, page)
        if home:
            return ToUnit(home, "", anchor)
        if base is None or not self.folder.is_file(base):
            told.dead.setdefault(href, line)
            return None
        asset = self.enter(base)
        return ToFile(asset, anchor) if asset else None

    def _to_part(self, other: Placed, anchor: str, href: str, line: int, page: Placed) -> ToUnit | None:
        """Return a part as a target; a learner's page leads to none for staff."""
        if other.audience is Audience.STAFF and page.audience is Audience.LEARNER:
            self.told[page.path].left_out.setdefault(href, line)
            return None
        return ToUnit(other.unit, other.part, anchor)

    @property
    def findings(self) -> list[Finding]:
        """What was found on the way."""
        return [*self.assets.findings, *told_findings(self.told)]
