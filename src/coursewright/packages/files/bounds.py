"""Reads packages where they lie, a zip or a folder, from anyone: nothing is extracted, and nothing is believed."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Protocol

from coursewright.packages.files.budget import HIGHEST_RATIO, LARGEST_PACKAGE, MOST_ENTRIES, RATIO_COUNTS_FROM

MANIFEST = "imsmanifest.xml"
MANIFESTS = {
    b"manifest": MANIFEST,
    b"courseStructure": "cmi5.xml",
    b"tincan": "tincan.xml",
    b"moodle_backup": "moodle_backup.xml",
}
"""The documents that a package is known by, by their outermost elements; each may also be judged alone."""
LARGEST_MANIFEST = 20_000_000
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)
"""What reading from a damaged package may raise: ValueError where an offset is negative, or a name is no UTF-8."""

_KNOWN_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class PackageError(Exception):
    """The package cannot be played: `str(error)` says why."""


class Archive(Protocol):
    """Files by path. `open` gives a file and its size, and raises KeyError where there is none."""

    def open(self, name: str) -> tuple[IO[bytes], int]: ...

    def close(self) -> None: ...


class ZippedPackage:
    """A package in a zip that was found to be harmless: a file, or what was one."""

    def __init__(self, zipped: Path | IO[bytes], shown: str) -> None:
        try:
            self._zip = zipfile.ZipFile(zipped)
        except FileNotFoundError as error:
            raise PackageError(f"{shown}: does not exist") from error
        except UNREADABLE as error:
            raise PackageError(f"{shown}: is not a readable zip file: {error}") from error
        self._entries: dict[str, zipfile.ZipInfo] = {}
        problem = _zip_problem(self._zip.infolist())  # first: what it refuses has names that no one can ask about
        if not problem:
            self._entries = {entry.filename: entry for entry in self._zip.infolist() if not entry.is_dir()}
            problem = _without_manifest(self._entries)
        if problem:
            self._zip.close()
            raise PackageError(f"{shown}: {problem}")

    def open(self, name: str) -> tuple[IO[bytes], int]:
        entry = self._entries[name]
        return self._zip.open(entry), entry.file_size

    def close(self) -> None:
        self._zip.close()


class FolderPackage:
    """A package as it lies unzipped in a folder; links that lead out of it are not followed."""

    def __init__(self, path: Path) -> None:
        self._root = path.resolve()
        if not (self._root / MANIFEST).is_file():
            raise PackageError(f"{path}: has no {MANIFEST}")

    def open(self, name: str) -> tuple[IO[bytes], int]:
        if not is_harmless(name):
            raise KeyError(name)
        found = Path(os.path.realpath(self._root / name))  # Path.resolve() gives up on links in a circle
        if not found.is_relative_to(self._root) or not found.is_file():
            raise KeyError(name)
        return found.open("rb"), found.stat().st_size

    def close(self) -> None:
        """Nothing is held open."""


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


def open_package(path: Path) -> ZippedPackage | FolderPackage:
    """Open a zip or a folder. Raises PackageError."""
    return FolderPackage(path) if path.is_dir() else ZippedPackage(path, str(path))


def manifest_of(archive: Archive) -> bytes:
    """Return the manifest of a package. Raises PackageError."""
    try:
        stream, size = archive.open(MANIFEST)
        with stream:
            if size > LARGEST_MANIFEST:
                raise PackageError(f"{MANIFEST} has {size:,} bytes; at most {LARGEST_MANIFEST:,} are read")
            return stream.read(LARGEST_MANIFEST)
    except KeyError as error:
        raise PackageError(f"there is no {MANIFEST}") from error
    except UNREADABLE as error:
        raise PackageError(f"{MANIFEST} cannot be read: {error}") from error


def is_harmless(name: str) -> bool:
    """Say whether a name inside a package stays inside it, on every system."""
    if not name or any(character in name for character in "\\\0") or re.match(r"[A-Za-z]:", name):
        return False
    return not name.startswith("/") and ".." not in name.split("/")


def _zip_problem(entries: list[zipfile.ZipInfo]) -> str:
    """Return what makes a zip one that is better left closed, or nothing."""
    if len(entries) > MOST_ENTRIES:
        return f"has {len(entries):,} entries; at most {MOST_ENTRIES:,} are played"
    if (total := sum(entry.file_size for entry in entries)) > LARGEST_PACKAGE:
        return f"unpacks to {total:,} bytes; at most {LARGEST_PACKAGE:,} are played"
    return next(filter(None, map(_entry_problem, entries)), "")


def _entry_problem(entry: zipfile.ZipInfo) -> str:
    name = entry.orig_filename  # as it stands in the zip: the other is cut at NUL
    if not is_harmless(name.rstrip("/") or "/"):
        return f"contains a file named {name!r}, which leads out of the package or is valid only on Windows"
    if entry.flag_bits & 0x1:
        return f"is encrypted ({name})"
    if entry.compress_type not in _KNOWN_COMPRESSION:
        return f"is compressed in a way that LMSs do not read ({name})"
    if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        return f"contains a file that unpacks to {entry.file_size:,} bytes from {entry.compress_size:,} ({name})"
    return ""


def _without_manifest(names: Iterable[str]) -> str:
    """Return what is wrong if the manifest is not where every LMS looks for it, or nothing."""
    names = list(names)
    if MANIFEST in names:
        return ""
    inner = [name for name in names if name.lower().rpartition("/")[2] == MANIFEST]
    if not inner:
        return f"has no {MANIFEST}, so it is not a content package"
    return f"has its manifest at {min(inner, key=len)}, not at the top: zip what is in the folder, not the folder"


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
