"""What SCORM 2004 locks items by: objectives that they look at, and others write; whether what is locked can open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.course.circles import circles, way_round
from coursewright.course.doors import Door, door_of, open_all
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.frozen import slotted
from coursewright.packages.documents.elements import all_within, local_name
from coursewright.packages.documents.manifest import ADLSEQ, SS, named
from coursewright.packages.documents.scorm.sequencing import Sequencing, combined_by_any, iri, sequencings

_LONGEST_WAY = 10
_NO = ("false", "0")
_CONSIDERATIONS = f"{{{ADLSEQ}}}rollupConsiderations"
Sequenced = Mapping[etree._Element | None, Sequencing]
Writers = Mapping[str, Collection[etree._Element]]


def check_sequencing(root: etree._Element) -> Iterator[Flaw]:
    """The rules of every item look at its own objectives, and whatever they lock can be opened."""
    ordered = sequencings(root)
    for one in ordered:
        if one.dangling:
            whose = f"<sequencing> of {named(one.item)}"
            yield flaw(messages.REFERENCE_DANGLES, one.own, element=whose, reference=one.dangling)
        else:
            yield from _objectives_are_declared(one)
    yield from _locks_can_open(root, ordered)


def _objectives_are_declared(sequencing: Sequencing) -> Iterator[Flaw]:
    """Every objective that a rule looks at is one of the same item."""
    declared = {iri(found.get("objectiveID", "")) for found in sequencing.find("objectives/*")}
    for part in sequencing.parts.values():
        for condition in part.iter(f"{{{SS}}}ruleCondition"):
            objective = condition.get("referencedObjective")
            if objective is not None and iri(objective) not in declared:
                declared.add(iri(objective))  # it is said once
                yield flaw(messages.OBJECTIVE_UNDECLARED, condition, item=named(sequencing.item), objective=objective)


@slotted
class ObjectiveLock:
    """An objective without which an item is disabled: where it is asked for, and the globals that it reads.

    `of_itself` says what the item has to be, where it waits for its own status.
    """

    item: etree._Element
    objective: str
    condition: etree._Element
    targets: frozenset[str]
    door: Door = field(default_factory=Door)
    of_itself: str = ""


@slotted
class _Ways:
    """Two doors of an item: whether learners come to it, and whether it is ever satisfied."""

    into: Door
    through: Door


def _locks_can_open(root: etree._Element, ordered: Sequence[Sequencing]) -> Iterator[Flaw]:
    """Whatever keeps an item locked until it is satisfied reads a global objective that something else writes."""
    shut = {one.item: why for one in ordered for why in always_shut(one)}
    for item, (element, why) in shut.items():
        yield flaw(messages.ALWAYS_LOCKED, element, item=named(item), why=why)
    every = root.iter("{*}organization", "{*}item")
    if len(ordered) == sum(item.find(f"{{{SS}}}sequencing") is not None for item in every):  # all who write were read
        locked = _Locked(root, ordered, shut)
        yield from locked.without_writer()
        yield from locked.in_circles()


class _Locked:
    """The items of a manifest with their locks, those that are always `shut`, what is counted `inside` each heading,
    and who writes each global objective."""

    def __init__(self, root: etree._Element, ordered: Sequence[Sequencing], shut: Collection[etree._Element]) -> None:
        self._shut, self._shared = shut, _shared_with_other_courses(root)
        self._writers = _writers(ordered)
        self._locks = {one.item: locks_of(one) for one in ordered if one.item not in shut and not one.dangling}
        sequenced: Sequenced = {one.item: one for one in ordered}
        every = root.iter("{*}organization", "{*}item")
        self._inside = {item: _counted(item, sequenced, self._writers) for item in every}

    def without_writer(self) -> Iterator[Flaw]:
        """Yield a flaw for each lock that nothing but its own item could open; other courses may, unless shut out."""
        for item, lock in ((item, lock) for item, its in self._locks.items() for lock in its):
            if next(self._others(lock), None) is not None:
                continue
            elsewhere = bool(lock.targets) and item in self._shared
            if lock.of_itself and not elsewhere:
                why = f"a rule disables it until it is {lock.of_itself} itself"
                yield flaw(messages.ALWAYS_LOCKED, lock.condition, item=named(item), why=why)
                continue
            opens = "it opens only if another course does" if elsewhere else "it never opens"
            weight, about = Severity.WARNING if elsewhere else None, {"objective": lock.objective, "opens": opens}
            yield flaw(messages.NEVER_OPENS, lock.condition, weight, item=named(item), **about)

    def in_circles(self) -> Iterator[Flaw]:
        """Yield a flaw for each row of items that never open since each waits for the next."""
        for circle in circles({one: (other,) for one, other in self._reasons().items()}):
            way = way_round([named(one) for one in circle], _LONGEST_WAY)
            weight = Severity.WARNING if circle[0] in self._shared else None
            yield flaw(messages.PREREQUISITE_CIRCLE, circle[0], weight, item=named(circle[0]), way=way)

    def _others(self, lock: ObjectiveLock) -> Iterator[etree._Element]:
        """Yield who else writes what opens a lock: nor what is in the item, where it waits for its own status."""
        for writer in (one for target in lock.targets for one in self._writers.get(target, ())):
            within = lock.item in writer.iterancestors() if lock.of_itself else False
            if writer is not lock.item and not within:
                yield writer

    def _doors(self) -> dict[etree._Element, _Ways]:
        """Return the doors of each item, open where learners come to it, and through it; with those of its locks."""
        ways = {one: _Ways(Door(int(one in self._shut)), Door()) for one in self._inside}
        written = {
            target: door_of((ways[one].through for one in items), any_will_do=True)
            for target, items in self._writers.items()
        }
        for item, way in ways.items():
            parent = item.getparent()
            if local_name(item) == "item" and parent is not None:
                way.into.waits_for(ways[parent].into if parent in ways else Door(1))
            for lock in self._locks.get(item, ()):
                lock.door = door_of((written[one] for one in lock.targets if one in written), any_will_do=True)
                way.into.waits_for(lock.door)
            way.through.waits_for(way.into)
            for child in self._inside[item]:
                way.through.waits_for(ways[child].through)
        open_all([door for way in ways.values() for door in (way.into, way.through)])
        return ways

    def _reasons(self) -> dict[etree._Element, etree._Element]:
        """Return for each item that never opens, or is never satisfied, another that would have to be before it is."""
        reasons: dict[etree._Element, etree._Element] = {}
        doors = self._doors()
        for item in (one for one, door in doors.items() if door.through.is_closed and local_name(one) == "item"):
            if not doors[item].into.is_closed:
                reasons[item] = next(child for child in self._inside[item] if doors[child].through.is_closed)
                continue
            closed = [lock for lock in self._locks.get(item, ()) if lock.door.is_closed]
            others = (one for lock in closed for one in self._others(lock))
            reason = next(others, None if closed else item.getparent())
            if reason is not None:
                reasons[item] = reason
        return reasons


def always_shut(sequencing: Sequencing) -> Iterator[tuple[etree._Element, str]]:
    """Yield the element by which an item is locked whatever a learner does, and why."""
    for limit in sequencing.find("limitConditions"):
        if limit.get("attemptLimit", "").strip().strip("0") == "" and limit.get("attemptLimit", "").strip():
            yield limit, "its attempt limit is 0"
    for rule in sequencing.locking("disabled"):
        conditions = rule.findall(f"{{{SS}}}ruleConditions/{{{SS}}}ruleCondition")
        always = [one.get("condition") == "always" and one.get("operator") != "not" for one in conditions]
        if always and (any(always) if combined_by_any(rule) else all(always)):
            yield rule, "a rule disables it always"


def _shared_with_other_courses(root: etree._Element) -> set[etree._Element]:
    """Return the items whose global objectives other courses may write, as they may by default."""
    name = f"{{{ADLSEQ}}}objectivesGlobalToSystem"
    shared = (one for one in all_within(root, "organization") if one.get(name) not in _NO)
    return {item for organization in shared for item in all_within(organization, "item")}


def _writers(ordered: Sequence[Sequencing]) -> Writers:
    """Return by global objective the items that write a status or a measure to it."""
    writers: defaultdict[str, dict[etree._Element, None]] = defaultdict(dict)
    for one in ordered:
        for part in one.parts.values():
            for found in all_within(part, "mapInfo"):
                if any(str(name).startswith("write") and value in ("true", "1") for name, value in found.items()):
                    writers[iri(found.get("targetObjectiveID", ""))][one.item] = None
    return writers


def locks_of(sequencing: Sequencing) -> list[ObjectiveLock]:
    """Return the objectives without which the item is disabled, from the first attempt on, each with a condition.

    One without a name is the item's own. Only "any of: not satisfied, not known" is such a lock: an unknown status
    alone does not lock, and further conditions may lift it. What is not declared is another finding.
    """
    targets: defaultdict[str, set[str]] = defaultdict(set)
    for declared in sequencing.find("objectives/*"):
        maps = (one for one in declared.iterfind(f"{{{SS}}}mapInfo") if _reads(one))
        targets[iri(declared.get("objectiveID", ""))] |= {iri(one.get("targetObjectiveID", "")) for one in maps}
    locks: dict[str, ObjectiveLock] = {}
    for rule in sequencing.locking("disabled"):
        asked = {
            (found.get("referencedObjective"), found.get("condition")): found
            for found in rule.iter(f"{{{SS}}}ruleCondition")
            if found.get("operator") == "not"
        }
        count = sum(1 for _ in rule.iter(f"{{{SS}}}ruleCondition"))
        if not combined_by_any(rule) and count > 1:
            continue
        for (name, condition), found in asked.items():
            if name and condition == "satisfied" and (name, "objectiveStatusKnown") in asked and iri(name) in targets:
                locks[name] = ObjectiveLock(sequencing.item, name, found, frozenset(targets[iri(name)]))
        if its := _by_itself(sequencing, asked):
            locks.setdefault("", its)
    return list(locks.values())


_Asked = Mapping[tuple[str | None, str | None], etree._Element]
# What an item can be, and the condition by which a rule fires while nothing is known of it; of attempts, all is known.
_OF_ITSELF = {"satisfied": "objectiveStatusKnown", "completed": "activityProgressKnown", "attempted": "attempted"}


def _by_itself(sequencing: Sequencing, asked: _Asked) -> ObjectiveLock | None:
    """Return the lock of a rule that waits for the item's own status, which it may take from global objectives."""
    for (name, condition), found in asked.items():
        known = _OF_ITSELF.get(condition or "")
        if name or known is None or (None, known) not in asked:
            continue
        objective = next((one.get("objectiveID", "") for one in sequencing.find("objectives/primaryObjective")), "")
        targets = frozenset(_taken_from(sequencing)) if condition != "attempted" else frozenset[str]()
        return ObjectiveLock(sequencing.item, objective, found, targets, of_itself=str(condition))
    return None


