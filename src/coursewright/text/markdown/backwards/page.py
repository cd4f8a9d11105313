"""A page on its way back to Markdown: what is known of it, what was dropped from it, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from lxml.etree import _Element as Element

from coursewright.frozen import slotted

BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details", "dialog", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend"),
        *("li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "tr", "ul", "h1", "h2", "h3", "h4", "h5", "h6"),
    ]
)
Leading = Callable[[str], str]
"""Returns what stands in Markdown for an address of a page: a path, another address, or nothing to drop the link."""

Node: TypeAlias = str | Element
"""A piece of a page: words, or an element."""


class Dropped(StrEnum):
    """What a page has and Markdown has not."""

    STYLES = "styles"
    CLASSES = "classes"
    SCRIPTS = "scripts"
    COMMENTS = "comments"
    PIXELS = "tracking pixels"
    BLANKS = "empty paragraphs"
    HIDDEN = "hidden texts"
    FORMS = "form fields"
    DRAWINGS = "drawings"
    EMBEDS = "embedded objects"
    WORD = "word processor markup"
    NAMES = "file names as descriptions"
    HEIGHTS = "heights of pictures"
    NUMBERING = "numbering of lists"
    LINKS = "empty links"
    DEPTH = "deep nesting"


class Turned(NamedTuple):
    """A page as Markdown, what was dropped on the way by kind, and how many formulas it has."""

    markdown: str
    dropped: Mapping[str, int] = {}
    formulas: int = 0


@slotted
class Source:
    """A page that is being turned: how its addresses lead, which of its ids are wanted, and what is dropped.

    `blocky` are the elements of lines that hold blocks, `notes` the labels of footnotes by their ids. `plain` says that
    one of its formulas can be nothing else. `blocks_of` and `line_of` are the rules of blocks and of lines, which need
    each other.
    """

    lead: Leading
    blocks_of: Callable[[Source, Element], list[str]]
    line_of: Callable[[Source, list[Node]], str]
    anchors: Collection[str] = frozenset()
    dropped: Counter[str] = field(default_factory=Counter)
    blocky: set[Element] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)
    formulas: int = 0
    plain: bool = False

    def blocks(self, element: Element) -> list[str]:
        """Return the blocks in an element as Markdown, each without an empty line around it."""
        return self.blocks_of(self, element)

    def line(self, element: Element) -> str:
        """Return what is in an element as one line of Markdown."""
        return self.line_of(self, list(nodes(element))).strip()

    def drop(self, what: Dropped, count: int = 1) -> None:
        """Note that something is dropped."""
        if count:
            self.dropped[str(what)] += count


def nodes(element: Element) -> Iterator[Node]:
    """Yield the words and elements that are right in an element."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def add_words(element: Element, text: str) -> None:
    """Add words to what is in an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def classes(element: Element) -> list[str]:
    """Return the classes of an element in lower case."""
    return (element.get("class") or "").lower().split()


def words(element: Element) -> str:
    """Return the words in an element, with one blank between them."""
    return " ".join("".join(map(str, element.itertext())).split())
