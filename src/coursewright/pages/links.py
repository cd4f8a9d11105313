"""Where the links and pictures of a part lead, within a course and in a format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from markupsafe import Markup

from coursewright.course.assets import Asset, Target, ToFile, ToUnit
from coursewright.course.model import Course, Unit
from coursewright.course.parts import File, Leading, Link, Part
from coursewright.course.values import Identity
from coursewright.frozen import frozen

Address = Callable[[Unit], str]
"""Says where a page finds another unit; an empty text where pages cannot link."""


def _nowhere(*_: object) -> str:
    return ""


def _no_way(_: str) -> None:
    return None


def _as_it_is(body: Markup) -> Markup:
    return body


def _as_others(_: Part) -> None:
    return None


@frozen
class Places:
    """Where a format puts what pages lead to: a page or a quiz of a unit, or an anchor on it, and a file.

    Each answers with an address, or with an empty text where pages cannot lead there; `whole` is that of all units,
    where there is one. `dressed` gives a page its looks where our stylesheet does not come along, and `ended` says
    that the format ends a unit with a page of its own. `titled` says how titles are made of both names. `apart` gives
    the places for a part that stands elsewhere than pages do, None for any other; `has_rubrics` says that the format
    has rubrics of its own, and `enters_files` that a link may lead to a place within a file, such as #page=2.
    """

    part: Callable[[Unit, Part, str], str] = _nowhere
    file: Callable[[Asset], str] = _nowhere
    whole: str = ""
    dressed: Callable[[Markup], Markup] = _as_it_is
    ended: bool = False
    titled: str = "{unit}: {part}"
    apart: Callable[[Part], Places | None] = _as_others
    has_rubrics: bool = False
    enters_files: bool = True


NOWHERE = Places()


@frozen
class Ways:
    """The ways from the pages of one unit. `locked` says that they lead only to what is open to its learners."""

    course: Course
    unit: Unit
    address: Address
    places: Places
    locked: bool = False

    def address_on(self, page: Leading) -> Callable[[str], str | None]:
        """Return what says where an address of a page leads; None for one that leads nowhere, or to a place on it."""
        if not page.targets:
            return _no_way
        apart = self.places.apart(page)
        ways = replace(self, places=apart) if apart else self

        def address(written: str) -> str | None:
            target = page.targets.get(written)
            return (ways.to(target) or None) if target else None

        return address

    def to(self, target: Target) -> str:
        """Return the address of a target; an empty text where there is no way to it."""
        if isinstance(target, ToFile):
            found = self.places.file(target.asset)
            enters = found and target.anchor and self.places.enters_files
            return f"{found}#{target.anchor}" if enters else found
        unit = self.course.find(target.unit)
        if unit is None or (self.locked and unit in shut(self.course, self.unit, [unit])):
            return ""
        return self._within(unit, target)

    def _within(self, unit: Unit, target: ToUnit) -> str:
        if not target.part:
            return self.address(unit)
        match next((part for part in unit.parts if part.key == target.part), None):
            case None:
                return ""
            case Link(url=url):
                return url
            case File(asset=asset):
                return self.places.file(asset)
            case part:
                return self.places.part(unit, part, target.anchor)


def required_among(course: Course, unit: Unit, wanted: set[Identity]) -> set[Identity]:
    """Return those of some units that must be complete before a unit opens, by way of others, too."""
    first = min(map(course.place_of, wanted), default=0)
    seen: set[Identity] = set()
    left = list(course.step(unit).needs)
    while left and not seen >= wanted:
        gate = left.pop()
        if gate.identity not in seen and course.place_of(gate.identity) >= first:  # nothing before leads to one of them
            seen.add(gate.identity)
            left += course.step(gate).needs
    return seen & wanted


def shut(course: Course, unit: Unit, others: list[Unit]) -> list[Unit]:
    """Return those of other units that are locked for whoever begins a unit."""
    waiting = [other for other in others if other.identity != unit.identity and course.step(other).needs]
    if not waiting:
        return []
    gates = {gate.identity for other in waiting for gate in course.step(other).needs}
    begun = required_among(course, unit, gates)
    return [other for other in waiting if not begun.issuperset(gate.identity for gate in course.step(other).needs)]


def assets_of(part: Part) -> tuple[Asset, ...]:
    """Return the files that a part shows, leads to, or is, once each."""
    if isinstance(part, File):
        return (part.asset,)
    found = part.targets.values() if isinstance(part, Leading) else ()
    assets = [target.asset for target in found if isinstance(target, ToFile)]
    return tuple({asset.digest: asset for asset in assets}.values())
