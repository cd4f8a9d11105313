"""Which way a text runs, and marks that keep its order beside text that runs the other way.

Browsers order a line as the page runs: an English sentence on an Arabic page gets its full stop at the wrong end, and
`C++` becomes `++C`. So what runs the other way is marked, by `dir` attributes of `span`, `p` and the like, which the
LMSs keep where they show a page as their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from coursewright.frozen import frozen
from coursewright.text.patterns import later

_FROM_RIGHT = later("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_FROM_LEFT = later(r"[A-Za-z\d]")
_PLACE = later("\x02[^\x03]*\x03")  # the Markdown library's marks of its own places
_SHARE = 0.4  # of the words, from which on a text runs from right to left: names of things are often English there
_ADDRESS = later(r"\w+://")
_OF_NO_LANGUAGE = later(r"\w+://|[!-`{-~]+$")  # addresses, ids, abbreviations

# What falls apart in a line from right to left though it belongs together: C++ .NET --help -5 ≥80% +49 30 12 2026-11-29
_EDGES = (
    r"(?<![A-Za-z\d_])(?:[A-Za-z][\w./&-]{0,40}[+#*]{1,3}(?![A-Za-z\d_])"
    r"|(?<![\w.])(?:\.|--?|@|~?/|\$|#)[A-Za-z](?:[\w./@=-]{0,80}[\w/])?"
    r"|(?<!\S)[<>≤≥=≈~±+−-]{1,2}\s?\d[\d.,]*\s?%?|\+\d[\d ()-]{0,30}\d|\d{4}-\d\d(?:-\d\d)?(?![\d-]))"
)
# A range runs with the line in Arabic (8–5 is from five to eight), and from left to right in Hebrew, Persian or Urdu.
_ARABIC = frozenset(("ar", "arz", "aeb", "acm", "acq", "afb", "ajp", "apc", "ars", "ary"))
_RANGE = r"(?<![\w.])\d[\d.,:]{0,20}(?:\s?[–—‒−‐‑×=-]\s?\d[\d.,:]{0,20})+(?<![.,:])"

_HOLDERS = frozenset(("div", "ul", "ol", "dl", "table", "thead", "tbody", "tr", "blockquote", "section", "article"))
_BLOCKS = _HOLDERS | frozenset(("p", "li", "td", "th", "dt", "dd", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr"))
_TURNED_WHOLE = _HOLDERS - {"thead", "tbody", "tr"}
_ITEMS = frozenset(("li", "td", "th", "dd", "dt"))
_CODE = frozenset(("code", "kbd", "samp", "math"))


@lru_cache(maxsize=4096)
def leaning(text: str) -> str:
    """Return `rtl` or `ltr` by the first letters of most words of a text, or nothing where it has no letters."""
    text = _PLACE.sub("", text) if "\x02" in text else text
    if text.isascii() or not _FROM_RIGHT.search(text):
        return "ltr" if any(map(str.isalpha, text)) else ""
    ways = [found for word in text.split() if not _OF_NO_LANGUAGE.match(word) and (found := way(word))]
    if not ways:
        return ""
    return "rtl" if ways.count("rtl") >= _SHARE * len(ways) else "ltr"


def way(word: str) -> str:
    """Return the way that the first letter of a word or text runs, or nothing where it has none."""
    kinds = (bidirectional(sign) for sign in word)
    return next(("ltr" if kind == "L" else "rtl" for kind in kinds if kind in ("L", "R", "AL")), "")


@frozen
class Flow:
    """The way that the pages of a language run; it marks what runs the other way."""

    language: str = "en"
    direction: str = "ltr"

    @property
    def turned(self) -> bool:
        """Whether pages run from right to left."""
        return self.direction == "rtl"

    @property
    def other(self) -> str:
        """The other way."""
        return "ltr" if self.turned else "rtl"

    def minds(self, text: str) -> bool:
        """Say whether anything in a text may have to be marked."""
        if self.direction == "rtl":
            return bool(_FROM_LEFT.search(text))
        return not text.isascii() and bool(_FROM_RIGHT.search(text))

    def way(self, text: str) -> str:
        """Return `rtl` or `ltr` for a text, or nothing; what begins as its page runs does so, whatever it names."""
        return "rtl" if self.turned and way(text) == "rtl" else leaning(text)

    def runs_against(self, text: str) -> bool:
        """Say whether a text runs the other way."""
        return self.way(text) not in ("", self.direction)

    def is_against(self, texts: Iterable[str]) -> bool:
        """Say whether every text of a block runs the other way or no way, and one does."""
        ways = set(map(self.way, texts)) - {""}
        return bool(ways) and self.direction not in ways

    def line(self, text: str) -> Markup:
        """Return a line of plain text as HTML."""
        if not self.minds(text):
            return escape(text)
        if self.runs_against(text):
            return isolated(text, self.other)
        parts = self.pieces(text)
        return Markup("").join(isolated(part, "ltr") if apart else escape(part) for part, apart in parts)

    def pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        """Yield the pieces of a text that runs as the page does, and whether each needs a mark to stay in order."""
        last = 0
        for found in _apart(self.language).finditer(text) if self.turned else ():
            yield text[last : found.start()], False
            yield found[0], True
            last = found.end()
        yield text[last:], False


@lru_cache
def _apart(language: str) -> re.Pattern[str]:
    arabic = language.split("-")[0].lower() in _ARABIC
    return re.compile(_EDGES if arabic else f"{_EDGES}|{_RANGE}")


def isolated(text: str, direction: str) -> Markup:
    """Return a text with its direction; HTML gives it an order of its own with that."""
    return Markup('<span dir="{}">{}</span>').format(direction, text)


class Directions(Extension):
    """Marks what runs the other way in what is made of Markdown."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.treeprocessors.register(Directed(md, self._flow), "directions", 5)


