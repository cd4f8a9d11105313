"""From a unit to its pages: what a learner reads, in which order, as HTML. Every format takes the same pages.

A page is made of blocks, and `packaging_templates/blocks.html.j2` knows how each kind of block looks.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from coursewright import model
from coursewright.audience import blocks_for_learners, for_learners
from coursewright.identity import digest
from coursewright.markup import Converter
from coursewright.model import Audience, Field, Section, Text, Unit
from coursewright.resources import resource
from coursewright.wording import is_placeholder, normal, plain_number

# --- what the templates take: see blocks.html.j2 ---


@dataclass(frozen=True, slots=True)
class List:
    """Items, one under another."""

    kind: ClassVar[str] = "list"
    title: str
    items: Sequence[Markup]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """HTML of paragraphs and whatever else the author wrote."""

    kind: ClassVar[str] = "prose"
    title: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Topic:
    """A point of the outline."""

    title: Markup
    detail: Markup


@dataclass(frozen=True, slots=True)
class Topics:
    """The outline."""

    kind: ClassVar[str] = "topics"
    title: str
    items: Sequence[Topic]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to do, with what counts as done."""

    title: Markup
    body: Markup
    facts: Sequence[tuple[str, Markup]]


@dataclass(frozen=True, slots=True)
class Cards:
    """Things to do."""

    kind: ClassVar[str] = "cards"
    title: str
    items: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row."""

    kind: ClassVar[str] = "table"
    title: str
    header: Sequence[Markup]
    rows: Sequence[Sequence[Markup]]


@dataclass(frozen=True, slots=True)
class Milestone:
    """What is due when."""

    when: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Timeline:
    """Milestones."""

    kind: ClassVar[str] = "timeline"
    title: str
    items: Sequence[Milestone]


@dataclass(frozen=True, slots=True)
class Check:
    """A box to tick. `tick` names it in the learner's state; without one the tick is not remembered."""

    tick: str
    html: Markup
    done: bool


@dataclass(frozen=True, slots=True)
class Checks:
    """A checklist."""

    kind: ClassVar[str] = "checks"
    title: str
    hint: str
    items: Sequence[Check]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled values."""

    kind: ClassVar[str] = "facts"
    title: str
    items: Sequence[tuple[str, Markup]]


@dataclass(frozen=True, slots=True)
class Hours:
    """Learning time, with its parts as (label, hours, percent of the whole)."""

    kind: ClassVar[str] = "hours"
    total: str
    parts: Sequence[tuple[str, str, float]]


Block = List | Prose | Topics | Cards | Table | Timeline | Checks | Facts | Hours


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a unit: `key` is its stable ASCII name, `body` its HTML from h3 down."""

    key: str
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class Content:
    """A unit, converted: nothing in it depends on the course or the format. `ticks` name its boxes, in order."""

    title: Markup
    summary: Markup
    pages: tuple[Page, ...]
    ticks: tuple[str, ...]


# --- which section's leftovers stand on which page ---

_PAGES = ("overview", "objectives", "topics", "activities", "assessment", "checklist", "more")
_PAGE_OF_SECTION = {
    "": "overview",
    "module roadmap": "overview",
    "project plan": "overview",
    "module overview": "overview",
    "project overview": "overview",
    "overview": "overview",
    "cross role progression": "overview",
    "learning objectives": "objectives",
    "competency alignment": "objectives",
    "content outline": "topics",
    "project narrative": "topics",
    "problem statement": "topics",
    "constraints and assumptions": "topics",
    "practical components": "activities",
    "hands on activities": "activities",
    "key deliverables": "activities",
    "deliverables": "activities",
    "learning activities and milestones": "activities",
    "guided activities": "activities",
    "milestone schedule": "activities",
    "learner experience": "activities",
    "assessments and evidence": "assessment",
    "assessment and validation": "assessment",
    "assessment and rubric": "assessment",
    "quality checklist": "checklist",
}
# Sections of which nothing is typed, so that what they hold needs their own heading on the page.
_UNTYPED = frozenset(
    {
        "cross role progression",
        "project narrative",
        "problem statement",
        "constraints and assumptions",
        "learner experience",
    }
)
_TYPED = frozenset(_PAGE_OF_SECTION) - _UNTYPED
_ASSESSING = ("assess", "quiz", "exam", "test", "checkpoint")


