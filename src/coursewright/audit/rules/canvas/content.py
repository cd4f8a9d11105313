"""Rules over what a cartridge of Canvas's own holds: pages, assignments, quizzes, and the links between them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import name_of
from coursewright.packages.documents.canvas.cartridge import CanvasCourse, CanvasQuiz, CanvasWork, number
from coursewright.packages.documents.canvas.course import CourseSettings
from coursewright.packages.documents.canvas.names import (
    ASSIGNMENT,
    COURSE,
    QUESTIONS,
    TOOL_TYPE,
    TOPIC_TYPE,
    WIKI,
    questions_file,
)
from coursewright.packages.documents.canvas.pages import CanvasPage
from coursewright.packages.documents.canvas.switches import says_yes
from coursewright.packages.documents.reading import is_page, read_document
from coursewright.packages.files.budget import LARGEST_PAGE

_TYPES = {"imsdt_": TOPIC_TYPE, "imsbasiclti_": TOOL_TYPE}
_PLACEMENTS = "lti_resource_links/"  # where Canvas itself writes which tool is used where
_MOST_NAMED = 5
_SHORT = 200  # bytes of a page that may be blank
_GRADED = ("assignment", "graded_survey")
# What an assignment names: in words, in which document, and by which element.
_GROUP = ("assignment group", "assignment_groups.xml", "assignmentGroup")
_RUBRIC = ("rubric", "rubrics.xml", "rubric")


# --- pages ---


@rule("P294 P295", over=CanvasCourse, reads_files=True)
def pages_are_kept(course: CanvasCourse) -> Iterator[Flaw]:
    """Every page has what Canvas saves it by, and an address of its own."""
    pages, read = course.pages, course.subject.container.read
    for name, size in sorted(course.subject.container.sizes.items()):
        if name.startswith(WIKI) and _is_blank(name, size, course):
            yield flaw(messages.PAGE_NOT_SAVED, reason="there is nothing in it").within(name)
    last = {page.identifier: page for page in pages}  # what comes later overwrites what has its identifier
    addresses: dict[str, CanvasPage] = {}
    for page in pages:
        other = last[page.identifier]
        is_copy = other is not page and read(page.name, LARGEST_PAGE) == read(other.name, LARGEST_PAGE)
        if reason := _lost(page, None if other is page or is_copy else other):
            yield flaw(messages.PAGE_NOT_SAVED, reason=reason).within(page.name)
        elif page.address in addresses:
            yield flaw(messages.PAGE_ADDRESS_TWICE, other=addresses[page.address].name).within(page.name)
        addresses.setdefault(page.address, page)


def _is_blank(name: str, size: int, course: CanvasCourse) -> bool:
    return not size or (size < _SHORT and not (course.subject.container.read(name) or b"x").strip())


def _lost(page: CanvasPage, other: CanvasPage | None) -> str:
    if not page.identifier:
        return "it has no identifier"
    if page.title is None:
        return "it has no title"
    if page.title and not any(map(str.isalnum, page.title)):
        return "its title has neither letters nor digits"
    return f"{other.name} has the same identifier, and overwrites it" if other else ""


@rule("P304", over=CanvasCourse, reads_files=True)
def front_page_is_there(course: CanvasCourse) -> Iterator[Flaw]:
    """A course that opens with its front page has one that is published."""
    settings = course.value(CourseSettings, COURSE)
    if settings is None or settings.default_view != "wiki" or not course.knows_its_pages:
        return
    if not any(page.is_front and page.state == "active" for page in course.pages):
        yield flaw(messages.FRONT_PAGE_MISSING).within(COURSE)


# --- resources, assignments and quizzes ---


@rule("P297", over=CanvasCourse)
def types_are_those_that_canvas_reads(course: CanvasCourse) -> Iterator[Flaw]:
    """Resources are of the version of their types that Canvas looks for."""
    for resource in course.subject.resources:
        if wanted := wanted_instead_of(resource):
            kind = resource.get("type", "")
            yield flaw(messages.TYPE_OF_OTHER_VERSION, resource, name=name_of(resource), type=kind, wanted=wanted)


def wanted_instead_of(resource: etree._Element) -> str:
    """Return the type that Canvas reads in its own cartridges instead of that which a resource has; "" for others."""
    kind, file = resource.get("type", ""), resource.find("{*}file")
    is_placement = file is not None and file.get("href", "").startswith(_PLACEMENTS)
    found = (one for begin, one in _TYPES.items() if kind.startswith(begin) and kind != one)
    return "" if is_placement else next(found, "")


@rule("P296 P298 P299", over=CanvasCourse)
def assignments_are_whole(course: CanvasCourse) -> Iterator[Flaw]:
    """Every assignment has what the import needs of it, and names what is there."""
    for work in course.assignments:
        yield from (one.within(work.name) for one in _of_work(work, course))


def _of_work(work: CanvasWork, course: CanvasCourse) -> Iterator[Flaw]:
    settings, line, name = work.settings, work.settings.line, work.title
    if what := _missing(work, course):
        yield flaw(messages.ASSIGNMENT_INCOMPLETE, line, name=name, what=what)
    if settings.points_possible not in ("", "0", "0.0") and not settings.grading_type:
        yield flaw(messages.POINTS_IGNORED, line, name=name)
    group, rubric = settings.assignment_group_identifierref, settings.rubric_identifierref
    for reference, what, file, kind in ((group, *_GROUP), (rubric, *_RUBRIC)):
        if reference and not course.may_name(file, kind, reference):
            yield flaw(messages.SETTING_DANGLES, line, name=name, what=what, reference=reference, file=file)


def _missing(work: CanvasWork, course: CanvasCourse) -> str:
    """Return what an assignment lacks without which the import stops; what is nested in a quiz has no files."""
    if not work.files:
        return ""
    if work.name.endswith(ASSIGNMENT):
        pages = [file.rpartition("/")[2] for file in work.files if is_page(file)]
        if any(file.endswith("html") for file in work.files):
            return ""
        if pages:
            return f"HTML file ({pages[0][:60]} does not end in .html)"
        folder = work.name.removesuffix(ASSIGNMENT)
        there = (one for one in sorted(course.subject.container.sizes) if folder and one.startswith(folder))
        unlisted = next((one for one in there if one.endswith("html")), "")
        return f"HTML file among its <file> elements ({unlisted[-60:]} is there)" if unlisted else "HTML file"
    return "" if work.has_text else "<text>"


@rule("P300 P301 P376 P388", over=CanvasCourse)
def quizzes_are_found(course: CanvasCourse) -> Iterator[Flaw]:
    """Every quiz has questions that Canvas finds, and stands in the gradebook if it counts."""
    subject, idents = course.subject, course.idents
    # those that have questions in Canvas's form, under whatever name
    held = ((name, file) for name, one in subject.by_identifier.items() for file in subject.files_of(one))
    asking = {name for name, file in held if file.startswith(QUESTIONS)}
    for resource in subject.resources:
        name, kind = resource.get("identifier", ""), resource.get("type", "")
        needed = {one.get("identifierref") for one in resource.iterfind("{*}dependency")}
        file = questions_file(name)
        is_quiz = kind.startswith("imsqti_") and kind.endswith("/assessment")
        if is_quiz and file not in subject.container.sizes and not needed & asking and name not in idents:
            yield flaw(messages.QUIZ_WITHOUT_QUESTIONS, resource, name=name_of(resource), file=file)
    for quiz in course.quizzes.values():
        yield from (one.within(quiz.name) for one in _of_quiz(quiz, course))


def _of_quiz(quiz: CanvasQuiz, course: CanvasCourse) -> Iterator[Flaw]:
    idents, name, folder = course.idents, quiz.title, quiz.folder
    is_asked = questions_file(folder) in course.subject.container.sizes or folder not in course.subject.by_identifier
    if idents and course.is_all_read and folder not in idents and is_asked:  # its questions have another name
        known = ", ".join(sorted(idents)[:_MOST_NAMED])
        yield flaw(messages.QUIZ_IDENT_DIFFERS, name=name, folder=folder, known=known)
    root = read_document(questions_file(folder), course.subject.container)
    is_shown = says_yes(quiz.settings.available)  # Canvas itself writes no assignment for a quiz that is not
    is_graded = is_shown and quiz.settings.quiz_type in _GRADED
    if root is not None and next(root.iter("{*}item", "{*}selection"), None) is None:
        weight = Severity.WARNING if is_graded and number(quiz.settings.points_possible) else None
        yield flaw(messages.QUIZ_ASKS_NOTHING, None, weight, name=name, folder=folder)
    if is_graded and quiz.settings.assignment is None:
        yield flaw(messages.QUIZ_NOT_IN_GRADEBOOK, name=name)
