"""Plays Canvas importing a package: finds out what it is, and reads what Canvas reads from where Canvas reads it.

A cartridge of the Canvas flavour is read by its own files; any other Common Cartridge by its organization, as Canvas
does: web content becomes files, folders become modules or headings, and gates and states are lost.
Bodies are given as they stand in the package; `stripped` says what the sanitiser will take out of them, and `broken`
which of their links lead nowhere. All of it is in the `issues` of the course too.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import unquote

from lxml import etree

from importers.manifest import Listed, listed
from importers.package import (
    MANIFEST,
    Archive,
    ImportAborted,
    Package,
    anchors,
    body,
    decoded,
    find,
    find_all,
    has_charset,
    inner,
    is_html,
    is_id,
    is_symlink,
    links,
    local,
    namespace,
    page,
    patiently,
    raw,
    words,
)
from importers.sanitiser import stripped

SPACE = "http://canvas.instructure.com/xsd/cccv1p0"
SETTINGS = "course_settings/"
FLAG = f"{SETTINGS}canvas_export.txt"
LOR = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
WIKI, FILES, QUIZZES = "wiki_content/", "web_resources/", "non_cc_assessments/"
TOPIC, LTI, ASSIGNMENT = "imsdt_xmlv1p1", "imsbasiclti_xmlv1p0", "assignment_xmlv1p0"
VERSIONS = ("1.0.0", "1.1.0", "1.2.0", "1.3.0")
UNSUPPORTED = "Unsupported content package"
MOST_FILES, MOST_BYTES, MOST_TIMES, MOST_SETTINGS = 100_000, 50 * 2**30, 100, 25 * 2**20
GRADING = ("points", "percent", "letter_grade", "gpa_scale", "pass_fail", "not_graded")
SUBMISSIONS = {
    *("online_text_entry", "online_url", "online_upload", "media_recording", "on_paper", "none", "not_graded"),
    *("external_tool", "online_quiz", "discussion_topic"),
}
REQUIREMENTS = ("must_view", "must_mark_done", "must_contribute", "must_submit", "min_score", "min_percentage")
QUESTIONS = {
    f"{kind}_question"
    for kind in (
        *("multiple_choice", "true_false", "multiple_answers", "short_answer", "essay", "matching", "numerical"),
        *("calculated", "fill_in_multiple_blanks", "multiple_dropdowns", "file_upload", "text_only"),
    )
}
VIEWS = ("feed", "wiki", "modules", "assignments", "syllabus")
_TRUE = re.compile(r"true|t|yes|y|1", re.IGNORECASE)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_FORMATS = {"html": "online_text_entry", "text": "online_text_entry", "url": "online_url", "file": "online_upload"}


# --- what arrives ---


@dataclass(frozen=True)
class Page:
    identifier: str
    slug: str
    title: str
    body: str
    front: bool
    state: str
    path: str
    stripped: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A group of assignments."""

    identifier: str
    title: str
    weight: float | None


@dataclass(frozen=True)
class Rating:
    identifier: str
    description: str
    long_description: str
    points: float | None


@dataclass(frozen=True)
class Outcome:
    identifier: str
    title: str
    description: str
    points: float | None
    mastery_points: float | None
    calculation_method: str
    calculation_int: float | None
    ratings: tuple[Rating, ...]
    groups: tuple[str, ...]
    """The titles of the groups around it, from the outside in."""


@dataclass(frozen=True)
class Criterion:
    identifier: str
    description: str
    long_description: str
    points: float | None
    mastery_points: float | None
    ignored: bool
    ratings: tuple[Rating, ...]
    outcome: Outcome | None


@dataclass(frozen=True)
class Rubric:
    identifier: str
    title: str
    description: str
    points: float | None
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Assignment:
    identifier: str
    title: str
    body: str
    state: str
    group: Group | None
    """None stands for "Imported Assignments"."""
    points: float | None
    grading_type: str
    submission_types: tuple[str, ...]
    rubric: Rubric | None
    rubric_for_grading: bool
    times: Mapping[str, str]
    path: str
    stripped: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Discussion:
    identifier: str
    title: str
    body: str
    kind: str
    state: str
    graded: bool
    path: str
    stripped: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quiz:
    identifier: str
    title: str
    body: str
    kind: str
    state: str
    points: float | None
    questions: tuple[str, ...]
    """The type of each question."""
    path: str
    stripped: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    identifier: str
    path: str
    """As links name it: below web_resources, or in a generic cartridge from the root."""
    name: str
    hidden: bool
    locked: bool


@dataclass(frozen=True)
class Tool:
    identifier: str
    title: str
    url: str


@dataclass(frozen=True)
class WebLink:
    title: str
    url: str
    state: str


Content = Page | Assignment | Discussion | Quiz | File | Tool


@dataclass(frozen=True)
class Requirement:
    kind: str
    min_score: float | None


@dataclass(frozen=True)
class Item:
    """What a module lists; the title and the state are those that Canvas will show."""

    identifier: str
    kind: str
    title: str
    state: str
    content: Content | None
    url: str
    indent: int
    new_tab: bool
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True)
class Module:
    identifier: str
    title: str
    state: str
    position: float | None
    sequential: bool
    requirement_count: str
    unlock_at: str
    prerequisites: tuple[Module, ...]
    items: tuple[Item, ...]

    @property
    def requirements(self) -> dict[str, tuple[Requirement, ...]]:
        """What is asked of each item, by the item's identifier."""
        return {item.identifier: item.requirements for item in self.items if item.requirements}


@dataclass(frozen=True)
class Course:
    """What arrives; `issues` has a sentence for everything that does not arrive as it was written."""

    flavour: str
    """"canvas", "cc" (any other cartridge) or "qti"."""
    version: str
    title: str
    code: str
    settings: Mapping[str, str]
    modules: tuple[Module, ...]
    pages: tuple[Page, ...]
    assignments: tuple[Assignment, ...]
    groups: tuple[Group, ...]
    rubrics: tuple[Rubric, ...]
    outcomes: tuple[Outcome, ...]
    discussions: tuple[Discussion, ...]
    quizzes: tuple[Quiz, ...]
    tools: tuple[Tool, ...]
    links: tuple[WebLink, ...]
    files: tuple[File, ...]
    syllabus: str
    issues: list[str]


def imported(package: Package) -> Course:
    """Return the course that Canvas makes of a package. Raises ImportAborted."""
    held = _Held(package)
    if held.flavour == "canvas":
        return _Canvas(held).course()
    return _Generic(held).course()


# --- the package ---


