"""Calls as R writes them: functions with their arguments, as far as these are plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias, Union

from coursewright.frozen import frozen

_LONGEST = 100_000
_DEEPEST, _MOST_BROKEN = 30, 50
_TOKEN = re.compile(
    r"(?P<space>\s+|\#[^\n]*)"
    r"|[rR](?P<quote>[\"'])(?P<dashes>-{0,9})(?P<open>[(\[{])"
    r"|(?P<text>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
    r"|(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?L?)"
    r"|(?P<name>(?:[A-Za-z.][\w.]*:::?)?(?:[A-Za-z.][\w.]*|`[^`\n]*`))"
    r"|(?P<assigns><-|=(?!=))"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\(?:u\{(?P<braced>[0-9a-fA-F]{1,6})\}|u(?P<short>[0-9a-fA-F]{1,4})|U(?P<long>[0-9a-fA-F]{1,8})|(?P<sign>.))",
    re.DOTALL,
)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_PLAIN: Mapping[str, bool | None] = {
    "TRUE": True, "T": True, "FALSE": False, "F": False, "NULL": None,
}  # fmt: skip


@frozen
class Call:
    """A function that is called: its name without that of its package, and its arguments, those with a name and not."""

    name: str
    unnamed: tuple[Value, ...]
    named: Mapping[str, Value]
    pairs: tuple[tuple[str, Value], ...]
    """All arguments in their order, each with its name or "": names may come twice."""


@frozen
class Unsaid:
    """What only R could tell: the name of a variable, or "" for any other expression."""

    name: str = ""


Value: TypeAlias = Union[str, float, bool, Call, Unsaid, None]  # noqa: UP007 - it names itself


class RError(Exception):
    """A call cannot be read."""


@frozen
class _Token:
    kind: str
    text: str
    end: int


def calls_in(source: str, wanted: re.Pattern[str]) -> Iterator[Call]:
    """Yield the calls that a script makes of functions whose names match, in their order. Raises RError."""
    tokens = _tokens(source)
    at = 0
    while at < len(tokens) - 1:
        if tokens[at].kind == "name" and tokens[at + 1].text == "(" and wanted.fullmatch(_bare(tokens[at].text)):
            value, at = _value(tokens, at, 0)
            if isinstance(value, Call):
                yield value
        else:
            at = _after_function(tokens, at) if tokens[at].text == "function" else at + 1


def _after_function(tokens: list[_Token], at: int) -> int:
    """Return the index of the token after the arguments and the braces of a function that is defined."""
    waiting: list[str] = []
    for index in range(at + 1, len(tokens)):
        text = tokens[index].text if tokens[index].kind == "sign" else ""
        if text in _CLOSING:
            waiting.append(_CLOSING[text])
        elif waiting and text == waiting[-1]:
            waiting.pop()
            if not waiting and (text != ")" or tokens[min(index + 1, len(tokens) - 1)].text != "{"):
                return index + 1
        elif not waiting:
            return index
    return len(tokens)


def values_set(source: str) -> dict[str, Value]:
    """Return what a script assigns to names, as far as it can be read."""
    try:
        tokens = _tokens(source)
    except RError:
        return {}
    found: dict[str, Value] = {}
    at = broken = 0
    while at < len(tokens) - 2 and broken < _MOST_BROKEN:
        is_set = tokens[at].kind == "name" and tokens[at + 1].kind == "assigns"
        at += 1
        if not is_set or (at > 1 and tokens[at - 2].text in "(,"):
            continue
        try:
            found[tokens[at - 1].text], at = _value(tokens, at + 1, 0)
        except RError:
            broken += 1
    return found


def text_of(value: Value) -> str | None:
    """Return a value as the text that R makes of it; None where only R could tell."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:g}" if value != int(value) or abs(value) > 1e15 else str(int(value))
    if isinstance(value, Call):
        return _joined(value)
    return value if isinstance(value, str) else None


def _joined(call: Call) -> str | None:
    """Return what a call makes of texts that only puts them together or marks them as HTML or Markdown."""
    if call.name not in ("paste", "paste0", "HTML", "I", "md", "as.character", "noquote", "c", "trimws") or (
        call.name == "c" and len(call.unnamed) != 1
    ):
        return None
    parts = [text_of(one) for one in call.unnamed]
    apart = text_of(call.named.get("sep", " " if call.name == "paste" else ""))
    return None if apart is None or None in parts else apart.join(part for part in parts if part is not None)


