"""What metadata say of a unit or a course, whatever the binding."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coursewright.course.model import Course, Step, Unit
from coursewright.course.parts import Page
from coursewright.frozen import frozen
from coursewright.text.names import slug


@frozen
class Description:
    """What is said of a unit or a course, as plain text.

    `levels` pairs a competency with its target; `hours` is the typical learning time. `tracks` are those of its units,
    where the identifier does not say them: whoever reads the course back needs them for the same identifiers.
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
    tracks: Sequence[str] = ()


@frozen
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
    of_pages = (text for part in unit.parts if isinstance(part, Page) for text in part.objectives)
    objectives = list(dict.fromkeys(plain(text) for text in (*unit.objectives, *of_pages)))
    required = [found.called(plain(found.title)) for found in step.needs]
    return Description(
        identifier=identifier,
        title=plain(unit.title),
        summary=plain(unit.summary) or " ".join(objectives),
        keywords=[*([unit.id] if unit.given_id else ()), *(plain(row.name) for row in unit.competencies)],
        hours=hours_of(unit),
        objectives=objectives,
        prerequisites=[*required, *(plain(text) for text in step.entry)],
        levels=[(plain(row.name), plain(row.target)) for row in unit.competencies],
        roles=unit.roles,
    )


def hours_of(unit: Unit) -> float | None:
    """Return the learning time of a unit: as stated, else that of its pages together, None where neither is."""
    minutes = [part.minutes for part in unit.parts if isinstance(part, Page) and part.minutes]
    return sum(minutes) / 60 if unit.hours.total is None and minutes else unit.hours.total


def describe_course(course: Course, identifier: str, plain: Callable[[str], str]) -> Description:
    """Return what a course says of itself: the sums of its units."""
    hours = [found for found in map(hours_of, course.units) if found is not None]
    names = (plain(row.name) for unit in course.units for row in unit.competencies)
    return Description(
        identifier=identifier,
        title=plain(course.title),
        summary="; ".join(plain(unit.title) for unit in course.units),
        keywords=list(dict.fromkeys(names)),
        hours=sum(hours) if hours else None,
        roles=course.roles,
        tracks=[track for track in dict.fromkeys(unit.track for unit in course.units) if track != slug(course.name)],
    )
