"""EPUB 3.3: a course to read without an LMS, offline, on any reader."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from functools import partial
from pathlib import PurePosixPath
from uuid import NAMESPACE_URL, uuid5

from lxml.etree import _Element

from coursewright.course.description import describe_course
from coursewright.course.identifiers import course_identifier
from coursewright.course.model import Course
from coursewright.course.quiz import Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.frozen import slotted
from coursewright.packages.documents.epub import (
    CONTAINER,
    MIMETYPE,
    BookAccess,
    BookDescription,
    BookEntry,
    BookFile,
    container_document,
    old_menu,
    package_document,
)
from coursewright.packages.files.writing import Content, Package, zip_time
from coursewright.pages.authored import file_path, size_in_words
from coursewright.pages.overview import map_file
from coursewright.resources import resource
from coursewright.text.names import digest
from coursewright.writers import FORMATS
from coursewright.writers.epub.chapters import BookPage, chapters, contents_page, cover_page, title_page
from coursewright.writers.epub.cover import drawn_cover
from coursewright.writers.epub.paper import on_paper
from coursewright.writers.epub.shelf import PICTURES, SVG_TYPE, BookShelf
from coursewright.writers.epub.xhtml import elements, tidy, tree_of, written
from coursewright.writers.files import course_files
from coursewright.writers.losses import (
    certificate_left_out,
    cover_left_out,
    gates_not_enforced,
    links_outside,
    staff_left_out,
)
from coursewright.writers.writer import Materials

_XHTML, _CSS, _NCX = "application/xhtml+xml", "text/css", "application/x-dtbncx+xml"
_FOLDER = "EPUB"
_OPF, _CONTENTS, _MENU, _STYLE, _COVER, _MAP = "package.opf", "nav.xhtml", "toc.ncx", "book.css", "cover.svg", "map.svg"
_MOST_SUBJECTS = 12
_ROOM = 3_000_000  # bytes of the pages that are kept as trees, which take ten times the memory


@slotted
class _Volume:
    """A book as far as it is made: its files with their content, which of them are compressed, what its pages show."""

    files: list[tuple[BookFile, Content]] = field(default_factory=list)
    shrunk: set[str] = field(default_factory=set)
    shows: set[str] = field(default_factory=set)

    def add(self, id: str, href: str, kind: str, content: Content, *properties: str, in_order: bool = False) -> None:
        self.files.append((BookFile(id, href, kind, properties, in_order), content))


def write(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill a package with a course as a book; return what a book cannot carry."""
    sized = partial(size_in_words, renderer=materials.renderer)
    volume, shelf = _Volume(), BookShelf(course_files(course), partial(_left_out, materials), sized, frozenset((_MAP,)))
    entries = _fill(volume, shelf, course, materials)
    description = _description(course, materials, volume.shows)
    listed = [file for file, _ in volume.files]
    menu = BookFile("menu", _MENU, _NCX)
    package.add("mimetype", MIMETYPE.encode(), stored=True)
    package.add(CONTAINER, container_document(f"{_FOLDER}/{_OPF}"))
    package.add(f"{_FOLDER}/{_OPF}", package_document(description, [*listed, menu], menu.id))
    package.add(f"{_FOLDER}/{_MENU}", old_menu(description, entries))
    for file, content in volume.files:
        package.add(f"{_FOLDER}/{file.href}", content, stored=file.href in volume.shrunk)
    return [*_losses(package, course, materials), *shelf.findings.values(), *package.problems()]


def _left_out(materials: Materials, text: str) -> str:
    return str(materials.renderer.said("book_left_out", what=text).striptags())


def _fill(volume: _Volume, shelf: BookShelf, course: Course, materials: Materials) -> list[BookEntry]:
    """Make all files of a book; return the lines of its table of contents."""
    map, parts = map_file(materials.renderer, course, materials.once), list(chapters(course, materials))
    front = title_page(course, materials, with_map=bool(map))
    entries = [BookEntry(materials.renderer.labels["course_overview"], front.href), *(part.entry for part in parts)]
    pages = [front, *(page for part in parts for page in part.pages)]
    trees = _place(shelf, pages)
    contents = BookPage(_CONTENTS, _CONTENTS, contents_page(course, materials, entries))
    name, kind, picture = _cover(course, materials)
    volume.add("cover-image", name, kind, picture, "cover-image")
    _add(volume, "cover", cover_page(course, materials, name), in_order=True)
    _add(volume, "contents", contents, "nav")
    for page in pages:
        _add(volume, f"page-{page.href.removesuffix('.xhtml')}", page, trees=trees, shelf=shelf, in_order=True)
    volume.add("style", _STYLE, _CSS, (resource("packaging_templates") / "epub" / _STYLE).read_bytes())
    if map:
        volume.add("map", _MAP, SVG_TYPE, map)
    for name, (asset, content) in shelf.used.items():
        volume.add(f"file-{digest(name, 10)}", file_path(name), asset.media_type, content)
        volume.shrunk |= {file_path(name)} if shelf.packed.packed(asset).is_shrunk else set()
    return entries


