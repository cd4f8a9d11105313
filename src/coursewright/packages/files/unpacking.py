"""Packages unpacked into a folder: piece by piece, no further than they may be read, and nowhere else."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.frozen import frozen
from coursewright.packages.files.container import DAMAGED, Container, Holding, reason_of
from coursewright.packages.files.names import place_in, printable
from coursewright.packages.files.opening import open_container
from coursewright.packages.files.paths import is_harmless

_PIECE = 1 << 20
# What a disk has against a single name, whatever else it takes.
_NAMES_REFUSED = {errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EINVAL, errno.EILSEQ}
_TOO_MUCH = (messages.TOO_MANY_FILES.code, messages.PACKAGE_TOO_LARGE.code, messages.ENTRIES_OVERLAP.code)


@frozen
class Unpacked:
    """A package as it lies in a folder; `findings` say what of it does not, and why.

    `source` is the folder with the source that the package carries, where it is one of ours that does.
    """

    folder: Path
    findings: tuple[Finding, ...] = ()
    source: Path | None = None


class _DamagedError(Exception):
    """A file of a package breaks off: `str(error)` says why."""


def unpack(package: Path, folder: Path) -> Unpacked:
    """Put the files of a package into an empty folder, and return it; a package that is a folder stays where it is."""
    filling = _Filling(str(package), folder)
    with closing(open_container(package, filling.add)) as container:
        is_too_much = any(found.code in _TOO_MUCH for found in container.findings)
        if container.holding is Holding.ZIP and not is_too_much:
            for name in container.sizes:
                filling.open(name, container)
        elif container.holding is Holding.DOCUMENT:
            for name in container.sizes:
                (folder / name).write_bytes(container.reader(name))
        wrong = [found for found in container.findings if found.severity is Severity.ERROR]
    where = package if container.holding is Holding.FOLDER else folder
    return Unpacked(where, (*wrong, *filling.findings))


@dataclass
class _Filling:
    """A folder that is filled with the files of a package, as they come."""

    shown: str
    folder: Path
    findings: list[Finding] = field(default_factory=list)

    def open(self, name: str, container: Container) -> None:
        """Write a file of a zip; where not even its beginning can be read, it is left out with a finding."""
        try:
            stream = container.streams(name)
        except DAMAGED as error:
            self._refuse(name, reason_of(error))
        else:
            self.add(name, stream)

    def add(self, name: str, stream: IO[bytes]) -> None:
        """Write a file; what is damaged, or what the disk has no name for, is left out with a finding."""
        target = self.folder / name
        if not is_harmless(name):
            return  # that was said when the package was opened
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as written:
                written.writelines(_pieces(stream))
        except _DamagedError as error:
            target.unlink(missing_ok=True)
            self._refuse(name, str(error))
        except OSError as error:
            if error.errno not in _NAMES_REFUSED:
                raise
            self._refuse(name, error.strerror or "its name cannot be written")
        finally:
            stream.close()

    def _refuse(self, name: str, reason: str) -> None:
        place = place_in(printable(self.shown), name)
        self.findings.append(messages.ENTRY_DAMAGED.at(place, reason=reason))


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield a file in pieces. Raises _DamagedError where it breaks off."""
    try:
        while piece := stream.read(_PIECE):
            yield piece
    except DAMAGED as error:
        raise _DamagedError(reason_of(error)) from error
