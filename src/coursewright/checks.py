"""The rules of a package that no schema can say, over a manifest and the names of the files beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import cast

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.ims import ADLCP_1_2, SS
from coursewright.schema import parser

_CONJUNCTION = re.compile(r"[A-Za-z_][\w.-]*(?:&[A-Za-z_][\w.-]*)*$")


def check_manifest(document: bytes, files: Collection[str], shown: str) -> list[Finding]:
    """Return what is wrong with a well-formed SCORM manifest and the files of its package.

    `files` are the paths of the package but for the manifest and its schemas.
    """
    root = etree.fromstring(document, parser())
    return [
        *_references_resolve(root, shown),
        *_files_exist(root, files, shown),
        *_files_are_declared(root, files, shown),
        *_prerequisites_can_be_met(root, shown),
        *_locks_can_open(root, shown),
    ]


def _references_resolve(root: etree._Element, shown: str) -> Iterator[Finding]:
    resources = {element.get("identifier") for element in _all(root, "resource")}
    for name in ("item", "dependency"):
        for element in _all(root, name):
            reference = element.get("identifierref")
            if reference is not None and reference not in resources:
                place = _place(shown, element)
                yield messages.REFERENCE_DANGLES.at(place, element=f"<{name}>", reference=reference)
    organizations = {element.get("identifier") for element in _all(root, "organization")}
    for element in _all(root, "organizations"):
        if (default := element.get("default")) is not None and default not in organizations:
            place = _place(shown, element)
            yield messages.REFERENCE_DANGLES.at(place, element="<organizations>", reference=default)


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
        item = parent.get("identifier", "") if parent is not None else ""
        place, expression = _place(shown, element), element.text or ""
        if not _CONJUNCTION.match(expression):
            yield messages.PREREQUISITE_SYNTAX.at(place, item=item, expression=expression)
            continue
        for operand in expression.split("&"):
            if operand not in launchable:
                yield messages.PREREQUISITE_NOT_LAUNCHABLE.at(place, item=item, operand=operand)


def _locks_can_open(root: etree._Element, shown: str) -> Iterator[Finding]:
    """Every objective that locks an item is the item's own, and reads a global one that another item writes."""
    own = {item.get("identifier", ""): _objectives(item) for item in _all(root, "item")}
    writers: dict[str, set[str]] = {}
    for name, objectives in own.items():
        for target in (target for found in objectives.values() for target in _globals(found, "write", "false")):
            writers.setdefault(target, set()).add(name)
    for item in _all(root, "item"):
        name = item.get("identifier", "")
        for objective, condition in _locks(item).items():
            place = _place(shown, condition)
            if objective not in own[name]:
                yield messages.OBJECTIVE_UNDECLARED.at(place, item=name, objective=objective)
            elif all(writers.get(target, set()) <= {name} for target in _globals(own[name][objective], "read", "true")):
                yield messages.NEVER_OPENS.at(place, item=name, objective=objective)


def _objectives(item: etree._Element) -> dict[str, etree._Element]:
    found = item.iterfind(f"{{{SS}}}sequencing/{{{SS}}}objectives/*")
    return {element.get("objectiveID", ""): element for element in found}


def _globals(objective: etree._Element, way: str, usual: str) -> list[str]:
    """Return the global objectives that an objective reads or writes its satisfied status from or to."""
    maps = objective.iterfind(f"{{{SS}}}mapInfo")
    flag = f"{way}SatisfiedStatus"
    return [found.get("targetObjectiveID", "") for found in maps if found.get(flag, usual) in ("true", "1")]


def _locks(item: etree._Element) -> dict[str, etree._Element]:
    """Return the objectives that keep an item disabled until they are satisfied, each with a condition that says so."""
    locks: dict[str, etree._Element] = {}
    for rule in item.iterfind(f"{{{SS}}}sequencing/{{{SS}}}sequencingRules/{{{SS}}}preConditionRule"):
        if rule.find(f"{{{SS}}}ruleAction[@action='disabled']") is not None:
            for condition in rule.iterfind(f"{{{SS}}}ruleConditions/{{{SS}}}ruleCondition[@condition='satisfied']"):
                if condition.get("operator") == "not" and (objective := condition.get("referencedObjective")):
                    locks.setdefault(objective, condition)
    return locks


def _place(shown: str, element: etree._Element) -> Place:
    return Place(shown, cast("int | None", element.sourceline) or 0)


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")
