"""Rules over what locks and orders the items of SCORM packages: prerequisites of 1.2, sequencing of 2004."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, takewhile

from lxml import etree

from coursewright import messages
from coursewright.checks import Sequencing, check_sequencing, combined_by_any, iri, sequencings
from coursewright.diagnostics import Finding, Place, Severity
from coursewright.ims import ADLCP_1_2, SS, named
from coursewright.validation.parsing import text_of
from coursewright.validation.subject import Rule, Subject

_LONGEST_EXPRESSION, _LONGEST_WAY, _LONGEST_COUNT = 5_000, 10, 99
_MOST_CIRCLES = 500
_WORD = re.compile(r'\s*(\d+\s*\*\s*\{|"[^"]*"|<>|[&|~()=,}]|[^\s&|~()=<>{},*"]+)')
_JOINS = ("&", "|")
_TRUE = ("true", "1")
_DONE = ("passed", "p", "completed", "c")
_STATUSES = (*_DONE, "failed", "f", "incomplete", "i", "browsed", "b", "notattempted", "n")


class UnreadableError(Exception):
    """An expression is none: `str(error)` says why."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A prerequisite: the items that it names, and whether it wants all of them, and nothing else.

    Without those that are `needed` it never holds, nor with one of those that are `refused`.
    """

    operands: tuple[str, ...]
    is_conjunction: bool
    needed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


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
            wanted = _read_status(word)
        else:
            wanted = _read_operator(word, opened, wanted)
    if not wanted.startswith("an operator") or opened:
        raise UnreadableError("a bracket is not closed" if opened else f"it ends where {wanted} must follow")
    named = set(operands)
    is_conjunction = all(word == "&" or word.strip('"') in named for word in words)
    return Expression(tuple(operands), is_conjunction, *_needed_and_refused(words))


@dataclass(slots=True)
class _Group:
    """What stands between brackets, while it is read: how many of it must hold, and from where on it is needed."""

    wanted: int = 0
    is_negated: bool = False
    needed: int = 0
    refused: int = 0
    members: int = 1
    has_bar: bool = False


def _needed_and_refused(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what must hold and what must not, by whatever else does: neither bars nor sets let it go."""
    needed: list[str] = []
    refused: list[str] = []
    groups = [_Group()]
    is_negated = False
    for at, word in enumerate(words):
        if word == "~":
            is_negated = not is_negated
        elif word == "(" or word.endswith("{"):
            groups.append(_Group(_count(word), is_negated, len(needed), len(refused)))
            is_negated = False
        elif word in (")", "}"):
            _close(groups.pop(), needed, refused)
        elif word == "|":
            groups[-1].has_bar = True
        elif word == ",":
            groups[-1].members += 1
        elif word not in ("&", "=", "<>") and words[at - 1 : at] not in (["="], ["<>"]):
            sign, status = (*words[at + 1 : at + 3], "", "")[:2]
            if sign == "=" and status.strip('"').lower() in _DONE and not is_negated:
                needed.append(word.strip('"'))
            elif sign not in ("=", "<>"):
                (refused if is_negated else needed).append(word.strip('"'))
            is_negated = False
    _close(groups.pop(), needed, refused)
    return tuple(needed), tuple(refused)


def _count(word: str) -> int:
    """Return how many of a set must hold; none is said of what stands in brackets."""
    digits = word.partition("*")[0].strip()
    if digits == "(":
        return 0
    return int(digits) if len(digits) < _LONGEST_COUNT else _LONGEST_EXPRESSION


def _close(group: _Group, needed: list[str], refused: list[str]) -> None:
    """Forget what a group named unless all of it must hold. Raises UnreadableError where it wants more than it has."""
    if group.wanted > group.members:
        raise UnreadableError(f"{group.wanted} of {group.members} can never hold")
    if group.is_negated or group.has_bar or 0 < group.wanted < group.members:
        del needed[group.needed :], refused[group.refused :]


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


def _read_status(word: str) -> str:
    if word in ("&", "|", "~", "(", ")", "=", "<>", ",", "}"):
        raise UnreadableError(f"a status must stand before '{word}'")
    if re.sub(r"[\s_]", "", word.strip('"')).lower() not in _STATUSES:
        raise UnreadableError(f"no item ever has the status {word}")
    return "an operator after a status"


def _read_operator(word: str, opened: list[str], wanted: str) -> str:
    if word in _JOINS or (word == "," and opened[-1:] == ["{"]):
        return "an item"
    if word in ("=", "<>") and wanted == "an operator":
        return "a status"
    if word in (")", "}") and opened[-1:] == [{")": "(", "}": "{"}[word]]:
        opened.pop()
        return "an operator"
    raise UnreadableError(f"an operator must stand before '{word}'")


