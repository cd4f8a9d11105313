"""IMS content packaging: the namespaces, and one manifest writer for every dialect of it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from itertools import chain, islice
from typing import TypeVar, cast

from lxml import etree
from lxml.etree import Comment, Element, QName, SubElement, _Element

from coursewright.frozen import frozen, slotted
from coursewright.packages.files.long_document import LongDocument
from coursewright.packages.files.written import WrittenDocument, written
from coursewright.text.names import cut

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
CP_1_1_2 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
MD_1_2_1 = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
ADLCP_1_2 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
CP_1_1_4 = "http://www.imsglobal.org/xsd/imscp_v1p1"
SS = "http://www.imsglobal.org/xsd/imsss"
LOM = "http://ltsc.ieee.org/xsd/LOM"
ADLCP_1_3 = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
_LONE_BLANK = re.compile(r"(?<=[&>]) (?=[&<>]|[^\x00-\x7f])")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_FEW = 400  # items or resources, up to which a manifest is one tree: that takes ten times the memory of what they say
_AT_ONCE = 25  # of more of them, those that are a tree at one time
T = TypeVar("T")
Rules = Callable[[_Element], None]
"""Writes rules into an element that is part of its manifest already: only there are the dialect's prefixes kept."""


@frozen
class Dialect:
    """What differs between the manifests of package formats.

    `prefixes` maps each prefix to its namespace, None being the default one, which is that of content packaging;
    `locations` names the schema file of each namespace; `sco_attribute` is the attribute that tells SCO from asset, if
    any does; `rooted` says that the organization has no title, but one item without a title, and the menu below that
    (Common Cartridge).
    """

    schema: str
    schemaversion: str
    prefixes: Mapping[str | None, str]
    locations: Mapping[str, str]
    longest_title: int
    sco_attribute: QName | None = None
    rooted: bool = False

    def tag(self, name: str) -> str:
        """Return the qualified name of a content packaging element."""
        return f"{{{self.prefixes[None]}}}{name}"


@frozen
class ManifestItem:
    """An entry of the menu. Its rules stand after its title, children and metadata."""

    identifier: str
    title: str
    resource: str | None = None
    children: Sequence[ManifestItem] = ()
    metadata: _Element | None = None
    rules: Rules | None = None


@frozen
class Resource:
    """Files that belong together; the first is launched when `launchable`. `needs` names other resources.

    `use` is what a page is meant for (intendeduse). The rules stand after its files and what it needs.
    """

    identifier: str
    files: Sequence[str]
    launchable: bool = False
    needs: Sequence[str] = ()
    type: str = "webcontent"
    use: str = ""
    metadata: Sequence[_Element] = ()
    rules: Rules | None = None


@frozen
class Manifest:
    """What a manifest says, in no dialect yet. `attributes` and `rules` are those of its organization.

    Items and resources are asked for once, so that they may be made as they are written; `count` is how many items
    are, 0 where they are made already.
    """

    identifier: str
    title: str
    items: Iterable[ManifestItem]
    resources: Iterable[Resource]
    version: str = ""
    metadata: Sequence[_Element] = ()
    attributes: Mapping[QName, str] = field(default_factory=dict)
    rules: Rules | None = None
    count: int = 0


def write_manifest(manifest: Manifest, dialect: Dialect) -> bytes | LongDocument:
    """Return the manifest as UTF-8 XML, non-ASCII characters written as themselves; a long one is compressed."""
    nsmap = cast("dict[str, str]", {**dialect.prefixes, "xsi": XSI})
    root = Element(dialect.tag("manifest"), nsmap=nsmap, identifier=manifest.identifier)
    if manifest.version:
        root.set("version", manifest.version)
    locations = " ".join(f"{namespace} {file}" for namespace, file in dialect.locations.items())
    if locations:
        root.set(QName(XSI, "schemaLocation"), locations)
    metadata = SubElement(root, dialect.tag("metadata"))
    SubElement(metadata, dialect.tag("schema")).text = dialect.schema
    SubElement(metadata, dialect.tag("schemaversion")).text = dialect.schemaversion
    metadata.extend(manifest.metadata)
    organization, menu = _write_organization(root, manifest, dialect)
    resources = SubElement(root, dialect.tag("resources"))
    pieces = _Pieces(root)
    pieces.take(menu, partial(_write_item, dialect=dialect), manifest.items, few=0 if manifest.count > _FEW else _FEW)
    if manifest.rules:
        manifest.rules(organization)
    pieces.take(resources, partial(_write_resource, dialect=dialect), manifest.resources)
    return pieces.whole()