def _cover(course: Course, materials: Materials) -> tuple[str, str, Content]:
    """Return the name, the kind and the content of the cover: the course's own where e-readers show such a picture."""
    own = course.cover
    if own and _has_own_cover(course):
        return f"cover{PurePosixPath(own.name).suffix.lower()}", own.media_type, own.content
    return _COVER, SVG_TYPE, drawn_cover(materials, course)


def _has_own_cover(course: Course) -> bool:
    own = course.cover
    return own is not None and own.media_type in PICTURES and own.media_type != SVG_TYPE


def _place(shelf: BookShelf, pages: Sequence[BookPage]) -> dict[str, _Element]:
    """Say for each unit in which document it begins, and for each anchor in which it is.

    Return the trees of the pages, as many as there is room for.
    """
    trees: dict[str, _Element] = {}
    room = _ROOM
    for page in pages:
        tree = tree_of(page.html)
        room -= len(page.html)
        trees |= {page.href: tree} if room > 0 else {}
        shelf.parts.setdefault(page.base, page.href)
        for element in elements(tree):
            if name := element.get("id"):
                shelf.anchors.setdefault((page.base, name), f"{page.href}#{name}")
    return trees


def _add(
    volume: _Volume,
    id: str,
    page: BookPage,
    *properties: str,
    trees: dict[str, _Element] | None = None,
    shelf: BookShelf | None = None,
    in_order: bool = False,
) -> None:
    """Add a page as XHTML, with what its readers' software must know of it."""
    root = trees.pop(page.href) if trees and page.href in trees else tree_of(page.html)
    _held = elements(root)  # lxml makes no element anew while somebody holds it
    on_paper(root)
    _raise(root)
    if shelf:
        shelf.settle(root, page.base)
    tidy(root)
    volume.shows |= _shown(root)
    own = [name for tag, name in (("math", "mathml"), ("svg", "svg")) if next(root.iter(tag), None) is not None]
    volume.add(id, page.href, _XHTML, written(root), *properties, *own, in_order=in_order)


def _raise(root: _Element) -> None:
    """Raise the headings of a page that has no title of its own, so that no level is left out."""
    for page in [one for one in elements(root) if "raised" in (one.get("class") or "").split()]:
        for heading in elements(page, "h3", "h4", "h5", "h6"):
            heading.tag = f"h{int(str(heading.tag)[1]) - 1}"


def _shown(root: _Element) -> set[str]:
    """Return what a page shows besides text, and `bare` for a picture that nobody describes."""
    tags = {tag for tag in ("math", "img", "svg", "audio", "video", "table") if next(root.iter(tag), None) is not None}
    return tags | {"bare" for picture in root.iter("img") if not picture.get("alt", "").strip()}


def _description(course: Course, materials: Materials, shows: set[str]) -> BookDescription:
    renderer, publication = materials.renderer, materials.options.publication
    name = course_identifier(course.name)
    said = describe_course(course, name, renderer.plain)
    return BookDescription(
        identifier=f"urn:uuid:{uuid5(NAMESPACE_URL, f'coursewright:{name}')}",
        title=said.title,
        language=publication.language,
        modified="{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*zip_time(os.environ.get("SOURCE_DATE_EPOCH", ""))),
        access=_access(materials, shows),
        creator=publication.publisher,
        publisher=publication.publisher,
        rights=publication.rights,
        description=renderer.plain(course.summary) or said.summary,
        subjects=said.keywords[:_MOST_SUBJECTS],
        rtl=renderer.language.flow.turned,
    )


def _access(materials: Materials, shows: set[str]) -> BookAccess:
    """Return what can be said of how a book can be perceived, without having looked at what its pictures show."""
    is_described = "bare" not in shows
    has_media = not shows.isdisjoint(("audio", "video"))
    features = ["tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability"]
    features += ["alternativeText"] if is_described else []
    features += ["MathML"] if "math" in shows else []
    return BookAccess(
        modes=["textual", "visual", *(["auditory"] if has_media else [])],
        sufficient=["textual"] if is_described and not has_media else ["textual,visual"],
        features=features,
        hazards=["unknown"] if "video" in shows else ["none"],
        summary=materials.renderer.labels["book_access" if is_described else "book_access_bare"],
    )


def _losses(package: Package, course: Course, materials: Materials) -> Iterator[Finding]:
    title = FORMATS["epub"].title
    yield from certificate_left_out(materials.options, package.name, title)
    if not _has_own_cover(course):
        yield from cover_left_out(course, package.name, title)
    for found in gates_not_enforced(course, package.name, title):
        yield replace(found, severity=Severity.INFO)  # nobody expects a book to lock
    yield from staff_left_out(course, package.name, title)
    yield from links_outside(course, package.name)
    if count := sum(isinstance(part, Quiz) for unit in course.units for part in unit.parts):
        yield messages.QUIZZES_ON_PAPER.at(Place(package.name), count=count)
