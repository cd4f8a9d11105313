"""From a unit to its pages: what a learner reads, in which order, as HTML. Every format takes the same pages."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from coursewright.course.model import Competency, Field, Milestone, Section, Unit
from coursewright.pages import views
from coursewright.pages.language import Language
from coursewright.pages.map import Drawn, Map, mirrored
from coursewright.pages.theme.theme import OURS, Theme, ThemeError, fault_in
from coursewright.resources import resource
from coursewright.text.markdown.html import Converter
from coursewright.text.markdown.values import Block, Item, Listing, Prose, Table, Text
from coursewright.text.names import digest, plain_number
from coursewright.text.phrases import LEVELS, is_assessing, level


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a unit: `key` is its stable ASCII name, `body` its HTML from h3 down.

    `parts` pairs the id and title of each titled block of a long page.
    """

    key: str
    title: str
    body: Markup
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A unit, converted: nothing in it depends on the course or the format. `ticks` name its boxes."""

    title: Markup
    summary: Markup
    hours: views.Hours | None
    pages: tuple[Page, ...]
    ticks: tuple[str, ...]


# The page on which a kind of section stands, and what is left of it; a section of no kind stands with its parent.
_PAGE_OF = {
    "overview": "overview",
    "progression": "overview",
    "prerequisites": "overview",
    "objectives": "objectives",
    "competencies": "objectives",
    "outline": "topics",
    "narrative": "topics",
    "activities": "activities",
    "components": "activities",
    "deliverables": "activities",
    "milestones": "activities",
    "experience": "activities",
    "assessments": "assessment",
    "checklist": "checklist",
    "risks": "more",
}
_PAGES = ("overview", "objectives", "topics", "activities", "assessment", "checklist", "more")
_LONG = 4  # titled blocks, from which on a page begins with a list of them

_Placed = tuple[int, views.Block]


@dataclass(frozen=True, slots=True)
class _PlacedSection:
    """A section, the page it stands on, the line where the next one begins, and whether its title is to be seen.

    `depth` is how many sections it is part of whose titles are to be seen on the same page.
    """

    section: Section
    page: str
    end: int
    titled: bool
    depth: int = 0


# What a template can raise: its own errors, and those of the expressions in it.
_TEMPLATE_FAILS = (
    *(TemplateError, ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, SyntaxError, TypeError),
    ValueError,
)


class Renderer:
    """Turns units into content. Holds the templates, the labels of one language and the Markdown converter."""

    def __init__(self, language: str = "en", theme: Theme = OURS, *, math: bool = False) -> None:
        self.theme = theme
        folders = [folder for folder in (theme.folder, resource("packaging_templates")) if folder]
        self.language = Language(language, theme)
        self.labels = self.language.labels
        self.said, self.spoken = self.language.said, self.language.spoken
        self.converter = Converter(math=math, flow=self.language.flow)
        # a theme may come from anywhere: its templates get what they are given, and nothing else of this machine
        self._environment = (ImmutableSandboxedEnvironment if theme.templates else Environment)(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"theme": theme, **self.language.globals}

    def render(self, template: str, **context: Any) -> str:
        """Return what a template makes of its context; raises ThemeError where a theme's template fails."""
        with self._blaming_the_theme():
            made = self._environment.get_template(template).render(context)
            made.encode()  # a theme may write half a character
            return made

    @contextmanager
    def _blaming_the_theme(self) -> Iterator[None]:
        try:
            yield
        except _TEMPLATE_FAILS as error:
            if found := fault_in(self.theme, error):
                raise ThemeError(found) from error
            raise

    def inline(self, text: str) -> Markup:
        """Return the HTML of one line of Markdown."""
        return self.converter.inline(text)

    def plain(self, text: str) -> str:
        """Return one line of Markdown as text without markup."""
        return self.converter.plain(text)

    def content(self, unit: Unit) -> Content:
        """Convert a learner's edition of a unit, once for every format that brings its own pages."""
        ticks = tick_names(unit)
        pages = tuple(self._pages(unit, ticks, native=False))
        names = tuple(name for named in ticks.values() for name in named)
        return Content(self.inline(unit.title), self.inline(unit.summary), self.hours(unit), pages, names)

    def native_pages(self, unit: Unit) -> tuple[Page, ...]:
        """Convert a learner's edition of a unit to pages that an LMS shows as its own: no script, style or form."""
        return tuple(self._pages(unit, tick_names(unit), native=True))

    def _pages(self, unit: Unit, ticks: Mapping[str, tuple[str, ...]], *, native: bool) -> Iterator[Page]:
        blocks = _Blocks(self, ticks).of(unit)
        for key in _PAGES:
            if blocks[key] or (key == "overview" and (native or _is_introduced(unit) or not any(blocks.values()))):
                yield self._page(key, [block for _, block in sorted(blocks[key], key=lambda placed: placed[0])], native)

    def drawn(self, map: Map) -> Drawn:
        """Return a map with what templates show of it."""
        with self._blaming_the_theme():
            map = mirrored(map) if self.language.flow.turned else map
            macros: Any = self._environment.get_template("map.html.j2").module
            return Drawn(map, macros.picture(map), macros.words(map, self.labels))

    def hours(self, unit: Unit) -> views.Hours | None:
        """Return the learning time of a unit, if its document says any."""
        if not unit.hours.raw:
            return None
        exact = unit.hours.exact and unit.hours.total is not None
        # the author's own words, where a number would say less
        total = self._hours(unit.hours.total or 0) if exact else self.language.shown(unit.hours.words)
        whole = sum(unit.hours.breakdown.values())
        parts = [
            (self.labels.get(f"hours_{kind}", kind.capitalize()), self._hours(hours), 100 * hours / whole)
            for kind, hours in unit.hours.breakdown.items()
            if hours
        ]
        return views.Hours(total, parts)

    def _hours(self, hours: float) -> str:
        return self.said("hour" if hours == 1 else "hours", hours=plain_number(hours))

    def _page(self, key: str, blocks: list[views.Block], native: bool) -> Page:
        parts = tuple((f"{key}-{number}", block.title) for number, block in enumerate(blocks, start=1) if block.title)
        body = self.render("blocks.html.j2", page=key, blocks=blocks, native=native)
        long = len(parts) >= _LONG
        return Page(key, self.labels[f"page_{key}"], Markup(body), parts if long else ())  # noqa: S704 - escaped there


