"""The map of a course: its prerequisite graph laid out in columns, each unit to the right of all that it requires."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup

from coursewright.course.identifiers import identifier
from coursewright.course.model import Course, Identity, Unit

_BOX_WIDTH, _BOX_HEIGHT = 168, 64
_GAP_X, _GAP_Y, _MARGIN = 48, 16, 4
_LINE, _LINES = 21, 2  # characters, and lines, that a box has room for
_SWEEPS = 4
_COMMAND = re.compile(r"([MCHml])([-\d ]+)")  # V says nothing of x
_MOST = 24  # units on the map of one of them
_MOST_DRAWN = 200  # units on any map
_UPRIGHT_WIDTH, _UPRIGHT_LINE = 252, 33  # of a box on an upright map, in pixels and characters
_LANE, _MOST_LANES = 10, 9


@dataclass(frozen=True, slots=True)
class MapBox:
    """A unit on the map; `x` and `y` are its upper left corner, `lines` its title cut to fit.

    `id` is empty where its author gave it none.
    """

    unit: str
    id: str
    title: str
    lines: Sequence[str]
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Map:
    """Boxes and the curves between them, as SVG path data; `words` pairs each box with the ids that it requires."""

    width: int
    height: int
    boxes: Sequence[MapBox]
    curves: Sequence[str]
    words: Sequence[tuple[MapBox, Sequence[str]]]
    box_width: int = _BOX_WIDTH
    box_height: int = _BOX_HEIGHT


# A place in a column: a unit, or where the line between two distant units passes through.
_Spot = Identity | tuple[Identity, Identity, int]


def course_map(course: Course, units: Sequence[Unit], plain: Callable[[str], str]) -> Map:
    """Return the map of some units of a course."""
    gates = _direct(units, course)
    columns = _columns(units, gates)
    lines = _lines(gates, columns)
    rows = _rows(columns, lines)
    places = {spot: (column, row) for column, spots in enumerate(rows) for row, spot in enumerate(spots)}
    tallest = max((len(spots) for spots in rows), default=0)

    def corner(spot: _Spot) -> tuple[int, int]:
        column, row = places[spot]
        free = (tallest - len(rows[column])) * (_BOX_HEIGHT + _GAP_Y) // 2
        return _MARGIN + column * (_BOX_WIDTH + _GAP_X), _MARGIN + free + row * (_BOX_HEIGHT + _GAP_Y)

    boxes = [_box(unit, plain(unit.title), *corner(unit.identity)) for unit in units]
    needs = [[_name(required, plain) for required in course.step(unit).needs] for unit in units]
    return Map(
        width=2 * _MARGIN + len(rows) * (_BOX_WIDTH + _GAP_X) - _GAP_X if rows else 0,
        height=2 * _MARGIN + tallest * (_BOX_HEIGHT + _GAP_Y) - _GAP_Y if rows else 0,
        boxes=boxes,
        curves=[_curve([corner(spot) for spot in line]) for line in lines],
        words=list(zip(boxes, needs, strict=True)),
    )


def _box(unit: Unit, title: str, x: int, y: int, line: int = _LINE) -> MapBox:
    lines = textwrap.wrap(title, line, max_lines=_LINES, placeholder="…", break_long_words=True)
    return MapBox(identifier(unit.identity), unit.id if unit.given_id else "", title, lines, x, y)


def _name(unit: Unit, plain: Callable[[str], str]) -> str:
    return unit.named(plain(unit.title))


def upright_map(course: Course, plain: Callable[[str], str]) -> Map | None:
    """Return the map of a course from top to bottom, a unit a row, as narrow as a phone; None where it is too large.

    Lines run in lanes beside the boxes, one for each unit that others require.
    """
    units = course.units
    gates = _direct(units, course)
    row = {unit.identity: number for number, unit in enumerate(units)}
    last: dict[Identity, int] = {}
    for name, needs in gates.items():
        last |= {need: max(last.get(need, 0), row[name]) for need in needs}
    lanes = _lanes({need: (row[need], end) for need, end in last.items()})
    count = max(lanes.values(), default=-1) + 1
    if not 0 < count <= _MOST_LANES or len(units) > _MOST:
        return None
    left, step = _MARGIN + (count + 1) * _LANE, _BOX_HEIGHT + _GAP_Y
    boxes = [_box(unit, plain(unit.title), left, _MARGIN + row[unit.identity] * step, _UPRIGHT_LINE) for unit in units]
    ways = [
        _bracket(left, left - (lanes[need] + 1) * _LANE, boxes[row[need]].y, boxes[row[name]].y)
        for name, needs in gates.items()
        for need in needs
    ]
    words = [[_name(required, plain) for required in course.step(unit).needs] for unit in units]
    height = 2 * _MARGIN + len(units) * step - _GAP_Y
    width = left + _UPRIGHT_WIDTH + _MARGIN
    return Map(width, height, boxes, ways, list(zip(boxes, words, strict=True)), box_width=_UPRIGHT_WIDTH)


def _lanes(spans: Mapping[Identity, tuple[int, int]]) -> dict[Identity, int]:
    """Return a lane for each span of rows, short ones next to the boxes, so that no two in a lane meet."""
    taken: list[list[tuple[int, int]]] = []
    lanes: dict[Identity, int] = {}
    for name, (first, end) in sorted(spans.items(), key=lambda found: (found[1][1] - found[1][0], found[1])):
        free = (n for n, used in enumerate(taken) if all(end < start or stop < first for start, stop in used))
        lane = next(free, len(taken))
        taken[lane:] = taken[lane:] or [[]]
        taken[lane].append((first, end))
        lanes[name] = lane
    return lanes


def _bracket(box: int, lane: int, above: int, below: int) -> str:
    """Return a line out of one box, down a lane, and with an arrow's head into a box further down."""
    start, end = above + _BOX_HEIGHT * 2 // 3, below + _BOX_HEIGHT // 3
    return f"M{box} {start}H{lane}V{end}H{box}m-5 -4l5 4l-5 4"


