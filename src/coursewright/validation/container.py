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
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path, PurePosixPath
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
from coursewright.diagnostics import Finding, Place, Severity

LARGEST_READ = 20_000_000  # bytes of one file, and of a zip's directory
_HELD = 150_000_000  # bytes of what lies in a compressed tarball, which has to be unpacked from its beginning for each
_CACHED = 60_000_000  # bytes of the files that were read last
MOST_READ = 400_000_000  # bytes of all files
# What reading from a damaged archive may raise; RecursionError where the headers of a tarball follow one another.
_DAMAGED = (*UNREADABLE, tarfile.TarError, RecursionError, OverflowError)
_KNOWN_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", ".git/")
_REFUSED = {
    **dict.fromkeys((".php", ".jsp", ".asp", ".aspx", ".cgi", ".exe", ".bat", ".cmd"), Severity.WARNING),
    **dict.fromkeys((".py", ".sh", ".rb", ".pl"), Severity.INFO),  # courses on programming are full of them
}
_BLANK = b"\xef\xbb\xbf \t\r\n"
_GZIP = b"\x1f\x8b"
_SIGNS = (
    (b"Rar!", "it is a RAR archive"),
    (b"7z\xbc\xaf", "it is a 7z archive"),
    (b"\xfd7zXZ", "it is an xz archive"),
    (b"BZh", "it is a bzip2 archive"),
    (_GZIP, "it is compressed by gzip, and holds no tarball"),
    (b"PK", "it begins as a zip and does not end as one: it may have been cut off"),
    (b"%PDF", "it is a PDF"),
    (b"\xd0\xcf\x11\xe0", "it is an old Office document"),
    (b"<!doctype html", "it is an HTML page, such as one that asks for a password or says what went wrong"),
    (b"<html", "it is an HTML page, such as one that asks for a password or says what went wrong"),
    (b"<", "it is an XML document"),
    (b"{", "it is a JSON document"),
)
_SPECIAL = {stat.S_IFIFO: "a pipe", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device", stat.S_IFSOCK: "a socket"}
# The documents that a package is known by, by their outermost elements; each may also be judged alone.
_MANIFESTS = {
    b"manifest": "imsmanifest.xml",
    b"courseStructure": "cmi5.xml",
    b"tincan": "tincan.xml",
    b"moodle_backup": "moodle_backup.xml",
}
_ROOT = re.compile(rb"<(?:\w+:)?(%s)[\s>]" % b"|".join(_MANIFESTS))


@dataclass(slots=True)
class Container:
    """The files of a package by name, and what is wrong with how it holds them. `shown` is its name in findings.

    `alone` says that it is a manifest without its package; `packed` are the bytes of an archive, 0 for a folder. Of the
    bytes that may be read, `left` are left; each file counts once, in `counted`, and those read last are `held`.
    """

    shown: str
    sizes: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    reader: Callable[[str], bytes] = lambda name: b""
    alone: bool = False
    packed: int = 0
    left: int = MOST_READ
    counted: set[str] = field(default_factory=set)
    held: dict[str, bytes] = field(default_factory=dict)
    room: int = _CACHED
    is_spent: bool = False
    opened: ExitStack = field(default_factory=ExitStack)

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

    def close(self) -> None:
        """Close what was opened."""
        self.opened.close()


def open_container(path: Path) -> Container:
    """Return what a path holds; where it can't be opened, that is among the findings and there are no files."""
    container = Container(printable(str(path)))
    place = Place(container.shown)
    try:
        if path.is_dir():
            _open_folder(container, path)
        elif not os.path.lexists(path):
            container.findings.append(messages.SOURCE_MISSING.at(Place(printable(str(path)))))
        elif not path.is_file():
            container.findings.append(messages.NOT_A_PACKAGE.at(place, what=f"it is {_special(path.stat().st_mode)}"))
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
        _open_alone(container, _MANIFESTS[root[1]], stream)
    elif path.name in _MANIFESTS.values():
        _open_alone(container, path.name, stream)
    else:
        container.findings.append(messages.NOT_A_PACKAGE.at(Place(container.shown), what=_what(head)))


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


def _what(head: bytes) -> str:
    head = head.lstrip(_BLANK)
    if not head:
        return "it is empty"
    return next((what for sign, what in _SIGNS if head.lower().startswith(sign.lower())), "it begins like no archive")


def _special(mode: int) -> str:
    return _SPECIAL.get(stat.S_IFMT(mode), "something else")


# --- folders, tarballs and single documents ---


def _open_alone(container: Container, name: str, stream: IO[bytes]) -> None:
    container.alone = True
    container.sizes[name] = stream.seek(0, os.SEEK_END)

    def read(_: str) -> bytes:
        stream.seek(0)
        return stream.read(LARGEST_READ)

    container.reader = read


def _open_folder(container: Container, path: Path) -> None:
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
    _judge_names(container, list(container.sizes), container.sizes.values())


def _walked(root: str) -> Iterator[tuple[str, str]]:
    """Yield what lies in a folder that is no folder itself, in the order of its names; links are not followed."""
    for folder, folders, files in os.walk(root):
        folders.sort()
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted([*files, *links]):
            found = Path(folder, name)
            yield found.relative_to(root).as_posix(), str(found)


def _read_file(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST_READ)


def _open_tar(container: Container, stream: _Guarded, packed: int, *, compressed: bool) -> None:
    archive = container.opened.enter_context(tarfile.TarFile(fileobj=cast("IO[bytes]", stream)))
    entries: dict[str, tarfile.TarInfo] = {}
    names: list[str] = []
    held: dict[str, bytes] = {}
    total, room = 0, _HELD
    for count, entry in enumerate(archive):
        name = entry.name.removeprefix("./")
        total += entry.size
        if _is_bomb(total, packed):
            container.findings.append(messages.RATIO_TOO_HIGH.at(Place(container.shown), size=total, packed=packed))
        if count > MOST_ENTRIES or total > LARGEST_PACKAGE or _is_bomb(total, packed):
            break
        if (problem := _tar_problem(container.shown, name, entry)) is not None:
            container.findings.append(problem)
        elif entry.isfile():
            names.append(name)
            entries.setdefault(name, entry)
            if compressed and entry.size <= min(LARGEST_READ, room) and name not in held:
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
    _judge_names(container, names, [total])


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
    listed = archive.infolist()
    entries = [entry for entry in listed if not entry.filename.endswith("/")]  # is_dir fails for an empty name
    names = [_name(entry) for entry in entries]
    _judge_names(container, names, (entry.file_size for entry in listed), len(listed))
    container.findings += _overlapping(container.shown, listed)
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries[:MOST_ENTRIES]:
        problems = list(_entry_problems(container.shown, entry))
        container.findings += problems
        if not problems and is_harmless(_name(entry)):
            found.setdefault(_name(entry), entry)
    container.sizes = {name: entry.file_size for name, entry in found.items()}
    container.reader = lambda name: _read_entry(archive, found[name])


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a name as it was meant: macOS and others write UTF-8 without the mark that says so."""
    name = entry.orig_filename
    if entry.flag_bits & 0x800 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


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
    if entry.flag_bits & 0x1:
        yield messages.ENTRY_ENCRYPTED.at(place)
    elif entry.compress_type not in _KNOWN_COMPRESSION:
        yield messages.COMPRESSION_UNKNOWN.at(place, method=entry.compress_type)
    elif _is_bomb(entry.file_size, entry.compress_size):
        yield messages.RATIO_TOO_HIGH.at(place, size=entry.file_size, packed=entry.compress_size)


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
    container.findings += _named(container.shown, names[:MOST_ENTRIES])


def _named(shown: str, names: list[str]) -> Iterator[Finding]:
    """Yield what is wrong with names: each by itself, and each beside the others."""
    by_fold: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        by_fold[unicodedata.normalize("NFC", name).casefold()].append(name)
        yield from _name_problems(shown, name)
    for alike in by_fold.values():
        first, *rest = alike
        for name in rest:
            place = Place(f"{shown}/{printable(name)}")
            if name == first:
                yield messages.ENTRY_TWICE.at(place)
            else:
                yield messages.NAMES_COLLIDE.at(place, other=printable(first))


def _name_problems(shown: str, name: str) -> Iterator[Finding]:
    place = Place(f"{shown}/{printable(name)}")
    if not is_harmless(name) or not name.isprintable():
        yield messages.NAME_UNSAFE.at(place, name=printable(name))
    elif not name.isascii():
        yield messages.NAME_NOT_ASCII.at(place)
    file = PurePosixPath(name)
    if any(name.startswith(junk) or file.name == junk for junk in _JUNK):
        yield messages.JUNK_FILE.at(place)
    elif file.suffix.lower() in _REFUSED:
        refused = messages.FILE_REFUSED.at(place, kind=file.suffix.lower())
        yield replace(refused, severity=_REFUSED[file.suffix.lower()])


def printable(text: str) -> str:
    """Return a text as it can be shown anywhere: signs that move a cursor or turn the writing round are spelled out."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]
