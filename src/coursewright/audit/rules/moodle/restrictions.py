"""Rules over what the sections and activities of a Moodle backup wait for: it can be read, is there, and can be met."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from coursewright.audit.flaw import Flaw
from coursewright.audit.rule import is_whole, rule
from coursewright.audit.rules.moodle.backup import Backup, Key, Part, read_backup
from coursewright.audit.rules.moodle.chances import never_holds
from coursewright.course.circles import circles, way_round
from coursewright.course.doors import Door, door_of, open_all
from coursewright.course.gates import All, Any, Belongs, Done, Foreign, Gate, Not, Profile, Score, parts_of
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.moodle.availability import PREVIOUS, UnreadableRestrictionError, read_availability
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.text.names import first_of

_MOST_READ = 5_000_000  # characters of all restrictions
_BACKED_UP = "create a backup that contains it"
_MAKE_FIELD = "make such a field on the site that the backup is restored on"
_NEVER_HELD = (messages.CONDITION_DANGLES, messages.COMPLETION_NOT_TRACKED)
_NONE = "0"  # which PHP takes for nothing


@rule("P258 P332 P333 P334 P335 P374", family=Family.MOODLE, when=is_whole)
def restrictions_can_be_met(subject: Subject) -> Iterator[Flaw]:
    """Every restriction can be read, names what is in the backup, and waits for nothing that waits for it."""
    backup, gates = subject.once(read_backup), dict[Key, Gate]()
    for key, read in subject.once(_read_gates).items():
        if isinstance(read, UnreadableRestrictionError):
            yield backup.parts[key].flaw(messages.RESTRICTION_UNREADABLE, reason=read)
        else:
            gates[key] = read
    dead = {key: why for key, gate in gates.items() if (why := never_holds(gate, backup.parts[key], backup))}
    lost = {key for key, gate in gates.items() if _deadly(gate, lambda one: _lost(one, backup))}
    then = what_comes_after(_behind(backup, gates, {*dead, *lost}))
    for key, gate in gates.items():
        part = backup.parts[key]
        for flawed in (one for condition in _conditions(gate) for one in _condition_flaws(condition, part, backup)):
            is_first = key in lost and flawed.message in _NEVER_HELD
            yield replace(flawed, values={**flawed.values, "then": then if is_first else ""})
            then = "" if is_first else then
        if key in dead:
            yield part.flaw(messages.RESTRICTION_IMPOSSIBLE, reason=dead[key], then=then)
            then = ""
    yield from _circles(backup, gates)


def _read_gates(subject: Subject) -> dict[Key, Gate | UnreadableRestrictionError]:
    """Return what each part waits for, or why that cannot be read."""
    backup, left = subject.once(read_backup), _MOST_READ
    gates: dict[Key, Gate | UnreadableRestrictionError] = {}
    for key, part in backup.parts.items():
        text = part.says("availabilityjson" if part.kind == "section" else "availability")
        left -= len(text)
        if left < 0:
            backup.container.budget.leave_out("restrictions", size=_MOST_READ)
            break
        if text and text != _NONE:
            try:
                gates[key] = read_availability(text)
            except UnreadableRestrictionError as error:
                gates[key] = error
    return gates


def shut_by(subject: Subject, deadly: Callable[[Gate], str]) -> tuple[list[tuple[Part, str]], list[Part]]:
    """Return the parts whose gates never hold since conditions do not, each with why, and those that wait for them.

    `deadly` returns why a condition never holds, and "" of one that may.
    """
    backup = subject.once(read_backup)
    read = subject.once(_read_gates).items()
    gates = {key: gate for key, gate in read if not isinstance(gate, UnreadableRestrictionError)}
    found = ((key, _deadly(gate, deadly)) for key, gate in gates.items())
    shut = {key: reason for key, reason in found if reason}
    return [(backup.parts[key], reason) for key, reason in shut.items()], _behind(backup, gates, shut)


def _behind(backup: Backup, gates: Mapping[Key, Gate], shut: Collection[Key]) -> list[Part]:
    """Return the parts that never open since others do not, besides these, what is in any of them, and circles."""
    if not shut:
        return []
    before, after = (_doors(backup, gates, closed) for closed in ((), shut))
    found = {key for key, door in after.items() if door.is_closed and not before[key].is_closed}
    return [part for key, part in backup.parts.items() if key in found and key not in shut and part.around not in found]


def what_comes_after(parts: Sequence[Part]) -> str:
    """Return that parts do not open either, in words that follow what does not; "" of none."""
    return f"; nor does what comes after: {first_of(part.shown for part in parts)}" if parts else ""


def _deadly(gate: Gate, deadly: Callable[[Gate], str]) -> str:
    """Return why a gate never holds, by its conditions."""
    if not isinstance(gate, All | Any):
        return deadly(gate)
    reasons = [_deadly(part, deadly) for part in gate.parts]
    is_dead = all(reasons) if isinstance(gate, Any) else any(reasons)
    return next(filter(None, reasons)) if is_dead and reasons else ""


def _conditions(gate: Gate) -> Iterator[Gate]:
    """Yield the conditions of a gate; that something is not complete is one."""
    if isinstance(gate, Not) and isinstance(gate.inner, Done):
        yield gate
    elif isinstance(gate, All | Any | Not):
        for part in parts_of(gate):
            yield from _conditions(part)
    else:
        yield gate


# --- what they name ---


def _condition_flaws(condition: Gate, part: Part, backup: Backup) -> Iterator[Flaw]:
    match condition:
        case Foreign(kind) | Belongs("role" as kind):
            yield part.flaw(messages.CONDITION_UNKNOWN, type=kind[:80])
        case Done(of) | Not(Done(of)):
            yield from _completion_flaws(of, isinstance(condition, Done), part, backup)
        case Profile(name, is_custom=True):  # a backup never brings the fields of its site along
            yield _lacking(part, f"the profile field '{name[:60]}' of its site", "profile", _MAKE_FIELD)
        case Score(of) if of not in backup.graded:
            yield _lacking(part, f"the grade item {of}", "grade")
        case Belongs("group", str(of)) if of not in backup.groups:
            yield _lacking(part, f"the group {of}", "group")
        case Belongs("grouping", str(of)) if of not in backup.groupings:
            yield _lacking(part, f"the grouping {of}", "grouping")


def _lacking(part: Part, what: str, kind: str, remedy: str = _BACKED_UP) -> Flaw:
    """Return that the backup does not have what a condition names; the site where it is restored may."""
    return part.flaw(messages.CONDITION_DANGLES, Severity.WARNING, what=what, kind=kind, remedy=remedy)


def _lost(condition: Gate, backup: Backup) -> str:
    """Return the activity of a condition where that is not in the backup, or nothing keeps track of it; or ""."""
    if not isinstance(condition, Done) or condition.of == PREVIOUS:
        return ""
    waited = backup.parts.get(("activity", condition.of))
    return condition.of if waited is None or waited.says("completion") == "0" else ""


def _completion_flaws(number: str, is_wanted: bool, part: Part, backup: Backup) -> Iterator[Flaw]:
    waited = backup.parts.get(("activity", number))
    if waited is None and number != PREVIOUS:
        yield part.flaw(messages.CONDITION_DANGLES, what=f"the activity {number}", kind="activity", remedy=_BACKED_UP)
    elif waited is not None and is_wanted and waited.says("completion") == "0":
        yield part.flaw(messages.COMPLETION_NOT_TRACKED, activity=waited.shown)


# --- what never opens ---


def _circles(backup: Backup, gates: Mapping[Key, Gate]) -> Iterator[Flaw]:
    """Yield a flaw for each circle of parts that wait for one another, so that none of them ever opens."""
    doors = _doors(backup, gates)
    closed = {key: part for key, part in backup.parts.items() if doors[key].is_closed}
    reasons = {key: (_shut_before(part, gates.get(key), closed, backup),) for key, part in closed.items()}
    for circle in circles(reasons):
        shown = [closed[key].shown for key in circle]
        way = way_round(shown, len(shown) + 1)
        yield closed[circle[0]].flaw(messages.PREREQUISITE_CIRCLE, way=way)


def _doors(backup: Backup, gates: Mapping[Key, Gate], shut: Collection[Key] = ()) -> dict[Key, Door]:
    """Return the door of each part, open where learners can come to it: those of some parts are shut for ever."""
    doors = {key: Door(int(key in shut)) for key in backup.parts}
    for key, part in backup.parts.items():
        grown = (doors.get(part.around), _grown(gates[key], doors, backup) if key in gates else None)
        for before in filter(None, grown):
            doors[key].waits_for(before)
    open_all([*doors.values()])
    return doors


def _grown(gate: Gate, doors: Mapping[Key, Door], backup: Backup) -> Door | None:
    """Return the door that a gate is, or None where it waits for no part of the backup."""
    if not isinstance(gate, All | Any):
        return doors.get(("activity", waited_for(gate, backup)))
    grown = [_grown(part, doors, backup) for part in gate.parts]
    before = [door for door in grown if door is not None]
    if not before or (isinstance(gate, Any) and len(before) < len(grown)):
        return None
    return door_of(before, any_will_do=isinstance(gate, Any))


def waited_for(condition: Gate, backup: Backup) -> str:
    """Return the activity that must be complete, or graded, for a condition to hold; "" where it waits for none."""
    if isinstance(condition, Done):
        return condition.of
    if isinstance(condition, Score) and condition.minimum is not None:
        return backup.graded.get(condition.of, "")
    return ""


def _shut_before(part: Part, gate: Gate | None, closed: Mapping[Key, Part], backup: Backup) -> Key:
    """Return the first closed part that a closed part waits for: there is one, or it would be open."""
    if part.around in closed:
        return part.around
    return next(key for one in _wanted(gate) if (key := ("activity", waited_for(one, backup))) in closed)


def _wanted(gate: Gate | None) -> Iterator[Gate]:
    """Yield the conditions of a gate that have to hold, if only one of several."""
    if isinstance(gate, All | Any):
        for part in gate.parts:
            yield from _wanted(part)
    elif gate is not None and not isinstance(gate, Not):
        yield gate
