"""A cartridge with Canvas's own files, read as Canvas reads it: what is found where, and by which identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from coursewright.frozen import frozen
from coursewright.packages.documents.addresses import found_as
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.canvas.discussions import TopicMeta
from coursewright.packages.documents.canvas.names import ASSIGNMENT, FILES, QUESTIONS, QUIZ, SETTINGS, WIKI
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.cartridge_files import CartridgeAssignment
from coursewright.packages.documents.fields import Value, read_as
from coursewright.packages.documents.reading import child_text, is_page, read_document, read_pages
from coursewright.packages.files.budget import MOST_DOCUMENTS
from coursewright.packages.files.container import Holding
from coursewright.packages.subject import Subject, within_bounds
from coursewright.text.patterns import later

OWN = "learning-application-resource"
"""How the type of a resource ends that only Canvas reads."""
_LEARNERS = {"students", "members", "public"}
_NUMBER = later(r"\d{1,9}(\.\d{1,9})?")
_ADDRESS_BREAKS = later(r"[\W_]+")


def address_of(name: str) -> str:
    """Return what the name of a page's file makes of its address in Canvas."""
    stem = name.rpartition("/")[2].replace(".html", "")
    return _ADDRESS_BREAKS.sub("-", stem.lower()).strip("-")


@frozen
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


@frozen
class CanvasWork:
    """What says how something is graded, the document it stands in, and the files of its resource.

    The document is that of an assignment, a quiz or a discussion; only assignments have files. It `has_text` as those
    of Common Cartridge have one.
    """

    name: str
    identifier: str
    settings: AssignmentSettings
    files: tuple[str, ...] = ()
    has_text: bool = False

    @property
    def title(self) -> str:
        """Its title, or its identifier."""
        return self.settings.title or self.identifier or "?"


@frozen
class CanvasQuiz:
    """The settings of a quiz, and the document that they stand in."""

    name: str
    settings: QuizSettings

    @property
    def title(self) -> str:
        """Its title, or its identifier."""
        return self.settings.title or self.settings.identifier or "?"

    @property
    def folder(self) -> str:
        """The folder of the document, which is what its questions go by."""
        return self.name.rpartition("/")[0]


@dataclass
class CanvasCourse:
    """What Canvas finds in a cartridge of its own."""

    subject: Subject
    assignments: list[CanvasWork] = field(default_factory=list)
    quizzes: dict[str, CanvasQuiz] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)
    unsettled: list[etree._Element] = field(default_factory=list)
    settled_by: set[str] = field(default_factory=set)
    """The documents with settings of discussions."""
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
    def pages(self) -> tuple[CanvasPage, ...]:
        """Its pages, but for those of a package that is not written yet."""
        is_written = self.subject.container.holding is not Holding.MEMORY
        return self.subject.once(read_pages_of) if is_written else ()

    @cached_property
    def knows_its_pages(self) -> bool:
        """Say whether every page could be read, and has told by which identifier it is known."""
        count = sum(name.startswith(WIKI) and is_page(name) for name in self.subject.container.sizes)
        return len(self.pages) == count and all(page.identifier for page in self.pages)

    @cached_property
    def pages_of_teachers(self) -> set[str]:
        """The identifiers of the pages that learners cannot edit."""
        root = self.document("course_settings.xml")
        usual = child_text(root, "default_wiki_editing_roles") if root is not None else ""
        roles = {page.identifier: page.meta.get("editing_roles") or usual for page in self.pages}
        return {name for name, said in roles.items() if not _LEARNERS & set(said.split(","))}

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
    def works(self) -> dict[str, AssignmentSettings]:
        """What says how something is graded, by its identifier."""
        return {one.identifier: one.settings for one in reversed(self.assignments)}

    @cached_property
    def own_files(self) -> set[str]:
        """The identifiers of the resources that are files of the course."""
        content = (one for one in self.subject.resources if one.get("type") == "webcontent")
        return {one.get("identifier", "") for one in content if (one.get("href") or "").startswith(FILES)}

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

    def value(self, kind: type[Value], name: str) -> Value | None:
        """Return a document of `course_settings/` as a value of its class, None where it cannot be read."""
        root = self.document(name.removeprefix(SETTINGS))
        return None if root is None else read_as(kind, root)

    def resources(self, *kinds: str) -> set[str]:
        """Return the identifiers of the resources whose types begin in these ways."""
        found = self.subject.resources
        return {name for one in found if (name := one.get("identifier")) and one.get("type", "").startswith(kinds)}


