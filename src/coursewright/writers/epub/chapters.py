"""The chapters of a book as HTML: a document a unit, or several for a long one, and what stands before them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from coursewright.course.identifiers import identifier
from coursewright.course.model import Course, Step, Unit
from coursewright.frozen import frozen
from coursewright.packages.documents.epub import BookEntry
from coursewright.pages.authored import page_path
from coursewright.pages.choices import entry_of
from coursewright.pages.links import Places
from coursewright.pages.overview import native_overview, part_address
from coursewright.pages.renderer import Content, PageView, Renderer
from coursewright.writers.writer import Materials

_LARGEST = 200_000  # characters of a document, from which on old devices turn pages slowly
_MAP = "map.svg"


@frozen
class BookPage:
    """A document of a book, as HTML: `href` is its path there, `base` that of the page of ours that it comes from."""

    href: str
    base: str
    html: str


@frozen
class Chapter:
    """A unit in a book: its documents, and its lines in the table of contents."""

    pages: Sequence[BookPage]
    entry: BookEntry


def chapters(course: Course, materials: Materials) -> Iterator[Chapter]:
    """Yield the units of a course as chapters."""
    for step in course.steps:
        yield _chapter(course, step, materials)


def _chapter(course: Course, step: Step, materials: Materials) -> Chapter:
    unit, renderer = step.unit, materials.renderer
    content = materials.content(unit)
    name, title = identifier(unit.identity), renderer.plain(unit.title)
    stretches = list(_stretches([page for page in content.pages if page.body.strip()]))
    hrefs = [f"{name}.xhtml", *(f"{name}-{number}.xhtml" for number in range(2, len(stretches) + 1))]
    documents = [
        BookPage(href, page_path(unit), _document(renderer, course, step, content, pages, number, len(stretches)))
        for number, (href, pages) in enumerate(zip(hrefs, stretches, strict=True))
    ]
    listed = [(href, page) for href, pages in zip(hrefs, stretches, strict=True) for page in pages]
    below = [BookEntry(page.title, f"{href}#{page.key}") for href, page in listed]
    single = len(below) == 1
    return Chapter(documents, BookEntry(unit.called(title), hrefs[0], () if single else below))


def _stretches(pages: Sequence[PageView]) -> Iterator[Sequence[PageView]]:
    """Yield the pages of a unit in documents that no reader is slow with, and at least one."""
    starts, size = [0], 0
    for number, page in enumerate(pages):
        if size and size + len(page.body) > _LARGEST:
            starts.append(number)
            size = 0
        size += len(page.body)
    yield from (pages[begin:end] for begin, end in pairwise([*starts, max(len(pages), starts[-1])]))


def _document(
    renderer: Renderer, course: Course, step: Step, content: Content, pages: Sequence[PageView], number: int, count: int
) -> str:
    unit, plain = step.unit, renderer.plain(step.unit.title)
    is_first = number == 0
    return renderer.render(
        "epub/chapter.html.j2",
        plain_title=unit.called(plain),
        unit_line=renderer.said("unit_line", kind=renderer.labels[f"kind_{unit.kind}"], id=unit.id)
        if unit.given_id
        else "",
        title=content.title,
        summary=content.summary,
        hours=content.hours,
        is_first=is_first,
        is_last=number == count - 1,
        before=list(_named(step.needs, renderer)),
        entry=entry_of(renderer, course, step),
        pages=[(page, is_first and page is pages[0] and page.title == plain) for page in pages],
        after=list(_named(step.next, renderer)),
        beyond=[renderer.inline(text) for text in step.beyond],
    )


def _named(units: Iterable[Unit], renderer: Renderer) -> Iterator[tuple[str, Markup, str]]:
    for unit in units:
        yield (
            unit.id if unit.given_id else "",
            renderer.inline(unit.title),
            f"../{identifier(unit.identity)}/index.html",
        )


def title_page(course: Course, materials: Materials, *, with_map: bool) -> BookPage:
    """Return the course at a glance: for whom, how long, its map, its units and what they require."""
    renderer, publication = materials.renderer, materials.options.publication
    html = renderer.render(
        "epub/front.html.j2",
        part="titlepage",
        title=renderer.plain(course.title),
        shown_title=renderer.inline(course.title),
        picture="",
        body=native_overview(renderer, course, page_path, _MAP if with_map else "", places=Places(part_address)),
        publisher=publication.publisher,
        rights=publication.rights,
    )
    return BookPage("title.xhtml", "index.html", html)


def cover_page(course: Course, materials: Materials, picture: str) -> BookPage:
    """Return the page that shows the cover."""
    title = materials.renderer.plain(course.title)
    html = materials.renderer.render("epub/front.html.j2", part="cover", title=title, picture=picture)
    return BookPage("cover.xhtml", "cover.html", html)


def contents_page(course: Course, materials: Materials, entries: Sequence[BookEntry]) -> str:
    """Return the table of contents as HTML."""
    renderer = materials.renderer
    title = renderer.plain(course.title)
    return renderer.render("epub/nav.html.j2", title=title, entries=entries, start=entries[min(1, len(entries) - 1)])
