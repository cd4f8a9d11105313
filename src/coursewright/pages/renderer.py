"""From a unit to its pages: what a learner reads, in which order, as HTML. Every format takes the same pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from jinja2 import BytecodeCache, TemplateError
from markupsafe import Markup

from coursewright.course.blocks import Headed
from coursewright.course.description import hours_of
from coursewright.course.division import INTRODUCTION
from coursewright.course.joining import LaidPage
from coursewright.course.layout import Ticks, laid_out, tick_names
from coursewright.course.model import Unit
from coursewright.course.parts import Page
from coursewright.course.values import Kind
from coursewright.frozen import frozen
from coursewright.pages import views
from coursewright.pages.blocks import Viewer
from coursewright.pages.language import Language
from coursewright.pages.map import Drawn, Map, mirrored
from coursewright.pages.templates import environment
from coursewright.pages.theme.theme import OURS, Theme, ThemeError, fault_in
from coursewright.resources import resource
from coursewright.text.markdown.html import Converter
from coursewright.text.markdown.values import Prose


@frozen
class PageView:
    """A page of a unit: `key` is its stable ASCII name, `body` its HTML from h3 down.

    `parts` pairs the id and title of each titled block; `quizzes` are those that stand on it. So many characters
    of the body as `introduced` says are its introduction. `joined` is the key of a page that now stands on it.
    """

    key: str
    title: str
    body: Markup
    parts: tuple[tuple[str, str], ...] = ()
    quizzes: tuple[views.QuizView, ...] = ()
    introduced: int = 0
    joined: str = ""

    @property
    def introduction(self) -> Markup:
        """What stands before all else."""
        return self.body[: self.introduced]

    @property
    def rest(self) -> Markup:
        """What stands behind the introduction."""
        return self.body[self.introduced :]


@frozen
class Content:
    """A unit, converted: nothing in it depends on the course or the format. `ticks` name its boxes."""

    title: Markup
    summary: Markup
    hours: views.HoursView | None
    pages: tuple[PageView, ...]
    ticks: tuple[str, ...]

    @property
    def quizzes(self) -> tuple[views.QuizView, ...]:
        """The quizzes on its pages, in their order."""
        return tuple(quiz for page in self.pages for quiz in page.quizzes)

    @property
    def is_lesson(self) -> bool:
        """Whether anything on its pages needs the rules of style/lesson/ and lesson.js."""
        return bool(self.quizzes) or any(_LESSON.search(page.body) for page in self.pages)


_LONG_TIME = 120  # minutes
_LESSON = re.compile(r'<(?:figure|img|pre|video)\b|class="(?:callout|code|film|footnotes|tab|task)')

# What a template can raise: its own errors, and those of the expressions in it.
_TEMPLATE_FAILS = (
    *(TemplateError, ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, SyntaxError, TypeError),
    ValueError,
)


class Renderer:
    """Turns units into content. Holds the templates, the labels of one language and the Markdown converter."""

    def __init__(
        self,
        language: str = "en",
        theme: Theme = OURS,
        *,
        math: bool = False,
        embed_videos: bool = False,
        compiled: BytecodeCache | None = None,
    ) -> None:
        self.theme = theme
        folders = [folder for folder in (theme.folder, resource("packaging_templates")) if folder]
        self.language = Language(language, theme)
        self.labels = self.language.labels
        self.said, self.spoken = self.language.said, self.language.spoken
        self.converter = Converter(math=math, flow=self.language.flow, labels=self.labels, embed_videos=embed_videos)
        self.viewer = Viewer(self.converter, self.language)
        known = {"theme": theme, **self.language.globals}
        self._in_hours: dict[float, str] = {}
        self._environment = environment(folders, known, compiled, sandboxed=bool(theme.templates))

    def render(self, template: str, **context: Any) -> str:
        """Return what a template makes of its context; raises ThemeError where a theme's template fails."""
        if not self.theme.templates:
            return self._environment.get_template(template).render(context)
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
        names = tuple(name for named in ticks.values() for name in named)
        pages = self._pages(unit, ticks)
        return Content(self.inline(unit.title), self.inline(unit.summary), self.hours(unit), pages, names)

    def _pages(self, unit: Unit, ticks: Ticks) -> tuple[PageView, ...]:
        return tuple(map(self._page, laid_out(unit, self.plain, ticks, opened=_is_introduced(unit))))

    def native(self, page: Page) -> Markup:
        """Return the body of a page that an LMS shows as its own: no script, style or form."""
        return self.body([self.viewer.view(headed) for headed in page.body], native=True)

    def viewer_of(self, body: Sequence[Headed], address: Callable[[str], str | None], name: str = "") -> Viewer:
        """Return what shows the blocks of a part, its texts as one; on a page of ours that has a `name`."""
        native, prefix = not name, f"{name}-" if name else ""
        viewer = replace(self.viewer, address=address, top=2 if native else 3, prefix=prefix, boxes=not native)
        return viewer.together([headed.block for headed in body if isinstance(headed.block, Prose)])

    def drawn(self, map: Map) -> Drawn:
        """Return a map with what templates show of it."""
        with self._blaming_the_theme():
            map = mirrored(map) if self.language.flow.turned else map
            macros: Any = self._environment.get_template("map.html.j2").module
            return Drawn(map, macros.picture(map))

    def hours(self, unit: Unit) -> views.HoursView | None:
        """Return the learning time of a unit, if its document says any."""
        if not unit.hours.raw:
            return self._hours_of_pages(unit)
        exact = unit.hours.exact and unit.hours.total is not None
        # the author's own words, where a number would say less
        total = self.in_hours(unit.hours.total or 0) if exact else self._stated(unit)
        return views.HoursView(total, self.kinds_of(unit.hours.breakdown))

    def kinds_of(self, breakdown: Mapping[str, float]) -> list[tuple[str, str, float]]:
        """Return the parts of a learning time by their labels, in words and in percent of the whole."""
        whole = sum(breakdown.values())
        return [
            (self.labels.get(f"hours_{kind}", kind.capitalize()), self.in_hours(hours), 100 * hours / whole)
            for kind, hours in breakdown.items()
            if hours
        ]

    def _stated(self, unit: Unit) -> Markup | str:
        """Return a time in its author's words; that of an author's pages is added up in minutes, and in ours."""
        if unit.kind is Kind.UNIT and unit.hours.total is not None:
            return self.minutes(unit.hours.total * 60)
        return self.language.shown(unit.hours.words)

    def _hours_of_pages(self, unit: Unit) -> views.HoursView | None:
        hours, timed = hours_of(unit), [part for part in unit.parts if isinstance(part, Page) and part.minutes]
        return views.HoursView(self.minutes(hours * 60), []) if hours and len(timed) > 1 else None

    def minutes(self, minutes: float) -> str:
        """Return a time in words: in minutes, a long one in hours, to the half hour from two hours on."""
        if minutes >= _LONG_TIME:
            return self.in_hours(round(minutes / 30) / 2)
        if minutes >= 60 and minutes % 15 == 0:
            return self.in_hours(minutes / 60)
        return self.said("minutes", minutes=round(minutes, 1))

    def in_hours(self, hours: float) -> str:
        """Return a number of hours in words; units have few."""
        if hours not in self._in_hours:
            self._in_hours[hours] = self.said("hours", hours=hours)
        return self._in_hours[hours]

    def _page(self, laid: LaidPage) -> PageView:
        blocks = [self.viewer.view(headed) for headed in laid.blocks]
        ids = [
            headed.opens or (f"{laid.key}-{number}" if block.title else "")
            for number, (headed, block) in enumerate(zip(laid.blocks, blocks, strict=True), start=1)
        ]
        own = next((at for at, headed in enumerate(laid.blocks) if headed.opens), len(blocks))
        own = own if laid.key == INTRODUCTION else 0
        introduction = self.body(blocks[:own], ids[:own]) if own else Markup("")
        return PageView(
            key=laid.key,
            title=self.plain(laid.title) or self.labels[f"page_{laid.key}"],
            body=introduction + (self.body(blocks[own:], ids[own:]) if blocks[own:] else ""),
            parts=tuple((id, block.title) for id, block in zip(ids, blocks, strict=True) if block.title),
            introduced=len(introduction),
        )

    def body(self, blocks: Sequence[views.BlockView], ids: Sequence[str] = (), *, native: bool = False) -> Markup:
        """Return the body of a page: as an LMS shows it, or in our own dress, where each block may have its id."""
        return Markup(self.render("blocks.html.j2", blocks=blocks, ids=ids, native=native))  # noqa: S704 - escaped there


def _is_introduced(unit: Unit) -> bool:
    """Say whether there is something to say before a unit begins: its summary, what it requires, where it leads."""
    named = (unit.prerequisites, unit.next)
    return bool(unit.summary) or any(references.mentions or references.text for references in named)
