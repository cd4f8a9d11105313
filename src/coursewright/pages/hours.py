"""The learning time of a course: in all, by kind, and of each unit beside the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coursewright.course.description import hours_of
from coursewright.course.identifiers import identifier
from coursewright.course.model import Course, Unit
from coursewright.course.values import Kind
from coursewright.pages import views
from coursewright.pages.renderer import Renderer


def hours_together(units: Sequence[Unit], renderer: Renderer) -> str:
    """Return the learning time of units in words, or nothing where none says any."""
    hours = [found for found in map(hours_of, units) if found is not None]
    if any(unit.kind is Kind.UNIT for unit in units) and hours:
        return renderer.minutes(sum(hours) * 60)
    return renderer.said("hours", hours=sum(hours)) if hours else ""


def course_hours(course: Course, renderer: Renderer) -> views.HoursView | None:
    """Return the learning time of a course, with its kinds where units name any; None where no unit says any."""
    total = hours_together(course.units, renderer)
    if not total:
        return None
    parts = renderer.kinds_of(_by_kind(course))
    return views.HoursView(total, parts if len(parts) > 1 else [])


def bars_of(course: Course) -> Mapping[str, Sequence[tuple[int, float]]]:
    """Return for each unit the kinds of its hours, by number from 1, in percent of the longest unit's time."""
    numbers = {kind: number for number, kind in enumerate(_by_kind(course), start=1)}
    longest = max((hours_of(unit) or 0 for unit in course.units), default=0)
    return {identifier(unit.identity): _bar(unit, numbers, longest) for unit in course.units} if longest else {}


def _bar(unit: Unit, numbers: Mapping[str, int], longest: float) -> list[tuple[int, float]]:
    total, whole = hours_of(unit) or 0, sum(unit.hours.breakdown.values())
    if not whole:
        return [(1, 100 * total / longest)] if total else []
    scale = 100 * total / longest / whole
    return [(numbers[kind], hours * scale) for kind, hours in unit.hours.breakdown.items() if hours]


def _by_kind(course: Course) -> dict[str, float]:
    kinds: dict[str, float] = {}
    for unit in course.units:
        for kind, hours in unit.hours.breakdown.items():
            if hours:
                kinds[kind] = kinds.get(kind, 0) + hours
    return kinds
