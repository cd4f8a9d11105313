"""What stands around a unit on the map: what it requires, and what it opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from coursewright.course.model import Course, Identity, Unit


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The units right before a unit and right after it."""

    before: Sequence[Unit]
    after: Sequence[Unit]

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


class Neighbourhoods:
    """The neighbours of every unit of a course."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._opens: defaultdict[Identity, list[Unit]] = defaultdict(list)
        for step in course.steps:
            for need in step.needs:
                self._opens[need.identity].append(step.unit)

    def around(self, unit: Unit) -> Neighbours:
        """Return what stands around a unit."""
        return Neighbours(self._course.step(unit).needs, self._opens.get(unit.identity, ()))
