"""Reads values as JavaScript writes them, by the rules of JSON5."""

from __future__ import annotations

import re
from typing import Any

_SIGN = re.compile(
    r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`|//[^\n]*|/\*.*?\*/|[{}\[\]]", re.DOTALL
)


def read_json5(text: str) -> Any:
    """Return the value that a text writes out. Raises ValueError."""
    import json5  # 30 ms, and few documents need it

    try:
        return json5.loads(text)
    except RecursionError as error:
        raise ValueError("it nests too deep") from error


def block_end(text: str) -> int:
    """Return where the bracket is closed that a text begins with, outside texts and comments, or the end."""
    depth = 0
    for found in _SIGN.finditer(text):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
        if depth <= 0 and found[0] in "}]":
            return found.end()
    return len(text)
