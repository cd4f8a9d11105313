"""What was compiled of files of this program, kept beside them as Python keeps what it compiles of its own."""

from __future__ import annotations

import hashlib
import sys
from importlib.util import cache_from_source
from pathlib import Path

_SUM = hashlib.sha256().digest_size


class Bytecode:
    """Files in the folders where Python would put them, which `PYTHONPYCACHEPREFIX` moves.

    Each bears its key and its SHA-256. Nothing is written where `PYTHONDONTWRITEBYTECODE` is set.
    """

    def beside(self, path: str, key: bytes) -> bytes | None:
        """Return what was compiled of a file, if it is whole and of that key."""
        try:
            entry = _place(path).read_bytes()
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
            with replaced(_place(path)) as stream:
                stream.write(_head(key, content))
                stream.write(content)
        except OSError:
            return False
        return True


def _place(path: str) -> Path:
    return Path(cache_from_source(path)).with_suffix(".jinja")


def _head(key: bytes, content: bytes) -> bytes:
    return key.ljust(_SUM)[:_SUM] + hashlib.sha256(content).digest()