@dataclass(slots=True)
class _Blocks:
    """Makes the blocks of a unit's pages. Each is placed by its line, so that a page keeps the author's order."""

    renderer: Renderer
    ticks: Mapping[str, tuple[str, ...]]
    unticked: dict[str, deque[str]] = field(default_factory=dict)

    def of(self, unit: Unit) -> Mapping[str, list[_Placed]]:
        """Return the blocks of each page, each with the line it stands on."""
        self.unticked = {text: deque(names) for text, names in self.ticks.items()}
        pages: defaultdict[str, list[_Placed]] = defaultdict(list)
        for key, make in _TYPED.items():
            pages[key] += make(self, unit)
        typed = {key: len(blocks) for key, blocks in pages.items()}
        for placed in _placed(unit.sections):
            self._add_leftovers(placed, pages[placed.page], typed.get(placed.page, 0))
        return pages

    # --- typed values, page by page ---

    def _overview(self, unit: Unit) -> Iterator[_Placed]:
        placement = Field(self._label("placement"), unit.placement.raw, unit.placement.raw.line)
        if facts := self._facts([placement, *unit.fields]):
            yield 1, views.Facts("", facts)

    def _objectives(self, unit: Unit) -> Iterator[_Placed]:
        yield from self._list("objectives", unit.objectives)
        columns = ["competency", "target", "evidence"]
        if any(row.role and row.role not in unit.roles for row in unit.competencies):
            columns.append("role")
        if unit.competencies:
            header = [self._label(key) for key in columns]
            rows = [self._competency(row, len(columns)) for row in unit.competencies]
            yield (
                unit.competencies[0].name.line,
                views.Competencies(self._label("competencies"), header, len(LEVELS), rows),
            )

    def _competency(self, row: Competency, columns: int) -> views.Competency:
        rest = [self._inline(text) for text in (row.evidence, row.role)[: columns - 2]]
        return views.Competency(self._inline(row.name), self._inline(row.target), level(row.target), rest)

    def _topics(self, unit: Unit) -> Iterator[_Placed]:
        if unit.outline:
            topics = [views.Topic(self._inline(topic.title), self._inline(topic.detail)) for topic in unit.outline]
            yield unit.outline[0].title.line, views.Topics(self._label("outline"), topics)

    def _activities(self, unit: Unit) -> Iterator[_Placed]:
        yield from self._list("activities", unit.activities)
        yield from self._components(unit, assessing=False)
        yield from self._list("deliverables", unit.deliverables)
        if unit.milestones:
            items = [views.Milestone(self._when(due), self._inline(due.text)) for due in unit.milestones]
            yield unit.milestones[0].text.line, views.Timeline(self._label("milestones"), items)

    def _assessment(self, unit: Unit) -> Iterator[_Placed]:
        yield from self._list("assessments", unit.assessments)
        yield from self._components(unit, assessing=True)

    def _checklist(self, unit: Unit) -> Iterator[_Placed]:
        if unit.checklist:
            checks = self._checks("checklist", [check.text for check in unit.checklist])
            yield unit.checklist[0].text.line, checks

    def _more(self, unit: Unit) -> Iterator[_Placed]:
        if unit.risks:
            cards = [views.Card(self._inline(found.risk), self._inline(found.mitigation), ()) for found in unit.risks]
            yield unit.risks[0].risk.line, views.Cards(self._label("risks"), cards)

    # --- pieces ---

    def _label(self, key: str) -> str:
        return self.renderer.labels[key]

    def _inline(self, text: str) -> Markup:
        return self.renderer.inline(text)

    def _list(self, label: str, texts: tuple[Text, ...]) -> Iterator[_Placed]:
        if texts:
            yield texts[0].line, views.List(self._label(label), [self._inline(text) for text in texts])

    def _components(self, unit: Unit, *, assessing: bool) -> Iterator[_Placed]:
        chosen = [component for component in unit.components if is_assessing(component.asset) is assessing]
        cards = []
        for component in chosen:
            facts = [
                (self._label(label), self._inline(text))
                for label, text in (("criteria", component.criteria), ("validation", component.validation))
                if text
            ]
            title, body = component.asset, component.description
            if not title:  # a card needs a heading
                title, body = body, Text("")
            cards.append(views.Card(self._inline(title), self._inline(body), facts))
        if cards:
            heading = self._label("assessed_work" if assessing else "components")
            yield chosen[0].asset.line, views.Cards(heading, cards)

    def _facts(self, fields: Iterable[Field]) -> list[tuple[str, Markup]]:
        values = ((found.name, "; ".join(filter(None, [found.value, *found.children]))) for found in fields)
        return [(label, self._inline(value)) for label, value in values if value]

    def _checks(self, title: str, texts: Iterable[Text]) -> views.Checks:
        items = [views.Check(self.unticked[text].popleft(), self._inline(text), done=False) for text in texts]
        return views.Checks(self._label(title) if title else "", self._label("checklist_hint") if title else "", items)

    def _when(self, milestone: Milestone) -> str:
        form = "when" if milestone.first == milestone.last else "when_range"
        unit = self._label(f"when_{milestone.unit}")
        return self.renderer.said(form, unit=unit, first=str(milestone.first), last=str(milestone.last))

    # --- what no typed value holds ---

    def _add_leftovers(self, placed: _PlacedSection, page: list[_Placed], typed: int) -> None:
        """Add to a page what no typed value of a section holds; its title stands once, before its first block.

        The first `typed` blocks of the page are of typed values. They bring a title along; what stands before them in
        the section takes it from them.
        """
        blocks = sorted(((block.line, self._block("", block)) for block in placed.section.rest), key=_line)
        title = self.renderer.plain(placed.section.title) if placed.titled else ""
        if not blocks:
            page += [(placed.section.line, views.Prose(title, Markup(""), placed.depth))] if title else []
            return
        for number, (line, block) in enumerate(page[:typed]) if placed.titled else ():
            if block.title and placed.section.line <= line < placed.end:
                title = block.title if blocks[0][0] < line else ""
                if title:
                    page[number] = line, _untitled(block)
                break
        blocks[0] = blocks[0][0], _titled(blocks[0][1], title, placed.depth)
        page += blocks

    def _block(self, title: str, block: Block) -> views.Block:
        if isinstance(block, Prose):
            return views.Prose(title, self.renderer.converter.block(block.markdown))
        if isinstance(block, Table):
            header = [self._inline(cell) for cell in block.header]
            return views.Table(title, header, [[self._inline(cell) for cell in row] for row in block.rows])
        if is_task_list(block):
            return views.Checks(title, "", self._checks("", [item.text for item in block.items]).items)
        return views.List(title, [self._item(item) for item in block.items], block.ordered)

    def _item(self, item: Item) -> Markup:
        html = self._inline(item.text)
        if item.done is not None:
            html = Markup("{} {}").format("☑" if item.done else "☐", html)
        nested = Markup("").join(Markup("<li>{}</li>").format(self._item(child)) for child in item.children)
        return Markup("{}<ul>{}</ul>").format(html, nested) if nested else html


