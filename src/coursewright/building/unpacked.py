"""Packages among the sources of a build, unpacked into folders that are gone when the process ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coursewright.packages.files.paths import is_course_package, mark_of

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from coursewright.packages.files.unpacking import Unpacked

_PREFIX = "coursewright-"
# Folders by what they hold, so that what did not change is not unpacked again; each goes with the process.
_FOLDERS: dict[tuple[Path, str], tuple[TemporaryDirectory[str], Unpacked]] = {}


def unpacked_among(sources: Iterable[Path]) -> dict[Path, Unpacked]:
    """Return the packages among sources, as they lie in folders."""
    return {source: unpacked(source) for source in sources if is_course_package(source)}


def unpacked(package: Path) -> Unpacked:
    """Return a package as it lies in a folder, until the process ends or `let_go` is called."""
    from tempfile import TemporaryDirectory

    from coursewright.building.sources_inside import lay_out
    from coursewright.packages.files.unpacking import unpack  # lxml: 40 ms, and most sources are no packages

    key = (package.resolve(), mark_of(package))
    if key not in _FOLDERS:
        folder = TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
        held, source = Path(folder.name, "package"), Path(folder.name, "source")
        held.mkdir()
        found = unpack(package, held)
        source.mkdir()
        _FOLDERS[key] = folder, replace(found, source=source) if lay_out(found.folder, source) else found
    return _FOLDERS[key][1]


def let_go() -> None:
    """Delete the folders of all packages: what was read from them can no longer be written."""
    while _FOLDERS:
        _FOLDERS.popitem()[1][0].cleanup()
