"""The outline of SCORM packages: items with prerequisites or sequencing, as the player of the preview reads them."""

from __future__ import annotations

from typing import Any

from lxml import etree

from coursewright.course.gates import OPEN, Gate, Unknown, simplified
from coursewright.course.outline import FOLDER, NOTHING, Entry, Outline
from coursewright.packages.documents.menu import ManifestError, read_menu
from coursewright.packages.documents.scorm.preconditions import Preconditions
from coursewright.packages.documents.scorm.prerequisites import UnreadableError, read_expression
from coursewright.packages.subject import Subject
from coursewright.readers.packages.metadata import metadata_of
from coursewright.readers.packages.resources import Resources
from coursewright.readers.packages.rollup import rollup

Tree = dict[str, Any]
_KINDS = {"sco": "SCO", "asset": "asset"}


def read_scorm(subject: Subject) -> Outline:
    """Return the outline of a SCORM package; without entries where its manifest has nothing to play."""
    metadata = metadata_of(subject.found.root)
    try:
        tree = read_menu(subject.found.root)
    except ManifestError:
        return Outline(metadata.pop("title", ""), (), metadata)
    resources = Resources(subject)
    preconditions = Preconditions(tree["root"])
    gate = _prerequisites if tree["version"] == "1.2" else preconditions.gate

    def entry(item: Tree) -> Entry:
        element = item["element"]
        return Entry(
            identifier=item["identifier"],
            title=item["title"],
            kind=_kind(item, element),
            children=tuple(map(entry, item["children"])),
            gate=gate(item),
            rules=tuple(preconditions.rules(item)),
            completion=_completion(item, tree["version"]) or rollup(element),
            files=resources.files_of(_reference(element)),
            address=item["href"] or "",
            hidden=not item["visible"],
            fault=resources.fault_of(_reference(element)),
        )

    title, own = metadata.pop("title", ""), _said_title(tree)
    if title and own not in ("", title):
        metadata["title in the metadata"] = title
    metadata["organization"] = tree["root"]["identifier"]
    shown = {name: value for name, value in metadata.items() if value}
    return Outline(own or title or tree["title"], tuple(map(entry, tree["root"]["children"])), shown)


def _said_title(tree: Tree) -> str:
    """Return the title of a menu; nothing where its identifier had to stand in for one."""
    title = str(tree["title"])
    return "" if title == tree["root"]["identifier"] else title


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


def _prerequisites(item: Tree) -> Gate:
    text = item["prerequisites"]
    try:
        return simplified(read_expression(text)) if text else OPEN
    except UnreadableError:
        return Unknown(text)
