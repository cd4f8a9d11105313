"""The map of a course as a picture for an LMS: a unit a row, as narrow as a phone, lines in lanes beside the boxes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace

from markupsafe import Markup

from coursewright.course.identifiers import identifier
from coursewright.course.model import Course, Unit
from coursewright.frozen import frozen
from coursewright.pages.layers import direct, lanes
from coursewright.text.patterns import later

_BOX_HEIGHT, _GAP_Y, _MARGIN = 64, 16, 4
_BOX_WIDTH, _LINE, _LINES = 252, 33, 2  # in pixels, characters and lines
_COMMAND = later(r"([MCHml])([-\d ]+)")  # V says nothing of x
_MOST = 24  # units
_LANE, _MOST_LANES = 10, 9


@frozen
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


@frozen
class Map:
    """Boxes and the lines between them, as SVG path data."""

    width: int
    height: int
    boxes: Sequence[MapBox]
    curves: Sequence[str]
    box_width: int = _BOX_WIDTH
    box_height: int = _BOX_HEIGHT


def upright_map(course: Course, plain: Callable[[str], str]) -> Map | None:
    """Return the map of a course from top to bottom, a unit a row, as narrow as a phone; None where it is too large.

    Lines run in lanes beside the boxes, one for each unit that others require.
    """
    units = course.units
    if len(units) > _MOST:
        return None
    gates = direct(units, course)
    row = {unit.identity: number for number, unit in enumerate(units)}
    taken, count = lanes(gates)
    if not 0 < count <= _MOST_LANES:
        return None
    left, step = _MARGIN + (count + 1) * _LANE, _BOX_HEIGHT + _GAP_Y
    boxes = [_box(unit, plain(unit.title), left, _MARGIN + row[unit.identity] * step) for unit in units]
    ways = [
        _bracket(left, left - (taken[need] + 1) * _LANE, boxes[row[need]].y, boxes[row[name]].y)
        for name, needs in gates.items()
        for need in needs
    ]
    return Map(left + _BOX_WIDTH + _MARGIN, 2 * _MARGIN + len(units) * step - _GAP_Y, boxes, ways)


def _box(unit: Unit, title: str, x: int, y: int) -> MapBox:
    lines = textwrap.wrap(title, _LINE, max_lines=_LINES, placeholder="…", break_long_words=True)
    return MapBox(identifier(unit.identity), unit.id if unit.given_id else "", title, lines, x, y)


def _bracket(box: int, lane: int, above: int, below: int) -> str:
    """Return a line out of one box, down a lane, and with an arrow's head into a box further down."""
    start, end = above + _BOX_HEIGHT * 2 // 3, below + _BOX_HEIGHT // 3
    return f"M{box} {start}H{lane}V{end}H{box}m-5 -4l5 4l-5 4"


@frozen
class Drawn:
    """A map with its picture."""

    map: Map
    picture: Markup


def mirrored(map: Map) -> Map:
    """Return a map drawn from right to left."""
    return replace(
        map,
        boxes=[replace(box, x=map.width - map.box_width - box.x) for box in map.boxes],
        curves=[_COMMAND.sub(lambda found: _turned(found, map.width), curve) for curve in map.curves],
    )


def _turned(command: re.Match[str], width: int) -> str:
    """Return a command of a path with each x, which is every second number, counted from the other side.

    Small letters are for ways from where the pen is: those turn round.
    """
    numbers = [int(number) for number in command[2].split()]
    from_left = 0 if command[1].islower() else width
    return command[1] + " ".join(str(n if at % 2 else from_left - n) for at, n in enumerate(numbers))
