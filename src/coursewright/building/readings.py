"""What documents were read as, kept from one build to the next: after an edit, only what was edited is read again.

What is read of the documents of one folder is one entry of the cache. Each of its values is known by a name that says
all that it is made of: the bytes of its document, what the settings say of it, what is known of all other units.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from typing import Any, TypeVar

from coursewright.building.attic import Attic
from coursewright.building.cache import Cache
from coursewright.building.content import digest_of_content
from coursewright.building.digests import digest
from coursewright.building.spreading import Spread
from coursewright.course.model import Unit
from coursewright.course.packed import packed
from coursewright.frozen import slotted
from coursewright.readers.recall import as_it_is

_KIND = "readings"
_MOST = 5_000  # values of a folder that are kept: all of them are loaded for any of them
T = TypeVar("T")
V = TypeVar("V")


@slotted
class _Leaf:
    """The values of one folder by their names: those that were kept, and those that this build asked for."""

    kept: dict[str, Any]
    asked: dict[str, Any] = field(default_factory=dict)

    def knows(self, name: str) -> bool:
        return name in self.asked or name in self.kept

    def again(self, name: str) -> Any:
        if name not in self.asked:
            self.asked[name] = self.kept[name]
        return self.asked[name]

    def changed(self) -> bool:
        return self.asked.keys() != self.kept.keys()


@slotted
class Readings:
    """What was read, in a cache, by one program; of other sources, it is kept apart.

    Where a value is marked, so is what is made of it. `program` and `sources` are digests, `spread` says how many
    processes make what is not known.
    """

    cache: Cache
    program: str
    sources: str
    spread: Spread = field(default_factory=Spread)
    attic: Attic = field(default_factory=Attic)
    _leaves: dict[str, _Leaf] = field(default_factory=dict)
    _marked: dict[int, tuple[object, str, str]] = field(default_factory=dict)

    def made(self, near: str, name: str, make: Callable[[], T]) -> T:
        """Return what has a name near some place; it is made if no build before this one has."""
        return self.made_all([(near, name)], lambda _: make())[0]

    def made_all(
        self, wanted: Sequence[tuple[str, str]], make: Callable[[int], T], stow: Callable[[T], T] = as_it_is
    ) -> list[T]:
        """Return what has each of some names near some place; what no build has made before is made of its number."""
        return [*self.each(wanted, make, lambda _, found: stow(found))]

    def each(
        self, wanted: Sequence[tuple[str, str]], make: Callable[[int], T], stow: Callable[[int, T], T]
    ) -> Iterator[T]:
        """Yield the same; all are made before the first is stowed."""
        leaves = [self._leaves.get(near) or self._leaf(near) for near, _ in wanted]
        places = [(leaf, name) for leaf, (_, name) in zip(leaves, wanted, strict=True)]
        unknown = [number for number, (leaf, name) in enumerate(places) if not leaf.knows(name)]
        made = dict(zip(unknown, self.spread.made(lambda number: make(unknown[number]), len(unknown)), strict=True))
        for number, (leaf, name) in enumerate(places):
            if number in made:
                leaf.asked[name] = stow(number, made.pop(number))
            yield leaf.again(name)

    def mark(self, value: object, near: str, name: str) -> None:
        """Remember where a value is near, and its name."""
        self._marked[id(value)] = value, near, name

    def stowed(self, unit: Unit) -> Unit:
        """Return one of very many units with its body in an attic."""
        return packed(unit, self.attic.keep)

    def name_of(self, value: object) -> str:
        """Return the name of a value that was marked; an empty text for any other."""
        return self._marked[id(value)][2] if id(value) in self._marked else ""

    def followed(
        self,
        values: Sequence[V],
        what: str,
        make: Callable[[V], T],
        part: Callable[[T], object],
        stow: Callable[[V, T], T],
    ) -> Iterator[T]:
        """Yield what is made of each value, and mark a part of that; of values that are not marked, it is made anew.

        The name of the part says what is in it, so that it stays where an edit was of something else.
        """
        marked = [value for value in values if id(value) in self._marked]
        nearby = [self._marked[id(value)] for value in marked]
        wanted = [(near, digest(what, name)) for _, near, name in nearby]
        made = self.each(
            wanted,
            lambda number: self._with_content(make(marked[number]), part),
            lambda number, found: (stow(marked[number], found[0]), found[1]),
        )
        for value in values:
            if id(value) not in self._marked:
                yield stow(value, make(value))
                continue
            found, said = next(made)
            self.mark(part(found), self._marked[id(value)][1], said)
            yield found

    @staticmethod
    def _with_content(made: T, part: Callable[[T], object]) -> tuple[T, str]:
        return made, digest_of_content(part(made))

    def made_of_all(self, values: Sequence[object], what: str, make: Callable[[], T]) -> T:
        """Return what is made of several values, near the first."""
        names = [self.name_of(value) for value in values]
        if not all(names):
            return make()
        return self.made(self._marked[id(values[0])][1], digest(what, *names), make)

    def keep(self) -> None:
        """Keep what this build asked for, and let go of it; the names of marked values are still known."""
        for near, leaf in self._leaves.items():
            if leaf.changed() and len(leaf.asked) <= _MOST:
                self.cache.keep(_KIND, self._key(near), pickle.dumps(leaf.asked, pickle.HIGHEST_PROTOCOL))
        self._leaves.clear()

    def keep_marks_of(self, values: Iterable[object]) -> None:
        """Let go of all values that were marked, but for some."""
        self._marked = {id(value): self._marked[id(value)] for value in values if id(value) in self._marked}

    def _leaf(self, near: str) -> _Leaf:
        entry = self.cache.own(_KIND, self._key(near))
        leaf = self._leaves[near] = _Leaf(pickle.loads(entry) if entry else {})  # noqa: S301 - see Cache.own
        return leaf

    def _key(self, near: str) -> str:
        return digest(self.program, self.sources, near)
