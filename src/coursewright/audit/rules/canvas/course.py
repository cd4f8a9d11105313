"""A cartridge with Canvas's own files, read as Canvas reads it: what is found where, and by which identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from coursewright.packages.documents.addresses import address_in_package, found_as
from coursewright.packages.documents.reading import child_text, is_page, read_document, read_pages
from coursewright.packages.files.container import Holding
from coursewright.packages.subject import MOST_DOCUMENTS, Subject, within_bounds

SETTINGS = "course_settings/"
WIKI = "wiki_content/"
QUESTIONS = "non_cc_assessments/"
FILES = "web_resources/"
SCORED = ("must_submit", "min_score", "min_percentage")
REQUIREMENTS = ("must_view", "must_mark_done", "must_contribute", *SCORED)
"""What Canvas can ask for before a module is complete."""

OWN = "learning-application-resource"
"""How the type of a resource ends that only Canvas reads."""
_ASSIGNMENT = "assignment_settings.xml"
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")
_ADDRESS_BREAKS = re.compile(r"[\W_]+")


def address_of(name: str) -> str:
    """Return what the name of a page's file makes of its address in Canvas."""
    stem = name.rpartition("/")[2].replace(".html", "")
    return _ADDRESS_BREAKS.sub("-", stem.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class CanvasPage:
    """A page of `wiki_content/`: its file and what its head says."""

    name: str
    title: str | None
    meta: dict[str, str]

    @property
    def identifier(self) -> str:
        """The name by which the rest of the cartridge knows it."""
        return self.meta.get("identifier", "")

    @property
    def address(self) -> str:
        """Its address in Canvas."""
        return address_of(self.name)


@dataclass(frozen=True, slots=True)
class CanvasAssignment:
    """What says how something is graded, the document it stands in, and the files of its resource.

    The document is that of an assignment, a quiz or a discussion; only assignments have files.
    """

    name: str
    identifier: str
    root: etree._Element
    files: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its title, or its identifier."""
        return child_text(self.root, "title") or self.identifier or "?"


@dataclass
class CanvasCourse:
    """What Canvas finds in a cartridge of its own."""

    subject: Subject
    assignments: list[CanvasAssignment] = field(default_factory=list)
    quizzes: dict[str, CanvasAssignment] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    """The discussions that there are settings for."""
    ungraded: set[str] = field(default_factory=set)
    """The discussions that are not graded."""
    announcements: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    settings: dict[str, etree._Element | None] = field(default_factory=dict)
    named: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    worth: dict[str, float] = field(default_factory=dict)

    @property
    def is_all_read(self) -> bool:
        """Say whether there was not too much to be read: only then is it known what is not there."""
        return max(len(self.read), len(self.pages)) < MOST_DOCUMENTS

    @cached_property
    def pages(self) -> list[CanvasPage]:
        """Its pages, but for those of a package that is not written yet."""
        is_written = self.subject.container.holding is not Holding.MEMORY
        return list(read_pages_of(self.subject)) if is_written else []

    @cached_property
    def knows_its_pages(self) -> bool:
        """Say whether every page could be read, and has told by which identifier it is known."""
        count = sum(name.startswith(WIKI) and is_page(name) for name in self.subject.container.sizes)
        return len(self.pages) == count and all(page.identifier for page in self.pages)

    @cached_property
    def idents(self) -> set[str]:
        """The names by which Canvas knows the quizzes of `non_cc_assessments/`, whatever their files are called."""
        container = self.subject.container
        names = (
            name for name in sorted(container.sizes) if name.startswith(QUESTIONS) and name.endswith((".qti", ".xml"))
        )
        roots = (read_document(name, container) for name in within_bounds(names, container, "quizzes of Canvas"))
        found = (one for root in roots if root is not None for one in root.iter("{*}assessment"))
        return {name for one in found if (name := one.get("ident"))}

    @cached_property
    def works(self) -> dict[str, etree._Element]:
        """What says how something is graded, by its identifier."""
        found: dict[str, etree._Element] = {}
        for assignment in self.assignments:
            found.setdefault(assignment.identifier, assignment.root)
        return found

    @cached_property
    def folded_files(self) -> set[str]:
        """The files of `web_resources/` in lower case, by their whole paths and by their names."""
        paths = [name.removeprefix(FILES).lower() for name in self.subject.container.sizes if name.startswith(FILES)]
        return {*paths, *(path.rpartition("/")[2] for path in paths)}

    @property
    def unreadable(self) -> list[str]:
        """The documents that are there, and of which nothing is known."""
        sizes = self.subject.container.sizes
        lost = {SETTINGS + file for file, root in self.settings.items() if root is None}
        return sorted(self.unread | {name for name in lost if name in sizes})

    def may_name(self, file: str, element: str, identifier: str) -> bool:
        """Say whether a document of `course_settings/` has an element of this identifier, or cannot be read."""
        if self.document(file) is None and SETTINGS + file in self.subject.container.sizes:
            return True
        return identifier in self.names_in(file, element)

    def names_in(self, file: str, element: str) -> set[str]:
        """Return the identifiers of elements in a document of `course_settings/`, collected once."""
        if (file, element) not in self.named:
            root = self.document(file)
            found = root.iter(f"{{*}}{element}") if root is not None else ()
            self.named[file, element] = {one.get("identifier", "") for one in found}
        return self.named[file, element]

    def document(self, file: str) -> etree._Element | None:
        """Return a document of `course_settings/`, read once."""
        if file not in self.settings:
            self.settings[file] = read_document(SETTINGS + file, self.subject.container)
        return self.settings[file]

    def resources(self, *kinds: str) -> set[str]:
        """Return the identifiers of the resources whose types begin in these ways."""
        found = self.subject.resources
        return {name for one in found if (name := one.get("identifier")) and one.get("type", "").startswith(kinds)}


def read_course(subject: Subject) -> CanvasCourse:
    """Read what a cartridge with Canvas's own files holds."""
    course = CanvasCourse(subject)
    for resource in subject.resources:
        _read_resource(resource, course)
    return course


def read_pages_of(subject: Subject) -> Iterator[CanvasPage]:
    names = sorted(name for name in subject.container.sizes if name.startswith(WIKI))
    for name, root in read_pages(names, subject.container):
        head = next(root.iter("head"), root)  # no other part of a page is looked at
        title = next(head.iter("title"), None)
        meta = {str(one.get("name")): (one.get("content") or "").strip() for one in head.iter("meta")}
        yield CanvasPage(name, None if title is None else (title.text or "").strip(), meta)


def _read_resource(resource: etree._Element, course: CanvasCourse) -> None:
    kind, files = resource.get("type", ""), tuple(_files(resource, course.subject))
    if kind.startswith("assignment_") and files:
        _add_assignment(files[0], course, files, resource.get("identifier", ""))
    elif kind.startswith("imsdt_"):
        course.topics.add(resource.get("identifier", ""))
    elif kind.endswith(OWN):
        assignment = next((name for name in files if name.endswith(_ASSIGNMENT)), "")
        if assignment:
            _add_assignment(assignment, course, files)
        for name in files:
            _read_own(name, course)


def _files(resource: etree._Element, subject: Subject) -> Iterator[str]:
    for file in resource.iterfind("{*}file"):
        name = address_in_package(file)
        if name:
            yield found_as(name, subject.container) or name


def _read_own(name: str, course: CanvasCourse) -> None:
    """Read one of the files of a resource that only Canvas reads."""
    if name.endswith("assessment_meta.xml"):
        _add_quiz(name, course)
    elif name.endswith(".xml") and not name.startswith((SETTINGS, QUESTIONS)) and not name.endswith(_ASSIGNMENT):
        _add_topic(name, course)


def _read_once(name: str, course: CanvasCourse) -> etree._Element | None:
    """Return the root of a document that was not read yet, so long as these are not too many."""
    if name in course.read or len(course.read) >= MOST_DOCUMENTS:
        return None
    course.read.add(name)
    root = read_document(name, course.subject.container)
    if root is None and name in course.subject.container.sizes:
        course.unread.add(name)
    return root


def _add_assignment(name: str, course: CanvasCourse, files: tuple[str, ...], identifier: str = "") -> None:
    root = _read_once(name, course)
    if root is not None:
        found = CanvasAssignment(name, identifier or root.get("identifier", ""), root, files)
        course.assignments.append(found)
        _note_worth(found.identifier, root, course)


def _add_quiz(name: str, course: CanvasCourse) -> None:
    root = _read_once(name, course)
    if root is not None:
        identifier = root.get("identifier", "")
        course.quizzes[identifier] = CanvasAssignment(name, identifier, root)
        _note_worth(identifier, root, course)
        _add_nested(name, identifier, root, course)


def _add_topic(name: str, course: CanvasCourse) -> None:
    root = _read_once(name, course)
    if root is not None and etree.QName(root).localname == "topicMeta":
        topic = child_text(root, "topic_id")
        course.topics.add(topic)
        course.settled.add(topic)
        if child_text(root, "type") == "announcement":
            course.announcements.add(topic)
        if root.find("{*}assignment") is None:
            course.ungraded.add(topic)
        _add_nested(name, topic, root, course)


def _add_nested(name: str, shown: str, root: etree._Element, course: CanvasCourse) -> None:
    """Add what says how a quiz or a discussion, which is known as `shown`, is graded."""
    for found in root.iterfind("{*}assignment"):
        course.assignments.append(CanvasAssignment(name, found.get("identifier", ""), found))
        _note_worth(found.get("identifier", ""), found, course)
        _note_worth(shown, found, course)


def _note_worth(identifier: str, root: etree._Element, course: CanvasCourse) -> None:
    """Note how many points something is worth, if it says so in a number."""
    gradable = root.find("{*}gradable")
    said = child_text(root, "points_possible") or (gradable.get("points_possible", "") if gradable is not None else "")
    points = number(said)
    if points is not None and identifier:
        course.worth.setdefault(identifier, points)


def number(text: str) -> float | None:
    """Return a number as Canvas reads it; None where a text is none."""
    return float(text) if _NUMBER.fullmatch(text.strip()) else None
