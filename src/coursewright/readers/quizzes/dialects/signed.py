"""Questions in sections, `## Question Text` and `## Question Answers`: a right answer has a plus for its bullet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.course.quiz import Feedback
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.readers.quizzes.spots import Found

_QUESTION = re.compile(r"question(?:\s+text)?", re.IGNORECASE)
_ANSWERS = re.compile(r"(?:question\s+)?(?:answers?|options|choices)", re.IGNORECASE)
_WHY = re.compile(r"(?:question\s+)?(?:feedback|explanation)", re.IGNORECASE)
_SAID = re.compile(r"question\s+(?:text|answers?|options|choices)", re.IGNORECASE)
_ITEM = re.compile(r"^(?P<sign>[-+])[ \t]+(?P<text>\S.*)$")


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions whose answers are a list with pluses and minuses.

    Pros and cons below `## Question` are none: in a document of such questions some heading has two words.
    """
    return list(_spots(sheet)) if any(_titled(sheet, at, _SAID) for at in sheet.headed) else []


def _spots(sheet: Sheet) -> Iterator[Found]:
    headings = [*sheet.headed]
    for number, at in enumerate(headings):
        if not _titled(sheet, at, _QUESTION):
            continue
        rest = iter([*headings[number + 1 :], len(sheet.lines)])
        end = next(rest)
        stem, first = range(at + 1, end), end
        if _titled(sheet, end, _ANSWERS):
            first, end = end + 1, next(rest)
        else:
            first = next((index for index in stem if _are_items(sheet, index, end)), end)
            stem = range(at + 1, first)
        items = _items(sheet, first, end)
        why = ""
        if _titled(sheet, end, _WHY):
            begun, end = end + 1, next(rest)
            why = sheet.text(begun, end)
        if found := _spot(sheet, at, end, sheet.text(stem.start, stem.stop), items, why):
            yield found


def _titled(sheet: Sheet, index: int, words: re.Pattern[str]) -> bool:
    heading = sheet.heading(index)
    return heading is not None and words.fullmatch(heading[1].strip(" *_:")) is not None


def _are_items(sheet: Sheet, first: int, end: int) -> bool:
    """Say whether nothing but items and what goes on with them stands on some lines, of which the first is one."""
    lines = [sheet.lines[at] for at in range(first, end) if at not in sheet.hidden]
    return bool(lines and _ITEM.match(lines[0])) and all(not line[:1].strip() or _ITEM.match(line) for line in lines)


def _items(sheet: Sheet, first: int, end: int) -> list[tuple[bool, str]]:
    """Return the items of a list, each with whether its bullet is a plus."""
    found: list[tuple[bool, list[str]]] = []
    for at in range(first, end):
        item = None if at in sheet.hidden else _ITEM.match(sheet.lines[at])
        if item:
            found.append((item["sign"] == "+", [item["text"]]))
        elif found:
            found[-1][1].append(sheet.lines[at])
    return [(right, trimmed(below_first(lines))) for right, lines in found]


def _spot(sheet: Sheet, first: int, end: int, stem: str, items: list[tuple[bool, str]], why: str) -> Found | None:
    """Return a question of which some answers have a plus and some a minus, None for anything else."""
    right = [number for number, (plus, _) in enumerate(items) if plus]
    if not stem or not 0 < len(right) < len(items):
        return None
    texts = [text for _, text in items]
    question = chosen(texts, right, stem=stem, told=Feedback(general=why), line=sheet.line(first))
    question, findings = checked(question, sheet.place(first))
    return Found(first, end, question, tuple(findings))
