"""Writes zips: the same bytes for the same files, with what is equal in several packages compressed once.

The standard library compresses each file anew, and seeks back to each header. Records are those of PKWARE's APPNOTE
6.3.3, 4.3: those of Zip64 stand where there are 65,535 files or more, or where the list of them begins beyond 4 GiB.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import IO

from coursewright.frozen import slotted
from coursewright.packages.files.long_document import LongDocument, deflating

Moment = tuple[int, int, int, int, int, int]
Shrunk = Mapping[bytes, bytes]
"""Files, and what they are compressed to."""

_STORED, _DEFLATED = 0, 8
_VERSION, _VERSION_64, _UNIX = 20, 45, 3
_UTF8 = 0x800
_MODE = 0o100644 << 16
_MOST_FILES, _FAR = 0xFFFF, 0xFFFFFFFF
_PIECE = 1 << 20
_KEPT = 64 * 1024  # bytes, up to which what a file is compressed to is kept for the next package,
_SHORT = 12_000  # and up to which many are: of more than this are pages, which other packages seldom have
_LARGE = 100_000
_MOST_SHRUNK = 40
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR_64 = struct.Struct("<4sIQI")


@slotted
class ZipWriter:
    """A zip that is being written to a stream; every file bears one moment. What is `known` is not compressed anew."""

    stream: IO[bytes]
    moment: Moment
    known: Shrunk | None = None
    _listed: list[bytes] = field(default_factory=list)
    _offset: int = 0
    _time: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._time = _dos(self.moment)

    def add(self, path: str, data: bytes, *, stored: bool = False) -> None:
        """Add a file, compressed unless it is to be `stored` or shrinks so far that an LMS would take it for a bomb."""
        method, packed = (_STORED, data) if stored else _shrunk(data, self.known)
        self._begin(path, method, zlib.crc32(data), len(packed), len(data))
        self._write(packed)

    def add_long(self, path: str, document: LongDocument) -> None:
        """Add a document that is compressed already; whole, where it shrinks too far."""
        if _is_bomb(document.size, len(document.packed)):
            self._begin(path, _STORED, document.crc, document.size, document.size)
            for piece in document.pieces():
                self._write(piece)
        else:
            self._begin(path, _DEFLATED, document.crc, len(document.packed), document.size)
            self._write(document.packed)

    def add_file(self, path: str, file: Path) -> None:
        """Add a file as it is, not compressed, in pieces: it is read twice, for its sum stands before it."""
        with file.open("rb") as stream:
            size = crc = 0
            while piece := stream.read(_PIECE):
                size, crc = size + len(piece), zlib.crc32(piece, crc)
            stream.seek(0)
            self._begin(path, _STORED, crc, size, size)
            while piece := stream.read(_PIECE):
                self._write(piece)

    def _begin(self, path: str, method: int, crc: int, packed: int, size: int) -> None:
        """Write what stands before a file, and note its record for the list at the end."""
        name, flags = path.encode(), 0 if path.isascii() else _UTF8
        said = (flags, method, *self._time, crc, packed, size, len(name))
        self._listed.append(self._record(name, said))
        self._write(_LOCAL.pack(b"PK\x03\x04", _VERSION, *said, 0) + name)

    def _record(self, name: bytes, said: tuple[int, ...]) -> bytes:
        """Return what the list at the end says of a file that is about to be written, besides what stands before it."""
        far = struct.pack("<2HQ", 1, 8, self._offset) if self._offset >= _FAR else b""
        version = _VERSION_64 if far else _VERSION
        at = min(self._offset, _FAR)
        head = _CENTRAL.pack(b"PK\x01\x02", version | _UNIX << 8, version, *said, len(far), 0, 0, 0, _MODE, at)
        return head + name + far

    def close(self) -> None:
        """Write the list of all files, which ends the zip."""
        start, count = self._offset, len(self._listed)
        for record in self._listed:
            self._write(record)
        size = self._offset - start
        if count >= _MOST_FILES or start >= _FAR or size >= _FAR:
            end = self._offset
            self._write(
                _END_64.pack(
                    b"PK\x06\x06", _END_64.size - 12, _VERSION_64, _VERSION_64, 0, 0, count, count, size, start
                )
            )
            self._write(_LOCATOR_64.pack(b"PK\x06\x07", 0, end, 1))
        shown, far = min(count, _MOST_FILES), min(start, _FAR)
        self._write(_END.pack(b"PK\x05\x06", 0, 0, shown, shown, min(size, _FAR), far, 0))

    def _write(self, data: bytes) -> None:
        self.stream.write(data)
        self._offset += len(data)


def shrunk_in(archive: bytes) -> dict[bytes, bytes]:
    """Return the files of a zip that we wrote, and what they are compressed to there; of any other, nothing."""
    try:
        packed = [*_packed_in(archive)]
        return {zlib.decompress(one, -zlib.MAX_WBITS): one for one in packed}
    except (struct.error, zlib.error):
        return {}


def _packed_in(archive: bytes) -> Iterator[bytes]:
    """Yield what the files of a zip are compressed to, as its list at the end tells."""
    _, _, _, _, count, _, start, _ = _END.unpack_from(archive, len(archive) - _END.size)
    for _ in range(count):
        record = _CENTRAL.unpack_from(archive, start)
        method, packed, name, extra, begin = (record[number] for number in (4, 8, 10, 11, 16))
        start += _CENTRAL.size + name + extra
        if method == _DEFLATED:
            first = begin + _LOCAL.size + name
            yield archive[first : first + packed]


def _shrunk(data: bytes, known: Shrunk | None) -> tuple[int, bytes]:
    """Return how a file is kept, and its bytes then."""
    packed = (known or {}).get(data) or _deflate(len(data))(bytes(data))
    return (_STORED, data) if _is_bomb(len(data), len(packed)) else (_DEFLATED, packed)


def _is_bomb(size: int, packed: int) -> bool:
    """Say whether what shrinks so far would be taken for a bomb: Canvas refuses from 100:1 on."""
    return size > _LARGE and packed * _MOST_SHRUNK < size


def _deflated(data: bytes) -> bytes:
    packer = deflating()
    return packer.compress(data) + packer.flush()


_kept, _kept_short = lru_cache(maxsize=64)(_deflated), lru_cache(maxsize=1024)(_deflated)


def _deflate(size: int) -> Callable[[bytes], bytes]:
    """Return what compresses files of a size, and may know them already."""
    return _kept_short if size <= _SHORT else _kept if size <= _KEPT else _deflated


def _dos(moment: Moment) -> tuple[int, int]:
    """Return the time and the date as zips have them, to two seconds."""
    year, month, day, hour, minute, second = moment
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
