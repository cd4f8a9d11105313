"""Plays Moodle reading a Common Cartridge: only versions 1.0 and 1.1, and with loss.

What makes Moodle give up raises ImportAborted, with every reason. Whatever it will lose or spoil is under `damage`.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlsplit

from lxml import etree

from importers.manifest import EDITIONS, Edition, Listed, listed, structural
from importers.package import (
    MANIFEST,
    Archive,
    ImportAborted,
    Link,
    Package,
    body,
    children,
    decoded,
    document,
    elements,
    find,
    find_all,
    inner,
    is_html,
    links,
    local,
    page,
    patiently,
    raw,
    words,
)

INVALID = "http://invalidurldetected/"
REMOVED = ("script", "iframe", "svg", "math", "object", "details")
PROFILES = {
    f"cc.{kind}.v0p1"
    for kind in ("multiple_choice", "multiple_response", "true_false", "fib", "pattern_match", "essay")
}
FILEBASE = "$IMS-CC-FILEBASE$"
_HEAD = 1024
_KINDS = {
    "webcontent": "resource",
    "associated": "resource",
    "weblink": "url",
    "topic": "forum",
    "lti": "lti",
    "assessment": "quiz",
}


@dataclass(frozen=True)
class Activity:
    kind: str
    """page, resource, url, forum, lti, quiz or label."""
    name: str
    indent: int
    visible: bool
    content: str
    """The HTML as it is stored, after one level of escaping is gone."""
    url: str
    path: str


@dataclass(frozen=True)
class Section:
    name: str
    """Always empty: the title goes to the summary."""
    summary: str
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class Course:
    version: str
    title: str
    sections: tuple[Section, ...]
    damage: list[str]

    @property
    def activities(self) -> tuple[Activity, ...]:
        return tuple(activity for section in self.sections for activity in section.activities)


def imported(package: Package) -> Course:
    """Return the course that Moodle makes of a cartridge. Raises ImportAborted."""
    archive = Archive(package)
    data = archive.read(MANIFEST) if MANIFEST in archive.names else b""
    edition = detected(data)
    if edition is None:
        raise ImportAborted(f"unknown format: {MANIFEST} has no default namespace of 1.0 or 1.1 in its first bytes")
    try:
        root = document(data)
    except etree.XMLSyntaxError as error:
        raise ImportAborted(f"{MANIFEST} is not well-formed: line {error.lineno}: {error.msg}") from error
    reasons = tuple(f"{MANIFEST}: {fault}" for fault in structural(root, edition))
    if reasons:
        raise ImportAborted(*reasons)
    return _Importer(archive, root, edition).course()


def detected(manifest: bytes) -> Edition | None:
    """Return the version whose namespace is the default one, as far as the first 1,024 bytes say."""
    head = manifest[:_HEAD].decode("utf-8", "replace").strip()
    spaces = re.findall(r"\sxmlns\s*=\s*[\"']([^\"']*)[\"']", head)
    found = [EDITIONS[space] for space in spaces if space in EDITIONS]
    return next((edition for edition in found if edition.digit < 2), None)


class _Importer:
    """One cartridge while Moodle reads it, and what it spoils."""

    def __init__(self, archive: Archive, root: etree._Element, edition: Edition) -> None:
        self.archive, self.root, self.edition = archive, root, edition
        self.damage: list[str] = []
        self.resources = {resource.identifier: resource for resource in listed(root)}
        self.web = {path for found in self.resources.values() if found.kind == "webcontent" for path in found.files}
        self.used: Counter[str] = Counter()

    def course(self) -> Course:
        top = find(self.root, "organizations", "organization", "item")
        sections = tuple(self._section(item) for item in find_all(top, "item"))
        for resource in self.resources.values():
            if resource.kind == "webcontent" and is_html(resource.href) and not self.used[resource.identifier]:
                self.say(resource.href, f"no item refers to resource {resource.identifier}, and it is not copied")
            if resource.kind == "assessment" and self.used[resource.identifier] > 1:
                raise ImportAborted(f"{MANIFEST}: the assessment {resource.identifier} is referred to more than once")
        title = words(find(self.root, "metadata", "lom", "general", "title", "string"))
        return Course(self.edition.version, title, sections, self.damage)

    def say(self, path: str, damage: str) -> None:
        self.damage.append(f"{path}: {damage}")

    # --- the tree ---

    def _section(self, item: etree._Element) -> Section:
        title = words(find(item, "title"))
        own = list(self._activity(item, title, 0)) if item.get("identifierref") else []
        below = [made for child in find_all(item, "item") for made in self._below(child, 0)]
        return Section("", title, (*own, *below))

    def _below(self, item: etree._Element, depth: int) -> Iterator[Activity]:
        title = words(find(item, "title"))
        if item.get("identifierref"):
            yield from self._activity(item, title, depth)
        else:
            yield Activity("label", title, depth, True, html.escape(title), "", "")
        for child in find_all(item, "item"):
            yield from self._below(child, depth + 1)

    def _activity(self, item: etree._Element, title: str, depth: int) -> Iterator[Activity]:
        reference = item.get("identifierref", "")
        resource = self.resources.get(reference)
        self.used[reference] += 1
        kind = _KINDS.get(resource.kind) if resource else None
        if resource is None or kind is None:
            self.say(MANIFEST, f"item {item.get('identifier')} refers to {reference}, which gives no activity")
            return
        path = resource.href or next(iter(resource.files), "")
        if kind == "resource" and resource.kind == "webcontent" and is_html(path):
            kind = "page"
        visible = not {"Instructor", "Mentor"} & set(resource.roles)
        if path not in self.archive.names:
            self.say(path, f"resource {reference} names it, and it is not in the package")
            yield Activity(kind, title, depth, visible, "", "", path)
            return
        yield self._read(Activity(kind, title, depth, visible, "", "", path), resource)

    def _read(self, plain: Activity, resource: Listed) -> Activity:
        name, content, url = plain.name, "", ""
        if plain.kind == "page":
            content = self._page(plain.path, resource)
        elif plain.kind == "url":
            url = self._url(plain.path)
        elif plain.kind == "forum":
            name, content = self._forum(plain.path, name)
        elif plain.kind == "lti":
            url = self._tool(plain.path)
        elif plain.kind == "quiz":
            self._quiz(plain.path)
        elif is_html(plain.path):
            self.say(plain.path, "it is HTML in associated content, and becomes an empty file")
        return Activity(plain.kind, name, plain.indent, plain.visible, content, url, plain.path)

    # --- pages ---

    def _page(self, path: str, resource: Listed) -> str:
        if "%" in resource.element.get("href", ""):
            self.say(path, f"the href of resource {resource.identifier} has percent signs, and the page is empty")
            return ""
        root = body(page(self.archive.read(path)))
        whole = inner(root)
        if not whole.strip():
            raise ImportAborted(f"{path}: its body is empty, which crashes the import")
        stored = html.unescape(whole)
        change = _change(whole, stored)
        if change:
            self.say(path, f"one level of escaping is removed, and it comes out otherwise: {change}")
        self._removed(path, root)
        text = raw(root)
        for link in dict.fromkeys(links(root)):
            fault = self._link(path, link)
            if fault:
                self.say(path, f"the {link.attribute} '{link.address}' of a <{link.tag}> {fault}")
            if _relative(link.address) and link.address in text:
                self.say(path, f"its text '{link.address}' is equal to a link, and is rewritten")
        return stored

    def _removed(self, path: str, root: etree._Element) -> None:
        names = Counter(local(element) for element in elements(root))
        for name in REMOVED:
            if names[name]:
                self.say(path, f"<{name}> is removed")
        outside = [found for found in elements(root) if not any(local(up) in REMOVED for up in found.iterancestors())]
        if any(found.get("id") for found in outside if local(found) not in REMOVED):
            self.say(path, "ids are removed")

    def _link(self, path: str, link: Link) -> str:
        """Return why a link of a page comes out broken; nothing if it does not."""
        address = link.address
        if address.startswith("$"):
            return "is not resolved in a page"
        if not _relative(address):
            return "leads to an id, and ids are removed" if address.startswith("#") else ""
        if is_html(decoded(address)):
            return "leads to a page, which is not copied"
        if re.search(r"[?#%\s]", address) or not address.isascii():
            return "has a query, a fragment, spaces or other letters than ASCII, and stays broken"
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
        return "" if target in self.archive.names else f"leads to {target}, which is not in the package"

    # --- the rest ---

    def _xml(self, path: str) -> etree._Element | None:
        root, complaint = patiently(self.archive.read(path))
        if complaint:
            self.say(path, f"it is not well-formed: {complaint}")
        return root

    def _url(self, path: str) -> str:
        found = find(self._xml(path), "url")
        url = found.get("href", "") if found is not None else ""
        if _taken(url):
            return url
        self.say(path, f"its address '{url}' is not taken, and becomes {INVALID}")
        return INVALID

    def _forum(self, path: str, title: str) -> tuple[str, str]:
        root = self._xml(path)
        name, text = words(find(root, "title")), raw(find(root, "text"))
        if name != title:
            self.say(path, f"the forum is named '{name}', and not '{title}' as its item")
        for link in dict.fromkeys(links(page(text))):
            fault = self._forum_link(path, link.address)
            if fault:
                self.say(path, f"the {link.attribute} '{link.address}' of a <{link.tag}> {fault}")
        return name, text

    def _forum_link(self, path: str, address: str) -> str:
        if not address.startswith(FILEBASE):
            return "leads nowhere" if _relative(address) else ""
        if posixpath.dirname(path):
            return f"is looked for below {posixpath.dirname(path)}, the folder of the topic"
        target = decoded(address.removeprefix(FILEBASE)).lstrip("/")
        return "" if target in self.web else "leads to nothing that is web content"

    def _tool(self, path: str) -> str:
        root = self._xml(path)
        if children(find(root, "custom")):
            self.say(path, "its custom parameters are dropped")
        return words(find(root, "secure_launch_url")) or words(find(root, "launch_url"))

    def _quiz(self, path: str) -> None:
        root = self._xml(path)
        items = [] if root is None else list(root.iterdescendants("{*}item"))
        usable = [item for item in items if self._usable(path, item)]
        if not usable:
            raise ImportAborted(f"{path}: the quiz has no question that can be used, which crashes the import")
        for ident, times in Counter(item.get("ident", "") for item in usable).items():
            if times > 1:
                self.say(path, f"{times} questions are named {ident}, and collapse into one")
        self.say(path, "its marks are wrong")

    def _usable(self, path: str, item: etree._Element) -> bool:
        fields = {words(find(field, "fieldlabel")): words(find(field, "fieldentry")) for field in _fields(item)}
        profile, ident = fields.get("cc_profile", ""), item.get("ident", "")
        if profile not in PROFILES:
            self.say(path, f"the question {ident} has the profile '{profile}', and is dropped")
            return False
        labels = {words(label).lower() for label in item.iterdescendants("{*}response_label")}
        if "true_false" in profile and labels != {"true", "false"}:
            self.say(path, f"the question {ident} has other labels than true and false")
        cases = [equal.get("case") for equal in item.iterdescendants("{*}varequal")]
        if "multiple_response" in profile and any(case != "Yes" for case in cases):
            self.say(path, f"the question {ident} has a varequal without case=Yes")
        scores = [raw(found) for found in item.iterdescendants("{*}setvar")]
        if ".fib." in profile and any(score != "100" for score in scores):
            self.say(path, f"the question {ident} sets another score than exactly 100")
        return True


def _fields(item: etree._Element) -> Iterator[etree._Element]:
    return item.iterdescendants("{*}qtimetadatafield")


def _relative(address: str) -> bool:
    """Whether an address leads to a file beside the page."""
    return bool(address) and not re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|[#$]", address)


def _taken(url: str) -> bool:
    """Whether an address of a web link is taken as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.netloc) and parts.scheme in ("http", "https", "ftp") and not re.search(r"[^!-~]", url)


def _change(before: str, after: str) -> str:
    """Return the first thing that is not the same when a page has lost one level of escaping; nothing if all is."""
    pairs = zip_longest(_shape(before), _shape(after), fillvalue="")
    return next((f"'{old}' is '{new}'" for old, new in pairs if old != new), "")


def _shape(content: str) -> Iterator[str]:
    """Yield the words of a page with its elements and their attributes."""
    for element in body(page(content)).iter():
        attributes = sorted((str(name), str(value)) for name, value in element.items()) if local(element) else []
        yield "".join((f"<{local(element)}", *(f' {name}="{value}"' for name, value in attributes), ">"))
        yield from (element.text or "").split()
        yield from (element.tail or "").split()
