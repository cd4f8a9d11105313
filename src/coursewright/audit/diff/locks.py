"""What must hold before an entry opens, by its own gate and by all that stands before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from coursewright.course.gates import (
    REACHED,
    All,
    Any,
    Condition,
    Date,
    Done,
    Foreign,
    Gate,
    Score,
    Status,
    each,
    mapped,
)
from coursewright.course.outline import Entry, Outline, Rule
from coursewright.frozen import frozen

_MOST_STEPS = 250


@frozen
class Lock:
    """What a gate asks for, and what must hold with it, since what it asks for has gates of its own."""

    asked: frozenset[Gate]
    held: frozenset[Gate]

    def implies(self, gate: Gate) -> bool:
        """Say whether a gate is open wherever this lock is."""
        if gate in self.held:
            return True
        if isinstance(gate, Any):
            return any(map(self.implies, gate.parts))
        return isinstance(gate, All) and all(map(self.implies, gate.parts))


class Locks:
    """The gates of two packages in the identifiers of the new one.

    `identities` are the new identifiers of old ones. Where the packages are `alike` in nothing but their course, what
    one format calls satisfied and another complete is the same.
    """

    def __init__(self, old: Outline, new: Outline, identities: Mapping[str, str], alike: bool) -> None:
        self._identities = identities
        self._complete = (Status.COMPLETED, Status.SATISFIED) if alike else (Status.COMPLETED,)
        self._old = {name: tuple(map(self.as_now, gate)) for name, gate in _gates(old)}
        self._new = {name: tuple(map(self.as_compared, gate)) for name, gate in _gates(new)}
        self._old = {identities.get(name, name): gate for name, gate in self._old.items()}

    def of(self, one: Entry, other: Entry) -> tuple[Lock, Lock]:
        """Return the locks of an entry before and after."""
        before = frozenset(map(self.as_now, each(one.gate)))
        after = frozenset(map(self.as_compared, each(other.gate)))
        if before == after:
            return Lock(before, before), Lock(after, after)
        name = self._identities.get(one.identifier, one.identifier)
        held = _held((*before, *self._old.get(name, ())), self._old)
        return Lock(before, held), Lock(after, _held((*after, *self._new.get(other.identifier, ())), self._new))

    def as_now(self, gate: Gate) -> Gate:
        """Return an old gate as one of the new package."""
        return self.as_compared(mapped(gate, self._renamed))

    def _renamed(self, condition: Condition) -> Condition:
        if isinstance(condition, Done | Foreign) or (isinstance(condition, Score) and not condition.of_course):
            return replace(condition, of=self._identities.get(condition.of, condition.of))
        return condition

    def rules_as_now(self, entry: Entry) -> list[Rule]:
        """Return what else happens to an old entry in the identifiers of the new package."""
        return [Rule(rule.effect, self.as_now(rule.gate)) for rule in entry.rules]

    def as_compared(self, gate: Gate) -> Gate:
        """Return a gate as far as packages are compared: dates by the minute, and whatever is called complete alike."""
        return mapped(gate, self._as_compared)

    def _as_compared(self, condition: Condition) -> Condition:
        if isinstance(condition, Date) and isinstance(condition.moment, datetime):
            return replace(condition, moment=condition.moment.replace(second=0))
        if isinstance(condition, Done) and condition.status in self._complete:
            return replace(condition, status=Status.DONE)
        return condition


def _gates(outline: Outline) -> Iterator[tuple[str, tuple[Gate, ...]]]:
    """Yield for each entry what must hold before it opens: by its own gate, and by those of what it is in."""
    inherited: dict[int, tuple[Gate, ...]] = {}
    for entry, parent in outline.walk():
        above = inherited.get(id(parent), ()) if parent is not None else ()
        gate = inherited[id(entry)] = (*above, *each(entry.gate))[:_MOST_STEPS]
        yield entry.identifier, gate


def _held(asked: Iterable[Gate], gates: Mapping[str, tuple[Gate, ...]]) -> frozenset[Gate]:
    """Return all that must hold where something does, as far as it is followed."""
    held: set[Gate] = set()
    waiting = list(asked)
    while waiting and len(held) < _MOST_STEPS:
        gate = waiting.pop()
        if gate in held:
            continue
        held.add(gate)
        if isinstance(gate, All):
            waiting += gate.parts
        elif isinstance(gate, Done) and gate.status in REACHED:
            waiting += gates.get(gate.of, ())
    return frozenset(held)
