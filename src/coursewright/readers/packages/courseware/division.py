"""Which entries of a stranger's menu become units, and which stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coursewright.course.gates import OPEN, Gate, mentioned
from coursewright.course.outline import Entry, Outline
from coursewright.frozen import frozen
from coursewright.readers.packages.naming import PackageNames, UnitName

_DEEPEST = 40


@frozen
class PlannedUnit:
    """A unit to be: its name, what it is made of, and the gates that it stands behind.

    `inner` are the gates of parts of it, `within` the identifiers of all entries that it stands for, `flattened` the
    folders in it.
    """

    name: UnitName
    entries: tuple[Entry, ...]
    gates: tuple[Gate, ...]
    inner: tuple[Gate, ...]
    within: tuple[str, ...]
    flattened: tuple[Entry, ...] = ()


def planned_units(outline: Outline, names: PackageNames) -> list[PlannedUnit]:
    """Return the units that a menu becomes, in its order, with the ids that they get.

    Each entry at the top is one. A folder around everything is none, and one in which entries wait for one another is
    as many units, since only units wait.
    """
    found: list[PlannedUnit] = []
    for entry, gates, titles in _tops(_opened(outline.entries, 0), (), ()):
        title = ": ".join(filter(None, (*titles, entry.title)))
        found.append(_planned(entry, names.unit(entry.identifier, title or entry.identifier), gates))
    return found


def _opened(entries: Sequence[Entry], depth: int) -> Sequence[Entry]:
    """Return what is in the only folder, if there is no more than that."""
    alone = entries[0] if len(entries) == 1 else None
    if alone and len(alone.children) > 1 and not alone.files and alone.gate == OPEN and depth < _DEEPEST:
        return _opened(alone.children, depth + 1)
    return entries


def _tops(
    entries: Sequence[Entry], gates: tuple[Gate, ...], titles: tuple[str, ...]
) -> Iterator[tuple[Entry, tuple[Gate, ...], tuple[str, ...]]]:
    for entry in entries:
        within = (*gates, entry.gate) if entry.gate != OPEN else gates
        if len(titles) < _DEEPEST and _has_locks(entry) and not entry.files:
            yield from _tops(entry.children, within, (*titles, entry.title))
        else:
            yield entry, within, titles


def _has_locks(entry: Entry) -> bool:
    """Say whether entries of a folder wait for something in it."""
    inside = {one.identifier for one in _all(entry)} - {entry.identifier}
    return any(inside.intersection(mentioned(one.gate)) for one in _all(entry) if one is not entry)


def _all(entry: Entry) -> Iterator[Entry]:
    waiting = [entry]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(one.children)


def _planned(entry: Entry, name: UnitName, gates: tuple[Gate, ...]) -> PlannedUnit:
    every = list(_all(entry))
    leaves = tuple(one for one in every if one.files or one.address or not one.children)
    folders = tuple(one for one in every if one is not entry and one.children)
    inner = tuple(one.gate for one in every if one is not entry and one.gate != OPEN)
    return PlannedUnit(name, leaves, gates, inner, tuple(one.identifier for one in every), folders)