def _direct(units: Sequence[Unit], course: Course) -> dict[Identity, list[Identity]]:
    """Return the gates among units, but for those that follow from others: what is required by way of another."""
    inside = {unit.identity for unit in units}
    gates = {unit.identity: [n.identity for n in course.step(unit).needs if n.identity in inside] for unit in units}
    before: dict[Identity, set[Identity]] = {}
    for unit in units:
        before[unit.identity] = set(gates[unit.identity]).union(*(before.get(n, set()) for n in gates[unit.identity]))
    return {
        name: [need for need in needs if not any(need in before.get(other, ()) for other in needs)]
        for name, needs in gates.items()
    }


def _columns(units: Iterable[Unit], gates: Mapping[Identity, Sequence[Identity]]) -> dict[Identity, int]:
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


def _lines(gates: Mapping[Identity, Sequence[Identity]], columns: Mapping[Identity, int]) -> list[list[_Spot]]:
    """Return for each gate the spots its line passes, one in every column."""
    return [
        [need, *((need, name, at) for at in range(columns[need] + 1, columns[name])), name]
        for name, needs in gates.items()
        for need in needs
    ]


def _rows(columns: Mapping[Identity, int], lines: Sequence[Sequence[_Spot]]) -> list[list[_Spot]]:
    """Return the spots of each column from top to bottom, neighbours in line as far as a few sweeps can see to it."""
    rows: list[list[_Spot]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for name, column in columns.items():
        rows[column].append(name)
    beside: defaultdict[_Spot, list[_Spot]] = defaultdict(list)
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


def _settle(rows: list[list[_Spot]], column: int, beside: Mapping[_Spot, Sequence[_Spot]]) -> None:
    """Order a column by where the neighbours of its spots stand on average."""
    heights = {
        spot: (row + 0.5) / len(spots)
        for at in (column - 1, column, column + 1)
        if 0 <= at < len(rows)
        for spots in [rows[at]]
        for row, spot in enumerate(spots)
    }

    def wanted(spot: _Spot) -> float:
        neighbours = beside.get(spot, ())
        return sum(heights[other] for other in neighbours) / len(neighbours) if neighbours else heights[spot]

    rows[column].sort(key=wanted)


def _curve(corners: Sequence[tuple[int, int]]) -> str:
    """Return a line from the right side of the first box to the left side of the last, straight between columns."""
    middle = _BOX_HEIGHT // 2
    x, y = corners[0][0] + _BOX_WIDTH, corners[0][1] + middle
    path = [f"M{x} {y}"]
    for number, (left, top) in enumerate(corners[1:], start=2):
        bend = (x + left) // 2
        path.append(f"C{bend} {y} {bend} {top + middle} {left} {top + middle}")
        x, y = left, top + middle
        if number < len(corners):
            x += _BOX_WIDTH
            path.append(f"H{x}")
    return "".join(path)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map with its picture and its words as HTML, which every page of a small course shows alike."""

    map: Map
    picture: Markup
    words: Markup

    def box(self, unit: Unit) -> MapBox:
        """Return the box of one of its units."""
        return next(box for box in self.map.boxes if box.unit == identifier(unit.identity))


def mirrored(map: Map) -> Map:
    """Return a map drawn from right to left."""
    boxes = {box.unit: replace(box, x=map.width - map.box_width - box.x) for box in map.boxes}
    return replace(
        map,
        boxes=list(boxes.values()),
        curves=[_COMMAND.sub(lambda found: _turned(found, map.width), curve) for curve in map.curves],
        words=[(boxes[box.unit], needs) for box, needs in map.words],
    )


def _turned(command: re.Match[str], width: int) -> str:
    """Return a command of a path with each x, which is every second number, counted from the other side.

    Small letters are for ways from where the pen is: those turn round.
    """
    numbers = [int(number) for number in command[2].split()]
    from_left = 0 if command[1].islower() else width
    return command[1] + " ".join(str(n if at % 2 else from_left - n) for at, n in enumerate(numbers))


class Maps:
    """The maps for the units of a course: all of a small course, of a large one what a unit requires and opens."""

    def __init__(self, course: Course, plain: Callable[[str], str], draw: Callable[[Map], Drawn]) -> None:
        self._course, self._plain, self._draw = course, plain, draw
        self._order = {unit.identity: number for number, unit in enumerate(course.units)}
        self._opens: defaultdict[Identity, list[Unit]] = defaultdict(list)
        for step in course.steps:
            for need in step.needs:
                self._opens[need.identity].append(step.unit)
        self.whole = self._drawn(course.units) if self._opens and len(course.units) <= _MOST_DRAWN else None

    def around(self, unit: Unit) -> Drawn | None:
        """Return the map for a unit, or None where no gate leads to it or from it, or more than a map can show."""
        near = [*self._course.step(unit).needs, *self._opens.get(unit.identity, ())]
        if not near or len(near) > _MOST_DRAWN:
            return None
        if self.whole and len(self._course.units) <= _MOST:
            return self.whole
        return self._drawn(sorted([unit, *near], key=lambda other: self._order[other.identity]))

    def _drawn(self, units: Sequence[Unit]) -> Drawn:
        return self._draw(course_map(self._course, units, self._plain))
