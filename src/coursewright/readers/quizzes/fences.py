"""Questions in a form of their own, kept as they are within a fence until their dialect reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursewright.readers.quizzes.sheet import Sheet

_TILDES = re.compile(r"~{3,}")


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
        line = sheet.lines[index]
        mark = line.removesuffix(name)
        index += 1
        if line.startswith("~~~") and mark + name == line and not mark.strip("~"):
            end = next((at for at in range(index, len(sheet.lines)) if sheet.lines[at] == mark), len(sheet.lines) - 1)
            yield index - 1, end + 1
            index = end + 1
