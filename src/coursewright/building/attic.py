"""A file for what is packed while a build lasts, so that it takes no memory. It has no name, and ends with the process.

Copies of this process read what is in it, too; only this one puts anything there.
"""

from __future__ import annotations

import os
import tempfile
import weakref

from coursewright.course.packed import Held, Packed
from coursewright.frozen import frozen


class Attic:
    """Bytes in a file. Where systems have no such files, or the disk has no room, they are kept in memory."""

    def __init__(self) -> None:
        self._file = -1
        self._owner = os.getpid()
        self._end = 0

    def keep(self, content: bytes) -> Packed:
        """Put bytes into the attic."""
        if not hasattr(os, "pwrite") or os.getpid() != self._owner:
            return Held(content)
        try:
            self._file = self._opened() if self._file < 0 else self._file
            if os.pwrite(self._file, content, self._end) < len(content):
                return Held(content)
        except OSError:
            return Held(content)
        self._end += len(content)
        return _Stored(self, self._end - len(content), len(content))

    def read(self, begin: int, size: int) -> bytes:
        """Return bytes that were put there."""
        return os.pread(self._file, size, begin)

    def _opened(self) -> int:
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open as long as anything is in the attic
        weakref.finalize(self, file.close)
        return file.fileno()


@frozen
class _Stored:
    """Bytes in an attic: where they begin in its file, and how many they are."""

    attic: Attic
    begin: int
    size: int

    def content(self) -> bytes:
        """Return the bytes."""
        return self.attic.read(self.begin, self.size)

    def beside(self, content: bytes) -> Packed:
        """Put other bytes into the same attic."""
        return self.attic.keep(content)
