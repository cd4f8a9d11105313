"""Roll-up rules of SCORM 2004 in words: what of its children completes or satisfies a folder."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from coursewright.packages.documents.manifest import SS

_ACTIONS: Mapping[str, str] = {
    "satisfied": "satisfied",
    "notSatisfied": "not satisfied",
    "completed": "complete",
    "incomplete": "incomplete",
}
_WORDS: Mapping[str, str] = {
    "satisfied": "satisfied",
    "completed": "complete",
    "attempted": "attempted",
    "objectiveStatusKnown": "of a known success",
    "objectiveMeasureKnown": "of a known score",
    "activityProgressKnown": "of a known completion",
    "attemptLimitExceeded": "out of attempts",
    "never": "never so",
}


def rollup(item: etree._Element | None) -> str:
    """Return in words by what rules of its own an item is rolled up; "" where it has none, and the usual ones hold."""
    if item is None:
        return ""
    rules = item.findall(f"{{{SS}}}sequencing/{{{SS}}}rollupRules/{{{SS}}}rollupRule")
    told = "; ".join(f"{_action(rule)} when {_children(rule)} {_conditions(rule)}" for rule in rules)
    return f"by rules of its own: {told}" if told else ""


def _action(rule: etree._Element) -> str:
    found = rule.find(f"{{{SS}}}rollupAction")
    action = "" if found is None else found.get("action", "")
    return _ACTIONS.get(action, action)


def _children(rule: etree._Element) -> str:
    which = rule.get("childActivitySet", "all")
    if which == "atLeastCount":
        return f"at least {rule.get('minimumCount', '0')} in it are"
    if which == "atLeastPercent":
        return f"at least {rule.get('minimumPercent', '0')} of 1 in it are"
    return f"{which} in it are"


def _conditions(rule: etree._Element) -> str:
    conditions = rule.find(f"{{{SS}}}rollupConditions")
    if conditions is None:
        return "anything"
    combined = " and " if conditions.get("conditionCombination", "any") == "all" else " or "
    return combined.join(map(_condition, conditions.iterfind(f"{{{SS}}}rollupCondition")))


def _condition(found: etree._Element) -> str:
    name = found.get("condition", "")
    return f"{'not ' if found.get('operator') == 'not' else ''}{_WORDS.get(name, name)}"
