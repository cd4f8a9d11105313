"""What must hold before something opens, as a tree of conditions: values alone, whatever format they are from.

`of` names an entry by its identifier: a unit, a part, or an item of a stranger's menu.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from math import comb

from coursewright.frozen import frozen


class UnwritableError(Exception):
    """A gate has no form in a format: `str(error)` says why."""


class Status(StrEnum):
    """What an entry can be for a learner."""

    DONE = "done"  # complete in whatever way the LMS counts
    COMPLETED = "completed"  # that very status of SCORM 1.2, and not "passed"
    PASSED = "passed"
    FAILED = "failed"
    SATISFIED = "satisfied"
    INCOMPLETE = "incomplete"
    BROWSED = "browsed"
    ATTEMPTED = "attempted"
    JUDGED = "judged"  # it is known whether it is satisfied
    TRACKED = "tracked"  # it is known whether it is complete
    OUT_OF_ATTEMPTS = "out of attempts"
    OUT_OF_TIME = "out of time"
    OUT_OF_SEASON = "out of season"  # outside the time in which it is offered


# With any of these, a learner was through with the entry.
REACHED = (Status.DONE, Status.COMPLETED, Status.PASSED, Status.SATISFIED)


@frozen
class All:
    """All parts hold; without parts it always holds."""

    parts: tuple[Gate, ...] = ()


@frozen
class Any:
    """One of the parts holds; without parts it never holds."""

    parts: tuple[Gate, ...] = ()


@frozen
class AtLeast:
    """So many of the parts hold."""

    count: int
    parts: tuple[Gate, ...]


@frozen
class Not:
    """The inner gate does not hold."""

    inner: Gate


@frozen
class Done:
    """An entry has a status; of an objective that belongs to no known entry, its name is in `objective`."""

    of: str
    status: Status = Status.DONE
    objective: str = ""


@frozen
class Score:
    """A score is there, reaches the minimum, and stays below the maximum.

    If `strict`, it is above the minimum and may be the maximum. A bound that is no number stays as it is written.
    If `of_course`, it is no entry's: `of` names the grade, and is empty for the total.
    """

    of: str
    minimum: float | str | None = None
    maximum: float | str | None = None
    in_percent: bool = False
    strict: bool = False
    objective: str = ""
    of_course: bool = False


@frozen
class Date:
    """It is a moment or later; or before it, if `before`. What is no moment stays as it is written."""

    moment: datetime | str
    before: bool = False


OWN_GROUPING = "own grouping"
"""The kind of what an activity's own grouping is asked for by."""


@frozen
class Belongs:
    """The learner is in a group, or has a role: in any, where `of` is None; `by_name` if it is no number."""

    kind: str  # group, grouping, OWN_GROUPING, role
    of: str | None = None
    by_name: bool = False


@frozen
class Profile:
    """A field of the learner's profile compares to a value; the comparison is in the LMS's word."""

    field: str
    comparison: str
    value: str = ""
    is_custom: bool = False


@frozen
class Foreign:
    """A condition of a kind that only some LMS knows, by its name there; `of` an entry, or of no single one."""

    kind: str
    of: str = ""
    objective: str = ""


@frozen
class Unknown:
    """What cannot be read, in the words in which it is written, as far as they help."""

    words: str = ""


Condition = Done | Score | Date | Belongs | Profile | Foreign | Unknown
Gate = All | Any | AtLeast | Not | Condition
OPEN, NEVER = All(), Any()
_MOST_CHOICES = 60


def waits_for(names: Iterable[object]) -> All:
    """Return the gate that opens once all of these entries are done."""
    return All(tuple(Done(str(name)) for name in names))


def each(gate: Gate) -> tuple[Gate, ...]:
    """Return what must hold, each alone where all must."""
    return gate.parts if isinstance(gate, All) else (gate,)


def parts_of(gate: Gate) -> tuple[Gate, ...]:
    """Return the gates that a gate is made of; a condition is made of none."""
    if isinstance(gate, Not):
        return (gate.inner,)
    return gate.parts if isinstance(gate, All | Any | AtLeast) else ()


def conditions(gate: Gate) -> Iterator[Condition]:
    """Yield the conditions of a gate in their order, whether they must hold or must not."""
    if isinstance(gate, All | Any | AtLeast | Not):
        for part in parts_of(gate):
            yield from conditions(part)
    else:
        yield gate