class _Held:
    """A package, as far as Canvas unpacks it, and what was found wrong so far."""

    def __init__(self, package: Package) -> None:
        self.archive = Archive(package)
        self.issues: list[str] = []
        self._limits()
        self.names = tuple(self._unpacked())
        if MANIFEST not in self.names:
            raise ImportAborted(f"{UNSUPPORTED}: {MANIFEST} is not at the root of the zip")
        root, complaint = patiently(self.archive.read(MANIFEST))
        if root is None:
            raise ImportAborted(f"{UNSUPPORTED}: {MANIFEST} cannot be read: {complaint}")
        if complaint:
            self.issues.append(f"{MANIFEST}: it is damaged, and read as far as it goes: {complaint}")
        self.root = root
        self.listed = listed(root)
        self.version = raw(find(root, "metadata", "schemaversion"))
        self.flavour = self._detected()
        self._resources()

    def _limits(self) -> None:
        if len(self.archive.entries) > MOST_FILES:
            raise ImportAborted(f"the zip holds more than {MOST_FILES} files")
        if self.archive.unpacked > min(MOST_TIMES * self.archive.size, MOST_BYTES):
            raise ImportAborted(
                f"the package unpacks to {self.archive.unpacked} bytes, more than {MOST_TIMES} times its"
                f" {self.archive.size} or more than {MOST_BYTES}"
            )

    def _unpacked(self) -> Iterator[str]:
        """Yield the files that are unpacked."""
        self.issues += [f"the zip holds {name} twice" for name in self.archive.twice()]
        links = {entry.filename for entry in self.archive.entries if is_symlink(entry)}
        for name in self.archive.names:
            parts = name.split("/")
            if ".." in parts or name.startswith("/"):
                self.issues.append(f"{name}: its path leads out of the package, and it is skipped")
            elif name in links:
                self.issues.append(f"{name}: it is a symbolic link, and is skipped")
            elif any(len(part.encode()) > 255 for part in parts):
                self.issues.append(f"{name}: its name is too long, and it is skipped")
            else:
                yield name

    def _detected(self) -> str:
        """Return what Canvas takes the package for."""
        if re.search(r"IMS( Thin)? Common Cartridge", raw(find(self.root, "metadata", "schema"))):
            return self._cartridge()
        spaces = {space for element in self.root.iter("{*}*") for space in element.nsmap.values()}
        if any("adlcp" in (space or "") for space in spaces):
            raise ImportAborted(f"{UNSUPPORTED}: it is a SCORM package")
        if any(re.match("ims_?qti", resource.type or "") for resource in self.listed):
            self.issues.append(f"{MANIFEST}: the package is taken for one of QTI, and gives nothing but questions")
            return "qti"
        raise ImportAborted(f"{UNSUPPORTED}: its schema is no Common Cartridge's")

    def _cartridge(self) -> str:
        if any(resource.element.get("href") == FLAG for resource in self.listed):
            if self.version != "1.1.0":
                self.issues.append(f"{MANIFEST}: the Canvas flavour wants version 1.1.0, not '{self.version}'")
            return "canvas"
        for resource in self.listed:
            if FLAG in resource.files:
                self.issues.append(
                    f"{MANIFEST}: resource {resource.identifier} has {FLAG} as a file and not as its href,"
                    " and all settings and pages are lost"
                )
        if self.version not in VERSIONS:
            raise ImportAborted(f"{UNSUPPORTED}: the schemaversion is '{self.version}'")
        return "cc"

    def _resources(self) -> None:
        seen: set[str] = set()
        for resource in self.listed:
            who = f"{MANIFEST}: resource {resource.identifier}"
            if resource.type is None:
                raise ImportAborted(f"{who} has no type")
            if any(file.get("href") is None for file in find_all(resource.element, "file")):
                raise ImportAborted(f"{who} has a file without href")
            for path in dict.fromkeys((*resource.files, *filter(None, [resource.href]))):
                if path not in self.names:
                    self.issues.append(f"{who} names {path}, which is not in the package")
            self.identify(f"{MANIFEST}: resource", resource.identifier, seen)

    def identify(self, who: str, identifier: str, seen: set[str]) -> None:
        """Hold an identifier to what identifiers must be."""
        if identifier in seen:
            self.issues.append(f"{who} {identifier} has an identifier that is given twice")
        elif not is_id(identifier):
            self.issues.append(f"{who} '{identifier}' has an identifier that is no NCName")
        seen.add(identifier)

    def read(self, name: str) -> bytes | None:
        return self.archive.read(name) if name in self.names else None

    def xml(self, name: str) -> etree._Element | None:
        """Return a document's root, read with patience; None where there is nothing to read."""
        data = self.read(name)
        if data is None:
            return None
        root, complaint = patiently(data)
        if complaint:
            self.issues.append(f"{name}: it is damaged, and read as far as it goes: {complaint}")
        return root


class _Node:
    """An element of a settings file as Canvas reads it: the first descendant of a name, loose booleans."""

    def __init__(self, element: etree._Element, path: str, issues: list[str]) -> None:
        self.element, self.path, self.issues = element, path, issues
        self.identifier = element.get("identifier", "")
        name = f"{local(element)} {self.identifier}" if self.identifier else f"<{local(element)}>"
        self.who = f"{path}: {name}"

    def say(self, issue: str) -> None:
        self.issues.append(f"{self.who} {issue}")

    def _tag(self, name: str) -> str:
        space = self.element.nsmap.get(None)
        return f"{{{space}}}{name}" if space else name

    def first(self, name: str) -> etree._Element | None:
        """Return the first descendant of a name, be it the element's own or not."""
        found = next(self.element.iterdescendants(self._tag(name)), None)
        parent = found.getparent() if found is not None else None
        if parent is not None and parent is not self.element:
            self.say(f"takes the <{name}> of the <{local(parent)}> in it")
        return found

    def text(self, name: str) -> str:
        return raw(self.first(name)).strip()

    def flag(self, name: str) -> bool:
        text = self.text(name)
        if text not in ("", "true", "false"):
            self.say(f"has the <{name}> '{text}', which is neither true nor false and is read loosely")
        return _TRUE.search(text) is not None

    def number(self, name: str) -> float | None:
        return self.counted(name, self.text(name))

    def counted(self, name: str, text: str) -> float | None:
        if not text or _NUMBER.fullmatch(text):
            return float(text) if text else None
        self.say(f"has the <{name}> '{text}', which is no number")
        return None

    def time(self, name: str) -> str:
        text = self.text(name)
        if text and not _TIME.fullmatch(text):
            self.say(f"has the <{name}> '{text}', which is no time in UTC without offset")
        return text

    def one_of(self, name: str, allowed: Iterable[str]) -> str:
        text = self.text(name)
        if text and text not in allowed:
            self.say(f"has the <{name}> '{text}', which Canvas does not know")
        return text

    def title(self) -> str:
        text = self.text("title")
        if not text:
            self.say("has no title")
        return text

    def all(self, *path: str) -> list[_Node]:
        """Return what stands at a path below."""
        found = self.element.findall("/".join(map(self._tag, path)))
        return [_Node(element, self.path, self.issues) for element in found]

    def child(self, name: str) -> _Node | None:
        return next(iter(self.all(name)), None)


