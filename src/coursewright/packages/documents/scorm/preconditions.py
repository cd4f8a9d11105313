"""Precondition rules of SCORM 2004: what disables, skips and hides items, read as gates, and a gate written as rules.

A rule says when something happens; a gate what must hold so that an item opens, which is the opposite.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from lxml.etree import QName, SubElement, _Element

from coursewright.course.gates import (
    OPEN,
    All,
    Any,
    Done,
    Foreign,
    Gate,
    Score,
    Status,
    UnwritableError,
    each,
    opposite,
    simplified,
)
from coursewright.course.outline import OFF_MENU, SKIPPED, Rule
from coursewright.packages.documents.manifest import SS
from coursewright.packages.documents.scorm.item_rules import ItemRule, MenuItem, RuleCondition

_STATUSES: Mapping[str, Status] = {
    "satisfied": Status.SATISFIED,
    "completed": Status.DONE,
    "attempted": Status.ATTEMPTED,
    "objectiveStatusKnown": Status.JUDGED,
    "activityProgressKnown": Status.TRACKED,
    "attemptLimitExceeded": Status.OUT_OF_ATTEMPTS,
    "timeLimitExceeded": Status.OUT_OF_TIME,
    "outsideAvailableTimeRange": Status.OUT_OF_SEASON,
}
MOST_CHOICES = 3  # objectives of which one is to be satisfied: there is a rule for each way in which none is
_NOT_YET = ("satisfied", "objectiveStatusKnown")
_EFFECTS: Mapping[str, str] = {"skip": SKIPPED, "hiddenFromChoice": OFF_MENU}
# What another status of the same objective already says.
_IMPLIED: Mapping[Status, Status] = {Status.JUDGED: Status.SATISFIED, Status.TRACKED: Status.DONE}


class Preconditions:
    """The rules of all items of a menu, as gates that name items.

    An item looks at the objectives of others through global ones, which one of them writes to.
    """

    def __init__(self, root: MenuItem) -> None:
        self._writers: defaultdict[str, list[str]] = defaultdict(list)
        waiting: list[MenuItem] = [root]
        while waiting:
            item = waiting.pop()
            waiting += item.children
            for _, target, _, writes in _maps(item):
                if writes:
                    self._writers[target].append(item.identifier)

    def gate(self, item: MenuItem) -> Gate:
        """Return what must hold so that none of an item's rules disables it."""
        disabling = [rule for rule in item.rules if rule.action == "disabled" and rule.conditions]
        return simplified(All(tuple(self._open(rule, item) for rule in disabling)))

    def rules(self, item: MenuItem) -> Iterator[Rule]:
        """Yield what happens to an item without locking it."""
        for rule in item.rules:
            if rule.action in _EFFECTS:
                fires = tuple(self._condition(condition, item) for condition in rule.conditions)
                gate = Any(fires) if rule.any and fires else All(_telling(fires))
                yield Rule(_EFFECTS[rule.action], simplified(gate))

    def _open(self, rule: ItemRule, item: MenuItem) -> Gate:
        """Return what must hold so that a rule does nothing."""
        found = tuple(opposite(self._condition(condition, item)) for condition in rule.conditions)
        return All(_telling(found)) if rule.any else Any(found)

    def _condition(self, condition: RuleCondition, item: MenuItem) -> Gate:
        """Return a condition as it stands in a rule."""
        whose = self._of(condition.objective, item)
        holds = _holds(condition.condition, condition.threshold, whose, "" if whose else condition.objective)
        return opposite(holds) if condition.negated else holds

    def _of(self, objective: str, item: MenuItem) -> str:
        """Return the one item whose objective a local one shows, or nothing where it is not one."""
        if not objective:
            return item.identifier
        targets = {target for name, target, reads, _ in _maps(item) if name == objective and reads}
        writers = {writer for target in targets for writer in self._writers.get(target, ())} - {item.identifier}
        return next(iter(writers)) if len(writers) == 1 else ""


