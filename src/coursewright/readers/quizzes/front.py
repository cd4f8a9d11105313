"""The front matter of a quiz, and the document below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coursewright.findings import messages
from coursewright.readers.frontmatter import front_matter
from coursewright.readers.quizzes.sheet import Sheet

_MARKS = ("---", "+++")


def fronted(sheet: Sheet) -> tuple[Mapping[str, Any], Sheet]:
    """Return a document's front matter between two marks, empty where it has none, and the document without it."""
    if not sheet.lines or sheet.lines[0].rstrip() not in _MARKS:
        return {}, sheet
    found = front_matter("\n".join(sheet.lines), sheet.path)
    if not found.front or any(one.code == messages.FRONT_MATTER_UNCLOSED.code for one in found.findings):
        return {}, sheet  # a rule, and words with a colon below it
    title = found.front.get("title")
    body = replace(sheet, lines=found.lines, start=sheet.start + found.start - 1)
    return found.front, replace(body, title=title) if isinstance(title, str) and not sheet.title else body