class _Bodies:
    """Reads the HTML of pages and of what else has a body."""

    def __init__(self, issues: list[str]) -> None:
        self.issues = issues

    def of_file(self, path: str, data: bytes) -> tuple[etree._Element, str, tuple[str, ...]]:
        """Return a page's root, the HTML of its body, and what the sanitiser will take out of it."""
        root = page(data)
        if not data.isascii() and not has_charset(root):
            self.issues.append(f"{path}: it says no charset, and its letters may come out wrong")
        for attribute in map(str, body(root).keys()):
            self.issues.append(f"{path}: its <body> has the attribute {attribute}, which leaks into the content")
        content, lost = self.of_text(path, body(root))
        return root, content, lost

    def of_text(self, path: str, content: etree._Element | str) -> tuple[str, tuple[str, ...]]:
        """Return the HTML of a body, and what the sanitiser will take out of it."""
        whole = content if isinstance(content, str) else inner(content)
        lost = tuple(stripped(body(page(content)) if isinstance(content, str) else content))
        self.issues += [f"{path}: the sanitiser takes out {what}" for what in lost]
        return whole, lost


def _state(published: bool) -> str:
    return "active" if published else "unpublished"


# --- the Canvas flavour ---

_Linked = TypeVar("_Linked", Page, Assignment, Discussion, Quiz)


@dataclass
class _Found:
    """The content of a course by identifier, while it is read."""

    pages: dict[str, Page] = field(default_factory=dict)
    assignments: dict[str, Assignment] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    rubrics: dict[str, Rubric] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    discussions: dict[str, Discussion] = field(default_factory=dict)
    quizzes: dict[str, Quiz] = field(default_factory=dict)
    tools: dict[str, Tool] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)

    def of_kind(self, content_type: str) -> Mapping[str, Content]:
        """Return what an item of a type can refer to."""
        kinds: dict[str, Mapping[str, Content]] = {
            "WikiPage": self.pages,
            "Attachment": self.files,
            "Assignment": self.assignments,
            "DiscussionTopic": self.discussions,
            "Quizzes::Quiz": self.quizzes,
            "ContextExternalTool": self.tools,
        }
        return kinds.get(content_type, {})


