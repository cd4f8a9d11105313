"""Values as JavaScript writes them in attributes: strings, and what JSON5 is between braces."""

from __future__ import annotations

import re
from typing import Any

from coursewright.text.javascript import read_json5

_LONGEST = 100_000
_CLOSING = {"{": "}", "[": "]", "(": ")"}


class ScriptError(Exception):
    """A value cannot be read; `at` is where in its text."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.at = at


def value_of(text: str, at: int) -> tuple[Any, int]:
    """Return the value that begins at a place of a text, and where it ends. Raises ScriptError."""
    if text[at : at + 1] in "\"'":
        end = text.find(text[at], at + 1)
        if end < 0:
            raise ScriptError("a quotation mark never closes", at)
        return text[at + 1 : end], end + 1
    if text[at : at + 1] != "{":
        found = re.compile(r"[^\s/>]+").match(text, at)
        if not found:
            raise ScriptError("a value is missing", at)
        return found[0], found.end()
    end = _end_of(text, at)
    return script_value(text[at + 1 : end], at), end + 1


def script_value(source: str, at: int = 0) -> Any:
    """Return the value that an expression writes out. Raises ScriptError."""
    if len(source) > _LONGEST:
        raise ScriptError(f"it has more than {_LONGEST} characters", at)
    try:
        return read_json5(_plain(source))
    except ValueError as error:
        raise ScriptError("it is not a plain value", at) from error


def _end_of(text: str, at: int) -> int:
    """Return where the brace closes that opens at a place, whatever stands in strings."""
    waiting: list[str] = []
    index = at
    limit = min(len(text), at + _LONGEST)
    while index < limit:
        sign = text[index]
        if sign in "\"'`":
            index = _string_end(text, index)
        elif sign in _CLOSING:
            waiting.append(_CLOSING[sign])
        elif waiting and sign == waiting[-1]:
            waiting.pop()
            if not waiting:
                return index
        index += 1
    raise ScriptError("a brace never closes", at)


def _string_end(text: str, at: int) -> int:
    index = at + 1
    while index < len(text):
        if text[index] == "\\":
            index += 1
        elif text[index] == text[at]:
            return index
        elif text[index] == "\n" and text[at] != "`":
            return at  # an apostrophe in a text of markup
        index += 1
    raise ScriptError("a quotation mark never closes", at)


def _plain(source: str) -> str:
    """Return an expression without what JavaScript has and JSON5 has not: templates, and markup around texts."""
    parts: list[str] = []
    at = index = 0
    while index < len(source):
        sign = source[index]
        if sign not in "\"'`":
            index += 1
            continue
        end = _string_end(source, index)
        if sign == "`":
            inner = source[index + 1 : end].replace("\\`", "`").replace("\\", "\\\\").replace('"', '\\"')
            parts += [source[at:index], '"', inner.replace("\n", "\\n"), '"']
            at = end + 1
        index = end + 1
    return re.sub(r"\bundefined\b(?=\s*[,}\]])", "null", "".join([*parts, source[at:]]))
