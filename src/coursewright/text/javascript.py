"""Reads values as JavaScript writes them, by the rules of JSON5."""

from __future__ import annotations

import re
from typing import Any

# What never ends goes on to the end of its line, or of the code.
_SIGN = re.compile(
    r"'(?:\\.|[^'\\\n])*+(?:'|\\?$)|\"(?:\\.|[^\"\\\n])*+(?:\"|\\?$)|`(?:\\.|[^`\\])*+(?:`|\\?\Z)"
    r"|//[^\n]*|/\*.*?(?:\*/|\Z)|[{}\[\]]",
    re.DOTALL | re.MULTILINE,
)
_KEY = re.compile(r"(['\"])[\w$]+\1\s*:")


def read_json5(text: str) -> Any:
    """Return the value that a text writes out. Raises ValueError."""
    import json5  # 30 ms, and few documents need it

    try:
        return json5.loads(text)
    except RecursionError as error:
        raise ValueError("it nests too deep") from error


def without_words(code: str) -> str:
    """Return code as long as it was, with blanks for what its comments and texts say; keys in quotes stay."""
    return _SIGN.sub(lambda found: found[0] if _KEY.match(code, found.start()) else _blank(found[0]), code)


def _blank(sign: str) -> str:
    """Return blanks for a comment, and a text with nothing but blanks in its quotes; a bracket stays."""
    if len(sign) < 2:
        return sign
    blank = re.sub(r"[^\n]", " ", sign)
    return blank if sign[0] == "/" else f"{sign[0]}{blank[1:-1]}{sign[0]}"


def block_end(text: str, start: int = 0) -> int:
    """Return where the bracket is closed that a text begins with at a place, outside texts and comments, or the end."""
    depth = 0
    for found in _SIGN.finditer(text, start):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
        if depth <= 0 and found[0] in "}]":
            return found.end()
    return len(text)
