"""Zips: what lies in one, told by its directory and believed as far as it can be read."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import IO, cast

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.files.budget import LARGEST_READ, MOST_ENTRIES
from coursewright.packages.files.container import SPECIAL, Container, Guarded, Holding, is_bomb, judge_names, special
from coursewright.packages.files.names import place_in, printable, slashed, such_as
from coursewright.packages.files.paths import is_harmless

_KNOWN_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_READ_BY_SOME = zipfile.ZIP_BZIP2
_END, _LONGEST_END, _IN_ZIP64 = b"PK\5\6", 22 + 65_535, 0xFFFFFFFF  # of the directory, with its comment
_ENCRYPTED = 0x1  # a flag of a file in a zip


def open_zip(container: Container, stream: Guarded) -> None:
    """Fill a container with what a zip's directory says, and with what is wrong with it."""
    archive = container.opened.enter_context(zipfile.ZipFile(cast("IO[bytes]", stream)))
    container.holding = Holding.ZIP
    container.before = _before(archive, stream)
    listed = archive.infolist()
    named = [(_name(entry), entry) for entry in listed]
    entries = [(name, entry) for name, entry in named if not name.endswith("/")]  # is_dir fails for an empty name
    turned = [entry.orig_filename for name, entry in named if "\\" in entry.orig_filename and "\\" not in name]
    folders = [name for name, _ in named if name.endswith("/")]
    names, sizes = [name for name, _ in entries], [entry.file_size for entry in listed]
    judge_names(container, names, sizes, len(listed), folders=folders, turned=turned)
    container.findings += [*_overlapping(container.shown, listed), *_locked(container.shown, entries)]
    found: dict[str, zipfile.ZipInfo] = {}
    for name, entry in entries[:MOST_ENTRIES]:
        is_encrypted = bool(entry.flag_bits & _ENCRYPTED)
        problems = list(_entry_problems(container.shown, name, entry)) if not is_encrypted else []
        container.findings += problems
        is_read = not problems or (len(problems) == 1 and entry.compress_type == _READ_BY_SOME)
        if is_read and not is_encrypted and is_harmless(name):
            found.setdefault(name, entry)
    container.sizes = {name: entry.file_size for name, entry in found.items()}
    container.folders = frozenset(name.rstrip("/") for name in folders[:MOST_ENTRIES])
    container.reader = lambda name: _read_entry(archive, found[name])
    container.streams = lambda name: archive.open(found[name])
    container.checksums = lambda name: found[name].CRC


def _before(archive: zipfile.ZipFile, stream: Guarded) -> int:
    """Return the bytes before a zip in its file: how much later its directory stands than its end says."""
    stream.seek(archive.start_dir)
    end = b""
    while piece := stream.read(LARGEST_READ):
        end = (end + piece)[-_LONGEST_END:]
    start = end.rfind(_END)
    said = int.from_bytes(end[start + 16 : start + 20], "little") if start >= 0 else _IN_ZIP64
    return 0 if said == _IN_ZIP64 else max(archive.start_dir - said, 0)


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


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return stream.read(LARGEST_READ + 1)


def _entry_problems(shown: str, name: str, entry: zipfile.ZipInfo) -> Iterator[Finding]:
    place = place_in(shown, name)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        yield messages.ENTRY_IS_LINK.at(place)
    elif kind in SPECIAL and entry.create_system == 3:  # the system, Unix, that has these
        yield messages.ENTRY_NO_FILE.at(place, what=special(kind))
    if entry.compress_type not in _KNOWN_COMPRESSION:
        yield messages.COMPRESSION_UNKNOWN.at(place, method=entry.compress_type)
    elif is_bomb(entry.file_size, entry.compress_size):
        yield messages.RATIO_TOO_HIGH.at(place, size=entry.file_size, packed=entry.compress_size)


def _locked(shown: str, entries: list[tuple[str, zipfile.ZipInfo]]) -> Iterator[Finding]:
    """Yield a finding where files are encrypted: one, for a password is of the whole archive."""
    names = [name for name, entry in entries if entry.flag_bits & _ENCRYPTED]
    if names:
        yield messages.ENTRY_ENCRYPTED.at(Place(shown), what=such_as(names))


def _overlapping(shown: str, entries: Iterable[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Yield a finding for each entry that shares bytes with the next: it makes a small zip unpack to a huge one."""
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, after in pairwise(in_order):
        if entry.header_offset + 30 + entry.compress_size > after.header_offset:
            place = place_in(shown, _name(entry))
            yield messages.ENTRIES_OVERLAP.at(place, other=printable(_name(after)))
