"""Exercises and solutions that begin with one directive of Sphinx and end with another, with code between the two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from coursewright.readers.folder.forms import FOLD_ENDS, folded
from coursewright.readers.folder.lines import Lines, heading_lines, hold, on_line
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.quizzes.fences import closing
from coursewright.text.markdown.values import Text

_GATE = re.compile(
    r"[ \t]*(?P<mark>`{3,}|:{3,}|~{3,})[ \t]*\{(?P<name>[a-z]+)-(?P<how>start|end)\}[ \t]*(?P<title>.*?)[ \t]*$"
)
_SOLUTION = re.compile(r"(?P<opens>[ \t]*(?:`{3,}|:{3,}|~{3,})[ \t]*\{solution\})[ \t]+(?P<label>\S+)[ \t]*$")
_OPTION = re.compile(r"[ \t]*:[\w-]+:")
_MARK = ":" * 9


def without_gates(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with what such directives begin and end as blocks, and solutions without the labels of exercises.

    A solution that does not end goes on to the next heading, which is told; another that does not, as what nothing
    began, goes.
    """
    if not hold(lines, "-start}", "-end}", "{solution}"):
        return lines
    headed = [one.index for one in heading_lines(lines, notebook=rewriting.notebook)]
    kept: Lines = []
    at = 0
    while at < len(lines):
        line = lines[at]
        gate = _GATE.match(line) if "-start}" in line or "-end}" in line else None
        end = closing(lines, at, gate["mark"]) if gate else None
        if not gate or end is None:
            named = _SOLUTION.match(line) if "{solution}" in line else None
            known = named and named["label"] in rewriting.options.names.named
            kept.append(Text(named["opens"], line.line) if named and known else line)
            at += 1
            continue
        if gate["how"] == "start" and _ends(lines, end + 1, gate["name"]):
            title = "" if gate["name"] == "solution" else gate["title"]
            inner = [one for one in lines[at + 1 : end] if not _OPTION.match(one)]
            kept += [Text(f"{_MARK}{{{gate['name']}}} {title}".rstrip(), line.line), Text("", line.line), *inner]
        elif gate["how"] == "start" and gate["name"] == "solution":
            rewriting.leave_out(f"{{{gate['name']}-start}} without an end", line.line)
            last = _until(lines, end + 1, headed)
            kept += on_line(folded("Solution"), line.line)
            kept += [*lines[end + 1 : last], *on_line(FOLD_ENDS, line.line)]
            at = last
            continue
        elif gate["how"] == "end" and _is_open(kept, gate["name"]):
            kept += [Text("", line.line), Text(_MARK, line.line), Text("", line.line)]
        at = end + 1
    return kept


def _until(lines: Sequence[str], start: int, headed: Sequence[int]) -> int:
    """Return the line of the next heading, or of the next of such directives, or the end."""
    until = [*headed, len(lines)][bisect_left(headed, start)]
    return next((at for at in range(start, until) if "{" in lines[at] and _GATE.match(lines[at])), until)


def _ends(lines: Sequence[str], start: int, name: str) -> bool:
    """Say whether what a directive begins ends before another of its name begins."""
    for line in lines[start:]:
        found = _GATE.match(line) if f"{{{name}-" in line else None
        if found and found["name"] == name:
            return found["how"] == "end"
    return False


def _is_open(kept: Sequence[str], name: str) -> bool:
    last = next((line for line in reversed(kept) if line.startswith(_MARK)), "")
    return last.startswith(f"{_MARK}{{{name}}}")
