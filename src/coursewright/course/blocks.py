"""What the parts of a unit are made of: blocks of Markdown, those that any text has and those of a course."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.course.values import Competency, Field, Milestone, Topic
from coursewright.frozen import frozen
from coursewright.text.markdown import values
from coursewright.text.markdown.values import Item, Listing, Prose, Table, Text


@frozen
class Paragraph:
    """One line of Markdown."""

    text: Text


@frozen
class Facts:
    """Labelled values, as their author wrote them; `placement` is one that has a label of ours."""

    fields: tuple[Field, ...]
    placement: Text


@frozen
class Topics:
    """The outline of what is taught."""

    topics: tuple[Topic, ...]


@frozen
class Scale:
    """Competencies with their targets; `with_roles` says whether they are for other roles than the unit's, too."""

    competencies: tuple[Competency, ...]
    with_roles: bool


@frozen
class Judged:
    """What counts as done, and how that is checked; either may be empty."""

    criteria: Text
    validation: Text


@frozen
class Card:
    """One thing with a title of its own."""

    title: Text
    text: Text
    judged: Judged | None = None


@frozen
class Cards:
    """Things with titles of their own, such as work to do; `under` a title that stands before another block."""

    cards: tuple[Card, ...]
    under: bool = False


@frozen
class Timeline:
    """What is due when."""

    milestones: tuple[Milestone, ...]


@frozen
class Box:
    """A box to tick, with the name under which a learner's tick is kept."""

    name: str
    text: Text


@frozen
class Checklist:
    """Boxes to tick; `explained` if a hint of ours says what they are for."""

    boxes: tuple[Box, ...]
    explained: bool = False


Block = values.Block | Paragraph | Facts | Topics | Scale | Judged | Cards | Timeline | Checklist


@frozen
class Headed:
    """A block with the title above it: the author's, or the name of a label of ours, or neither.

    `depth` is how many titles on its page this one stands below. `opens` is the key of a page that
    stands on another, if this is its first block.
    """

    block: Block
    title: Text = Text("")
    label: str = ""
    depth: int = 0
    opens: str = ""


def texts(block: Block) -> Iterator[Text | Prose]:
    """Yield what a block says, in its order: lines of Markdown, and prose."""
    match block:
        case Prose():
            yield block
        case Paragraph(text):
            yield text
        case Listing(items=items):
            yield from (text for item in items for text in _of_item(item))
        case Table(header=header, rows=rows):
            yield from (cell for row in (header, *rows) for cell in row)
        case _:
            yield from filter(None, _of_rows(block))


def _of_item(item: Item) -> Iterator[Text]:
    yield item.text
    for child in item.children:
        yield from _of_item(child)


def _of_rows(block: Facts | Topics | Scale | Judged | Cards | Timeline | Checklist) -> Iterator[Text]:
    match block:
        case Facts(fields, placement):
            yield from (placement, *(text for field in fields for text in (field.value, *field.children)))
        case Topics(topics):
            yield from (text for topic in topics for text in (topic.title, topic.detail))
        case Scale(rows):
            yield from (text for row in rows for text in (row.name, row.target, row.evidence, row.role))
        case Judged(criteria, validation):
            yield from (criteria, validation)
        case Cards(cards):
            yield from (text for card in cards for text in _of_card(card))
        case Timeline(milestones):
            yield from (due.text for due in milestones)
        case Checklist(boxes):
            yield from (box.text for box in boxes)


def _of_card(card: Card) -> Iterator[Text]:
    yield from (card.title, card.text)
    if card.judged:
        yield from _of_rows(card.judged)


def line_of(block: Block) -> int:
    """Return the line on which a block begins; 0 for one without a text."""
    if isinstance(block, (Listing, Table, Prose)):
        return block.line
    return next((text.line for text in texts(block) if isinstance(text, Text)), 0)
