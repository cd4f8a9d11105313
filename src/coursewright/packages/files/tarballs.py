"""Tarballs, compressed or not, as Moodle makes its backups: read once from their beginning."""

from __future__ import annotations

import tarfile
import zlib
from dataclasses import dataclass, field
from typing import IO, cast

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.files.budget import LARGEST_PACKAGE, LARGEST_READ, MOST_ENTRIES
from coursewright.packages.files.container import Container, Guarded, Holding, Taker, is_bomb, judge_names
from coursewright.packages.files.names import place_in, slashed
from coursewright.packages.files.paths import is_harmless

_HELD = 150_000_000  # bytes of what lies in a compressed tarball, which has to be unpacked from its beginning for each


def open_tar(
    container: Container, stream: Guarded, packed: int, *, compressed: bool, taker: Taker | None = None
) -> None:
    """Fill a container with what stands in a tarball of `packed` bytes, and with what is wrong with it.

    A `taker` takes each file as it comes; then none is held.
    """
    container.holding, container.is_compressed = Holding.TARBALL, compressed
    archive = container.opened.enter_context(tarfile.TarFile(fileobj=cast("IO[bytes]", stream)))
    entries: dict[str, tarfile.TarInfo] = {}
    names: list[str] = []
    held = _Held(archive) if compressed else None
    take = (lambda name, entry: taker(name, _opened(archive, entry))) if taker else held.add if held else _leave
    turned: list[str] = []
    folders: list[str] = []
    total, count = 0, 0
    for count, entry in enumerate(archive, start=1):
        name = slashed(entry.name.removeprefix("./"))
        turned += [entry.name] if "\\" in entry.name and "\\" not in name else []
        total += entry.size
        if is_bomb(total, packed):
            container.findings.append(messages.RATIO_TOO_HIGH.at(Place(container.shown), size=total, packed=packed))
        if count > MOST_ENTRIES or total > LARGEST_PACKAGE or is_bomb(total, packed):
            break
        if (problem := _tar_problem(container.shown, name, entry)) is not None:
            container.findings.append(problem)
        elif entry.isdir():
            folders.append(name)
        elif entry.isfile():
            names.append(name)
            if name not in entries:
                entries[name] = entry
                take(name, entry)
    else:
        _check_end(stream, archive.offset)
    container.sizes = {name: entry.size for name, entry in entries.items() if is_harmless(name)}

    def read(name: str) -> bytes:
        if held and name in held.files:
            return held.files[name]
        container.budget.left -= entries[name].offset_data if compressed else 0  # all of that is unpacked once more
        return _read_tar(archive, entries[name])

    container.reader = read
    container.checksums = lambda name: zlib.crc32(read(name))
    judge_names(container, names, [total], count, folders=folders, turned=turned)


@dataclass
class _Held:
    """What lies in a compressed tarball, as far as there is room for it."""

    archive: tarfile.TarFile
    room: int = _HELD
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, name: str, entry: tarfile.TarInfo) -> None:
        """Hold a file, if there is room: documents are wanted more than pictures."""
        spare = self.room if name.endswith(".xml") else self.room - _HELD // 2
        if entry.size <= min(LARGEST_READ, spare):
            self.room -= entry.size
            self.files[name] = _read_tar(self.archive, entry)


def _leave(name: str, entry: tarfile.TarInfo) -> None:
    """Leave a file where it is: it can be read there."""


def _check_end(stream: Guarded, offset: int) -> None:
    """Raise OSError where a tarball does not end as one: tarfile takes whatever is no header for the end."""
    stream.seek(offset)
    if stream.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
        raise OSError(f"it was cut off or damaged after {offset} bytes")


def _tar_problem(shown: str, name: str, entry: tarfile.TarInfo) -> Finding | None:
    place = place_in(shown, name)
    if entry.issym() or entry.islnk():
        return messages.ENTRY_IS_LINK.at(place)
    if entry.isdev():
        return messages.ENTRY_NO_FILE.at(place, what="a pipe" if entry.isfifo() else "a device")
    return None


def _read_tar(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    with _opened(archive, entry) as stream:
        return stream.read(LARGEST_READ)


def _opened(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(entry)
    if stream is None:
        raise KeyError(entry.name)
    return stream
