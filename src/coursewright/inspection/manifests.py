"""The outline of content packages that are no SCORM: cartridges, exports of vendors, packages of questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lxml import etree

from coursewright.inspection.metadata import metadata_of, text_at
from coursewright.inspection.outline import FOLDER, Entry, Outline
from coursewright.inspection.resources import Resources
from coursewright.validation.subject import Subject

# What resources are to people, by the beginning of their types.
_KINDS: Mapping[str, str] = {
    "imsdt_": "discussion",
    "imswl_": "web link",
    "imsbasiclti_": "tool",
    "assignment_": "assignment",
    "imsqti_item": "question",
    "imsqti_test": "test",
    "imsqti_assessment": "test",
    "associatedcontent": "associated content",
}
_PAGES = (".html", ".htm", ".xhtml")
_STAFF = ("instructor", "mentor", "administrator")


def read_manifest_outline(subject: Subject) -> Outline:
    """Return the outline of a content package: the items of its menu, or its resources where it has no menu."""
    metadata = metadata_of(subject.found.root)
    resources = Resources(subject)
    organization = subject.found.root.find("{*}organizations/{*}organization")
    items = [] if organization is None else _top(organization)
    entries = tuple(_entry(item, resources) for item in items)
    shown = {item.get("identifierref", "") for item in subject.items}
    rest = {name: found for name, found in resources.by_identifier.items() if name not in shown}
    if not entries:
        entries = tuple(_loose(name, found, resources) for name, found in rest.items())
    elif rest:
        counts = Counter(_kind(found) for found in rest.values())
        metadata["not in the menu"] = ", ".join(f"{kind}: {count}" for kind, count in sorted(counts.items()))
    own = text_at(organization, "title") if organization is not None else ""
    title = metadata.pop("title", "")
    return Outline(title or own, entries, metadata)


def _top(organization: etree._Element) -> list[etree._Element]:
    """Return the first items that learners see: those under the untitled root of a cartridge."""
    items = organization.findall("{*}item")
    if len(items) == 1 and items[0].find("{*}title") is None and not items[0].get("identifierref"):
        return items[0].findall("{*}item")
    return items


def _entry(item: etree._Element, resources: Resources) -> Entry:
    reference = item.get("identifierref", "")
    resource = resources.by_identifier.get(reference)
    return Entry(
        identifier=item.get("identifier", ""),
        title=text_at(item, "title") or item.get("identifier", ""),
        kind=FOLDER if not reference else "nothing" if resource is None else _kind(resource),
        children=tuple(_entry(child, resources) for child in item.findall("{*}item")),
        files=resources.files_of(reference),
        address="" if resource is None else _address(resource),
        hidden=any(_is_for_staff(found) for found in (item, resource) if found is not None),
    )


def _loose(name: str, resource: etree._Element, resources: Resources) -> Entry:
    title = text_at(resource, "metadata", "lom", "general", "title")
    address = _address(resource)
    return Entry(name, title or address or name, _kind(resource), files=resources.files_of(name), address=address)


def _address(resource: etree._Element) -> str:
    file = resource.find("{*}file")
    return resource.get("href", "") or (file.get("href", "") if file is not None else "")


def _kind(resource: etree._Element) -> str:
    type, use = resource.get("type", ""), resource.get("intendeduse", "")
    if type.startswith("imsqti"):
        if "question-bank" in type:
            return "question bank"
        if "/assessment" in type or type in ("imsqti_xmlv1p1", "imsqti_xmlv1p2"):
            return "quiz"
    if use in ("assignment", "syllabus", "lessonplan"):
        return {"lessonplan": "lesson plan"}.get(use, use)
    if type == "webcontent":
        return "page" if _address(resource).lower().split("?")[0].endswith(_PAGES) else "file"
    return next((kind for start, kind in _KINDS.items() if type.startswith(start)), type or "nothing")


def _is_for_staff(element: etree._Element) -> bool:
    """Say whether the metadata of an item or a resource gives it to staff alone."""
    roles = [
        text_at(found, "value").lower()
        for found in element.iterfind("{*}metadata/{*}lom/{*}educational/{*}intendedEndUserRole")
    ]
    return bool(roles) and all(role in _STAFF for role in roles)
