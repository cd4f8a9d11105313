"""The JSON of a notebook without what makes it large: places of pictures instead of these, and nothing for programs.

A notebook of a hundred plots has a few kilobytes of text.
"""

from __future__ import annotations

import re

from coursewright.course.assets import Embedded
from coursewright.text.jsons import bytes_in
from coursewright.text.patterns import later

# nbformat 3 has no types, but names.
_KEY = later(
    rb'(?<!\\)"(?:(?P<picture>image\\?/[\w.+-]+|png|jpeg|svg)|html|text\\?/html|(?P<any>application\\?/[\w.+-]+))"'
    rb'\s*+:\s*+(?:(?=["\[])|(?=\{)(?(any)|(?!)))'
)
_STRING = later(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_TOKEN = later(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]', re.DOTALL)
_PLACE = later(r"@(\d{1,12})-(\d{1,12})")
_DAMAGED = "@"
_MOST_TOKENS = 2_000_000


def without_pictures(data: bytes) -> bytes:
    """Return the JSON of a notebook with the place of each picture instead of that, on the lines that it has."""
    parts: list[bytes] = []
    at, left = 0, _MOST_TOKENS
    while found := _KEY.search(data, at):
        end, used = _end_of_value(data, found.end(), left)
        if not end:
            break
        begin, left = found.end(), left - used
        place = f'"{_place(data, begin, end)}"'.encode() if found["picture"] else b"null"
        parts += [data[at:begin], place, b"\n" * data.count(b"\n", begin, end)]
        at = end
    return b"".join([*parts, data[at:]])


def place_of(text: str) -> Embedded | None:
    """Return where a notebook has the picture in whose place a text stands; None where that is damaged."""
    found = _PLACE.fullmatch(text)
    return Embedded(int(found[1]), int(found[2])) if found else None


def is_place(text: str) -> bool:
    """Say whether a text stands in the place of a picture."""
    return text == _DAMAGED or bool(_PLACE.fullmatch(text))


def _place(data: bytes, begin: int, end: int) -> str:
    value = data[begin:end]
    if not value.strip(b'[]" \r\n\t,'):
        return ""
    try:
        return f"@{begin}-{end}" if bytes_in(value) else _DAMAGED
    except ValueError:
        return _DAMAGED


def _end_of_value(data: bytes, begin: int, most: int) -> tuple[int, int]:
    """Return where a text, a list or a mapping ends, 0 where it does not, and of how many tokens it is."""
    if data[begin : begin + 1] == b'"':
        found = _STRING.match(data, begin)
        return (found.end() if found else 0), 1
    depth = 0
    for count, token in enumerate(_TOKEN.finditer(data, begin), 1):
        sign = data[token.start()]
        depth += (sign in b"[{") - (sign in b"]}")
        if not depth:
            return token.end(), count
        if count > most:
            break
    return 0, most
