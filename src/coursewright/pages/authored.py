"""The pages of a unit whose reader made its parts, with their author's titles and headings: one by one, or in a SCO."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, chain, pairwise, zip_longest
from pathlib import PurePosixPath

from markupsafe import Markup

from coursewright.course.assets import Asset
from coursewright.course.blocks import Headed, Paragraph, line_of
from coursewright.course.division import INTRODUCTION, listed_objectives, parts_for, unsaid
from coursewright.course.identifiers import identifier
from coursewright.course.model import Course, Step, Unit
from coursewright.course.parts import Assigned, File, Leading, Link, Page, Part
from coursewright.course.quiz import Quiz
from coursewright.course.values import Kind
from coursewright.frozen import frozen
from coursewright.pages.assigned import own_body
from coursewright.pages.blocks import Viewer
from coursewright.pages.links import Places, Ways, shut
from coursewright.pages.quiz import is_check, quiz_name, quiz_view
from coursewright.pages.renderer import Content, PageView, Renderer
from coursewright.text.markdown.openings import introduction_lines
from coursewright.text.markdown.values import Prose, Text
from coursewright.text.names import digest
from coursewright.text.patterns import later

_HEADING = later(r'<h3\b[^<>]*\bid="([^"<>]+)"[^<>]*>(.*?)</h3>', re.DOTALL)
_MATERIALS = "materials"
_SHORTEST = 4  # digits of the name of a page in a SCO, whose state has room for 4,096 characters
_LINK = Markup('<li><a href="{}" target="_blank" rel="noopener noreferrer">{}</a></li>\n')
_DOWNLOAD = Markup('<li><a href="{}" download>{}</a> <span class="hint">({})</span></li>\n')
_SIZES = ("B", "KB", "MB", "GB")


def is_authored(page: Page, step: Step) -> bool:
    """Say whether the reader of a unit made a page of it."""
    return page in step.staff_parts or any(part.key == page.key for part in step.unit.parts)


def title_of(part: Leading, renderer: Renderer, unit: Unit) -> str:
    """Return the title of a part, as plain text: its author's, else that of its unit, or a label's."""
    own = renderer.plain(unit.title) if isinstance(part, Page) else renderer.labels[part.label]
    return part.title or own


def page_body(renderer: Renderer, page: Page, address: Callable[[str], str | None], name: str = "") -> Markup:
    """Return a page that its reader made: the goals that its text does not list, and its text.

    On a page of ours it has a `name`; without one an LMS shows it as its own.
    """
    return _piece(renderer, page, renderer.viewer_of(page.body, address, name), native=not name)


def _piece(renderer: Renderer, page: Page, viewer: Viewer, *, native: bool) -> Markup:
    """Return so much of a page as stands between two checks."""
    lead = [Headed(Paragraph(page.lead))] if page.lead else []
    goals = listed_objectives(unsaid(page.objectives, [page]))
    blocks = [viewer.view(headed) for headed in (*lead, *goals, *page.body)]
    return renderer.body(blocks, native=native) if blocks else Markup("")


def time_needed(renderer: Renderer, page: Page) -> Markup:
    """Return how long a page takes, as its author says."""
    return Markup('<p class="hint">{}</p>\n').format(renderer.minutes(page.minutes)) if page.minutes else Markup("")


# --- in a SCO ---


def content_of(renderer: Renderer, course: Course, files: Callable[[Asset], str], unit: Unit) -> Content:
    """Return the pages of a unit of a course, as every format with pages of ours takes them.

    `files` gives the names that files have in its packages.
    """
    if not unit.parts:
        return renderer.content(unit)
    step = course.step(unit)
    if unit.kind is not Kind.UNIT:  # a roadmap, with the lessons that lie beside it
        own = renderer.content(unit)
        return replace(own, pages=(*own.pages, *_Sco(renderer, course, step, files).pages(unit.parts)))
    parts = [part for part in parts_for(step, renderer.converter) if not _says_nothing(part)]
    pages = tuple(_Sco(renderer, course, step, files).pages(parts))
    pages = pages or (PageView(INTRODUCTION, renderer.labels["page_overview"], Markup("")),)
    lead = next((part.lead for part in parts if isinstance(part, Page) and part.key == INTRODUCTION), "")
    return Content(renderer.inline(unit.title), renderer.inline(lead), renderer.hours(unit), pages, ())


def _says_nothing(part: Part) -> bool:
    """Say whether a part introduces a unit by nothing but what the head of its first page tells anyway."""
    return isinstance(part, Page) and part.key == INTRODUCTION and not (part.lead or part.body)


def page_names(unit: Unit) -> Mapping[str, str]:
    """Return by its key the short name of each page of a unit in its SCO; it is made from the key alone."""
    return _short(tuple(part.key for part in unit.parts if isinstance(part, Leading)))


@lru_cache(maxsize=256)
def _short(keys: Sequence[str]) -> Mapping[str, str]:
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        whole = digest(key, 64)
        names[key] = next(name for size in range(_SHORTEST, 65) if (name := f"p{whole[:size]}") not in taken)
        taken.add(names[key])
    return names


def page_path(unit: Unit) -> str:
    """Return where a unit's page stands in a package with pages of ours."""
    return f"units/{identifier(unit.identity)}/index.html"