def mentioned(gate: Gate) -> tuple[str, ...]:
    """Return the entries that a gate mentions, as often as it does."""
    found = (one for one in conditions(gate) if isinstance(one, Done | Score | Foreign))
    return tuple(one.of for one in found if _is_of_entry(one))


def _is_of_entry(condition: Done | Score | Foreign) -> bool:
    if isinstance(condition, Score) and condition.of_course:
        return False
    return bool(condition.of) or (not condition.objective and not isinstance(condition, Foreign))


def needed(gate: Gate) -> tuple[str, ...]:
    """Return the entries without which a gate surely never opens."""
    return tuple(one.of for one, holds in _sure(gate, True) if holds and one.status in REACHED)


def refused(gate: Gate) -> tuple[str, ...]:
    """Return the entries with which, once done, a gate is surely closed."""
    return tuple(one.of for one, holds in _sure(gate, True) if not holds and one.status is Status.DONE)


def _sure(gate: Gate, holds: bool) -> Iterator[tuple[Done, bool]]:
    """Yield what surely holds of entries, and what surely does not, where a gate holds, or does not."""
    if isinstance(gate, Not):
        yield from _sure(gate.inner, not holds)
    elif isinstance(gate, Done):
        yield gate, holds
    elif _is_sure(gate, holds):
        for part in parts_of(gate):
            yield from _sure(part, holds)


def _is_sure(gate: Gate, holds: bool) -> bool:
    """Say whether all parts of a gate hold where it does, or none where it does not."""
    if isinstance(gate, AtLeast):
        return gate.count == (len(gate.parts) if holds else 1)
    return len(parts_of(gate)) == 1 or isinstance(gate, All if holds else Any)


def opposite(gate: Gate) -> Gate:
    """Return the gate that is open where this one is closed."""
    if isinstance(gate, Not):
        return gate.inner
    if isinstance(gate, Date):
        return replace(gate, before=not gate.before)
    if gate == OPEN:
        return NEVER
    return OPEN if gate == NEVER else Not(gate)


def simplified(gate: Gate) -> Gate:
    """Return the same gate without what says nothing: groups in groups of their sort, of one, or empty, and repeats."""
    if isinstance(gate, Not):
        return opposite(simplified(gate.inner))
    if isinstance(gate, AtLeast):
        return replace(gate, parts=tuple(map(simplified, gate.parts)))
    if not isinstance(gate, All | Any):
        return gate
    sort, settled = type(gate), NEVER if isinstance(gate, All) else OPEN
    inner = map(simplified, gate.parts)
    flat = dict.fromkeys(one for part in inner for one in (part.parts if isinstance(part, sort) else (part,)))
    if settled in flat:
        return settled
    return next(iter(flat)) if len(flat) == 1 else sort(tuple(flat))


def through(condition: Condition) -> Condition:
    """Return a condition that waits for learners to be through with an entry, in whatever way its format says so."""
    if isinstance(condition, Done) and condition.status in REACHED and condition.of:
        return Done(condition.of)
    return condition


def spelt_out(gate: Gate) -> Gate:
    """Return the same gate without a number of parts that must hold, where not too many choices of them would do."""
    if isinstance(gate, Not):
        return Not(spelt_out(gate.inner))
    if isinstance(gate, AtLeast) and comb(len(gate.parts), gate.count) <= _MOST_CHOICES:
        return Any(tuple(All(chosen) for chosen in combinations(map(spelt_out, gate.parts), gate.count)))
    return replace(gate, parts=tuple(map(spelt_out, gate.parts))) if isinstance(gate, All | Any | AtLeast) else gate


def mapped(gate: Gate, change: Callable[[Condition], Gate]) -> Gate:
    """Return a gate with each of its conditions changed."""
    if isinstance(gate, Not):
        return Not(mapped(gate.inner, change))
    if isinstance(gate, All | Any | AtLeast):
        return replace(gate, parts=tuple(mapped(part, change) for part in gate.parts))
    return change(gate)


def renamed(gate: Gate, names: Mapping[str, str]) -> Gate:
    """Return a gate with its entries under other names; a condition on an entry that has none always holds."""

    def change(one: Condition) -> Gate:
        return (replace(one, of=names[one.of]) if one.of in names else OPEN) if isinstance(one, Done) else one

    return mapped(gate, change)