def _holds(name: str, threshold: float, of: str, objective: str) -> Gate:
    if name == "always":
        return OPEN
    if name in _STATUSES:
        return Done(of, _STATUSES[name], objective)
    match name:
        case "objectiveMeasureKnown":
            return Score(of, objective=objective)
        case "objectiveMeasureGreaterThan":
            return Score(of, minimum=threshold, strict=True, objective=objective)
        case "objectiveMeasureLessThan":
            return Score(of, maximum=threshold, objective=objective)
    return Foreign(name, of, objective)


def _telling(found: tuple[Gate, ...]) -> tuple[Gate, ...]:
    """Return conditions that must all hold, without those that others imply."""
    implied = {replace(one, status=weaker) for one in found if isinstance(one, Done) for weaker in _weaker(one.status)}
    return tuple(one for one in found if one not in implied)


def _weaker(status: Status) -> Iterator[Status]:
    return (weaker for weaker, stronger in _IMPLIED.items() if stronger is status)


def _maps(item: MenuItem) -> Iterator[tuple[str, str, bool, bool]]:
    """Yield each local objective with a global one, and whether it is read from there, and written to it."""
    for objective in item.objectives:
        for found in objective.maps:
            reads, writes = found.read_status or found.read_measure, found.write_status or found.write_measure
            yield objective.id, found.target, reads, writes
    for shared in item.completion_maps:
        yield shared.id, shared.target, shared.read, shared.write


# --- writing ---


def write_locks(sequencing: _Element, gate: Gate) -> None:
    """Append the rules that keep an item closed until others' objectives are satisfied. Raises UnwritableError.

    `disabled` locks it in the menu, `skip` lets Next pass it by. An unknown status is not unsatisfied to an engine, so
    that is asked for as well. Where one of a few is to be satisfied, a rule locks it for each way in which none is.
    """
    if gate == OPEN:
        return
    choices = [one for one in each(gate) if isinstance(one, Any)]
    singles = [_objective(condition) for condition in each(gate) if condition not in choices]
    locks = [("any", [(objective, one) for objective in singles for one in _NOT_YET])] if singles else []
    for choice in choices:
        locks += [("all", asked) for asked in _none_of(choice)]
    rules = add_sequencing(sequencing, "sequencingRules")
    for action in ("skip", "disabled"):
        for combination, asked in locks:
            _write_rule(rules, action, combination, asked)


def _none_of(choice: Any) -> Iterator[list[tuple[str, str]]]:
    """Yield the ways in which none of several objectives is satisfied, each as what must not be said of them."""
    objectives = list(map(_objective, choice.parts))
    if not 0 < len(objectives) <= MOST_CHOICES:
        raise UnwritableError(f"an item of SCORM 2004 waits for one of 1 to {MOST_CHOICES} objectives")
    for asked in product(_NOT_YET, repeat=len(objectives)):
        yield list(zip(objectives, asked, strict=True))


def _write_rule(rules: _Element, action: str, combination: str, asked: Iterable[tuple[str, str]]) -> None:
    rule = add_sequencing(rules, "preConditionRule")
    conditions = add_sequencing(rule, "ruleConditions", conditionCombination=combination)
    for objective, condition in asked:
        add_sequencing(conditions, "ruleCondition", referencedObjective=objective, operator="not", condition=condition)
    add_sequencing(rule, "ruleAction", action=action)


def _objective(condition: Gate) -> str:
    if isinstance(condition, Done) and condition.status is Status.SATISFIED and condition.objective:
        return condition.objective
    raise UnwritableError("an item of SCORM 2004 waits for objectives that are satisfied, and for nothing else")


def add_sequencing(parent: _Element, name: str, **attributes: str) -> _Element:
    """Append an element of the sequencing of an item, and return it."""
    return SubElement(parent, QName(SS, name), attributes)
