"""What must hold before an entry opens, by its own gate and by all that stands before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from coursewright.course.outline import ALL_OF, ANY_OF, Condition, Entry, Outline, Rule

_MOST_STEPS = 250
# What is only to be had of an entry that was open.
_REACHED = ("is complete", "is satisfied", "is passed")
_SAME = {"is satisfied": "is complete", "are satisfied": "are complete"}


@dataclass(frozen=True, slots=True)
class Lock:
    """What a gate asks for, and what must hold with it, since what it asks for has gates of its own."""

    asked: frozenset[Condition]
    held: frozenset[Condition]

    def implies(self, condition: Condition) -> bool:
        """Say whether a condition holds wherever this lock is open."""
        if condition in self.held:
            return True
        if condition.what == ANY_OF:
            return any(map(self.implies, condition.parts))
        return condition.what == ALL_OF and all(map(self.implies, condition.parts))


class Locks:
    """The gates of two packages in the identifiers of the new one.

    `identities` are the new identifiers of old ones. Where the packages are `alike` in nothing but their course, what
    one format calls satisfied and another complete is the same.
    """

    def __init__(self, old: Outline, new: Outline, identities: Mapping[str, str], alike: bool) -> None:
        self._identities, self._alike = identities, alike
        self._old = {name: tuple(map(self.as_now, gate)) for name, gate in _gates(old)}
        self._new = {name: tuple(map(self.as_compared, gate)) for name, gate in _gates(new)}
        self._old = {identities.get(name, name): gate for name, gate in self._old.items()}

    def of(self, one: Entry, other: Entry) -> tuple[Lock, Lock]:
        """Return the locks of an entry before and after."""
        before = frozenset(map(self.as_now, one.gate))
        after = frozenset(map(self.as_compared, other.gate))
        if before == after:
            return Lock(before, before), Lock(after, after)
        name = self._identities.get(one.identifier, one.identifier)
        held = _held((*before, *self._old.get(name, ())), self._old)
        return Lock(before, held), Lock(after, _held((*after, *self._new.get(other.identifier, ())), self._new))

    def as_now(self, condition: Condition) -> Condition:
        """Return an old condition as one of the new package."""
        moved = replace(condition, of=self._identities.get(condition.of, condition.of))
        return self.as_compared(replace(moved, parts=tuple(map(self.as_now, condition.parts))))

    def rules_as_now(self, entry: Entry) -> list[Rule]:
        """Return what else happens to an old entry in the identifiers of the new package."""
        return [Rule(rule.what, tuple(map(self.as_now, rule.conditions))) for rule in entry.rules]

    def as_compared(self, condition: Condition) -> Condition:
        """Return a condition in the words by which both packages are compared."""
        if not self._alike:
            return condition
        parts = tuple(map(self.as_compared, condition.parts))
        return replace(condition, what=_SAME.get(condition.what, condition.what), parts=parts)


def _gates(outline: Outline) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Yield for each entry what must hold before it opens: by its own gate, and by those of what it is in."""
    inherited: dict[int, tuple[Condition, ...]] = {}
    for entry, parent in outline.walk():
        above = inherited.get(id(parent), ()) if parent is not None else ()
        gate = inherited[id(entry)] = (*above, *entry.gate)[:_MOST_STEPS]
        yield entry.identifier, gate


def _held(asked: tuple[Condition, ...], gates: Mapping[str, tuple[Condition, ...]]) -> frozenset[Condition]:
    """Return all that must hold where something does, as far as it is followed."""
    held: set[Condition] = set()
    waiting = list(asked)
    while waiting and len(held) < _MOST_STEPS:
        condition = waiting.pop()
        if condition in held:
            continue
        held.add(condition)
        if condition.what == ALL_OF:
            waiting += condition.parts
        elif condition.what in _REACHED:
            waiting += gates.get(condition.of, ())
    return frozenset(held)
