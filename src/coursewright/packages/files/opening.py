"""Opens what is named as a package: a zip, a tarball, a folder or a manifest alone; says what anything else is."""

from __future__ import annotations

import errno
import gzip
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.files.budget import (
    HIGHEST_RATIO,
    LARGEST_PACKAGE,
    LARGEST_READ,
    MOST_ENTRIES,
    RATIO_COUNTS_FROM,
)
from coursewright.packages.files.container import (
    DAMAGED,
    Container,
    Guarded,
    Holding,
    Taker,
    judge_names,
    reason_of,
    special,
)
from coursewright.packages.files.names import place_in, printable
from coursewright.packages.files.paths import MANIFESTS
from coursewright.packages.files.tarballs import open_tar
from coursewright.packages.files.zips import open_zip
from coursewright.packages.schema.malformed import BLANK, GIT_LFS

_GZIP = b"\x1f\x8b"
# What keeps anybody from a path, whatever is there.
_NOT_LET_IN = {
    errno.EACCES: "you have no permission to read it",
    errno.EPERM: "you have no permission to read it",
    errno.ELOOP: "it is a link that leads back to itself",
    errno.ENOENT: "it is a broken link",
    errno.EIO: "the disk or network it is on does not answer",
}
_UNPACK = "unpack it, and zip what was in it; an archive that is renamed does not become a zip"
_EXPORT = (
    "export the course from where it was made, as a package for an LMS; a file that is renamed does not become one"
)
_FETCH = "fetch it again, signed in; the page in it says what went wrong"
_PAGE = "it is an HTML page, such as one that asks for a password or says what went wrong"
# How files begin that are no packages, what they are, and what helps.
_SIGNS = (
    (b"Rar!", "it is a RAR archive", _UNPACK),
    (b"7z\xbc\xaf", "it is a 7z archive", _UNPACK),
    (b"\xfd7zXZ", "it is an xz archive", _UNPACK),
    (b"BZh", "it is a bzip2 archive", _UNPACK),
    (b"PK", "it begins as a zip and does not end as one", "fetch or export it again; it was cut off on the way"),
    (GIT_LFS, "it is a pointer of Git LFS, not the file itself", "fetch the file with `git lfs pull`"),
    (b"%PDF", "it is a PDF", _EXPORT),
    (b"\xd0\xcf\x11\xe0", "it is an old Office document", _EXPORT),
    (b"<!doctype html", _PAGE, _FETCH),
    (b"<html", _PAGE, _FETCH),
    (b"<", "it is an XML document", _EXPORT),
    (b"{", "it is a JSON document", _EXPORT),
)
_ROOT = re.compile(rb"<(?:\w+:)?(%s)[\s>]" % b"|".join(MANIFESTS))


def open_container(path: Path, taker: Taker | None = None) -> Container:
    """Return what a path holds; where it can't be opened, that is among the findings and there are no files.

    What can only be read from its beginning, a tarball, gives each of its files to the `taker`, if there is one.
    """
    container = Container(printable(str(path)), path)
    place = Place(container.shown)
    try:
        if path.is_dir():
            _open_folder(container, path)
        elif not os.path.lexists(path):
            container.findings.append(messages.SOURCE_MISSING.at(Place(printable(str(path)))))
        elif not path.is_file():
            what = f"it is {special(path.stat().st_mode)}"
            container.findings.append(messages.NOT_A_PACKAGE.at(place, what=what, remedy=_EXPORT))
        else:
            _open_file(container, path, taker)
    except DAMAGED as error:
        if isinstance(error, OSError) and error.errno in _NOT_LET_IN:
            folder = container.holding is Holding.FOLDER
            message = messages.FOLDER_UNREADABLE if folder else messages.UNREADABLE
            container.findings.append(message.at(place, reason=_NOT_LET_IN[error.errno]))
            return container
        container.findings.append(messages.CONTAINER_DAMAGED.at(place, reason=reason_of(error)))
    return container


def _open_file(container: Container, path: Path, taker: Taker | None) -> None:
    stream = container.opened.enter_context(path.open("rb"))
    head = stream.read(4_096)
    packed = path.stat().st_size
    container.packed = packed
    if zipfile.is_zipfile(stream):
        open_zip(container, Guarded(stream, packed))
        return
    stream.seek(0)
    if head.startswith(_GZIP):
        most = min(LARGEST_PACKAGE, max(RATIO_COUNTS_FROM, HIGHEST_RATIO * packed))
        unpacked = container.opened.enter_context(gzip.GzipFile(fileobj=stream))
        open_tar(container, Guarded(cast("IO[bytes]", unpacked), most), packed, compressed=True, taker=taker)
    elif head[257:262] == b"ustar":
        open_tar(container, Guarded(stream, packed), packed, compressed=False, taker=taker)
    elif head.lstrip(BLANK).startswith(b"<") and (root := _ROOT.search(head)):
        _open_alone(container, MANIFESTS[root[1]], stream)
    elif path.name in MANIFESTS.values():
        _open_alone(container, path.name, stream)
    else:
        container.findings.append(_no_package(head, Place(container.shown)))


def _no_package(head: bytes, place: Place) -> Finding:
    head = head.lstrip(BLANK).lower()
    told = [(what, remedy) for sign, what, remedy in _SIGNS if head.startswith(sign.lower())]
    told += [("it begins like no archive", _EXPORT)] if head else [("it is empty", "fetch or export it again")]
    return messages.NOT_A_PACKAGE.at(place, what=told[0][0], remedy=told[0][1])


def _open_alone(container: Container, name: str, stream: IO[bytes]) -> None:
    container.holding = Holding.DOCUMENT
    container.sizes[name] = stream.seek(0, os.SEEK_END)

    def read(_: str) -> bytes:
        stream.seek(0)
        return stream.read(LARGEST_READ)

    container.reader = read
    container.checksums = lambda name: zlib.crc32(read(name))


def _open_folder(container: Container, path: Path) -> None:
    container.holding = Holding.FOLDER
    root = os.path.realpath(path)
    os.scandir(root).close()  # which raises where it may not be read: a walk would find nothing in it
    for count, (name, found) in enumerate(_walked(root)):
        if count > MOST_ENTRIES:
            break
        place = place_in(container.shown, name)
        target = os.path.realpath(found)
        if not Path(target).is_relative_to(root) or (Path(found).is_symlink() and not Path(target).exists()):
            container.findings.append(messages.ENTRY_IS_LINK.at(place))
        elif Path(target).is_file():
            container.sizes[name] = Path(target).stat().st_size
        elif not Path(target).is_dir():
            what = special(os.lstat(target).st_mode)
            container.findings.append(messages.ENTRY_NO_FILE.at(place, what=what))
    container.reader = lambda name: _read_file(Path(root, name))
    container.streams = lambda name: _opened(root, name)
    container.checksums = lambda name: _checksum(Path(root, name))
    judge_names(container, list(container.sizes), container.sizes.values())


def _opened(root: str, name: str) -> IO[bytes]:
    """Return a file of a folder, unless it has become a link that leads out of it. Raises KeyError."""
    found = Path(os.path.realpath(Path(root, name)))
    if not found.is_relative_to(root) or not found.is_file():
        raise KeyError(name)
    return found.open("rb")


def _walked(root: str) -> Iterator[tuple[str, str]]:
    """Yield what lies in a folder that is no folder itself, in the order of its names; links are not followed."""
    for folder, folders, files in os.walk(root):
        folders.sort()
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted([*files, *links]):
            found = Path(folder, name)
            yield found.relative_to(root).as_posix(), str(found)


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            found = zlib.crc32(piece, found)
    return found


def _read_file(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST_READ)
