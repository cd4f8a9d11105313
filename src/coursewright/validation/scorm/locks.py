"""Rules over what locks and orders the items of SCORM packages: prerequisites of 1.2, sequencing of 2004."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, takewhile

from lxml import etree

from coursewright import messages
from coursewright.checks import Sequencing, check_sequencing, combined_by_any, iri, sequencings
from coursewright.diagnostics import Finding, Place, Severity
from coursewright.ims import ADLCP_1_2, SS, named
from coursewright.validation.subject import Rule, Subject

_LONGEST_EXPRESSION, _LONGEST_WAY = 5_000, 10
_WORD = re.compile(r'\s*(\d+\s*\*\s*\{|"[^"]*"|<>|[&|~()=,}]|[^\s&|~()=<>{},*"]+)')
_JOINS = ("&", "|")
_TRUE = ("true", "1")


class UnreadableError(Exception):
    """An expression is none: `str(error)` says why."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A prerequisite: the items that it names, and whether it wants all of them, and nothing else."""

    operands: tuple[str, ...]
    is_conjunction: bool


@lru_cache(1_024)
def read_expression(text: str) -> Expression:
    """Read an aicc_script such as A&(B|C), A="passed" or 2*{A,B,C}. Raises UnreadableError."""
    operands: list[str] = []
    opened: list[str] = []
    wanted = "an item"
    words = list(_words(text))
    for word in words:
        if wanted == "an item":
            wanted = _read_operand(word, operands, opened)
        elif wanted == "a status":
            if word in ("&", "|", "~", "(", ")", "=", "<>", ",", "}"):
                raise UnreadableError(f"a status must stand before '{word}'")
            wanted = "an operator"
        else:
            wanted = _read_operator(word, opened)
    if wanted != "an operator" or opened:
        raise UnreadableError("a bracket is not closed" if opened else f"it ends where {wanted} must follow")
    named = set(operands)
    return Expression(tuple(operands), all(word == "&" or word.strip('"') in named for word in words))


def _words(text: str) -> Iterator[str]:
    if len(text) > _LONGEST_EXPRESSION:
        raise UnreadableError(f"it has {len(text)} characters")
    text, at = text.strip(), 0
    while at < len(text):
        found = _WORD.match(text, at)
        if not found:
            raise UnreadableError(f"nothing is known to begin with '{text[at : at + 10]}'")
        at = found.end()
        yield found[1]


def _read_operand(word: str, operands: list[str], opened: list[str]) -> str:
    if word == "~":
        return "an item"
    if word == "(" or word.endswith("{"):
        opened.append(word[-1])
        return "an item"
    if word in ("&", "|", ")", "=", "<>", ",", "}"):
        raise UnreadableError(f"an item must stand before '{word}'")
    operands.append(word.strip('"'))
    return "an operator"


def _read_operator(word: str, opened: list[str]) -> str:
    if word in _JOINS or (word == "," and opened[-1:] == ["{"]):
        return "an item"
    if word in ("=", "<>"):
        return "a status"
    if word in (")", "}") and opened[-1:] == [{")": "(", "}": "{"}[word]]:
        opened.pop()
        return "an operator"
    raise UnreadableError(f"an operator must stand before '{word}'")


def prerequisites_can_be_met(subject: Subject) -> Iterator[Finding]:
    """Every prerequisite can be read, names items of the manifest, and waits for nothing that waits for it."""
    root, shown = subject.found.root, subject.shown
    items = {name: item for item in root.iter("{*}item") if (name := item.get("identifier"))}
    waits: dict[str, tuple[str, ...]] = {}
    for element in root.iter(f"{{{ADLCP_1_2}}}prerequisites"):
        parent = element.getparent()
        item = parent.get("identifier", "") if parent is not None else ""
        text, place = (element.text or "").strip(), _place(shown, element)
        if not text:
            continue
        try:
            expression = read_expression(text)
        except UnreadableError as error:
            shown_as = named(items[item]) if item in items else "?"
            yield messages.EXPRESSION_UNREADABLE.at(place, item=shown_as, reason=error, expression=text)
            continue
        yield from _operand_findings(expression, item, items, place)
        if expression.is_conjunction:
            waits[item] = expression.operands
    yield from _circles(waits, items, shown)


def _operand_findings(
    expression: Expression, item: str, items: Mapping[str, etree._Element], place: Place
) -> Iterator[Finding]:
    for operand in dict.fromkeys(expression.operands):
        if operand in items and items[operand].get("identifierref"):
            continue
        shown_as = (named(items[name]) if name in items else f"'{name}'" for name in (item, operand))
        found = messages.PREREQUISITE_NOT_LAUNCHABLE.at(place, **dict(zip(("item", "operand"), shown_as, strict=True)))
        if operand not in items:
            yield found
        else:
            yield replace(found, severity=Severity.WARNING)  # a heading: some LMSs know whether all in it is done


