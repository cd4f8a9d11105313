"""The rules of a package that no schema can say, over a manifest and the names of the files beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import cast
from urllib.parse import unquote

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.ims import ADLCP_1_2, ADLSEQ, SS, named
from coursewright.schema import parser

_CONJUNCTION = re.compile(r"[A-Za-z_][\w.-]*(?:&[A-Za-z_][\w.-]*)*$")


def check_manifest(document: bytes, files: Collection[str], shown: str) -> list[Finding]:
    """Return what is wrong with a well-formed SCORM manifest and the files of its package.

    `files` are the paths of the package but for the manifest and its schemas.
    """
    root = etree.fromstring(document, parser())
    return [
        *check_references(root, shown),
        *check_default(root, shown),
        *_files_exist(root, files, shown),
        *_files_are_declared(root, files, shown),
        *_prerequisites_can_be_met(root, shown),
        *check_sequencing(root, shown),
    ]


def check_references(root: etree._Element, shown: str) -> Iterator[Finding]:
    """Every identifierref names a resource, or a manifest in the manifest; blanks around a name are none of it."""
    resources = {_named(element) for name in ("resource", "manifest") for element in _all(root, name)}
    for name in ("item", "dependency"):
        for element in _all(root, name):
            reference = element.get("identifierref")
            is_none = name == "item" and not (reference or "").strip()  # that of a heading may be written, and empty
            if reference is not None and not is_none and reference.strip() not in resources:
                place = _place(shown, element)
                shown_as = f"<item> {named(element)}" if name == "item" else f"<{name}>"
                yield messages.REFERENCE_DANGLES.at(place, element=shown_as, reference=reference)


def check_default(root: etree._Element, shown: str) -> Iterator[Finding]:
    """The default organization is one."""
    organizations = {_named(element) for element in _all(root, "organization")}
    for element in _all(root, "organizations"):
        if (default := element.get("default")) is not None and default.strip() not in organizations:
            place = _place(shown, element)
            yield messages.REFERENCE_DANGLES.at(place, element="<organizations>", reference=default)


def _named(element: etree._Element) -> str:
    return element.get("identifier", "").strip()


def _files_exist(root: etree._Element, files: Collection[str], shown: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for name in ("file", "resource"):
        for element in _all(root, name):
            href = element.get("href", "")
            path = href.split("?")[0].split("#")[0]
            if path and "://" not in href and path not in files and path not in seen:
                seen.add(path)
                yield messages.FILE_MISSING.at(_place(shown, element), name=path)


def _files_are_declared(root: etree._Element, files: Collection[str], shown: str) -> Iterator[Finding]:
    declared = {element.get("href") for element in _all(root, "file")}
    for name in sorted(set(files) - declared):
        yield messages.FILE_UNDECLARED.at(Place(shown), name=name)


def _prerequisites_can_be_met(root: etree._Element, shown: str) -> Iterator[Finding]:
    """Every operand is an item that launches a SCO: anything else is false for ever (Moodle reads it so)."""
    scos = {
        element.get("identifier")
        for element in _all(root, "resource")
        if element.get(f"{{{ADLCP_1_2}}}scormtype") == "sco" and element.get("href")
    }
    launchable = {element.get("identifier") for element in _all(root, "item") if element.get("identifierref") in scos}
    for element in root.iter(f"{{{ADLCP_1_2}}}prerequisites"):
        parent = element.getparent()
        item = named(parent) if parent is not None else "?"
        place, expression = _place(shown, element), element.text or ""
        if not _CONJUNCTION.match(expression):
            yield messages.PREREQUISITE_SYNTAX.at(place, item=item, expression=expression)
            continue
        for operand in expression.split("&"):
            if operand not in launchable:
                yield messages.PREREQUISITE_NOT_LAUNCHABLE.at(place, item=item, operand=f"'{operand}'")


def check_sequencing(root: etree._Element, shown: str) -> Iterator[Finding]:
    """The rules of every item look at its own objectives, and whatever they lock can be opened."""
    yield from _objectives_are_declared(root, shown)
    yield from _locks_can_open(root, shown)


def _objectives_are_declared(root: etree._Element, shown: str) -> Iterator[Finding]:
    """Every objective that a rule looks at is one of the same item; sequencing may also come from a collection."""
    for item in _all(root, "item"):
        sequencing = item.find(f"{{{SS}}}sequencing")
        if sequencing is None or sequencing.get("IDRef"):
            continue
        declared = {_iri(found.get("objectiveID", "")) for found in sequencing.iterfind(f"{{{SS}}}objectives/*")}
        for condition in sequencing.iter(f"{{{SS}}}ruleCondition"):
            objective = condition.get("referencedObjective")
            if objective is not None and _iri(objective) not in declared:
                declared.add(_iri(objective))  # it is said once
                found = messages.OBJECTIVE_UNDECLARED
                yield found.at(_place(shown, condition), item=named(item), objective=objective)


def _iri(text: str) -> str:
    """Return a name as ADL's tests read it: what is escaped is not, and blanks are collapsed."""
    return " ".join(unquote(text).split())