class _Canvas:
    """A cartridge of the Canvas flavour while it is read."""

    def __init__(self, held: _Held) -> None:
        self.held, self.issues = held, held.issues
        self.bodies = _Bodies(self.issues)
        self.found = _Found()
        self.by_id = {resource.identifier: resource for resource in held.listed}

    def course(self) -> Course:
        """Everything is read in the order in which Canvas imports it."""
        settings = self._settings("course_settings.xml", "course")
        self._types()
        self._files()
        self._groups()
        self._outcomes()
        self._rubrics()
        self._assignments()
        self._discussions()
        self._quizzes()
        self._pages()
        self._tools()
        modules = self._settings("module_meta.xml", "modules")
        syllabus = self._links(modules)
        found = tuple(self._modules(modules))
        web = tuple(_web_links(found))
        self._web(web)
        self._unread()
        values = self._course(settings)
        return _course("canvas", self.held, self.found, found, web, values, syllabus)

    def _settings(self, name: str, root_name: str, folder: str = SETTINGS) -> _Node | None:
        """Return the root of a settings file; None where Canvas finds nothing to read."""
        path = f"{folder}{name}"
        data = self.held.read(path)
        if data is not None and len(data) > MOST_SETTINGS:
            self.issues.append(f"{path}: it is larger than 25 MB, and is skipped")
            return None
        root = self.held.xml(path)
        if root is None:
            return None
        if local(root) != root_name or namespace(root) != SPACE or root.prefix is not None:
            self.issues.append(f"{path}: its root is not <{root_name}> with Canvas's namespace as the default one")
        if local(root) != root_name:
            return None
        return _Node(root, path, self.issues)

    def _types(self) -> None:
        for resource in self.held.listed:
            type = resource.type or ""
            newer = re.search(r"imscc_xmlv1p[023]/|^ims(dt|wl)_xmlv1p[023]$", type)
            if newer or (resource.kind == "lti" and type != LTI):
                self.issues.append(
                    f"{MANIFEST}: resource {resource.identifier} has the type '{type}', which the Canvas flavour"
                    " does not read"
                )

    # --- files, groups, outcomes, rubrics ---

    def _files(self) -> None:
        meta = self._settings("files_meta.xml", "fileMeta")
        said = {node.identifier: node for node in (meta.all("files", "file") if meta else [])}
        folders = {node.element.get("path", ""): node for node in (meta.all("folders", "folder") if meta else [])}
        for resource in self.held.listed:
            if resource.kind == "webcontent" and resource.href.startswith(FILES) and resource.href in self.held.names:
                path = resource.href.removeprefix(FILES)
                nodes = [said.get(resource.identifier), folders.get(posixpath.dirname(path))]
                flags = {name: any(node.flag(name) for node in nodes if node) for name in ("hidden", "locked")}
                name = nodes[0].text("display_name") if nodes[0] else ""
                file = File(resource.identifier, path, name or posixpath.basename(path), **flags)
                self.found.files[file.identifier] = file
        for identifier, node in said.items():
            if identifier not in self.found.files:
                node.say("is no file of the package")

    def _groups(self) -> None:
        root = self._settings("assignment_groups.xml", "assignmentGroups")
        for node in root.all("assignmentGroup") if root else []:
            self._identified(node, self.found.groups)
            self.found.groups[node.identifier] = Group(node.identifier, node.title(), node.number("group_weight"))

    def _identified(self, node: _Node, known: Mapping[str, object]) -> None:
        self.held.identify(f"{node.path}: {local(node.element)}", node.identifier, set(known))

    def _outcomes(self) -> None:
        root = self._settings("learning_outcomes.xml", "learningOutcomes")
        if root:
            self._outcomes_in(root, ())

    def _outcomes_in(self, node: _Node, groups: tuple[str, ...]) -> None:
        for outcome in node.all("learningOutcome"):
            self._identified(outcome, self.found.outcomes)
            self.found.outcomes[outcome.identifier] = self._outcome(outcome, groups)
        for group in node.all("learningOutcomeGroup"):
            title = group.title()
            group.text("description")
            for below in group.all("learningOutcomes"):
                self._outcomes_in(below, (*groups, title))

    def _outcome(self, node: _Node, groups: tuple[str, ...]) -> Outcome:
        if node.all("alignments", "alignment"):
            node.say("has alignments, which are dropped as the assignments come after it")
        return Outcome(
            node.identifier,
            node.title(),
            node.text("description"),
            node.number("points_possible"),
            node.number("mastery_points"),
            node.text("calculation_method"),
            node.number("calculation_int"),
            self._ratings(node),
            groups,
        )

    def _ratings(self, node: _Node) -> tuple[Rating, ...]:
        return tuple(
            Rating(found.text("id"), found.text("description"), found.text("long_description"), found.number("points"))
            for found in node.all("ratings", "rating")
        )

    def _rubrics(self) -> None:
        root = self._settings("rubrics.xml", "rubrics")
        for node in root.all("rubric") if root else []:
            self._identified(node, self.found.rubrics)
            criteria = tuple(map(self._criterion, node.all("criteria", "criterion")))
            points = node.number("points_possible")
            total = sum(found.points or 0 for found in criteria if not found.ignored)
            if not criteria:
                node.say("has no criteria")
            if points is not None and points != total:
                node.say(f"is stored with {points:g} points, and its criteria make {total:g}")
            for name in ("read_only", "reusable", "public", "hide_score_total", "free_form_criterion_comments"):
                node.flag(name)
            rubric = Rubric(node.identifier, node.title(), node.text("description"), points, criteria)
            self.found.rubrics[rubric.identifier] = rubric

    def _criterion(self, node: _Node) -> Criterion:
        reference = node.text("learning_outcome_identifierref")
        if reference and reference not in self.found.outcomes:
            node.say(f"{node.text('criterion_id')} refers to the outcome {reference}, which is not there")
        return Criterion(
            node.text("criterion_id"),
            node.text("description"),
            node.text("long_description"),
            node.number("points"),
            node.number("mastery_points"),
            node.flag("ignore_for_scoring"),
            self._ratings(node),
            self.found.outcomes.get(reference),
        )

    # --- assignments ---

    def _assignments(self) -> None:
        for resource in self.held.listed:
            settings = next((path for path in resource.files if path.endswith("assignment_settings.xml")), "")
            if resource.type == LOR and settings:
                self._assignment(resource, settings)
            elif resource.type == ASSIGNMENT:
                self._extension(resource)

    def _assignment(self, resource: Listed, settings: str) -> None:
        path = next((path for path in resource.files if path.endswith("html")), "")
        if not path:
            raise ImportAborted(f"{MANIFEST}: resource {resource.identifier} is an assignment without an html file")
        node = self._settings(settings, "assignment", "")
        if node is None:
            return
        content, lost = "", tuple[str, ...]()
        data = self.held.read(path)
        if data is not None:
            _, content, lost = self.bodies.of_file(path, data)
        if not node.text("submission_types"):
            node.say("has no submission types")
        self._identified(node, self.found.assignments)
        found = replace(self._from_settings(node, node.identifier), body=content, path=path, stripped=lost)
        self.found.assignments[found.identifier] = found

    def _from_settings(self, node: _Node, identifier: str, plain: Assignment | None = None) -> Assignment:
        """Return what the settings say of an assignment, and what was plainly said of it where they are silent."""
        grading = node.one_of("grading_type", GRADING)
        points = node.number("points_possible")
        if points is not None and not grading:
            node.say("has points and no grading_type, and the points are ignored")
        for name in ("peer_reviews", "omit_from_final_grade", "has_group_category", "rubric_hide_score_total"):
            node.flag(name)
        state = node.one_of("workflow_state", ("published", "unpublished"))
        if not state:
            node.say("has no workflow_state")
        points = points if grading else None
        return Assignment(
            identifier,
            plain.title if plain else node.title(),
            "",
            _state(state != "unpublished"),
            self._group(node),
            plain.points if plain and points is None else points,
            grading,
            self._submissions(node) or (plain.submission_types if plain else ()),
            self._rubric(node),
            node.flag("rubric_use_for_grading"),
            {name: node.time(name) for name in ("due_at", "lock_at", "unlock_at")},
            node.path,
        )

    def _group(self, node: _Node) -> Group | None:
        reference = node.text("assignment_group_identifierref")
        if reference not in self.found.groups:
            node.say(f"is in the group '{reference}', which is not there: it goes to \"Imported Assignments\"")
        return self.found.groups.get(reference)

    def _submissions(self, node: _Node) -> tuple[str, ...]:
        found = tuple(part for part in node.text("submission_types").split(",") if part)
        for unknown in (part for part in found if part not in SUBMISSIONS):
            node.say(f"has the submission type '{unknown}', which Canvas does not know")
        return found

    def _nested(self, node: _Node) -> None:
        """Look at the assignment in a discussion or a quiz."""
        nested = node.child("assignment")
        if nested is not None and nested.text("assignment_group_identifierref"):
            self._group(nested)

    def _rubric(self, node: _Node) -> Rubric | None:
        reference = node.text("rubric_identifierref")
        if reference and reference not in self.found.rubrics:
            node.say(f"refers to the rubric {reference}, which is not there")
        return self.found.rubrics.get(reference)

    def _extension(self, resource: Listed) -> None:
        """Read an assignment of version 1.3."""
        path = resource.href or next(iter(resource.files), "")
        root = self.held.xml(path)
        if root is None:
            return
        if not namespace(root).endswith("imscc_extensions/assignment"):
            self.issues.append(f"{path}: its namespace is none of an assignment, and it is not read")
            return
        if find(root, "text") is None:
            raise ImportAborted(f"{path}: the assignment of version 1.3 has no <text>")
        node = _Node(root, path, self.issues)
        if node.identifier and node.identifier != resource.identifier:
            node.say(f"has another identifier than its resource {resource.identifier}")
        own = find(root, "extensions", "assignment")
        identifier = node.identifier or resource.identifier
        plain = _plain_extension(node, identifier)
        if own is not None:
            plain = self._from_settings(_Node(own, path, self.issues), identifier, plain)
        given = [found.get("href", "") for found in find_all(root, "attachments", "attachment")]
        whole = _text(root) + "".join(f'<p><a href="{html.escape(href)}">{html.escape(href)}</a></p>' for href in given)
        content, lost = self.bodies.of_text(path, whole)
        self.held.identify(f"{path}: assignment", identifier, set(self.found.assignments))
        self.found.assignments[identifier] = replace(plain, body=content, path=path, stripped=lost)

    # --- discussions, quizzes, pages, tools ---

    def _discussions(self) -> None:
        for resource in self.held.listed:
            path = next(iter(resource.files), "")
            root = self.held.xml(path) if resource.type == TOPIC else None
            if root is not None:
                self._discussion(resource, path, root)

    def _discussion(self, resource: Listed, path: str, root: etree._Element) -> None:
        content, lost = self.bodies.of_text(path, _text(root))
        node = self._meta(resource, "topicMeta")
        if node is None:
            self.issues.append(f"{path}: its resource {resource.identifier} has no topicMeta as its first dependency")
            plain = Discussion(resource.identifier, words(find(root, "title")), content, "topic", "active", False, path)
            self.found.discussions[resource.identifier] = replace(plain, stripped=lost)
            return
        identifier = node.text("topic_id")
        self.held.identify(f"{node.path}: topic_id", identifier, set(self.found.discussions))
        for name in ("pinned", "require_initial_post"):
            node.flag(name)
        self._nested(node)
        self.found.discussions[identifier] = Discussion(
            identifier,
            node.title(),
            content,
            node.one_of("type", ("topic", "announcement")) or "topic",
            _state(node.one_of("workflow_state", ("active", "unpublished", "post_delayed")) != "unpublished"),
            node.child("assignment") is not None,
            path,
            lost,
        )

    def _meta(self, resource: Listed, name: str) -> _Node | None:
        """Return the settings in the first resource that another one depends on."""
        target = self.by_id.get(next(iter(resource.dependencies), ""))
        path = next(iter(target.files), "") if target is not None and target.type == LOR else ""
        return self._settings(path, name, "") if path else None

    def _quizzes(self) -> None:
        paths = [name for name in self.held.names if name.startswith(QUIZZES)]
        for path in paths:
            root = self.held.xml(path)
            assessment = find(root, "assessment")
            if assessment is not None:
                self._quiz(path, assessment)
        if not paths and any(resource.kind == "assessment" for resource in self.held.listed):
            self.issues.append(f"{MANIFEST}: there are quizzes and no {QUIZZES}, and none of them is read")

    def _quiz(self, path: str, assessment: etree._Element) -> None:
        identifier = assessment.get("ident", "")
        if identifier != posixpath.basename(path).removesuffix(".qti").removesuffix(".xml"):
            self.issues.append(f"{path}: the assessment is named {identifier}, unlike its file")
        node = self._settings("assessment_meta.xml", "quiz", f"{identifier}/")
        if node is None:
            self.issues.append(f"{path}: there is no {identifier}/assessment_meta.xml")
        questions = tuple(self._questions(path, assessment))
        self.held.identify(f"{path}: quiz", identifier, set(self.found.quizzes))
        title = node.title() if node else assessment.get("title", "")
        kind = node.one_of("quiz_type", ("assignment", "practice_quiz", "survey", "graded_survey")) if node else ""
        content, lost = self.bodies.of_text(node.path, node.text("description")) if node else ("", ())
        if node and kind in ("assignment", "graded_survey") and node.child("assignment") is None:
            node.say("is graded and has no <assignment>, and gets no assignment")
        if node:
            self._nested(node)
        self.found.quizzes[identifier] = Quiz(
            identifier,
            title,
            content,
            kind,
            _state(node is not None and node.flag("available")),
            node.number("points_possible") if node else None,
            questions,
            path,
            lost,
        )

    def _questions(self, path: str, assessment: etree._Element) -> Iterator[str]:
        for item in assessment.iterdescendants("{*}item"):
            fields = {
                words(find(found, "fieldlabel")): words(find(found, "fieldentry"))
                for found in item.iterdescendants("{*}qtimetadatafield")
            }
            kind = fields.get("question_type", "")
            if kind in QUESTIONS:
                yield kind
            else:
                self.issues.append(f"{path}: the question {item.get('ident', '')} has the type '{kind}', and is lost")

    def _pages(self) -> None:
        slugs: set[str] = set()
        fronts = []
        for path in self.held.names:
            if path.startswith(WIKI):
                found = self._page(path)
                slug = posixpath.splitext(posixpath.basename(path))[0]
                if slug in slugs:
                    self.issues.append(f"{path}: another page has the same name, and one of them gets another")
                slugs.add(slug)
                fronts += [path] if found and found.front else []
        for path in fronts[1:]:
            self.issues.append(f"{path}: it is a second front page")

    def _page(self, path: str) -> Page | None:
        root, content, lost = self.bodies.of_file(path, self.held.archive.read(path))
        meta = _Head(root, path, self.issues)
        identifier = meta.text("identifier")
        if not identifier:
            self.issues.append(f"{path}: it has no identifier in its head, and is not saved")
            return None
        self.held.identify(f"{path}: page", identifier, set(self.found.pages))
        title = words(root.find(".//title"))
        if not title or len(title) > 255:
            self.issues.append(f"{path}: its title has {len(title)} characters, not 1 to 255")
        slug = posixpath.splitext(posixpath.basename(path))[0]
        state = meta.state()
        found = Page(identifier, slug, title, content, meta.flag("front_page"), state, path, lost)
        self.found.pages[identifier] = found
        return found

    def _tools(self) -> None:
        for resource in self.held.listed:
            path = next(iter(resource.files), "")
            root = self.held.xml(path) if resource.type == LTI else None
            if root is not None:
                self.found.tools[resource.identifier] = _tool(resource, root)

    # --- links ---

    def _links(self, modules: _Node | None) -> str:
        """Follow every link, once all that it can lead to is known, and return the syllabus."""
        targets = _Targets(self.found, modules)
        self._follow(self.found.pages, targets)
        self._follow(self.found.assignments, targets)
        self._follow(self.found.discussions, targets)
        self._follow(self.found.quizzes, targets)
        path = f"{SETTINGS}syllabus.html"
        data = self.held.read(path)
        if data is None:
            return ""
        _, content, _ = self.bodies.of_file(path, data)
        self._broken(path, content, targets)
        return content

    def _follow(self, contents: dict[str, _Linked], targets: _Targets) -> None:
        for identifier, content in contents.items():
            broken = self._broken(content.path, content.body, targets)
            contents[identifier] = replace(content, broken=broken)

    def _broken(self, path: str, content: str, targets: _Targets) -> tuple[str, ...]:
        root = body(page(content))
        names = anchors(root)
        found = dict.fromkeys((link.address, targets.fault(link.address, names)) for link in links(root))
        faults = [(address, fault) for address, fault in found if fault]
        self.issues += [f"{path}: the link {address} {fault}" for address, fault in faults]
        return tuple(address for address, _ in faults)

    # --- modules ---

    def _modules(self, root: _Node | None) -> Iterator[Module]:
        if root is None:
            if find(self.held.root, "organizations", "organization", "item", "item") is not None:
                self.issues.append(f"{MANIFEST}: there is no {SETTINGS}module_meta.xml, and so no module")
            return
        yield from _Modules(self.held, self.found, root).all()

    def _web(self, web: tuple[WebLink, ...]) -> None:
        """Say which web links of the manifest no item of a module gives."""
        known = {link.url for link in web}
        for resource in self.held.listed:
            path = next(iter(resource.files), "")
            root = self.held.xml(path) if resource.kind == "weblink" else None
            url = find(root, "url")
            if url is not None and url.get("href") not in known:
                self.issues.append(f"{path}: no module has its address {url.get('href')}, and it is lost")

    def _unread(self) -> None:
        """Say which files Canvas never looks at."""
        read = {MANIFEST}
        stand_ins = {variant for resource in self.held.listed for variant in resource.variants}
        for resource in self.held.listed:
            if resource.kind != "webcontent" or resource.variants or resource.identifier in stand_ins:
                read |= set(resource.files)
            elif resource.href.startswith(FILES):
                read.add(resource.href)
        for name in self.held.names:
            if name not in read and not name.startswith((SETTINGS, WIKI, QUIZZES)):
                self.issues.append(f"{name}: Canvas does not read it")

    def _course(self, node: _Node | None) -> dict[str, str]:
        """Return the settings of the course."""
        if node is None:
            return {}
        values = {local(child): raw(child).strip() for child in node.element if local(child)}
        node.title()
        view = node.one_of("default_view", VIEWS)
        front = [found for found in self.found.pages.values() if found.front]
        if view == "wiki" and not any(found.state == "active" for found in front):
            node.say("opens with the front page, and no published page is it")
        if "is_public" in values:
            node.flag("is_public")
            node.say("sets is_public, which changes who sees the course")
        image = values.get("image_identifier_ref")
        if image and image not in self.found.files:
            node.say(f"has the image {image}, which is not there")
        for name in ("start_at", "conclude_at"):
            node.time(name)
        node.one_of("group_weighting_scheme", ("percent", "equal"))
        if values.get("tab_configuration") and not _is_json(values["tab_configuration"]):
            node.say("has a tab_configuration that is no JSON")
        return values


