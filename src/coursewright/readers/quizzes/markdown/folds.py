"""What is folded in a document: `<details>`, each with its summary and what it hides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.readers.quizzes.markdown.wrappers import Fold, unwrapped, wrapped
from coursewright.readers.quizzes.sheet import Sheet, trimmed, without_code

_TAGS = re.compile(r"<(?P<end>/?)details\b[^>]*>", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary\b[^>]*>(?P<text>.*?)</summary>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_ADMONITION = re.compile(r"^\?\?\?\+?\s+\w+(?:\s+\"(?P<title>[^\"]*)\")?\s*$")


def folds(sheet: Sheet) -> list[Fold]:
    """Return what is folded in a document, without what is folded within it."""
    found: list[Fold] = []
    every = (*_details(sheet), *_boxes(sheet), *wrapped(sheet))
    for fold in sorted(every, key=lambda fold: (fold.first, -fold.end)):
        if not found or fold.first >= found[-1].end:
            found.append(fold)
    return found


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
    return Fold(first, end, " ".join(summary.split()), unwrapped(inside))


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
