"""What holds a package: a zip, a tarball or a folder, looked at entry by entry before anything is read from it.

Nothing is extracted. Sizes, ratios and counts are those that a file claims, and are bounded before it is opened; what
is read is bounded again, for a file may lie.
"""

from __future__ import annotations

import stat
import tarfile
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePosixPath

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

LARGEST_READ = 20_000_000  # bytes of one file
_DAMAGED = (*UNREADABLE, tarfile.TarError)
_KNOWN_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", ".git/")
_REFUSED = (".php", ".py", ".sh", ".rb", ".pl", ".exe", ".bat", ".cmd", ".jsp", ".asp", ".aspx", ".cgi")
_SIGNS = (
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"<!DOCTYPE", "an HTML page"),
    (b"<html", "an HTML page"),
    (b"{", "a JSON document"),
)


@dataclass(slots=True)
class Container:
    """The files of a package by name, and what is wrong with how it holds them. `shown` is its name in findings."""

    shown: str
    sizes: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    reader: Callable[[str], bytes] = lambda name: b""
    packed: int = 0

    def read(self, name: str) -> bytes | None:
        """Return a file, or None with a finding where it is too large or damaged."""
        if self.sizes.get(name, 0) > LARGEST_READ:
            found = messages.FILE_TOO_LARGE.at(Place(f"{self.shown}/{name}"), size=self.sizes[name], limit=LARGEST_READ)
            self.findings.append(found)
            return None
        try:
            return self.reader(name)
        except (*_DAMAGED, KeyError) as error:
            self.findings.append(messages.ENTRY_DAMAGED.at(Place(f"{self.shown}/{name}"), reason=_reason(error)))
            return None