class Renderer:
    """Turns units into content. Holds the templates, the labels of one language and the Markdown converter."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.labels, self.translated = _labels(language)
        self.environment = Environment(
            loader=FileSystemLoader(resource("packaging_templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._converter = Converter()
        self._blocks = self.environment.get_template("blocks.html.j2")

    def inline(self, text: str) -> Markup:
        """Return the HTML of one line of Markdown."""
        return self._converter.inline(text)

    def plain(self, text: str) -> str:
        """Return one line of Markdown as text without markup."""
        return self._converter.plain(text)

    def content(self, unit: Unit) -> Content:
        """Convert a unit, once for every format."""
        leftovers = self._leftovers(unit)
        pages = []
        for key in _PAGES:
            blocks = [*_TYPED_BLOCKS[key](self, unit), *leftovers[key]]
            if blocks or key == "overview":
                body = Markup(self._blocks.render(blocks=blocks, labels=self.labels))  # noqa: S704 - escaped there
                pages.append(Page(key, self.labels[f"page_{key}"], body))
        return Content(self.inline(unit.title), self.summary(unit), tuple(pages), tick_names(unit))

    def summary(self, unit: Unit) -> Markup:
        """Return the unit's summary as a learner reads it, which is empty for instructions to authors."""
        return self.inline(summary_text(unit))

    # --- typed values, page by page ---

    def _overview(self, unit: Unit) -> Iterator[Block]:
        if unit.hours.total is not None:
            yield Hours(self._hours(unit.hours.total), self._hour_parts(unit))
        placement = Field(self.labels["placement"], unit.placement.raw, unit.placement.raw.line)
        if facts := self._facts([placement, *unit.fields]):
            yield Facts("", facts)

    def _objectives(self, unit: Unit) -> Iterator[Block]:
        yield from self._list("objectives", unit.objectives)
        stated = [row for row in unit.competencies if not is_placeholder(row.name)]
        columns = ["competency", "target", "evidence"]
        if any(row.role and row.role not in unit.roles for row in stated):
            columns.append("role")
        cells = ((row.name, row.target, row.evidence, row.role)[: len(columns)] for row in stated)
        if rows := [[self._cell(cell) for cell in row] for row in cells]:
            header = [escape(self.labels[key]) for key in columns]
            yield Table(self.labels["competencies"], header, rows)

    def _topics(self, unit: Unit) -> Iterator[Block]:
        topics = [
            Topic(self.inline(title), self._cell(topic.detail))
            for topic in unit.outline
            if (title := shown(topic.title))
        ]
        if topics:
            yield Topics(self.labels["outline"], topics)

    def _activities(self, unit: Unit) -> Iterator[Block]:
        yield from self._list("activities", unit.activities)
        yield from self._cards(unit, assessing=False)
        yield from self._list("deliverables", unit.deliverables)
        if unit.milestones:
            items = [
                Milestone(self._when(due), self.inline(text)) for due in unit.milestones if (text := shown(due.text))
            ]
            yield Timeline(self.labels["milestones"], items)

    def _assessment(self, unit: Unit) -> Iterator[Block]:
        yield from self._list("assessments", unit.assessments)
        yield from self._cards(unit, assessing=True)

    def _checklist(self, unit: Unit) -> Iterator[Block]:
        ticks = iter(tick_names(unit))
        items = [
            Check(next(ticks), self.inline(text), done=False) for check in unit.checklist if (text := shown(check.text))
        ]
        if items:
            yield Checks(self.labels["checklist"], self.labels["checklist_hint"], items)

    def _more(self, unit: Unit) -> Iterator[Block]:
        risks = [
            Card(self.inline(risk), self._cell(found.mitigation), ())
            for found in unit.risks
            if (risk := shown(found.risk))
        ]
        if risks:
            yield Cards(self.labels["risks"], risks)

    # --- pieces ---

    def _list(self, label: str, texts: Iterable[Text]) -> Iterator[Block]:
        if items := [self.inline(text) for written in texts if (text := shown(written))]:
            yield List(self.labels[label], items)

    def _cards(self, unit: Unit, *, assessing: bool) -> Iterator[Block]:
        cards = []
        for component in unit.components:
            if any(word in component.asset.lower() for word in _ASSESSING) is not assessing:
                continue
            facts = [
                (self.labels[label], self.inline(text))
                for label, written in (("criteria", component.criteria), ("validation", component.validation))
                if (text := shown(written))
            ]
            body = self._cell(component.description)
            if title := shown(component.asset):
                cards.append(Card(self.inline(title), body, facts))
        if cards:
            yield Cards(self.labels["assessed_work" if assessing else "components"], cards)

    def _facts(self, fields: Iterable[Field]) -> list[tuple[str, Markup]]:
        facts = []
        for found in fields:
            value = shown(Text("; ".join(filter(None, [found.value, *found.children])), found.line))
            if value and for_learners(Text(f"**{found.label}**")):
                facts.append((found.label, self.inline(value)))
        return facts

    def _cell(self, text: Text) -> Markup:
        return self.inline(shown(text) or "")

    def _hours(self, hours: float) -> str:
        return self.labels["hour" if hours == 1 else "hours"].format(hours=plain_number(hours))

    def _hour_parts(self, unit: Unit) -> list[tuple[str, str, float]]:
        whole = sum(unit.hours.breakdown.values())
        return [
            (self.labels.get(f"hours_{kind}", kind.capitalize()), self._hours(hours), 100 * hours / whole)
            for kind, hours in unit.hours.breakdown.items()
            if hours
        ]

    def _when(self, milestone: model.Milestone) -> str:
        form = "when" if milestone.first == milestone.last else "when_range"
        unit = self.labels[f"when_{milestone.unit}"]
        return self.labels[form].format(unit=unit, first=milestone.first, last=milestone.last)

    # --- what no typed value holds ---

    def _leftovers(self, unit: Unit) -> Mapping[str, list[Block]]:
        """Return by page the blocks that no typed value holds; a section's title stands before its first one."""
        by_page: defaultdict[str, list[Block]] = defaultdict(list)
        for section, page in _placed(unit.sections):
            if section.audience is Audience.STAFF or not section.rest:
                continue
            title = "" if normal(section.title) in _TYPED else self.plain(section.title)
            for block in blocks_for_learners(section.rest):
                if shown_block := self._block(title, block):
                    by_page[page].append(shown_block)
                    title = ""
        return by_page

    def _block(self, title: str, block: model.Block) -> Block | None:
        if isinstance(block, model.Prose):
            return Prose(title, self._converter.block(block.markdown))
        if isinstance(block, model.Table):
            header = [self.inline(cell) for cell in block.header]
            return Table(title, header, [[self._cell(cell) for cell in row] for row in block.rows])
        items = [self._item(item) for item in block.items if not is_placeholder(item.text)]
        return List(title, items, block.ordered) if items else None

    def _item(self, item: model.Item) -> Markup:
        html = self.inline(item.text)
        if item.done is not None:
            html = Markup("{} {}").format("☑" if item.done else "☐", html)
        nested = [self._item(child) for child in item.children if not is_placeholder(child.text)]
        return Markup("{}<ul>{}</ul>").format(html, _listed(nested)) if nested else html


