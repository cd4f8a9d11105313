"""Moodle's availability: a tree in JSON, or the elements of Moodle 2.2 to 2.6, read as a gate; and a gate written.

An activity is named by its number in the backup, a grade by that of its grade item. It looks like
{"op":"&","c":[{"type":"completion","cm":105,"e":1}],"showc":[true]}.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any as Anything

from lxml import etree

from coursewright.course.gates import (
    OPEN,
    OWN_GROUPING,
    All,
    Any,
    Belongs,
    Condition,
    Date,
    Done,
    Foreign,
    Gate,
    Not,
    Profile,
    Score,
    Status,
    Unknown,
    UnwritableError,
    opposite,
)
from coursewright.packages.documents.moodle.xml import NULL, said

Tree = Mapping[str, Anything]

_LONGEST, _DEEPEST, _DEEPEST_GUESSED = 50_000, 20, 30
_EACH_SHOWN = ("&", "!|")  # these say of each condition whether it is shown, the others of all at once
_OPERATORS = ("&", "|", "!&", "!|")
# What a condition of Moodle's own must have, by its type: the first is a number.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "completion": ("cm", "e"),
    "date": ("t", "d"),
    "grade": ("id",),
    "group": (),
    "grouping": (),
    "profile": (),
}
_UNQUOTED = ("date", "grade")
_STATUSES: Mapping[str, Status] = {"1": Status.DONE, "2": Status.PASSED, "3": Status.FAILED}
PREVIOUS = "-1"
"""What stands for whatever activity comes before."""
_OF_NO_VALUE = ("isempty", "isnotempty")
_COMPARISONS = ("isequalto", "contains", "doesnotcontain", "startswith", "endswith", *_OF_NO_VALUE)


class UnreadableRestrictionError(Exception):
    """An availability is none: `str(error)` says why."""


# --- reading ---


def read_availability(text: str) -> Gate:
    """Return an availability as a gate. Raises UnreadableRestrictionError where Moodle would not read it."""
    if len(text) > _LONGEST:
        raise UnreadableRestrictionError(f"it has {len(text)} characters")
    tree = _decoded(text)
    if problem := _problem(tree, 0) or _showing_problem(tree):
        raise UnreadableRestrictionError(problem)
    return _group(tree, 0)


def guessed_availability(document: etree._Element | None) -> Gate:
    """Return what the document of a section or an activity says of its availability, whatever of it can be read."""
    if document is None:
        return OPEN
    newer = [found for name in ("availability", "availabilityjson") for found in document.iterfind(name)]
    text = next((found.text for found in newer if not len(found) and found.text not in (None, "", NULL)), None)
    if text is None:
        return All(tuple(map(_condition, _older(document))))
    try:
        tree = _decoded(text)
    except UnreadableRestrictionError:
        return Unknown()
    return _group(tree, 0) if isinstance(tree, dict) else OPEN


def _decoded(text: str) -> Anything:
    try:
        return json.loads(text)
    except ValueError as error:  # also where a number is too long
        raise UnreadableRestrictionError(f"it is not JSON: {error}") from error
    except RecursionError:
        raise UnreadableRestrictionError("it is nested too deep") from None


def _group(tree: Tree, depth: int) -> Gate:
    """Return a group of conditions, which holds where it has none, whatever its operator."""
    listed = tree.get("c")
    inner = [found for found in listed if isinstance(found, dict)] if isinstance(listed, list) else []
    if depth > _DEEPEST_GUESSED:
        return Unknown()
    parts = [_condition(found) if "type" in found else _group(found, depth + 1) for found in inner]
    operator = tree.get("op", "&")
    if not parts:
        return OPEN
    if operator not in _OPERATORS:
        return Unknown()
    gate = All(tuple(parts)) if operator.endswith("&") else Any(tuple(parts))
    return Not(gate) if operator.startswith("!") else gate


def _condition(found: Tree) -> Gate:
    kind = str(found["type"])
    match kind:
        case "completion":
            of, expected = number_of(found.get("cm")), str(found.get("e"))
            return Not(Done(of)) if expected == "0" else Done(of, _STATUSES.get(expected, Status.DONE))
        case "grade":
            least, most = (_bound(found[name]) if name in found else None for name in ("min", "max"))
            return Score(number_of(found.get("id", "")), least, most, in_percent=True)
        case "date":
            return Date(_moment(found.get("t")), before=found.get("d") == "<")
        case "profile":
            name = str(found.get("sf") or found.get("cf") or "?")
            return Profile(name, str(found.get("op")), str(found.get("v", "")), is_custom=not found.get("sf"))
        case "group" | "grouping" | "role":
            if kind == "grouping" and found.get("activity"):
                return Belongs(OWN_GROUPING)
            return Belongs(kind, number_of(found["id"]) if "id" in found else None)
    return Foreign(kind)


def number_of(value: object) -> str:
    """Return the number by which something is known, as a text; "" for what is none."""
    return "" if isinstance(value, bool | dict | list) else str(value)[:20]


def _bound(value: object) -> float | str:
    """Return a percentage; as it is written where it is no number."""
    try:
        found = float(str(value))
    except ValueError:
        return str(value)
    return found if math.isfinite(found) else str(value)


def _moment(seconds: object) -> datetime | str:
    """Return a moment that is counted in seconds since 1970; as it is written where it is none."""
    try:
        return datetime.fromtimestamp(int(str(seconds)), UTC)
    except (ValueError, OverflowError, OSError):
        return str(seconds)


# --- what is wrong with it ---


def _problem(node: Anything, depth: int) -> str:
    """Return what is wrong with a tree or a condition, or ""."""
    if not isinstance(node, dict) or depth > _DEEPEST:
        return "it is nested too deep" if depth > _DEEPEST else "a condition must be an object, in { and }"
    if "type" in node and depth:
        return _condition_problem(node)
    if node.get("op") not in _OPERATORS:
        return f'"op" is {json.dumps(node.get("op"))[:40]}, and must be one of {", ".join(_OPERATORS)}'
    if not isinstance(node.get("c"), list):
        return '"c", the list of the conditions, is missing'
    return next(filter(None, (_problem(child, depth + 1) for child in node["c"])), "")


def _condition_problem(condition: Tree) -> str:
    kind = str(condition["type"])
    names = _FIELDS.get(kind, ())
    if lacking := [name for name in names if name not in condition]:
        return f'a condition of the type {condition["type"]} lacks "{lacking[0]}"'
    if names and not number_of(condition[names[0]]).lstrip("-").isdigit():
        return f'"{names[0]}" of a condition of the type {condition["type"]} is not a number'
    if kind in _UNQUOTED and not isinstance(condition[names[0]], int):
        return f'"{names[0]}" of a condition of the type {kind} must be a whole number, without quotation marks'
    return _value_problem(kind, condition)


def _value_problem(kind: str, condition: Tree) -> str:
    """Return which value of a condition is none that Moodle takes, or "": it stops at such a one."""
    match kind:
        case "completion" if str(condition["e"]) not in ("0", *_STATUSES):
            return f'"e" of a condition of the type completion is {str(condition["e"])[:20]}, and must be 0, 1, 2 or 3'
        case "date" if condition["d"] not in (">=", "<"):
            return '"d" of a condition of the type date must be >= or <'
        case "grade":
            wrong = (name for name in ("min", "max") if name in condition and not _is_number(condition[name]))
            return next((f'"{name}" of a condition of the type grade is not a number' for name in wrong), "")
        case "profile":
            return _profile_problem(condition)
        case "group" if "id" in condition and not _is_whole(condition["id"]):
            return '"id" of a condition of the type group must be a whole number, without quotation marks'
        case "grouping" if not _is_whole(condition.get("id")):
            is_own = condition.get("id") is None and condition.get("activity") is True
            return (
                "" if is_own else 'a condition of the type grouping must have a number as its "id", or "activity": true'
            )
    return ""


def _profile_problem(condition: Tree) -> str:
    operator = condition.get("op")
    if operator not in _COMPARISONS:
        return f'"op" of a condition of the type profile must be one of {", ".join(_COMPARISONS)}'
    if operator in _OF_NO_VALUE:
        is_fit, fitting = condition.get("v") is None, f'no "v", for it asks {operator}'
    else:
        is_fit, fitting = isinstance(condition.get("v"), str), 'a text as its "v"'
    if not is_fit:
        return f"a condition of the type profile must have {fitting}"
    is_named = isinstance(condition.get("sf"), str) is not isinstance(condition.get("cf"), str)
    return "" if is_named else 'a condition of the type profile must have either "sf" or "cf"'


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _showing_problem(tree: Tree) -> str:
    """Return what is wrong with how a tree says whether learners see what they wait for."""
    if tree["op"] in _EACH_SHOWN:
        showc = tree.get("showc")
        is_sound = (
            isinstance(showc, list) and len(showc) == len(tree["c"]) and all(isinstance(one, bool) for one in showc)
        )
        return "" if is_sound else f'"showc" must have true or false for each of the {len(tree["c"])} conditions'
    return "" if isinstance(tree.get("show"), bool) else '"show" must be true or false'


# --- the older form ---


def _older(document: etree._Element) -> Iterator[Tree]:
    """Yield the restrictions of Moodle 2.2 to 2.6 in the newer form."""
    for name, sign in (("availablefrom", ">="), ("availableuntil", "<")):
        if said(document, name) not in ("", "0"):
            yield {"type": "date", "d": sign, "t": said(document, name)}
    grouping = said(document, "groupingid")
    is_section = etree.QName(document).localname == "section"
    if said(document, "groupmembersonly") == "1" or (is_section and grouping not in ("", "0")):
        yield {"type": "grouping", "id": grouping} if grouping not in ("", "0") else {"type": "group"}
    places = (document, *document.iterfind("availability_info"))
    for found in (one for place in places for one in place.iterfind("availability")):
        yield from _older_condition(found)
    for found in (one for place in places for one in place.iterfind("availability_field")):
        fields = {"sf": said(found, "userfield"), "cf": said(found, "customfield")}
        yield {"type": "profile", **fields, "op": said(found, "operator"), "v": said(found, "value")}


def _older_condition(found: etree._Element) -> Iterator[Tree]:
    if module := said(found, "sourcecmid"):
        yield {"type": "completion", "cm": module, "e": said(found, "requiredcompletion")}
    if item := said(found, "gradeitemid"):
        bounds = {"min": said(found, "grademin"), "max": said(found, "grademax")}
        yield {"type": "grade", "id": item, **{name: bound for name, bound in bounds.items() if bound}}


# --- writing ---


def written_availability(gate: Gate, *, shown: bool) -> str | None:
    """Return a gate as Moodle keeps it, or None for one that is always open. Raises UnwritableError.

    Until it opens, what it is for shows greyed if `shown`, and does not show otherwise.
    """
    if gate == OPEN:
        return None
    tree = dict(_tree(gate))
    if "type" in tree:
        tree = _tree(All((gate,)))
    each = {"showc": [shown] * len(tree["c"])} if tree["op"] in _EACH_SHOWN else {"show": shown}
    return json.dumps({**tree, **each}, separators=(",", ":"))


def is_written(gate: Gate) -> bool:
    """Say whether Moodle can keep a gate."""
    try:
        written_availability(gate, shown=True)
    except UnwritableError:
        return False
    return True


def _tree(gate: Gate) -> dict[str, Anything]:
    """Return a gate as a tree of Moodle, or as a condition."""
    match gate:
        case Not(Done(of, Status.DONE)):
            return {"type": "completion", "cm": _as_number(of), "e": 0}
        case Not(All(parts)) if parts:
            return {"op": "!&", "c": list(map(_tree, parts))}
        case Not(Any(parts)) if parts:
            return {"op": "!|", "c": list(map(_tree, parts))}
        case Not(inner):
            return _tree(opposite(inner) if isinstance(inner, Not | Date) else Not(Any((inner,))))
        case All(parts) if parts:
            return {"op": "&", "c": list(map(_tree, parts))}
        case Any(parts) if parts:
            return {"op": "|", "c": list(map(_tree, parts))}
        case Done() | Score() | Date() | Belongs() | Profile() | Foreign():
            return {"type": _TYPES.get(type(gate), ""), **_condition_tree(gate)}
    raise UnwritableError(f"Moodle cannot say {type(gate).__name__}")


_TYPES: Mapping[type, str] = {Done: "completion", Score: "grade", Date: "date", Profile: "profile"}


def _condition_tree(condition: Condition) -> dict[str, Anything]:
    match condition:
        case Done(of, status):
            expected = next((int(value) for value, known in _STATUSES.items() if known is status), None)
            if expected is None:
                raise UnwritableError(f"Moodle knows no status {status}")
            return {"cm": _as_number(of), "e": expected}
        case Score(of, minimum, maximum, in_percent=True, strict=False):
            bounds = {"min": minimum, "max": maximum}
            return {"id": _as_number(of), **{name: bound for name, bound in bounds.items() if bound is not None}}
        case Date(moment, before):
            seconds = moment if isinstance(moment, str) else int(moment.timestamp())
            return {"d": "<" if before else ">=", "t": seconds}
        case Belongs("grouping", None):
            raise UnwritableError("Moodle knows a grouping by its number")
        case Belongs(kind, of, by_name=False):
            if kind == OWN_GROUPING:
                return {"type": "grouping", "activity": True}
            return {"type": kind, **({} if of is None else {"id": _as_number(of)})}
        case Profile(name, comparison, value, is_custom):
            return {"cf" if is_custom else "sf": name, "op": comparison, "v": value}
        case Foreign(kind):
            return {"type": kind}
    raise UnwritableError(f"Moodle cannot say {type(condition).__name__}")


def _as_number(of: str) -> int | str:
    return int(of) if of.isascii() and of.isdigit() else of
