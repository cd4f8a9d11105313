"""What holds a package: a zip, a tarball or a folder, looked at entry by entry before anything is read from it.

Nothing is extracted. Sizes, ratios and counts are those that a file claims, and are bounded before it is opened; what
is read is bounded again, for a file may lie.
"""

from __future__ import annotations

import io
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import field, replace
from enum import Enum, auto
from pathlib import Path
from typing import IO, Any

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import slotted
from coursewright.packages.files.budget import (
    HIGHEST_RATIO,
    LARGEST_PACKAGE,
    LARGEST_READ,
    MOST_ENTRIES,
    RATIO_COUNTS_FROM,
    Budget,
)
from coursewright.packages.files.names import folder_findings, name_findings, printable

_CACHED = 60_000_000  # bytes of the files that were read last
DAMAGED = (
    zipfile.BadZipFile, zlib.error, tarfile.TarError,
    OSError, EOFError, NotImplementedError, ValueError, RecursionError, OverflowError,
)  # fmt: skip
"""What reading from a damaged package may raise: ValueError where an offset is negative, or a name is no UTF-8, and
RecursionError where the headers of a tarball follow one another."""
Taker = Callable[[str, IO[bytes]], None]
"""What takes a file of a package as it comes, under its name, and closes it."""
SPECIAL = {stat.S_IFIFO: "a pipe", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device", stat.S_IFSOCK: "a socket"}


class Holding(Enum):
    """What holds the files of a package."""

    NOTHING = auto()
    ZIP = auto()
    TARBALL = auto()
    FOLDER = auto()
    DOCUMENT = auto()
    MEMORY = auto()  # a package of ours, before it is written


@slotted
class Container:
    """The files of a package by name, and what is wrong with how it holds them. `shown` is its name in findings.

    `packed` are the bytes of an archive, 0 for a folder. The files read last are `held`. `streams` opens a file of a
    zip or a folder, to be read in pieces.
    """

    shown: str
    path: Path = field(default_factory=Path)
    holding: Holding = Holding.NOTHING
    sizes: dict[str, int] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    """The folders of a zip that have entries of their own."""
    findings: list[Finding] = field(default_factory=list)
    reader: Callable[[str], bytes] = lambda name: b""
    streams: Callable[[str], IO[bytes]] = lambda name: io.BytesIO()
    checksums: Callable[[str], int] = lambda name: 0
    packed: int = 0
    before: int = 0
    """The bytes that stand before an archive, in the same file."""
    is_compressed: bool = True
    budget: Budget = field(default_factory=Budget)
    held: dict[str, bytes] = field(default_factory=dict)
    room: int = _CACHED
    trees: dict[str, tuple[Any, list[Finding]]] = field(default_factory=dict)
    """The documents that were parsed last, with their trees and what that has found; `documents.parsing` keeps them."""
    short: dict[bytes, Any] = field(default_factory=dict)
    """The trees of short documents in which nothing was found, for others of the same bytes."""
    grown: int = 0
    """The bytes of the documents whose trees are kept."""
    pages: dict[str, Any] = field(default_factory=dict)
    """The trees of pages that were parsed; `documents.reading` keeps them."""
    paged: int = 0
    """Their bytes."""
    opened: ExitStack = field(default_factory=ExitStack)
    misspelled: set[str] = field(default_factory=set)
    """The names that were found to stand for files of another spelling: nothing more is to be said of them."""

    @property
    def alone(self) -> bool:
        """Say whether it is a manifest without its package."""
        return self.holding is Holding.DOCUMENT

    def knows(self, name: str) -> bool:
        """Say whether a file is there, or was found to be there by another spelling."""
        return name in self.sizes or name in self.misspelled

    def within(self, folder: str) -> Container:
        """Return one of its folders as if it were all; what is found there is found of the whole."""
        start = f"{folder}/"
        sizes = {name.removeprefix(start): size for name, size in self.sizes.items() if name.startswith(start)}
        return replace(
            self,
            shown=self.path_of(folder),
            sizes=sizes,
            folders=frozenset(),
            reader=lambda name: self.reader(start + name),
            streams=lambda name: self.streams(start + name),
            checksums=lambda name: self.checksums(start + name),
            held={},
            trees={},
            short={},
            room=_CACHED,
            pages={},
            grown=0,
            paged=0,
        )

    def path_of(self, name: str) -> str:
        """Return how findings call a file of the package."""
        return self.shown if self.alone else f"{self.shown}/{printable(name)}"

    def name_at(self, path: str) -> str:
        """Return the file of the package that findings call so."""
        return path.removeprefix(f"{self.shown}/")

    def read(self, name: str, limit: int = LARGEST_READ) -> bytes | None:
        """Return a file, or None with a finding where it is too large or damaged."""
        size = self.sizes.get(name, 0)
        if size > limit:
            self.findings.append(messages.FILE_TOO_LARGE.at(Place(self.path_of(name)), size=size, limit=limit))
            return None
        if name in self.held:
            self.held[name] = self.held.pop(name)  # it was asked for last
            return self.held[name]
        if not self.budget.allows(name, size):
            return None
        try:
            content = self.reader(name)
        except (*DAMAGED, KeyError) as error:
            self.findings.append(messages.ENTRY_DAMAGED.at(Place(self.path_of(name)), reason=reason_of(error)))
            return None
        self._hold(name, content)
        return content

    @property
    def found(self) -> list[Finding]:
        """What is wrong with how it holds its files, and what of them was not looked at."""
        place = Place(self.shown)
        return [*self.findings, *(messages.NOT_ALL_JUDGED.at(place, what=what) for what in self.budget.told)]

    def _hold(self, name: str, content: bytes) -> None:
        """Keep a file for whoever asks next, in the place of those that were not asked for longest."""
        self.held[name] = content
        self.room -= len(content)
        while self.room < 0:
            self.room += len(self.held.pop(next(iter(self.held))))

    def open(self, name: str) -> tuple[IO[bytes], int]:
        """Return a file to be read in pieces, which counts for nothing, and its size. Raises KeyError, and DAMAGED."""
        if name not in self.sizes:
            raise KeyError(name)
        return self.streams(name), self.sizes[name]

    def checksum(self, name: str) -> int:
        """Return the CRC-32 of a file: as the archive has it, or of its bytes; 0 where they cannot be read."""
        try:
            return self.checksums(name)
        except (*DAMAGED, KeyError):
            return 0

    def close(self) -> None:
        """Close what was opened."""
        self.opened.close()


class Guarded:
    """A stream that is read in pieces that fit into memory, and only so far: a directory may claim any length."""

    def __init__(self, stream: IO[bytes], end: int) -> None:
        self._stream, self._end = stream, end

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size if 0 <= size <= LARGEST_READ else LARGEST_READ + 1)
        if len(data) > LARGEST_READ:
            raise OSError(f"a part of it that must be read at once has more than {LARGEST_READ} bytes")
        self._check(self._stream.tell())
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_SET:
            self._check(offset)
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True

    def _check(self, position: int) -> None:
        if position > self._end:
            raise OSError(f"it goes on after {self._end} bytes")


