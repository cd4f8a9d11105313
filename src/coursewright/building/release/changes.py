"""What changes for learners from one release to the next: a comparison of two records, as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from coursewright.building.release.record import CourseRecord, PartRecord, ReleaseRecord, UnitRecord
from coursewright.course.values import Identity
from coursewright.frozen import frozen


@frozen
class UnitChanges:
    """What changes in a unit that both releases hold, under one identity.

    `awaits` and `freed` name what it waits for now, and did before, as it is called now. Of its parts, `renewed` are
    those that are known by another key, the old one first.
    """

    before: UnitRecord
    now: UnitRecord
    awaits: tuple[UnitRecord, ...] = ()
    freed: tuple[UnitRecord, ...] = ()
    come: tuple[PartRecord, ...] = ()
    gone: tuple[PartRecord, ...] = ()
    revised: tuple[PartRecord, ...] = ()
    retitled: tuple[tuple[PartRecord, PartRecord], ...] = ()
    renewed: tuple[tuple[PartRecord, PartRecord], ...] = ()

    @property
    def is_retitled(self) -> bool:
        """Whether it has another title."""
        return self.before.title != self.now.title

    @property
    def says_otherwise(self) -> bool:
        """Whether anything that learners read or do in it has changed."""
        parts = (*self.come, *self.gone, *self.revised, *self.retitled)
        return bool(parts) or self.before.hash != self.now.hash

    @property
    def is_any(self) -> bool:
        """Whether anything changes."""
        return self.is_retitled or self.says_otherwise or bool(self.awaits or self.freed or self.renewed)


@frozen
class CourseChanges:
    """What changes in a course. Without a `before` it is new, and nothing else is said of it.

    `renewed` are units known by another identity, `swapped` those whose title another one had: what it is now comes
    second.
    """

    before: CourseRecord | None
    now: CourseRecord
    come: tuple[UnitRecord, ...] = ()
    gone: tuple[UnitRecord, ...] = ()
    renewed: tuple[tuple[UnitRecord, UnitRecord], ...] = ()
    swapped: tuple[tuple[UnitRecord, UnitRecord], ...] = ()
    units: tuple[UnitChanges, ...] = ()
    is_reordered: bool = False
    dropped: tuple[str, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything changes for learners."""
        moves = self.come or self.gone or self.renewed or self.swapped or self.units or self.is_reordered
        return self.before is None or bool(moves) or self.before.title != self.now.title


@frozen
class Changes:
    """What changes from one release to the next; without an old one this is the first."""

    old: ReleaseRecord | None
    new: ReleaseRecord
    courses: tuple[CourseChanges, ...] = ()
    gone: tuple[CourseRecord, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything changes for learners."""
        return bool(self.gone) or any(course.is_any for course in self.courses)


def changes_between(old: ReleaseRecord | None, new: ReleaseRecord) -> Changes:
    """Return what changes from one release to the next."""
    before = {course.name: course for course in old.courses} if old else {}
    names = {course.name for course in new.courses}
    courses = tuple(_course(before.get(course.name), course) for course in new.courses)
    return Changes(old, new, courses, tuple(course for name, course in before.items() if name not in names))


def _course(before: CourseRecord | None, now: CourseRecord) -> CourseChanges:
    if before is None:
        return CourseChanges(None, now)
    was, is_now = _by_identity(before), _by_identity(now)
    gone = [unit for unit in before.units if unit.identity not in is_now]
    come = [unit for unit in now.units if unit.identity not in was]
    renewed = tuple(_alike(gone, come))
    paired = {unit.identity for pair in renewed for unit in pair}
    both = [(unit, is_now[unit.identity]) for unit in before.units if unit.identity in is_now]
    swapped = tuple(_swapped(both))
    strange = {unit.identity for unit, _ in swapped}
    found = (_unit(one, other, was, is_now) for one, other in both if one.identity not in strange)
    return CourseChanges(
        before,
        now,
        tuple(unit for unit in come if unit.identity not in paired),
        tuple(unit for unit in gone if unit.identity not in paired),
        renewed,
        swapped,
        tuple(change for change in found if change.is_any),
        _is_reordered([one.identity for one, _ in both], [unit.identity for unit in now.units]),
        tuple(name for name in before.packages if name not in now.packages),
    )


def _by_identity(course: CourseRecord) -> dict[Identity, UnitRecord]:
    return {unit.identity: unit for unit in course.units}


def _alike(gone: Iterable[UnitRecord], come: Sequence[UnitRecord]) -> Iterator[tuple[UnitRecord, UnitRecord]]:
    """Yield the units that people take for one and LMSs for two: of one title, or saying the same."""
    left = list(come)
    for unit in gone:
        same = [other for other in left if other.title == unit.title]
        same = same or [other for other in left if other.hashes and other.hashes == unit.hashes]
        if len(same) == 1:
            left.remove(same[0])
            yield unit, same[0]


def _swapped(both: Sequence[tuple[UnitRecord, UnitRecord]]) -> Iterator[tuple[UnitRecord, UnitRecord]]:
    """Yield the units whose identity names what another unit was before, by title and by what it says."""
    before = {one.title: one for one, _ in both}
    for one, other in both:
        was = before.get(other.title)
        is_moved = was is not None and was.identity != one.identity and one.title != other.title
        if is_moved and was is not None and not one.hashes & other.hashes and was.hashes & other.hashes:
            yield one, other


def _is_reordered(before: Sequence[Identity], now: Sequence[Identity]) -> bool:
    stayed = set(before)
    return list(before) != [identity for identity in now if identity in stayed]


def _unit(
    one: UnitRecord, other: UnitRecord, was: Mapping[Identity, UnitRecord], now: Mapping[Identity, UnitRecord]
) -> UnitChanges:
    parts, others = {part.key: part for part in one.parts}, {part.key: part for part in other.parts}
    gone = [part for key, part in parts.items() if key not in others]
    come = [part for key, part in others.items() if key not in parts]
    renewed = tuple(_parts_alike(gone, come))
    paired = {part.key for pair in renewed for part in pair}
    both = [(part, others[key]) for key, part in parts.items() if key in others]
    return UnitChanges(
        one,
        other,
        tuple(now[need] for need in other.needs if need not in one.needs and need in now),
        tuple(now.get(need, was[need]) for need in one.needs if need not in other.needs and need in was),
        tuple(part for part in come if part.key not in paired),
        tuple(part for part in gone if part.key not in paired),
        tuple(after for part, after in (*both, *renewed) if part.hash != after.hash),
        tuple((part, after) for part, after in both if part.title != after.title and after.title != other.title),
        renewed,
    )


def _parts_alike(gone: Iterable[PartRecord], come: Sequence[PartRecord]) -> Iterator[tuple[PartRecord, PartRecord]]:
    left = list(come)
    for part in gone:
        same = [other for other in left if other.kind == part.kind and part.title == other.title]
        same = same or [other for other in left if other.kind == part.kind and part.hash == other.hash]
        if len(same) == 1:
            left.remove(same[0])
            yield part, same[0]
