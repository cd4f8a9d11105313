"""The files of a package that a preview shows, as they are asked for."""

from __future__ import annotations

import io
import os
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from coursewright.findings.finding import Severity
from coursewright.packages.files.budget import LARGEST_READ
from coursewright.packages.files.container import Container, Holding


class PackageError(Exception):
    """The package cannot be shown: `str(error)` says why."""


class ContainedFiles:
    """The files of an open container by path, whoever asks; some go by other names.

    A tarball gives one at a time.
    """

    def __init__(self, container: Container, names: Mapping[str, str] | None = None) -> None:
        self._container, self._names = container, names or {}
        self.lock = threading.RLock()
        weakref.finalize(self, container.close)

    @property
    def names(self) -> Iterable[str]:
        """The files by their names in the package."""
        return self._container.sizes

    def open(self, name: str) -> tuple[IO[bytes], int]:
        """Return a file and its size. Raises KeyError where there is none, and what a damaged package raises."""
        name = self._names.get(name, name)
        if self._container.holding not in (Holding.ZIP, Holding.FOLDER):
            return self._whole(name)
        stream, size = self._container.open(name)
        return stream, os.fstat(stream.fileno()).st_size if self._container.holding is Holding.FOLDER else size

    def _whole(self, name: str) -> tuple[IO[bytes], int]:
        if self._container.sizes[name] > LARGEST_READ:
            raise OSError("it is larger than the preview reads of a tarball")
        with self.lock:
            content = self._container.reader(name)
        return io.BytesIO(content), len(content)

    def read(self, name: str) -> bytes | None:
        """Return a file that is no larger than what is read of a package, or None."""
        return self._container.read(name) if name in self._container.sizes else None

    def close(self) -> None:
        """Close the package."""
        self._container.close()


def refusal(path: Path, container: Container) -> str:
    """Return why a package cannot be shown."""
    return next(_errors(container), f"{path}: is not a package that the preview can show")


def refuse_damaged(container: Container) -> None:
    """Raise PackageError where anything that an archive holds cannot be had; of a folder, that is only left out."""
    for error in _errors(container) if container.holding is not Holding.FOLDER else ():
        raise PackageError(error)


def _errors(container: Container) -> Iterator[str]:
    return (f"{one.place}: {one.text}" for one in container.found if one.severity is Severity.ERROR)