def open_container(path: Path) -> Container:
    """Return what a path holds; where it can't be opened, that is among the findings and there are no files."""
    container = Container(path.name or str(path))
    place = Place(container.shown)
    try:
        if path.is_dir():
            _open_folder(container, path)
        elif not path.exists():
            container.findings.append(messages.SOURCE_MISSING.at(Place(str(path))))
        elif zipfile.is_zipfile(path):
            _open_zip(container, path)
        elif tarfile.is_tarfile(path):
            _open_tar(container, path)
        else:
            container.findings.append(messages.NOT_A_PACKAGE.at(place, what=_what(path)))
    except _DAMAGED as error:
        container.findings.append(messages.CONTAINER_DAMAGED.at(place, reason=_reason(error)))
    return container


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _what(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(64).lstrip()
    if not head:
        return "it is empty"
    named = next((name for sign, name in _SIGNS if head.startswith(sign)), "")
    return f"it is {named}" if named else "it begins like no archive"


# --- folders and tarballs ---


def _open_folder(container: Container, path: Path) -> None:
    root = path.resolve()
    names: list[str] = []
    for found in sorted(root.rglob("*")):
        name = found.relative_to(root).as_posix()
        if not found.resolve().is_relative_to(root):
            container.findings.append(messages.ENTRY_IS_LINK.at(Place(f"{container.shown}/{name}")))
        elif found.is_file():
            names.append(name)
            container.sizes[name] = found.stat().st_size
        if len(names) > MOST_ENTRIES:
            break
    container.reader = lambda name: (root / name).read_bytes()
    container.findings += _counted(container.shown, names, sum(container.sizes.values()))
    container.findings += _named(container.shown, names)


def _open_tar(container: Container, path: Path) -> None:
    names: list[str] = []
    with tarfile.open(path) as archive:
        for entry in archive:
            name = entry.name.removeprefix("./")
            if entry.issym() or entry.islnk():
                container.findings.append(messages.ENTRY_IS_LINK.at(Place(f"{container.shown}/{name}")))
            elif entry.isfile():
                names.append(name)
                container.sizes[name] = entry.size
            if len(names) > MOST_ENTRIES or sum(container.sizes.values()) > LARGEST_PACKAGE:
                break
    container.packed = path.stat().st_size
    container.reader = lambda name: _read_tar(path, name)
    container.findings += _counted(container.shown, names, sum(container.sizes.values()))
    container.findings += _named(container.shown, names)


def _read_tar(path: Path, name: str) -> bytes:
    with tarfile.open(path) as archive:
        for entry in archive:
            if entry.name.removeprefix("./") == name and (stream := archive.extractfile(entry)):
                return stream.read(LARGEST_READ)
    raise KeyError(name)


# --- zips ---


def _open_zip(container: Container, path: Path) -> None:
    archive = zipfile.ZipFile(path)
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    names = [entry.orig_filename for entry in entries]
    container.packed = path.stat().st_size
    container.findings += _counted(container.shown, names, sum(entry.file_size for entry in entries))
    container.findings += _named(container.shown, names)
    container.findings += _overlapping(container.shown, entries)
    for entry in entries:
        problems = list(_entry_problems(container.shown, entry))
        container.findings += problems
        if not problems and is_harmless(entry.orig_filename):
            container.sizes[entry.filename] = entry.file_size
    container.reader = lambda name: _read_entry(archive, name)


def _read_entry(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(LARGEST_READ + 1)


def _entry_problems(shown: str, entry: zipfile.ZipInfo) -> Iterator[Finding]:
    place = Place(f"{shown}/{entry.filename}")
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield messages.ENTRY_IS_LINK.at(place)
    if entry.flag_bits & 0x1:
        yield messages.ENTRY_ENCRYPTED.at(place)
    elif entry.compress_type not in _KNOWN_COMPRESSION:
        yield messages.COMPRESSION_UNKNOWN.at(place, method=entry.compress_type)
    elif entry.file_size > RATIO_COUNTS_FROM and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        yield messages.RATIO_TOO_HIGH.at(place, size=entry.file_size, packed=entry.compress_size)


def _overlapping(shown: str, entries: Iterable[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Yield a finding for each entry that shares bytes with the next: it makes a small zip unpack to a huge one."""
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, after in pairwise(in_order):
        if entry.header_offset + 30 + entry.compress_size > after.header_offset:
            yield messages.ENTRIES_OVERLAP.at(Place(f"{shown}/{entry.filename}"), other=after.filename)


# --- what holds for every container ---


def _counted(shown: str, names: list[str], total: int) -> Iterator[Finding]:
    if len(names) > MOST_ENTRIES:
        yield messages.TOO_MANY_FILES.at(Place(shown), count=len(names), limit=MOST_ENTRIES)
    if total > LARGEST_PACKAGE:
        yield messages.PACKAGE_TOO_LARGE.at(Place(shown), size=total, limit=LARGEST_PACKAGE)


def _named(shown: str, names: list[str]) -> Iterator[Finding]:
    """Yield what is wrong with names: each by itself, and each beside the others."""
    by_fold: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        by_fold[unicodedata.normalize("NFC", name).casefold()].append(name)
        yield from _name_problems(shown, name)
    for alike in by_fold.values():
        first, *rest = alike
        for name in rest:
            place = Place(f"{shown}/{_printable(name)}")
            if name == first:
                yield messages.ENTRY_TWICE.at(place)
            else:
                yield messages.NAMES_COLLIDE.at(place, other=_printable(first))


def _name_problems(shown: str, name: str) -> Iterator[Finding]:
    place = Place(f"{shown}/{_printable(name)}")
    if not is_harmless(name) or not name.isprintable():
        yield messages.NAME_UNSAFE.at(place, name=_printable(name))
    elif not name.isascii():
        yield messages.NAME_NOT_ASCII.at(place)
    file = PurePosixPath(name)
    if any(name.startswith(junk) or file.name == junk for junk in _JUNK):
        yield messages.JUNK_FILE.at(place)
    elif file.suffix.lower() in _REFUSED:
        yield messages.FILE_REFUSED.at(place, kind=file.suffix.lower())


def _printable(name: str) -> str:
    return name if name.isprintable() else ascii(name)[1:-1]
