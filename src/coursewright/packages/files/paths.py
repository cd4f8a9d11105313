"""Which paths are packages, and when they have changed; which names inside one lead nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

MANIFEST = "imsmanifest.xml"
MANIFESTS = {
    b"manifest": MANIFEST,
    b"courseStructure": "cmi5.xml",
    b"tincan": "tincan.xml",
    b"moodle_backup": "moodle_backup.xml",
}
"""The documents that a package is known by, by their outermost elements; each may also be judged alone."""


def is_package(path: Path) -> bool:
    """Say whether a path is meant as a package rather than as a curriculum: by its name, or by how the file begins."""
    named = path.suffix.lower() in _PACKAGES and not path.is_dir()
    return named or (path / MANIFEST).is_file() or _is_archive(path)


def is_course_package(path: Path) -> bool:
    """Say whether a path is a package that may hold a course: a folder with its manifest, or an archive."""
    if path.is_dir():
        return any((path / name).is_file() for name in MANIFESTS.values())
    ending = path.suffix.lower()
    return (ending in _PACKAGES and path.is_file()) or (ending not in _OFFICE and _is_archive(path))


_PACKAGES = (".zip", ".pif", ".imscc", ".mbz", ".epub")
_OFFICE = (".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods")


def _is_archive(path: Path) -> bool:
    """Say whether a path is a file, none that keeps its reader waiting, that begins as a zip or as what gzip makes."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return stream.read(4).startswith((b"PK\x03\x04", b"\x1f\x8b"))
    except OSError:
        return False


def is_harmless(name: str) -> bool:
    """Say whether a name inside a package stays inside it, on every system."""
    if not name or "\\" in name or "\0" in name or name.startswith("/") or _is_on_a_drive(name):
        return False
    return ".." not in name or ".." not in name.split("/")


def _is_on_a_drive(name: str) -> bool:
    return name[1:2] == ":" and name[0].isascii() and name[0].isalpha()


def mark_of(path: Path) -> str:
    """Return a text that changes whenever a package does."""
    found = [path] if path.is_file() else [Path(root, name) for root, _, names in os.walk(path) for name in names]
    return repr([(str(file), stamp(file)) for file in sorted(found)])


def stamp(path: Path) -> tuple[int, int]:
    """Return when a file was changed and its size; zeros if it has gone."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size
