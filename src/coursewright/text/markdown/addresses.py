"""What a Markdown text leads to, and its headings; nothing in code or in comments counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from html import unescape
from typing import NamedTuple

from markdown_it.token import Token

from coursewright.text.markdown.anchors import Anchors, anchor_of, given_anchor
from coursewright.text.markdown.grammar import LEADING, whole
from coursewright.text.markdown.listings import listing

_TAG = re.compile(r"<(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:[\s/][^<>]*)?)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_PLAIN_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\([ \t]*(?:<([^<>\n]*)>|([^\s()<>]+))")
_ANY_TAG = re.compile(r"<[^<>]*>")
# By their tags, the attributes that hold an address; those of `a` lead elsewhere, the others are shown.
_HOLDERS = {"a": ("href",), "img": ("src",), "source": ("src",), "video": ("src", "poster"), "audio": ("src",)}
_SHOWN = frozenset(("img", "source", "video", "audio"))
_LONGEST, _MOST_TOKENS = 2_000, 200  # of what a link or a heading says


class Address(NamedTuple):
    """Where a link leads, or which picture or other medium is shown, as it is written; `text` is what it says."""

    href: str
    line: int
    is_picture: bool
    text: str


class Heading(NamedTuple):
    """A heading: its inline Markdown without attributes, and its anchor as GitHub makes it."""

    level: int
    text: str
    anchor: str
    line: int


def addresses(markdown: str) -> Iterator[Address]:
    """Yield the addresses of a text's links and pictures, with their lines: the first line of the text is 1."""
    if LEADING.search(markdown):
        yield from _read(markdown).addresses


def diagrams(markdown: str) -> Iterator[int]:
    """Yield the lines of the diagrams in a text that are code for a command to draw."""
    yield from _read(markdown).diagrams


def headings(markdown: str) -> Iterator[Heading]:
    """Yield the headings of a text, those in raw HTML too; the anchor of each is on the page once."""
    yield from _read(markdown).headings


def code(markdown: str) -> str:
    """Return a name of all the code in a text, in blocks and in lines: two texts have the same if their code is."""
    return _read(markdown).code


class _Found(NamedTuple):
    """What there is in a text."""

    addresses: tuple[Address, ...]
    headings: tuple[Heading, ...]
    diagrams: tuple[int, ...]
    code: str


@lru_cache(maxsize=1_000)
def _read(markdown: str) -> _Found:
    """Return all that there is in a text, which is parsed once, whoever asks for what."""
    tokens = whole().parse(markdown.replace("\r\n", "\n"))
    return _Found(tuple(_addresses(tokens)), tuple(_headings(tokens)), tuple(_diagrams(tokens)), _code(tokens))


def _addresses(tokens: Sequence[Token]) -> Iterator[Address]:
    for token in tokens:
        first = (token.map[0] if token.map else 0) + 1
        if token.type == "html_block":
            yield from _in_html(token.content, first)
        elif token.type == "inline":
            yield from _in_line(token.children or [], first)


def _diagrams(tokens: Sequence[Token]) -> Iterator[int]:
    for token in tokens:
        if token.type == "fence" and listing(token.info, "").is_diagram:
            yield (token.map[0] if token.map else 0) + 1


def _code(tokens: Sequence[Token]) -> str:
    blocks = [token.content for token in tokens if token.type in ("fence", "code_block")]
    inline = (child for token in tokens for child in token.children or ())
    said = [*blocks, *(child.content for child in inline if child.type == "code_inline")]
    return sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest() if said else ""


def _headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    anchors = Anchors()
    for place, token in enumerate(tokens):
        line = (token.map[0] if token.map else 0) + 1
        if token.type == "heading_open":
            yield _heading(int(token.tag[1]), tokens[place + 1], anchors, line)
        elif token.type == "html_block":
            yield from _headings_in_html(token.content, anchors, line)


def _heading(level: int, inline: Token, anchors: Anchors, line: int) -> Heading:
    text, given = given_anchor(inline.content)
    plain = _plain(inline.children or [])
    if text != inline.content:
        plain, _ = given_anchor(plain)
    return Heading(level, text.strip(), anchors.anchor(given or anchor_of(plain)), line)


