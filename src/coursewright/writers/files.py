"""The files that the written parts of a course refer to: each once a package, under a name that every LMS takes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import cast

from lxml import etree

from coursewright.course.assets import Asset
from coursewright.course.model import Course, Step
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.files.writing import Package, zipped
from coursewright.pages.links import assets_of
from coursewright.text.names import cut, digest

# What an LMS may refuse to take or to hand out, since it could run somewhere, and what is compressed already.
_REFUSED = re.compile(
    r"\.(?:aspx?|bat|bin|cgi|cmd|com|dll|dmg|exe|hta|htaccess|jar|jse?|jsp|lnk|mjs|msi|php|phtml|pl|ps1|py|rb|reg|scr"
    r"|sh|so|ts|vbe?|vbs|wsf|wsh)",
    re.IGNORECASE,
)
_SHRUNK = re.compile(
    r"\.(?:7z|avif|docx|epub|gif|gz|h5p|jpe?g|m4[av]|mov|mp[34]|od[pst]|og[gv]|opus|png|pptx|rar|tgz|web[mp]|woff2?|xlsx"
    r"|xz|zip)",
    re.IGNORECASE,
)
_LONGEST_NAME = 90
_LARGE = 250_000_000
_SVG = "image/svg+xml"
_LARGEST_DRAWING = 20_000_000
_ACTIVE = frozenset(("script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "set", "animate"))
_RUNS = ("javascript:", "vbscript:", "data:text", "data:application")


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file in a package: `name` is its own there, `zipped` says that it stands in a zip of its own."""

    asset: Asset
    name: str
    zipped: bool = False

    @property
    def media_type(self) -> str:
        """What it is in the package."""
        return "application/zip" if self.zipped else self.asset.media_type

    @property
    def is_shrunk(self) -> bool:
        """Whether to compress it again would be of no use."""
        return bool(_SHRUNK.fullmatch(PurePosixPath(self.name).suffix))

    def content(self) -> bytes:
        """Return its content as it is packed."""
        content = self.asset.content()
        if self.zipped:
            return zipped(Package(self.name, [(self.asset.name, content)]))
        return harmless(content) if self.asset.media_type == _SVG else content

    def sha1(self) -> tuple[str, int]:
        """Return the SHA-1 of its content and its length."""
        if self.asset.held or self.zipped or self.asset.media_type == _SVG:
            content = self.content()
            return hashlib.sha1(content, usedforsecurity=False).hexdigest(), len(content)
        with Path(self.asset.source).open("rb") as stream:
            found = hashlib.file_digest(stream, lambda: hashlib.sha1(usedforsecurity=False))
        return found.hexdigest(), self.asset.size


@dataclass(frozen=True, slots=True)
class PackedFiles:
    """The files of a package, by the digests of their content."""

    files: Mapping[str, PackedFile]

    def __iter__(self) -> Iterator[PackedFile]:
        return iter(self.files.values())

    def of(self, assets: Iterable[Asset]) -> list[PackedFile]:
        """Return some assets as they are packed, once each."""
        return list({found.name: found for found in map(self.packed, assets)}.values())

    def packed(self, asset: Asset) -> PackedFile:
        """Return an asset as it is packed."""
        return self.files[asset.digest]

    def name(self, asset: Asset) -> str:
        """Return the name of an asset in the package."""
        return self.packed(asset).name


def packed_files(assets: Iterable[Asset]) -> PackedFiles:
    """Return assets as they are packed: what is the same stands there once, what LMSs refuse in a zip."""
    found: dict[str, PackedFile] = {}
    taken: set[str] = set()
    for asset in assets:
        if asset.digest in found:
            continue
        refused = bool(_REFUSED.fullmatch(PurePosixPath(asset.name).suffix))
        name = _free(f"{asset.name}.zip" if refused else asset.name, asset, taken)
        taken.add(name.lower())
        found[asset.digest] = PackedFile(asset, name, refused)
    return PackedFiles(found)


def _free(name: str, asset: Asset, taken: set[str]) -> str:
    stem, dot, suffix = name.partition(".")
    name = name if len(name) <= _LONGEST_NAME else f"{stem[: _LONGEST_NAME - len(suffix) - 8]}{dot}{suffix}"
    return f"{digest(asset.digest)}-{name}" if name.lower() in taken else name


def file_resource(found: PackedFile) -> str:
    """Return the identifier of a file in a cartridge: the same as long as its name is."""
    return f"file-{digest(found.name, 10)}"


def step_assets(step: Step, *, staff: bool = False) -> list[Asset]:
    """Return the files that the parts of a step refer to; with `staff` those that only its parts for staff refer to."""
    own = [asset for part in step.unit.parts for asset in assets_of(part)]
    known = {asset.digest for asset in own}
    hidden = [asset for part in step.staff_parts for asset in assets_of(part) if asset.digest not in known]
    return hidden if staff else own


def course_files(course: Course, *, staff: bool = False) -> PackedFiles:
    """Return the files of a course as they are packed; with `staff` those for staff, too."""
    assets = [asset for step in course.steps for asset in step_assets(step)]
    hidden = [asset for step in course.steps for asset in step_assets(step, staff=True) if staff]
    return packed_files([*assets, *hidden])


def staff_only(course: Course) -> set[str]:
    """Return the digests of the files that no part for learners refers to."""
    shown = {asset.digest for step in course.steps for asset in step_assets(step)}
    return {asset.digest for step in course.steps for asset in step_assets(step, staff=True)} - shown


def large_files(files: PackedFiles, package: str) -> Iterator[Finding]:
    """Yield a finding if files are so large that an LMS may refuse the package."""
    total = sum(found.asset.size for found in files)
    if total > _LARGE:
        largest = max(files, key=lambda found: found.asset.size).asset
        size, most = total // 1_000_000, _LARGE // 1_000_000
        yield messages.FILES_LARGE.at(Place(package), size=size, most=most, file=cut(largest.path, 100))


def harmless(drawing: bytes) -> bytes:
    """Return a picture in SVG without what could run in it: as it is where nothing can, empty if it is no SVG."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(drawing[: _LARGEST_DRAWING + 1], parser)
    except etree.XMLSyntaxError:
        return b""
    taken = [_disarmed(element) for element in list(root.iter())]
    if not any(taken) and b"<!DOCTYPE" not in drawing and b"<?xml-stylesheet" not in drawing:
        return drawing
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _disarmed(element: etree._Element) -> bool:
    """Take from an element what could run; say whether there was anything."""
    if not isinstance(element.tag, str):
        return False
    parent = element.getparent()
    if etree.QName(element).localname.lower() in _ACTIVE and parent is not None:
        element.tail = None
        parent.remove(element)
        return True
    names = cast("list[str]", [name for name, value in element.attrib.items() if _runs(str(name), str(value))])
    for name in names:
        del element.attrib[name]
    return bool(names)


def _runs(name: str, value: str) -> bool:
    local = name.rpartition("}")[2].lower()
    return local.startswith("on") or "".join(value.lower().split()).startswith(_RUNS)
