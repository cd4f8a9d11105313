"""What earlier builds read, as readers ask for it: whatever is made of the same is not made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from coursewright.course.model import Unit

T = TypeVar("T")


def as_it_is(value: T) -> T:
    """Return a value."""
    return value


class Recall(Protocol):
    """Returns what is made of something by its name, which says all that it is made of; what is near is kept together.

    A value may be marked with its name, so that whoever makes something of it need not look into it.
    """

    def made(self, near: str, name: str, make: Callable[[], T]) -> T:
        """Return what has a name near some place; it is made if nobody knows it."""

    def made_all(
        self, wanted: Sequence[tuple[str, str]], make: Callable[[int], T], stow: Callable[[T], T] = as_it_is
    ) -> Sequence[T]:
        """Return what has each of some names near some place; what nobody knows is made of its number among them.

        It may be made by another process: whatever else is done on the way is forgotten. It is kept as `stow` returns
        it.
        """

    def mark(self, value: object, near: str, name: str) -> None:
        """Remember where a value is near, and its name."""

    def stowed(self, unit: Unit) -> Unit:
        """Return one of very many units so that it takes little memory."""


class Nothing:
    """Recalls nothing of other builds; `stow` returns a unit so that it takes little memory."""

    def __init__(self, stow: Callable[[Unit], Unit] = as_it_is) -> None:
        self.stowed = stow

    def made(self, near: str, name: str, make: Callable[[], T]) -> T:
        """Return what is made."""
        return make()

    def made_all(
        self, wanted: Sequence[tuple[str, str]], make: Callable[[int], T], stow: Callable[[T], T] = as_it_is
    ) -> Sequence[T]:
        """Return what is made of each number."""
        return [stow(make(number)) for number in range(len(wanted))]

    def mark(self, value: object, near: str, name: str) -> None:
        """Forget it."""


NOTHING = Nothing()