class _Modules:
    """The modules of a cartridge while they are read."""

    def __init__(self, held: _Held, found: _Found, root: _Node) -> None:
        self.held, self.found, self.root = held, found, root
        self.seen: set[str] = set()
        self.contents = {name for kind in _KINDS for name in found.of_kind(kind)}

    def all(self) -> list[Module]:
        done: list[Module] = []
        later = {node.identifier for node in self.root.all("module")}
        for node in self.root.all("module"):
            done.append(self._module(node, done, later))
        return done

    def _module(self, node: _Node, done: list[Module], known: set[str]) -> Module:
        self.held.identify(f"{node.path}: module", node.identifier, self.seen)
        title = node.title()
        state = node.one_of("workflow_state", ("active", "unpublished"))
        position = node.number("position")
        count = node.text("requirement_count")
        if count not in ("", "0", "1"):
            node.say(f"has the requirement_count '{count}', and only 1 has a meaning")
        if node.child("locked") is not None and node.flag("locked"):
            node.say("is locked, which is ignored")
        prerequisites = [self._prerequisite(node, found, done, known, position) for found in _prerequisites(node)]
        items = [item for item in map(self._item, node.all("items", "item")) if item is not None]
        positions = [found.number("position") for found in node.all("items", "item")]
        given = [found for found in positions if found is not None]
        if given != sorted(given):
            node.say("lists its items in another order than their positions, and the order of the file counts")
        return Module(
            node.identifier,
            title,
            _state(state != "unpublished"),
            position,
            node.flag("require_sequential_progress"),
            count,
            node.time("unlock_at"),
            tuple(found for found in prerequisites if found is not None),
            tuple(self._with_requirements(node, items)),
        )

    def _prerequisite(
        self, module: _Node, node: _Node, done: list[Module], known: set[str], position: float | None
    ) -> Module | None:
        reference = node.text("identifierref")
        if node.element.get("type") != "context_module":
            module.say(f"has a prerequisite of the type '{node.element.get('type')}', which is dropped")
            return None
        target = next((found for found in done if found.identifier == reference), None)
        if target is None:
            what = "does not come before it" if reference in known else "is no module"
            module.say(f"has the prerequisite {reference}, which {what} and is dropped")
            return None
        if position is not None and target.position is not None and target.position >= position:
            module.say(f"has the prerequisite {reference}, whose position is not smaller, and which is dropped")
            return None
        return target

    # --- items ---

    def _item(self, node: _Node) -> Item | None:
        kind = node.text("content_type")
        self.held.identify(f"{node.path}: item", node.identifier, self.seen)
        if kind in _BARE:
            return self._bare(node, kind)
        if kind not in _KINDS:
            node.say(f"has the content_type '{kind}', and is dropped")
            return None
        reference = node.text("identifierref")
        content = self.found.of_kind(kind).get(reference)
        if content is None and not (kind == "ContextExternalTool" and node.text("url")):
            node.say(f"refers to the {kind} '{reference}', which is not there, and is dropped")
            return None
        return self._made(node, kind, self._title(node, content), self._item_state(node, content), content)

    def _made(self, node: _Node, kind: str, title: str, state: str, content: Content | None) -> Item:
        return Item(
            node.identifier,
            kind,
            title,
            state,
            content,
            node.text("url"),
            int(node.number("indent") or 0),
            node.flag("new_tab"),
        )

    def _bare(self, node: _Node, kind: str) -> Item | None:
        state = node.text("workflow_state")
        if state != "active":
            node.say("has no workflow_state active, and stays unpublished")
        if kind == "ExternalUrl" and not node.text("url"):
            node.say("has no url, and is dropped")
            return None
        return self._made(node, kind, node.title(), _state(state == "active"), None)

    def _title(self, node: _Node, content: Content | None) -> str:
        """Return the title of an item: the content's own one wins where the content has one."""
        own = node.text("title")
        if not isinstance(content, Page | Assignment | Quiz | Discussion):
            if not own:
                node.say("has no title")
            return own
        if own.split() != content.title.split():
            node.say(f"has the title '{own}', and is shown as '{content.title}'")
        return content.title

    def _item_state(self, node: _Node, content: Content | None) -> str:
        """Return the state of an item: it follows the content's."""
        state = node.text("workflow_state")
        if not isinstance(content, Page | Assignment | Quiz | Discussion):
            return _state(state != "unpublished")
        if state and (state == "unpublished") != (content.state == "unpublished"):
            node.say(f"is {state}, and becomes {content.state} as its content is")
        return content.state

    def _with_requirements(self, module: _Node, items: list[Item]) -> Iterator[Item]:
        asked: dict[str, list[Requirement]] = {}
        by_id = {item.identifier: item for item in items}
        for node in module.all("completionRequirements", "completionRequirement"):
            reference = node.text("identifierref")
            requirement = self._requirement(module, node, reference, by_id.get(reference))
            if requirement is not None:
                asked.setdefault(reference, []).append(requirement)
        for item in items:
            yield replace(item, requirements=tuple(asked.get(item.identifier, ())))

    def _requirement(self, module: _Node, node: _Node, reference: str, item: Item | None) -> Requirement | None:
        kind = node.element.get("type", "")
        score = node.number("min_score")
        if item is None:
            what = "content and not an item of it" if reference in self.contents else "no item of it"
            module.say(f"has the requirement {kind} of '{reference}', which is {what}, and it is dropped")
        elif kind not in REQUIREMENTS:
            module.say(f"has the requirement {kind} of {reference}, which Canvas does not know")
        elif kind in ("must_submit", "min_score", "min_percentage") and not _scoreable(item):
            module.say(f"has the requirement {kind} of {reference}, which has no score, and it is dropped")
        else:
            self._doubts(module, node, kind, score)
            return Requirement(kind, score)
        return None

    def _doubts(self, module: _Node, node: _Node, kind: str, score: float | None) -> None:
        reference = node.text("identifierref")
        if kind == "min_score" and score is None:
            module.say(f"has the requirement min_score of {reference} without a score")
        if kind == "min_percentage":
            module.say(f"has the requirement min_percentage of {reference}, which only a newer Canvas knows")


