"""A package as Canvas unpacks it: what it takes it for, and its habits in reading XML and HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from importers.canvas_course import (
    Assignment,
    Content,
    Course,
    Discussion,
    File,
    Group,
    Module,
    Outcome,
    Page,
    Quiz,
    Rubric,
    Tool,
    WebLink,
)
from importers.manifest import Listed, listed
from importers.package import (
    MANIFEST,
    Archive,
    ImportAborted,
    Package,
    body,
    children,
    find,
    find_all,
    has_charset,
    inner,
    is_id,
    is_symlink,
    local,
    page,
    patiently,
    raw,
    words,
)
from importers.sanitiser import stripped

SETTINGS = "course_settings/"
FLAG = f"{SETTINGS}canvas_export.txt"
VERSIONS = ("1.0.0", "1.1.0", "1.2.0", "1.3.0")
UNSUPPORTED = "Unsupported content package"
MOST_FILES, MOST_BYTES, MOST_TIMES, MOST_SETTINGS = 100_000, 50 * 2**30, 100, 25 * 2**20
TRUE = re.compile(r"true|t|yes|y|1", re.IGNORECASE)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_FORMATS = {"html": "online_text_entry", "text": "online_text_entry", "url": "online_url", "file": "online_upload"}


class Held:
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


class Node:
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
        tag = self._tag(name)
        found = next((element for element in self.element.iterdescendants() if element.tag == tag), None)
        parent = found.getparent() if found is not None else None
        if parent is not None and parent is not self.element:
            self.say(f"takes the <{name}> of the <{local(parent)}> in it")
        return found

    def text(self, name: str) -> str:
        found = self.first(name)
        if children(found):
            self.say(f"has elements in its <{name}>, and not escaped text")
        return raw(found).strip()

    def flag(self, name: str) -> bool:
        text = self.text(name)
        if text not in ("", "true", "false"):
            self.say(f"has the <{name}> '{text}', which is neither true nor false and is read loosely")
        return TRUE.search(text) is not None

    def number(self, name: str) -> float | None:
        return self.counted(name, self.text(name))

    def counted(self, name: str, text: str) -> float | None:
        if not text or _NUMBER.fullmatch(text):
            return float(text) if text else None
        self.say(f"has the <{name}> '{text}', which is no number")
        return None

    def time(self, name: str) -> str:
        text = self.text(name)
        if text and not TIME.fullmatch(text):
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

    def all(self, *path: str) -> list[Node]:
        """Return what stands at a path below."""
        found = [self.element]
        for tag in map(self._tag, path):
            found = [child for element in found for child in element if child.tag == tag]
        return [Node(element, self.path, self.issues) for element in found]

    def child(self, name: str) -> Node | None:
        return next(iter(self.all(name)), None)


class Bodies:
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


@dataclass
class Found:
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


def state_of(published: bool) -> str:
    return "active" if published else "unpublished"


def course_of(
    flavour: str,
    held: Held,
    found: Found,
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


def web_links(modules: Iterable[Module]) -> Iterator[WebLink]:
    for module in modules:
        yield from (WebLink(item.title, item.url, item.state) for item in module.items if item.kind == "ExternalUrl")


def text_of(root: etree._Element) -> str:
    """Return the HTML of a topic or an assignment; plain text is made HTML."""
    found = find(root, "text")
    if found is None:
        return ""
    return html.escape(raw(found)) if found.get("texttype") == "text/plain" else raw(found)


def tool_of(resource: Listed, root: etree._Element) -> Tool:
    url = words(find(root, "secure_launch_url")) or words(find(root, "launch_url"))
    return Tool(resource.identifier, words(find(root, "title")), url)


def assignment_of(
    identifier: str, title: str, content: str, path: str, lost: tuple[str, ...], state: str
) -> Assignment:
    return Assignment(identifier, title, content, state, None, None, "", (), None, False, {}, path, lost)


def plain_assignment(node: Node, identifier: str) -> Assignment:
    """Return what an assignment of version 1.3 says without the part for Canvas."""
    gradable = find(node.element, "gradable")
    points = gradable.get("points_possible", "") if gradable is not None else ""
    formats = [found.get("type", "") for found in find_all(node.element, "submission_formats", "format")]
    for unknown in (name for name in formats if name not in _FORMATS):
        node.say(f"has the format '{unknown}', which Canvas does not know")
    return replace(
        assignment_of(identifier, words(find(node.element, "title")), "", node.path, (), "active"),
        points=node.counted("gradable", points),
        submission_types=tuple(dict.fromkeys(_FORMATS[name] for name in formats if name in _FORMATS)),
    )
