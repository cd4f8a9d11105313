"""From the blocks of a part to what templates show: texts as HTML, titles in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from markupsafe import Markup

from coursewright.course.blocks import (
    Block,
    Card,
    Cards,
    Checklist,
    Facts,
    Headed,
    Judged,
    Paragraph,
    Scale,
    Timeline,
    Topics,
)
from coursewright.course.values import Competency, Milestone
from coursewright.frozen import frozen
from coursewright.pages import views
from coursewright.pages.language import Language
from coursewright.text.markdown.html import Converter
from coursewright.text.markdown.values import Item, Listing, Prose, Table
from coursewright.text.phrases import LEVELS, level


@frozen
class Viewer:
    """Turns blocks into views. `address`, `top`, `prefix` and `boxes` are how the converter takes prose.

    `made` holds what was made of some prose before, together with other prose of its page.
    """

    converter: Converter
    language: Language
    address: Callable[[str], str | None] | None = None
    top: int | None = None
    prefix: str = ""
    boxes: bool = True
    made: Mapping[Prose, Markup] = field(default_factory=dict)

    def view(self, headed: Headed) -> views.BlockView:
        """Return what a template shows of a block."""
        title = self.language.labels[headed.label] if headed.label else self.converter.plain(headed.title)
        return _VIEWS[type(headed.block)](self, headed.block, title, headed.depth)

    def judged(self, judged: Judged) -> list[tuple[str, Markup]]:
        """Return by their labels what counts as done, and how that is checked, as far as it is said."""
        said = (("criteria", judged.criteria), ("validation", judged.validation))
        return [(self.language.labels[label], self._inline(text)) for label, text in said if text]

    def _inline(self, text: str) -> Markup:
        return self.converter.inline(text)

    def _prose(self, block: Prose, title: str, depth: int) -> views.ProseView:
        html = self.made[block] if block in self.made else self._block(block)
        return views.ProseView(title, html, depth)

    def _block(self, block: Prose) -> Markup:
        if not block.markdown:
            return Markup("")
        return self.converter.block(
            block.markdown, address=self.address, top=self.top, prefix=self.prefix, boxes=self.boxes
        )

    def together(self, texts: Sequence[Prose]) -> Viewer:
        """Return a viewer that knows what the texts of one page become as one."""
        if self.address is None:
            return self
        found = [text for text in texts if text.markdown]
        whole = self.converter.blocks(
            [text.markdown for text in found], address=self.address, top=self.top, prefix=self.prefix, boxes=self.boxes
        )
        return replace(self, made=dict(zip(found, whole, strict=True)))

    def _paragraph(self, block: Paragraph, title: str, depth: int) -> views.ProseView:
        return views.ProseView(title, Markup("<p>{}</p>").format(self._inline(block.text)), depth)

    def _table(self, block: Table, title: str, depth: int) -> views.TableView:
        header = [self._inline(cell) for cell in block.header]
        return views.TableView(title, header, [[self._inline(cell) for cell in row] for row in block.rows], depth)

    def _listing(self, block: Listing, title: str, depth: int) -> views.ListView:
        return views.ListView(title, [self._item(item) for item in block.items], block.ordered, depth)

    def _item(self, item: Item) -> Markup:
        html = self._inline(item.text)
        if item.done is not None:
            html = Markup("{} {}").format("☑" if item.done else "☐", html)
        if not item.children:
            return html
        nested = Markup("").join(Markup("<li>{}</li>").format(self._item(child)) for child in item.children)
        return Markup("{}<ul>{}</ul>").format(html, nested)

    def _checklist(self, block: Checklist, title: str, depth: int) -> views.ChecksView:
        items = [views.CheckView(box.name, self._inline(box.text), done=False) for box in block.boxes]
        return views.ChecksView(title, self.language.labels["checklist_hint"] if block.explained else "", items, depth)

    def _facts(self, block: Facts, title: str, _: int) -> views.FactsView:
        pairs = [(self.language.labels["placement"], str(block.placement))]
        pairs += [(found.name, "; ".join(filter(None, [found.value, *found.children]))) for found in block.fields]
        return views.FactsView(title, [(label, self._inline(value)) for label, value in pairs if value])

    def _topics(self, block: Topics, title: str, _: int) -> views.TopicsView:
        topics = [views.TopicView(self._inline(topic.title), self._inline(topic.detail)) for topic in block.topics]
        return views.TopicsView(title, topics)

    def _scale(self, block: Scale, title: str, _: int) -> views.CompetenciesView:
        columns = ["competency", "target", "evidence", *(["role"] if block.with_roles else [])]
        header = [self.language.labels[key] for key in columns]
        rows = [self._competency(row, block.with_roles) for row in block.competencies]
        return views.CompetenciesView(title, header, len(LEVELS), rows)

    def _competency(self, row: Competency, with_role: bool) -> views.CompetencyView:
        rest = [self._inline(text) for text in (row.evidence, *([row.role] if with_role else []))]
        return views.CompetencyView(self._inline(row.name), self._inline(row.target), level(row.target), rest)

    def _judged(self, block: Judged, title: str, _: int) -> views.FactsView:
        return views.FactsView(title, self.judged(block))

    def _cards(self, block: Cards, title: str, _: int) -> views.CardsView:
        return views.CardsView(title, [self._card(card) for card in block.cards], block.under)

    def _card(self, card: Card) -> views.CardView:
        facts = self.judged(card.judged) if card.judged else []
        return views.CardView(self._inline(card.title), self._inline(card.text), facts)

    def _timeline(self, block: Timeline, title: str, _: int) -> views.TimelineView:
        due = [views.MilestoneView(self._when(found), self._inline(found.text)) for found in block.milestones]
        return views.TimelineView(title, due)

    def _when(self, milestone: Milestone) -> str:
        form = "when" if milestone.first == milestone.last else "when_range"
        unit = self.language.labels[f"when_{milestone.unit}"]
        return self.language.said(form, unit=unit, first=str(milestone.first), last=str(milestone.last))


_VIEWS: Mapping[type[Block], Callable[[Viewer, Any, str, int], views.BlockView]] = {
    Prose: Viewer._prose,
    Paragraph: Viewer._paragraph,
    Table: Viewer._table,
    Listing: Viewer._listing,
    Checklist: Viewer._checklist,
    Facts: Viewer._facts,
    Topics: Viewer._topics,
    Scale: Viewer._scale,
    Judged: Viewer._judged,
    Cards: Viewer._cards,
    Timeline: Viewer._timeline,
}
