"""The rules of a package that no schema can say, over a manifest and the names of the files beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import cast

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.ims import ADLCP_1_2
from coursewright.schema import parser

_CONJUNCTION = re.compile(r"[A-Za-z_][\w.-]*(?:&[A-Za-z_][\w.-]*)*$")


def check_manifest(document: bytes, files: Collection[str], shown: str) -> list[Finding]:
    """Return what is wrong with a well-formed SCORM 1.2 manifest and the files of its package.

    `files` are the paths of the package but for the manifest and its schemas.
    """
    root = etree.fromstring(document, parser())
    return [
        *_references_resolve(root, shown),
        *_files_exist(root, files, shown),
        *_files_are_declared(root, files, shown),
        *_prerequisites_can_be_met(root, shown),
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


def _place(shown: str, element: etree._Element) -> Place:
    return Place(shown, cast("int | None", element.sourceline) or 0)


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")
