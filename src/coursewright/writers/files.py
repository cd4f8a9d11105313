"""The files that the written parts of a course refer to: each once a package, under a name that no other has."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from coursewright.course.assets import Asset
from coursewright.course.model import Course, Step
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.pages.links import assets_of
from coursewright.text.names import cut, digest
from coursewright.text.patterns import later

_SHRUNK = later(
    r"\.(?:7z|avif|docx|epub|gif|gz|h5p|jpe?g|m4[av]|mov|mp[34]|od[pst]|og[gv]|opus|png|pptx|rar|tgz|web[mp]|woff2?|xlsx"
    r"|xz|zip)",
    re.IGNORECASE,
)
_LARGE = 250_000_000
_LARGEST_SHRUNK = 32_000_000  # bytes of a file that is compressed


@frozen
class PackedFile:
    """A file in a package: `name` is its own there."""

    asset: Asset
    name: str

    @property
    def is_shrunk(self) -> bool:
        """Whether to compress it again would be of no use, or take too much memory: it is read in pieces then."""
        return bool(_SHRUNK.fullmatch(PurePosixPath(self.name).suffix)) or self.asset.size > _LARGEST_SHRUNK

    def sha1(self) -> str:
        """Return the SHA-1 of its content."""
        if not self.asset.is_file:
            return hashlib.sha1(self.asset.content(), usedforsecurity=False).hexdigest()
        with Path(self.asset.source).open("rb") as stream:
            found = hashlib.file_digest(stream, lambda: hashlib.sha1(usedforsecurity=False))
        return found.hexdigest()


@frozen
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
    """Return assets as they are packed: what is the same stands there once."""
    found: dict[str, PackedFile] = {}
    taken: set[str] = set()
    for asset in assets:
        if asset.digest not in found:
            free = asset.name.lower() not in taken
            found[asset.digest] = PackedFile(asset, asset.name if free else f"{digest(asset.digest)}-{asset.name}")
            taken.add(asset.name.lower())
    return PackedFiles(found)


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
