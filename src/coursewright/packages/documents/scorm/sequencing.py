"""The sequencing of a SCORM 2004 manifest, as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from lxml import etree

from coursewright.frozen import frozen
from coursewright.packages.documents.manifest import SS

_MOST_SHARED = 200_000  # elements of collections, over all who name one


@frozen
class Sequencing:
    """What orders an item: the parts of its own <sequencing>, and others from the collection that it names."""

    item: etree._Element
    own: etree._Element
    parts: Mapping[str, etree._Element]
    dangling: str = ""

    def find(self, path: str) -> list[etree._Element]:
        """Return the elements at a path such as objectives/*/mapInfo."""
        name, *rest = (step if step == "*" else f"{{{SS}}}{step}" for step in path.split("/"))
        part = self.parts.get(name)
        if part is None:
            return []
        return part.findall("/".join(rest)) if rest else [part]

    def locking(self, *actions: str) -> list[etree._Element]:
        """Return the rules that are heard before an item is opened and take one of these actions."""
        rules = self.find("sequencingRules/preConditionRule")
        found = ((rule, rule.find(f"{{{SS}}}ruleAction")) for rule in rules)
        return [rule for rule, action in found if action is not None and action.get("action") in actions]


def sequencings(root: etree._Element) -> list[Sequencing]:
    """Return what orders each organization and item; large collections are read for the first that share them."""
    collections = root.iterfind(f".//{{{SS}}}sequencingCollection/{{{SS}}}sequencing")
    shared = {found.get("ID", ""): (found, sum(1 for _ in found.iter())) for found in collections}
    left, found = _MOST_SHARED, []
    for item in root.iter("{*}organization", "{*}item"):
        own = item.find(f"{{{SS}}}sequencing")
        if own is None:
            continue
        reference = own.get("IDRef", "")
        common, size = shared.get(reference, (None, 0))
        left -= size
        if left < 0 and size:
            continue
        parts = {str(part.tag): part for whole in (common, own) if whole is not None for part in whole}
        found.append(Sequencing(item, own, parts, reference if common is None else ""))
    return found


def iri(text: str) -> str:
    """Return a name as ADL's tests read it: what is escaped is not, and blanks are collapsed."""
    return " ".join(unquote(text).split())


def combined_by_any(rule: etree._Element) -> bool:
    """Say whether one of the conditions of a rule is enough; by default all must hold."""
    return rule.find(f"{{{SS}}}ruleConditions[@conditionCombination='any']") is not None