def reason_of(error: Exception) -> str:
    """Return what an error says, or what it is."""
    return printable(str(error)) or type(error).__name__


def special(mode: int) -> str:
    """Return what something is that is no file."""
    return SPECIAL.get(stat.S_IFMT(mode), "something else")


def is_bomb(size: int, packed: int) -> bool:
    """Say whether so many bytes unpack from so few that nobody means well by it."""
    return size > RATIO_COUNTS_FROM and size > HIGHEST_RATIO * max(packed, 1)


def judge_names(
    container: Container,
    names: list[str],
    sizes: Iterable[int],
    count: int = 0,
    *,
    folders: Iterable[str] = (),
    turned: Sequence[str] = (),
) -> None:
    """Add what is wrong with the names of files and of folders, with how many files there are, and with their sizes
    together; those that are `turned` were written with backslashes."""
    place, count, total = Place(container.shown), count or len(names), sum(sizes)
    if turned:
        container.findings.append(messages.NAMES_BACKSLASHED.at(place, count=len(turned), name=printable(turned[0])))
    container.findings += folder_findings(container.shown, folders)
    if count > MOST_ENTRIES:
        container.findings.append(messages.TOO_MANY_FILES.at(place, count=count, limit=MOST_ENTRIES))
    if total > LARGEST_PACKAGE:
        container.findings.append(messages.PACKAGE_TOO_LARGE.at(place, size=total, limit=LARGEST_PACKAGE))
    container.findings += name_findings(container.shown, names[:MOST_ENTRIES])
