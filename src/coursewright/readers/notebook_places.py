"""On which lines of a notebook's JSON its cells' texts stand."""

from __future__ import annotations

from coursewright.text.patterns import later

_TOKEN = later(r'"[^"\\]*(?:\\.[^"\\]*)*"(?P<key>\s*:)?|[\[\]{}]')
_CELLS = (["", "cells", ""], ["", "worksheets", "", "cells", ""])  # of nbformat 4, and of those before it
_TEXTS = ("source", "input")
_MOST_TOKENS = 2_000_000


def source_places(text: str) -> list[list[int]]:
    """Return for each cell the lines on which the strings of its source begin; nothing where these are too many."""
    found: list[list[int]] = []
    above: list[str] = []
    key, line, last = "", 1, 0
    for count, token in enumerate(_TOKEN.finditer(text)):
        if count > _MOST_TOKENS:
            return []
        start = token.start()
        sign = text[start]
        if sign in "{[":
            above.append(key)
            key = ""
            if sign == "{" and above in _CELLS:
                found.append([])
        elif sign in "}]":
            del above[-1:]
            key = ""
        elif token["key"] is not None:
            key = text[start + 1 : token.start("key") - 1]
        elif found and _is_source(above, key):
            line += text.count("\n", last, start)
            last = start
            found[-1].append(line)
    return found


def _is_source(above: list[str], key: str) -> bool:
    """Say whether a string is one of a cell's source, by the keys of what it stands in and its own."""
    if above in _CELLS:
        return key in _TEXTS
    return above[-1] in _TEXTS and above[:-1] in _CELLS
