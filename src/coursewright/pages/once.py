"""What is made once for all formats of a course, by what it is made of; some of it once for many builds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from hashlib import sha256
from typing import Any, TypeVar

from coursewright.course.model import Unit
from coursewright.course.values import Identity

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


class Lasting:
    """What earlier builds made for a course in the same dress, by names that say all else that it is made of.

    `before` is what they made, `units` are the names of units, each of which says what is in it. What this build does
    not ask for is let go of.
    """

    def __init__(self, before: Mapping[str, Any] | None = None, units: Mapping[Identity, str] | None = None) -> None:
        self.before = before or {}
        self.asked: dict[str, Any] = {}
        self.units = units or {}

    def made(self, name: str, make: Callable[[], T]) -> T:
        """Return what has a name; it is made if no build before this one has."""
        if name not in self.asked:
            self.asked[name] = self.before[name] if name in self.before else make()
        found: T = self.asked[name]
        return found


class Once:
    """Keeps what was made, for whoever asks for it again. One that does not `keep` makes everything anew.

    A key may hold the `id` of a value that is itself kept here. What is `lasting` is kept from build to build.
    """

    def __init__(self, *, keep: bool = True, lasting: Lasting | None = None) -> None:
        self.keep = keep
        self._made: dict[Hashable, Any] = {}
        self._lasting = lasting

    def made(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is made by a key: what was made before, if anything was."""
        if not self.keep:
            return make()
        if key not in self._made:
            self._made[key] = make()
        found: T = self._made[key]
        return found

    def lasting(self, make: Callable[[], T], *said: str) -> T:
        """Return what is made of what is `said`, which is all, but for the dress of the course."""
        if self._lasting is None:
            return make()
        return self._lasting.made(sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest(), make)

    def of_unit(self, unit: Unit, make: Callable[[], T], *what: str) -> T:
        """Return what is made of a unit; that is lasting where a unit has no parts, which may lead to other units."""
        name = self._lasting.units.get(unit.identity) if self._lasting and not unit.parts else None
        return self.lasting(make, name, *what) if name else make()


NEVER = Once(keep=False)
