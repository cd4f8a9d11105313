"""Circles: what waits, by however many steps, for itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


def circles(waits: Mapping[Node, Iterable[Node]]) -> Iterator[list[Node]]:
    """Yield circles in which things wait, each once, and everything that is on one in at least one of them.

    Each begins with what stands first, and they come in the order of what they begin with, but within a knot of them.
    """
    known = {one: list(dict.fromkeys(others)) for one, others in waits.items()}
    order = {one: number for number, one in enumerate(known)}
    for knot in knots(known):
        left, inside = dict.fromkeys(knot), frozenset(knot)
        while left:
            circle = _shortest(next(iter(left)), inside, known)
            for one in circle:
                left.pop(one, None)
            first = min(range(len(circle)), key=lambda place: order[circle[place]])
            yield [*circle[first:], *circle[:first]]


def knots(waits: Mapping[Node, Sequence[Node]]) -> list[list[Node]]:
    """Return the sets of things that all wait for each other, and each set, in the order that the things came in."""
    order = {one: number for number, one in enumerate(waits)}
    found = (sorted(knot, key=order.__getitem__) for knot in _Knots(waits).found())
    return sorted(found, key=lambda knot: order[knot[0]])


def _shortest(start: Node, inside: Collection[Node], waits: Mapping[Node, Sequence[Node]]) -> list[Node]:
    came_from: dict[Node, Node | None] = {start: None}
    waiting = deque([start])
    while waiting:
        one = waiting.popleft()
        for other in waits[one]:
            if other == start:
                return _way_back(one, came_from)
            if other in inside and other not in came_from:
                came_from[other] = one
                waiting.append(other)
    raise ValueError(f"{start} is on no circle")


def _way_back(end: Node, came_from: Mapping[Node, Node | None]) -> list[Node]:
    way, one = [end], came_from[end]
    while one is not None:
        way.append(one)
        one = came_from[one]
    return way[::-1]


class _Knots(Generic[Node]):
    """The sets of things that all wait for each other (Tarjan's strongly connected components)."""

    def __init__(self, waits: Mapping[Node, Sequence[Node]]) -> None:
        self._waits = waits
        self._number: dict[Node, int] = {}
        self._low: dict[Node, int] = {}
        self._path: dict[Node, None] = {}

    def found(self) -> Iterator[list[Node]]:
        """Yield them, and none of one thing that does not wait for itself."""
        for root in self._waits:
            if root not in self._number:
                yield from self._from(root)

    def _from(self, root: Node) -> Iterator[list[Node]]:
        work = [self._entered(root)]
        while work:
            one, others = work[-1]
            other = next((found for found in others if found in self._waits), None)
            if other is None:
                work.pop()
                if work:
                    above = work[-1][0]
                    self._low[above] = min(self._low[above], self._low[one])
                if self._low[one] == self._number[one]:
                    yield from self._left(one)
            elif other not in self._number:
                work.append(self._entered(other))
            elif other in self._path:
                self._low[one] = min(self._low[one], self._number[other])

    def _entered(self, one: Node) -> tuple[Node, Iterator[Node]]:
        self._number[one] = self._low[one] = len(self._number)
        self._path[one] = None
        return one, iter(self._waits[one])

    def _left(self, one: Node) -> Iterator[list[Node]]:
        knot: list[Node] = []
        while one not in knot[-1:]:
            knot.append(self._path.popitem()[0])
        if len(knot) > 1 or one in self._waits[one]:
            yield knot


def way_round(circle: Sequence[str], most: int) -> str:
    """Return the way around a circle, back to its first; in the middle of one with more than so many, … stands."""
    way = [*circle, circle[0]]
    return " → ".join([*way[:most], "…", way[-1]] if len(way) > most else way)