def read_course(subject: Subject) -> CanvasCourse:
    """Read what a cartridge with Canvas's own files holds."""
    course = CanvasCourse(subject)
    for resource in subject.resources:
        _read_resource(resource, course)
    course.topics.update(_named_by_themselves(course))
    return course


def _named_by_themselves(course: CanvasCourse) -> Iterator[str]:
    """Yield the names of the discussions that no settings give another."""
    for topic in course.unsettled:
        needed = topic.find("{*}dependency")
        target = "" if needed is None else needed.get("identifierref", "")
        settings = course.subject.by_identifier.get(target)
        names = () if settings is None else tuple(_files(settings, course.subject))
        if not names or names[0] not in course.settled_by:
            yield topic.get("identifier", "") if needed is None or settings is not None else target


def read_pages_of(subject: Subject) -> tuple[CanvasPage, ...]:
    """Return the pages of a cartridge, as far as they can be read."""
    return tuple(_read_pages(subject))


def _read_pages(subject: Subject) -> Iterator[CanvasPage]:
    names = sorted(name for name in subject.container.sizes if name.startswith(WIKI))
    for name, root in read_pages(names, subject.container):
        head = next(root.iter("head"), root)  # no other part of a page is looked at
        title = next(head.iter("title"), None)
        meta = {str(one.get("name")): one.get("content") or "" for one in head.iter("meta")}
        yield CanvasPage(name, None if title is None else (title.text or "").strip(), meta)


def _read_resource(resource: etree._Element, course: CanvasCourse) -> None:
    kind, files = resource.get("type", ""), tuple(_files(resource, course.subject))
    if kind.startswith("assignment_") and files:
        _add_assignment(files[0], course, files, resource.get("identifier", ""))
    elif kind.startswith("imsdt_"):
        course.unsettled.append(resource)
    elif kind.endswith(OWN):
        assignment = next((name for name in files if name.endswith(ASSIGNMENT)), "")
        if assignment:
            _add_assignment(assignment, course, files)
        for name in files:
            _read_own(name, course)


def _files(resource: etree._Element, subject: Subject) -> Iterator[str]:
    for file in resource.iterchildren("{*}file"):
        name, _ = subject.address(file)
        if name:
            yield found_as(name, subject.container) or name


def _read_own(name: str, course: CanvasCourse) -> None:
    """Read one of the files of a resource that only Canvas reads."""
    if name.endswith(QUIZ):
        _add_quiz(name, course)
    elif name.endswith(".xml") and not name.startswith((SETTINGS, QUESTIONS)) and not name.endswith(ASSIGNMENT):
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
        has_text = next(root.iter("{*}text"), None) is not None
        settings = read_as(AssignmentSettings, root)
        found = CanvasWork(name, identifier or settings.identifier, settings, files, has_text)
        course.assignments.append(found)
        _note_worth(found.identifier, settings.points_possible or read_as(CartridgeAssignment, root).points, course)


def _add_quiz(name: str, course: CanvasCourse) -> None:
    root = _read_once(name, course)
    if root is not None:
        settings = read_as(QuizSettings, root)
        course.quizzes[settings.identifier] = CanvasQuiz(name, settings)
        _note_worth(settings.identifier, settings.points_possible, course)
        _add_nested(name, settings.identifier, settings.assignment, course)


def _add_topic(name: str, course: CanvasCourse) -> None:
    root = _read_once(name, course)
    if root is not None and etree.QName(root).localname == TopicMeta.ROOT:
        topic = read_as(TopicMeta, root)
        course.topics.add(topic.topic_id)
        course.settled.add(topic.topic_id)
        course.settled_by.add(name)
        if topic.is_announcement:
            course.announcements.add(topic.topic_id)
        if topic.assignment is None:
            course.ungraded.add(topic.topic_id)
        _add_nested(name, topic.topic_id, topic.assignment, course)


def _add_nested(name: str, shown: str, found: AssignmentSettings | None, course: CanvasCourse) -> None:
    """Add what says how a quiz or a discussion, which is known as `shown`, is graded."""
    if found is not None:
        course.assignments.append(CanvasWork(name, found.identifier, found))
        _note_worth(found.identifier, found.points_possible, course)
        _note_worth(shown, found.points_possible, course)


def _note_worth(identifier: str, said: str, course: CanvasCourse) -> None:
    """Note how many points something is worth, if it says so in a number."""
    points = number(said)
    if points is not None and identifier:
        course.worth.setdefault(identifier, points)


def number(text: str) -> float | None:
    """Return a number as Canvas reads it; None where a text is none."""
    return float(text) if _NUMBER.fullmatch(text.strip()) else None
