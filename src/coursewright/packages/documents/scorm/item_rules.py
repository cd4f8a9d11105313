"""An item of a menu as a value, with its rules and objectives, and what of its sequencing the player leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from lxml import etree

from coursewright.frozen import frozen
from coursewright.packages.documents.elements import all_within, flag, local_name, number
from coursewright.packages.documents.manifest import ADLSEQ
from coursewright.packages.documents.parsing import text_at

_ACTIONS = ("skip", "disabled", "hiddenFromChoice")
_CONDITIONS = (
    "satisfied",
    "objectiveStatusKnown",
    "objectiveMeasureKnown",
    "objectiveMeasureGreaterThan",
    "objectiveMeasureLessThan",
    "completed",
    "activityProgressKnown",
    "attempted",
    "always",
)
# What no player of a preview needs, by the name of the element, and how the list says it.
_LEFT_OUT = {
    "exitConditionRule": "exit rules",
    "postConditionRule": "post-condition rules (retry, continue, exit all ...)",
    "limitConditions": "limits on attempts and durations",
    "auxiliaryResources": "auxiliary resources",
    "rollupRule": "roll-up rules of its own (the usual ones apply)",
    "rollupConsiderations": "roll-up considerations",
    "constrainedChoiceConsiderations": "constrained choice",
    "hideLMSUI": "hiding buttons of the player",
    "maxtimeallowed": "time limits (told to the unit, not enforced)",
    "timelimitaction": "what happens when time is up (told to the unit)",
}


def left_out(element: etree._Element, version: str) -> Iterator[str]:
    """Yield what of an element the player does not do."""
    name = local_name(element)
    if name in _LEFT_OUT:
        yield _LEFT_OUT[name]
    if version != "2004":
        return
    if (
        name == "ruleAction"
        and _name_of_parent(element) == "preConditionRule"
        and element.get("action") not in _ACTIONS
    ):
        yield f"the rule '{element.get('action')}'"
    if name == "ruleCondition" and element.get("condition") not in _CONDITIONS:
        yield f"the condition '{element.get('condition')}' (taken as unknown)"
    if name == "objectives" and etree.QName(element).namespace != _namespace_of_parent(element):
        yield "completion, progress and scores shared between units (adlseq:objectives)"
    if name == "data" and _name_of_parent(element) == "item":
        yield "data shared between units (adlcp:data)"
    for attribute, usual, what in _USUAL:
        if element.get(attribute, usual) not in (usual, "1" if usual == "true" else "0"):
            yield what


_USUAL = (
    ("choiceExit", "true", "units that must not be left by the menu (choiceExit)"),
    ("forwardOnly", "false", "no way back (forwardOnly)"),
    ("tracked", "true", "units that are not tracked"),
    ("rollupObjectiveSatisfied", "true", "units that do not count for the roll-up of success"),
    ("rollupProgressCompletion", "true", "units that do not count for the roll-up of completion"),
    ("reorderChildren", "false", "units in random order"),
    ("selectionTiming", "never", "a selection of units"),
)


@frozen
class RuleCondition:
    """What must hold of an objective, or must not."""

    condition: str
    negated: bool
    objective: str
    threshold: float


@frozen
class ItemRule:
    """What happens to an item when one of some conditions holds, or all of them."""

    action: str
    any: bool
    conditions: tuple[RuleCondition, ...]


@frozen
class ObjectiveMap:
    """What an objective shares with those of other units, by the name of a global one."""

    target: str
    read_status: bool
    read_measure: bool
    write_status: bool
    write_measure: bool


@frozen
class ItemObjective:
    """An objective of an item; with `by_measure` it is met from a measure on, the `least`."""

    id: str
    primary: bool
    by_measure: bool
    least: float
    maps: tuple[ObjectiveMap, ...]


@frozen
class CompletionMap:
    """Where the fourth edition of SCORM 2004 shares the completion of units, which the player leaves out."""

    id: str
    target: str
    read: bool
    write: bool


@frozen
class ItemTerms:
    """What the LMS tells a unit, and judges it by."""

    launch_data: str = ""
    mastery_score: float | None = None
    max_time_allowed: str = ""
    time_limit_action: str = ""
    completion_threshold: float | None = None


@frozen
class MenuItem:
    """An item of a menu, or the menu itself. `kind` is `sco`, `asset`, or nothing where there is nothing to start."""

    element: etree._Element = field(repr=False, compare=False)
    identifier: str
    title: str
    visible: bool
    href: str | None
    kind: str
    terms: ItemTerms
    prerequisites: str
    choice: bool
    flow: bool
    completion_set_by_content: bool
    objective_set_by_content: bool
    rules: tuple[ItemRule, ...]
    objectives: tuple[ItemObjective, ...]
    completion_maps: tuple[CompletionMap, ...]
    children: tuple[MenuItem, ...]


def rule(element: etree._Element) -> ItemRule:
    """Return a rule: its action, and its conditions."""
    conditions, action = element.find("{*}ruleConditions"), element.find("{*}ruleAction")
    return ItemRule(
        action.get("action", "") if action is not None else "",
        conditions is not None and conditions.get("conditionCombination", "all") == "any",
        tuple(map(_condition, all_within(conditions, "ruleCondition"))),
    )


def _condition(element: etree._Element) -> RuleCondition:
    threshold, negated = number(element.get("measureThreshold")) or 0, element.get("operator") == "not"
    return RuleCondition(element.get("condition", ""), negated, element.get("referencedObjective", ""), threshold)


def objective(element: etree._Element) -> ItemObjective:
    """Return an objective with what it shares with those of other units."""
    least = number(text_at(element, "minNormalizedMeasure"))
    return ItemObjective(
        element.get("objectiveID", ""),
        local_name(element) == "primaryObjective",
        flag(element, "satisfiedByMeasure", False),
        1.0 if least is None else least,
        tuple(map(_map, all_within(element, "mapInfo"))),
    )


def _map(element: etree._Element) -> ObjectiveMap:
    return ObjectiveMap(
        element.get("targetObjectiveID", ""),
        flag(element, "readSatisfiedStatus", True),
        flag(element, "readNormalizedMeasure", True),
        flag(element, "writeSatisfiedStatus", False),
        flag(element, "writeNormalizedMeasure", False),
    )


def completion_maps(objectives: etree._Element | None) -> Iterator[CompletionMap]:
    """Yield what is shared of the completion of units."""
    for objective in all_within(objectives, "objective"):
        for found in all_within(objective, "mapInfo"):
            ways = (flag(found, "readCompletionStatus", True), flag(found, "writeCompletionStatus", False))
            yield CompletionMap(objective.get("objectiveID", ""), found.get("targetObjectiveID", ""), *ways)


def is_of_adl(element: etree._Element) -> bool:
    """Say whether an element is one of ADL's own, some of which have the names of IMS's."""
    return etree.QName(element).namespace == ADLSEQ


def _name_of_parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else local_name(parent)


def _namespace_of_parent(element: etree._Element) -> str | None:
    parent = element.getparent()
    return None if parent is None else etree.QName(parent).namespace