def prerequisites_can_be_met(subject: Subject) -> Iterator[Finding]:
    """Every prerequisite can be read, names items of the manifest, and waits for nothing that waits for it."""
    root, shown = subject.found.root, subject.shown
    items = {name: item for item in root.iter("{*}item") if (name := item.get("identifier"))}
    waits: defaultdict[str, list[str]] = defaultdict(list)
    for element in root.iter(f"{{{ADLCP_1_2}}}prerequisites"):
        parent = element.getparent()
        item = parent.get("identifier", "") if parent is not None else ""
        text, place = text_of(element).strip(), _place(shown, element)
        if not text:
            continue
        shown_as = named(items[item]) if item in items else "?"
        try:
            expression = read_expression(text)
        except UnreadableError as error:
            yield messages.EXPRESSION_UNREADABLE.at(place, item=shown_as, reason=error, expression=text)
            continue
        yield from _operand_findings(expression, item, items, place)
        contradicted = set(expression.refused)
        for operand in islice((one for one in expression.needed if one in contradicted), 1):
            why = f"its prerequisites want '{operand}' to be done, and not to be done"
            yield messages.ALWAYS_LOCKED.at(place, item=shown_as, why=why)
        waits[item] += dict.fromkeys(expression.needed)
    for name, inside in _headings(items):
        waits[name] += inside
    yield from islice(_circles(waits, items, shown), _MOST_CIRCLES)


def _headings(items: Mapping[str, etree._Element]) -> Iterator[tuple[str, list[str]]]:
    """Yield each heading with what it holds, for it is done once all of that is."""
    for name, item in items.items():
        if not item.get("identifierref"):
            yield name, [child.get("identifier", "") for child in item.iterfind("{*}item")]


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


def _circles(waits: Mapping[str, Sequence[str]], items: Mapping[str, etree._Element], shown: str) -> Iterator[Finding]:
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
    ordered = sequencings(root)
    of_item: dict[etree._Element | None, Sequencing] = {one.item: one for one in ordered}
    for one in ordered:
        yield from _unreachable(one, shown)
        yield from _open_at_first(one, shown)
        yield from _lets_through(one, of_item.get(one.item.getparent()), shown)
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
    rules = sequencing.locking("disabled")
    if any(_may_lock(condition) for rule in rules for condition in rule.iter(f"{{{SS}}}ruleCondition")):
        return
    locking = {name for rule in rules if _fires_at_first(rule) for name in _asked(rule, "objectiveStatusKnown")}
    for rule in rules:
        for objective, condition in _asked(rule, "satisfied").items():
            if objective not in locking:
                place = _place(shown, condition)
                yield messages.OPEN_AT_FIRST.at(place, item=named(sequencing.item), objective=objective)
                return


def _may_lock(condition: etree._Element) -> bool:
    """Say whether a condition is another than those of a lock, and may lock what nobody has tried, or is meant to."""
    asked, is_negated = condition.get("condition"), condition.get("operator") == "not"
    if is_negated:
        return asked not in ("satisfied", "objectiveStatusKnown")
    return asked not in ("satisfied", "attemptLimitExceeded", "attempted", "completed")


def _fires_at_first(rule: etree._Element) -> bool:
    """Say whether a rule that asks for unknown statuses fires where all are: any will do, or it asks nothing else."""
    asked = {found.get("condition") for found in rule.iter(f"{{{SS}}}ruleCondition")}
    return combined_by_any(rule) or asked == {"objectiveStatusKnown"}


def _lets_through(sequencing: Sequencing, parent: Sequencing | None, shown: str) -> Iterator[Finding]:
    """Yield a finding where a lock only hides an item to which Next leads, or only skips one that can be chosen."""
    actions: dict[str, set[str]] = {}
    places: dict[str, etree._Element] = {}
    for action in ("skip", "hiddenFromChoice", "disabled"):
        for rule in sequencing.locking(action):
            known = _asked(rule, "objectiveStatusKnown") if combined_by_any(rule) or action == "disabled" else {}
            for objective, condition in _asked(rule, "satisfied").items():
                if objective in known or action == "disabled":
                    actions.setdefault(objective, set()).add(action)
                    places.setdefault(objective, condition)
    modes = parent.find("controlMode") if parent else []
    may_choose = all(mode.get("choice", "true") in _TRUE for mode in modes)
    may_flow = any(mode.get("flow", "false") in _TRUE for mode in modes)
    is_shown = sequencing.item.get("isvisible", "true") in _TRUE
    for objective, taken in actions.items():
        place, item = _place(shown, places[objective]), named(sequencing.item)
        if taken == {"skip"} and may_choose and is_shown:
            yield messages.LOCK_LETS_THROUGH.at(
                place, item=item, does="passed over", way="it can be chosen in the menu"
            )
        elif taken == {"hiddenFromChoice"} and may_flow:
            yield messages.LOCK_LETS_THROUGH.at(
                place, item=item, does="hidden", way="the button for the next leads to it"
            )
        else:
            continue
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
