"""What is folded in a document: `<details>`, each with its summary and what it hides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coursewright.readers.quizzes.sheet import Sheet, trimmed, without_code

_TAGS = re.compile(r"<(?P<end>/?)details\b[^>]*>", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary\b[^>]*>(?P<text>.*?)</summary>", re.IGNORECASE | re.DOTALL)
_WRAPPING = re.compile(
    r"^\s*</?(?:p|div|blockquote|center|span)\b[^>]*>\s*|\s*</?(?:p|div|blockquote|center|span)\b[^>]*>\s*$",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_ADMONITION = re.compile(
    r"^\?\?\?\+?\s+\w+(?:\s+\"(?P<title>[^\"]*)\")?\s*$|^:::+\s*\{?(?:solution|answer|dropdown|details|callout-\w+[^}]*collapse[^}]*)\b.*$"
)


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines from `first` up to `end` that are folded; `inside` is what they hide, from line `begin` on."""

    first: int
    end: int
    summary: str
    inside: str


def folds(sheet: Sheet) -> list[Fold]:
    """Return what is folded in a document, without what is folded within it."""
    return sorted((*_details(sheet), *_boxes(sheet)), key=lambda fold: fold.first)


def _details(sheet: Sheet) -> Iterator[Fold]:
    depth, first = 0, 0
    for index, line in enumerate(sheet.lines):
        if index in sheet.hidden or "details" not in line.lower():
            continue
        for found in _TAGS.finditer(without_code(line)):
            if not found["end"]:
                first = index if depth == 0 else first
                depth += 1
            elif depth:
                depth -= 1
                if depth == 0:
                    yield _fold(sheet, first, index + 1)


def _fold(sheet: Sheet, first: int, end: int) -> Fold:
    whole = "\n".join(sheet.lines[first:end])
    start, stop = whole.lower().index("<details"), whole.lower().rindex("</details")
    inner = whole[whole.index(">", start) + 1 : stop]
    found = _SUMMARY.search(inner)
    summary = _TAG.sub("", found["text"]).strip() if found else ""
    inside = inner[: found.start()] + inner[found.end() :] if found else inner
    return Fold(first, end, " ".join(summary.split()), _unwrapped(inside))


def _unwrapped(text: str) -> str:
    """Return what is folded without the elements that only wrap it."""
    text, before = trimmed(text.split("\n")), ""
    while text != before:
        before, text = text, trimmed(_WRAPPING.sub("", text).split("\n"))
    return text


def _boxes(sheet: Sheet) -> Iterator[Fold]:
    """Yield the folded boxes of MkDocs: `??? note "Answer"` with what is indented below it."""
    index = 0
    while index < len(sheet.lines):
        found = None if index in sheet.hidden else _ADMONITION.match(sheet.lines[index])
        if not found or not sheet.lines[index].startswith("???"):
            index += 1
            continue
        end = index + 1
        while end < len(sheet.lines) and (not sheet.lines[end].strip() or sheet.lines[end].startswith("    ")):
            end += 1
        while not sheet.lines[end - 1].strip():
            end -= 1
        if end > index + 1:
            yield Fold(index, end, found["title"] or "", trimmed(sheet.lines[index + 1 : end]))
        index = end
