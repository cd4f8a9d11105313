"""A cartridge with Canvas's own files, read as Canvas reads it: what is found where, and by which identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from coursewright.validation.documents import MOST_DOCUMENTS, child_text, read_document, read_pages
from coursewright.validation.subject import Subject, address_in_package, found_as

SETTINGS = "course_settings/"
WIKI = "wiki_content/"
QUESTIONS = "non_cc_assessments/"
_OWN = "learning-application-resource"
_ASSIGNMENT = "assignment_settings.xml"
_ADDRESS_BREAKS = re.compile(r"[\W_]+")


def address_of(name: str) -> str:
    """Return what the name of a page's file makes of its address in Canvas."""
    stem = name.rpartition("/")[2].replace(".html", "")
    return _ADDRESS_BREAKS.sub("-", stem.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class Page:
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
class Assignment:
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


@dataclass(slots=True)
class Course:
    """What Canvas finds in a cartridge of its own."""

    subject: Subject
    pages: list[Page] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    quizzes: dict[str, Assignment] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    settings: dict[str, etree._Element | None] = field(default_factory=dict)
    named: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    @property
    def is_all_read(self) -> bool:
        """Say whether everything was read: only then is it known what is not there."""
        return not self.unread and max(len(self.read), len(self.pages)) < MOST_DOCUMENTS

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
        return {str(one.get("identifier")) for one in found if one.get("type", "").startswith(kinds)}


def read_course(subject: Subject) -> Course:
    """Read what a cartridge with Canvas's own files holds."""
    course = Course(subject)
    course.pages = list(_pages(subject))
    for resource in subject.resources:
        _read_resource(resource, course)
    return course


def _pages(subject: Subject) -> Iterator[Page]:
    names = sorted(name for name in subject.container.sizes if name.startswith(WIKI))
    for name, root in read_pages(names, subject.container):
        title = next(root.iter("title"), None)
        meta = {str(one.get("name")): (one.get("content") or "").strip() for one in root.iter("meta")}
        yield Page(name, None if title is None else (title.text or "").strip(), meta)


def _read_resource(resource: etree._Element, course: Course) -> None:
    kind, files = resource.get("type", ""), tuple(_files(resource, course.subject))
    if kind.startswith("assignment_") and files:
        _add_assignment(files[0], course, files, str(resource.get("identifier")))
    elif kind.startswith("imsdt_"):
        course.topics.add(str(resource.get("identifier")))
    elif kind.endswith(_OWN):
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


def _read_own(name: str, course: Course) -> None:
    """Read one of the files of a resource that only Canvas reads."""
    if name.endswith("assessment_meta.xml"):
        _add_quiz(name, course)
    elif name.endswith(".xml") and not name.startswith((SETTINGS, QUESTIONS)) and not name.endswith(_ASSIGNMENT):
        _add_topic(name, course)


def _read_once(name: str, course: Course) -> etree._Element | None:
    """Return the root of a document that was not read yet, so long as these are not too many."""
    if name in course.read or len(course.read) >= MOST_DOCUMENTS:
        return None
    course.read.add(name)
    root = read_document(name, course.subject.container)
    if root is None and name in course.subject.container.sizes:
        course.unread.add(name)
    return root


def _add_assignment(name: str, course: Course, files: tuple[str, ...], identifier: str = "") -> None:
    root = _read_once(name, course)
    if root is not None:
        course.assignments.append(Assignment(name, identifier or root.get("identifier", ""), root, files))


def _add_quiz(name: str, course: Course) -> None:
    root = _read_once(name, course)
    if root is not None:
        identifier = root.get("identifier", "")
        course.quizzes[identifier] = Assignment(name, identifier, root)
        _add_nested(name, root, course)


def _add_topic(name: str, course: Course) -> None:
    root = _read_once(name, course)
    if root is not None and etree.QName(root).localname == "topicMeta":
        course.topics.add(child_text(root, "topic_id"))
        _add_nested(name, root, course)


def _add_nested(name: str, root: etree._Element, course: Course) -> None:
    nested = root.iterfind("{*}assignment")
    course.assignments += [Assignment(name, found.get("identifier", ""), found) for found in nested]
