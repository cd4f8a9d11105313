"""The outline of content packages that are no SCORM: cartridges, exports of vendors, packages of questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from lxml import etree

from coursewright.course.outline import ASSOCIATED, FOLDER, NOTHING, Entry, Outline
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.canvas.names import ASSIGNMENT
from coursewright.packages.documents.cartridge_files import CartridgeAssignment
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.documents.reading import is_page, read_document
from coursewright.packages.files.budget import MOST_MARKED
from coursewright.packages.files.container import Container
from coursewright.packages.subject import Subject
from coursewright.packages.words import OUTSIDE_MENU, number
from coursewright.readers.packages.metadata import metadata_of
from coursewright.readers.packages.resources import Resources

# What resources are to people, by the beginning of their types.
_KINDS: Mapping[str, str] = {
    "imsdt_": "discussion",
    "imswl_": "web link",
    "imsbasiclti_": "tool",
    "assignment_": "assignment",
    "imsqti_item": "question",
    "imsqti_test": "test",
    "imsqti_assessment": "test",
    "associatedcontent": ASSOCIATED,
}
_TITLED_WITHIN = ("assignment", "discussion", "web link", "tool")
_NOT_ALONE = ("file", ASSOCIATED, NOTHING)
_STAFF = ("instructor", "mentor", "administrator")


def read_manifest_outline(subject: Subject) -> Outline:
    """Return the outline of a content package: the items of its menu, or its resources where it has no menu."""
    metadata = metadata_of(subject.found.root)
    resources, said = Resources(subject), _Documents(subject.container)
    organization = subject.found.root.find("{*}organizations/{*}organization")
    items = [] if organization is None else _top(organization)
    entries = tuple(_entry(item, resources, said) for item in items)
    shown = {item.get("identifierref", "") for item in subject.items}
    rest = {name: found for name, found in resources.by_identifier.items() if name not in shown}
    if not entries:
        entries = tuple(_loose(name, found, resources, said) for name, found in rest.items())
    elif rest:
        counts = Counter(_kind(found) for found in rest.values())
        metadata[OUTSIDE_MENU] = ", ".join(f"{kind}: {count}" for kind, count in sorted(counts.items()))
    own = text_at(organization, "title") if organization is not None else ""
    title = metadata.pop("title", "")
    metadata["organization"] = "" if organization is None else organization.get("identifier", "")
    return Outline(title or own, entries, {name: value for name, value in metadata.items() if value})


def read_outside(subject: Subject) -> tuple[Entry, ...]:
    """Return what a cartridge holds and its menu does not show, without files and what others need or replace."""
    resources, said = Resources(subject), _Documents(subject.container)
    needed = {found.get("identifierref", "") for found in subject.found.root.iter("{*}dependency")}
    left = (pair for pair in resources.by_identifier.items() if pair[0] not in subject.shows | needed)
    return tuple(
        _loose(name, found, resources, said)
        for name, found in left
        if _kind(found) not in _NOT_ALONE and found.find("{*}variant") is None and resources.files_of(name)
    )


class _Documents:
    """What documents of resources say of themselves: the titles of questions, and the points for assignments."""

    def __init__(self, container: Container) -> None:
        self._container, self._left = container, MOST_MARKED

    def title(self, kind: str, files: Iterable[str]) -> str:
        """Return the title that a document says itself, or that an old Canvas has beside the page of an assignment."""
        if kind == ASSOCIATED and any(name.endswith(ASSIGNMENT) for name in files):
            settings = self._root(files)
            return "" if settings is None else read_as(AssignmentSettings, settings).title
        if kind in _TITLED_WITHIN:
            own = self._root(files)
            return "" if own is None else text_at(own, "title")
        root = self._root(files) if kind in ("question", "test", "quiz") else None
        found = (
            None if root is None else next((one for one in (root, root.find("{*}assessment")) if _has_title(one)), None)
        )
        return "" if found is None else " ".join(found.get("title", "").split())

    def mark(self, kind: str, files: Iterable[str]) -> str:
        """Return in words the points for an assignment of Common Cartridge 1.3."""
        root = self._root(files) if kind == "assignment" else None
        points = "" if root is None else read_as(CartridgeAssignment, root).points
        return f"{number(points)} points" if points else ""

    def _root(self, files: Iterable[str]) -> etree._Element | None:
        file = next((name for name in files if name.endswith(".xml")), "")
        self._left -= 1
        return read_document(file, self._container, told=True) if self._left > 0 else None


def _has_title(element: etree._Element | None) -> bool:
    return element is not None and bool(element.get("title", "").strip())


def _top(organization: etree._Element) -> list[etree._Element]:
    """Return the first items that learners see: those under the untitled root of a cartridge."""
    items = organization.findall("{*}item")
    if len(items) == 1 and items[0].find("{*}title") is None and not items[0].get("identifierref"):
        return items[0].findall("{*}item")
    return items


def _entry(item: etree._Element, resources: Resources, said: _Documents) -> Entry:
    reference = item.get("identifierref", "")
    resource = resources.by_identifier.get(reference)
    kind = FOLDER if not reference else NOTHING if resource is None else _kind(resource)
    files = resources.files_of(reference)
    return Entry(
        identifier=item.get("identifier", ""),
        title=text_at(item, "title") or said.title(kind, files) or item.get("identifier", ""),
        kind=kind,
        children=tuple(_entry(child, resources, said) for child in item.findall("{*}item")),
        mark=said.mark(kind, files),
        files=files,
        address="" if resource is None else _address(resource),
        hidden=any(_is_for_staff(found) for found in (item, resource) if found is not None),
        fault=resources.fault_of(reference),
    )


def _loose(name: str, resource: etree._Element, resources: Resources, said: _Documents) -> Entry:
    kind, address, files = _kind(resource), _address(resource), resources.files_of(name)
    title = text_at(resource, "metadata", "lom", "general", "title") or said.title(kind, files)
    fault = resources.fault_of(name)
    return Entry(
        name, title or address or name, kind, mark=said.mark(kind, files), files=files, address=address, fault=fault
    )


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
    if use in ("assignment", "syllabus", "lessonplan") and not type.startswith("imsbasiclti"):
        return {"lessonplan": "lesson plan"}.get(use, use)
    if type == "webcontent":
        return "page" if is_page(_address(resource).split("?")[0]) else "file"
    return next((kind for start, kind in _KINDS.items() if type.startswith(start)), type or NOTHING)


def _is_for_staff(element: etree._Element) -> bool:
    """Say whether the metadata of an item or a resource gives it to staff alone."""
    roles = [
        text_at(found, "value").lower()
        for found in element.iterfind("{*}metadata/{*}lom/{*}educational/{*}intendedEndUserRole")
    ]
    return bool(roles) and all(role in _STAFF for role in roles)
