"""An item's sequencing as plain values: rules, objectives, and what of them the player leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from coursewright.packages.documents.elements import all_within, flag, name_of, number
from coursewright.packages.documents.manifest import ADLSEQ
from coursewright.packages.documents.parsing import text_at

Tree = dict[str, Any]

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
    name = name_of(element)
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


def rule(element: etree._Element) -> Tree:
    """Return a rule: its action, and its conditions."""
    conditions = element.find("{*}ruleConditions")
    action = element.find("{*}ruleAction")
    return {
        "action": action.get("action", "") if action is not None else "",
        "any": conditions is not None and conditions.get("conditionCombination", "all") == "any",
        "conditions": [_condition(found) for found in all_within(conditions, "ruleCondition")],
    }


def _condition(element: etree._Element) -> Tree:
    return {
        "condition": element.get("condition", ""),
        "not": element.get("operator") == "not",
        "objective": element.get("referencedObjective", ""),
        "threshold": number(element.get("measureThreshold")) or 0,
    }


def objective(element: etree._Element) -> Tree:
    """Return an objective with what it shares with those of other units."""
    least = number(text_at(element, "minNormalizedMeasure"))
    return {
        "id": element.get("objectiveID", ""),
        "primary": name_of(element) == "primaryObjective",
        "byMeasure": flag(element, "satisfiedByMeasure", False),
        "least": 1.0 if least is None else least,
        "maps": [_map(found) for found in all_within(element, "mapInfo")],
    }


def _map(element: etree._Element) -> Tree:
    return {
        "target": element.get("targetObjectiveID", ""),
        "readStatus": flag(element, "readSatisfiedStatus", True),
        "readMeasure": flag(element, "readNormalizedMeasure", True),
        "writeStatus": flag(element, "writeSatisfiedStatus", False),
        "writeMeasure": flag(element, "writeNormalizedMeasure", False),
    }


def completion_maps(objectives: etree._Element | None) -> Iterator[Tree]:
    """Yield where the fourth edition of SCORM 2004 shares the completion of units, which the player leaves out."""
    for objective in all_within(objectives, "objective"):
        for found in all_within(objective, "mapInfo"):
            yield {
                "id": objective.get("objectiveID", ""),
                "target": found.get("targetObjectiveID", ""),
                "read": flag(found, "readCompletionStatus", True),
                "write": flag(found, "writeCompletionStatus", False),
            }


def is_of_adl(element: etree._Element) -> bool:
    """Say whether an element is one of ADL's own, some of which have the names of IMS's."""
    return etree.QName(element).namespace == ADLSEQ


def _name_of_parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else name_of(parent)


def _namespace_of_parent(element: etree._Element) -> str | None:
    parent = element.getparent()
    return None if parent is None else etree.QName(parent).namespace
