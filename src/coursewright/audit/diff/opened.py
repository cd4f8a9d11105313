"""A package of a comparison, opened when its files are asked for."""

from __future__ import annotations

from contextlib import ExitStack, closing
from functools import cached_property

from coursewright.audit.inspect import Inspection
from coursewright.packages.files.container import Container
from coursewright.packages.files.opening import open_container

_SETTINGS = ("settings.xml", "_meta.xml", "/module.xml", "/inforef.xml", "/roles.xml", "/grades.xml", "/grading.xml")


class OpenedPackage:
    """A package that was inspected, and its files; to be closed."""

    def __init__(self, package: Inspection) -> None:
        self.package = package
        self._stack = ExitStack()

    @cached_property
    def _container(self) -> Container:
        return self._stack.enter_context(closing(open_container(self.package.path)))

    def read(self, name: str, most: int) -> bytes:
        """Return a file of so many bytes at most, nothing where it is larger, or cannot be read."""
        return self._container.read(name, most) or b""

    def close(self) -> None:
        """Close the package, if it was opened."""
        self._stack.close()


def has_words(name: str, endings: tuple[str, ...]) -> bool:
    """Say whether a file with one of these endings may have words of an author, as settings beside a page have not."""
    return name.lower().endswith(endings) and not name.lower().endswith(_SETTINGS)
