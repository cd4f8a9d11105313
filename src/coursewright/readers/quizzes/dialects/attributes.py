"""Lists in which attributes say which item is right: `- Berlin { data-correct }`, as MkDocs and Pandoc write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.findings import messages
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.readers.quizzes.spots import Found

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\(?[A-Za-z][.)])[ \t]+(?P<text>\S.*)$")
_BRACES = r"\{:?[ \t]*(?:(?:data-[\w-]+|[.#][\w-]+)(?:=(?:\"[^\"{}]*\"|[\w-]+))?[ \t]*){1,20}\}"
_LIST = re.compile(rf"^(?P<before>{_BRACES})[ \t]+|[ \t]*(?P<behind>{_BRACES})[ \t]*$")
_RIGHT = re.compile(
    r"(?:data-(?:is-)?(?:correct|answer|right)(?![\w=-])|data-(?:is-)?correct=\"?true\b|\.(?:correct|right)(?![\w-]))"
)
_SPAN = re.compile(r"\[(?P<text>.*)\]$")
_NUMBERED = re.compile(r"(?P<indent>[ \t]*)\(?\d{1,3}[.)][ \t]+")
_BOX = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?)[ \t]+(?:quiz|question)\b")


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such lists."""
    return list(_spots(sheet)) if _RIGHT.search(sheet.whole) else []


def _spots(sheet: Sheet) -> Iterator[Found]:
    before = 0
    for index, line in enumerate(sheet.lines):
        if index < before or index in sheet.hidden or not _is_right(line):
            continue
        items, end = _items(sheet, before, index)
        first = _begin(sheet, before, items[0])
        stem = _NUMBERED.sub("", trimmed(sheet.lines[first : items[0]]), count=1)
        place = sheet.place(first)
        begin = _boxed(sheet, before, first)
        if len(items) < 2 or not stem:
            reason = "only one of its answers stands in its list" if stem else "nothing is asked above its answers"
            yield Found(items[0], end, None, (messages.QUESTION_LEFT_OUT.at(place, reason=reason),))
        else:
            right = [at for at, item in enumerate(items) if _is_right(sheet.lines[item])]
            texts = [_text(sheet, item, stop) for item, stop in zip(items, (*items[1:], end), strict=True)]
            question, findings = checked(replace(chosen(texts, right, stem=stem), line=place.line), place)
            yield Found(begin, end, question, tuple(findings))
        before = end


def _is_right(line: str) -> bool:
    item = _ITEM.match(line) if "{" in line else None
    found = _LIST.search(item["text"]) if item else None
    return bool(found and _RIGHT.search(found[0]))


def _items(sheet: Sheet, before: int, index: int) -> tuple[list[int], int]:
    """Return the indexes of the items of the list in which one stands, and where the list ends."""
    indent = _indent(sheet.lines[index])
    items = [index]
    at = index - 1
    while at >= before and _belongs(sheet, at, indent):
        items += [at] if _indent(sheet.lines[at]) == indent else []
        at -= 1
    end = index + 1
    for at in range(index + 1, len(sheet.lines)):
        if not _belongs(sheet, at, indent):
            break
        items += [at] if _indent(sheet.lines[at]) == indent else []
        end = at + 1 if sheet.lines[at].strip() else end
    return sorted(items), end


def _indent(line: str) -> int:
    """Return by how much an item is indented; -1 for what is none."""
    found = _ITEM.match(line)
    return len(found["indent"].expandtabs(4)) if found else -1


def _belongs(sheet: Sheet, at: int, indent: int) -> bool:
    line = sheet.lines[at]
    deep = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    return not line.strip() or _indent(line) == indent or (deep > indent and sheet.heading(at) is None)


def _begin(sheet: Sheet, before: int, item: int) -> int:
    """Return where that begins which a list answers: an item with a number, or the paragraph above."""
    deep = _indent(sheet.lines[item])
    for at in range(item - 1, before - 1, -1):
        if sheet.heading(at) or _BOX.match(sheet.lines[at]):
            break
        found = _NUMBERED.match(sheet.lines[at]) if at not in sheet.hidden else None
        if found and len(found["indent"].expandtabs(4)) <= deep:
            return at
    return paragraph_above(sheet, before, item)


def _boxed(sheet: Sheet, before: int, first: int) -> int:
    """Return where a question begins with the box that opens right above it."""
    at = first - 1
    while at >= before and not sheet.lines[at].strip():
        at -= 1
    return at if at >= before and _BOX.match(sheet.lines[at]) else first


def _text(sheet: Sheet, item: int, end: int) -> str:
    """Return an item without its attributes."""
    found = _ITEM.match(sheet.lines[item])
    text = _LIST.sub("", found["text"] if found else "")
    span = _SPAN.match(text) if text != (found["text"] if found else "") else None
    return "\n".join(below_first([span["text"] if span else text, *sheet.lines[item + 1 : end]])).strip()
