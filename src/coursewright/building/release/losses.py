"""Whose records an LMS would lose with a release: findings over what changes, and what learners are told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coursewright.building.release.changes import Changes, CourseChanges, UnitChanges
from coursewright.building.release.phrasing import plain, quoted
from coursewright.building.release.record import PartRecord, UnitRecord
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.frozen import frozen
from coursewright.writers import FORMATS
from coursewright.writers.formats import Records


@frozen
class Loss:
    """What becomes of learners' records: a finding, and a sentence in Markdown for learners, if they lose anything.

    `by_hand` is one for teachers, where they have to see to something.
    """

    finding: Finding
    told: str = ""
    by_hand: str = ""


def losses(changes: Changes, earlier: str) -> list[Loss]:
    """Return what an LMS would lose of learners' records; `earlier` is where the old release was read."""
    place = Place(earlier)
    found = [
        Loss(
            messages.COURSE_WITHDRAWN.at(place, course=course.title),
            f"The course {quoted(course.title)} gets no further updates.",
        )
        for course in changes.gone
    ]
    for course in changes.courses:
        found += _of_course(course, place)
    return found


def allowed(found: Iterable[Loss], codes: Iterable[str]) -> list[Loss]:
    """Return losses of which those that are allowed, by their codes or how these begin, are warnings."""
    starts = tuple(codes)
    return [
        replace(one, finding=replace(one.finding, severity=Severity.WARNING))
        if starts and one.finding.code.startswith(starts) and one.finding.severity is Severity.ERROR
        else one
        for one in found
    ]


def _of_course(course: CourseChanges, place: Place) -> Iterator[Loss]:
    if course.before is None:
        return
    kept = {FORMATS[name].records for name in course.before.packages if name in FORMATS}
    recorded = bool(kept & {Records.UNITS, Records.PARTS})
    for name in course.dropped:
        by_hand = f"There is no package of {quoted(course.now.title)} for {plain(_title(name))} any more."
        yield Loss(messages.FORMAT_WITHDRAWN.at(place, course=course.now.title, format=name), by_hand=by_hand)
    for one, other in course.renewed:
        values = {"unit": other.title, "before": str(one.identity), "now": str(other.identity)}
        told = f"What you did in {quoted(one.title)} is not carried over: the unit starts anew."
        yield _weighed(messages.UNIT_RENEWED.at(place, **values), told, recorded)
    for unit in course.gone:
        told = f"The unit {quoted(unit.title)} goes, together with what you did there."
        yield _weighed(messages.UNIT_WITHDRAWN.at(place, unit=unit.title), told, recorded)
    for one, other in course.swapped:
        values = {"identity": one.identity.id, "before": one.title, "now": other.title}
        told = f"What you did in {quoted(one.title)} will count for {quoted(other.title)}."
        yield _weighed(messages.UNIT_REPLACED.at(place, **values), told, recorded)
    for change in course.units:
        yield from _of_unit(change, place) if Records.PARTS in kept else ()
    yield from _renamed(course, place)


def _title(format: str) -> str:
    return FORMATS[format].title if format in FORMATS else format


def _weighed(finding: Finding, told: str, recorded: bool) -> Loss:
    """Return a loss: for information alone, where no format of the course lets an LMS keep records."""
    return Loss(finding, told) if recorded else Loss(replace(finding, severity=Severity.INFO))


def _of_unit(change: UnitChanges, place: Place) -> Iterator[Loss]:
    unit = change.now.title
    for one, other in change.renewed:
        if one.is_submitted:
            values = {"work": other.title, "unit": unit, "before": one.key, "now": other.key}
            told = f"The {other.kind} {quoted(other.title)} in {quoted(unit)} has to be done again in Canvas."
            yield Loss(messages.WORK_RENEWED.at(place, **values), told)
    for part in change.gone:
        if part.is_submitted:
            named = f"{plain(part.kind)} {quoted(part.title)} of {quoted(unit)}"
            by_hand = f"Canvas keeps the {named}: delete it there, or leave it out of the final grade."
            found = messages.WORK_WITHDRAWN.at(place, work=part.title, kind=part.kind, unit=unit)
            yield Loss(found, by_hand=by_hand)


def _renamed(course: CourseChanges, place: Place) -> Iterator[Loss]:
    """Yield a loss for each unit or part that has one identity, and another identifier in a format."""
    now = {unit.identity: unit for unit in course.now.units}
    for unit in course.before.units if course.before else ():
        other = now.get(unit.identity)
        if other is None:
            continue
        parts = {part.key: part for part in other.parts}
        pairs: list[tuple[UnitRecord | PartRecord, UnitRecord | PartRecord]] = [(unit, other)]
        pairs += [(part, parts[part.key]) for part in unit.parts if part.key in parts]
        for before, after in pairs:
            for name, known in before.identifiers.items():
                if after.identifiers.get(name, known) != known:
                    values = {"what": after.title, "before": known, "now": after.identifiers[name], "format": name}
                    told = f"What you did in {quoted(after.title)} is not carried over ({name})."
                    yield Loss(messages.IDENTIFIER_CHANGED.at(place, **values), told)
