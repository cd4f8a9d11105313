"""The blocks of a part as GitHub's Markdown, with titles and labels in the language of the course."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

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
from coursewright.course.values import Milestone
from coursewright.pages.renderer import Renderer
from coursewright.text.markdown.values import Item, Listing, Prose, Table
from coursewright.text.names import between_blanks

_TOP, _DEEPEST = 2, 6
_BAR = re.compile(r"(?<!\\)\|")


def body_markdown(body: Iterable[Headed], renderer: Renderer) -> str:
    """Return the blocks of a part, with their titles, as one text."""
    texts = (text for headed in body for text in _headed(headed, renderer))
    return trimmed("\n\n".join(text for text in map(trimmed, texts) if text))


def trimmed(text: str) -> str:
    """Return a text without blank lines before and after it, and with plain ends of lines."""
    if text and not text[0].isspace() and not text[-1].isspace() and "\r" not in text:
        return text
    return "\n".join(between_blanks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def block_markdown(block: Block, renderer: Renderer) -> str:
    """Return one block without a title."""
    return _TEXTS[type(block)](block, renderer)


def _headed(headed: Headed, renderer: Renderer) -> Iterator[str]:
    title = renderer.labels[headed.label] if headed.label else " ".join(headed.title.split())
    if title:
        yield f"{'#' * min(_DEEPEST, _TOP + headed.depth)} {title}"
    yield block_markdown(headed.block, renderer)


def _prose(block: Prose, _: Renderer) -> str:
    return block.markdown


def _paragraph(block: Paragraph, _: Renderer) -> str:
    return str(block.text)


def _listing(block: Listing, _: Renderer) -> str:
    return "\n".join(_items(block.items, ordered=block.ordered))


def _items(items: Sequence[Item], *, ordered: bool = False) -> Iterator[str]:
    for number, item in enumerate(items, start=1):
        mark = f"{number}." if ordered else "-"
        box = "" if item.done is None else f"[{'x' if item.done else ' '}] "
        yield f"{mark} {box}{item.text}"
        yield from (f"{' ' * (len(mark) + 1)}{line}" for line in _items(item.children))


def _table(block: Table, _: Renderer) -> str:
    return table_markdown(block.header, block.rows)


def table_markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of texts, each of which is one line."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        f"| {' | '.join(_BAR.sub(chr(92) + '|', ' '.join(cell.split())) for cell in row)} |" for row in lines
    )


def _checklist(block: Checklist, _: Renderer) -> str:
    return "\n".join(f"- [ ] {box.text}" for box in block.boxes)


def _facts(block: Facts, renderer: Renderer) -> str:
    pairs = [(renderer.labels["placement"], str(block.placement), ())]
    lines = [*pairs, *((found.name, str(found.value), found.children) for found in block.fields)]
    return "\n".join(
        "\n".join([_labelled(label, value, renderer), *(f"  - {child}" for child in children)])
        for label, value, children in lines
        if value or children
    )


def _labelled(label: str, value: str, renderer: Renderer) -> str:
    return f"- **{label}**{renderer.labels['colon']}{value}".rstrip()


def _topics(block: Topics, _: Renderer) -> str:
    return "\n".join(
        f"{number}. {topic.title}{' – ' if topic.title and topic.detail else ''}{topic.detail}"
        for number, topic in enumerate(block.topics, start=1)
    )


def _scale(block: Scale, renderer: Renderer) -> str:
    columns = ["competency", "target", "evidence", *(["role"] if block.with_roles else [])]
    rows = ([row.name, row.target, row.evidence, row.role][: len(columns)] for row in block.competencies)
    return table_markdown([renderer.labels[column] for column in columns], rows)


def _judged(block: Judged, renderer: Renderer) -> str:
    said = (("criteria", block.criteria), ("validation", block.validation))
    return "\n".join(_labelled(renderer.labels[label], text, renderer) for label, text in said if text)


def _cards(block: Cards, renderer: Renderer) -> str:
    return "\n\n".join(text for card in block.cards for text in _card(card, renderer) if text)


def _card(card: Card, renderer: Renderer) -> Iterator[str]:
    yield f"{'#' * (_TOP + 1)} {card.title}"
    yield str(card.text)
    yield _judged(card.judged, renderer) if card.judged else ""


def _timeline(block: Timeline, renderer: Renderer) -> str:
    return "\n".join(_labelled(_when(found, renderer), found.text, renderer) for found in block.milestones)


def _when(due: Milestone, renderer: Renderer) -> str:
    form = "when" if due.first == due.last else "when_range"
    unit = renderer.labels[f"when_{due.unit}"]
    return renderer.language.said(form, unit=unit, first=str(due.first), last=str(due.last)).striptags()


_TEXTS: Mapping[type[Block], Callable[[Any, Renderer], str]] = {
    Prose: _prose,
    Paragraph: _paragraph,
    Table: _table,
    Listing: _listing,
    Checklist: _checklist,
    Facts: _facts,
    Topics: _topics,
    Scale: _scale,
    Judged: _judged,
    Cards: _cards,
    Timeline: _timeline,
}