_TYPED: Mapping[str, Callable[[_Blocks, Unit], Iterator[_Placed]]] = {
    "overview": _Blocks._overview,
    "objectives": _Blocks._objectives,
    "topics": _Blocks._topics,
    "activities": _Blocks._activities,
    "assessment": _Blocks._assessment,
    "checklist": _Blocks._checklist,
    "more": _Blocks._more,
}


def _is_introduced(unit: Unit) -> bool:
    """Say whether there is something to say before a unit begins: its summary, what it requires, where it leads."""
    named = (unit.prerequisites, unit.next)
    return bool(unit.summary) or any(references.mentions or references.text for references in named)


def is_task_list(block: Block) -> bool:
    """Say whether a block is a flat list of boxes to tick."""
    return isinstance(block, Listing) and all(item.done is not None and not item.children for item in block.items)


def tick_names(unit: Unit) -> Mapping[str, tuple[str, ...]]:
    """Return by text the stable names of the boxes with it: made from the text, they survive an edit of the others."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    taken: set[str] = set()
    seen: Counter[str] = Counter()
    for text in _check_texts(unit):
        seen[text] += 1
        whole = digest(f"{text}\n{seen[text]}", 64)
        length = next(length for length in range(4, 65) if whole[:length] not in taken)
        taken.add(whole[:length])
        names[text].append(whole[:length])
    return {text: tuple(found) for text, found in names.items()}


def _check_texts(unit: Unit) -> Iterator[Text]:
    yield from (check.text for check in unit.checklist)
    for section in unit.sections:
        for block in section.rest:
            if isinstance(block, Listing) and is_task_list(block):
                yield from (item.text for item in block.items)


def _titled(block: views.Block, title: str, depth: int) -> views.Block:
    if isinstance(block, views.List | views.Prose | views.Table | views.Checks):
        return replace(block, title=title, depth=depth)
    return replace(block, title=title)


def _untitled(block: views.Block) -> views.Block:
    """Return a block whose title stands before another already."""
    return replace(block, title="", under=True) if isinstance(block, views.Cards) else replace(block, title="")


def _line(placed: _Placed) -> int:
    return placed[0]


def _placed(sections: Sequence[Section]) -> Iterator[_PlacedSection]:
    """Yield each section with the page it stands on; one of no kind stands with the section it is part of."""
    above: list[tuple[int, str, bool]] = []
    ends = [*(section.line for section in sections[1:]), sys.maxsize]
    for section, following, end in zip(sections, [*sections[1:], None], ends, strict=False):
        above = [outer for outer in above if outer[0] < section.level]
        outer = above[-1][1] if above and above[-1][0] > 1 else "more"
        page = _PAGE_OF.get(section.kind, "overview" if section.level < 2 else outer)
        titled = section.kind != "overview" and not (section.kind and following and _is_bare(section, following))
        depth = sum(level > 1 and on == page and seen for level, on, seen in above)
        above.append((section.level, page, titled and bool(section.title)))
        yield _PlacedSection(section, page, end, titled, depth)


def _is_bare(section: Section, following: Section) -> bool:
    """Say whether a heading of the layouts only leads to another of theirs: the title of its page stands for it."""
    return not section.rest and following.level > section.level and bool(following.kind)
