"""The outline of SCORM packages: items with prerequisites or sequencing, as the player of the preview reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from coursewright.inspection.metadata import metadata_of
from coursewright.inspection.outline import FOLDER, Condition, Entry, Outline
from coursewright.inspection.resources import Resources
from coursewright.inspection.rollup import rollup
from coursewright.menus import ManifestError, read_manifest
from coursewright.validation.scorm.locks import UnreadableError, read_expression
from coursewright.validation.subject import Subject

Tree = dict[str, Any]
_KINDS = {"sco": "SCO", "asset": "asset"}
# What must hold so that a rule with this condition does not lock, and what must hold where its condition is negated.
_WORDS: Mapping[str, tuple[str, str]] = {
    "satisfied": ("is not satisfied", "is satisfied"),
    "completed": ("is not complete", "is complete"),
    "attempted": ("was not attempted", "was attempted"),
    "objectiveStatusKnown": ("has no success status", "has a success status"),
    "activityProgressKnown": ("has no completion status", "has a completion status"),
    "objectiveMeasureKnown": ("has no score", "has a score"),
    "objectiveMeasureGreaterThan": ("has a score of at most {threshold}", "has a score above {threshold}"),
    "objectiveMeasureLessThan": ("has a score of at least {threshold}", "has a score below {threshold}"),
    "attemptLimitExceeded": ("has attempts left", "has no attempts left"),
    "timeLimitExceeded": ("has time left", "has no time left"),
    "outsideAvailableTimeRange": ("is in its time", "is out of its time"),
}
# What another condition of the same objective already says.
_IMPLIED = {"has a success status": "is satisfied", "has a completion status": "is complete"}


def read_scorm(subject: Subject) -> Outline:
    """Return the outline of a SCORM package; without entries where its manifest has nothing to play."""
    metadata = metadata_of(subject.found.root)
    try:
        tree = read_manifest(subject.found.document)
    except ManifestError:
        return Outline(metadata.pop("title", ""), (), metadata)
    resources = Resources(subject)
    gate = _prerequisites if tree["version"] == "1.2" else _Sequencing(tree["root"]).gate
    elements = {item.get("identifier", ""): item for item in subject.items}

    def entry(item: Tree) -> Entry:
        return Entry(
            identifier=item["identifier"],
            title=item["title"],
            kind=_KINDS.get(item["kind"], FOLDER),
            children=tuple(map(entry, item["children"])),
            gate=tuple(dict.fromkeys(gate(item))),
            completion=_completion(item, tree["version"]) or rollup(elements.get(item["identifier"])),
            files=resources.files_of(_reference(elements.get(item["identifier"]))),
            address=item["href"] or "",
            hidden=not item["visible"],
        )

    title = metadata.pop("title", "")
    return Outline(tree["title"] or title, tuple(map(entry, tree["root"]["children"])), metadata)


def _reference(element: etree._Element | None) -> str:
    return "" if element is None else element.get("identifierref", "")


def _completion(item: Tree, version: str) -> str:
    if item["kind"] == "asset":
        return "when it is opened"
    if item["kind"] != "sco":
        return ""
    parts = ["when it reports it"]
    if version == "2004" and not (item["completionSetByContent"] and item["objectiveSetByContent"]):
        parts = ["when it reports it, or when it is left without a word"]
    if item["completionThreshold"] is not None:
        parts.append(f"at a progress of {item['completionThreshold']:g}")
    if item["masteryScore"] is not None:
        parts.append(f"passed with a score of {item['masteryScore']:g}")
    parts += [f"passed with a measure of {found['least']:g}" for found in item["objectives"] if found["byMeasure"]]
    return ", ".join(parts)


def _prerequisites(item: Tree) -> Iterator[Condition]:
    text = item["prerequisites"]
    if not text:
        return
    try:
        expression = read_expression(text)
    except UnreadableError:
        yield Condition(f"what cannot be read: {text}")
        return
    if expression.is_conjunction:
        yield from (Condition("is complete", operand) for operand in expression.operands)
    else:
        yield Condition(text)


class _Sequencing:
    """The rules of SCORM 2004 that lock items, in words: whose objectives they look at through global ones."""

    def __init__(self, root: Tree) -> None:
        self._writers: defaultdict[str, list[str]] = defaultdict(list)
        waiting = [root]
        while waiting:
            item = waiting.pop()
            waiting += item["children"]
            for objective in item["objectives"]:
                for written in objective["maps"]:
                    if written["writeStatus"] or written["writeMeasure"]:
                        self._writers[written["target"]].append(item["identifier"])

    def gate(self, item: Tree) -> Iterator[Condition]:
        """Yield what must hold so that none of an item's rules disables it."""
        for rule in item["rules"]:
            if rule["action"] == "disabled":
                yield from self._opening(rule, item)

    def _opening(self, rule: Tree, item: Tree) -> Iterator[Condition]:
        found = [self._opposite(condition, item) for condition in rule["conditions"]]
        if rule["any"] or len(found) == 1:
            yield from (one for one in found if Condition(_IMPLIED.get(one.what, ""), one.of) not in found)
        elif found:
            yield Condition("any of: " + "; ".join(f"{one.of} {one.what}".strip() for one in found))

    def _opposite(self, condition: Tree, item: Tree) -> Condition:
        """Return what must hold so that a condition does not."""
        if condition["condition"] == "always":
            return Condition("never" if not condition["not"] else "always")
        fallback = (f"is not {condition['condition']}", f"is {condition['condition']}")
        words = _WORDS.get(condition["condition"], fallback)[condition["not"]]
        what = words.format(threshold=f"{condition['threshold']:g}")
        whose = self._of(condition["objective"], item)
        return Condition(what, whose) if whose else Condition(f"the objective {condition['objective']} {what}")

    def _of(self, objective: str, item: Tree) -> str:
        """Return the one item whose objective a local one shows, or nothing where it is not one."""
        if not objective:
            return str(item["identifier"])
        maps = (shown for found in item["objectives"] if found["id"] == objective for shown in found["maps"])
        targets = {shown["target"] for shown in maps if shown["readStatus"] or shown["readMeasure"]}
        writers = {writer for target in targets for writer in self._writers.get(target, ())} - {item["identifier"]}
        return next(iter(writers)) if len(writers) == 1 else ""
