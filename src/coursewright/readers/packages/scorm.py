"""The outline of SCORM packages: items with prerequisites or sequencing, as the player of the preview reads them, and
in words by which rules of its own a folder is rolled up."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from coursewright.course.gates import OPEN, Gate, Unknown, simplified
from coursewright.course.outline import FOLDER, NOTHING, Entry, Outline, Setting
from coursewright.packages.documents.manifest import SS
from coursewright.packages.documents.menu import ManifestError, read_menu
from coursewright.packages.documents.scorm.item_rules import MenuItem
from coursewright.packages.documents.scorm.preconditions import Preconditions
from coursewright.packages.documents.scorm.prerequisites import UnreadableError, read_expression
from coursewright.packages.documents.scorm.sequencing import Sequencing, sequencings
from coursewright.packages.subject import Subject
from coursewright.readers.packages.metadata import metadata_of
from coursewright.readers.packages.resources import Resources
from coursewright.readers.packages.sequenced import settings_of

_KINDS = {"sco": "SCO", "asset": "asset"}
# What a rule by which a folder is rolled up does, and of what in it, in words.
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


def read_scorm(subject: Subject) -> Outline:
    """Return the outline of a SCORM package; without entries where its manifest has nothing to play."""
    metadata = metadata_of(subject.found.root)
    try:
        menu = read_menu(subject.found.root)
    except ManifestError:
        return Outline(metadata.pop("title", ""), (), metadata)
    resources = Resources(subject)
    preconditions = Preconditions(menu.root)
    gate = _prerequisites if menu.version == "1.2" else preconditions.gate
    orders = {one.item: one for one in sequencings(subject.found.root)} if menu.version == "2004" else {}

    def settings(item: MenuItem) -> tuple[Setting, ...]:
        if menu.version != "2004":
            return ()
        return settings_of(item.element, orders.get(item.element), told_mark=item.kind == "sco")

    def entry(item: MenuItem) -> Entry:
        return Entry(
            identifier=item.identifier,
            title=item.title,
            kind=_kind(item),
            children=tuple(map(entry, item.children)),
            gate=gate(item),
            rules=tuple(preconditions.rules(item)),
            completion=_completion(item, menu.version) or _rollup(orders.get(item.element)),
            settings=settings(item),
            files=resources.files_of(_reference(item)),
            address=item.href or "",
            hidden=not item.visible,
            fault=resources.fault_of(_reference(item)),
        )

    title = metadata.pop("title", "")
    own = "" if menu.title == menu.root.identifier else menu.title  # which had to stand in for one
    if title and own not in ("", title):
        metadata["title in the metadata"] = title
    metadata["organization"] = menu.root.identifier
    shown = {name: value for name, value in metadata.items() if value}
    return Outline(own or title or menu.title, tuple(map(entry, menu.root.children)), shown, settings(menu.root))


def _kind(item: MenuItem) -> str:
    usual = NOTHING if _reference(item) and not item.children else FOLDER
    return _KINDS.get(item.kind, usual)


def _reference(item: MenuItem) -> str:
    return item.element.get("identifierref", "").strip()


def _completion(item: MenuItem, version: str) -> str:
    if item.kind == "asset":
        return "when it is opened"
    if item.kind != "sco":
        return ""
    parts = ["when it reports so to the LMS"]
    if version == "2004" and not (item.completion_set_by_content and item.objective_set_by_content):
        parts = ["when it reports so to the LMS, or when the learner leaves it without a report"]
    if item.terms.completion_threshold is not None:
        parts.append(f"at a progress of {item.terms.completion_threshold:g}")
    if item.terms.mastery_score is not None:
        parts.append(f"passed with a score of {item.terms.mastery_score:g}")
    parts += [f"passed with a measure of {found.least:g}" for found in item.objectives if found.by_measure]
    return ", ".join(parts)


def _prerequisites(item: MenuItem) -> Gate:
    text = item.prerequisites
    try:
        return simplified(read_expression(text)) if text else OPEN
    except UnreadableError:
        return Unknown(text)


# --- roll-up of SCORM 2004 ---


def _rollup(found: Sequencing | None) -> str:
    """Return in words by what rules of its own an item is rolled up; "" where it has none, and the usual ones hold."""
    rules = found.find("rollupRules/rollupRule") if found else []
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
