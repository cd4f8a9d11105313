"""What metadata say of a unit or a course, whatever the binding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coursewright.course.model import Course, Step


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a unit or a course, as plain text.

    `levels` pairs a competency with its target; `hours` is the typical learning time.
    """

    identifier: str
    title: str
    summary: str = ""
    keywords: Sequence[str] = ()
    hours: float | None = None
    objectives: Sequence[str] = ()
    prerequisites: Sequence[str] = ()
    levels: Sequence[tuple[str, str]] = ()
    roles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What the user says of everything published: language, version, publisher and rights.

    `start` is the first day of a course that has one, in seconds since 1970.
    """

    language: str
    version: str = ""
    publisher: str = ""
    rights: str = ""
    start: int = 0


def describe_unit(step: Step, identifier: str, plain: Callable[[str], str]) -> Description:
    """Return what a unit says of itself, for learners; `plain` takes the Markdown out of a text."""
    unit = step.unit
    objectives = [plain(text) for text in unit.objectives]
    required = [f"{found.id} {plain(found.title)}" for found in step.needs]
    return Description(
        identifier=identifier,
        title=plain(unit.title),
        summary=plain(unit.summary) or " ".join(objectives),
        keywords=[unit.id, *(plain(row.name) for row in unit.competencies)],
        hours=unit.hours.total,
        objectives=objectives,
        prerequisites=[*required, *(plain(text) for text in step.entry)],
        levels=[(plain(row.name), plain(row.target)) for row in unit.competencies],
        roles=unit.roles,
    )


def describe_course(course: Course, identifier: str, plain: Callable[[str], str]) -> Description:
    """Return what a course says of itself: the sums of its units."""
    hours = [unit.hours.total for unit in course.units if unit.hours.total is not None]
    names = (plain(row.name) for unit in course.units for row in unit.competencies)
    return Description(
        identifier=identifier,
        title=plain(course.title),
        summary="; ".join(plain(unit.title) for unit in course.units),
        keywords=list(dict.fromkeys(names)),
        hours=sum(hours) if hours else None,
        roles=list(dict.fromkeys(role for unit in course.units for role in unit.roles)),
    )
