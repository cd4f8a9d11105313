"""A course's prerequisites in layers: which unit stands in which column and where, and how lines run between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from coursewright.course.model import Course, Unit
from coursewright.course.values import Identity

_SWEEPS = 4

Spot = Identity | tuple[Identity, Identity, int]
"""A place in a column: a unit, or where the line between two distant units passes through."""


def gates_among(units: Sequence[Unit], course: Course) -> dict[Identity, list[Identity]]:
    """Return for each of some units those of them that it requires."""
    inside = {unit.identity for unit in units}
    return {unit.identity: [n.identity for n in course.step(unit).needs if n.identity in inside] for unit in units}


def direct(units: Sequence[Unit], course: Course) -> dict[Identity, list[Identity]]:
    """Return the gates among units, but for those that follow from others: what is required by way of another."""
    gates = gates_among(units, course)
    before: dict[Identity, set[Identity]] = {}
    for unit in units:
        before[unit.identity] = set(gates[unit.identity]).union(*(before.get(n, set()) for n in gates[unit.identity]))
    return {
        name: [need for need in needs if not any(need in before.get(other, ()) for other in needs)]
        for name, needs in gates.items()
    }


def columns(units: Iterable[Unit], gates: Mapping[Identity, Sequence[Identity]]) -> dict[Identity, int]:
    """Return the column of each unit; the units come in an order in which requirements stand first.

    A unit that requires nothing stands just before the first that needs it.
    """
    columns: dict[Identity, int] = {}
    earliest: dict[Identity, int] = {}
    for unit in units:
        columns[unit.identity] = max((columns[need] + 1 for need in gates[unit.identity]), default=0)
        for need in gates[unit.identity]:
            earliest[need] = min(earliest.get(need, columns[unit.identity]), columns[unit.identity])
    for name, follower in earliest.items():
        if not gates[name]:
            columns[name] = follower - 1
    return columns


def lines(gates: Mapping[Identity, Sequence[Identity]], columns: Mapping[Identity, int]) -> list[list[Spot]]:
    """Return for each gate the spots its line passes, one in every column."""
    return [
        [need, *((need, name, at) for at in range(columns[need] + 1, columns[name])), name]
        for name, needs in gates.items()
        for need in needs
    ]


def rows(columns: Mapping[Identity, int], lines: Sequence[Sequence[Spot]]) -> list[list[Spot]]:
    """Return the spots of each column from top to bottom, neighbours in line as far as a few sweeps can see to it."""
    rows: list[list[Spot]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for name, column in columns.items():
        rows[column].append(name)
    beside: defaultdict[Spot, list[Spot]] = defaultdict(list)
    for line in lines:
        for spot in line[1:-1]:
            rows[spot[2]].append(spot)  # type: ignore[misc]
        for one, other in pairwise(line):
            beside[one].append(other)
            beside[other].append(one)
    for sweep in range(_SWEEPS):
        for column in range(len(rows)) if sweep % 2 == 0 else reversed(range(len(rows))):
            _settle(rows, column, beside)
    return rows


def _settle(rows: list[list[Spot]], column: int, beside: Mapping[Spot, Sequence[Spot]]) -> None:
    """Order a column by where the neighbours of its spots stand on average."""
    heights = {
        spot: (row + 0.5) / len(spots)
        for at in (column - 1, column, column + 1)
        if 0 <= at < len(rows)
        for spots in [rows[at]]
        for row, spot in enumerate(spots)
    }

    def wanted(spot: Spot) -> float:
        neighbours = beside.get(spot, ())
        return sum(heights[other] for other in neighbours) / len(neighbours) if neighbours else heights[spot]

    rows[column].sort(key=wanted)


def lanes(gates: Mapping[Identity, Sequence[Identity]]) -> tuple[dict[Identity, int], int]:
    """Return a lane for each unit that others require, and how many lanes that are; a row holds one unit.

    Lines end at the last unit that requires theirs, short ones run next to the boxes, and no two in a lane meet. One
    may begin in the row in which another ends: lines leave a row below where they enter it.
    """
    row = {name: number for number, name in enumerate(gates)}
    spans: dict[Identity, tuple[int, int]] = {}
    for name, needs in gates.items():
        spans |= {need: (row[need], row[name]) for need in needs}
    taken: list[list[tuple[int, int]]] = []
    lanes: dict[Identity, int] = {}
    for name, (first, end) in sorted(spans.items(), key=lambda found: (found[1][1] - found[1][0], found[1])):
        free = (n for n, used in enumerate(taken) if all(end <= start or stop <= first for start, stop in used))
        lane = next(free, len(taken))
        taken[lane:] = taken[lane:] or [[]]
        taken[lane].append((first, end))
        lanes[name] = lane
    return lanes, len(taken)