def _plain(children: list[Token]) -> str:
    """Return what a line says without its markup; pictures say nothing here, as on GitHub."""
    shown = ("text", "code_inline", "text_special", "entity")
    return "".join(one.content if one.type in shown else " " * (one.type == "softbreak") for one in children)


_HTML_HEADING = re.compile(r"<h([1-6])((?:\s[^<>]*)?)>", re.IGNORECASE)


def _headings_in_html(html: str, anchors: Anchors, line: int) -> Iterator[Heading]:
    html, last = _without_comments(html), 0
    for found in _HTML_HEADING.finditer(html):
        line, last = line + html.count("\n", last, found.start()), found.start()
        if text := _up_to(html, "</h", found.end()):
            given = _attributes(found[2]).get("id", "")
            yield Heading(int(found[1]), text, anchors.anchor(given or anchor_of(text)), line)


def _in_line(children: list[Token], line: int) -> Iterator[Address]:
    """Yield the addresses of the tokens of a line; a link says what stands up to its end."""
    if len(children) == 1 and children[0].type == "text" and "](" in children[0].content:  # too long to be read
        for found in _PLAIN_LINK.finditer(children[0].content):
            yield Address(found[3] or found[4] or "", line, bool(found[1]), found[2])
    for place, token in enumerate(children):
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        elif token.type == "image":
            yield Address(str(token.attrs.get("src", "")), line, True, token.content)
        elif token.type == "link_open":
            yield Address(str(token.attrs.get("href", "")), line, False, _linked(children, place))
        elif token.type == "html_inline":
            yield from _of_tag(token.content, line, _linked(children, place, html=True))
            line += token.content.count("\n")


def _linked(children: list[Token], place: int, *, html: bool = False) -> str:
    """Return what stands between a token that opens a link and the one that closes it."""
    said: list[str] = []
    if html and children[place].content[:2].lower() != "<a":
        return ""
    for token in children[place + 1 : place + _MOST_TOKENS]:
        if token.type == "link_close" or (html and token.content[:3].lower() == "</a"):
            break
        said.append(" " if token.type == "softbreak" else token.content if token.type != "html_inline" else "")
    return "".join(said)


def _in_html(html: str, line: int) -> Iterator[Address]:
    html = _without_comments(html)
    lines, last = line, 0
    for found in _TAG.finditer(html):
        if found["name"].lower() in _HOLDERS:
            lines, last = lines + html.count("\n", last, found.start()), found.start()
            yield from _of_tag(found[0], lines, _linked_in_html(html, found))


def _linked_in_html(html: str, found: re.Match[str]) -> str:
    return _up_to(html, "</a", found.end()) if found["name"].lower() == "a" else ""


def _up_to(html: str, closing: str, start: int) -> str:
    """Return what HTML says up to a tag that is not far away."""
    end = html.find(closing, start, start + _LONGEST)
    return " ".join(unescape(_ANY_TAG.sub("", html[start : max(end, start)])).split())


def _of_tag(tag: str, line: int, text: str) -> Iterator[Address]:
    found = _TAG.match(tag)
    name = found["name"].lower() if found else ""
    attributes = _attributes(found["rest"]) if found and name in _HOLDERS else {}
    for holder in _HOLDERS.get(name, ()):
        if holder in attributes:
            yield Address(attributes[holder], line, name in _SHOWN, text or attributes.get("alt", ""))


def _attributes(tag: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag[:_LONGEST])
    return {name.lower(): unescape(double or single or bare).strip() for name, double, single, bare in found}


def _without_comments(html: str) -> str:
    """Return HTML with blank lines for its comments; what is not closed is a comment to the end."""
    kept, place = [], 0
    while (start := html.find("<!--", place)) >= 0:
        end = html.find("-->", start + 4)
        end = len(html) if end < 0 else end + 3
        kept += [html[place:start], "\n" * html.count("\n", start, end)]
        place = end
    return "".join([*kept, html[place:]])
