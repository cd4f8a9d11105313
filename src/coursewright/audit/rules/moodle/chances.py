"""Whether what a part of a Moodle backup waits for can ever come about, for any learner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, datetime

from coursewright.audit.rules.moodle.backup import Backup, Part
from coursewright.course.gates import (
    OWN_GROUPING,
    All,
    Any,
    Belongs,
    Date,
    Done,
    Gate,
    Not,
    Profile,
    Score,
    Status,
    each,
    opposite,
)
from coursewright.packages.documents.moodle.availability import PREVIOUS
from coursewright.packages.gate_words import in_words
from coursewright.text.names import plain_number

# What Moodle knows of everybody, and asks in restrictions.
_FIELDS = (
    *("firstname", "lastname", "email", "city", "country", "idnumber", "institution", "department"),
    *("phone1", "phone2", "address"),
)
_LATEST = 2286  # from which on seconds since 1970 have eleven digits
_MANUAL, _ON = "1", "1"


def never_holds(gate: Gate, part: Part, backup: Backup) -> str:
    """Return why a gate never holds, in words that follow "since", or "": what is merely missing is told elsewhere."""
    return _never(_plain(gate), part, backup)


def _plain(gate: Gate, *, holds: bool = True) -> Gate:
    """Return a gate without "not" but around conditions, and without groups in such as have to hold as well."""
    if isinstance(gate, Not):
        return _plain(gate.inner, holds=not holds)
    if isinstance(gate, All | Any) and gate.parts:
        parts = tuple(_plain(one, holds=holds) for one in gate.parts)
        if isinstance(gate, All) is holds:
            return All(tuple(one for inner in parts for one in each(inner)))
        return Any(parts)
    if holds or isinstance(gate, All | Any):  # to Moodle, what asks for nothing holds, whatever is around it
        return gate
    return opposite(gate)


def _never(gate: Gate, part: Part, backup: Backup) -> str:
    if isinstance(gate, All):
        reasons = (_never(one, part, backup) for one in gate.parts)
        return next(filter(None, reasons), "") or _contradiction(gate.parts)
    if isinstance(gate, Any):
        reasons_of_all = [_never(one, part, backup) for one in gate.parts]
        return reasons_of_all[0] if reasons_of_all and all(reasons_of_all) else ""
    if isinstance(gate, Done):
        return _never_done(gate, part, backup)
    if isinstance(gate, Date):
        return _never_comes(gate)
    if isinstance(gate, Belongs) and gate.kind == OWN_GROUPING and part.kind == "section":
        return "it asks for the grouping of an activity, and is none: learners get an error in place of the course"
    if isinstance(gate, Belongs) and gate.kind == OWN_GROUPING and part.says("groupingid") in ("", "0"):
        return "it asks for the grouping of the activity, which has none"
    if isinstance(gate, Profile) and not gate.is_custom and gate.field not in _FIELDS:
        return f"nobody has a profile field '{gate.field[:40]}'"
    return _never_scored(gate) or _never_graded(gate, backup) if isinstance(gate, Score) else ""


def _never_comes(date: Date) -> str:
    """Return why a time does not come in the lives of learners: seconds since 1970 were written as milliseconds."""
    moment = _moment(date)
    year = moment.year if moment is not None else MAXYEAR + 1 if str(date.moment).isdigit() else 0
    if date.before or year < _LATEST:
        return ""
    return f"it waits for the year {year}" if moment is not None else f"it waits for the time {str(date.moment)[:20]}"


def _never_done(gate: Done, part: Part, backup: Backup) -> str:
    if gate.of == PREVIOUS:
        return "" if _has_previous(part, backup) else "no activity before it is completed by anything"
    waited = backup.parts.get(("activity", gate.of))
    if waited is None or waited.texts is None or waited.says("completion") in ("", "0"):
        return ""  # that is P335
    if not backup.is_tracked:
        return "the course does not keep track of completion"
    if waited.says("visible") == "0":
        return f"{waited.shown} is hidden from learners"
    if gate.status in (Status.PASSED, Status.FAILED):
        return _never_passed(waited, gate.status, backup)
    return _never_finished(waited, backup)


def _never_finished(waited: Part, backup: Backup) -> str:
    reason = backup.unfinishable(waited)
    return f"nobody completes {waited.shown}, for {reason}" if reason else ""


def _never_passed(waited: Part, status: Status, backup: Backup) -> str:
    """Return why an activity is never passed or failed."""
    word = "passed" if status is Status.PASSED else "failed"
    if waited.says("completion") == _MANUAL or not waited.says("completiongradeitemnumber"):
        return f"{waited.shown} is complete without a grade, so nobody has {word} it"
    if status is Status.PASSED and waited.says("completionpassgrade") == _ON:
        return _never_finished(waited, backup)  # where there is no grade to pass, any is counted as passed
    if waited.id not in backup.passing:
        return f"{waited.shown} has no grade to pass that can be reached, so nobody has {word} it"
    return ""


def _has_previous(part: Part, backup: Backup) -> bool:
    """Say whether an activity that can be complete comes before a part, or may."""
    if not backup.preceded:
        is_there = False
        for one in _in_order(backup):
            backup.preceded[one.key] = is_there
            is_there |= one.kind == "activity" and one.says("completion") not in ("", "0")
    return backup.preceded.get(part.key, True)


def _in_order(backup: Backup) -> Iterator[Part]:
    """Yield the parts as the course page shows them."""
    sections = [part for part in backup.parts.values() if part.kind == "section" and part.says("number").isdigit()]
    for section in sorted(sections, key=lambda part: int(part.says("number"))):
        yield section
        for number in section.says("sequence").split(","):
            activity = backup.parts.get(("activity", number.strip()))
            if activity is not None:
                yield activity


def _never_scored(gate: Score) -> str:
    least, most = (one if isinstance(one, int | float) else None for one in (gate.minimum, gate.maximum))
    if least is not None and least > 100:
        return f"it asks for a grade of {plain_number(least)} %"
    if most is not None and most <= (least or 0):
        return f"it asks for a grade from {plain_number(least or 0)} % up to less than {plain_number(most)} %"
    return ""


def _never_graded(gate: Score, backup: Backup) -> str:
    """Return why nobody has the grade that a condition asks for, since its activity gives none, or ""."""
    graded = backup.graded.get(gate.of, "")
    reason = backup.ungraded.get((graded, backup.numbers.get(gate.of, "")))
    return f"it asks for a grade of {backup.parts['activity', graded].shown}, and {reason}" if reason else ""


def _contradiction(parts: Sequence[Gate]) -> str:
    """Return which two of several conditions cannot both hold, or "": of groups in these nothing is asked."""
    # To Moodle, what somebody failed is not complete.
    done = {part.of for part in parts if isinstance(part, Done) and part.status is not Status.FAILED}
    refused = [part.inner for part in parts if isinstance(part, Not)]
    undone = {one.of for one in refused if isinstance(one, Done) and one.status is Status.DONE}
    if both := sorted(done & undone):
        return f"it asks that the activity {both[0]} is complete and that it is not"
    if reason := _of_opposites(parts, refused) or _of_two_values(parts):
        return reason
    for of in dict.fromkeys(part.of for part in parts if isinstance(part, Score)):
        asked = [part for part in parts if isinstance(part, Score) and part.of == of]
        least = max((one.minimum for one in asked if isinstance(one.minimum, int | float)), default=None)
        most = min((one.maximum for one in asked if isinstance(one.maximum, int | float)), default=None)
        if least is not None and most is not None and most <= least:
            beyond = f"for less than {plain_number(most)} % of it"
            return f"it asks for a grade from {plain_number(least)} % up, and {beyond}"
    dates = [part for part in parts if isinstance(part, Date)]
    start = max((moment for one in dates if not one.before and (moment := _moment(one)) is not None), default=None)
    end = min((moment for one in dates if one.before and (moment := _moment(one)) is not None), default=None)
    if start is not None and end is not None and end <= start:
        return f"it asks for a time after {start:%Y-%m-%d} and before {end:%Y-%m-%d}"
    return ""


def _of_opposites(parts: Sequence[Gate], refused: Sequence[Gate]) -> str:
    """Return which condition has to hold, and must not, or ""; a plugin's is none."""
    wanted = {part for part in parts if isinstance(part, Done | Score | Date | Belongs | Profile)}
    any_of = {part.kind for part in wanted if isinstance(part, Belongs)}
    for one in refused:
        if one in wanted or (isinstance(one, Belongs) and one.of is None and one.kind in any_of):
            return f"it asks for something and for the opposite: {in_words(one, {})}"
    return ""


def _of_two_values(parts: Sequence[Gate]) -> str:
    """Return which field of the profile would have to be two values at once, or ""; Moodle minds capitals."""
    wanted: dict[tuple[bool, str], str] = {}
    for one in (part for part in parts if isinstance(part, Profile) and part.comparison == "isequalto"):
        value = wanted.setdefault((one.is_custom, one.field), one.value)
        if value != one.value:
            return f"it asks that the profile field '{one.field[:40]}' is '{value[:40]}' and '{one.value[:40]}'"
    return ""


def _moment(date: Date) -> datetime | None:
    return date.moment if isinstance(date.moment, datetime) else None
