"""The competencies of a course: which units work on each, how far they take it, and how far that is in the end."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coursewright.course.identifiers import identifier
from coursewright.course.model import Course
from coursewright.frozen import frozen
from coursewright.pages.renderer import Renderer
from coursewright.text.names import known_as
from coursewright.text.phrases import LEVELS, level


@frozen
class Reach:
    """How far a unit takes a competency: `level` on the scale, 0 for a target in other words."""

    unit: str
    id: str
    title: Markup
    target: Markup
    level: int


@frozen
class Row:
    """A competency, with the units that work on it."""

    name: Markup
    reaches: Sequence[Reach]

    @property
    def level(self) -> int:
        """The highest level that a unit takes it to, 0 where none names a level."""
        return max(reach.level for reach in self.reaches)


@frozen
class Reached:
    """The competencies that a course takes to a level, by its name; without one to a target in other words.

    `word` is what an author writes for it.
    """

    level: int
    name: str
    word: str
    rows: Sequence[Row]


def competencies_of(course: Course, renderer: Renderer) -> list[Row]:
    """Return the competencies in the order in which the units name them."""
    found: dict[str, tuple[str, list[Reach]]] = {}
    for unit in course.units:
        for row in unit.competencies:
            _, reaches = found.setdefault(known_as(row.name), (row.name, []))
            name, title, target = identifier(unit.identity), renderer.inline(unit.title), renderer.inline(row.target)
            reaches.append(Reach(name, unit.id if unit.given_id else "", title, target, level(row.target)))
    return [Row(renderer.inline(name), reaches) for name, reaches in found.values()]


def by_level(rows: Sequence[Row], renderer: Renderer) -> list[Reached]:
    """Return competencies by the highest level that is reached, the highest first."""
    found = {rank: [row for row in rows if row.level == rank] for rank in range(len(LEVELS), -1, -1)}
    words = ("", *LEVELS)
    names = ["", *(renderer.labels[f"level_{name}"] for name in LEVELS)]
    return [Reached(rank, names[rank], words[rank], some) for rank, some in found.items() if some]
