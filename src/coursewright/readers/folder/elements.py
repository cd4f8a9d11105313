"""Elements of HTML in a document outside its code: where each begins and ends, and whether a page hides it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import accumulate

from coursewright.frozen import frozen
from coursewright.readers.folder.lines import without_spans

_TAG = re.compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)\b(?P<given>[^<>]{0,500})>", re.IGNORECASE)
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_STYLE = re.compile(
    r"(?<![\w-])style\s*=\s*(?:\"[^\"]*?|'[^']*?)(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)\b",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"(?<![\w-])hidden(?![\w-])", re.IGNORECASE)
_UNSEEN = re.compile(r"<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)


@frozen
class Point:
    """A place in a document: the index of a line, and how far into it."""

    line: int
    at: int


@frozen
class HtmlElement:
    """An element: its tag with what that is given, where it begins, its content begins and ends, and it ends."""

    tag: str
    given: str
    start: Point
    inner: Point
    inner_end: Point
    end: Point

    @property
    def is_hidden(self) -> bool:
        """Whether a page does not show it, by its own words."""
        return bool(_STYLE.search(self.given) or _ATTRIBUTE.search(_VALUE.sub("=", self.given)))

    def content(self, lines: Sequence[str]) -> list[str]:
        """Return the lines of what stands in it."""
        if self.inner.line == self.inner_end.line:
            return [lines[self.inner.line][self.inner.at : self.inner_end.at]]
        rows = [str(one) for one in lines[self.inner.line : self.inner_end.line + 1]]
        rows[-1] = rows[-1][: self.inner_end.at]
        rows[0] = rows[0][self.inner.at :]
        return rows


def words_of(content: Sequence[str]) -> str:
    """Return what can be read of the lines of an element."""
    return unescape(_UNSEEN.sub(" ", "\n".join(content))).strip()


def elements_of(lines: Sequence[str], code: Sequence[bool]) -> Iterator[HtmlElement]:
    """Yield the elements of a document that are closed, in the order in which they begin; code is none of it."""
    text = "\n".join(
        " " * len(line) if is_code else without_spans(line) for line, is_code in zip(lines, code, strict=True)
    )
    starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def spot(at: int) -> Point:
        line = bisect_right(starts, at) - 1
        return Point(line, at - starts[line])

    opened: dict[str, list[re.Match[str]]] = {}
    pairs: list[tuple[re.Match[str], re.Match[str]]] = []
    for found in _TAG.finditer(text):
        above = opened.setdefault(found["tag"].lower(), [])
        if not found["end"]:
            above.append(found)
        elif above:
            pairs.append((above.pop(), found))
    for begun, ended in sorted(pairs, key=lambda pair: pair[0].start()):
        spots = (spot(at) for at in (begun.start(), begun.end(), ended.start(), ended.end()))
        yield HtmlElement(begun["tag"].lower(), begun["given"], *spots)
