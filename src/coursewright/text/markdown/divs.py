"""Where divs end, such as those of `:::`: each line of a document is looked at once, however deep they nest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from coursewright.text.patterns import later

FENCE = later(r"(`{3,}|~{3,})(.*)$")
_HEADING = later(r"#{1,6}[ \t]")
_KNOWN = "divs"  # what of a document is kept while it is read


class Mark(NamedTuple):
    """What a line does that may open or close a div."""

    closes: bool
    name: str = ""


def line_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


class _Divs(NamedTuple):
    """The divs of one mark from a line on: where each is opened and closed, the headings between, and where all end."""

    end: int
    stop: int
    openers: set[int]
    closers: dict[int, int]
    headings: list[int]


def _divs(state: StateBlock, start: int, end: int, marked: Callable[[str], Mark | None]) -> _Divs:
    """Return the divs from a line on that are named as the one there; what is known of them is kept."""
    mark = line_of(state, start)[0]
    name = getattr(marked(line_of(state, start)), "name", "")
    known: dict[tuple[str, str, str, int], _Divs] = state.env.setdefault(_KNOWN, {})
    key = (state.src, mark, name, state.blkIndent)
    found = known.get(key)
    if found is None or start not in found.openers or end > found.end:
        found = known[key] = _read_divs(state, start, end, mark, name, marked)
    return found


def _read_divs(
    state: StateBlock, start: int, end: int, mark: str, name: str, marked: Callable[[str], Mark | None]
) -> _Divs:
    opened, openers, closers, headings, fence, stop = [start], {start}, dict[int, int](), list[int](), "", end
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            stop = line
            break
        text = line_of(state, line)
        if fence:
            fence = "" if text.startswith(fence) and not text.strip(fence[0] + " \t") else fence
        elif found := FENCE.match(text):
            fence = found[1]
        elif text[:1] == mark and (inner := marked(text)) and inner.name == name:
            if not inner.closes:
                opened.append(line)
                openers.add(line)
            elif opened:
                closers[opened.pop()] = line
        elif _HEADING.match(text):
            headings.append(line)
    return _Divs(end, stop, openers, closers, headings)


def end_of_div(state: StateBlock, start: int, end: int, marked: Callable[[str], Mark | None]) -> tuple[int, int]:
    """Return the line that closes a div, and the one after; where nothing does, it ends before the next heading."""
    divs = _divs(state, start, end, marked)
    closer = divs.closers.get(start, end)
    if closer < end:
        return closer, closer + 1
    if divs.stop < end:
        return divs.stop, divs.stop
    at = bisect_right(divs.headings, start)
    last = divs.headings[at] if at < len(divs.headings) and divs.headings[at] < end else end
    return last, last
