"""The `course.toml` of a folder: what the course is called, its units in order, and what each of them waits for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from coursewright.course.gate_tables import table_of
from coursewright.course.gates import (
    All,
    Condition,
    Done,
    Gate,
    UnwritableError,
    each,
    mapped,
    mentioned,
    needed,
    through,
)
from coursewright.course.model import Course, Step, Unit
from coursewright.course.parts import File, Link
from coursewright.course.values import Audience, Identity
from coursewright.text.toml import written_toml
from coursewright.writers.markdown.fronts import competencies, number, one_line
from coursewright.writers.markdown.roadmap import is_roadmap
from coursewright.writers.markdown.shelves import ShelvedPart, Shelves
from coursewright.writers.writer import Materials

_HEAD = """\
# A course of coursewright: `coursewright build` in this folder makes packages of it.
# Its documents are plain GitHub Markdown, and this file says what they are, and in which order.
"""
_LONG = 90  # characters of a list, from which on it has a line for each of its values


def course_toml(course: Course, shelves: Shelves, materials: Materials) -> str:
    """Return the text of a course.toml for a course as it stands on its shelves."""
    lines, ids = [_HEAD, *_pairs(_about(course, materials))], _ids_of(course)
    for step in course.steps:
        lines += ["", "[[unit]]", *_pairs(_unit(step, ids, shelves))]
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
        "title": one_line(course.title),
        "id": course.name,
        "dialect": "plain",
        "language": publication.language,
        "rights": one_line(course.rights or publication.rights),
        "url": course.url,
        "description": one_line(course.summary),
        "keywords": [word for word in map(one_line, course.keywords) if word],
        "cover": course.cover.name if course.cover else "",
        "certificate": course.certificate or materials.options.certificate,
    }


def _unit(step: Step, ids: Mapping[Identity, str], shelves: Shelves) -> dict[str, object]:
    unit, parts = step.unit, shelves.parts[step.unit.identity]
    total, documents = unit.hours.total, any(one.path for one in parts)
    told = {
        "id" if unit.given_id else "slug": ids[unit.identity],
        "title": one_line(unit.title),
        "roadmap": shelves.roadmap(unit.identity) if is_roadmap(unit) else "",
        "folder": "" if documents or is_roadmap(unit) else shelves.folders[unit.identity],
        "pages": [_page(one, shelves) for one in parts] or (None if is_roadmap(unit) else []),
        "requires": [*(ids[found] for found in _required(step)), *map(one_line, step.entry)],
        "opens": _opening(unit, ids),
        "next": [*(ids[found.identity] for found in step.next), *map(one_line, step.beyond)],
    }
    if is_roadmap(unit):  # which says the rest itself
        return told
    return told | {
        "objectives": [one_line(text) for text in unit.objectives],
        "minutes": number(round(total * 60, 2)) if total else None,
        "hours": {kind: number(hours) for kind, hours in unit.hours.breakdown.items() if hours},
        "summary": one_line(unit.summary),
        "roles": list(map(one_line, unit.roles)),
        "competencies": competencies(unit.competencies),
    }


def _ids_of(course: Course) -> Mapping[Identity, str]:
    """Return the ids of units in a folder: where two tracks have one id, the track tells them apart."""
    count = Counter(unit.id for unit in course.units)
    return {unit.identity: unit.id if count[unit.id] == 1 else f"{unit.id}-{unit.track}" for unit in course.units}


def _required(step: Step) -> list[Identity]:
    """Return the units that a step needs, but for those that its own gate names as needed."""
    own = {Identity(step.unit.track, id) for id in needed(step.unit.gate)}
    return [found.identity for found in step.needs if found.identity not in own]


def _opening(unit: Unit, ids: Mapping[Identity, str]) -> object:
    """Return what of a unit's own gate a course.toml can say; None where that is nothing."""

    def renamed(one: Condition) -> Gate:
        found = through(one)
        return replace(found, of=ids[Identity(unit.track, found.of)]) if isinstance(found, Done) else found

    def is_here(one: Gate) -> bool:
        return all(Identity(unit.track, id) in ids for id in mentioned(one))

    held = [one for one in each(unit.gate) if is_told(one) and is_here(one)]
    if not held:
        return None
    whole = held[0] if len(held) == 1 and not isinstance(unit.gate, All) else All(tuple(held))
    return table_of(mapped(whole, renamed))


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
    told = what | {"title": one_line(part.title), "key": part.key}
    return told | ({"audience": "staff"} if part.audience is Audience.STAFF else {})
