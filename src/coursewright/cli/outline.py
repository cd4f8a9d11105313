"""What was read, as lines of text: courses with their units and parts, and what says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coursewright.course.model import About, Curriculum, Unit
from coursewright.course.parts import Assignment, File, Link, Page, Part
from coursewright.course.quiz import Quiz, asked
from coursewright.course.values import Audience, Kind
from coursewright.findings import messages
from coursewright.findings.finding import Finding

_LEFT_OUT = tuple(
    message.code for message in (messages.NOT_LISTED, messages.LEFT_OUT, messages.TRANSLATIONS, messages.UNIT_EMPTY)
)


def curriculum_lines(curriculum: Curriculum, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield a line a roadmap, and for each folder its units with their pages, their order, and what was left out."""
    known = {about.track for about in curriculum.courses}
    for unit in curriculum.units:
        if unit.track not in known:
            yield f"{unit.id:<10} {unit.title}  [{unit.track}]  {unit.path}"
            yield from (_part(part) for part in unit.parts)
    for about in curriculum.courses:
        yield from _course(about, [unit for unit in curriculum.units if unit.track == about.track])
    left = [found for found in findings if found.code in _LEFT_OUT]
    if left:
        yield "not in the course:"
        yield from (f"  {found.place}: {found.text}" for found in left)


def _course(about: About, units: Sequence[Unit]) -> Iterator[str]:
    yield f"{about.title}  [{about.track}]"
    yield f"  order: {about.order}, of {about.source}"
    told = (("language", about.language), ("rights", about.rights), ("keywords", ", ".join(about.keywords)))
    yield from (f"  {name}: {value}" for name, value in told if value)
    titles = {unit.id: unit.title for unit in units}
    for number, unit in enumerate(units, 1):
        yield f"{number:>3}. {unit.title}  ({unit.id})"
        if unit.kind is Kind.UNIT and unit.prerequisites.mentions:
            needed = (titles.get(found.id, found.id) for found in unit.prerequisites.mentions)
            yield f"       waits for: {'; '.join(map(str, needed))}"
        yield from (_part(part) for part in unit.parts)


def _part(part: Part) -> str:
    title = part.title if isinstance(part, Link | File) else part.title or part.label
    whom = "for staff" if part.audience is Audience.STAFF else type(part).__name__.lower()
    details = "".join(f", {one}" for one in _details(part))
    return f"       {whom:<9} {title}  {part.path}{details}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _details(part: Part) -> Iterable[str]:
    if isinstance(part, Page):
        if part.objectives:
            yield _number(len(part.objectives), "objective")
        if part.minutes:
            yield f"{part.minutes:g} min"
    if isinstance(part, Assignment):
        yield f"{part.points:g} points"
    if isinstance(part, Quiz):
        yield _number(len(list(asked(part))), "question")
