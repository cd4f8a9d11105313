"""The documents of an EPUB 3.3 around its chapters: container, package document, and the menu of old readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.etree import SubElement, _Element

from coursewright.frozen import frozen
from coursewright.packages.documents.manifest import child, document, element

MIMETYPE = "application/epub+zip"
CONTAINER = "META-INF/container.xml"
OPF = "http://www.idpf.org/2007/opf"
OPS = "http://www.idpf.org/2007/ops"
_DC = "http://purl.org/dc/elements/1.1/"
_OCF = "urn:oasis:names:tc:opendocument:xmlns:container"
_NCX = "http://www.daisy.org/z3986/2005/ncx/"
_PACKAGE_TYPE = "application/oebps-package+xml"
_BOOK = "book"  # the id of its identifier


@frozen
class BookAccess:
    """What a reader who cannot see or hear wants to know of a book, in schema.org's words."""

    modes: Sequence[str]
    sufficient: Sequence[str]
    features: Sequence[str]
    hazards: Sequence[str]
    summary: str


@frozen
class BookDescription:
    """What a book says of itself. `modified` is a moment as `2026-01-31T00:00:00Z`; what is empty nobody says."""

    identifier: str
    title: str
    language: str
    modified: str
    access: BookAccess
    creator: str = ""
    publisher: str = ""
    rights: str = ""
    description: str = ""
    subjects: Sequence[str] = ()
    rtl: bool = False


@frozen
class BookFile:
    """A file of a book, by its path beside the package document; one with a place `in_order` is read in turn."""

    id: str
    href: str
    media_type: str
    properties: Sequence[str] = ()
    in_order: bool = False


@frozen
class BookEntry:
    """A line of the table of contents, with those below it."""

    title: str
    href: str
    below: Sequence[BookEntry] = ()


def container_document(package: str) -> bytes:
    """Return the document that says where the package document stands."""
    root = element(_OCF, "container")
    root.set("version", "1.0")
    child(child(root, "rootfiles"), "rootfile", **{"full-path": package, "media-type": _PACKAGE_TYPE})
    return document(root)


def package_document(description: BookDescription, files: Sequence[BookFile], menu: str) -> bytes:
    """Return the package document: what the book is, its files, and their order. `menu` is the id of the old menu."""
    root = element(OPF, "package")
    attributes = {"version": "3.0", "unique-identifier": _BOOK, "dir": "rtl" if description.rtl else "ltr"}
    for name, value in attributes.items():
        root.set(name, value)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", description.language)
    _write_metadata(root, description, files)
    manifest = child(root, "manifest")
    for file in files:
        item = child(manifest, "item", **{"id": file.id, "href": file.href, "media-type": file.media_type})
        if file.properties:
            item.set("properties", " ".join(file.properties))
    spine = child(root, "spine", toc=menu)
    if description.rtl:
        spine.set("page-progression-direction", "rtl")
    for file in files:
        if file.in_order:
            child(spine, "itemref", idref=file.id)
    return document(root)


def _write_metadata(root: _Element, description: BookDescription, files: Sequence[BookFile]) -> None:
    metadata = SubElement(root, f"{{{OPF}}}metadata", nsmap={"dc": _DC})
    for name, value in _dublin_core(description):
        found = SubElement(metadata, f"{{{_DC}}}{name}")
        found.text = value
        if name == "identifier":
            found.set("id", _BOOK)
    for name, value in (("dcterms:modified", description.modified), *_access(description.access)):
        child(metadata, "meta", value, property=name)
    for file in files:
        if "cover-image" in file.properties:  # where readers of EPUB 2 look for it
            child(metadata, "meta", name="cover", content=file.id)


def _dublin_core(description: BookDescription) -> Iterator[tuple[str, str]]:
    found = (
        ("identifier", description.identifier),
        ("title", description.title),
        ("language", description.language),
        ("creator", description.creator),
        ("publisher", description.publisher),
        ("rights", description.rights),
        ("description", description.description),
        *(("subject", subject) for subject in description.subjects),
    )
    yield from ((name, value) for name, value in found if value)


def _access(access: BookAccess) -> Iterator[tuple[str, str]]:
    yield from (("schema:accessMode", mode) for mode in access.modes)
    yield from (("schema:accessModeSufficient", modes) for modes in access.sufficient)
    yield from (("schema:accessibilityFeature", feature) for feature in access.features)
    yield from (("schema:accessibilityHazard", hazard) for hazard in access.hazards)
    yield "schema:accessibilitySummary", access.summary


def old_menu(description: BookDescription, entries: Sequence[BookEntry]) -> bytes:
    """Return the table of contents as readers of EPUB 2 take it (NCX)."""
    root = element(_NCX, "ncx")
    root.set("version", "2005-1")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", description.language)
    head = child(root, "head")
    depth = 2 if any(entry.below for entry in entries) else 1
    for name, content in (("dtb:uid", description.identifier), ("dtb:depth", str(depth))):
        child(head, "meta", name=name, content=content)
    _labelled(root, "docTitle", description.title)
    points = child(root, "navMap")
    numbers = iter(range(1, 1 + sum(1 + len(entry.below) for entry in entries)))
    for entry in entries:
        _write_points(points, entry, numbers)
    return document(root)


def _write_points(parent: _Element, entry: BookEntry, numbers: Iterator[int]) -> None:
    number = str(next(numbers))
    point = child(parent, "navPoint", id=f"point-{number}", playOrder=number)
    _labelled(point, "navLabel", entry.title)
    child(point, "content", src=entry.href)
    for below in entry.below:
        _write_points(point, below, numbers)


def _labelled(parent: _Element, name: str, text: str) -> None:
    child(child(parent, name), "text", text)
