"""A package and the files beside it, as one entry of the cache."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from coursewright.packages.files.zipping import Shrunk, shrunk_in
from coursewright.pages.compiled import Keeper

PACKAGES = "packages"
_LARGE = 8_000_000  # bytes, beyond which what is in a package would fill the memory


def bundled(files: Sequence[bytes]) -> bytes:
    """Return files as one."""
    return b"".join([json.dumps([*map(len, files)]).encode(), b"\n", *files])


def unbundled(entry: bytes) -> Iterable[bytes]:
    """Yield the files that are one."""
    at = entry.index(b"\n") + 1
    for length in json.loads(entry[:at]):
        yield entry[at : at + length]
        at += length


def shrunk_before(keeper: Keeper, key: str) -> Shrunk | None:
    """Return what the files of a package were compressed to that an earlier build has kept."""
    entry = keeper.own(PACKAGES, key) if key else None
    return shrunk_in(next(iter(unbundled(entry)))) if entry and len(entry) <= _LARGE else None