def _circles(
    waits: Mapping[str, tuple[str, ...]], items: Mapping[str, etree._Element], shown: str
) -> Iterator[Finding]:
    """Yield a finding for each circle, at the item by which it was met first."""
    done: set[str] = set()
    for start in waits:
        path: dict[str, None] = {}
        branches = [iter((start,))]
        while branches:
            name = next(branches[-1], None)
            if name is None:
                branches.pop()
                if path:
                    done.add(path.popitem()[0])
            elif name in path:
                place = _place(shown, items[name]) if name in items else Place(shown)
                waiting = named(items[name]) if name in items else name
                yield messages.PREREQUISITE_CIRCLE.at(place, item=waiting, way=_way(path, name, items))
            elif name not in done:
                path[name] = None
                branches.append(iter(waits.get(name, ())))


def _way(path: dict[str, None], name: str, items: Mapping[str, etree._Element]) -> str:
    """Return a circle's way from a name back to it, shortened where it is long."""
    back = list(islice(takewhile(lambda one: one != name, reversed(path)), _LONGEST_WAY))
    way = [name, *(["…"] if len(back) == _LONGEST_WAY else []), *reversed(back), name]
    return " → ".join(named(items[one]) if one in items else one for one in way)


# --- sequencing ---


def sequencing_works(subject: Subject) -> Iterator[Finding]:
    """Whatever can be reached is, locks lock from the start, and no two objectives of an item write to one place."""
    root, shown = subject.found.root, subject.shown
    yield from check_sequencing(root, shown)
    for one in sequencings(root):
        yield from _unreachable(one, shown)
        yield from _open_at_first(one, shown)
        yield from _written_twice(one, shown)
        yield from _named_twice(one, shown)


def _unreachable(sequencing: Sequencing, shown: str) -> Iterator[Finding]:
    if sequencing.item.find("{*}item") is None:
        return
    for mode in sequencing.find("controlMode"):
        if mode.get("choice", "true") not in _TRUE and mode.get("flow", "false") not in _TRUE:
            yield messages.UNREACHABLE.at(_place(shown, mode), item=named(sequencing.item))


def _open_at_first(sequencing: Sequencing, shown: str) -> Iterator[Finding]:
    """Yield a finding where an item is disabled until something is satisfied, but not while its status is unknown."""
    firing = [rule for rule in sequencing.locking("disabled") if combined_by_any(rule)]
    locking = {name for rule in firing for name in _asked(rule, "objectiveStatusKnown")}
    others = {
        one.get("condition") for rule in sequencing.locking("disabled") for one in rule.iter(f"{{{SS}}}ruleCondition")
    } - {"satisfied", "objectiveStatusKnown"}
    for rule in () if others else sequencing.locking("disabled"):
        for objective, condition in _asked(rule, "satisfied").items():
            if objective not in locking:
                place = _place(shown, condition)
                yield messages.OPEN_AT_FIRST.at(place, item=named(sequencing.item), objective=objective)
                return


def _asked(rule: etree._Element, what: str) -> dict[str, etree._Element]:
    """Return the objectives by which a rule fires where something is not so, each with its condition."""
    return {
        objective: found
        for found in rule.iter(f"{{{SS}}}ruleCondition")
        if found.get("operator") == "not" and found.get("condition") == what
        if (objective := found.get("referencedObjective"))
    }


def _written_twice(sequencing: Sequencing, shown: str) -> Iterator[Finding]:
    for what in ("writeSatisfiedStatus", "writeNormalizedMeasure"):
        writing = [one for one in sequencing.find("objectives/*/mapInfo") if one.get(what) in _TRUE]
        counts = Counter(iri(one.get("targetObjectiveID", "")) for one in writing)
        for one in writing:
            target = iri(one.get("targetObjectiveID", ""))
            if counts.pop(target, 0) > 1:
                yield messages.WRITTEN_TWICE.at(_place(shown, one), item=named(sequencing.item), objective=target)


def _named_twice(sequencing: Sequencing, shown: str) -> Iterator[Finding]:
    """Yield a finding for each name that two objectives of an item share; rules look at the one or the other."""
    named_so = Counter(iri(one.get("objectiveID", "")) for one in sequencing.find("objectives/*"))
    for one in sequencing.find("objectives/*"):
        name = iri(one.get("objectiveID", ""))
        if name and named_so.pop(name, 0) > 1:
            yield messages.IDENTIFIER_TWICE.at(_place(shown, one), name=name)


def _place(shown: str, element: etree._Element) -> Place:
    line = element.sourceline
    return Place(shown, line if isinstance(line, int) else 0)


PREREQUISITES: tuple[Rule, ...] = (prerequisites_can_be_met,)
SEQUENCING: tuple[Rule, ...] = (sequencing_works,)
