"""The cache: what earlier builds made, by what it was made of, in a folder that is safe to delete at any moment.

Each entry bears the SHA-256 of its content, so that a damaged one is noticed, dropped and made again. Entries are
written whole or not at all, so that builds may share the folder. A folder that is read-only or missing is no error.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FOLDER = "COURSEWRIGHT_CACHE"
_NAME = "coursewright"
_MOST = 512 * 1024 * 1024
_LARGEST = 64 * 1024 * 1024
_SUM = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class Cache:
    """Entries in a folder; with more than `most` bytes of them, those that were not used for longest go."""

    folder: Path
    most: int = _MOST

    def found(self, kind: str, key: str) -> bytes | None:
        """Return an entry, or None where there is none that is whole."""
        path = self._path(kind, key)
        try:
            with path.open("rb") as stream:
                entry = stream.read(_LARGEST + _SUM + 1)
        except OSError:
            return None
        content = entry[_SUM:]
        if hashlib.sha256(content).digest() != entry[:_SUM]:
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # it was used
        return content

    def keep(self, kind: str, key: str, content: bytes) -> None:
        """Keep an entry, if it is not too large and the folder can be written to."""
        from coursewright.packages.files.writing import replaced

        if len(content) <= min(_LARGEST, self.most):
            with suppress(OSError), replaced(self._path(kind, key)) as stream:
                stream.write(hashlib.sha256(content).digest())
                stream.write(content)

    def shrink(self) -> None:
        """Delete the entries that were not used for longest, as many as are too many."""
        left = self.most
        for _, size, path in sorted(self._entries(), reverse=True):
            left -= size
            if left < 0:
                with suppress(OSError):
                    os.unlink(path)  # noqa: PTH108 - for speed, as below

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / key

    def _entries(self) -> Iterator[tuple[int, int, str]]:
        """Yield when each entry was used, its size and its path."""
        for root, _, names in os.walk(self.folder):
            for path in (f"{root}/{name}" for name in names):
                with suppress(OSError):
                    found = os.stat(path)  # noqa: PTH116
                    yield found.st_mtime_ns, found.st_size, path


def usual_cache() -> Cache | None:
    """Return the cache of this user: in COURSEWRIGHT_CACHE, or where this system keeps caches; None without a home."""
    if own := os.environ.get(FOLDER):
        return Cache(Path(own))
    usual = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    if usual and os.path.isabs(usual):  # noqa: PTH117
        return Cache(Path(usual, _NAME))
    try:
        return Cache(Path.home() / ".cache" / _NAME)
    except RuntimeError:
        return None
