"""The outline of SCORM packages: items with prerequisites or sequencing, as the player of the preview reads them."""

from __future__ import annotations

from coursewright.course.gates import OPEN, Gate, Unknown, simplified
from coursewright.course.outline import FOLDER, NOTHING, Entry, Outline
from coursewright.packages.documents.menu import ManifestError, read_menu
from coursewright.packages.documents.scorm.item_rules import MenuItem
from coursewright.packages.documents.scorm.preconditions import Preconditions
from coursewright.packages.documents.scorm.prerequisites import UnreadableError, read_expression
from coursewright.packages.subject import Subject
from coursewright.readers.packages.metadata import metadata_of
from coursewright.readers.packages.resources import Resources
from coursewright.readers.packages.rollup import rollup

_KINDS = {"sco": "SCO", "asset": "asset"}


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

    def entry(item: MenuItem) -> Entry:
        return Entry(
            identifier=item.identifier,
            title=item.title,
            kind=_kind(item),
            children=tuple(map(entry, item.children)),
            gate=gate(item),
            rules=tuple(preconditions.rules(item)),
            completion=_completion(item, menu.version) or rollup(item.element),
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
    return Outline(own or title or menu.title, tuple(map(entry, menu.root.children)), shown)


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
