"""What moves learners on in SCORM 2004, as settings: modes, objectives, rules, limits, the buttons of the player.

What locks, skips or hides an item, and by what rules of its own it is rolled up, an outline has as other values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import inf

from lxml import etree

from coursewright.course.outline import Setting
from coursewright.packages.documents.elements import all_within, children, local_name, number, words
from coursewright.packages.documents.manifest import SS
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.documents.scorm.item_rules import is_of_adl
from coursewright.packages.documents.scorm.sequencing import Sequencing, combined_by_any

_YES, _NO = "yes", "no"
_FLAGS: Mapping[str, str] = {"true": _YES, "1": _YES, "false": _NO, "0": _NO}
# The attributes of a part of the sequencing: what each says, in words, and what holds where it is not there.
_PARTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "controlMode": {
        "choice": ("what is in it may be chosen from the menu", _YES),
        "choiceExit": ("it may be left by the menu", _YES),
        "flow": ("Next and Previous lead through it", _NO),
        "forwardOnly": ("there is no way back", _NO),
        "useCurrentAttemptObjectiveInfo": ("only objectives of this attempt count", _YES),
        "useCurrentAttemptProgressInfo": ("only progress of this attempt counts", _YES),
    },
    "limitConditions": {
        "attemptLimit": ("attempts allowed", "no limit"),
        "attemptAbsoluteDurationLimit": ("time for an attempt", "no limit"),
        "attemptExperiencedDurationLimit": ("time of work for an attempt", "no limit"),
        "activityAbsoluteDurationLimit": ("time for all attempts", "no limit"),
        "activityExperiencedDurationLimit": ("time of work for all attempts", "no limit"),
        "beginTimeLimit": ("opens at", "no limit"),
        "endTimeLimit": ("closes at", "no limit"),
    },
    "rollupRules": {
        "rollupObjectiveSatisfied": ("its success counts for what it is in", _YES),
        "rollupProgressCompletion": ("its completion counts for what it is in", _YES),
        "objectiveMeasureWeight": ("weight of its score", "1"),
    },
    "deliveryControls": {
        "tracked": ("it is tracked", _YES),
        "completionSetByContent": ("the content alone says whether it is complete", _NO),
        "objectiveSetByContent": ("the content alone says whether it is passed", _NO),
    },
    "randomizationControls": {
        "randomizationTiming": ("put in random order", "never"),
        "reorderChildren": ("in random order", _NO),
        "selectionTiming": ("some are selected", "never"),
        "selectCount": ("how many are selected", "all"),
    },
    "adl constrainedChoiceConsiderations": {
        "preventActivation": ("what is in it cannot be chosen from outside", _NO),
        "constrainChoice": ("only the next and the previous can be chosen", _NO),
    },
    "adl rollupConsiderations": {
        "requiredForSatisfied": ("counts for success", "always"),
        "requiredForNotSatisfied": ("counts for failure", "always"),
        "requiredForCompleted": ("counts for completion", "always"),
        "requiredForIncomplete": ("counts for being incomplete", "always"),
        "measureSatisfactionIfActive": ("a score is judged while it is open", _YES),
    },
}
_RULES: Mapping[str, str] = {
    "preConditionRule": "before it opens",
    "postConditionRule": "when it was left",
    "exitConditionRule": "while something in it is open",
}
# Whether learners may do more where an attribute says yes.
_FREEING = {
    "choice": True,
    "choiceExit": True,
    "flow": True,
    "forwardOnly": False,
    "preventActivation": False,
    "constrainChoice": False,
}
_TOLD = ("disabled", "skip", "hiddenFromChoice")  # as gates and rules of an entry
_NONE = "none"


def settings_of(element: etree._Element, found: Sequencing | None, *, told_mark: bool) -> tuple[Setting, ...]:
    """Return what moves learners on at an item; without the mark that passes it, where its completion tells that."""
    parts = {_name(part): part for part in found.parts.values()} if found else {}
    settings = [
        *_switches(parts),
        *_rules(parts.get("sequencingRules")),
        *_objectives(parts, told_mark=told_mark),
        *_shared(parts.get("adl objectives")),
        *_hidden(element),
    ]
    return tuple(one for one in settings if one.value != one.usual)


def _name(part: etree._Element) -> str:
    return f"adl {local_name(part)}" if is_of_adl(part) else local_name(part)


def _switches(parts: Mapping[str, etree._Element]) -> Iterator[Setting]:
    for name, switches in _PARTS.items():
        part = parts.get(name)
        for attribute, (words_of_it, usual) in switches.items() if part is not None else ():
            value = _plain(part, attribute, usual)
            rooms = _room(attribute, value), _room(attribute, usual)
            yield Setting(f"{words_of_it} ({attribute})", value, usual, *rooms)


def _room(attribute: str, value: str) -> float | None:
    """Return how much the value of an attribute leaves to learners, None where that cannot be said."""
    if attribute == "attemptLimit":
        return inf if value == "no limit" else number(value)
    freeing = _FREEING.get(attribute)
    return None if freeing is None or value not in (_YES, _NO) else float((value == _YES) is freeing)


def _plain(element: etree._Element | None, attribute: str, usual: str) -> str:
    said = "" if element is None else element.get(attribute, "").strip()
    if not said:
        return usual
    if usual in (_YES, _NO):
        return _FLAGS.get(said, said)
    amount = number(said)
    return said if amount is None else f"{amount:g}"


def _objectives(parts: Mapping[str, etree._Element], *, told_mark: bool) -> Iterator[Setting]:
    for objective in children(parts.get("objectives")):
        name = objective.get("objectiveID", "")
        if not _matters(objective, _judged_by(parts.get("sequencingRules"))):
            continue
        whose = "" if local_name(objective) == "primaryObjective" else f" of the objective {name}".rstrip()
        if not told_mark:
            by_measure = _plain(objective, "satisfiedByMeasure", _NO)
            yield Setting(f"a score passes it{whose} (satisfiedByMeasure)", by_measure, _NO)
            least = number(text_at(objective, "minNormalizedMeasure"))
            least = 1.0 if least is None else least
            yield Setting(f"pass mark{whose} (minNormalizedMeasure)", f"{least:g}", "1", -least, -1)
        yield Setting(f"shares its objective{whose} as (mapInfo)", _maps(objective), _NONE)


def _judged_by(rules: etree._Element | None) -> set[str]:
    """Return the objectives that rules ask for, but for those that lock, skip or hide."""
    asking = [rule for name in _RULES for rule in all_within(rules, name) if _action(rule) not in _TOLD]
    return {one.get("referencedObjective", "") for rule in asking for one in all_within(rule, "ruleCondition")}


def _matters(objective: etree._Element, judged_by: set[str]) -> bool:
    """Say whether anything but a lock, or what a unit shows of others, hangs on an objective."""
    if local_name(objective) == "primaryObjective" or objective.get("objectiveID", "") in judged_by:
        return True
    return any(map(_writes, all_within(objective, "mapInfo")))


def _shared(part: etree._Element | None) -> Iterator[Setting]:
    for objective in children(part):
        name = objective.get("objectiveID", "")
        yield Setting(f"shares scores and completion of {name} as (adlseq:mapInfo)", _maps(objective), _NONE)


def _maps(objective: etree._Element) -> str:
    return ", ".join(map(_map, all_within(objective, "mapInfo"))) or _NONE


def _flags(found: etree._Element) -> Mapping[str, str]:
    return {str(name): _FLAGS.get(str(value).strip(), "") for name, value in found.items()}


def _writes(found: etree._Element) -> list[str]:
    return [name for name, value in _flags(found).items() if name.startswith("write") and value == _YES]


def _map(found: etree._Element) -> str:
    """Return a global objective, with what is written to it, and what is not read from it, as by default all is."""
    flags, ways = _flags(found), _writes(found)
    ways += [f"not {name}" for name, value in flags.items() if name.startswith("read") and value == _NO]
    target = found.get("targetObjectiveID", "")
    return f"{target} ({' '.join(sorted(ways))})" if ways else target


def _rules(part: etree._Element | None) -> Iterator[Setting]:
    for name, when in _RULES.items():
        yield Setting(f"rules {when} ({name})", "; ".join(_told(all_within(part, name))) or _NONE, _NONE)


def _told(rules: Iterable[etree._Element]) -> Iterator[str]:
    for rule in rules:
        action = _action(rule)
        if action not in _TOLD:
            combined = " or " if combined_by_any(rule) else " and "
            conditions = combined.join(map(_condition, all_within(rule, "ruleCondition")))
            yield f"{action} if {conditions}" if conditions else action


def _action(rule: etree._Element) -> str:
    found = rule.find(f"{{{SS}}}ruleAction")
    return "" if found is None else found.get("action", "")


def _condition(found: etree._Element) -> str:
    parts = [found.get("condition", "")]
    if found.get("operator") == "not":
        parts.insert(0, "not")
    if threshold := found.get("measureThreshold", "").strip():
        parts.append(threshold)
    if objective := found.get("referencedObjective", ""):
        parts.append(f"of {objective}")
    return " ".join(parts)


def _hidden(element: etree._Element) -> Iterator[Setting]:
    """Yield which buttons of the player are hidden."""
    presentations = (child for child in children(element) if local_name(child) == "presentation")
    hidden = {words(one) for found in presentations for one in all_within(found, "hideLMSUI")}
    yield Setting("buttons that are hidden (hideLMSUI)", ", ".join(sorted(hidden)) or _NONE, _NONE)
