"""Digests of what a build depends on: folders of sources, files beside them, and the program itself.

This module imports nothing heavy: it is asked before anything else of a build is loaded.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import zlib
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from coursewright.resources import resource
from coursewright.version import __version__

_MOST_FILES = 50_000
_MOST_BYTES = 2 * 1024**3
# What no reader of ours looks into.
_NEVER = frozenset(
    (
        *(".git", ".hg", ".svn", ".idea", ".vscode", ".venv", ".tox", ".nox", ".mypy_cache", ".ruff_cache"),
        *(".pytest_cache", ".cache", "node_modules", "__pycache__"),
    )
)


def digest(*parts: bytes | str) -> str:
    """Return the SHA-256 of some texts, in hexadecimal; the same texts cut otherwise have another."""
    whole = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        whole.update(b"%d:" % len(content))
        whole.update(content)
    return whole.hexdigest()


def digest_of_file(path: str | Path) -> str:
    """Return what a file holds as a digest; of one that is not there or cannot be read, an empty text."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - of many files, for speed
            return ""
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def digest_of_trees(folders: Sequence[str | Path], apart: str | Path = "") -> str | None:
    """Return what is in folders as a digest: every path and every file, hidden ones too, but for what is `apart`.

    What tools keep for themselves is left out, links are followed. Returns None where there is too much to look at, or
    where a folder is within what is apart.
    """
    whole = hashlib.sha256()
    left, seen = [_MOST_FILES, _MOST_BYTES], {os.path.realpath(apart)} if apart else set[str]()
    if any(Path(os.path.realpath(folder)).is_relative_to(other) for folder in folders for other in seen):
        return None
    for number, folder in enumerate(folders):
        whole.update(b"\0\0%d" % number)
        for path, name in _files(os.fspath(folder), "", seen):
            left[0] -= 1
            left[1] -= _size(path)
            if min(left) < 0:
                return None
            whole.update(f"\0{name}\0{digest_of_file(path)}".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def digest_of_program() -> str:
    """Return this program as a digest: its version, its files and when they changed, its libraries, its Python."""
    whole = hashlib.sha256(f"{__version__}\0{sys.version}\0{zlib.ZLIB_RUNTIME_VERSION}\0{sys.prefix}".encode())
    own = Path(__file__).resolve().parent.parent
    for folder in (own, resource("packaging_templates"), resource("schemas")):
        for path, name in _files(os.fspath(folder), "", set()):
            if name.endswith("/"):
                continue  # folders change when Python keeps what it compiled
            found = os.stat(path)  # noqa: PTH116
            whole.update(f"\0{name}\0{found.st_size}\0{found.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    for library in ("jinja2", "lxml"):  # they may be installed in different places
        spec = find_spec(library)
        if spec and spec.origin:
            installed = Path(spec.origin).parent.parent
            whole.update(f"\0{installed}\0{installed.stat().st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def _files(folder: str, inside: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each file and folder below a folder, in a stable order: its path, and that below the folder."""
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        name = inside + entry.name
        if _is_folder(entry):
            if entry.name not in _NEVER:
                yield entry.path, f"{name}/"
                yield from _files(entry.path, f"{name}/", seen)
        else:
            yield entry.path, name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116
    except OSError:
        return 0