def _listed(items: Iterable[Markup]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(item) for item in items)


_TYPED_BLOCKS: Mapping[str, Callable[[Renderer, Unit], Iterator[Block]]] = {
    "overview": Renderer._overview,
    "objectives": Renderer._objectives,
    "topics": Renderer._topics,
    "activities": Renderer._activities,
    "assessment": Renderer._assessment,
    "checklist": Renderer._checklist,
    "more": Renderer._more,
}


def shown(text: Text) -> Text | None:
    """Return what a learner's page shows of a text: nothing of a placeholder, no repository path."""
    return None if not text or is_placeholder(text) else for_learners(text) or None


def summary_text(unit: Unit) -> str:
    """Return the summary's Markdown for learners, without the role that the page shows anyway."""
    text = shown(unit.summary) or ""
    for role in unit.roles:
        text = text.removeprefix(f"{role} | ")
    return text


def tick_names(unit: Unit) -> tuple[str, ...]:
    """Return a stable name for each box that is shown, made from its text so that it survives an edit of the others."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for check in unit.checklist:
        if text := shown(check.text):
            seen[text] += 1
            whole = digest(f"{text}\n{seen[text]}", 64)
            length = 4
            while whole[:length] in names:
                length += 1
            names.append(whole[:length])
    return tuple(names)


def _placed(sections: Iterable[Section]) -> Iterator[tuple[Section, str]]:
    """Yield each section with the page it stands on: its own by title, else that of the section it is part of."""
    above: list[tuple[int, str]] = []
    for section in sections:
        above = [(level, page) for level, page in above if level < section.level]
        outer = above[-1][1] if above and above[-1][0] > 1 else "more"
        page = _PAGE_OF_SECTION.get(normal(section.title), outer)
        above.append((section.level, page))
        yield section, page


def _labels(language: str) -> tuple[Mapping[str, str], bool]:
    """Return the labels of a language, and whether there are any; what it lacks is English."""
    folder = resource("packaging_templates") / "labels"
    labels = tomllib.loads((folder / "en.toml").read_text(encoding="utf-8"))
    path = folder / f"{language.split('-')[0].lower()}.toml"
    if path.is_file():
        labels |= tomllib.loads(path.read_text(encoding="utf-8"))
    return labels, path.is_file()