class Directed(Treeprocessor):
    """Gives a direction to the blocks, and to the lines in lists and tables, that run the other way."""

    def __init__(self, md: Markdown, flow: Flow) -> None:
        super().__init__(md)
        self._flow = flow

    def run(self, root: Element) -> None:
        if self._flow.minds(" ".join(map(str, root.itertext()))) or self._flow.turned:
            for child in root:
                self._settle(child, root)

    def _settle(self, block: Element, parent: Element) -> None:
        """Mark a block as a whole where all of it runs the other way, else what is in it."""
        if block.tag == "pre":
            return  # the converter says the same of all code, highlighted or not
        if self._is_turned(block, parent):
            block.set("dir", self._flow.other)
        else:
            if block.tag not in _HOLDERS:
                self.line(block)
            for child in [child for child in block if child.tag in _BLOCKS]:
                self._settle(child, block)

    def _is_turned(self, block: Element, parent: Element) -> bool:
        """Say whether a block runs the other way with all its lines: the marks before lines stand where it begins."""
        if parent.tag in _ITEMS:
            return False
        if block.tag == "p":
            return self._flow.runs_against(_text(block))
        return block.tag in _TURNED_WHOLE and self._flow.is_against(_lines(block))

    def line(self, holder: Element) -> None:
        """Mark what stands in an element before its first block."""
        inner = [child for child in holder if child.tag not in _BLOCKS]
        text = "".join((holder.text or "", *(_text(child) + (child.tail or "") for child in inner)))
        if self._flow.runs_against(text):
            _wrap(holder, inner, self._flow.other)
        elif self._flow.turned:
            self._mark(holder)

    def _mark(self, holder: Element) -> None:
        """Mark the pieces of a line from right to left that would fall apart."""
        for child in [child for child in holder if child.tag not in _BLOCKS]:
            if child.tag in _CODE or _ADDRESS.match(_text(child)):
                child.set("dir", "ltr")
            else:
                self._mark(child)
            self._split(holder, child)
        self._split(holder, None)

    def _split(self, holder: Element, before: Element | None) -> None:
        """Mark pieces of the text behind a child, or in front of all of them."""
        text = str((holder.text if before is None else before.tail) or "")
        pieces = list(self._flow.pieces(text))
        if len(pieces) < 2:
            return
        at = 0 if before is None else list(holder).index(before) + 1
        _put(holder, before, pieces[0][0])
        for (piece, _), (rest, _) in zip(pieces[1::2], pieces[2::2], strict=True):
            span = Element("span", dir="ltr")
            span.text, span.tail = piece, rest
            holder.insert(at, span)
            at += 1


def _put(holder: Element, before: Element | None, text: str) -> None:
    if before is None:
        holder.text = text
    else:
        before.tail = text


def _wrap(holder: Element, inner: list[Element], direction: str) -> None:
    """Put what stands before the first block of an element into a span."""
    span = Element("span", dir=direction)
    span.text, holder.text = holder.text, ""
    for child in inner:
        holder.remove(child)
        span.append(child)
    holder.insert(0, span)


def _text(element: Element) -> str:
    """Return the words of an element without code, which says nothing of a language."""
    if element.tag in _CODE:
        return ""
    return "".join((element.text or "", *(_text(child) + (child.tail or "") for child in element)))


def _lines(block: Element) -> Iterator[str]:
    """Yield the texts of the lines of a block, those of blocks in it apart."""
    yield "".join((block.text or "", *(_text(child) for child in block if child.tag not in _BLOCKS)))
    yield from (child.tail or "" for child in block)
    for child in block:
        if child.tag in _BLOCKS and child.tag != "pre":
            yield from _lines(child)
