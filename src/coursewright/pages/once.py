"""What is made once for all formats of a course, by what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Last:
    """Keeps what was made last, for what several files share that are written one after another."""

    def __init__(self) -> None:
        self._found: tuple[Hashable, Any] | None = None

    def made(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is made by a key: what was made last, if that was it."""
        if self._found is None or self._found[0] != key:
            self._found = key, make()
        found: T = self._found[1]
        return found


class Once:
    """Keeps what was made, for whoever asks for it again. One that does not `keep` makes everything anew.

    A key may hold the `id` of a value that is itself kept here.
    """

    def __init__(self, *, keep: bool = True) -> None:
        self.keep = keep
        self._made: dict[Hashable, Any] = {}

    def made(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is made by a key: what was made before, if anything was."""
        if not self.keep:
            return make()
        if key not in self._made:
            self._made[key] = make()
        found: T = self._made[key]
        return found


NEVER = Once(keep=False)
