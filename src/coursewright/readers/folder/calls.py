"""Calls of macros that ask something: kept in fences, so that nothing is done to them before their dialect is read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coursewright.readers.folder.cells import CALLED
from coursewright.readers.folder.includes import asked_of
from coursewright.readers.folder.lines import Lines, code_marks, hold, on_line
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.quizzes.dialects import gitbook, qcm
from coursewright.readers.quizzes.fences import fenced

_FORMS = ((qcm.NAME, qcm.OPENS, qcm.CLOSES), (gitbook.NAME, gitbook.OPENS, gitbook.CLOSES))
_LONGEST = 2_000
_MOST_UNCLOSED = 2


def asks_files(lines: Iterable[str]) -> bool:
    """Say whether a document may ask what stands in files of their own."""
    return hold(lines, "multi_qcm", CALLED)


def with_calls_kept(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with the calls that ask something in fences of their own; one that never ends is left out."""
    if not hold(lines, "qcm", "mcq", "fbq"):
        return lines
    kept: Lines = []
    marks = code_marks(lines, notebook=rewriting.notebook)
    index = unclosed = 0
    while index < len(lines):
        line = lines[index]
        form = None if marks[index] else _form(line)
        end = _end(lines, index, form[1]) if form and unclosed <= _MOST_UNCLOSED else None
        if form is None:
            kept.append(line)
            index += 1
            continue
        if end is None:  # its paragraph may hold a key
            unclosed += 1
            rewriting.leave_out(line.strip()[:60], line.line)
            index = next((at for at in range(index + 1, len(lines)) if not lines[at].strip()), len(lines))
            continue
        body = _filed(lines[index:end], rewriting)
        opening, closing = fenced(form[0], body)
        indent = line[: len(line) - len(line.lstrip())]
        kept += [*on_line(("", indent + opening), line.line), *body]
        kept += on_line((indent + closing, ""), body[-1].line)
        index = end
    return kept


def _filed(call: Lines, rewriting: Rewriting) -> Lines:
    """Return a call, or the file of JSON that it is given in place of values."""
    found = qcm.FILED.match(" ".join(call))
    if not found:
        return call
    return asked_of(found["name"], call[0].line, rewriting) or call


def _form(line: str) -> tuple[str, re.Pattern[str]] | None:
    return next(((name, closes) for name, opens, closes in _FORMS if opens.match(line)), None)


def _end(lines: Lines, index: int, closes: re.Pattern[str]) -> int | None:
    """Return the index of the line after a call, or None where it never ends."""
    for at in range(index, min(len(lines), index + _LONGEST)):
        if closes.search(lines[at].rstrip()):
            return at + 1
        if at > index and _form(lines[at]):
            return None
    return None
