"""A package: files by path, written as a zip that is the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import field
from pathlib import Path
from typing import IO

from coursewright.course.assets import Asset
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import slotted
from coursewright.packages.files.long_document import LongDocument
from coursewright.packages.files.written import WrittenDocument
from coursewright.packages.files.zipping import Shrunk, ZipWriter
from coursewright.text.names import is_safe

Content = bytes | Callable[[], bytes]
Kept = tuple[str, str]
"""Something in a package that an LMS keeps, whatever is imported later: its kind and its title."""
_PIECE = 1 << 20
_GROWN = 3_000_000  # bytes of the documents that keep their trees, which take ten times the memory
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@slotted
class Package:
    """Files in the order they stand in the zip. A file's content may be made only when it is written, and a long
    document is compressed already.

    `name` is the file name of the package, without a folder. `companions` are files to stand beside it, for what the
    package itself cannot carry. A `bare` one is its only file, in no zip; an `unzipped` one is written as a folder.
    `kept` is what the LMS keeps of it after a later import, by identifiers. `stored` are the paths of what is
    compressed already.
    """

    name: str
    files: list[tuple[str, Content]] = field(default_factory=list)
    companions: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    bare: bool = False
    unzipped: bool = False
    grown: int = 0
    """The bytes of the documents that came with their trees."""

    def add(self, path: str, content: Content, *, stored: bool = False) -> None:
        """Add a file under a path with forward slashes; one that is `stored` is not compressed."""
        if isinstance(content, WrittenDocument):
            self.grown += len(content)
            content = content if self.grown <= _GROWN else bytes(content)
        self.files.append((path, content))
        if stored:
            self.stored.add(path)

    @property
    def paths(self) -> list[str]:
        """The paths of all files, in order."""
        return [path for path, _ in self.files]

    def problems(self) -> list[Finding]:
        """Return a finding for each path that is unsafe, or that stands twice when capitals do not count."""
        place, paths = Place(self.name), self.paths
        found = [messages.PATH_UNSAFE.at(place, name=path) for path in paths if not is_safe(path)]
        seen: set[str] = set()
        for path in paths if len({path.lower() for path in paths}) < len(paths) else ():
            if path.lower() in seen:
                found.append(messages.PATH_TWICE.at(place, name=path))
            seen.add(path.lower())
        return found


def write_zip(package: Package, target: Path, known: Shrunk | None = None) -> tuple[int, str]:
    """Write the package to a file, whole or not at all; return its size in bytes and its SHA-256 in hexadecimal.

    Files whose compressed form is `known` are not compressed anew. The package has no files afterwards: each is let go
    of as it is written.
    """
    with replaced(target) as stream:
        _fill(stream, package, _handed_over(package), known)
    with target.open("rb") as stream:
        return target.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest()


def write_folder(package: Package, target: Path) -> int:
    """Write the package as a new folder, and return how many bytes its files have."""
    size = 0
    for path, content in package.files:
        with replaced(target / path) as stream:
            if file := _file_of(content):
                with file.open("rb") as found:
                    shutil.copyfileobj(found, stream, _PIECE)
            else:
                stream.write(whole(content))
            size += stream.tell()
    return size


def whole(content: Content) -> bytes:
    """Return the bytes of a content, which may be made now."""
    return content if isinstance(content, bytes) else content()


def asset_of(content: Content) -> Asset | None:
    """Return the picture or file of an author's that a content is; None for what is made."""
    asset = getattr(content, "__self__", None)
    return asset if isinstance(asset, Asset) else None


def _file_of(content: Content) -> Path | None:
    """Return the file that is packed as it is, so that it need not be in memory."""
    asset = asset_of(content)
    return Path(asset.source) if asset and asset.is_file else None


def move_folder(source: Path, target: Path) -> None:
    """Let each file of one folder take the place of that in another.

    In folders within it, what the first does not have is deleted; what else lies there, such as the CNAME of a site,
    stays.
    """
    own = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    for path in sorted(own):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).replace(target / path)
    _clear(own, target)


def _clear(own: set[str], target: Path) -> None:
    """Delete what earlier builds put into a folder, and this one has not."""
    for top in sorted({path.split("/")[0] for path in own if "/" in path}):
        for root, _, names in os.walk(target / top, topdown=False):
            for path in (Path(root, name) for name in names):
                if path.relative_to(target).as_posix() not in own:
                    path.unlink()
            if not any(Path(root).iterdir()):
                Path(root).rmdir()


def zipped(package: Package) -> bytes:
    """Return the zip of a small package, such as one that goes into another."""
    stream = io.BytesIO()
    _fill(stream, package, package.files)
    return stream.getvalue()


def _handed_over(package: Package) -> Iterator[tuple[str, Content]]:
    """Yield the files of a package, which forgets each."""
    left = deque(package.files)
    package.files.clear()
    while left:
        yield left.popleft()


def _fill(
    stream: IO[bytes], package: Package, files: Iterable[tuple[str, Content]], known: Shrunk | None = None
) -> None:
    if package.bare:
        stream.writelines(whole(content) for _, content in files)
        return
    archive = ZipWriter(stream, zip_time(os.environ.get("SOURCE_DATE_EPOCH", "")), known)
    for path, content in files:
        if path in package.stored and (file := _file_of(content)):
            archive.add_file(path, file)
        elif isinstance(content, LongDocument):
            archive.add_long(path, content)
        else:
            archive.add(path, whole(content), stored=path in package.stored)
    archive.close()


def zip_time(epoch: str) -> tuple[int, int, int, int, int, int]:
    """Return the time every entry bears: SOURCE_DATE_EPOCH in seconds, or the first moment a zip can hold."""
    if not epoch.isdigit():
        return _ZIP_EPOCH
    moment = time.gmtime(min(int(epoch), 4_354_819_198))
    return max(_ZIP_EPOCH, (moment[0], moment[1], moment[2], moment[3], moment[4], moment[5]))


@contextmanager
def replaced(target: Path) -> Iterator[IO[bytes]]:
    """Open a new file that takes the target's place when all went well, and vanishes otherwise."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as stream:
            yield stream
        draft.replace(target)
    except OSError as error:
        error.filename = error.filename or str(target)  # a full disk names no file
        raise
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