def file_path(name: str) -> str:
    """Return where a file stands in a package with pages of ours."""
    return f"files/{name}"


@frozen
class _Sco:
    """Makes the pages of a unit that stand in one document."""

    renderer: Renderer
    course: Course
    step: Step
    files: Callable[[Asset], str]

    @property
    def _ways(self) -> Ways:
        return Ways(self.course, self.step.unit, self._unit, Places(self._part, self._file))

    def pages(self, parts: Sequence[Part]) -> Iterator[PageView]:
        """Yield the pages in order, those of files and links last."""
        names = page_names(self.step.unit)
        opening: Page | None = None
        first = True
        for part, checks in _with_checks(parts):
            if isinstance(part, Page) and part.key == INTRODUCTION:
                opening = part
            elif isinstance(part, Page):
                page = self._page(part, names[part.key], checks, first=first)
                yield self._opened(page, opening) if opening else page
                opening, first = None, False
            elif isinstance(part, Quiz):
                yield from self._alone(opening)
                quiz = quiz_view(self.renderer, part, self._ways.address_on(part))
                yield PageView(names[part.key], quiz.title, quiz.body, quizzes=(quiz,))
                opening, first = None, False
            elif isinstance(part, Assigned):
                yield from self._alone(opening)
                yield self._assigned(part, names[part.key])
                opening, first = None, False
        yield from self._alone(opening)
        if things := [part for part in parts if isinstance(part, File | Link)]:
            yield self._materials(things)

    def _goals(self, opening: Page) -> Markup:
        blocks = [self.renderer.viewer.view(headed) for headed in opening.body]
        return self.renderer.body(blocks) if blocks else Markup("")

    def _alone(self, opening: Page | None) -> Iterator[PageView]:
        """Yield the page that introduces a unit, where no page of its author's follows that could do so."""
        if opening:
            body = self._goals(opening)
            yield PageView(opening.key, self.renderer.labels[opening.label], body, introduced=len(body))

    def _opened(self, page: PageView, opening: Page) -> PageView:
        """Return the first page of a unit with what the unit says besides: after the author's own introduction."""
        goals = self._goals(opening)
        body = page.introduction + goals + page.rest
        return replace(page, body=body, introduced=page.introduced + len(goals), joined=opening.key)

    def _page(self, page: Page, name: str, checks: Sequence[Quiz], *, first: bool) -> PageView:
        page = _parted(page) if first else page
        ways = self._ways
        title = title_of(page, self.renderer, self.step.unit)
        around = (title, self.step.unit.title, self.course.title)
        views = [quiz_view(self.renderer, one, ways.address_on(one), light=True, around=around) for one in checks]
        viewer = self.renderer.viewer_of(page.body, ways.address_on(page), name)
        bodies = [_piece(self.renderer, found, viewer, native=False) for found in _cut(page, checks, first=first)]
        own = time_needed(self.renderer, page) if self._is_timed else Markup("")
        own = own + bodies.pop(0) + "\n" if first else own
        body = own + Markup("\n").join(chain(*zip_longest(bodies, (view.body for view in views), fillvalue="")))
        return PageView(name, title, body, _headings(body), tuple(views), introduced=len(own) if first else 0)

    def _assigned(self, work: Assigned, name: str) -> PageView:
        title = title_of(work, self.renderer, self.step.unit)
        body = own_body(self.renderer, work, self._ways.address_on(work), name)
        return PageView(name, title, body, _headings(body))

    @property
    def _is_timed(self) -> bool:
        """Whether pages say how long they take: the head of the unit says it of a single one."""
        unit = self.step.unit
        timed = [part for part in unit.parts if isinstance(part, Page) and part.minutes]
        return len(timed) > 1 or self.renderer.hours(unit) is None

    def _materials(self, things: Sequence[File | Link]) -> PageView:
        items = Markup("").join(map(self._material, things))
        title = self.renderer.labels[f"page_{_MATERIALS}"]
        return PageView(_MATERIALS, title, Markup('<ul class="materials">\n{}</ul>').format(items))

    def _material(self, thing: File | Link) -> Markup:
        if isinstance(thing, Link):
            return _LINK.format(thing.url, thing.title)
        return _DOWNLOAD.format(self._file(thing.asset), thing.title, size_in_words(thing.asset, self.renderer))

    def _file(self, asset: Asset) -> str:
        return f"../../{file_path(self.files(asset))}"

    def _unit(self, unit: Unit) -> str:
        """Return where a page finds a unit. One that is sure to be open is opened for reading, beside this one."""
        if unit.identity == self.step.unit.identity:
            return f"#{next(self.pages_of(unit))}"
        is_open = not shut(self.course, self.step.unit, [unit])
        return f"../{identifier(unit.identity)}/index.html{'?reading=1' if is_open else ''}"

    def pages_of(self, unit: Unit) -> Iterator[str]:
        """Yield the names of the pages of a unit, and at least one."""
        yield from page_names(unit).values() or [_MATERIALS]

    def _part(self, unit: Unit, part: Part, anchor: str) -> str:
        name = page_names(unit).get(part.key, "") if isinstance(part, Page | Assigned) else ""
        name, anchor = (f"quiz-{quiz_name(part)}", "") if isinstance(part, Quiz) else (name, anchor)
        own = unit.identity == self.step.unit.identity
        place = f"#{name}-{anchor}" if anchor else f"#{name}"
        return "" if not name else place if own else f"{self._unit(unit)}{place}"


