"""What was built before and is still so: the key of a build, and what it said and left behind.

A build whose key is known, and whose packages still are what they were, need not be made again. This module imports
nothing heavy: it is asked before anything else of a build is loaded.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursewright.building.digests import digest, digest_of_file, digest_of_trees
from coursewright.frozen import frozen

if TYPE_CHECKING:
    from coursewright.building.cache import Cache

PACKAGES = (".zip", ".imscc", ".mbz", ".epub")
_BUILDS = "builds"
_SETTINGS = ("coursewright.toml", "pyproject.toml")


@frozen
class Order:
    """A build as it was asked for: its sources, where packages go, a file of settings, and all other options."""

    sources: Sequence[Path]
    output: Path
    settings: Path | None
    options: Sequence[object]

    def key(self, program: str) -> str | None:
        """Return all that this build by a program depends on as a digest, or None where that is too much to look at."""
        folders = [source if source.is_dir() else source.parent for source in self.sources]
        read = digest_of_trees(folders, self.output)
        settings = [*map(Path, _SETTINGS), *([self.settings] if self.settings else [])]
        files = [digest_of_file(path) for path in settings]
        asked = [self.sources, self.output, self.settings, *self.options]
        return read and digest(program, os.getcwd(), *map(repr, asked), *files, *_environment(), read)  # noqa: PTH109


def _environment() -> list[str]:
    """Return what of the environment changes what is built, or how it is shown."""
    own = (name for name in os.environ if name.startswith("COURSEWRIGHT_") or name in _MINDED)
    return [f"{name}={os.environ[name]}" for name in sorted(own)]


_MINDED = ("SOURCE_DATE_EPOCH", "NO_COLOR", "TERM")


@frozen
class Saying:
    """What a build said, as lines with whether each is beside the result, and its status."""

    lines: Sequence[tuple[str, bool]]
    status: int


@frozen
class Remembered:
    """What a build said and left in its folder: files with their SHA-256, and the `folders` that it wrote.

    `beside` are files and folders of the settings, such as a theme, `names` the packages in the folder, older ones too.
    """

    told: Saying
    files: Mapping[str, str]
    folders: Mapping[str, str | None] = field(default_factory=dict)
    beside: Mapping[str, str | None] = field(default_factory=dict)
    names: Sequence[str] = ()

    def holds(self, output: Path) -> bool:
        """Say whether everything is still so."""
        return (
            packages_in(output) == list(self.names)
            and not any(output.glob(".*.part"))  # a build that died left it, or one is under way
            and all(digest_of_file(output / name) == known for name, known in self.files.items())
            and states(output / name for name in self.folders) == {str(output / k): v for k, v in self.folders.items()}
            and None not in (*self.folders.values(), *self.beside.values())
            and states(map(Path, self.beside)) == self.beside
        )


def outcome_of(cache: Cache, key: str) -> Remembered | None:
    """Return what is known of a build by its key."""
    entry = cache.found(_BUILDS, key)
    if entry is None:
        return None
    known: dict[str, Any] = json.loads(entry)
    told = Saying([(text, aside) for text, aside in known.pop("lines")], known.pop("status"))
    return Remembered(told, **known)


def remember(cache: Cache, key: str, outcome: Remembered) -> None:
    """Keep what came of a build."""
    said = {"lines": list(outcome.told.lines), "status": outcome.told.status}
    left = {"files": dict(outcome.files), "folders": dict(outcome.folders), "beside": dict(outcome.beside)}
    cache.keep(_BUILDS, key, json.dumps({**said, **left, "names": list(outcome.names)}).encode())


def states(paths: Iterable[Path]) -> dict[str, str | None]:
    """Return files and folders by their paths, each as a digest of what is in it."""
    return {str(path): digest_of_trees([path]) if path.is_dir() else digest_of_file(path) for path in paths}


def packages_in(folder: Path) -> list[str]:
    """Return the names of all packages in a folder."""
    try:
        return sorted(path.name for path in folder.iterdir() if path.suffix in PACKAGES)
    except OSError:
        return []
