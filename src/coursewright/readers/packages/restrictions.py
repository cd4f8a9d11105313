"""What restricts a part of a Moodle backup: the tree of its availability, and the older form of Moodle 2.2 to 2.6."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from coursewright.course.outline import ALL_OF, ANY_OF, NONE_OF, NOT_ALL_OF, Condition
from coursewright.packages.documents.moodle.availability import NULL, Tree, said
from coursewright.packages.words import clipped, moment_of, number

_DEEPEST = 30
_COMPLETED = {"0": "is not complete", "1": "is complete", "2": "is passed", "3": "is failed"}
_OPERATORS = {"&": ALL_OF, "|": ANY_OF, "!&": NOT_ALL_OF, "!|": NONE_OF}
_FIELDS: Mapping[str, str] = {
    "email": "e-mail address",
    "firstname": "first name",
    "lastname": "last name",
    "idnumber": "ID number",
    "phone1": "phone",
    "phone2": "mobile phone",
}
_COMPARISONS: Mapping[str, str] = {
    "isequalto": "is “{}”",
    "contains": "contains “{}”",
    "doesnotcontain": "does not contain “{}”",
    "startswith": "begins with “{}”",
    "endswith": "ends with “{}”",
    "isempty": "is empty",
    "isnotempty": "is not empty",
}
_NO_CONDITION = Condition(ALL_OF)


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers in restrictions stand for: entries by activities and by grade items, and names of groups.

    `courses` are grade items of no activity, in words; `others` are names by what they name and their numbers.
    """

    activities: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[tuple[str, str], str] = field(default_factory=dict)


def restrictions(document: etree._Element | None, names: Names) -> tuple[Condition, ...]:
    """Return what must hold before a part opens, each alone where all must."""
    if document is None:
        return ()
    newer = [found for name in ("availability", "availabilityjson") for found in document.iterfind(name)]
    text = next((found.text for found in newer if not len(found) and found.text not in (None, "", NULL)), None)
    if text is not None:
        return tuple(_from_json(text, names))
    return tuple(_restriction(found, names) for found in _older(document))


def _from_json(text: str, names: Names) -> Iterator[Condition]:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        yield Condition("what cannot be read")
        return
    if isinstance(tree, dict):
        whole = _group(tree, names, 0)
        yield from whole.parts if whole.what == ALL_OF else (whole,)


def _group(tree: Tree, names: Names, depth: int) -> Condition:
    listed = tree.get("c")
    inner = [found for found in listed if isinstance(found, dict)] if isinstance(listed, list) else []
    if depth > _DEEPEST:
        return Condition("what cannot be read")
    parts = [_group(found, names, depth + 1) if "c" in found else _restriction(found, names) for found in inner]
    parts = [part for part in parts if part != _NO_CONDITION]
    if not parts:
        return _NO_CONDITION
    what = _OPERATORS.get(str(tree.get("op", "&")), str(tree.get("op")))
    if what == ALL_OF:
        parts = [one for part in parts for one in (part.parts if part.what == ALL_OF else (part,))]
    return parts[0] if len(parts) == 1 and what in (ALL_OF, ANY_OF) else Condition(what, parts=tuple(parts))


def _restriction(found: Tree, names: Names) -> Condition:
    kind = str(found.get("type"))
    if kind == "completion":
        module = str(found.get("cm"))
        return Condition(_COMPLETED.get(str(found.get("e")), "is complete"), names.activities.get(module, module))
    if kind == "grade":
        return _grade(found, names)
    if kind == "date":
        when = moment_of(found.get("t"))
        return Condition(f"it is before {when}" if found.get("d") == "<" else f"it is {when} or later")
    if kind == "profile":
        return Condition(_profile(found))
    if kind in ("group", "grouping", "role"):
        return Condition(_belonging(kind, found, names))
    return Condition(f"a condition of the type “{clipped(kind, 40)}” holds, which is not understood")


def _grade(found: Tree, names: Names) -> Condition:
    """Return what a grade must be: `min` is a percentage that it must reach, `max` one that it must stay below."""
    words = (("min", "at least"), ("max", "below"))
    bounds = " and ".join(f"{word} {number(str(found[key]))} %" for key, word in words if key in found)
    item = str(found.get("id"))
    if item in names.courses:
        return Condition(f"{names.courses[item]} is {bounds or 'graded'}")
    of = "of " if bounds.startswith("at least") else ""
    return Condition(f"has a grade {of}{bounds}".strip(), names.grades.get(item, f"grade item {item}"))


def _profile(found: Tree) -> str:
    name = str(found.get("sf") or found.get("cf") or "?")
    operator = str(found.get("op"))
    value = clipped(str(found.get("v", "")), 80)
    comparison = _COMPARISONS[operator].format(value) if operator in _COMPARISONS else f"{operator} “{value}”"
    return f"the learner's {_FIELDS.get(name, clipped(name, 60))} {clipped(comparison)}"


def _belonging(kind: str, found: Tree, names: Names) -> str:
    known_as = str(found.get("id", ""))
    if kind == "grouping" and found.get("activity"):
        return "the learner is in a group of the activity's grouping"
    if not known_as:
        return "the learner is in any group"
    name = names.others.get((kind, known_as))
    shown = f"“{clipped(name, 80)}”" if name else f"{known_as} (which is not there)"
    return {
        "group": f"the learner is in the group {shown}",
        "grouping": f"the learner is in a group of the grouping {shown}",
        "role": f"the learner has the role {shown}",
    }[kind]


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
