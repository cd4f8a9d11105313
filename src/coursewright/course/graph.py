"""The prerequisite graph of a curriculum: what references mean, the order to learn, where it goes in circles."""

from __future__ import annotations

import heapq
import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field

from coursewright.course.circles import circles
from coursewright.course.gates import needed
from coursewright.course.model import About, Curriculum, Unit
from coursewright.course.values import Identity, Kind, Mention, References
from coursewright.frozen import frozen
from coursewright.text.patterns import later

_ROLE = later(
    r"\b(?:architect|engineer|lead|manager|developer|analyst|scientist|specialist|administrator|designer|operator)s?\b",
    re.IGNORECASE,
)
_FARTHEST = 60
_NUMBER = re.compile(r"(MOD-|PROJ-)(\d+)$")


@frozen
class LinkedMention:
    """A mention and the units it could mean. It has a target only when there is exactly one."""

    mention: Mention
    candidates: tuple[Unit, ...]

    @property
    def target(self) -> Unit | None:
        """The unit that is meant, or None when there is none or more than one."""
        return self.candidates[0] if len(self.candidates) == 1 else None


@frozen
class Graph:
    """Every unit by identity, and the links of its prerequisites, its next units and its placement.

    `courses` is what is said of courses as a whole, by track.
    """

    units: Mapping[Identity, Unit]
    prerequisites: Mapping[Identity, tuple[LinkedMention, ...]]
    next: Mapping[Identity, tuple[LinkedMention, ...]]
    placement: Mapping[Identity, tuple[LinkedMention, ...]]
    courses: Mapping[str, About] = field(default_factory=dict)

    def required(self, unit: Unit) -> tuple[Unit, ...]:
        """Return the units that must be complete before this one, once each, in the author's order."""
        return _targets(self.prerequisites[unit.identity])

    def about(self, units: Iterable[Unit]) -> About | None:
        """Return what is said of the course that units make up, if they are of one and anything is."""
        tracks = {unit.track for unit in units}
        return self.courses.get(next(iter(tracks))) if len(tracks) == 1 else None

    def following(self, unit: Unit) -> tuple[Unit, ...]:
        """Return the units the author sends a learner to after this one."""
        return _targets(self.next[unit.identity])


def _targets(links: Iterable[LinkedMention]) -> tuple[Unit, ...]:
    found = {link.target.identity: link.target for link in links if link.target}
    return tuple(found.values())


def link(curriculum: Curriculum) -> Graph:
    """Resolve every reference: to the unit of its own track, else to the only unit of that id anywhere."""
    units: dict[Identity, Unit] = {}
    for unit in curriculum.units:
        units.setdefault(unit.identity, unit)
    index = _Index(units.values())
    return Graph(
        units,
        {identity: index.gates(unit) for identity, unit in units.items()},
        {identity: index.links(unit, unit.next) for identity, unit in units.items()},
        {identity: index.links(unit, unit.placement) for identity, unit in units.items()},
        {about.track: about for about in curriculum.courses},
    )


