"""Reads JSON, whatever may be wrong with it."""

from __future__ import annotations

import base64
import json
import re
from json import JSONDecodeError
from typing import Any

_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def parsed_json(text: str) -> Any:
    """Return what JSON says, without halves of characters, which no file can hold; raises JSONDecodeError."""
    try:
        value = json.loads(text)
        return json.loads(encodable(json.dumps(value, ensure_ascii=False))) if _HALF.search(text) else value
    except JSONDecodeError:
        raise
    except RecursionError as error:
        raise JSONDecodeError("it nests too deep", text, 0) from error
    except ValueError as error:
        raise JSONDecodeError("a number in it has too many digits", text, 0) from error


def read_json(text: str | bytes) -> Any:
    """Return what JSON says; None where it cannot be read."""
    try:
        return parsed_json(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    except ValueError:
        return None


def encodable(text: str) -> str:
    """Return a text in which a half of a character, as escapes may name one, is a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def text_of(value: object) -> str:
    """Return a text that is written as one string or as many."""
    return "".join(strings_of(value))


def strings_of(value: object) -> list[str]:
    """Return the strings that a text is written as."""
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def bytes_in(value: bytes) -> bytes:
    """Return the file that a text of JSON holds in Base64, or a drawing as it is written; raises ValueError."""
    text = text_of(parsed_json(value.decode("utf-8", "replace"))).strip()
    return encodable(text).encode() if text.startswith("<") else base64.b64decode("".join(text.split()))