def _taken_from(sequencing: Sequencing) -> Iterator[str]:
    """Yield the global objectives from which an item, or anything in it, may take a status."""
    for whole in (*sequencing.parts.values(), *sequencing.item.iterfind("{*}item")):
        yield from (iri(one.get("targetObjectiveID", "")) for one in all_within(whole, "mapInfo") if _reads(one))


# --- what has to be satisfied in a heading before that is: all in it, unless it says otherwise ---


def _counted(item: etree._Element, sequenced: Sequenced, writers: Writers) -> Sequence[etree._Element]:
    """Return the items without which a heading is never satisfied; none where it can be in another way."""
    own = sequenced.get(item)
    if own is not None and _has_a_way_of_its_own(own, writers):
        return ()
    return [child for child in item.iterfind("{*}item") if _counts(sequenced.get(child), writers)]


def _reads(mapping: etree._Element) -> bool:
    """Say whether an objective takes anything from the global one that it is mapped to."""
    return any(mapping.get(f"read{what}", "true") not in _NO for what in ("SatisfiedStatus", "NormalizedMeasure"))


def _has_a_way_of_its_own(heading: Sequencing, writers: Writers) -> bool:
    """Say whether a heading may be satisfied by its own rules, by a measure, or by a global objective."""
    rules = heading.find("rollupRules/rollupRule")
    primary, maps = heading.find("objectives/primaryObjective"), heading.find("objectives/*/mapInfo")
    return (
        bool(heading.dangling or rules)
        or any(one.get("satisfiedByMeasure", "false") not in _NO for one in primary)
        or any(one.get("writeNormalizedMeasure", "false") not in _NO for one in maps)
        or _is_told(heading, writers)
    )


def _counts(child: Sequencing | None, writers: Writers) -> bool:
    """Say whether an item counts for whether its heading is satisfied, and comes to its own status alone."""
    if child is None:
        return True
    return not (
        child.dangling
        or any(one.get("rollupObjectiveSatisfied", "true") in _NO for one in child.find("rollupRules"))
        or any(one.get("tracked", "true") in _NO for one in child.find("deliveryControls"))
        or _CONSIDERATIONS in child.parts
        or _is_told(child, writers)
    )


def _is_told(own: Sequencing, writers: Writers) -> bool:
    """Say whether another item writes the status that an item has."""
    maps = filter(_reads, own.find("objectives/primaryObjective/mapInfo"))
    targets = {iri(one.get("targetObjectiveID", "")) for one in maps}
    return any(writer is not own.item for target in targets for writer in writers.get(target, ()))
