"""The front matter of a quiz, and the document below it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coursewright.readers.quizzes.sheet import Sheet
from coursewright.text.yaml import YamlError, read_yaml

_LONGEST = 400
_MARKS = {"---": "---", "+++": "+++"}


def fronted(sheet: Sheet) -> tuple[Mapping[str, Any], Sheet]:
    """Return a document's front matter, empty where it has none that can be read, and the document without it."""
    mark = _MARKS.get(sheet.lines[0].rstrip()) if sheet.lines else None
    if mark is None:
        return {}, sheet
    closing = (at for at in range(1, min(len(sheet.lines), _LONGEST)) if sheet.lines[at].rstrip() == mark)
    end = next(closing, 0)
    block = sheet.lines[1:end]
    if not end or not any(re.match(r"\s*[\w\"'-]+\s*[:=]", line) for line in block):
        return {}, sheet
    front = _read("\n".join(block), is_toml=mark == "+++")
    title = front.get("title")
    body = replace(sheet, lines=sheet.lines[end + 1 :], start=sheet.start + end + 1)
    return front, replace(body, title=title) if isinstance(title, str) and not sheet.title else body


def _read(text: str, *, is_toml: bool) -> Mapping[str, Any]:
    try:
        found = tomllib.loads(text) if is_toml else read_yaml(text)
    except (YamlError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
