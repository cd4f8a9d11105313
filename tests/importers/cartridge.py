"""Plays a strict importer of Common Cartridges 1.0 to 1.3: takes nothing that the specification leaves out.

It has the rules of the schemas in words, the rules that the profiles carry as Schematron, and what every importer
needs: that a link leads to something in the package, and that a file is listed.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from lxml import etree

from importers.manifest import EDITIONS, Edition, Listed, listed, named, structural
from importers.package import (
    MANIFEST,
    Archive,
    ImportAborted,
    Link,
    Package,
    anchors,
    body,
    children,
    decoded,
    document,
    find,
    find_all,
    is_html,
    links,
    local,
    namespace,
    page,
    raw,
    words,
)

ASSIGNMENT = "http://www.imsglobal.org/xsd/imscc_extensions/assignment"
QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
BLTI = "http://www.imsglobal.org/xsd/imsbasiclti_v1p0"
_BASES = {"$IMS-CC-FILEBASE$": (0, 1, 2, 3), "$1EdTech-CC-FILEBASE$": (3,)}
_ROLES = ("Instructor", "Learner", "Mentor")
_LEARNING = {"topic", "weblink", "assessment", "bank", "lti"}
_NO_DEPENDENCY_ON = {
    "topic": _LEARNING,
    "assessment": _LEARNING,
    "bank": _LEARNING,
    "webcontent": _LEARNING | {"associated"},
    "associated": {"associated"},
    "lti": _LEARNING | {"webcontent"},
}
_MADE_OF_FILES = {"topic", "weblink", "assessment", "bank"}


@dataclass(frozen=True)
class WebLink:
    title: str
    url: str
    target: str


@dataclass(frozen=True)
class Topic:
    title: str
    text: str
    texttype: str
    attachments: tuple[str, ...]


@dataclass(frozen=True)
class Assignment:
    title: str
    text: str
    texttype: str
    instructor_text: str
    gradable: bool
    points: float | None
    formats: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]
    """The path of each, and the role that may see it."""


@dataclass(frozen=True)
class Tool:
    title: str
    url: str


@dataclass(frozen=True)
class Assessment:
    identifier: str
    title: str
    questions: tuple[str, ...]
    """The `cc_profile` of each question."""


Content = WebLink | Topic | Assignment | Tool | Assessment


@dataclass(frozen=True)
class Resource:
    """A resource; `kind` is webcontent, associated, topic, weblink, assessment, bank, lti, assignment or other."""

    identifier: str
    type: str
    kind: str
    href: str
    files: tuple[str, ...]
    dependencies: tuple[str, ...]
    use: str
    roles: tuple[str, ...]
    variants: tuple[str, ...]
    """The resources that this one names as its variants."""
    body: bytes | None
    """What stands in the file of its href, or in its first file if it has no href."""
    content: Content | None
    """What its XML says, for the kinds that are XML."""

    @property
    def instructors_only(self) -> bool:
        return "Instructor" in self.roles and "Learner" not in self.roles


@dataclass(frozen=True)
class Item:
    """A folder, or a leaf with its resource; a leaf whose resource is missing has none."""

    identifier: str
    title: str
    resource: Resource | None
    children: tuple[Item, ...]

    @property
    def kind(self) -> str:
        return self.resource.kind if self.resource else "folder"


@dataclass(frozen=True)
class Standard:
    provider: str
    region: str
    version: str
    label: str
    guid: str


@dataclass(frozen=True)
class Cartridge:
    """What a package brings; `issues` says in a sentence each what a strict importer would stumble over."""

    version: str
    identifier: str
    title: str
    description: str
    keywords: tuple[str, ...]
    language: str
    standards: tuple[Standard, ...]
    items: tuple[Item, ...]
    resources: Mapping[str, Resource]
    instructors_only: tuple[str, ...]
    variants: tuple[tuple[str, str], ...]
    """Each resource that names a variant, and the variant."""
    files: tuple[str, ...]
    issues: list[str]

    def fallback(self, identifier: str) -> Resource | None:
        """Return the web content that stands in for a resource, whichever of the two names the other."""
        pairs = {*self.variants, *((variant, named) for named, variant in self.variants)}
        found = [self.resources[other] for one, other in pairs if one == identifier]
        return next((other for other in found if other.kind == "webcontent"), None)

    def walk(self) -> Iterator[Item]:
        """Yield every item below the untitled one, in order."""
        yield from _walk(self.items)


def _walk(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _walk(item.children)


def imported(package: Package) -> Cartridge:
    """Return what a strict importer takes. Raises ImportAborted for what it cannot know as a cartridge."""
    archive = Archive(package)
    if MANIFEST not in archive.names:
        raise ImportAborted(f"{MANIFEST} is not at the root of the zip")
    try:
        root = document(archive.read(MANIFEST))
    except etree.XMLSyntaxError as error:
        raise ImportAborted(f"{MANIFEST} is not well-formed: line {error.lineno}: {error.msg}") from error
    edition = EDITIONS.get(namespace(root))
    if edition is None or local(root) != "manifest":
        raise ImportAborted(f"{MANIFEST} is no cartridge of a known version: its root is {root.tag}")
    return _Importer(archive, root, edition).cartridge()


class _Importer:
    """One cartridge while it is read, and what was found wrong."""

    def __init__(self, archive: Archive, root: etree._Element, edition: Edition) -> None:
        self.archive, self.root, self.edition = archive, root, edition
        self.issues = [f"{MANIFEST}: {fault}" for fault in structural(root, edition)]
        self.listed = listed(root)
        self.known = {resource.identifier: resource for resource in self.listed}
        self.reader = _Reader(archive, edition, self.issues)

    def cartridge(self) -> Cartridge:
        self._zip()
        for resource in self.listed:
            self._files(resource)
            self._dependencies(resource)
            self._roles(resource)
        self._undeclared()
        resources = {resource.identifier: self._resource(resource) for resource in self.listed}
        variants = [(one.identifier, other) for one in self.listed for other in self._variants(one)]
        general = find(self.root, "metadata", "lom", "general")
        return Cartridge(
            self.edition.version,
            self.root.get("identifier", ""),
            self._said(general, "title"),
            self._said(general, "description"),
            tuple(words(found) for found in find_all(general, "keyword", "string")),
            words(find(general, "language")),
            tuple(self._standards()),
            tuple(self._items(resources)),
            resources,
            tuple(found.identifier for found in resources.values() if found.instructors_only),
            tuple(variants),
            self.archive.names,
            self.issues,
        )

    def say(self, issue: str) -> None:
        self.issues.append(f"{MANIFEST}: {issue}")

    def _zip(self) -> None:
        for name in self.archive.twice():
            self.issues.append(f"the zip holds {name} twice")
        for name in self.archive.names:
            if "\\" in name or name.startswith("/") or ".." in name.split("/"):
                self.issues.append(f"the zip holds {name}, which is no safe path")
            elif posixpath.normpath(name) != name:
                self.issues.append(f"the zip holds {name}, which is no plain path")

    # --- resources ---

    def _files(self, resource: Listed) -> None:
        who = f"resource {resource.identifier}"
        for path, times in Counter(resource.files).items():
            if times > 1:
                self.say(f"{who} lists {path} {times} times")
            if path not in self.archive.names:
                self.say(f"{who} lists {path}, which is not in the package")
        for element in (resource.element, *find_all(resource.element, "file")):
            if re.search(r"[\s\\?#]|^/|^\w+:", element.get("href", "")):
                self.say(f"{who} has the href '{element.get('href')}', which is no relative path")
        if resource.kind in _MADE_OF_FILES:
            self._made_of_files(resource, who)
        elif resource.href and resource.href not in resource.files:
            self.say(f"{who} has the href {resource.href}, but no such file")

    def _made_of_files(self, resource: Listed, who: str) -> None:
        if resource.element.get("href") is not None:
            self.say(f"{who} has an href, which a {resource.kind} must not have")
        if not resource.files:
            self.say(f"{who} has no file")
        if len(resource.files) > 1 and (resource.kind != "bank" or self.edition.digit < 2):
            self.say(f"{who} has {len(resource.files)} files, not one")

    def _dependencies(self, resource: Listed) -> None:
        who = f"resource {resource.identifier}"
        for target, times in Counter(resource.dependencies).items():
            if times > 1:
                self.say(f"{who} depends on {target} {times} times")
            if target == resource.identifier:
                self.say(f"{who} depends on itself")
            elif target not in self.known:
                self.say(f"{who} depends on {target}, which is no resource")
            elif self.known[target].kind in _NO_DEPENDENCY_ON.get(resource.kind, ()):
                self.say(f"{who}, a {resource.kind}, depends on {target}, a {self.known[target].kind}")
        if resource.kind == "weblink" and resource.dependencies:
            self.say(f"{who} is a web link and has dependencies")

    def _roles(self, resource: Listed) -> None:
        for role in resource.roles:
            if role not in _ROLES:
                self.say(f"resource {resource.identifier} is for the role '{role}', which is none")

    def _variants(self, resource: Listed) -> Iterator[str]:
        """Yield the variants that a resource names, those that are there."""
        for target in resource.variants:
            if target == resource.identifier or target not in self.known:
                self.say(f"resource {resource.identifier} has the variant {target}, which is no other resource")
            else:
                yield target
        banned = resource.variants and self.edition.digit < 2
        if banned:
            self.say(f"resource {resource.identifier} has variants, which version {self.edition.version} does not know")

    def _undeclared(self) -> None:
        declared = {path for resource in self.listed for path in resource.files} | {MANIFEST}
        for name in self.archive.names:
            if name not in declared:
                self.issues.append(f"the zip holds {name}, which no resource lists")
        banks = [resource.identifier for resource in self.listed if resource.kind == "bank"]
        if len(banks) > 1 and self.edition.digit < 2:
            self.say(f"there are {len(banks)} question banks, and version {self.edition.version} allows one")

    def _resource(self, resource: Listed) -> Resource:
        path = resource.href or next(iter(resource.files), "")
        data = self.archive.read(path) if path in self.archive.names else None
        for file in dict.fromkeys(resource.files):
            if file in self.archive.names and resource.kind in ("webcontent", "associated"):
                self.reader.document(file)
        return Resource(
            resource.identifier,
            resource.type or "",
            resource.kind,
            resource.href,
            resource.files,
            resource.dependencies,
            resource.use,
            resource.roles,
            tuple(found for found in resource.variants if found in self.known),
            data,
            None if data is None else self.reader.content(resource.kind, path, data),
        )

    # --- metadata and tree ---

    def _said(self, general: etree._Element | None, name: str) -> str:
        found = find(general, name, "string")
        if name == "title" and not words(found):
            self.say("the metadata give no title")
        return words(found)

    def _standards(self) -> Iterator[Standard]:
        for found in self.root.iterfind("{*}metadata/{*}curriculumStandardsMetadataSet//{*}labelledGUID"):
            group = found.getparent()
            provider = group.getparent() if group is not None else None
            if group is not None and provider is not None:
                yield Standard(
                    provider.get("providerId", ""),
                    group.get("region", ""),
                    group.get("version", ""),
                    words(find(found, "label")),
                    words(find(found, "GUID")),
                )
            if not words(find(found, "GUID")):
                self.say("a curriculum standard has no GUID")

    def _items(self, resources: Mapping[str, Resource]) -> Iterator[Item]:
        for top in find_all(self.root, "organizations", "organization", "item"):
            yield from (self._item(child, resources) for child in find_all(top, "item"))

    def _item(self, element: etree._Element, resources: Mapping[str, Resource]) -> Item:
        reference = element.get("identifierref")
        resource = resources.get(reference or "")
        below = tuple(self._item(child, resources) for child in find_all(element, "item"))
        if reference is not None and resource is None:
            self.say(f"{named(element)} refers to {reference}, which is no resource")
        if reference is not None and below:
            self.say(f"{named(element)} refers to a resource and has items below it")
        if resource is not None:
            self._openable(element, resource)
        title = find(element, "title")
        if title is not None and not words(title):
            self.say(f"{named(element)} has an empty title")
        return Item(element.get("identifier", ""), words(title), resource, below)

    def _openable(self, element: etree._Element, resource: Resource) -> None:
        if resource.kind == "bank":
            self.say(f"{named(element)} refers to the question bank {resource.identifier}")
        if resource.kind in ("webcontent", "associated") and not resource.href:
            self.say(f"{named(element)} refers to {resource.identifier}, which has no href to open")


class _Reader:
    """Reads the documents of a cartridge, and follows their links."""

    def __init__(self, archive: Archive, edition: Edition, issues: list[str]) -> None:
        self.archive, self.edition, self.issues = archive, edition, issues

    def document(self, path: str) -> None:
        """Follow the links of a page or a style sheet."""
        if is_html(path):
            self._links(path, page(self.archive.read(path)))
        elif path.lower().endswith(".css"):
            text = self.archive.read(path).decode("utf-8", "replace")
            for address in re.findall(r"url\(\s*['\"]?([^'\")]+)", text):
                if not address.startswith("#"):
                    self._follow(path, Link("style", "url", address.strip()), set())

    def content(self, kind: str, path: str, data: bytes) -> Content | None:
        """Return what the XML of a resource says."""
        readers: dict[str, Callable[[str, etree._Element], Content]] = {
            "weblink": self._weblink,
            "topic": self._topic,
            "assignment": self._assignment,
            "lti": self._tool,
            "assessment": self._assessment,
        }
        if kind not in readers:
            return None
        try:
            root = document(data)
        except etree.XMLSyntaxError as error:
            self.issues.append(f"{path}: it is not well-formed: line {error.lineno}: {error.msg}")
            return None
        return readers[kind](path, root)

    def _expect(self, path: str, root: etree._Element, space: str, name: str) -> None:
        if (namespace(root), local(root)) != (space, name):
            self.issues.append(f"{path}: its root is {root.tag}, not {{{space}}}{name}")

    def _order(self, path: str, root: etree._Element, *names: str) -> None:
        """The children come in the order of the schema."""
        found = [names.index(local(child)) for child in children(root) if local(child) in names]
        if found != sorted(found):
            self.issues.append(f"{path}: its elements are not in the order {', '.join(names)}")

    def _needed(self, path: str, root: etree._Element, *names: str) -> None:
        for name in names:
            if find(root, name) is None:
                self.issues.append(f"{path}: it has no <{name}>")

    def _weblink(self, path: str, root: etree._Element) -> WebLink:
        self._expect(path, root, self.edition.weblink, "webLink")
        self._order(path, root, "title", "url")
        self._needed(path, root, "title", "url")
        url = find(root, "url")
        address = url.get("href", "") if url is not None else ""
        if url is not None and not _is_url(address):
            self.issues.append(f"{path}: its address '{address}' is no absolute URL")
        return WebLink(words(find(root, "title")), address, url.get("target", "") if url is not None else "")

    def _topic(self, path: str, root: etree._Element) -> Topic:
        self._expect(path, root, self.edition.topic, "topic")
        self._order(path, root, "title", "text", "attachments")
        self._needed(path, root, "title", "text")
        text, kind = self._text(path, root, "text")
        attachments = tuple(self._attachment(path, found) for found in find_all(root, "attachments", "attachment"))
        return Topic(words(find(root, "title")), text, kind, attachments)

    def _text(self, path: str, root: etree._Element, name: str) -> tuple[str, str]:
        """Return a text with its type, and follow its links if it is HTML."""
        found = find(root, name)
        if found is None:
            return "", ""
        kind = found.get("texttype", "")
        if kind not in ("text/plain", "text/html"):
            self.issues.append(f"{path}: its <{name}> has the texttype '{kind}'")
        if children(found):
            self.issues.append(f"{path}: its <{name}> holds elements, not text")
        if kind == "text/html":
            self._links(path, page(raw(found)))
        return raw(found), kind

    def _attachment(self, path: str, found: etree._Element) -> str:
        address = found.get("href", "")
        self._follow(path, Link("attachment", "href", address), set())
        return self._target(path, address)

    def _assignment(self, path: str, root: etree._Element) -> Assignment:
        self._expect(path, root, ASSIGNMENT, "assignment")
        self._needed(path, root, "title", "instructor_text")
        text, kind = self._text(path, root, "text")
        instructor, _ = self._text(path, root, "instructor_text")
        formats = find(root, "submission_formats")
        found = tuple(element.get("type", "") for element in find_all(formats, "format"))
        if (formats is not None and not found) or set(found) - {"text", "html", "url", "file"}:
            self.issues.append(f"{path}: its submission formats are '{', '.join(found)}'")
        gradable = find(root, "gradable")
        return Assignment(
            words(find(root, "title")),
            text,
            kind,
            instructor,
            words(gradable) in ("true", "1"),
            self._points(path, gradable),
            found,
            tuple(self._given(path, root)),
        )

    def _points(self, path: str, gradable: etree._Element | None) -> float | None:
        if gradable is None:
            return None
        if words(gradable) not in ("true", "false", "1", "0"):
            self.issues.append(f"{path}: its <gradable> is '{words(gradable)}', no boolean")
        try:
            return float(gradable.get("points_possible", "")) if gradable.get("points_possible") is not None else None
        except ValueError:
            self.issues.append(f"{path}: its points are '{gradable.get('points_possible')}', no number")
            return None

    def _given(self, path: str, root: etree._Element) -> Iterator[tuple[str, str]]:
        for found in find_all(root, "attachments", "attachment"):
            role = found.get("role", "")
            if role not in ("All", "Learner", "Manager", "Instructor"):
                self.issues.append(f"{path}: the attachment {found.get('href', '')} is for the role '{role}'")
            yield self._attachment(path, found), role

    def _tool(self, path: str, root: etree._Element) -> Tool:
        digit = 3 if self.edition.digit == 3 else 0
        self._expect(path, root, f"http://www.imsglobal.org/xsd/imslticc_v1p{digit}", "cartridge_basiclti_link")
        order = ("title", "description", "custom", "extensions", "launch_url", "secure_launch_url")
        self._order(path, root, *order, "icon", "secure_icon", "vendor")
        self._needed(path, root, "title", "vendor")
        url = words(find(root, "secure_launch_url")) or words(find(root, "launch_url"))
        if not _is_url(url):
            self.issues.append(f"{path}: its address '{url}' is no absolute URL")
        return Tool(words(find(root, "title")), url)

    def _assessment(self, path: str, root: etree._Element) -> Assessment:
        self._expect(path, root, QTI, "questestinterop")
        self._needed(path, root, "assessment")
        found = find(root, "assessment")
        profiles = []
        for item in [] if found is None else found.iterdescendants("{*}item"):
            fields = {
                words(find(field, "fieldlabel")): words(find(field, "fieldentry"))
                for field in item.iter("{*}qtimetadatafield")
            }
            profiles.append(fields.get("cc_profile", ""))
            if not profiles[-1]:
                self.issues.append(f"{path}: the question {item.get('ident', '')} has no cc_profile")
        ident, title = ("", "") if found is None else (found.get("ident", ""), found.get("title", ""))
        return Assessment(ident, title, tuple(profiles))

    # --- links ---

    def _links(self, path: str, root: etree._Element) -> None:
        names = anchors(root)
        for link in dict.fromkeys(links(root)):
            self._follow(path, link, names)

    def _follow(self, path: str, link: Link, names: set[str]) -> None:
        """Say where a link leads nowhere; those out of the package are none of the importer's business."""
        address = link.address
        what = f"{path}: the {link.attribute} '{address}' of a <{link.tag}>"
        if re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", address) or address.startswith("//"):
            return
        if address.startswith("#"):
            if decoded(address[1:]) not in names | {""}:
                self.issues.append(f"{what} leads to no element")
            return
        if re.search(r"[\s\\]", address) or address.startswith("/"):
            self.issues.append(f"{what} is no relative address")
            return
        self._within(path, address, what)

    def _within(self, path: str, address: str, what: str) -> None:
        target = self._target(path, address)
        if target not in self.archive.names:
            self.issues.append(f"{what} leads to {target}, which is not in the package")
        elif "#" in address and is_html(target):
            fragment = decoded(address.partition("#")[2])
            if fragment and fragment not in self._anchors(target):
                self.issues.append(f"{what} leads to no element of {target}")

    def _target(self, path: str, address: str) -> str:
        """Return the path in the package that an address leads to."""
        for base, digits in _BASES.items():
            if address.startswith(base) and self.edition.digit in digits:
                return posixpath.normpath(decoded(address.removeprefix(base)).lstrip("/"))
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), decoded(address) or posixpath.basename(path)))

    @cached_property
    def _seen(self) -> dict[str, set[str]]:
        return {}

    def _anchors(self, path: str) -> set[str]:
        if path not in self._seen:
            self._seen[path] = anchors(body(page(self.archive.read(path))))
        return self._seen[path]


def _is_url(address: str) -> bool:
    """Whether an address can be opened from anywhere."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    opens = bool(parts.netloc) if parts.scheme in ("http", "https") else bool(parts.scheme)
    return opens and not re.search(r"\s", address)
