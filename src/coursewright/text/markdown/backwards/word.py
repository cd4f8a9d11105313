"""Lists that a word processor pastes as paragraphs: each says its level, and begins with its own mark."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.page import words
from coursewright.text.markdown.backwards.parsing import remove

_LEVEL = re.compile(r"mso-list\s*:\s*l\d+\s+level(?P<level>\d)", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?(?:\d{1,4}|[a-zA-Z]{1,4})[.)]")


def list_paragraphs(body: Element) -> None:
    """Make lists of paragraphs that stand for their items."""
    open_lists: list[tuple[int, Element]] = []
    before: Element | None = None
    for paragraph in list(body.iter("p")):
        found = _LEVEL.search(paragraph.get("style", ""))
        if not found:
            continue
        if before is None or before.getnext() is not paragraph or (before.tail or "").strip():
            open_lists = []
        level = int(found["level"])
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < level:
            open_lists.append((level, _opened(paragraph, open_lists)))
        before = _put(paragraph, open_lists)


def _opened(paragraph: Element, open_lists: list[tuple[int, Element]]) -> Element:
    """Return a new list for a paragraph: in the last item of the one that is open, or in the paragraph's place."""
    mark = next((words(one) for one in paragraph.iter("span") if _IGNORED.search(one.get("style", ""))), "")
    made = paragraph.makeelement("ol" if _NUMBERED.fullmatch(mark) else "ul")
    if open_lists and len(open_lists[-1][1]):
        open_lists[-1][1][-1].append(made)
    else:
        paragraph.addprevious(made)
    return made


def _put(paragraph: Element, open_lists: list[tuple[int, Element]]) -> Element:
    """Move a paragraph into the innermost list that is open, and return the outermost."""
    for mark in [one for one in paragraph.iter("span") if _IGNORED.search(one.get("style", ""))]:
        remove(mark)
    outermost, tail = open_lists[0][1], paragraph.tail
    paragraph.tail = None
    paragraph.tag = "li"
    paragraph.attrib.clear()
    open_lists[-1][1].append(paragraph)
    outermost.tail = tail
    return outermost
