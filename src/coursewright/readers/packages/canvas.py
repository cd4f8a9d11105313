"""The outline of a Canvas cartridge, from Canvas's own files: modules with prerequisites, items with requirements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from math import isfinite

from lxml import etree

from coursewright.course.gates import simplified
from coursewright.course.outline import FOLDER, NOTHING, Act, Completing, Entry, Outline
from coursewright.packages.documents.canvas.modules import read_module_gate
from coursewright.packages.documents.parsing import parsed, text_at
from coursewright.packages.files.container import Container
from coursewright.packages.subject import Subject
from coursewright.packages.words import number
from coursewright.readers.packages.manifests import read_manifest_outline
from coursewright.readers.packages.metadata import metadata_of
from coursewright.readers.packages.resources import Resources

_HEAD, _LARGEST_PAGE = 5_000, 3_000_000
_MARKS = re.compile(rb"<title>([^<]*)</title>"), re.compile(rb'<meta name="workflow_state" content="(\w+)"')
_MODULES, _SETTINGS = "course_settings/module_meta.xml", "course_settings/course_settings.xml"
_KINDS: Mapping[str, str] = {
    "WikiPage": "page",
    "Assignment": "assignment",
    "Attachment": "file",
    "DiscussionTopic": "discussion",
    "Quizzes::Quiz": "quiz",
    "ContextModuleSubHeader": "heading",
    "ExternalUrl": "web link",
    "ContextExternalTool": "tool",
}
_OWN = ("WikiPage", "Assignment", "Attachment", "DiscussionTopic", "Quizzes::Quiz")  # what a resource holds
_MARKED = ("/assignment_settings.xml", "/assessment_meta.xml")
_MOST_MARKED = 20_000
_REQUIREMENTS: Mapping[str, str] = {
    "must_view": "when it is viewed",
    "must_mark_done": "when it is marked as done",
    "must_submit": "when it is handed in",
    "must_contribute": "when the learner has contributed",
    "min_score": "with a score of at least {score}",
    "min_percentage": "with at least {score} %",
}
_ACTS: Mapping[str, Act] = {
    "must_view": Act.VIEW,
    "must_mark_done": Act.TICK,
    "must_submit": Act.SUBMIT,
    "must_contribute": Act.POST,
    "min_score": Act.GRADE,
    "min_percentage": Act.GRADE,
}


def read_canvas(subject: Subject) -> Outline:
    """Return the outline of a Canvas cartridge; that of its menu where it has no modules of Canvas."""
    modules = _document(subject, _MODULES)
    if modules is None:
        return read_manifest_outline(subject)
    resources = Resources(subject)
    marks = _Marks(subject.container)
    entries = tuple(_module(found, resources, marks) for found in modules.iterfind("{*}module"))
    metadata = metadata_of(subject.found.root)
    settings = _document(subject, _SETTINGS)
    title = metadata.pop("title", "")
    if settings is not None:
        title = text_at(settings, "title") or title
        said = {"course code": text_at(settings, "course_code"), "opens with": text_at(settings, "default_view")}
        metadata |= {name: value for name, value in said.items() if value}
    return Outline(title, (*entries, *_outside(entries, resources, marks, subject.container)), metadata)


def _document(subject: Subject, name: str) -> etree._Element | None:
    found = parsed(subject.container, name) if name in subject.container.sizes else None
    return found[1] if found else None


class _Marks:
    """The points that are to be had, from the settings of assignments, discussions and quizzes."""

    def __init__(self, container: Container) -> None:
        self._container, self._known = container, dict[str, str]()

    def of(self, files: Iterable[str]) -> str:
        """Return in words the points for what these files make."""
        points = self.points(files)
        return f"{points} points" if points else ""

    def points(self, files: Iterable[str]) -> str:
        """Return the points for what these files make, "" where they name none."""
        settings = (file for file in files if file.endswith(_MARKED))
        return next(filter(None, map(self._read, settings)), "")

    def _read(self, file: str) -> str:
        if file not in self._known:
            found = parsed(self._container, file) if len(self._known) < _MOST_MARKED else None
            points = found[1].find(".//{*}points_possible") if found else None
            text = (points.text or "").strip() if points is not None else ""
            self._known[file] = number(text) if text else ""
        return self._known[file]


def _module(module: etree._Element, resources: Resources, marks: _Marks) -> Entry:
    requirements = {
        text_at(found, "identifierref"): found
        for found in module.iterfind("{*}completionRequirements/{*}completionRequirement")
    }
    return Entry(
        identifier=module.get("identifier", ""),
        title=text_at(module, "title"),
        kind="module",
        children=tuple(_item(item, requirements, resources, marks) for item in module.iterfind("{*}items/{*}item")),
        gate=simplified(read_module_gate(module)),
        completion=_completion(module) if requirements else "",
        finish=_counting(module) if requirements else None,
        hidden=text_at(module, "workflow_state") == "unpublished",
    )


def _completion(module: etree._Element) -> str:
    which = "one of its requirements" if text_at(module, "requirement_count") == "1" else "all of its requirements"
    return f"with {which}{', in order' if text_at(module, 'require_sequential_progress') == 'true' else ''}"


def _counting(module: etree._Element) -> Completing:
    """Return how the items of a module count."""
    one, in_order = text_at(module, "requirement_count") == "1", text_at(module, "require_sequential_progress")
    return Completing(one_suffices=one, in_order=in_order == "true")


def _finish(found: etree._Element, points: str) -> Completing | None:
    """Return what a requirement asks for; a score in percent of the points that are to be had."""
    act = _ACTS.get(found.get("type", ""))
    score, whole = _amount(text_at(found, "min_score")), _amount(points)
    if score is None:
        score = _amount(text_at(found, "min_percentage"))
    elif whole:
        score = 100 * score / whole
    return Completing((act,), score) if act else None


def _amount(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None


def _requirement(found: etree._Element) -> str:
    score = text_at(found, "min_score") or text_at(found, "min_percentage") or "?"
    words = _REQUIREMENTS.get(found.get("type", ""))
    return words.format(score=score) if words else found.get("type", "")


def _item(
    item: etree._Element, requirements: Mapping[str, etree._Element], resources: Resources, marks: _Marks
) -> Entry:
    own, content = item.get("identifier", ""), text_at(item, "identifierref")
    type, required = text_at(item, "content_type"), requirements.get(own)
    files = resources.files_of(content)
    return Entry(
        identifier=content or own,
        title=text_at(item, "title"),
        kind=_KINDS.get(type, type or NOTHING),
        completion="" if required is None else _requirement(required),
        finish=None if required is None else _finish(required, marks.points(files)),
        mark=marks.of(files),
        files=files,
        address=text_at(item, "url"),
        hidden=text_at(item, "workflow_state") == "unpublished",
        fault=resources.fault_of(content if type in _OWN else ""),
    )


def _outside(modules: tuple[Entry, ...], resources: Resources, marks: _Marks, container: Container) -> Iterator[Entry]:
    """Yield one folder of what Canvas imports and no module shows."""
    shown = {item.identifier for module in modules for item in module.children}
    found = [
        replace(_loose(name, kind, resources, container), mark=marks.of(resources.files_of(name)))
        for name, resource in resources.by_identifier.items()
        if name not in shown and (kind := _kind_of(resource))
    ]
    if found:
        yield Entry("", "in no module", FOLDER, tuple(found))


def _loose(name: str, kind: str, resources: Resources, container: Container) -> Entry:
    files = resources.files_of(name)
    page = next((file for file in files if file.endswith(".html")), "")
    title, state = _said_on(page, container) if page else (_titled(files, container), "")
    fault = resources.fault_of(name)
    return Entry(name, title or name, kind, files=files, hidden=state == "unpublished", fault=fault)


def _said_on(page: str, container: Container) -> tuple[str, str]:
    """Return the title and the state that a page has in its head, as Canvas writes it."""
    head = (container.read(page, _LARGEST_PAGE) or b"")[:_HEAD]
    title, state = (found[1].decode("utf-8", "replace") if (found := mark.search(head)) else "" for mark in _MARKS)
    return unescape(title), state


def _titled(files: Iterable[str], container: Container) -> str:
    """Return the title of the first document that has one: of a quiz, or of a discussion."""
    for file in files:
        found = parsed(container, file) if file.endswith(".xml") else None
        for element in (found[1], found[1].find("{*}assessment")) if found else ():
            if element is not None and (title := element.get("title") or text_at(element, "title")):
                return title
    return ""


def _kind_of(resource: etree._Element) -> str:
    """Return what Canvas makes of a resource beside its modules, or nothing for files and settings."""
    href, type = resource.get("href", ""), resource.get("type", "")
    files = [file.get("href", "") for file in resource.iterfind("{*}file")]
    if href.startswith("wiki_content/"):
        return "page"
    if type.startswith("assignment_xml") or any(name.endswith("assignment_settings.xml") for name in files):
        return "assignment"
    if type.startswith("imsdt_"):
        return "discussion"
    return "quiz" if type.startswith("imsqti_") and "question-bank" not in type else ""
