"""A document that is long enough to fill the memory: it is compressed as it is written, piece by piece."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

_PIECE = 1 << 20
_LONG = 1 << 20  # bytes


def deflating() -> zlib._Compress:
    """Return what compresses as files of a zip are compressed; how it is given them makes no difference."""
    return zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)


class LongDocument:
    """A document as a file of a zip is kept. Whoever calls it gets it whole.

    `size` and `crc` are those of the document. It is written first, then closed, then read.
    """

    def __init__(self) -> None:
        self.size = self.crc = 0
        self._sum = hashlib.sha256()
        self._packer = deflating()
        self._packed: list[bytes] = []

    def write(self, piece: bytes | bytearray | memoryview) -> None:
        """Add a piece."""
        self.size += len(piece)
        self.crc = zlib.crc32(piece, self.crc)
        self._sum.update(piece)
        self._packed.append(self._packer.compress(piece))

    def close(self) -> None:
        """End the document."""
        self._packed = [b"".join([*self._packed, self._packer.flush()])]

    @property
    def packed(self) -> bytes:
        """The document, compressed."""
        return self._packed[0]

    @property
    def sum(self) -> str:
        """The SHA-256 of the document, in hexadecimal."""
        return self._sum.hexdigest()

    def pieces(self) -> Iterator[bytes]:
        """Yield the document, piece by piece."""
        unpacker, left = zlib.decompressobj(-zlib.MAX_WBITS), self.packed
        while left:
            yield unpacker.decompress(left, _PIECE)
            left = unpacker.unconsumed_tail
        yield unpacker.flush()

    def __call__(self) -> bytes:
        """Return the document."""
        return zlib.decompress(self.packed, -zlib.MAX_WBITS, self.size)


def gathered(pieces: Iterable[bytes]) -> bytes | LongDocument:
    """Return a document of its pieces, as it is unless it is long."""
    left, begun = iter(pieces), bytearray()
    for piece in left:
        begun += piece
        if len(begun) > _LONG:
            return _long(chain([begun], left))
    return bytes(begun)


def _long(pieces: Iterable[bytes | bytearray]) -> LongDocument:
    document = LongDocument()
    for piece in pieces:
        document.write(piece)
    document.close()
    return document
