"""A cartridge with Canvas's own files, read as Canvas reads it: what is found where, and by which identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from lxml import etree

from coursewright.frozen import frozen
from coursewright.packages.documents.addresses import found_as
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.canvas.discussions import TopicMeta
from coursewright.packages.documents.canvas.mending import read_if_it_arrives
from coursewright.packages.documents.canvas.names import ASSIGNMENT, FILES, QUESTIONS, QUIZ, SETTINGS, WIKI
from coursewright.packages.documents.canvas.pages import CanvasPage, read_pages_of
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.cartridge_files import CartridgeAssignment
from coursewright.packages.documents.fields import Value, read_as
from coursewright.packages.documents.reading import child_text, is_page, read_document, read_mended
from coursewright.packages.files.budget import MOST_DOCUMENTS
from coursewright.packages.files.container import Holding
from coursewright.packages.subject import Subject, within_bounds
from coursewright.text.patterns import later

OWN = "learning-application-resource"
"""How the type of a resource ends that only Canvas reads."""
_LEARNERS = {"students", "members", "public"}
_NUMBER = later(r"\d{1,9}(\.\d{1,9})?")


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


class CanvasCourse:
    """What Canvas finds in a cartridge of its own: the values of its documents, and the identifiers that there are."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.assignments: list[CanvasWork] = []
        self.quizzes: dict[str, CanvasQuiz] = {}
        self.discussions: dict[str, TopicMeta] = {}
        """The settings of discussions, by their documents."""
        self.worth: dict[str, float] = {}
        """How many points something is worth that says so in a number."""
        self.read: set[str] = set()
        self.unread: set[str] = set()
        self.ill_formed: set[str] = set()
        """The documents that are not XML, of which some are read all the same."""
        self._documents: dict[str, etree._Element | None] = {}
        self._named: dict[tuple[str, str], set[str]] = {}
        for resource in subject.resources:
            self._take(resource)

    def _take(self, resource: etree._Element) -> None:
        kind, files = resource.get("type", ""), tuple(_files(resource, self.subject))
        if kind.startswith("assignment_") and files:
            self._take_work(files[0], files, resource.get("identifier", ""))
        elif kind.endswith(OWN) and not kind.startswith("imsdt_"):
            for name in [name for name in files if name.endswith(ASSIGNMENT)][:1]:
                self._take_work(name, files)
            for name in files:
                if name.endswith(QUIZ):
                    self._take_quiz(name)
                elif name.endswith(".xml") and not name.startswith((SETTINGS, QUESTIONS)):
                    self._take_topic(name)

    def _take_work(self, name: str, files: tuple[str, ...], identifier: str = "") -> None:
        if (root := self._once(name)) is not None:
            has_text = next(root.iter("{*}text"), None) is not None
            settings = _with_extension(read_as(AssignmentSettings, root), root)
            found = CanvasWork(name, identifier or settings.identifier, settings, files, has_text)
            self.assignments.append(found)
            self._note_worth(settings.points_possible or read_as(CartridgeAssignment, root).points, found.identifier)

    def _take_quiz(self, name: str) -> None:
        if (root := self._once(name)) is not None:
            settings = read_as(QuizSettings, root)
            self.quizzes[settings.identifier] = CanvasQuiz(name, settings)
            self._note_worth(settings.points_possible, settings.identifier)
            self._take_nested(name, settings.identifier, settings.assignment)

    def _take_topic(self, name: str) -> None:
        root = None if name.endswith(ASSIGNMENT) else self._once(name)
        if root is not None and etree.QName(root).localname == TopicMeta.ROOT:
            topic = self.discussions[name] = read_as(TopicMeta, root)
            self._take_nested(name, topic.topic_id, topic.assignment)

    def _take_nested(self, name: str, shown: str, found: AssignmentSettings | None) -> None:
        """Take what says how a quiz or a discussion, which is known as `shown`, is graded."""
        if found is not None:
            self.assignments.append(CanvasWork(name, found.identifier, found))
            self._note_worth(found.points_possible, found.identifier, shown)

    def _note_worth(self, said: str, *identifiers: str) -> None:
        if (points := number(said)) is not None:
            for name in filter(None, identifiers):
                self.worth.setdefault(name, points)

    def _once(self, name: str) -> etree._Element | None:
        """Return the root of a document that was not read yet, so long as these are not too many."""
        if name in self.read or len(self.read) >= MOST_DOCUMENTS:
            return None
        self.read.add(name)
        root = read_if_it_arrives(name, self.subject.container)
        if root is None and name in self.subject.container.sizes:
            self.unread.add(name)
        if name in self.subject.container.sizes and read_document(name, self.subject.container) is None:
            self.ill_formed.add(name)
        return root

    @property
    def is_all_read(self) -> bool:
        """Say whether there was not too much to be read: only then is it known what is not there."""
        return max(len(self.read), len(self.pages)) < MOST_DOCUMENTS

    @cached_property
    def pages(self) -> tuple[CanvasPage, ...]:
        """Its pages, but for those of a package that is not written yet."""
        is_written = self.subject.container.holding is not Holding.MEMORY
        return read_pages_of(self.subject) if is_written else ()

    @cached_property
    def pages_by_name(self) -> dict[str, CanvasPage]:
        """Its pages by their files."""
        return {page.name: page for page in self.pages}

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
    def asked(self) -> dict[str, str]:
        """The titles of the quizzes of `non_cc_assessments/` by the names by which Canvas knows them, whatever their
        files are called."""
        container = self.subject.container
        every = (name for name in sorted(container.sizes) if name.startswith(QUESTIONS))
        names = (name for name in every if name.lower().endswith((".qti", ".xml")))
        roots = (read_mended(name, container) for name in within_bounds(names, container, "quizzes of Canvas"))
        found = (one for root in roots if root is not None for one in root.iter("{*}assessment"))
        return {name: one.get("title", "") for one in found if (name := one.get("ident"))}

    @cached_property
    def idents(self) -> set[str]:
        """The names by which Canvas knows the quizzes of `non_cc_assessments/`."""
        return {*self.asked}

    @cached_property
    def known_quizzes(self) -> dict[str, str]:
        """The titles of all quizzes by the names by which Canvas knows them, as far as it can be told."""
        names = (name for name in self.subject.container.sizes if name.startswith(QUESTIONS))
        stems = (name.removeprefix(QUESTIONS).partition(".")[0] for name in names)
        told = {name: one.title for name, one in self.quizzes.items()}
        return self.asked or {**dict.fromkeys((*self.resources("imsqti_"), *stems), ""), **told}

    @cached_property
    def settled(self) -> set[str]:
        """The discussions that there are settings for."""
        return {topic.topic_id for topic in self.discussions.values()}

    @cached_property
    def ungraded(self) -> set[str]:
        """The discussions that are not graded."""
        return {topic.topic_id for topic in self.discussions.values() if topic.assignment is None}

    @cached_property
    def graded(self) -> dict[str, AssignmentSettings]:
        """What says how a discussion is graded, by the identifiers of those that are."""
        return {one.topic_id: one.assignment for one in self.discussions.values() if one.assignment is not None}

    @cached_property
    def announcements(self) -> set[str]:
        """The discussions that tell something to everyone."""
        return {topic.topic_id for topic in self.discussions.values() if topic.is_announcement}

    @cached_property
    def topics(self) -> set[str]:
        """The identifiers of its discussions."""
        return {*self.settled, *self._named_by_themselves()}

    def _named_by_themselves(self) -> Iterator[str]:
        """Yield the names of the discussions that no settings give another."""
        for topic in self.subject.resources:
            kind, needed = topic.get("type", ""), topic.find("{*}dependency")
            if not kind.startswith("imsdt_"):
                continue
            target = "" if needed is None else needed.get("identifierref", "")
            settings = self.subject.by_identifier.get(target)
            first = "" if settings is None else next(_files(settings, self.subject), "")
            if first not in self.discussions:
                yield topic.get("identifier", "") if needed is None or settings is not None else target

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
        lost = {SETTINGS + file for file, root in self._documents.items() if root is None}
        return sorted(self.unread | {name for name in lost if name in sizes})

    def may_name(self, file: str, element: str, identifier: str) -> bool:
        """Say whether a document of `course_settings/` has an element of this identifier, or cannot be read."""
        if self.document(file) is None and SETTINGS + file in self.subject.container.sizes:
            return True
        return identifier in self.names_in(file, element)

    def names_in(self, file: str, element: str) -> set[str]:
        """Return the identifiers of elements in a document of `course_settings/`, collected once."""
        if (file, element) not in self._named:
            root = self.document(file)
            found = root.iter(f"{{*}}{element}") if root is not None else ()
            self._named[file, element] = {one.get("identifier", "") for one in found}
        return self._named[file, element]

    def document(self, file: str) -> etree._Element | None:
        """Return a document of `course_settings/`, read once."""
        if file not in self._documents:
            self._documents[file] = read_if_it_arrives(SETTINGS + file, self.subject.container)
        return self._documents[file]

    def value(self, kind: type[Value], name: str) -> Value | None:
        """Return a document of `course_settings/` as a value of its class, None where it cannot be read."""
        root = self.document(name.removeprefix(SETTINGS))
        return None if root is None else read_as(kind, root)

    def resources(self, *kinds: str) -> set[str]:
        """Return the identifiers of the resources whose types begin in these ways."""
        return {name for one in self.subject.typed(*kinds) if (name := one.get("identifier"))}


def own_resources(subject: Subject) -> list[etree._Element]:
    """Return the resources that only Canvas reads."""
    return [one for one in subject.resources if one.get("type", "").endswith(OWN)]


def read_course(subject: Subject) -> CanvasCourse:
    """Return what a cartridge with Canvas's own files holds, read once."""
    return subject.once(CanvasCourse)


def _with_extension(settings: AssignmentSettings, root: etree._Element) -> AssignmentSettings:
    """Return settings with the group and the rubric that Canvas writes into an assignment of the profile."""
    inside = root.find("{*}extensions/{*}assignment")
    if inside is None:
        return settings
    told = read_as(AssignmentSettings, inside)
    return replace(
        settings,
        assignment_group_identifierref=told.assignment_group_identifierref,
        rubric_identifierref=told.rubric_identifierref,
    )


def _files(resource: etree._Element, subject: Subject) -> Iterator[str]:
    names = (subject.address(file)[0] for file in resource.iterchildren("{*}file"))
    return (found_as(name, subject.container) or name for name in names if name)


def number(text: str) -> float | None:
    """Return a number as Canvas reads it; None where a text is none."""
    return float(text) if _NUMBER.fullmatch(text.strip()) else None
