"""What is folded in a document: `<details>`, each with its summary and what it hides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.readers.quizzes.letters import named_in
from coursewright.readers.quizzes.markdown.wrappers import Fold, unwrapped, wrapped
from coursewright.readers.quizzes.sheet import Sheet, trimmed, without_code
from coursewright.readers.quizzes.wording import heading_label, label_of, unmarked

_TAGS = re.compile(r"<(?P<end>/?)details\b[^>]*>", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary\b[^>]*>(?P<text>.*?)</summary>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_CALLOUT = re.compile(r"^ {0,3}>\s*\[!(?P<kind>[\w-]+)\](?P<sign>[-+]?)[ \t]*(?P<title>.*?)\s*$")
_QUOTE = re.compile(r"^ {0,3}> ?")
_ADMONITION = re.compile(r"^\?\?\?\+?\s+\w+(?:\s+\"(?P<title>[^\"]*)\")?\s*$")


def folds(sheet: Sheet) -> list[Fold]:
    """Return what is folded in a document, without what is folded within it."""
    found: list[Fold] = []
    every = (*_details(sheet), *_boxes(sheet), *_callouts(sheet), *wrapped(sheet))
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


def _callouts(sheet: Sheet) -> Iterator[Fold]:
    """Yield the callouts of Obsidian and of GitHub that tell an answer: `> [!success]- Answer` and what it quotes."""
    index = 0
    while index < len(sheet.lines):
        found = None if index in sheet.hidden else _CALLOUT.match(sheet.lines[index])
        end = index + 1
        while (
            found and end < len(sheet.lines) and _QUOTE.match(sheet.lines[end]) and not _CALLOUT.match(sheet.lines[end])
        ):
            end += 1
        inside = [_QUOTE.sub("", line) for line in sheet.lines[index + 1 : end]]
        title = _told(found, inside) if found and any(line.strip() for line in inside) else None
        if title is not None:
            yield Fold(index, end, title, trimmed(inside))
        index = end


def _told(found: re.Match[str], inside: list[str]) -> str | None:
    """Return the title of a callout that tells of an answer, "" where only a line in it does; None for any other.

    One that is not folded is a note for readers, unless it is called an answer.
    """
    title = found["title"] or found["kind"]
    label = heading_label(title)
    if label and label.what == "answer":
        return title
    labels = [label for line in inside if (label := label_of(line))]
    if any(label.what == "answer" and named_in(unmarked(label.value)) for label in labels):
        return ""
    return title if label and found["sign"] else None
