"""Rules over what the items of SCORM packages launch, and whether learners get there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import SCORM, rule
from coursewright.course.gates import mentioned
from coursewright.findings import messages
from coursewright.packages.documents.addresses import address_in_package, leads_elsewhere, name_of, scorm_type
from coursewright.packages.documents.elements import flag
from coursewright.packages.documents.manifest import ADLCP_1_2, ADLCP_1_3, SS, named
from coursewright.packages.documents.parsing import UNDECLARED, text_of
from coursewright.packages.documents.scorm.prerequisites import UnreadableError, read_expression
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, shown_name

_WANTED = {
    Family.SCORM12: (f"{{{ADLCP_1_2}}}scormtype", "adlcp:scormtype"),
    Family.SCORM2004: (f"{{{ADLCP_1_3}}}scormType", "adlcp:scormType"),
}
_FLASH, _PROGRAM = "a Flash film, which no browser plays since 2021", "a program, which no browser runs"
_DEAD = {**dict.fromkeys((".swf", ".dcr"), _FLASH), **dict.fromkeys((".exe", ".msi", ".jar", ".bat"), _PROGRAM)}
# What a browser shows or offers for download, and what cannot run a script of the LMS.
_DOCUMENTS = (
    *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt", ".ppt", ".pptx", ".odp", ".xls", ".xlsx", ".zip"),
    *(".mp3", ".mp4", ".webm", ".mov", ".jpg", ".jpeg", ".png", ".gif", ".css", ".js"),
)


@rule("P311", family=SCORM)
def scorm_types_are_spelled(subject: Subject) -> Iterator[Flaw]:
    """Every resource that can be launched says what it is, by the name that this edition has for it."""
    if subject.mixes_editions:  # that is said, and explains it
        return
    name, wanted = _WANTED[subject.found.kind.family]
    for resource in subject.resources:
        if resource.get(name) is None and resource.get("href") and resource.get("identifier") in subject.shows:
            written = next((str(key) for key in resource.attrib if str(key).lower().endswith("scormtype")), "")
            if UNDECLARED not in written:  # that its prefix stands for nothing was said
                found = _as_written(resource, written) if written else "nothing"
                about = {"name": name_of(resource), "kind": subject.found.kind.title, "wanted": wanted}
                yield flaw(messages.SCORM_TYPE_MISSPELLED, resource, written=found, **about)


def _as_written(resource: etree._Element, key: str) -> str:
    """Return an attribute's name with its prefix, or with its namespace where that is another edition's."""
    namespace, _, name = key.removeprefix("{").rpartition("}")
    prefix = next((prefix for prefix, uri in resource.nsmap.items() if uri == namespace and prefix), "")
    return f"{prefix}:{name} of {namespace}" if namespace else name


@rule("P312", family=SCORM)
def scos_are_web_content(subject: Subject) -> Iterator[Flaw]:
    """Every SCO is of the one type there is."""
    for resource in subject.resources:
        kind = resource.get("type", "")
        if scorm_type(resource) == "sco" and kind.lower() != "webcontent":
            yield flaw(messages.SCO_TYPE, resource, name=name_of(resource), type=kind)


@rule("P317 P318", family=SCORM)
def launches_are_pages(subject: Subject) -> Iterator[Flaw]:
    """Whatever is launched is a page of the package, as far as a SCO must be one."""
    for resource in subject.resources:
        name, is_sco = name_of(resource), scorm_type(resource) == "sco"
        if is_sco and leads_elsewhere(resource):
            yield flaw(messages.SCO_FROM_ELSEWHERE, resource, name=name, address=resource.get("href"))
            continue
        is_shown = resource.get("identifier") in subject.shows
        file = address_in_package(resource) if is_shown else ""
        suffix = PurePosixPath(file).suffix.lower()
        if what := _DEAD.get(suffix, "no web page" if is_sco and suffix in _DOCUMENTS else ""):
            yield flaw(messages.LAUNCHES_NO_PAGE, resource, name=name, file=file, what=what)


@rule("P314", family=Family.SCORM12)
def nothing_waits_for_assets(subject: Subject) -> Iterator[Flaw]:
    """No prerequisite is an item that shows an asset."""
    assets = {name for name, found in subject.by_identifier.items() if scorm_type(found) == "asset"}
    waited = {item.get("identifier"): item for item in subject.items if item.get("identifierref") in assets}
    for element in subject.found.root.iter(f"{{{ADLCP_1_2}}}prerequisites"):
        try:
            operands = mentioned(read_expression(text_of(element)))
        except UnreadableError:  # that is another finding
            continue
        item = element.getparent()
        name = named(item) if item is not None else "?"
        for operand in dict.fromkeys(one for one in operands if one in waited):
            yield flaw(messages.WAITS_FOR_ASSET, element, item=name, operand=named(waited[operand]))


@rule("P315", family=Family.SCORM2004)
def hidden_items_are_flowed_to(subject: Subject) -> Iterator[Flaw]:
    """An item that is in no menu is reached by the buttons; the only one of a package is launched in any case."""
    shown = [item for item in subject.items if item.get("identifierref")]
    for item in shown if len(shown) > 1 else ():
        if item.get("isvisible", "true") in ("false", "0") and _flows(item.getparent()) is False:
            yield flaw(messages.ITEM_OUT_OF_REACH, item, item=shown_name(item))


def _flows(cluster: etree._Element | None) -> bool | None:
    """Say whether the items of a cluster follow one another; None where that stands elsewhere."""
    sequencing = cluster.find(f"{{{SS}}}sequencing") if cluster is not None else None
    if sequencing is None:
        return False
    mode = sequencing.find(f"{{{SS}}}controlMode")
    if mode is None:
        return None if sequencing.get("IDRef") else False
    return flag(mode, "flow", False)


@rule("P355", family=SCORM)
def something_reports(subject: Subject) -> Iterator[Flaw]:
    """Something that the menu shows is a SCO; a package of assets alone shows, and reports nothing."""
    kinds = {scorm_type(resource) for resource in subject.resources if resource.get("identifier") in subject.shows}
    if kinds == {"asset"}:
        yield flaw(messages.NOTHING_REPORTS)