_KINDS = ("WikiPage", "Attachment", "Assignment", "DiscussionTopic", "Quizzes::Quiz", "ContextExternalTool")
_BARE = ("ContextModuleSubHeader", "ExternalUrl")


def _prerequisites(node: _Node) -> list[_Node]:
    return node.all("prerequisites", "prerequisite")


def _scoreable(item: Item) -> bool:
    graded = isinstance(item.content, Discussion) and item.content.graded
    return graded or isinstance(item.content, Assignment | Quiz)


class _Head:
    """The head of a page, where its settings stand as `<meta name content>`."""

    def __init__(self, root: etree._Element, path: str, issues: list[str]) -> None:
        self.path, self.issues = path, issues
        self.values = {
            meta.get("name", ""): meta.get("content", "").strip() for meta in reversed(list(root.iter("meta")))
        }
        for name in ("todo_date", "publish_at", "unlock_at", "lock_at"):
            if self.text(name) and not _TIME.fullmatch(self.text(name)):
                issues.append(f"{path}: its {name} '{self.text(name)}' is no time in UTC without offset")

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        text = self.text(name)
        if text not in ("", "true", "false"):
            self.issues.append(f"{self.path}: its {name} '{text}' is neither true nor false and is read loosely")
        return _TRUE.search(text) is not None

    def state(self) -> str:
        text = self.text("workflow_state")
        if text not in ("active", "unpublished"):
            self.issues.append(f"{self.path}: its workflow_state '{text}' is neither active nor unpublished")
        return _state(text != "unpublished")


