"""The map of a course as a page shows it: links in a grid with lines between them, side by side or upright on a phone.

Both pictures belong to one list of links, which keeps the order of the course; the page's stylesheet chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from coursewright.course.model import Course, Unit
from coursewright.course.values import Identity
from coursewright.frozen import frozen
from coursewright.pages.layers import Spot, columns, direct, lanes, lines, rows

MOST_COLUMNS, MOST_ROWS, MOST_LANES = 7, 40, 7  # the stylesheet knows no more
MOST_CHARTED = 24  # units
WIDTH, _GAP = 1000, 36  # of the grid and between its columns, in units of the picture
_ROW = 10  # units of the picture a half row, of which a link takes two
_STEP, _LANE = 60, 10  # of the upright picture: a row, a lane
_IN_A_LINE, _TURN = 4, 14  # units in a row of a path, and how far a line runs out beside it


@frozen
class Extent:
    """A map side by side: `places` are the column and the first of two half rows of each unit, from 1."""

    columns: int
    rows: int
    places: Mapping[Identity, tuple[int, int]]
    curves: Sequence[str]

    @property
    def height(self) -> int:
        """The height of the picture, which is `WIDTH` wide and stretched over the grid."""
        return self.rows * _ROW


@frozen
class Upright:
    """A map of one unit a row: `lanes` is how many lines run beside each other."""

    lanes: int
    height: int
    curves: Sequence[str]

    @property
    def width(self) -> int:
        """The width of the picture, which stands beside the links."""
        return (self.lanes + 1) * _LANE


@frozen
class Chart:
    """The map of some units: `upright` is None where lines would be too many."""

    spread: Extent
    upright: Upright | None


def chart_of(course: Course) -> Chart | None:
    """Return the map of a course, or None where no unit opens another, or it would be too wide or too long."""
    units = course.units
    if len(units) > MOST_CHARTED or not any(step.needs for step in course.steps):
        return None
    gates = direct(units, course)
    alone = len(_tied(gates)) < len(units)
    spread = (_winding(units, gates) if alone else None) or _spread(units, gates) or _winding(units, gates)
    return Chart(spread, _upright(units, gates)) if spread else None


def _tied(gates: Mapping[Identity, Sequence[Identity]]) -> set[Identity]:
    """Return the units that require or open another."""
    return {name for unit, needs in gates.items() if needs for name in (unit, *needs)}


def _winding(units: Sequence[Unit], gates: Mapping[Identity, Sequence[Identity]]) -> Extent | None:
    """Return the map of units of which each waits for the one before or for none, in rows; None for others."""
    names = [unit.identity for unit in units]
    width = min(len(names), _IN_A_LINE)
    if any(list(gates[name]) not in ([], [before]) for before, name in pairwise(names)):
        return None
    spots = {name: (at % width + 1, at // width * 3 + 1) for at, name in enumerate(names)}
    pairs = [(spots[before], spots[name]) for before, name in pairwise(names) if gates[name]]
    curves = [_curve(pair, width) if pair[1][0] > 1 else _turn(*pair) for pair in pairs]
    return Extent(width, max(row for _, row in spots.values()) + 1, spots, curves)


def _turn(end: tuple[int, int], start: tuple[int, int]) -> str:
    """Return a line from the last link of a row to the first of the next, between the two."""
    above, below = end[1] * _ROW, start[1] * _ROW
    return f"M{WIDTH} {above}h{_TURN}V{(above + below) // 2}H-{_TURN}V{below}H0"


def _spread(units: Sequence[Unit], gates: Mapping[Identity, Sequence[Identity]]) -> Extent | None:
    tied = _tied(gates)
    linked = [unit for unit in units if unit.identity in tied]
    first = units.index(linked[0])
    before, after = (
        [unit.identity for unit in some if unit.identity not in tied] for some in (units[:first], units[first:])
    )
    known = {unit.identity: gates[unit.identity] for unit in linked}
    column = columns(linked, known)
    ways = lines(known, column)
    stacked = rows(column, ways)
    tallest = max(sum(map(_height, spots)) for spots in stacked)
    width = max(len(stacked), min(3, len(after)))
    above = -(-len(before) // width) * 2 + bool(before)  # an empty half row sets apart what stands alone
    tops = dict(_stacked(stacked, tallest, above))
    places = _in_rows(before, width, 1) | _in_rows(after, width, above + tallest + 2)
    places |= {unit.identity: tops[unit.identity] for unit in linked}
    height = max(above + tallest, *(row + 1 for _, row in places.values()))
    if width > MOST_COLUMNS or height > MOST_ROWS:
        return None
    return Extent(width, height, places, [_curve([tops[spot] for spot in way], width) for way in ways])


def _in_rows(names: Sequence[Identity], width: int, first: int) -> dict[Identity, tuple[int, int]]:
    """Return places side by side, from a half row on."""
    return {name: (at % width + 1, first + at // width * 2) for at, name in enumerate(names)}


def _height(spot: Spot) -> int:
    return 2 if isinstance(spot, Identity) else 1


def _stacked(stacked: Sequence[Sequence[Spot]], tallest: int, above: int) -> Iterable[tuple[Spot, tuple[int, int]]]:
    """Yield each spot with its column and its first half row, every column in the middle of the height."""
    for column, spots in enumerate(stacked, start=1):
        row = above + (tallest - sum(map(_height, spots))) // 2 + 1
        for spot in spots:
            yield spot, (column, row)
            row += _height(spot)


def _curve(places: Sequence[tuple[int, int]], width: int) -> str:
    """Return a line from the end of the first link to the start of the last, straight where it passes a column."""
    wide = (WIDTH - _GAP * (width - 1)) / width

    def edges(place: tuple[int, int], *, last: bool, first: bool) -> tuple[int, int, int]:
        left = round((place[0] - 1) * (wide + _GAP))
        middle = place[1] * _ROW if first or last else place[1] * _ROW - _ROW // 2
        return left, round(left + wide), middle

    spots = [edges(place, first=at == 0, last=at == len(places) - 1) for at, place in enumerate(places)]
    path = [f"M{spots[0][1]} {spots[0][2]}"]
    for number, ((_, right, y), (left, end, below)) in enumerate(pairwise(spots), start=2):
        bend = (right + left) // 2
        path.append(f"C{bend} {y} {bend} {below} {left} {below}")
        if number < len(spots):
            path.append(f"H{end}")
    return "".join(path)


def _upright(units: Sequence[Unit], gates: Mapping[Identity, Sequence[Identity]]) -> Upright | None:
    row = {unit.identity: number for number, unit in enumerate(units)}
    taken, count = lanes(gates)
    if count > MOST_LANES:
        return None
    edge = (count + 1) * _LANE
    curves = [
        f"M{edge} {row[need] * _STEP + _STEP * 2 // 3}H{edge - (taken[need] + 1) * _LANE}"
        f"V{row[name] * _STEP + _STEP // 3}H{edge}"
        for name, needs in gates.items()
        for need in needs
    ]
    return Upright(count, len(units) * _STEP, curves)


@frozen
class Emblem:
    """A course in a few strokes, for the head of its home: `dots` are places of units by their identity."""

    width: int
    height: int
    dots: Sequence[tuple[Identity, int, int]]
    curves: Sequence[str]


_DOT, _MOST_DOTS, _IN_A_ROW = 40, 40, 6


def emblem_of(course: Course, chart: Chart | None) -> Emblem | None:
    """Return the emblem of a course: its map, or the path of its units; None where these are too many, or one alone."""
    names = [unit.identity for unit in course.units]
    if not 1 < len(names) <= _MOST_DOTS:
        return None
    if chart:
        spots = {name: (column * 2 - 1, row) for name, (column, row) in chart.spread.places.items()}
        ways = [(need, name) for name, needs in direct(course.units, course).items() for need in needs]
    else:
        spots = {name: _turning(at) for at, name in enumerate(names)}
        ways = list(pairwise(names))
    dots = {name: (x * _DOT, y * _DOT // 2) for name, (x, y) in spots.items()}
    width, height = (max(dot[side] for dot in dots.values()) + _DOT // (1 + side) for side in (0, 1))
    curves = [_stroke(*dots[need], *dots[name]) for need, name in ways]
    return Emblem(width, height, [(name, *dots[name]) for name in names], curves)


def _turning(number: int) -> tuple[int, int]:
    """Return the place of a unit on a path that turns back at the end of each row."""
    row, at = divmod(number, _IN_A_ROW)
    return 2 * (at if row % 2 == 0 else _IN_A_ROW - 1 - at) + 1, 3 * row + 1


def _stroke(x: int, y: int, to_x: int, to_y: int) -> str:
    bend = (x + to_x) // 2
    return f"M{x} {y}C{bend} {y} {bend} {to_y} {to_x} {to_y}"
