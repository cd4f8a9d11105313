"""The folder of a course, as far as it is read: nothing outside it, nothing through a link out of it, bounded sizes."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from coursewright.course.assets import Embedded
from coursewright.findings.finding import Finding
from coursewright.readers.decoding import NOTEBOOK, lines_of

MAX_TEXT = 4 * 1024 * 1024
MAX_NAMES = 100_000
_NEVER = frozenset({"node_modules", "translations", "translated_images", "__pycache__", "venv", "_site", "_build"})


class RefusedError(Exception):
    """A file is not read: `reason` says why, in words that follow `it`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class SourceFolder:
    """The folder of a course. Paths are relative to it, with forward slashes; the empty one is the folder itself."""

    root: Path
    pictures: dict[str, Mapping[str, Embedded]] = field(default_factory=dict)
    """Those in notebooks that are read, by the paths of these and then their addresses within them."""
    _kinds: dict[str, bool | None] = field(default_factory=dict)

    def is_file(self, relative: str) -> bool:
        """Say whether there is an ordinary file, wherever a link to it may lead."""
        return self._kind(relative) is True

    def is_folder(self, relative: str) -> bool:
        """Say whether there is a folder."""
        return self._kind(relative) is False

    def _kind(self, relative: str) -> bool | None:
        """Return whether a path is a file; False of a folder, None of nothing."""
        if relative not in self._kinds:
            self._kinds[relative] = self._stated(relative)
        return self._kinds[relative]

    def _stated(self, relative: str) -> bool | None:
        if "\0" in relative or len(relative) > 1_000 or joined("", relative) is None:
            return None
        try:
            mode = os.stat(os.path.join(self.root, relative)).st_mode  # noqa: PTH116, PTH118 - for speed
        except (OSError, ValueError):
            return True if self.picture(relative) else None
        return True if stat.S_ISREG(mode) else False if stat.S_ISDIR(mode) else None

    @cached_property
    def _real(self) -> str:
        return os.path.realpath(self.root)

    def located(self, relative: str, limit: int) -> tuple[Path, int]:
        """Return where a file is and how many bytes it has; raises RefusedError where it may not be read."""
        if joined("", relative) is None:
            raise RefusedError("lies outside the course's folder")
        path = self.root / relative
        try:
            real = os.path.realpath(path)
            if os.path.commonpath([real, self._real]) != self._real:
                raise RefusedError("lies outside the course's folder")
            found = os.stat(real)  # noqa: PTH116
        except (OSError, ValueError) as error:
            raise RefusedError("cannot be read") from error
        if not stat.S_ISREG(found.st_mode):
            raise RefusedError("is not an ordinary file")
        if found.st_size > limit:
            raise RefusedError(f"has {found.st_size} bytes, and at most {limit} are taken")
        return path, found.st_size

    def picture(self, relative: str) -> Embedded | None:
        """Return where a notebook holds a picture, by a path that leads on in that; None of anything else."""
        notebook, inside = within(relative)
        if not notebook:
            return None
        if notebook not in self.pictures:
            self.pictures[notebook] = self._pictures_of(notebook)
        return self.pictures[notebook].get(inside)

    def _pictures_of(self, notebook: str) -> Mapping[str, Embedded]:
        """Return the pictures of a notebook that is no document of the course."""
        from coursewright.readers.notebook import MAX_NOTEBOOK, read_notebook  # few courses have one

        try:
            path, _ = self.located(notebook, MAX_NOTEBOOK)
        except RefusedError:
            return {}
        return read_notebook(path, "").pictures

    def content(self, relative: str, limit: int) -> bytes:
        """Return what is in a file; raises RefusedError."""
        path, _ = self.located(relative, limit)
        try:
            with path.open("rb") as stream:
                return stream.read(limit)
        except OSError as error:
            raise RefusedError("cannot be read") from error

    def lines(self, relative: str, shown: str, limit: int = MAX_TEXT) -> tuple[list[str], list[Finding]]:
        """Return the lines of a text file and what is wrong with them; raises RefusedError."""
        lines, findings = lines_of(self.content(relative, limit), shown)
        if lines is None:
            raise RefusedError("is not text that can be read")
        return lines, findings

    def inside(self, relative: str) -> list[str]:
        """Return the files in a folder and below it, hidden ones and what tools make left aside, in a stable order."""
        start = f"{relative.strip('/')}/" if relative else ""
        return sorted(one for same in self._names.values() for one in same if one.startswith(start))

    def named(self, name: str) -> tuple[str, ...]:
        """Return the files of a name, whatever their folder, in a stable order; capitals do not count."""
        return self._names.get(name.lower(), ())

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        """All files by their names in lower case; hidden ones, translations and what tools make left aside."""
        found: dict[str, tuple[str, ...]] = {}
        for count, relative in enumerate(self._walked()):
            if count >= MAX_NAMES:
                break
            name = posixpath.basename(relative).lower()
            found[name] = (*found.get(name, ()), relative)
        return found

    def _walked(self) -> Iterator[str]:
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _NEVER)
            inside = os.path.relpath(folder, self.root).replace(os.sep, "/")
            yield from (name if inside == "." else f"{inside}/{name}" for name in sorted(names) if name[0] != ".")


def within(path: str) -> tuple[str, str]:
    """Return the notebook into which a path leads, and where it leads there; nothing of any other path."""
    head, _, inside = path.partition(f"{NOTEBOOK}/")
    return (f"{head}{NOTEBOOK}", inside) if inside else ("", "")


def joined(folder: str, address: str) -> str | None:
    """Return the path that an address leads to from a folder; None where it climbs out of the course."""
    path = posixpath.normpath(posixpath.join(folder, address.lstrip("/") if not folder else address))
    if path.startswith(("/", "../")) or path == ".." or "\\" in path:
        return None
    return "" if path == "." else path