def _with_checks(parts: Sequence[Part]) -> Iterator[tuple[Part, Sequence[Quiz]]]:
    """Yield parts in their order; a page comes with the quizzes after it that stand within its text."""
    held: list[tuple[Part, list[Quiz]]] = []
    for part in parts:
        last = held[-1][0] if held else None
        if isinstance(part, Quiz) and isinstance(last, Page) and last.path == part.path and is_check(part):
            held[-1][1].append(part)
        else:
            held.append((part, []))
    yield from held


def _parted(page: Page) -> Page:
    """Return a page whose first text is its author's introduction, where that can stand alone."""
    first = page.body[0].block if page.body else None
    lines = introduction_lines(first.markdown) if isinstance(first, Prose) else 0
    if not isinstance(first, Prose) or not lines:
        return page
    whole = first.markdown.split("\n")
    parts = Prose(first.line, "\n".join(whole[:lines])), Prose(first.line + lines, "\n".join(whole[lines:]))
    return replace(page, body=(*map(Headed, parts), *page.body[1:]))


def _cut(page: Page, checks: Sequence[Quiz], *, first: bool = False) -> Iterator[Page]:
    """Yield a page in as many pieces as there are places between and around checks, in the order of the lines.

    On the `first` page of a unit its first block is a piece by itself.
    """
    lines = [line_of(headed.block) for headed in page.body]
    ends = [sum(line < check.line for line in lines) for check in checks]
    goals = tuple(unsaid(page.objectives, [page]))
    opened = min(1, len(lines)) if first else 0
    places = [*([0] if first else []), *accumulate([opened, *ends], max), len(lines)]
    for begin, end in pairwise(places):
        yield replace(page, body=page.body[begin:end], objectives=goals)
        page, goals = replace(page, lead=Text(""), minutes=None), ()


def size_in_words(asset: Asset, renderer: Renderer) -> str:
    """Return the kind of a file and its size, as the language writes numbers: `PDF, 1.2 MB`."""
    size, unit = float(asset.size), 0
    while size >= 1000 and unit < len(_SIZES) - 1:
        size, unit = size / 1000, unit + 1
    kind = PurePosixPath(asset.name).suffix.lstrip(".").upper()
    return ", ".join(filter(None, [kind, f"{renderer.language.number(round(size, 1))} {_SIZES[unit]}"]))


def _headings(body: Markup) -> tuple[tuple[str, str], ...]:
    """Return the headings that lead the parts of a page, each with its anchor."""
    return tuple((found[1], Markup(found[2]).striptags()) for found in _HEADING.finditer(body))  # noqa: S704