class _Index:
    """Units by id, and by prefix and number, so that `Project 1` finds `PROJ-01`."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._by_id: defaultdict[str, list[Unit]] = defaultdict(list)
        self._by_number: defaultdict[tuple[str, int], list[Unit]] = defaultdict(list)
        self._tracks: set[str] = set()
        for unit in units:
            self._tracks.add(unit.track)
            self._by_id[unit.id].append(unit)
            self._by_number[_numbered(unit.id)].append(unit)

    def links(self, unit: Unit, references: References) -> tuple[LinkedMention, ...]:
        return tuple(LinkedMention(mention, self._candidates(unit, mention)) for mention in references.mentions)

    def gates(self, unit: Unit) -> tuple[LinkedMention, ...]:
        """Return what a unit waits for: its prerequisites, and units without which its own gate surely never opens."""
        found = self.links(unit, unit.prerequisites)
        known = {link.target.identity for link in found if link.target}
        sure = dict.fromkeys(id for id in needed(unit.gate) if (unit.track, id) not in known)
        own = (tuple(one for one in self._by_id.get(id, ()) if one.track == unit.track) for id in sure)
        return (*found, *map(LinkedMention, map(Mention, sure), own))

    def _candidates(self, unit: Unit, mention: Mention) -> tuple[Unit, ...]:
        """Return the exact id's units before those of the same number, the own track's before others'.

        A qualifier that is a track's means that track, and no other; a role that no document has means nothing
        here, and other words are only words.
        """
        exact, near = self._by_id.get(mention.id, []), self._by_number.get(_numbered(mention.id), [])
        if mention.qualifier and (_names_a_track(mention.qualifier, self._tracks) or _ROLE.search(mention.qualifier)):
            return tuple(_in_track(mention.qualifier, exact or near))
        own = [found for found in exact if found.track == unit.track] or [
            found for found in near if found.track == unit.track
        ]
        return tuple(own or exact or near)


def _names_a_track(qualifier: str, tracks: Iterable[str]) -> bool:
    words = set(re.findall(r"[a-z0-9]+", qualifier.lower()))
    return bool(words) and any(words <= set(track.split("-")) for track in tracks)


def _in_track(qualifier: str, units: list[Unit]) -> list[Unit]:
    """Return the units whose track has every word of the qualifier; of several, the ones it describes whole."""
    words = set(re.findall(r"[a-z0-9]+", qualifier.lower()))
    meant = [unit for unit in units if words <= set(unit.track.split("-"))]
    whole = [unit for unit in meant if words == set(unit.track.split("-"))]
    return whole or meant


def _numbered(id: str) -> tuple[str, int]:
    match = _NUMBER.match(id)
    return (match[1], int(match[2][:18])) if match else (id, -1)


def author_order(unit: Unit) -> tuple[tuple[int, ...], int, str, str]:
    """Sort key: the number of the id, modules before projects, then the id and the track."""
    return (
        tuple(int(number[:18]) for number in re.findall(r"\d+", unit.id)),
        int(unit.kind is Kind.PROJECT),
        unit.id,
        unit.track,
    )


def in_order(units: Collection[Unit], graph: Graph) -> list[Unit]:
    """Return the units so that each stands after its prerequisites among them, ties by the author's order.

    Units on a cycle, and what hangs on them, come last in the author's order.
    """
    inside = {unit.identity: unit for unit in units}
    places = {identity: place for place, identity in enumerate(graph.units)}
    order = {identity: _placed(unit, places[identity]) for identity, unit in inside.items()}
    waiting = dict.fromkeys(inside, 0)
    followers: defaultdict[Identity, list[Unit]] = defaultdict(list)
    for unit in inside.values():
        for identity in _required_inside(unit, inside, graph):
            waiting[unit.identity] += 1
            followers[identity].append(unit)
    ready = [(order[identity], identity) for identity in inside if not waiting[identity]]
    heapq.heapify(ready)
    ordered: list[Unit] = []
    while ready:
        _, identity = heapq.heappop(ready)
        ordered.append(inside.pop(identity))
        for follower in followers[identity]:
            waiting[follower.identity] -= 1
            if not waiting[follower.identity]:
                heapq.heappush(ready, (order[follower.identity], follower.identity))
    return ordered + sorted(inside.values(), key=lambda unit: order[unit.identity])


def _placed(unit: Unit, place: int) -> tuple[int, tuple[object, ...]]:
    """Return what sorts units: roadmaps by their ids, the units of folders in the order that they were read in."""
    return (1, (place,)) if unit.kind is Kind.UNIT else (0, author_order(unit))


def _required_inside(unit: Unit, inside: Collection[Identity], graph: Graph) -> set[Identity]:
    """Return which units inside are required, directly or by way of the nearest units outside.

    How many of those are looked at is bounded, so that the order of many courses takes no more than linear time.
    """
    found: set[Identity] = set()
    seen: set[Identity] = set()
    waiting = deque(graph.required(unit))
    while waiting and len(seen) < _FARTHEST:
        required = waiting.popleft()
        if required.identity in inside:
            found.add(required.identity)
        elif required.identity not in seen:
            seen.add(required.identity)
            waiting += graph.required(required)
    return found


def with_prerequisites(units: Iterable[Unit], graph: Graph) -> list[Unit]:
    """Return the units and everything they need, directly or not."""
    found: dict[Identity, Unit] = {}
    waiting = list(units)
    while waiting:
        unit = waiting.pop()
        if unit.identity not in found:
            found[unit.identity] = unit
            waiting += graph.required(unit)
    return list(found.values())


def cycles(graph: Graph) -> list[list[Unit]]:
    """Return the circles among prerequisites, each once, every unit that is on one being named in at least one."""
    ordered = sorted(graph.units.values(), key=author_order)
    waits = {unit.identity: [one.identity for one in graph.required(unit)] for unit in ordered}
    return [[graph.units[one] for one in circle] for circle in circles(waits)]
