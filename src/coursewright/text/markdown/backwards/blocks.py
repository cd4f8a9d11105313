"""What stands in blocks: the rules by which elements of a page become blocks of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape

from lxml.etree import _Element as Element

from coursewright.text.markdown.anchors import anchor_of
from coursewright.text.markdown.backwards.asides import aside, quoted
from coursewright.text.markdown.backwards.equations import TAG
from coursewright.text.markdown.backwards.escapes import begun, headed
from coursewright.text.markdown.backwards.fences import is_listing, listing
from coursewright.text.markdown.backwards.lists import defined, is_list, listed
from coursewright.text.markdown.backwards.media import film_card, is_film_card, medium, picture
from coursewright.text.markdown.backwards.notes import note
from coursewright.text.markdown.backwards.page import BLOCKS, Dropped, Node, Source, add_words, classes, nodes, words
from coursewright.text.markdown.backwards.raw import raw
from coursewright.text.markdown.backwards.tables import table
from coursewright.text.markdown.tree import HEADINGS

_MEDIA = frozenset(("iframe", "video", "audio", "object", "embed"))
_GIVEN = re.compile(r"[a-z]{2,20}(?:[-_][a-z]{1,20}){0,5}(?:[-_]\d{1,2})?")  # an anchor that somebody thought of
_MADE = re.compile(r"(?:yui|toc|kl|dp|mce|ui|id|el|main|content|header|heading|title|section|page|top)(?:[-_]|$)")
_AROUND = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "a": "a"}


def blocks_of(source: Source, element: Element) -> list[str]:
    """Return the blocks that are in an element."""
    return _within(source, element, ())


def _within(source: Source, element: Element, around: tuple[Element, ...]) -> list[str]:
    """Return the blocks in an element; `around` are elements of lines that stand around all of it."""
    made: list[str] = []
    run: list[Node] = []
    before, other = "", False  # the list that stands right before, and whether it has the other marks
    for node in nodes(element):
        if isinstance(node, str) or not _is_block(source, node):
            run.append(node)
            continue
        found = list(_paragraphs(source, run, around))
        made += found
        run = []
        other = is_list(node) and not found and before == node.tag and not other
        before = str(node.tag) if is_list(node) else ""
        made += listed(source, node, other=other) if is_list(node) else _block(source, node, around)
    return [*made, *_paragraphs(source, run, around)]


def _is_block(source: Source, element: Element) -> bool:
    return element.tag in BLOCKS or element in source.blocky


def _block(source: Source, element: Element, around: tuple[Element, ...]) -> list[str]:
    tag = str(element.tag)
    if is_listing(element):
        return listing(source, element)
    if is_film_card(element):
        return film_card(source, element)
    if element.get("data-note"):
        return note(source, element)
    if (
        tag in ("div", "section", "aside", "blockquote", "details", "p")
        and (found := aside(source, element)) is not None
    ):
        return found
    if tag in _RULES:
        return _RULES[tag](source, element, around)
    if tag in BLOCKS:
        return [*_place(source, element), *_within(source, element, around)]
    return _within(source, element, (*around, element) if tag in _AROUND else around)


def _paragraphs(source: Source, run: list[Node], around: tuple[Element, ...]) -> Iterator[str]:
    """Yield the paragraphs of a run of words and elements, which two breaks part; films and frames stand alone."""
    for part in _parted(run):
        if len(part) == 1 and not isinstance(part[0], str) and part[0].tag in _MEDIA:
            yield from medium(source, part[0])
        elif text := _wrapped(source, part, around).strip():
            yield _alone(source, part, begun(text))


def _alone(source: Source, part: list[Node], text: str) -> str:
    """Return a formula that is a paragraph by itself between lines of dollars, and lines of code between fences."""
    only = [one for one in part if not isinstance(one, str) or one.strip()]
    if len(only) != 1 or isinstance(only[0], str):
        return text
    if only[0].tag == TAG and text.startswith("$$"):
        return f"$$\n{text[2:-2].strip()}\n$$"
    if only[0].tag == "code" and ("\n" in (only[0].text or "").strip() or only[0].find("br") is not None):
        return "\n\n".join(listing(source, only[0]))
    return text


def _parted(run: list[Node]) -> Iterator[list[Node]]:
    part: list[Node] = []
    breaks = 0
    for node in run:
        is_break = not isinstance(node, str) and node.tag == "br"
        if not isinstance(node, str) and node.tag in _MEDIA:
            yield part
            yield [node]
            part, breaks = [], 0
            continue
        if isinstance(node, str) and not node.strip():
            part.append(node)
            continue
        breaks = breaks + 1 if is_break else 0
        if breaks == 2:
            yield part
            part = []
        elif breaks < 2:
            part.append(node)
    yield part


def _wrapped(source: Source, part: list[Node], around: tuple[Element, ...]) -> str:
    """Return a part of a line with the stress or the link that stands around all of its block."""
    if not around or not any(not isinstance(one, str) or one.strip() for one in part):
        return source.line_of(source, part)
    whole: Element | None = None
    for outer in around:
        made = outer.makeelement(str(outer.tag), {str(name): str(value) for name, value in outer.attrib.items()})
        whole = _filled(made, part) if whole is None else _filled(made, [whole])
    return source.line_of(source, [whole] if whole is not None else part)


def _filled(holder: Element, part: list[Node]) -> Element:
    for node in part:
        if isinstance(node, str):
            add_words(holder, node)
        else:
            node.tail = None
            holder.append(node)
    return holder


def _place(source: Source, element: Element) -> list[str]:
    """Return the place that a block names, if a link leads there."""
    name = element.get("id", "")
    return [f'<a id="{escape(name)}"></a>'] if name and name in source.anchors else []


def _paragraph(source: Source, element: Element, around: tuple[Element, ...]) -> list[str]:
    found = _within(source, element, around)
    if not found:
        source.drop(Dropped.BLANKS)
    return [*_place(source, element), *found]


def _heading(source: Source, element: Element, around: tuple[Element, ...]) -> list[str]:
    text = headed(_wrapped(source, list(nodes(element)), around).replace("\\\n", " ").strip())
    if not text:
        source.drop(Dropped.BLANKS)
        return []
    own = f" {{#{name}}}" if (name := _anchor(source, element)) else ""
    return [f"{'#' * int(str(element.tag)[1])} {text}{own}"]


def _anchor(source: Source, heading: Element) -> str:
    """Return the anchor of a heading that is used, or that somebody gave it, if its words do not give it anyway."""
    ids = [heading.get("id", ""), *(one.get("name") or one.get("id") or "" for one in heading.iter("a"))]
    used = next((one for one in ids if one and one in source.anchors), "")
    name = used or (ids[0] if _GIVEN.fullmatch(ids[0]) and not _MADE.match(ids[0]) else "")
    usual = anchor_of(words(heading))
    return "" if re.fullmatch(rf"{re.escape(usual)}(?:-\d+)?", name) or not re.fullmatch(r"[^\s{}]+", name) else name


def _quote(source: Source, element: Element, around: tuple[Element, ...]) -> list[str]:
    inner = _within(source, element, around)
    return [quoted(inner)] if inner else []


def _figure(source: Source, element: Element, around: tuple[Element, ...]) -> list[str]:
    """Return a picture with its caption; what holds more stays a figure where it is one picture, else is parted."""
    captions = list(element.iterchildren("figcaption"))
    pictures = list(element.iter("img"))
    said = words(captions[0]) if captions else ""
    if (
        len(pictures) == 1
        and len(words(element)) == len(said)
        and not any(True for _ in element.iter("a", "iframe", "video", TAG))
    ):
        marked = bool(captions) and any(one.tag not in ("p", "div", "span") for one in captions[0])
        return [raw(source, element)] if marked else [picture(source, pictures[0], said)]
    return _within(source, element, around)


def _rule(_source: Source, _element: Element, _around: tuple[Element, ...]) -> list[str]:
    return ["---"]


_RULES: Mapping[str, Callable[[Source, Element, tuple[Element, ...]], list[str]]] = {
    "p": _paragraph,
    **dict.fromkeys(HEADINGS, _heading),
    "blockquote": _quote,
    "figure": _figure,
    "hr": _rule,
    "table": lambda source, element, _: table(source, element),
    "dl": lambda source, element, _: defined(source, element),
}


def find_blocky(body: Element, source: Source) -> None:
    """Note the elements that hold blocks."""
    for element in body.iter():
        if element.tag in BLOCKS or "film" in classes(element):
            for above in element.iterancestors():
                if above in source.blocky:
                    break
                source.blocky.add(above)