class _Targets:
    """All that the links of a course can lead to."""

    def __init__(self, found: _Found, modules: _Node | None) -> None:
        nodes = modules.all("module") if modules else []
        self.files = {file.path for file in found.files.values()}
        self.slugs = {found.slug for found in found.pages.values()}
        self.items = {item.identifier for node in nodes for item in node.all("items", "item")}
        self.objects: dict[str, set[str]] = {
            "assignments": set(found.assignments),
            "quizzes": set(found.quizzes),
            "discussion_topics": set(found.discussions),
            "attachments": set(found.files),
            "modules": {node.identifier for node in nodes},
        }

    def fault(self, address: str, names: set[str]) -> str:
        """Return what is wrong with a link in a body with these names in it; nothing if it leads somewhere."""
        if address.startswith("#"):
            return "" if unquote(address[1:]) in names | {""} else "leads to no element of the page"
        token = re.match(r"\$([\w.\-]+)\$/?(.*)", unquote(address) if address.startswith("%24") else address)
        if token is None:
            out = re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:|//", address)
            return "" if out else "is no token, and leads nowhere in Canvas"
        known: Mapping[str, Callable[[str], bool]] = {
            "IMS-CC-FILEBASE": lambda rest: decoded(rest) in self.files,
            "WIKI_REFERENCE": self._page,
            "CANVAS_OBJECT_REFERENCE": self._object,
            "CANVAS_COURSE_REFERENCE": self._place,
        }
        if token[1] not in known:
            return f"has the token {token[1]}, which Canvas does not know"
        if re.search(r"\s", token[2]):
            return "has spaces, which are not encoded"
        return "" if known[token[1]](token[2]) else "leads to nothing in the package"

    def _page(self, rest: str) -> bool:
        kind, _, slug = decoded(rest).partition("/")
        return kind == "pages" and slug in self.slugs

    def _object(self, rest: str) -> bool:
        kind, _, identifier = decoded(rest).partition("/")
        return identifier in self.objects.get(kind, ())

    def _place(self, rest: str) -> bool:
        place = decoded(rest)
        return place == "modules" or place.removeprefix("modules/items/") in self.items


# --- any other cartridge ---


