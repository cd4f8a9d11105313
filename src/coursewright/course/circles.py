"""Circles: what waits, by however many steps, for itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def circles(reasons: Mapping[Node, Node]) -> Iterator[list[Node]]:
    """Yield the circles in which things wait, each once; of each it is known for which one it waits."""
    done: set[Node] = set()
    for start in reasons:
        path: dict[Node, None] = {}
        one: Node | None = start
        while one is not None and one not in done and one not in path:
            path[one] = None
            one = reasons.get(one)
        if one is not None and one in path:
            way = list(path)
            yield way[way.index(one) :]
        done.update(path)


def way_round(circle: Sequence[str], most: int) -> str:
    """Return the way around a circle, back to its first; in the middle of one with more than so many, … stands."""
    way = [*circle, circle[0]]
    return " → ".join([*way[:most], "…", way[-1]] if len(way) > most else way)
