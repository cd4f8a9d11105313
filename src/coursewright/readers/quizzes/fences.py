"""Fences: where they end; and questions in a form of their own, kept within one until their dialect reads them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from coursewright.readers.quizzes.sheet import Sheet

_TILDES = re.compile(r"~{3,}")


def closes(line: str, mark: str) -> bool:
    """Say whether a line closes what a mark opened: nothing but as many of its signs, or more."""
    if mark[0] not in line:
        return False
    text = line.strip(" \t>")
    return len(text) >= len(mark) and not text.strip(mark[0])


def closing(lines: Sequence[str], index: int, mark: str, longest: int | None = None) -> int | None:
    """Return the line that closes what a mark opens on a line, of the next so many lines, or None."""
    last = len(lines) if longest is None else min(len(lines), index + longest)
    return next((at for at in range(index + 1, last) if closes(lines[at], mark)), None)


class Ends:
    """Where the lines of a document close what was opened above them: looked for once, however much is opened."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._found: dict[str, tuple[list[int], list[int]]] = {}
        for at, line in enumerate(lines):
            text = line.strip(" \t>")
            if len(text) > 2 and text[0] in "`~:" and not text.strip(text[0]):
                indexes, lengths = self._found.setdefault(text[0], ([], []))
                indexes.append(at)
                lengths.append(len(text))

    def after(self, index: int, mark: str) -> int | None:
        """Return the line that closes what a mark opens on a line, or None."""
        indexes, lengths = self._found.get(mark[0], ([], []))
        begun = bisect_right(indexes, index)
        return next((indexes[at] for at in range(begun, len(indexes)) if lengths[at] >= len(mark)), None)


def fenced(name: str, lines: Sequence[str]) -> tuple[str, str]:
    """Return the lines that open and close a fence of that name around some lines."""
    longest = max((len(found[0]) for line in lines for found in _TILDES.finditer(line)), default=2)
    mark = "~" * (longest + 1)
    return f"{mark}{name}", mark


def fences_of(sheet: Sheet, name: str) -> Iterator[tuple[int, int]]:
    """Yield where the fences of a name begin, and the indexes of the lines after them."""
    if f"~{name}" not in sheet.whole:
        return
    index = 0
    while index < len(sheet.lines):
        line = sheet.lines[index].lstrip(" \t")
        mark = line.removesuffix(name)
        index += 1
        if line.startswith("~~~") and mark + name == line and not mark.strip("~"):
            ends = (at for at in range(index, len(sheet.lines)) if sheet.lines[at].strip() == mark)
            end = next(ends, len(sheet.lines) - 1)
            yield index - 1, end + 1
            index = end + 1
