"""What holds a package: a zip, a tarball or a folder, looked at entry by entry before anything is read from it.

Nothing is extracted. Sizes, ratios and counts are those that a file claims, and are bounded before it is opened; what
is read is bounded again, for a file may lie.
"""

from __future__ import annotations

import gzip
import os
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise
from pathlib import Path
from typing import IO, cast

from coursewright import messages
from coursewright.archive import (
    HIGHEST_RATIO,
    LARGEST_PACKAGE,
    MOST_ENTRIES,
    RATIO_COUNTS_FROM,
    UNREADABLE,
    is_harmless,
)
from coursewright.diagnostics import Finding, Place
from coursewright.schema.malformed import GIT_LFS
from coursewright.validation.names import folder_findings, name_findings, slashed
from coursewright.validation.names import printable as printable

LARGEST_READ = 20_000_000  # bytes of one file, and of a zip's directory
_HELD = 150_000_000  # bytes of what lies in a compressed tarball, which has to be unpacked from its beginning for each
_CACHED = 60_000_000  # bytes of the files that were read last
MOST_READ = 400_000_000  # bytes of all files
# What reading from a damaged archive may raise; RecursionError where the headers of a tarball follow one another.
_DAMAGED = (*UNREADABLE, tarfile.TarError, RecursionError, OverflowError)
_KNOWN_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BLANK = b"\xef\xbb\xbf \t\r\n"
_ENCRYPTED = 0x1  # a flag of a file in a zip
_GZIP = b"\x1f\x8b"
_UNPACK = "unpack it, and zip what was in it; an archive that is renamed does not become a zip"
_EXPORT = (
    "export the course from where it was made, as a package for an LMS; a file that is renamed does not become one"
)
_FETCH = "fetch it again, signed in; the page in it says what went wrong"
_PAGE = "it is an HTML page, such as one that asks for a password or says what went wrong"
# How files begin that are no packages, what they are, and what helps.
_SIGNS = (
    (b"Rar!", "it is a RAR archive", _UNPACK),
    (b"7z\xbc\xaf", "it is a 7z archive", _UNPACK),
    (b"\xfd7zXZ", "it is an xz archive", _UNPACK),
    (b"BZh", "it is a bzip2 archive", _UNPACK),
    (b"PK", "it begins as a zip and does not end as one", "fetch or export it again; it was cut off on the way"),
    (GIT_LFS, "it is a pointer of Git LFS, not the file itself", "fetch the file with `git lfs pull`"),
    (b"%PDF", "it is a PDF", _EXPORT),
    (b"\xd0\xcf\x11\xe0", "it is an old Office document", _EXPORT),
    (b"<!doctype html", _PAGE, _FETCH),
    (b"<html", _PAGE, _FETCH),
    (b"<", "it is an XML document", _EXPORT),
    (b"{", "it is a JSON document", _EXPORT),
)
_SPECIAL = {stat.S_IFIFO: "a pipe", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device", stat.S_IFSOCK: "a socket"}
# The documents that a package is known by, by their outermost elements; each may also be judged alone.
MANIFESTS = {
    b"manifest": "imsmanifest.xml",
    b"courseStructure": "cmi5.xml",
    b"tincan": "tincan.xml",
    b"moodle_backup": "moodle_backup.xml",
}
_ROOT = re.compile(rb"<(?:\w+:)?(%s)[\s>]" % b"|".join(MANIFESTS))


class Holding(Enum):
    """What holds the files of a package."""

    NOTHING = auto()
    ZIP = auto()
    TARBALL = auto()
    FOLDER = auto()
    DOCUMENT = auto()


@dataclass(slots=True)
class Container:
    """The files of a package by name, and what is wrong with how it holds them. `shown` is its name in findings.

    `packed` are the bytes of an archive, 0 for a folder. Of the bytes that may be read, `left` are left; each file
    counts once, in `counted`, and those read last are `held`.
    """

    shown: str
    path: Path = field(default_factory=Path)
    holding: Holding = Holding.NOTHING
    sizes: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    reader: Callable[[str], bytes] = lambda name: b""
    checksums: Callable[[str], int] = lambda name: 0
    packed: int = 0
    left: int = MOST_READ
    counted: set[str] = field(default_factory=set)
    held: dict[str, bytes] = field(default_factory=dict)
    room: int = _CACHED
    is_spent: bool = False
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

    def path_of(self, name: str) -> str:
        """Return how findings call a file of the package."""
        return self.shown if self.alone else f"{self.shown}/{printable(name)}"

    def read(self, name: str, limit: int = LARGEST_READ) -> bytes | None:
        """Return a file, or None with a finding where it is too large or damaged."""
        place, size = Place(self.path_of(name)), self.sizes.get(name, 0)
        if size > limit:
            self.findings.append(messages.FILE_TOO_LARGE.at(place, size=size, limit=limit))
            return None
        if name in self.held:
            self.held[name] = self.held.pop(name)  # it was asked for last
            return self.held[name]
        if not self._counts(name, size):
            return None
        try:
            content = self.reader(name)
        except (*_DAMAGED, KeyError) as error:
            self.findings.append(messages.ENTRY_DAMAGED.at(place, reason=_reason(error)))
            return None
        self._hold(name, content)
        return content

    def _counts(self, name: str, size: int) -> bool:
        """Count a file that was not read before, if what is left suffices; where it does not, that is said once."""
        if self.left < (0 if name in self.counted else size):
            if not self.is_spent:
                what = f"of its files, {MOST_READ} bytes are read"
                self.findings.append(messages.NOT_ALL_JUDGED.at(Place(self.shown), what=what))
            self.is_spent = True
            return False
        if name not in self.counted:
            self.counted.add(name)
            self.left -= size
        return True

    def _hold(self, name: str, content: bytes) -> None:
        """Keep a file for whoever asks next, in the place of those that were not asked for longest."""
        self.held[name] = content
        self.room -= len(content)
        while self.room < 0:
            self.room += len(self.held.pop(next(iter(self.held))))

    def checksum(self, name: str) -> int:
        """Return the CRC-32 of a file: as the archive has it, or of its bytes; 0 where they cannot be read."""
        try:
            return self.checksums(name)
        except (*_DAMAGED, KeyError):
            return 0

    def close(self) -> None:
        """Close what was opened."""
        self.opened.close()


def open_container(path: Path) -> Container:
    """Return what a path holds; where it can't be opened, that is among the findings and there are no files."""
    container = Container(printable(str(path)), path)
    place = Place(container.shown)
    try:
        if path.is_dir():
            _open_folder(container, path)
        elif not os.path.lexists(path):
            container.findings.append(messages.SOURCE_MISSING.at(Place(printable(str(path)))))
        elif not path.is_file():
            what = f"it is {_special(path.stat().st_mode)}"
            container.findings.append(messages.NOT_A_PACKAGE.at(place, what=what, remedy=_EXPORT))
        else:
            _open_file(container, path)
    except _DAMAGED as error:
        container.findings.append(messages.CONTAINER_DAMAGED.at(place, reason=_reason(error)))
    return container


def _open_file(container: Container, path: Path) -> None:
    stream = container.opened.enter_context(path.open("rb"))
    head = stream.read(4_096)
    packed = path.stat().st_size
    container.packed = packed
    if zipfile.is_zipfile(stream):
        _open_zip(container, _Guarded(stream, packed))
        return
    stream.seek(0)
    if head.startswith(_GZIP):
        most = min(LARGEST_PACKAGE, max(RATIO_COUNTS_FROM, HIGHEST_RATIO * packed))
        unpacked = container.opened.enter_context(gzip.GzipFile(fileobj=stream))
        _open_tar(container, _Guarded(cast("IO[bytes]", unpacked), most), packed, compressed=True)
    elif head[257:262] == b"ustar":
        _open_tar(container, _Guarded(stream, packed), packed, compressed=False)
    elif head.lstrip(_BLANK).startswith(b"<") and (root := _ROOT.search(head)):
        _open_alone(container, MANIFESTS[root[1]], stream)
    elif path.name in MANIFESTS.values():
        _open_alone(container, path.name, stream)
    else:
        container.findings.append(_no_package(head, Place(container.shown)))


class _Guarded:
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


def _reason(error: Exception) -> str:
    return printable(str(error)) or type(error).__name__


def _no_package(head: bytes, place: Place) -> Finding:
    head = head.lstrip(_BLANK).lower()
    told = [(what, remedy) for sign, what, remedy in _SIGNS if head.startswith(sign.lower())]
    told += [("it begins like no archive", _EXPORT)] if head else [("it is empty", "fetch or export it again")]
    return messages.NOT_A_PACKAGE.at(place, what=told[0][0], remedy=told[0][1])


def _special(mode: int) -> str:
    return _SPECIAL.get(stat.S_IFMT(mode), "something else")


# --- folders, tarballs and single documents ---


def _open_alone(container: Container, name: str, stream: IO[bytes]) -> None:
    container.holding = Holding.DOCUMENT
    container.sizes[name] = stream.seek(0, os.SEEK_END)

    def read(_: str) -> bytes:
        stream.seek(0)
        return stream.read(LARGEST_READ)

    container.reader = read
    container.checksums = lambda name: zlib.crc32(read(name))


def _open_folder(container: Container, path: Path) -> None:
    container.holding = Holding.FOLDER
    root = os.path.realpath(path)
    for count, (name, found) in enumerate(_walked(root)):
        if count > MOST_ENTRIES:
            break
        place = Place(f"{container.shown}/{printable(name)}")
        target = os.path.realpath(found)
        if not Path(target).is_relative_to(root) or (Path(found).is_symlink() and not Path(target).exists()):
            container.findings.append(messages.ENTRY_IS_LINK.at(place))
        elif Path(target).is_file():
            container.sizes[name] = Path(target).stat().st_size
        elif not Path(target).is_dir():
            what = _special(os.lstat(target).st_mode)
            container.findings.append(messages.ENTRY_NO_FILE.at(place, what=what))
    container.reader = lambda name: _read_file(Path(root, name))
    container.checksums = lambda name: _checksum(Path(root, name))
    _judge_names(container, list(container.sizes), container.sizes.values())


def _walked(root: str) -> Iterator[tuple[str, str]]:
    """Yield what lies in a folder that is no folder itself, in the order of its names; links are not followed."""
    for folder, folders, files in os.walk(root):
        folders.sort()
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted([*files, *links]):
            found = Path(folder, name)
            yield found.relative_to(root).as_posix(), str(found)


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            found = zlib.crc32(piece, found)
    return found


def _read_file(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST_READ)


def _open_tar(container: Container, stream: _Guarded, packed: int, *, compressed: bool) -> None:
    container.holding = Holding.TARBALL
    archive = container.opened.enter_context(tarfile.TarFile(fileobj=cast("IO[bytes]", stream)))
    entries: dict[str, tarfile.TarInfo] = {}
    names: list[str] = []
    held: dict[str, bytes] = {}
    turned: list[str] = []
    folders: list[str] = []
    total, room = 0, _HELD
    count = 0
    for count, entry in enumerate(archive, start=1):
        name = slashed(entry.name.removeprefix("./"))
        turned += [entry.name] if "\\" in entry.name and "\\" not in name else []
        total += entry.size
        if _is_bomb(total, packed):
            container.findings.append(messages.RATIO_TOO_HIGH.at(Place(container.shown), size=total, packed=packed))
        if count > MOST_ENTRIES or total > LARGEST_PACKAGE or _is_bomb(total, packed):
            break
        if (problem := _tar_problem(container.shown, name, entry)) is not None:
            container.findings.append(problem)
        elif entry.isdir():
            folders.append(name)
        elif entry.isfile():
            names.append(name)
            entries.setdefault(name, entry)
            spare = room if name.endswith(".xml") else room - _HELD // 2  # documents are wanted more than pictures
            if compressed and entry.size <= min(LARGEST_READ, spare) and name not in held:
                room -= entry.size
                held[name] = _read_tar(archive, entry)
    else:
        _check_end(stream, archive.offset)
    container.sizes = {name: entry.size for name, entry in entries.items() if is_harmless(name)}

    def read(name: str) -> bytes:
        if name in held:
            return held[name]
        container.left -= entries[name].offset_data if compressed else 0  # all of that is unpacked once more
        return _read_tar(archive, entries[name])

    container.reader = read
    container.checksums = lambda name: zlib.crc32(read(name))
    container.findings += [*_backslashed(container.shown, turned), *folder_findings(container.shown, folders)]
    _judge_names(container, names, [total], count)


def _check_end(stream: _Guarded, offset: int) -> None:
    """Raise OSError where a tarball does not end as one: tarfile takes whatever is no header for the end."""
    stream.seek(offset)
    if stream.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
        raise OSError(f"it was cut off or damaged after {offset} bytes")


def _tar_problem(shown: str, name: str, entry: tarfile.TarInfo) -> Finding | None:
    place = Place(f"{shown}/{printable(name)}")
    if entry.issym() or entry.islnk():
        return messages.ENTRY_IS_LINK.at(place)
    if entry.isdev():
        return messages.ENTRY_NO_FILE.at(place, what="a pipe" if entry.isfifo() else "a device")
    return None


def _read_tar(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(entry)
    if stream is None:
        raise KeyError(entry.name)
    with stream:
        return stream.read(LARGEST_READ)


def _is_bomb(size: int, packed: int) -> bool:
    return size > RATIO_COUNTS_FROM and size > HIGHEST_RATIO * max(packed, 1)


# --- zips ---


def _open_zip(container: Container, stream: _Guarded) -> None:
    archive = container.opened.enter_context(zipfile.ZipFile(cast("IO[bytes]", stream)))
    container.holding = Holding.ZIP
    listed = archive.infolist()
    entries = [entry for entry in listed if not _name(entry).endswith("/")]  # is_dir fails for an empty name
    turned = [entry.orig_filename for entry in listed if "\\" in entry.orig_filename and "\\" not in _name(entry)]
    folders = [_name(entry) for entry in listed if _name(entry).endswith("/")]
    container.findings += [*_backslashed(container.shown, turned), *folder_findings(container.shown, folders)]
    names = [_name(entry) for entry in entries]
    _judge_names(container, names, (entry.file_size for entry in listed), len(listed))
    container.findings += [*_overlapping(container.shown, listed), *_locked(container.shown, entries)]
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries[:MOST_ENTRIES]:
        is_encrypted = bool(entry.flag_bits & _ENCRYPTED)
        problems = list(_entry_problems(container.shown, entry)) if not is_encrypted else []
        container.findings += problems
        if not problems and not is_encrypted and is_harmless(_name(entry)):
            found.setdefault(_name(entry), entry)
    container.sizes = {name: entry.file_size for name, entry in found.items()}
    container.reader = lambda name: _read_entry(archive, found[name])
    container.checksums = lambda name: found[name].CRC


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a name as it was meant: macOS and others write UTF-8 without the mark that says so; what stands at the
    top needs no sign of the folder it is in."""
    name = entry.orig_filename.removeprefix("./") or entry.orig_filename
    if entry.flag_bits & 0x800 or name.isascii():
        return slashed(name)
    try:
        return slashed(name.encode("cp437").decode("utf-8"))
    except UnicodeError:
        return slashed(name)


def _backslashed(shown: str, names: list[str]) -> Iterator[Finding]:
    if names:
        yield messages.NAMES_BACKSLASHED.at(Place(shown), count=len(names), name=printable(names[0]))


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return stream.read(LARGEST_READ + 1)


def _entry_problems(shown: str, entry: zipfile.ZipInfo) -> Iterator[Finding]:
    place = Place(f"{shown}/{printable(_name(entry))}")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        yield messages.ENTRY_IS_LINK.at(place)
    elif kind in _SPECIAL and entry.create_system == 3:  # the system, Unix, that has these
        yield messages.ENTRY_NO_FILE.at(place, what=_special(kind))
    if entry.compress_type not in _KNOWN_COMPRESSION:
        yield messages.COMPRESSION_UNKNOWN.at(place, method=entry.compress_type)
    elif _is_bomb(entry.file_size, entry.compress_size):
        yield messages.RATIO_TOO_HIGH.at(place, size=entry.file_size, packed=entry.compress_size)


def _locked(shown: str, entries: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Yield a finding where files are encrypted: one, for a password is of the whole archive."""
    names = [_name(entry) for entry in entries if entry.flag_bits & _ENCRYPTED]
    if names:
        first = printable(names[0])
        what = f"{len(names)} files, such as {first}" if names[1:] else first
        yield messages.ENTRY_ENCRYPTED.at(Place(shown), what=what)


def _overlapping(shown: str, entries: Iterable[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Yield a finding for each entry that shares bytes with the next: it makes a small zip unpack to a huge one."""
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, after in pairwise(in_order):
        if entry.header_offset + 30 + entry.compress_size > after.header_offset:
            place = Place(f"{shown}/{printable(_name(entry))}")
            yield messages.ENTRIES_OVERLAP.at(place, other=printable(_name(after)))


# --- what holds for every container ---


def _judge_names(container: Container, names: list[str], sizes: Iterable[int], count: int = 0) -> None:
    place, count, total = Place(container.shown), count or len(names), sum(sizes)
    if count > MOST_ENTRIES:
        container.findings.append(messages.TOO_MANY_FILES.at(place, count=count, limit=MOST_ENTRIES))
    if total > LARGEST_PACKAGE:
        container.findings.append(messages.PACKAGE_TOO_LARGE.at(place, size=total, limit=LARGEST_PACKAGE))
    container.findings += name_findings(container.shown, names[:MOST_ENTRIES])
