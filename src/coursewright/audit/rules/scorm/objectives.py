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
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.manifest import ADLSEQ, SS, named
from coursewright.packages.documents.scorm.sequencing import Sequencing, combined_by_any, iri, sequencings

_LONGEST_WAY = 10


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
class _Lock:
    """An objective without which an item is disabled: where it is asked for, and the globals that it reads."""

    item: etree._Element
    objective: str
    condition: etree._Element
    targets: frozenset[str]
    door: Door = field(default_factory=Door)


def _locks_can_open(root: etree._Element, ordered: Sequence[Sequencing]) -> Iterator[Flaw]:
    """Whatever keeps an item locked until it is satisfied reads a global objective that something else writes."""
    shut = {one.item: why for one in ordered for why in always_shut(one)}
    for item, (element, why) in shut.items():
        yield flaw(messages.ALWAYS_LOCKED, element, item=named(item), why=why)
    every = root.iter("{*}organization", "{*}item")
    if len(ordered) < sum(item.find(f"{{{SS}}}sequencing") is not None for item in every):
        return  # who else writes was not read
    writers = _writers(ordered)
    locks = {one.item: _locks(one) for one in ordered if one.item not in shut and not one.dangling}
    shared = _shared_with_other_courses(root)
    yield from _without_writer(locks, writers, shared)
    reasons = _reasons(_doors(root, locks, shut, writers), locks, writers)
    for circle in circles({one: (other,) for one, other in reasons.items()}):
        way = way_round([named(one) for one in circle], _LONGEST_WAY)
        weight = Severity.WARNING if circle[0] in shared else None
        yield flaw(messages.PREREQUISITE_CIRCLE, circle[0], weight, item=named(circle[0]), way=way)


def _without_writer(
    locks: Mapping[etree._Element, Sequence[_Lock]],
    writers: Mapping[str, Collection[etree._Element]],
    shared: Collection[etree._Element],
) -> Iterator[Flaw]:
    """Yield a finding for each lock that nothing but its own item could open; other courses may, unless shut out."""
    for item, its in locks.items():
        for lock in its:
            if all(writer is item for target in lock.targets for writer in writers.get(target, ())):
                elsewhere = bool(lock.targets) and item in shared
                opens = "it opens only if another course does" if elsewhere else "it never opens"
                weight, about = Severity.WARNING if elsewhere else None, {"objective": lock.objective, "opens": opens}
                yield flaw(messages.NEVER_OPENS, lock.condition, weight, item=named(item), **about)


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
    shared = (one for one in _all(root, "organization") if one.get(name) not in ("false", "0"))
    return {item for organization in shared for item in _all(organization, "item")}


def _writers(ordered: Sequence[Sequencing]) -> Mapping[str, Collection[etree._Element]]:
    """Return by global objective the items that write a status or a measure to it."""
    writers: defaultdict[str, dict[etree._Element, None]] = defaultdict(dict)
    for one in ordered:
        for part in one.parts.values():
            for found in _all(part, "mapInfo"):
                if any(str(name).startswith("write") and value in ("true", "1") for name, value in found.items()):
                    writers[iri(found.get("targetObjectiveID", ""))][one.item] = None
    return writers


def _doors(
    root: etree._Element,
    locks: Mapping[etree._Element, Sequence[_Lock]],
    shut: Collection[etree._Element],
    writers: Mapping[str, Collection[etree._Element]],
) -> dict[etree._Element, Door]:
    """Return a door for each item, open where learners can come to it; with those of its locks."""
    doors = {one: Door(int(one in shut)) for one in root.iter("{*}organization", "{*}item")}
    written = {target: door_of((doors[one] for one in items), any_will_do=True) for target, items in writers.items()}
    for item, door in doors.items():
        parent = item.getparent()
        if local_name(item) == "item" and parent is not None:
            door.waits_for(doors.get(parent, Door(1)))
        for lock in locks.get(item, ()):
            lock.door = door_of((written[one] for one in lock.targets if one in written), any_will_do=True)
            door.waits_for(lock.door)
    open_all([*doors.values()])
    return doors


def _reasons(
    doors: Mapping[etree._Element, Door],
    locks: Mapping[etree._Element, Sequence[_Lock]],
    writers: Mapping[str, Collection[etree._Element]],
) -> dict[etree._Element, etree._Element]:
    """Return for each item that never opens another that would have to open before it, where there is one."""
    reasons: dict[etree._Element, etree._Element] = {}
    for item in (one for one, door in doors.items() if door.is_closed and local_name(one) == "item"):
        parent = item.getparent()
        needed = [lock for lock in locks.get(item, ()) if lock.door.is_closed]
        others = (
            one for lock in needed for target in lock.targets for one in writers.get(target, ()) if one is not item
        )
        reason = next(others, None if needed else parent)
        if reason is not None:
            reasons[item] = reason
    return reasons


def _reads(mapping: etree._Element) -> bool:
    return any(mapping.get(f"read{what}", "true") in ("true", "1") for what in ("SatisfiedStatus", "NormalizedMeasure"))


def _locks(sequencing: Sequencing) -> list[_Lock]:
    """Return the objectives without which the item is disabled, from the first attempt on, each with a condition.

    Only "any of: not satisfied, not known" is such a lock: an unknown status alone does not lock, and further
    conditions may lift it. What is not declared is another finding.
    """
    targets: defaultdict[str, set[str]] = defaultdict(set)
    for declared in sequencing.find("objectives/*"):
        maps = (one for one in declared.iterfind(f"{{{SS}}}mapInfo") if _reads(one))
        targets[iri(declared.get("objectiveID", ""))] |= {iri(one.get("targetObjectiveID", "")) for one in maps}
    locks: dict[str, _Lock] = {}
    for rule in filter(combined_by_any, sequencing.locking("disabled")):
        asked = {
            (found.get("referencedObjective"), found.get("condition")): found
            for found in rule.iter(f"{{{SS}}}ruleCondition")
            if found.get("operator") == "not"
        }
        for (name, condition), found in asked.items():
            if name and condition == "satisfied" and (name, "objectiveStatusKnown") in asked and iri(name) in targets:
                locks[name] = _Lock(sequencing.item, name, found, frozenset(targets[iri(name)]))
    return list(locks.values())


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")
