"""The units of a long course in groups: by track, by the source's folders, by how far into the course they stand."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence

from coursewright.course.model import Course, Unit
from coursewright.course.values import Identity
from coursewright.frozen import frozen
from coursewright.pages.layers import columns, gates_among
from coursewright.text.patterns import later

_LONG = 24  # units that need no groups
_A_GROUP = 25  # units, where nothing else parts them
_NUMBERED = later(r"^[\d._ -]+(?=\D)")


@frozen
class UnitGroup:
    """Some units of a course, in its order: by a `name`, else a `stage` from 1, else as from the unit `first` on."""

    units: Sequence[Unit]
    name: str = ""
    stage: int = 0
    first: int = 0


def groups_of(course: Course) -> list[UnitGroup]:
    """Return the units of a course in groups, or in one that needs no name."""
    units = course.units
    if len(units) <= _LONG:
        return [UnitGroup(units)]
    named = (_by_name(units, name) for name in (_track, _folder, _outer))
    return next(filter(None, named), []) or _by_stage(course) or _by_number(units)


def _by_name(units: Sequence[Unit], name: Callable[[Unit], str]) -> list[UnitGroup]:
    """Return groups by a name, or none where it parts too little or too much, or a unit has none."""
    parted: dict[str, list[Unit]] = {}
    for unit in units:
        parted.setdefault(name(unit), []).append(unit)
    if not 1 < len(parted) <= max(len(units) // 3, 2) or "" in parted:
        return []
    return [UnitGroup(some, title) for title, some in parted.items()]


def _track(unit: Unit) -> str:
    return unit.roles[0] if unit.roles else _in_words(unit.track)


def _folder(unit: Unit) -> str:
    return _in_words(posixpath.dirname(unit.path))


def _outer(unit: Unit) -> str:
    """Return the folder around that of a unit's document, where each unit has a folder of its own."""
    return _in_words(posixpath.dirname(posixpath.dirname(unit.path)))


def _in_words(folder: str) -> str:
    name = posixpath.basename(folder)
    words = _NUMBERED.sub("", name).replace("-", " ").replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}"


def _by_stage(course: Course) -> list[UnitGroup]:
    if not any(step.needs for step in course.steps):
        return []
    stage: Mapping[Identity, int] = columns(course.units, gates_among(course.units, course))
    parted: dict[int, list[Unit]] = {}
    for unit in course.units:
        parted.setdefault(stage[unit.identity], []).append(unit)
    many = len(parted) > len(course.units) // 3
    return [] if many else [UnitGroup(some, stage=at) for at, (_, some) in enumerate(sorted(parted.items()), start=1)]


def _by_number(units: Sequence[Unit]) -> list[UnitGroup]:
    return [UnitGroup(units[at : at + _A_GROUP], first=at + 1) for at in range(0, len(units), _A_GROUP)]
