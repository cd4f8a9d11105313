"""Lessons: whole documents of authors as HTML, with their pictures, links, boxes, films and raw HTML made safe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, code_escape

from coursewright.text.bidi import Directions, Flow
from coursewright.text.markdown.blocks import GitHubBlocks
from coursewright.text.markdown.boxes import of_component
from coursewright.text.markdown.cleaning import cleaned
from coursewright.text.markdown.extras import Extras
from coursewright.text.markdown.grammar import lessons
from coursewright.text.markdown.inline import SIMPLE, CommonPatterns, Formulas
from coursewright.text.markdown.listings import CodeListing, titled
from coursewright.text.markdown.tree import Growth
from coursewright.text.patterns import later

# What no XML holds, and our marks.
_STASH = later("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0\ufdd1\ufffe\uffff\ud800-\udfff]")
_LONGEST_LINE, _MOST_STEPS, _MOST_STEPS_OF_ALL = 100_000, 20_000_000, 200_000_000
_COSTLY = later(r"[\[`<*_~$]")
_COMPONENT = later(r"<(?P<end>/?)(?P<name>[A-Z]\w*)(?P<words>(?:\s[^<>]*)?)/?>")
_BOXES = frozenset(
    [
        *("Accordion", "Admonition", "Aside", "Callout", "Caution", "CodeGroup", "Danger", "Details", "Example"),
        *("Expander", "Hint", "Important", "Info", "Note", "Tab", "TabItem", "Tabs", "Tip", "Warning"),
    ]
)
_DEEPEST = 200
_MARKED_UP = later(r"[`\\\[*_<&~^={!$\n]|https?:|www\.|:[a-z0-9_+-]+:")
_PRE = later(r"<pre(?=[ >])")
_LISTING = later("<pre>\ufdd0(\\d+)\ufdd1</pre>")
_TAG = later(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_VOID = frozenset(
    ["br", "hr", "img", "input", "source", "track", "col", "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option"]
)


class LessonPages:
    """Makes HTML of whole documents; it is clean, and its addresses and headings are as written."""

    def __init__(self, *, math: bool, flow: Flow, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._listings: list[str] = []
        blocks = GitHubBlocks(lessons(math=math), lambda md: self._growth(md, math=math))
        own = [blocks, CommonPatterns(), Extras(math=math), Directions(flow), *([Formulas()] if math else [])]
        self._markdown = Markdown(extensions=own)
        self._markdown.treeprocessors.register(_Bounds(self._markdown), "bounds", 25)

    def _growth(self, md: Markdown, *, math: bool) -> Growth:
        def kept(html: str) -> str:
            return md.htmlStash.store(_COMPONENT.sub(_component, html))

        return Growth(kept, self._set_aside, self._labels, whole=True, math=math)

    def _set_aside(self, listing: CodeListing) -> str:
        """Return what stands for a listing until the page is finished: its many elements need no cleaning."""
        self._listings.append(self._shown(listing))
        return f"<pre>\ufdd0{len(self._listings) - 1}\ufdd1</pre>"

    def _shown(self, listing: CodeListing) -> str:
        """Return the HTML of a listing below its title."""
        return titled(listing, self._labels.get("diagram", "Diagram") if listing.is_diagram else "")

    def bodies(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield the clean HTML of the texts of one page."""
        self._listings.clear()
        yield from map(self._body, texts)

    def _body(self, markdown: str) -> str:
        text = _STASH.sub("", markdown.replace("\r\n", "\n").replace("\r", "\n"))
        made = self._markdown.reset().convert(text).replace("\x02", "").replace("\x03", "")  # no package holds these
        tags = sum(str(html).count("<") for html in self._markdown.htmlStash.rawHtmlBlocks)
        return cleaned(made if tags < _DEEPEST or _depth(made) < _DEEPEST else f"<pre>{escape(text)}</pre>")

    def with_listings(self, html: str, attributes: str) -> str:
        """Return a finished page with the listings of its document, whose `pre` gets some attributes."""

        whole = _LISTING.sub(lambda found: self._listings[int(found[1])], html)
        return _PRE.sub(f"<pre{attributes}", whole)


def is_marked_up(text: str) -> bool:
    """Say whether anything in a line may be more than text."""
    return bool(_MARKED_UP.search(text))


def _component(found: re.Match[str]) -> str:
    """Return the HTML of a tag of JSX that begins or ends a box or a tab; any other has no meaning here."""
    if found["name"] not in _BOXES:
        return found[0]
    if found["end"]:
        return "</div>"
    box = of_component(found["name"], found["words"])
    if box.kind == "tabs":
        return '<div class="tabs">'
    name = "tab" if box.kind == "tab" else f"callout callout-{box.kind}" if box.kind else "callout"
    title = escape(box.title or box.kind.capitalize())
    return f'<div class="{name}"><p class="{"tab" if box.kind == "tab" else "callout"}-title">{title}</p>'


def _depth(html: str) -> int:
    """Return how deep tags nest, those aside that the next of their kind ends."""
    deepest = level = 0
    for found in _TAG.finditer(html):
        if found[2] not in _VOID:
            level += -1 if found[1] else 1
            deepest = max(deepest, level)
    return deepest


class _Bounds(Treeprocessor):
    """Reads lines that are plain or nearly so, and leaves those as written that would take too long to read."""

    def run(self, root: Element) -> None:
        total = 0
        for element in list(root.iter()):
            for place in ("text", "tail"):
                text = getattr(element, place)
                if not text or isinstance(text, AtomicString):
                    continue
                if not is_marked_up(text):
                    setattr(element, place, AtomicString(text))
                elif len(text) > 500:
                    steps = len(text) * len(_COSTLY.findall(text))
                    total += steps
                    if len(text) > _LONGEST_LINE or steps > _MOST_STEPS or total > _MOST_STEPS_OF_ALL:
                        setattr(element, place, AtomicString(text))
                elif place == "text":
                    _read_simple(element, text)


def _read_simple(element: Element, text: str) -> None:
    """Make elements of strong text and code, where an element's text holds nothing else."""
    parts: list[Element] = []
    first, position = "", 0
    for found in SIMPLE.finditer(text):
        between = text[position : found.start()]
        if _MARKED_UP.search(between):
            return
        if parts:
            parts[-1].tail = AtomicString(between)
        else:
            first = between
        parts.append(Element("strong" if found[1] else "code"))
        parts[-1].text = AtomicString(found[1] or code_escape(found[2].strip()))
        position = found.end()
    rest = text[position:]
    if parts and not _MARKED_UP.search(rest):
        parts[-1].tail = AtomicString(rest)
        element.text, element[:0] = AtomicString(first), parts
