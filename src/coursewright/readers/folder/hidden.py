"""Elements of HTML that a page hides until a script shows them, such as an answer below its button: folds here."""

from __future__ import annotations

import re

from coursewright.readers.folder.forms import FOLD_ENDS, folded
from coursewright.readers.folder.lines import Lines, code_marks, hold
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.text.markdown.values import Text

_OPENED = re.compile(r"[ \t]*<(?P<tag>div|p|section|aside)\b(?P<given>[^<>]{0,500})>(?P<rest>.*)$", re.IGNORECASE)
_HIDDEN = re.compile(r"\bdisplay\s*:\s*none\b|(?<![\w-])hidden(?![\w-])", re.IGNORECASE)
_ASKING = re.compile(r"\bdata-|\b(?:quiz|question|option|choice|feedback)", re.IGNORECASE)  # a dialect reads these
_BUTTON = re.compile(r"[ \t]*<(?P<tag>button|a)\b[^<>]{0,500}>(?P<text>[^<>]{1,80})</(?P=tag)>[ \t]*$", re.IGNORECASE)
_LONGEST = 1_000
_TITLE = "Details"


def with_hidden_folded(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with folds in place of what is hidden, each named as the button above it."""
    if not hold(lines, "none", "hidden") or not hold(lines, "<"):
        return lines
    marks = code_marks(lines, notebook=rewriting.notebook)
    kept: Lines = []
    index = 0
    while index < len(lines):
        line = lines[index]
        found = _OPENED.match(line) if "<" in line and not marks[index] else None
        hides = found and _HIDDEN.search(found["given"]) and not _ASKING.search(found["given"])
        closed = _closed(lines, index, found["tag"]) if found and hides else None
        if found is None or closed is None:
            kept.append(line)
            index += 1
            continue
        last, end = closed
        inside = [str(one) for one in lines[index : last + 1]]
        inside[-1], after = inside[-1][: end[0]], inside[-1][end[1] :]
        inside[0] = inside[0][found.start("rest") :]
        kept += [Text(one, line.line) for one in folded(_title(kept))]
        kept += [Text(one, lines[index + at].line) for at, one in enumerate(inside)]
        kept += [Text(one, lines[last].line) for one in (*FOLD_ENDS, *([after] if after.strip() else []))]
        index = last + 1
    return kept


def _closed(lines: Lines, index: int, tag: str) -> tuple[int, tuple[int, int]] | None:
    """Return the line on which an element ends that begins on a line, and the span of its end tag there."""
    either = re.compile(rf"<(?P<end>/?){tag}\b[^<>]*>", re.IGNORECASE)
    depth = 0
    for at in range(index, min(len(lines), index + _LONGEST)):
        for found in either.finditer(lines[at]) if "<" in lines[at] else ():
            depth += -1 if found["end"] else 1
            if depth == 0:
                return at, found.span()
    return None


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