def _locks_can_open(root: etree._Element, shown: str) -> Iterator[Finding]:
    """Whatever keeps an item locked until it is satisfied reads a global objective that something else writes."""
    writers = _writers(root)
    for organization in _all(root, "organization"):
        if organization.get(f"{{{ADLSEQ}}}objectivesGlobalToSystem") not in ("false", "0"):
            continue  # another course may write them
        for item in _all(organization, "item"):
            sequencing = item.find(f"{{{SS}}}sequencing")
            if sequencing is None or sequencing.get("IDRef"):
                continue
            for objective, condition in _locks(sequencing).items():
                if not _read_from_elsewhere(objective, sequencing, writers):
                    found = messages.NEVER_OPENS
                    yield found.at(_place(shown, condition), item=named(item), objective=objective)


def _writers(root: etree._Element) -> Mapping[str, list[etree._Element]]:
    """Return by global objective the sequencing elements that write a status or a measure to it."""
    writers: defaultdict[str, list[etree._Element]] = defaultdict(list)
    for found in _all(root, "mapInfo"):
        if any(str(name).startswith("write") and value in ("true", "1") for name, value in found.items()):
            writers[found.get("targetObjectiveID", "")] += found.iterancestors(f"{{{SS}}}sequencing")
    return writers


def _read_from_elsewhere(
    objective: str, sequencing: etree._Element, writers: Mapping[str, list[etree._Element]]
) -> bool:
    """Say whether anything but this sequencing can satisfy one of its objectives; none declared is another finding."""
    found = [one for one in sequencing.iterfind(f"{{{SS}}}objectives/*") if one.get("objectiveID") == objective]
    maps = (one for declared in found for one in declared.iterfind(f"{{{SS}}}mapInfo"))
    targets = {one.get("targetObjectiveID", "") for one in maps if _reads(one)}
    return not found or any(writer is not sequencing for target in targets for writer in writers.get(target, ()))


def _reads(mapping: etree._Element) -> bool:
    return any(mapping.get(f"read{what}", "true") in ("true", "1") for what in ("SatisfiedStatus", "NormalizedMeasure"))


def _locks(sequencing: etree._Element) -> dict[str, etree._Element]:
    """Return the objectives without which the item is disabled, from the first attempt on, each with a condition.

    Only "any of: not satisfied, not known" is such a lock: an unknown status alone does not lock, and further
    conditions may lift it.
    """
    locks: dict[str, etree._Element] = {}
    for rule in sequencing.iterfind(f"{{{SS}}}sequencingRules/{{{SS}}}preConditionRule"):
        conditions = rule.find(f"{{{SS}}}ruleConditions[@conditionCombination='any']")
        if conditions is not None and rule.find(f"{{{SS}}}ruleAction[@action='disabled']") is not None:
            asked = {
                (found.get("referencedObjective"), found.get("condition")): found
                for found in conditions
                if found.get("operator") == "not"
            }
            locks |= {
                name: found
                for (name, condition), found in asked.items()
                if name and condition == "satisfied" and (name, "objectiveStatusKnown") in asked
            }
    return locks


def _place(shown: str, element: etree._Element) -> Place:
    return Place(shown, cast("int | None", element.sourceline) or 0)


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")
