"""The cache: what earlier builds made, by what it was made of, in a folder that is safe to delete at any moment.

Each entry bears the SHA-256 of its content, so that a damaged one is noticed, dropped and made again. Entries are
written whole or not at all, so that builds may share the folder. A folder that is read-only or missing is no error.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from coursewright.frozen import frozen

FOLDER = "COURSEWRIGHT_CACHE"
_NAME = "coursewright"
_MOST = 448 * 1024 * 1024  # not every build looks: it stays below 512 MB between two that do
_LARGEST = 64 * 1024 * 1024
_SUM = hashlib.sha256().digest_size


@frozen
class Cache:
    """Entries in a folder; with more than `most` bytes of them, those that were not used for longest go."""

    folder: Path
    most: int = _MOST

    def found(self, kind: str, key: str) -> bytes | None:
        """Return an entry, or None where there is none that is whole."""
        return self._entry(kind, key, lambda _: True)

    def own(self, kind: str, key: str) -> bytes | None:
        """Return an entry that only this user can have written, so that it may be unpickled; None for any other."""
        return self._entry(kind, key, _is_own) if _is_private(self.folder / kind) else None

    def _entry(self, kind: str, key: str, minded: Callable[[os.stat_result], bool]) -> bytes | None:
        path = self._path(kind, key)
        try:
            with path.open("rb") as stream:
                if not minded(os.fstat(stream.fileno())):  # of what is read, whatever stands there a moment later
                    return None
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

        if self.fits(len(content)):
            with suppress(OSError):
                _make_private(self.folder / kind)
                with replaced(self._path(kind, key)) as stream:
                    stream.write(hashlib.sha256(content).digest())
                    stream.write(content)

    def fits(self, size: int) -> bool:
        """Say whether an entry of so many bytes is kept."""
        return size <= min(_LARGEST, self.most)

    def shrink(self) -> None:
        """Delete the entries that were not used for longest, as many as are too many, and drafts of dead builds."""
        from coursewright.building.drafts import is_orphan

        left = self.most
        for _, size, path in sorted(self._entries(), reverse=True):
            left -= size
            if left < 0 or is_orphan(path.rpartition("/")[2]):
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


def _make_private(folder: Path) -> None:
    """Make a folder that only this user can write into, unless it is there."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def _is_private(folder: Path) -> bool:
    """Say whether a folder is this user's, and nobody else can write into it; where no system says that, it is."""
    if sys.platform == "win32":
        return True
    try:
        found = folder.stat()
    except OSError:
        return False
    return _is_own(found) and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _is_own(found: os.stat_result) -> bool:
    """Say whether a file or a folder is this user's; where no system says that, it is."""
    return sys.platform == "win32" or found.st_uid == os.geteuid()


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
