"""Elements of HTML that a page hides until a script shows them, such as an answer below its button: folds here."""

from __future__ import annotations

import re

from coursewright.readers.folder.elements import HtmlElement, elements_of, words_of
from coursewright.readers.folder.forms import FOLD_ENDS, folded
from coursewright.readers.folder.lines import Lines, code_marks, hold
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.text.markdown.values import Text

_TAGS = ("div", "p", "section", "aside", "span")
_ASKING = re.compile(r"\bdata-|\b(?:quiz|question|option|choice|feedback)", re.IGNORECASE)  # a dialect reads these
_BUTTON = re.compile(
    r"[ \t]*<(?P<tag>button|a)\b"
    r"(?=[^<>]{0,500}?\b(?:on\w+\s*=|data-(?:bs-)?(?:toggle|target)\b|href\s*=\s*[\"']?(?:#|javascript:)))"
    r"[^<>]{0,500}>(?P<text>[^<>]{1,80})</(?P=tag)>[ \t]*$",
    re.IGNORECASE,
)
_ROW = re.compile(r"[ \t]*\|")
_LONGEST = 1_000
_TITLE = "Details"


def with_hidden_folded(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with folds in place of what is hidden, each named as the button above it."""
    if not hold(lines, "none", "hidden", "HIDDEN", "Hidden", "NONE") or not hold(lines, "<"):
        return lines
    marks = code_marks(lines, notebook=rewriting.notebook)
    kept: Lines = []
    index, after = 0, 0  # the line that comes next, and how much of it is gone
    looked_at = (0, 0)  # what stands before this has been looked at
    for one in elements_of(lines, marks):
        if (one.start.line, one.start.at) < looked_at or not _is_foldable(one, lines):
            continue
        looked_at = one.end.line, one.end.at
        if not words_of(content := one.content(lines)):
            continue
        kept += _rest(lines, index, after, one.start.line)
        index, after = one.start.line, after if one.start.line == index else 0
        before = lines[index][after : one.start.at]
        kept += [Text(before, lines[index].line)] if before.strip() else []
        kept += [Text(row, lines[index].line) for row in folded(_title(kept))]
        kept += [Text(row, lines[one.inner.line + at].line) for at, row in enumerate(content)]
        kept += [Text(row, lines[one.end.line].line) for row in FOLD_ENDS]
        index, after = one.end.line, one.end.at
    return [*kept, *_rest(lines, index, after, len(lines))]


def _rest(lines: Lines, index: int, after: int, end: int) -> Lines:
    """Return the lines from one on, of which some is gone, up to another."""
    if index >= end or not after:
        return lines[index:end]
    rest = lines[index][after:]
    return [*([Text(rest, lines[index].line)] if rest.strip() else []), *lines[index + 1 : end]]


def _is_foldable(one: HtmlElement, lines: Lines) -> bool:
    """Say whether an element is hidden, and stands by itself: it is no part of a table."""
    if one.tag not in _TAGS or not one.is_hidden or _ASKING.search(one.given):
        return False
    before = lines[one.start.line][: one.start.at]
    alone = not before.strip() or (one.tag == "span" and not _ROW.match(before))
    return alone and one.end.line - one.start.line < _LONGEST


def _title(kept: Lines) -> str:
    """Return what the button says right above, which goes: the fold is its button."""
    at = len(kept) - 1
    while at >= 0 and not kept[at].strip():
        at -= 1
    found = _BUTTON.match(kept[at]) if at >= 0 else None
    if not found:
        return _TITLE
    del kept[at:]
    return found["text"].strip()
