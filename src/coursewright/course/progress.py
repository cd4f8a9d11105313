"""How far a learner is in a course as it lies in a package: what is complete, and what is still locked, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from coursewright.course.gates import (
    All,
    Any,
    AtLeast,
    Date,
    Done,
    Gate,
    Not,
    Score,
    Status,
    each,
)
from coursewright.course.outline import Act, Completing, Entry, Outline
from coursewright.frozen import frozen

_THROUGH = (Status.DONE, Status.COMPLETED, Status.SATISFIED)


@frozen
class Deeds:
    """What a learner has done with an entry, and the score for it in percent."""

    acts: frozenset[Act] = frozenset()
    score: float | None = None

    def meet(self, finish: Completing) -> bool:
        """Say whether they are what completes the entry."""
        return all(self.has(act, finish.minimum) for act in finish.acts)

    def has(self, act: Act, minimum: float | None) -> bool:
        """Say whether they have an act among them: of a grade, one of at least a minimum."""
        if act is not Act.GRADE:
            return act in self.acts
        return self.score is not None and (minimum is None or self.score >= minimum)


@dataclass(frozen=True)
class Standing:
    """Where a learner stands: the course, what was done with its entries by their identifiers, and the moment."""

    outline: Outline
    deeds: Mapping[str, Deeds]
    now: datetime
    _entries: dict[str, Entry] = field(default_factory=dict)
    _above: dict[int, Entry] = field(default_factory=dict)
    _behind: dict[int, tuple[int, set[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry, parent in self.outline.walk():
            self._entries.setdefault(entry.identifier, entry)
            if parent is not None:
                self._above[id(entry)] = parent

    def of(self, entry: Entry) -> Deeds:
        """Return what was done with an entry."""
        return self.deeds.get(entry.identifier, Deeds())

    def is_done(self, entry: Entry) -> bool:
        """Say whether an entry is complete; a folder is if what counts in it is."""
        if not entry.children:
            return entry.finish is not None and self.of(entry).meet(entry.finish)
        counted = [child for child in entry.children if self._counts(child)]
        done = [self.is_done(child) for child in counted]
        return (any if entry.finish and entry.finish.one_suffices else all)(done)

    def _counts(self, entry: Entry) -> bool:
        return not entry.hidden and (entry.finish is not None or bool(entry.children))

    def tracked(self) -> Iterator[Entry]:
        """Yield the entries that can be completed, without folders."""
        return (entry for entry, _ in self.outline.walk() if self._counts(entry) and not entry.children)

    def closed(self, entry: Entry) -> tuple[Gate, ...]:
        """Return what keeps an entry closed: the conditions that do not hold, its own and of what it is in."""
        above = self._above.get(id(entry))
        own = tuple(one for one in each(entry.gate) if not self.holds(one))
        if above is None:
            return own
        return (*self.closed(above), *self._earlier(entry, above), *own)

    def _earlier(self, entry: Entry, folder: Entry) -> Iterator[Gate]:
        """Yield what must be done first in a folder that opens in order: the first that is missing."""
        if folder.finish is None or not folder.finish.in_order:
            return
        if id(folder) not in self._behind:
            counted = (at for at, one in enumerate(folder.children) if self._counts(one) and not self.is_done(one))
            first = next(counted, len(folder.children))
            self._behind[id(folder)] = first, {id(one) for one in folder.children[first + 1 :]}
        first, behind = self._behind[id(folder)]
        if id(entry) in behind:
            yield Done(folder.children[first].identifier)

    def holds(self, gate: Gate) -> bool:
        """Say whether a gate is open; what cannot be imitated, such as a group, keeps it closed."""
        match gate:
            case All(parts):
                return all(map(self.holds, parts))
            case Any(parts):
                return any(map(self.holds, parts))
            case AtLeast(count, parts):
                return sum(map(self.holds, parts)) >= count
            case Not(inner):
                return not self.holds(inner)
            case Done(of, status):
                return of in self._entries and self._is(self._entries[of], status)
            case Score(of):
                return of in self._entries and _within(self.of(self._entries[of]).score, gate)
            case Date(moment, before):
                return isinstance(moment, datetime) and (_zoned(moment) > self.now) is before
            case _:
                return False

    def _is(self, entry: Entry, status: Status) -> bool:
        deeds, done = self.of(entry), self.is_done(entry)
        least = entry.finish.minimum if entry.finish and entry.finish.minimum is not None else 0.0
        match status:
            case Status.PASSED:
                return deeds.score is not None and deeds.score >= least
            case Status.FAILED:
                return deeds.score is not None and deeds.score < least
            case Status.INCOMPLETE:
                return not done
            case Status.ATTEMPTED:
                return bool(deeds.acts)
            case _:
                return done if status in _THROUGH else False


def _within(score: float | None, wanted: Score) -> bool:
    """Say whether a score in percent lies within bounds, those that are no numbers being none."""
    if score is None:
        return False
    least, most = (bound if isinstance(bound, float | int) else None for bound in (wanted.minimum, wanted.maximum))
    enough = least is None or (score > least if wanted.strict else score >= least)
    return enough and (most is None or (score <= most if wanted.strict else score < most))


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
