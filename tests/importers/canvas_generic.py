"""Plays Canvas importing a cartridge without its own files, by the organization and the resources."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from importers.canvas_course import (
    Assignment,
    Content,
    Course,
    Discussion,
    File,
    Item,
    Module,
    Page,
    Quiz,
    Tool,
    WebLink,
)
from importers.canvas_package import (
    Bodies,
    Found,
    Held,
    Node,
    assignment_of,
    course_of,
    plain_assignment,
    state_of,
    text_of,
    tool_of,
    web_links,
)
from importers.manifest import Listed
from importers.package import (
    MANIFEST,
    find,
    find_all,
    is_html,
    words,
)


class Generic:
    """A cartridge without the Canvas flavour while it is read."""

    def __init__(self, held: Held) -> None:
        self.held, self.issues = held, held.issues
        self.bodies = Bodies(self.issues)
        self.found = Found()
        self.contents: dict[str, Content | WebLink] = {}

    def course(self) -> Course:
        if self.held.flavour == "qti":
            return course_of("qti", self.held, self.found, (), (), {}, "")
        for resource in self.held.listed:
            content = self._content(resource)
            if content is not None:
                self.contents[resource.identifier] = content
        modules = tuple(self._modules())
        values = {"title": words(find(self.held.root, "metadata", "lom", "general", "title"))}
        return course_of("cc", self.held, self.found, modules, tuple(web_links(modules)), values, "")

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
        return self._read(resource, path, root, state_of(not hidden))

    def _file(self, resource: Listed, path: str, hidden: bool) -> Content:
        if is_html(path) and resource.use == "assignment":
            root, content, lost = self.bodies.of_file(path, self.held.archive.read(path))
            title = words(root.find(".//title"))
            found = assignment_of(resource.identifier, title, content, path, lost, state_of(not hidden))
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
            self.found.tools[id] = tool_of(resource, root)
            return self.found.tools[id]
        if resource.kind == "topic":
            content, lost = self.bodies.of_text(path, text_of(root))
            self.found.discussions[id] = Discussion(id, title, content, "topic", state, False, path, lost)
            return self.found.discussions[id]
        if resource.kind == "assignment":
            content, lost = self.bodies.of_text(path, text_of(root))
            plain = plain_assignment(Node(root, path, self.issues), id)
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
        return "Attachment", state_of(not content.locked)
    if isinstance(content, Tool):
        return "ContextExternalTool", "active"
    kinds = {Assignment: "Assignment", Discussion: "DiscussionTopic", Quiz: "Quizzes::Quiz", Page: "WikiPage"}
    return kinds[type(content)], content.state


def _module(identifier: str, title: str, items: list[Item]) -> Module:
    return Module(identifier, title, "active", None, False, "", "", (), tuple(items))
