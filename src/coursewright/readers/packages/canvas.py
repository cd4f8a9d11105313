"""The outline of a Canvas cartridge, from Canvas's own files: modules with prerequisites, items with requirements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from coursewright.course.gates import simplified
from coursewright.course.outline import FOLDER, NOTHING, UNLISTED, Act, Completing, Entry, Outline, Setting
from coursewright.packages.documents.canvas import names
from coursewright.packages.documents.canvas.cartridge import CanvasCourse, read_course
from coursewright.packages.documents.canvas.course import CourseSettings
from coursewright.packages.documents.canvas.modules import CanvasModule, CompletionRequirement, ModuleItem, Modules
from coursewright.packages.documents.elements import number
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.documents.reading import read_document, read_value
from coursewright.packages.files.container import Container
from coursewright.packages.subject import Subject
from coursewright.readers.packages.manifests import read_manifest_outline
from coursewright.readers.packages.metadata import metadata_of
from coursewright.readers.packages.resources import Resources
from coursewright.readers.packages.terms import canvas_terms, told

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
_ALONE: Mapping[str, str] = {"imsdt_": "discussion", "imswl_": "web link", "imsbasiclti_": "tool"}
_BY_ADDRESS = ("web link", "tool")
_OWN = ("WikiPage", "Assignment", "Attachment", "DiscussionTopic", "Quizzes::Quiz")  # what a resource holds
_REQUIREMENTS: Mapping[str, tuple[Act, str]] = {
    "must_view": (Act.VIEW, "when it is viewed"),
    "must_mark_done": (Act.TICK, "when it is marked as done"),
    "must_submit": (Act.SUBMIT, "when it is handed in"),
    "must_contribute": (Act.POST, "when the learner has contributed"),
    "min_score": (Act.GRADE, "with a score of at least {score}"),
    "min_percentage": (Act.GRADE, "with at least {score} %"),
}


def read_canvas(subject: Subject) -> Outline:
    """Return the outline of a Canvas cartridge; that of its menu where it has no modules of Canvas."""
    modules = read_value(Modules, names.MODULES, subject.container, told=True)
    if modules is None:
        return read_manifest_outline(subject)
    course, resources = read_course(subject), Resources(subject)
    for name in course.ill_formed:
        read_document(name, subject.container, told=True)
    entries = tuple(_module(found, resources, course) for found in modules.modules)
    metadata = metadata_of(subject.found.root)
    settings = read_value(CourseSettings, names.COURSE, subject.container, told=True)
    title = metadata.pop("title", "")
    if settings is not None:
        title = settings.title or title
        said = {"course code": settings.course_code, "opens with": settings.default_view}
        metadata |= {name: value for name, value in said.items() if value}
    return Outline(title, (*entries, *_outside(entries, resources, course)), metadata)


def _module(module: CanvasModule, resources: Resources, course: CanvasCourse) -> Entry:
    requirements = {one.identifierref: one for one in module.requirements}
    return Entry(
        identifier=module.identifier,
        title=module.title,
        kind="module",
        children=tuple(_item(item, requirements.get(item.identifier), resources, course) for item in module.items),
        gate=simplified(module.gate),
        completion=_completion(module) if requirements else "",
        finish=Completing(one_suffices=module.one_suffices, in_order=module.is_in_order) if requirements else None,
        hidden=module.is_hidden,
    )


def _completion(module: CanvasModule) -> str:
    which = "one of its requirements" if module.one_suffices else "all of its requirements"
    return f"with {which}{', in order' if module.is_in_order else ''}"


def _finish(found: CompletionRequirement, whole: float | None) -> Completing | None:
    """Return what a requirement asks for; a score in percent of the points that are to be had."""
    act, _ = _REQUIREMENTS.get(found.type, (None, ""))
    score = number(found.min_score)
    if score is None:
        score = number(found.min_percentage)
    elif whole:
        score = 100 * score / whole
    return Completing((act,), score) if act else None


def _requirement(found: CompletionRequirement) -> str:
    _, words = _REQUIREMENTS.get(found.type, (None, ""))
    return words.format(score=found.min_score or found.min_percentage or "?") if words else found.type


def _item(
    item: ModuleItem, required: CompletionRequirement | None, resources: Resources, course: CanvasCourse
) -> Entry:
    content, kind = item.identifierref, item.content_type
    return Entry(
        identifier=content or item.identifier,
        title=item.title,
        kind=_KINDS.get(kind, kind or NOTHING),
        completion="" if required is None else _requirement(required),
        finish=None if required is None else _finish(required, course.worth.get(content)),
        mark=_mark(course.worth.get(content)),
        settings=_settings(content, course),
        files=resources.files_of(content),
        address=item.url,
        hidden=item.is_hidden,
        fault=resources.fault_of(content if kind in _OWN else ""),
    )


def _mark(points: float | None) -> str:
    return "" if points is None else f"{points:g} points"


def _settings(name: str, course: CanvasCourse) -> tuple[Setting, ...]:
    """Return what is set for a quiz, an assignment or a discussion; of a quiz in the gradebook, its own first."""
    quiz, work = course.quizzes.get(name), course.works.get(name)
    found = (quiz.settings if quiz else None, (quiz.settings.assignment if quiz else work) or course.graded.get(name))
    return told(one for settings in found if settings is not None for one in canvas_terms(settings))


def _outside(modules: tuple[Entry, ...], resources: Resources, course: CanvasCourse) -> Iterator[Entry]:
    """Yield one folder of what Canvas imports and no module shows."""
    shown = {item.identifier for module in modules for item in module.children}
    listed = course.subject.shows  # links and tools, which modules show by their addresses, and the menu by these
    found = [
        _loose(name, kind, resources, course)
        for name, resource in resources.by_identifier.items()
        if name not in shown and (kind := _kind_of(resource)) and not (kind in _BY_ADDRESS and name in listed)
    ]
    if found:
        yield Entry("", UNLISTED, FOLDER, tuple(found))


def _loose(name: str, kind: str, resources: Resources, course: CanvasCourse) -> Entry:
    files = resources.files_of(name)
    page = next(filter(None, map(course.pages_by_name.get, files)), None) if kind == "page" else None
    title = page.title if page else _titled(files, course.subject.container)
    return Entry(
        identifier=name,
        title=title or name,
        kind=kind,
        mark=_mark(course.worth.get(name)),
        settings=_settings(name, course),
        files=files,
        hidden=page is not None and page.is_hidden,
        fault=resources.fault_of(name),
    )


def _titled(files: Iterable[str], container: Container) -> str:
    """Return the title of the first document that has one: of an assignment, a quiz or a discussion."""
    for file in files:
        root = read_document(file, container, told=True) if file.endswith(".xml") else None
        for element in (root, root.find("{*}assessment")) if root is not None else ():
            if element is not None and (title := element.get("title") or text_at(element, "title")):
                return title
    return ""


def _kind_of(resource: etree._Element) -> str:
    """Return what Canvas makes of a resource beside its modules, or nothing for files and settings."""
    href, type = resource.get("href", ""), resource.get("type", "")
    files = [file.get("href", "") for file in resource.iterfind("{*}file")]
    if href.startswith(names.WIKI):
        return "page"
    if type.startswith("assignment_xml") or any(name.endswith(names.ASSIGNMENT) for name in files):
        return "assignment"
    if kind := next((kind for start, kind in _ALONE.items() if type.startswith(start)), ""):
        return kind
    return "quiz" if type.startswith("imsqti_") and "question-bank" not in type else ""