class _Generic:
    """A cartridge without the Canvas flavour while it is read."""

    def __init__(self, held: _Held) -> None:
        self.held, self.issues = held, held.issues
        self.bodies = _Bodies(self.issues)
        self.found = _Found()
        self.contents: dict[str, Content | WebLink] = {}

    def course(self) -> Course:
        if self.held.flavour == "qti":
            return _course("qti", self.held, self.found, (), (), {}, "")
        for resource in self.held.listed:
            content = self._content(resource)
            if content is not None:
                self.contents[resource.identifier] = content
        modules = tuple(self._modules())
        values = {"title": words(find(self.held.root, "metadata", "lom", "general", "title"))}
        return _course("cc", self.held, self.found, modules, tuple(_web_links(modules)), values, "")

    def _content(self, resource: Listed) -> Content | WebLink | None:
        hidden = "Instructor" in resource.roles
        path = resource.href or next(iter(resource.files), "")
        if path not in self.held.names:
            return None
        if resource.kind in ("webcontent", "associated"):
            return self._file(resource, path, hidden)
        root = self.held.xml(path)
        if root is None:
            return None
        return self._read(resource, path, root, _state(not hidden))

    def _file(self, resource: Listed, path: str, hidden: bool) -> Content:
        if is_html(path) and resource.use == "assignment":
            root, content, lost = self.bodies.of_file(path, self.held.archive.read(path))
            title = words(root.find(".//title"))
            found = _assignment(resource.identifier, title, content, path, lost, _state(not hidden))
            self.found.assignments[resource.identifier] = found
            return found
        file = File(resource.identifier, path, posixpath.basename(path), hidden, hidden)
        self.found.files[resource.identifier] = file
        return file

    def _read(self, resource: Listed, path: str, root: etree._Element, state: str) -> Content | WebLink | None:
        title = words(find(root, "title"))
        id = resource.identifier
        if resource.kind == "weblink":
            url = find(root, "url")
            return WebLink(title, url.get("href", "") if url is not None else "", state)
        if resource.kind == "lti":
            self.found.tools[id] = _tool(resource, root)
            return self.found.tools[id]
        if resource.kind == "topic":
            content, lost = self.bodies.of_text(path, _text(root))
            self.found.discussions[id] = Discussion(id, title, content, "topic", state, False, path, lost)
            return self.found.discussions[id]
        if resource.kind == "assignment":
            content, lost = self.bodies.of_text(path, _text(root))
            plain = _plain_extension(_Node(root, path, self.issues), id)
            self.found.assignments[id] = replace(plain, body=content, stripped=lost, state=state)
            return self.found.assignments[id]
        if resource.kind == "assessment":
            return self._quiz(id, path, root, state)
        return None

    def _quiz(self, id: str, path: str, root: etree._Element, state: str) -> Content:
        found = find(root, "assessment")
        kinds = tuple(
            words(find(entry, "fieldentry"))
            for entry in root.iterdescendants("{*}qtimetadatafield")
            if words(find(entry, "fieldlabel")) == "cc_profile" and entry.getparent() is not None
        )
        title = found.get("title", "") if found is not None else ""
        self.found.quizzes[id] = Quiz(id, title, "", "", state, None, kinds, path)
        return self.found.quizzes[id]

    def _modules(self) -> Iterator[Module]:
        loose = []
        for item in find_all(self.held.root, "organizations", "organization", "item", "item"):
            if item.get("identifierref") is not None and find(item, "item") is None:
                loose += list(self._items(item, 0))
            else:
                below = [made for child in find_all(item, "item") for made in self._items(child, 0)]
                yield _module(item.get("identifier", ""), words(find(item, "title")), below)
        if loose:
            yield _module("", "Misc Module", loose)

    def _items(self, element: etree._Element, depth: int) -> Iterator[Item]:
        """Yield what an item becomes: a heading with what is below it, or what it refers to."""
        identifier, title = element.get("identifier", ""), words(find(element, "title"))
        reference = element.get("identifierref")
        below = find_all(element, "item")
        if reference is None or below:
            yield Item(identifier, "ContextModuleSubHeader", title, "active", None, "", depth, False)
        if reference is not None:
            yield from self._leaf(identifier, title, reference, depth)
        for child in below:
            yield from self._items(child, depth + 1)

    def _leaf(self, identifier: str, title: str, reference: str, depth: int) -> Iterator[Item]:
        content = self.contents.get(reference)
        if content is None:
            self.issues.append(f"{MANIFEST}: item {identifier} refers to {reference}, which gives nothing: it is lost")
        elif isinstance(content, WebLink):
            yield Item(identifier, "ExternalUrl", title, content.state, None, content.url, depth, False)
        else:
            kind, state = _shown(content)
            yield Item(identifier, kind, title, state, content, "", depth, False)


def _shown(content: Content) -> tuple[str, str]:
    """Return the type of the item that some content becomes, and its state."""
    if isinstance(content, File):
        return "Attachment", _state(not content.locked)
    if isinstance(content, Tool):
        return "ContextExternalTool", "active"
    kinds = {Assignment: "Assignment", Discussion: "DiscussionTopic", Quiz: "Quizzes::Quiz", Page: "WikiPage"}
    return kinds[type(content)], content.state


def _module(identifier: str, title: str, items: list[Item]) -> Module:
    return Module(identifier, title, "active", None, False, "", "", (), tuple(items))


# --- what both ways have in common ---


def _course(
    flavour: str,
    held: _Held,
    found: _Found,
    modules: tuple[Module, ...],
    web: tuple[WebLink, ...],
    values: Mapping[str, str],
    syllabus: str,
) -> Course:
    return Course(
        flavour,
        held.version,
        values.get("title", ""),
        values.get("course_code", ""),
        values,
        modules,
        tuple(found.pages.values()),
        tuple(found.assignments.values()),
        tuple(found.groups.values()),
        tuple(found.rubrics.values()),
        tuple(found.outcomes.values()),
        tuple(found.discussions.values()),
        tuple(found.quizzes.values()),
        tuple(found.tools.values()),
        web,
        tuple(found.files.values()),
        syllabus,
        held.issues,
    )


def _web_links(modules: Iterable[Module]) -> Iterator[WebLink]:
    for module in modules:
        yield from (WebLink(item.title, item.url, item.state) for item in module.items if item.kind == "ExternalUrl")


def _text(root: etree._Element) -> str:
    """Return the HTML of a topic or an assignment; plain text is made HTML."""
    found = find(root, "text")
    if found is None:
        return ""
    return html.escape(raw(found)) if found.get("texttype") == "text/plain" else raw(found)


def _tool(resource: Listed, root: etree._Element) -> Tool:
    url = words(find(root, "secure_launch_url")) or words(find(root, "launch_url"))
    return Tool(resource.identifier, words(find(root, "title")), url)


def _assignment(identifier: str, title: str, content: str, path: str, lost: tuple[str, ...], state: str) -> Assignment:
    return Assignment(identifier, title, content, state, None, None, "", (), None, False, {}, path, lost)


def _plain_extension(node: _Node, identifier: str) -> Assignment:
    """Return what an assignment of version 1.3 says without the part for Canvas."""
    gradable = find(node.element, "gradable")
    points = gradable.get("points_possible", "") if gradable is not None else ""
    formats = [found.get("type", "") for found in find_all(node.element, "submission_formats", "format")]
    for unknown in (name for name in formats if name not in _FORMATS):
        node.say(f"has the format '{unknown}', which Canvas does not know")
    return replace(
        _assignment(identifier, words(find(node.element, "title")), "", node.path, (), "active"),
        points=node.counted("gradable", points),
        submission_types=tuple(dict.fromkeys(_FORMATS[name] for name in formats if name in _FORMATS)),
    )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