def written(value: Value) -> str:
    """Return a value as R writes it, on one line and without any backtick."""
    if isinstance(value, Call):
        given = ", ".join(f"{name} = {written(one)}" if name else written(one) for name, one in value.pairs)
        return f"{value.name}({given})"
    if isinstance(value, Unsaid):
        return value.name or "."
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("`", "\\u0060")
    return "NULL" if value is None else text_of(value) or "."


def _tokens(source: str) -> list[_Token]:
    if len(source) > _LONGEST:
        raise RError(f"it has more than {_LONGEST} characters")
    tokens: list[_Token] = []
    at = 0
    while at < len(source):
        found = _TOKEN.match(source, at)
        if not found:
            raise RError("it cannot be read as R")
        at = found.end()
        if found["quote"]:
            close = f"{_CLOSING[found['open']]}{found['dashes']}{found['quote']}"
            end = source.find(close, at)
            if end < 0:
                raise RError("a text never ends")
            tokens.append(_Token("text", source[at:end], at := end + len(close)))
        elif found["text"]:
            tokens.append(_Token("text", _ESCAPE.sub(_sign, found["text"][1:-1]), at))
        elif found["sign"] in ("'", '"'):
            raise RError("a text never ends")
        elif not found["space"]:
            tokens.append(_Token(str(found.lastgroup), found[0], at))
    return tokens


def _sign(found: re.Match[str]) -> str:
    if digits := found["braced"] or found["short"] or found["long"]:
        code = int(digits, 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
    return _SIGNS.get(found["sign"], found["sign"])


def _bare(name: str) -> str:
    return name.rpartition(":")[2].strip("`")


def _value(tokens: list[_Token], at: int, depth: int) -> tuple[Value, int]:
    """Return the value that begins at a token, and the index of the token after it. Raises RError."""
    if at >= len(tokens) or depth > _DEEPEST:
        raise RError("a call never ends" if depth <= _DEEPEST else "it nests too deep")
    value, end = _simple(tokens, at, depth)
    if end < len(tokens) and depth and tokens[end].text not in (",", ")"):
        return Unsaid(), _skipped(tokens, at)
    return value, end


def _simple(tokens: list[_Token], at: int, depth: int) -> tuple[Value, int]:
    token = tokens[at]
    if token.kind == "text":
        return token.text, at + 1
    if token.kind == "number":
        return _number(token.text), at + 1
    if token.text == "-" and at + 1 < len(tokens) and tokens[at + 1].kind == "number":
        number = _number(tokens[at + 1].text)
        return (-number if isinstance(number, float) else number), at + 2
    if token.kind == "name" and at + 1 < len(tokens) and tokens[at + 1].text == "(" and token.text != "function":
        return _call(tokens, at, depth)
    if token.kind == "name" and token.text != "function":
        return (_PLAIN[token.text] if token.text in _PLAIN else Unsaid(_bare(token.text))), at + 1
    return Unsaid(), max(_skipped(tokens, at), at + 1)


def _number(text: str) -> Value:
    number = float(text.removesuffix("L"))
    return number if number < float("inf") else Unsaid()


def _call(tokens: list[_Token], at: int, depth: int) -> tuple[Call, int]:
    """Return the call whose name is at a token, and the index of the token after its bracket."""
    name, at = _bare(tokens[at].text), at + 2
    pairs: list[tuple[str, Value]] = []
    while at < len(tokens) and tokens[at].text != ")":
        if tokens[at].text == "," and tokens[at].kind == "sign":
            at += 1
            continue
        given = ""
        if tokens[at].kind in ("name", "text") and at + 1 < len(tokens) and tokens[at + 1].text == "=":
            given, at = tokens[at].text.strip("`"), at + 2
        value, at = _value(tokens, at, depth + 1)
        pairs.append((given, value))
    if at >= len(tokens):
        raise RError("a call never ends")
    unnamed = tuple(value for given, value in pairs if not given)
    return Call(name, unnamed, {given: value for given, value in pairs if given}, tuple(pairs)), at + 1


def _skipped(tokens: list[_Token], at: int) -> int:
    """Return the index of the token that ends the argument in which one stands. Raises RError."""
    waiting: list[str] = []
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "sign":
            if not waiting and token.text in (",", ")"):
                return at
            if token.text in _CLOSING:
                waiting.append(_CLOSING[token.text])
            elif waiting and token.text == waiting[-1]:
                waiting.pop()
        at += 1
    if waiting:
        raise RError("a bracket never closes")
    return at
