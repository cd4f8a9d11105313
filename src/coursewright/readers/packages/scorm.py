"""The outline of SCORM packages: items with prerequisites or sequencing, as the player of the preview reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from coursewright.course.outline import ANY_OF, FOLDER, NEVER, NOTHING, Condition, Entry, Outline, Rule
from coursewright.packages.documents.menu import ManifestError, read_menu
from coursewright.packages.documents.prerequisites import UnreadableError, conditions_of
from coursewright.packages.subject import Subject
from coursewright.readers.packages.metadata import metadata_of
from coursewright.readers.packages.resources import Resources
from coursewright.readers.packages.rollup import rollup

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
# What happens to an item while something holds, and what if that is always so.
_RULES: Mapping[str, tuple[str, str]] = {
    "skip": ("is skipped while", "is always skipped"),
    "hiddenFromChoice": ("is not in the menu while", "is never in the menu"),
}
# What another condition of the same objective already says.
_IMPLIED = {"has a success status": "is satisfied", "has a completion status": "is complete"}


def read_scorm(subject: Subject) -> Outline:
    """Return the outline of a SCORM package; without entries where its manifest has nothing to play."""
    metadata = metadata_of(subject.found.root)
    try:
        tree = read_menu(subject.found.root)
    except ManifestError:
        return Outline(metadata.pop("title", ""), (), metadata)
    resources = Resources(subject)
    sequencing = _Sequencing(tree["root"])
    gate = _prerequisites if tree["version"] == "1.2" else sequencing.gate

    def entry(item: Tree) -> Entry:
        element = item["element"]
        return Entry(
            identifier=item["identifier"],
            title=item["title"],
            kind=_kind(item, element),
            children=tuple(map(entry, item["children"])),
            gate=tuple(dict.fromkeys(gate(item))),
            rules=tuple(sequencing.rules(item)),
            completion=_completion(item, tree["version"]) or rollup(element),
            files=resources.files_of(_reference(element)),
            address=item["href"] or "",
            hidden=not item["visible"],
            fault=resources.fault_of(_reference(element)),
        )

    title = metadata.pop("title", "")
    if title and tree["title"] not in ("", title):
        metadata["title in the metadata"] = title
    metadata["organization"] = tree["root"]["identifier"]
    shown = {name: value for name, value in metadata.items() if value}
    return Outline(tree["title"] or title, tuple(map(entry, tree["root"]["children"])), shown)


def _kind(item: Tree, element: etree._Element) -> str:
    usual = NOTHING if _reference(element) and not item["children"] else FOLDER
    return _KINDS.get(item["kind"], usual)


def _reference(element: etree._Element) -> str:
    return element.get("identifierref", "").strip()


def _completion(item: Tree, version: str) -> str:
    if item["kind"] == "asset":
        return "when it is opened"
    if item["kind"] != "sco":
        return ""
    parts = ["when it reports so to the LMS"]
    if version == "2004" and not (item["completionSetByContent"] and item["objectiveSetByContent"]):
        parts = ["when it reports so to the LMS, or when the learner leaves it without a report"]
    if item["completionThreshold"] is not None:
        parts.append(f"at a progress of {item['completionThreshold']:g}")
    if item["masteryScore"] is not None:
        parts.append(f"passed with a score of {item['masteryScore']:g}")
    parts += [f"passed with a measure of {found['least']:g}" for found in item["objectives"] if found["byMeasure"]]
    return ", ".join(parts)


def _prerequisites(item: Tree) -> Iterable[Condition]:
    try:
        return conditions_of(item["prerequisites"])
    except UnreadableError:
        return (Condition(f"what cannot be read: {item['prerequisites']}"),)


class _Sequencing:
    """The rules of SCORM 2004 in words: what locks, skips and hides items, and whose objectives they look at.

    An item looks at those of others through global ones, which one of them writes to.
    """

    def __init__(self, root: Tree) -> None:
        self._writers: defaultdict[str, list[str]] = defaultdict(list)
        waiting = [root]
        while waiting:
            item = waiting.pop()
            waiting += item["children"]
            for _, target, _, writes in _maps(item):
                if writes:
                    self._writers[target].append(item["identifier"])

    def gate(self, item: Tree) -> Iterator[Condition]:
        """Yield what must hold so that none of an item's rules disables it."""
        for rule in item["rules"]:
            if rule["action"] == "disabled":
                found = [self._opposite(condition, item) for condition in rule["conditions"]]
                yield from _combined(found, rule["any"] or len(found) == 1)

    def rules(self, item: Tree) -> Iterator[Rule]:
        """Yield what happens to an item without locking it."""
        for rule in item["rules"]:
            if rule["action"] in _RULES:
                at_times, always = _RULES[rule["action"]]
                found = [self._said(condition, item, condition["not"]) for condition in rule["conditions"]]
                conditions = tuple(_combined(found, not rule["any"] or len(found) == 1))
                yield Rule(always, ()) if conditions == (Condition("always"),) else Rule(at_times, conditions)

    def _opposite(self, condition: Tree, item: Tree) -> Condition:
        """Return what must hold so that a condition does not."""
        return self._said(condition, item, not condition["not"])

    def _said(self, condition: Tree, item: Tree, negated: bool) -> Condition:
        """Return in words that a condition holds, or does not."""
        if condition["condition"] == "always":
            return Condition(NEVER if negated else "always")
        if known := _WORDS.get(condition["condition"]):
            what = known[not negated].format(threshold=f"{condition['threshold']:g}")
        else:
            what = f"is {'not ' if negated else ''}{condition['condition']}"
        whose = self._of(condition["objective"], item)
        return Condition(what, whose) if whose else Condition(f"the objective {condition['objective']} {what}")

    def _of(self, objective: str, item: Tree) -> str:
        """Return the one item whose objective a local one shows, or nothing where it is not one."""
        if not objective:
            return str(item["identifier"])
        targets = {target for name, target, reads, _ in _maps(item) if name == objective and reads}
        writers = {writer for target in targets for writer in self._writers.get(target, ())} - {item["identifier"]}
        return next(iter(writers)) if len(writers) == 1 else ""


def _maps(item: Tree) -> Iterator[tuple[str, str, bool, bool]]:
    """Yield each local objective with a global one, and whether it is read from there, and written to it."""
    for objective in item["objectives"]:
        for found in objective["maps"]:
            reads, writes = (found[f"{way}Status"] or found[f"{way}Measure"] for way in ("read", "write"))
            yield objective["id"], found["target"], reads, writes
    for found in item["completionMaps"]:
        yield found["id"], found["target"], found["read"], found["write"]


def _combined(found: list[Condition], each: bool) -> Iterator[Condition]:
    """Yield conditions each alone, without those that others imply; or as one, of which any must hold."""
    if each:
        yield from (one for one in found if Condition(_IMPLIED.get(one.what, ""), one.of) not in found)
    elif found:
        yield Condition(ANY_OF, parts=tuple(found))
