"""The `course.toml` of a folder: what the course is called, its units in order, and what each of them waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coursewright.course.gate_tables import table_of
from coursewright.course.gates import All, Gate, UnwritableError, each, needed
from coursewright.course.model import Audience, Course, Step
from coursewright.course.parts import File, Link
from coursewright.text.toml import written_toml
from coursewright.writers.markdown.fronts import competencies, line, number
from coursewright.writers.markdown.shelves import ShelvedPart, Shelves
from coursewright.writers.writer import Materials

_HEAD = """\
# A course of coursewright: `coursewright build` in this folder makes packages of it.
# Its documents are plain GitHub Markdown, and this file says what they are, and in which order.
"""
_LONG = 90  # characters of a list, from which on it has a line for each of its values


def course_toml(course: Course, shelves: Shelves, materials: Materials) -> str:
    """Return the text of a course.toml for a course as it stands on its shelves."""
    lines = [_HEAD, *_pairs(_about(course, materials))]
    for step in course.steps:
        lines += ["", "[[unit]]", *_pairs(_unit(step, shelves))]
    return "\n".join([*lines, ""])


def _pairs(values: Mapping[str, object]) -> Iterator[str]:
    """Yield a line for each value that says anything, more for a long list."""
    for name, value in values.items():
        if isinstance(value, list) and len(written_toml(value)) > _LONG:
            yield f"{name} = ["
            yield from (f"    {written_toml(one)}," for one in value)
            yield "]"
        elif value or (value == [] and name == "pages"):
            yield f"{name} = {written_toml(value)}"


def _about(course: Course, materials: Materials) -> dict[str, object]:
    publication = materials.options.publication
    return {
        "title": line(course.title),
        "id": course.name,
        "dialect": "plain",
        "language": publication.language,
        "rights": line(course.rights or publication.rights),
        "url": course.url,
        "description": line(course.summary),
        "keywords": list(course.keywords),
        "cover": course.cover.name if course.cover else "",
        "certificate": course.certificate or materials.options.certificate,
    }


def _unit(step: Step, shelves: Shelves) -> dict[str, object]:
    unit, parts = step.unit, shelves.parts[step.unit.identity]
    total = unit.hours.total
    documents = any(one.path for one in parts)
    return {
        "id" if unit.given_id else "slug": unit.id,
        "title": line(unit.title),
        "folder": "" if documents else shelves.folders[unit.identity],
        "pages": [_page(one, shelves) for one in parts],
        "requires": [*_required(step), *map(line, step.entry)],
        "opens": opening(unit.gate),
        "next": [*(found.id for found in step.next), *map(line, step.beyond)],
        "objectives": [line(text) for text in unit.objectives],
        "minutes": number(round(total * 60, 2)) if total else None,
        "summary": line(unit.summary),
        "roles": list(map(line, unit.roles)),
        "competencies": competencies(unit.competencies),
    }


def _required(step: Step) -> list[str]:
    """Return the ids of the units that a step needs, but for those that its own gate names as needed."""
    own = set(needed(step.unit.gate))
    return [found.id for found in step.needs if found.id not in own]


def opening(gate: Gate) -> object:
    """Return what of a gate of units a course.toml can say; None where that is nothing."""
    held = [one for one in each(gate) if is_told(one)]
    if not held:
        return None
    return table_of(held[0] if len(held) == 1 and not isinstance(gate, All) else All(tuple(held)))


def is_told(gate: Gate) -> bool:
    """Say whether a course.toml can say a condition."""
    try:
        return bool(table_of(gate))
    except UnwritableError:
        return False


def _page(shelved: ShelvedPart, shelves: Shelves) -> object:
    """Return how a course.toml lists a part: a document by its path, anything else with what it is."""
    part = shelved.part
    if not isinstance(part, Link | File):
        return shelved.path
    what: dict[str, object] = {"url": part.url} if isinstance(part, Link) else {"file": shelves.file(part)}
    told = what | {"title": line(part.title), "key": shelved.key}
    return told | ({"audience": "staff"} if part.audience is Audience.STAFF else {})
