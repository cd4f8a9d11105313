"""Rules over what the sections and activities of a Moodle backup wait for: it can be read, is there, and can be met.

A restriction is a tree in JSON, such as {"op":"&","c":[{"type":"completion","cm":105,"e":1}],"showc":[true]}.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from coursewright.audit.rules.moodle.backup import Backup, Part
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity

_LONGEST, _DEEPEST = 50_000, 20
_MOST_READ = 5_000_000  # characters of all restrictions
_OPERATORS = ("&", "|", "!&", "!|")
_EACH_SHOWN = ("&", "!|")  # these say of each condition whether it is shown, the others of all at once
# What a condition of Moodle's own must have, by its type: the first is a number.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "completion": ("cm", "e"),
    "date": ("t", "d"),
    "grade": ("id",),
    "group": (),
    "grouping": (),
    "profile": (),
}
_PREVIOUS = "-1"  # stands for whatever activity comes before
_WHEN_COMPLETE = (1, 2, 3, "1", "2", "3")

Tree = dict[str, Any]


def restrictions_can_be_met(backup: Backup) -> Iterator[Finding]:
    """Every restriction can be read, names what is in the backup, and waits for nothing that waits for it."""
    trees: dict[tuple[str, str], Tree] = {}
    left = _MOST_READ
    for part in backup.parts.values():
        text = part.says("availabilityjson" if part.kind == "section" else "availability")
        if not text:
            continue
        left -= len(text)
        if left < 0:
            what = f"of what parts wait for, {_MOST_READ} characters are"
            backup.container.findings.append(messages.NOT_ALL_JUDGED.at(Place(backup.container.shown), what=what))
            break
        tree, problem = _read(text)
        if tree is None:
            yield messages.RESTRICTION_UNREADABLE.at(part.place, item=part.shown, reason=problem)
            continue
        trees[part.key] = tree
        for condition in _conditions(tree):
            yield from _condition_findings(condition, part, backup)
    yield from _circles(backup, trees)


# --- what they say ---


def _read(text: str) -> tuple[Tree | None, str]:
    """Return a restriction, or None with what is wrong with it."""
    if len(text) > _LONGEST:
        return None, f"it has {len(text)} characters"
    try:
        tree = json.loads(text)
    except ValueError as error:  # also where a number is too long
        return None, f"it is not JSON: {error}"
    except RecursionError:
        return None, "it is nested too deep"
    problem = _problem(tree, 0) or _showing_problem(tree)
    return (None, problem) if problem else (tree, "")


def _problem(node: object, depth: int) -> str:
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
    names = _FIELDS.get(str(condition["type"]), ())
    if lacking := [name for name in names if name not in condition]:
        return f'a condition of the type {condition["type"]} lacks "{lacking[0]}"'
    if names and not _number(condition[names[0]]).lstrip("-").isdigit():
        return f'"{names[0]}" of a condition of the type {condition["type"]} is not a number'
    return ""


def _showing_problem(tree: Tree) -> str:
    """Return what is wrong with how a tree says whether learners see what they wait for."""
    if tree["op"] in _EACH_SHOWN:
        showc = tree.get("showc")
        is_sound = (
            isinstance(showc, list) and len(showc) == len(tree["c"]) and all(isinstance(one, bool) for one in showc)
        )
        return "" if is_sound else f'"showc" must have true or false for each of the {len(tree["c"])} conditions'
    return "" if isinstance(tree.get("show"), bool) else '"show" must be true or false'


def _conditions(tree: Tree) -> Iterator[Tree]:
    left = list(reversed(tree["c"]))
    while left:
        node = left.pop()
        if "type" in node:
            yield node
        else:
            left.extend(reversed(node["c"]))


def _number(value: object) -> str:
    return "" if isinstance(value, bool | dict | list) else str(value)[:20]


# --- what they name ---


def _condition_findings(condition: Tree, part: Part, backup: Backup) -> Iterator[Finding]:
    kind = str(condition["type"])
    if kind not in _FIELDS:
        yield messages.CONDITION_UNKNOWN.at(part.place, item=part.shown, type=kind[:80])
    elif kind == "completion":
        yield from _completion_findings(condition, part, backup)
    elif kind in ("grade", "group", "grouping") and "id" in condition:
        known = {"grade": backup.graded, "group": backup.groups, "grouping": backup.groupings}[kind]
        number = _number(condition["id"])
        if number not in known:
            word = {"grade": "the grade item", "group": "the group"}.get(kind, "the grouping")
            found = messages.CONDITION_DANGLES.at(part.place, item=part.shown, what=f"{word} {number}")
            yield replace(found, severity=Severity.WARNING)  # it may be there where the backup is restored


def _completion_findings(condition: Tree, part: Part, backup: Backup) -> Iterator[Finding]:
    number = _number(condition["cm"])
    waited = backup.parts.get(("activity", number))
    if waited is None and number != _PREVIOUS:
        yield messages.CONDITION_DANGLES.at(part.place, item=part.shown, what=f"the activity {number}")
    elif waited is not None and condition["e"] in _WHEN_COMPLETE and waited.says("completion") == "0":
        yield messages.COMPLETION_NOT_TRACKED.at(part.place, item=part.shown, activity=waited.shown)


# --- what never opens ---


@dataclass(slots=True, eq=False)
class _Gate:
    """Opens once so many of the gates that it stands behind have."""

    needs: int = 0
    behind: list[_Gate] = field(default_factory=list)
    """The gates that stand behind it."""


def _circles(backup: Backup, trees: Mapping[tuple[str, str], Tree]) -> Iterator[Finding]:
    """Yield a finding for each circle of parts that wait for one another, so that none of them ever opens."""
    gates = {key: _Gate() for key in backup.parts}
    for key, part in backup.parts.items():
        grown = (gates.get(part.around), _grown(trees[key], gates, backup) if key in trees else None)
        for before in filter(None, grown):
            gates[key].needs += 1
            before.behind.append(gates[key])
    _open(gates.values())
    closed = {key: part for key, part in backup.parts.items() if gates[key].needs > 0}
    done: set[tuple[str, str]] = set()
    for key in closed:
        way: dict[tuple[str, str], None] = {}
        while key not in done:
            done.add(key)
            way[key] = None
            key = _waited_for(closed[key], trees.get(key), closed, backup)
        if key in way:
            circle = [one.shown for one in map(closed.__getitem__, list(way)[list(way).index(key) :])]
            yield messages.PREREQUISITE_CIRCLE.at(
                closed[key].place, item=circle[0], way=" → ".join([*circle, circle[0]])
            )


def _grown(node: Tree, gates: Mapping[tuple[str, str], _Gate], backup: Backup) -> _Gate | None:
    """Return the gate that a condition or a tree of them is, or None where it waits for no part of the backup."""
    if "type" in node:
        return gates.get(_named(node, backup))
    if node["op"].startswith("!"):
        return None
    grown = [_grown(child, gates, backup) for child in node["c"]]
    before = [gate for gate in grown if gate is not None]
    if not before or (node["op"] == "|" and len(before) < len(grown)):
        return None
    gate = _Gate(1 if node["op"] == "|" else len(before))
    for one in before:
        one.behind.append(gate)
    return gate


def _named(condition: Tree, backup: Backup) -> tuple[str, str]:
    """Return the activity that must be complete, or graded, for a condition to hold."""
    if condition["type"] == "completion" and condition["e"] in _WHEN_COMPLETE:
        return "activity", _number(condition["cm"])
    if condition["type"] == "grade" and "min" in condition:
        return "activity", backup.graded.get(_number(condition["id"]), "")
    return "", ""


def _open(gates: Iterable[_Gate]) -> None:
    """Open whatever can be opened: what needs nothing, then what needs no more than that, and so on."""
    opened = [gate for gate in gates if not gate.needs]
    while opened:
        for gate in opened.pop().behind:
            gate.needs -= 1
            if not gate.needs:
                opened.append(gate)


def _waited_for(
    part: Part, tree: Tree | None, closed: Mapping[tuple[str, str], Part], backup: Backup
) -> tuple[str, str]:
    """Return the first closed part that a closed part waits for: there is one, or it would be open."""
    if part.around in closed:
        return part.around
    return next(name for one in _positive(tree) if (name := _named(one, backup)) in closed)


def _positive(tree: Tree | None) -> Iterator[Tree]:
    """Yield the conditions of a tree that have to hold, if only one of several."""
    left = [tree] if tree else []
    while left:
        node = left.pop()
        if "type" in node:
            yield node
        elif not node["op"].startswith("!"):
            left.extend(reversed(node["c"]))
