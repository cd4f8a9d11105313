"""What was compiled of files of this program, kept beside them as Python keeps what it compiles of its own."""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import cache_from_source
from pathlib import Path

from coursewright.text import patterns
from coursewright.text.patterns import LIBRARY

_SUM = hashlib.sha256().digest_size


class Bytecode:
    """Files in the folders where Python would put them, which `PYTHONPYCACHEPREFIX` moves, under a suffix.

    Each bears its key and its SHA-256. Nothing is written where `PYTHONDONTWRITEBYTECODE` is set.
    """

    def __init__(self, suffix: str = ".jinja") -> None:
        self._suffix = suffix

    def beside(self, path: str, key: bytes) -> bytes | None:
        """Return what was compiled of a file, if it is whole and of that key."""
        try:
            entry = self._place(path).read_bytes()
        except OSError:
            return None
        content = entry[2 * _SUM :]
        return content if entry[: 2 * _SUM] == _head(key, content) else None

    def put(self, path: str, key: bytes, content: bytes) -> bool:
        """Keep what was compiled of a file; say whether that could be done."""
        from coursewright.packages.files.writing import replaced

        if sys.dont_write_bytecode:
            return False
        try:
            with replaced(self._place(path)) as stream:
                stream.write(_head(key, content))
                stream.write(content)
        except OSError:
            return False
        return True

    def _place(self, path: str) -> Path:
        return Path(cache_from_source(path)).with_suffix(self._suffix)


@contextmanager
def patterns_kept() -> Iterator[None]:
    """Let patterns be those that an earlier run has compiled, and keep what this one had to, once it ends."""
    beside, key = Bytecode(".patterns"), hashlib.sha256(sys.version.encode()).digest()

    def known() -> patterns.Known:
        entry = beside.beside(patterns.__file__, key)
        return marshal.loads(entry) if entry else {}  # noqa: S302 - it is whole, and this program's

    LIBRARY.found = known
    try:
        yield
    finally:
        if LIBRARY.made:
            beside.put(patterns.__file__, key, marshal.dumps({**known(), **LIBRARY.made}))


def _head(key: bytes, content: bytes) -> bytes:
    return key.ljust(_SUM)[:_SUM] + hashlib.sha256(content).digest()
