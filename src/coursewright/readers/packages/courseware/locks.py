"""What keeps units closed: the gates of a stranger's menu, as what a unit waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coursewright.course.gates import OPEN, REACHED, All, Condition, Done, Gate, conditions, each, mapped, simplified
from coursewright.course.values import Mention, References
from coursewright.frozen import frozen
from coursewright.readers.packages.courseware.division import PlannedUnit
from coursewright.readers.packages.recovery import Element, ElementKind
from coursewright.readers.packages.shaping import requirements_of

_WITHIN = "it waits for another part of the same unit"
_OTHERWISE = "a unit waits for other units to be done, and for nothing else"
_WIDER = "the whole unit waits for what only a part of it waited for"


@frozen
class UnitLock:
    """What a unit waits for: units that must be done, what else must hold, and what became of each of its gates."""

    prerequisites: References = References()
    gate: Gate = OPEN
    elements: tuple[Element, ...] = ()


def locks_of(units: Sequence[PlannedUnit]) -> list[UnitLock]:
    """Return what each of the units waits for."""
    home = {identifier: unit.name.id for unit in units for identifier in unit.within}
    return [_lock(unit, home) for unit in units]


def _lock(unit: PlannedUnit, home: Mapping[str, str]) -> UnitLock:
    kept: list[Gate] = []
    elements: list[Element] = []
    for gate, of_part in _gates(unit):
        why = next(filter(None, (_unheld(one, unit, home) for one in conditions(gate))), "")
        if not why:
            kept.append(mapped(gate, lambda one: replace(one, of=home[one.of]) if isinstance(one, Done) else one))
        found = Element(ElementKind.GATE, unit.within[0], unit.name.title)
        elements.append(found.dropped(why) if why else found.changed(_WIDER) if of_part else found)
    needed, rest = requirements_of(simplified(All(tuple(kept))))
    return UnitLock(References(mentions=tuple(map(Mention, needed))), rest, tuple(elements))


def _gates(unit: PlannedUnit) -> Iterator[tuple[Gate, bool]]:
    """Yield what must hold before a unit opens, each by itself, and whether that is said of a part of it."""
    for gates, of_part in ((unit.gates, False), (unit.inner, True)):
        for gate in gates:
            yield from ((one, of_part) for one in each(simplified(gate)))


def _unheld(one: Condition, unit: PlannedUnit, home: Mapping[str, str]) -> str:
    if not isinstance(one, Done) or one.status not in REACHED or one.of not in home:
        return _OTHERWISE
    return _WITHIN if home[one.of] == unit.name.id else ""
