"""Formulas on lines of their own that hold what Markdown would take for something else: a line of `=`, a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursewright.readers.folder.lines import Lines, code_marks, hold
from coursewright.text.markdown.values import Text

_OPENS = re.compile(r"(?P<indent>[ \t>]*)\$\$(?P<rest>[^$]*)$")
_ENDS = re.compile(r"(?P<last>[^$]*)\$\$(?P<after>[^$]*)$")
_TAKEN = re.compile(r"[ \t]*(?:=+|-+|[-+*][ \t].*|>.*|#{1,6}[ \t].*|\d{1,9}[.)][ \t].*|\|.*)?[ \t]*$")
_COMMENT = re.compile(r"(?<!\\)%.*")
_LONGEST = 120  # lines of a formula


def with_whole_formulas(lines: Lines, *, notebook: bool) -> Lines:
    """Return lines with each formula on one line that would otherwise be cut up, but for its quote marks."""
    if not hold(lines, "$$"):
        return lines
    marks = code_marks(lines, notebook=notebook)
    kept: Lines = []
    at = 0
    while at < len(lines):
        opens = None if marks[at] else _OPENS.match(lines[at])
        end = _end(lines, marks, at) if opens else at
        if opens and end > at and any(_TAKEN.match(_bare(line, opens["indent"])) for line in lines[at + 1 : end]):
            last = _ENDS.match(_bare(lines[end], opens["indent"]))
            inner = [opens["rest"], *(_bare(line, opens["indent"]) for line in lines[at + 1 : end])]
            latex = " ".join(" ".join(_COMMENT.sub("", one) for one in [*inner, last["last"] if last else ""]).split())
            kept.append(Text(f"{opens['indent']}$${latex}$${last['after'] if last else ''}", lines[at].line))
            at = end + 1
        else:
            kept += lines[at : end + 1]
            at = end + 1
    return kept


def _end(lines: Lines, marks: Sequence[bool], start: int) -> int:
    """Return the line on which a formula ends that begins on another, or that where none does."""
    for at in range(start + 1, min(start + _LONGEST, len(lines))):
        if marks[at]:
            return start
        if "$" in lines[at]:
            return at if _ENDS.match(lines[at]) else start
    return start


def _bare(line: str, indent: str) -> str:
    return line[len(indent) :] if ">" in indent and line.startswith(indent.rstrip()) else line
