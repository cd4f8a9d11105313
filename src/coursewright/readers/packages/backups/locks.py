"""What a section of a backup waits for, as a gate of a unit; what no unit can hold is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from coursewright.course.gates import (
    OPEN,
    All,
    Any,
    AtLeast,
    Belongs,
    Condition,
    Date,
    Done,
    Gate,
    Not,
    Profile,
    Score,
    Status,
    simplified,
)
from coursewright.course.values import References
from coursewright.frozen import slotted
from coursewright.readers.packages.reasons import NO_DATES, TOGETHER
from coursewright.readers.packages.shaping import references_to, requirements_of

_WHY = {
    Date: NO_DATES,
    Score: "no unit here waits for a grade",
    Belongs: "no course here has groups or roles",
    Profile: "no course here knows profiles of learners",
}


@slotted
class SectionLock:
    """What a unit waits for: units that it requires, and a gate beside them.

    `kept` are units that are waited for, `coarser` those of which only a part was waited for; `lost` says in words
    what is not held, and why.
    """

    unit: str
    units: Mapping[str, str]
    sections: Mapping[str, str]
    coarser: dict[str, None] = field(default_factory=dict)
    lost: dict[tuple[str, str], None] = field(default_factory=dict)

    def read(self, gate: Gate) -> tuple[References, Gate]:
        """Return what a gate requires of whole units, and what else it asks of units."""
        required, rest = requirements_of(simplified(self._of_units(gate)))
        return references_to(required), rest

    def _of_units(self, gate: Gate) -> Gate:
        """Return a gate with units in the place of what they hold; what cannot be held always holds."""
        match gate:
            case All(parts):
                return All(tuple(map(self._of_units, parts)))
            case Any(parts):
                return Any(tuple(self._alone(parts)))
            case AtLeast(_, parts):
                return replace(gate, parts=tuple(self._alone(parts)))
            case Not(inner):
                found = self._of_units(inner)
                return OPEN if found == OPEN else Not(found)
            case _:
                return self._condition(gate)

    def _alone(self, parts: Sequence[Gate]) -> list[Gate]:
        """Return the branches of a gate of which any may hold: one that cannot be held opens all of it."""
        found = [self._of_units(part) for part in parts]
        return [OPEN] if any(simplified(one) == OPEN for one in found) else found

    def _condition(self, one: Condition) -> Gate:
        if not isinstance(one, Done):
            self._lose(one)
            return OPEN
        unit = self.sections.get(one.of) or self.units.get(one.of)
        if unit is None or unit == self.unit or one.status not in (Status.DONE, Status.PASSED):
            why = "it is not in the course" if unit is None else TOGETHER
            why = why if one.status in (Status.DONE, Status.PASSED) else "a unit here waits for what is done"
            self.lost[one.of or "an activity", why] = None
            return OPEN
        if one.of not in self.sections:
            self.coarser[unit] = None
        return Done(unit)

    def _lose(self, one: Condition) -> None:
        why = next((why for kind, why in _WHY.items() if isinstance(one, kind)), "it is of a kind that is not known")
        self.lost[_words(one), why] = None


def _words(one: Condition) -> str:
    match one:
        case Date(moment, before):
            return f"{'opens before' if before else 'opens on'} {moment}"
        case Score(of, minimum, maximum):
            bounds = ", ".join(
                f"{name} {value}" for name, value in (("from", minimum), ("below", maximum)) if value is not None
            )
            return f"a grade in {of or 'the course'}{f' ({bounds})' if bounds else ''}"
        case Belongs(kind, of):
            return f"{kind} {of or ''}".strip()
        case Profile(field):
            return f"the field {field} of a profile"
        case _:
            return "another condition"