@slotted
class _Pieces:
    """A document that is written as far as its values have become pieces; `mark` is the line of the comment that stands
    in the tree in the place of the last of these."""

    root: _Element
    said: LongDocument = field(default_factory=LongDocument)
    mark: bytes = b""

    def take(
        self, within: _Element, write: Callable[[_Element, T], None], values: Iterable[T], few: int = _FEW
    ) -> None:
        """Write values into an element, and where they are more than a few, some at a time, as pieces."""
        left = iter(values)
        first, more = deque(islice(left, few)), list(islice(left, 1))
        if more:
            self._take_some(within, write, chain(_drained(first), more, left))
        for value in first:
            write(within, value)

    def _take_some(self, within: _Element, write: Callable[[_Element, T], None], left: Iterator[T]) -> None:
        mark = Comment(str(within.tag))
        within.append(mark)
        whole = document(self.root)
        line = next(line for line in whole.splitlines(keepends=True) if line.strip() == etree.tostring(mark))
        before, _, after = whole.partition(line)
        self.said.write(self._unsaid(before))
        self.mark = line
        while some := list(islice(left, _AT_ONCE)):
            within.remove(mark)
            first = len(within)
            for value in some:
                write(within, value)
            whole = document(self.root)
            self.said.write(memoryview(whole)[len(before) : len(whole) - len(after)])
            del within[first:]
            within.append(mark)

    def _unsaid(self, whole: bytes) -> bytes:
        """Return what stands after the last piece."""
        return whole.partition(self.mark)[2] if self.mark else whole

    def whole(self) -> bytes | LongDocument:
        """Return the document; it has its tree if it is in one piece."""
        rest = document(self.root)
        if not self.mark:
            return rest
        self.said.write(self._unsaid(rest))
        self.said.close()
        return self.said


def _drained(values: deque[T]) -> Iterator[T]:
    """Yield values, and let go of each."""
    while values:
        yield values.popleft()


def element(namespace: str, name: str, prefix: str | None = None) -> _Element:
    """Return an element that declares its namespace, as the default one or under a prefix."""
    return Element(QName(namespace, name), nsmap=cast("dict[str, str]", {prefix: namespace}))


def space_of(element: _Element) -> str:
    """Return the namespace of an element in braces, "" for none."""
    return element.tag[: element.tag.rfind("}") + 1]


def child(parent: _Element, name: str, text: str = "", /, **attributes: str) -> _Element:
    """Append an element of its parent's namespace, with a text if there is one."""
    added = SubElement(parent, space_of(parent) + name, attributes)
    if text:
        added.text = text
    return added


def document(root: _Element) -> WrittenDocument:
    """Return an element as a document of its own, in UTF-8."""
    return written(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True), root)


def _write_organization(root: _Element, manifest: Manifest, dialect: Dialect) -> tuple[_Element, _Element]:
    """Write the organization without its items; return it, and the element that holds them."""
    identifier = f"{manifest.identifier}-org"
    organizations = SubElement(root, dialect.tag("organizations"))
    organization = SubElement(organizations, dialect.tag("organization"), identifier=identifier)
    for name, value in manifest.attributes.items():
        organization.set(name, value)
    if dialect.rooted:
        organization.set("structure", "rooted-hierarchy")
        menu = SubElement(organization, dialect.tag("item"), identifier=f"{manifest.identifier}-root")
    else:
        organizations.set("default", identifier)
        _write_title(organization, manifest.title, dialect)
        menu = organization
    return organization, menu


def _write_item(parent: _Element, item: ManifestItem, dialect: Dialect) -> None:
    element = SubElement(parent, dialect.tag("item"), identifier=item.identifier)
    if item.resource:
        element.set("identifierref", item.resource)
    _write_title(element, item.title, dialect)
    for child in item.children:
        _write_item(element, child, dialect)
    if item.metadata is not None:
        SubElement(element, dialect.tag("metadata")).append(item.metadata)
    if item.rules:
        item.rules(element)


def _write_title(parent: _Element, title: str, dialect: Dialect) -> None:
    SubElement(parent, dialect.tag("title")).text = menu_title(cut(title, dialect.longest_title))


def _write_resource(resources: _Element, resource: Resource, dialect: Dialect) -> None:
    element = SubElement(resources, dialect.tag("resource"), identifier=resource.identifier, type=resource.type)
    if dialect.sco_attribute:
        element.set(dialect.sco_attribute, "sco" if resource.launchable else "asset")
    if resource.launchable:
        element.set("href", resource.files[0])
    if resource.use:
        element.set("intendeduse", resource.use)
    if resource.metadata:
        SubElement(element, dialect.tag("metadata")).extend(resource.metadata)
    for path in resource.files:
        SubElement(element, dialect.tag("file"), href=path)
    for identifier in resource.needs:
        SubElement(element, dialect.tag("dependency"), identifierref=identifier)
    if resource.rules:
        resource.rules(element)


def menu_title(title: str) -> str:
    """Return a title so that Moodle's menu shows it whole.

    Its reader takes text in chunks that end at an escape or before a non-ASCII letter, and drops blank chunks:
    `Planung & Übung` would become `Planung &Übung`. A no-break space is kept, and looks the same.
    """
    return _LONE_BLANK.sub(_NO_BREAK_SPACE, title)


def named(item: _Element) -> str:
    """Return how findings name an item: by its title, and its identifier."""
    title, identifier = (item.findtext("{*}title") or "").strip(), item.get("identifier", "?")
    return f"“{cut(title, 100)}” ({identifier})" if title else f"'{identifier}'"
