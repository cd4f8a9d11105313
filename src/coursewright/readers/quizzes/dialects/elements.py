"""MkDocs's quizzes: `<quiz>` around a list of tasks or a text with `[[gaps]]`, and the older `<?quiz?>`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.course.quiz import Feedback, Question
from coursewright.readers.quizzes.gaps import Gap, gapped
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.readers.quizzes.spots import Found

_OPENED = re.compile(
    r"^\s*(?:<(?P<tag>quiz)\b(?P<attributes>[^>]*)>|<\?quiz\?>|quiz-start)(?P<rest>.*)$", re.IGNORECASE
)
_CLOSED = re.compile(r"^(?P<before>.*?)(?:</quiz>|<\?/quiz\?>|quiz-end)\s*$", re.IGNORECASE)
_ITEM = re.compile(r"^(?P<indent>\s*)[-*+]\s+\[(?P<tick>[ xX]?)\](?=\s|$)\s*(?P<text>.*)$")
_FIELD = re.compile(
    r"^\s*(?:quiz-)?(?P<name>question|answer-correct|answer|content)\s*:\s*(?P<value>.*)$", re.IGNORECASE
)
_ASKED = re.compile(
    r"(?:^|\s)(?:question|prompt|stem|title)\s*=\s*\{?\s*(?P<mark>[\"'`])(?P<text>.*?)(?P=mark)", re.IGNORECASE
)
_BEGUN = re.compile(r"^\s*<quiz\b[^>]*$", re.IGNORECASE)
_LONGEST_TAG = 20
_GAP = re.compile(r"\[\[(?P<text>[^\[\]]+)\]\]")


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such elements."""
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    closes = [at for at, line in enumerate(sheet.lines) if at not in sheet.fences and _CLOSED.match(line)]
    index = 0
    while index < len(sheet.lines):
        opened = None if index in sheet.fences else _opening(sheet, index)
        index += 1
        if not opened:
            continue
        found, first = opened
        close = bisect_left(closes, first - 1)
        if close == len(closes):
            return
        end = closes[close] + 1
        lines = [found["rest"], *sheet.lines[first:end]]
        closed = _CLOSED.match(lines[-1])
        lines[-1] = closed["before"] if closed else lines[-1]
        yield from _found(sheet, index - 1, end, _question(lines), found)
        index = end


def _opening(sheet: Sheet, index: int) -> tuple[re.Match[str], int] | None:
    """Return what opens on a line, and the index of the line after it: a tag may go over several."""
    line, end = sheet.lines[index], index + 1
    if _BEGUN.match(line):
        last = min(len(sheet.lines), index + _LONGEST_TAG)
        end = next((at + 1 for at in range(end, last) if ">" in sheet.lines[at]), end)
        line = " ".join(sheet.lines[index:end])
    found = _OPENED.match(line)
    return (found, end) if found else None


def _found(sheet: Sheet, first: int, end: int, question: Question | None, opened: re.Match[str]) -> Iterator[Found]:
    if question is None:
        return
    said = _ASKED.search(opened["attributes"] or "")
    stem = question.stem or (said["text"].strip() if said else "")
    question, findings = checked(replace(question, stem=stem, line=sheet.line(first)), sheet.place(first))
    yield Found(first, end, question, tuple(findings))


def _question(lines: Sequence[str]) -> Question | None:
    fields = [found for line in lines if (found := _FIELD.match(line))]
    if fields and any(found["name"].lower() == "question" for found in fields):
        return _of_fields(lines)
    items = task_lines(lines)
    if items:
        return of_tasks(lines, items)
    text, told = _apart(trimmed(lines))
    if not _GAP.search(text):
        return None
    pieces: list[str | Gap] = []
    for number, piece in enumerate(_GAP.split(text)):
        pieces.append(Gap(tuple(one.strip() for one in piece.split("|"))) if number % 2 else piece)
    return gapped(pieces, told=Feedback(general=told))


def _apart(text: str) -> tuple[str, str]:
    """Return what is asked and what is said after it, which a rule parts."""
    before, found, after = (f"{text}\n").partition("\n---\n")
    return before.strip(), after.strip() if found else ""


def task_lines(lines: Sequence[str]) -> list[int]:
    """Return the indexes of the lines that begin an item with a box."""
    return [at for at, line in enumerate(lines) if _ITEM.match(line)]


def of_tasks(lines: Sequence[str], items: Sequence[int]) -> Question:
    """Return a question of lines: what is asked, the items with boxes, and what is said after them."""
    first = lines[items[0]]
    depth = len(first) - len(first.lstrip())
    texts: list[list[str]] = []
    right: list[int] = []
    told: list[str] = []
    blank = False
    for line in lines[items[0] :]:
        found = _ITEM.match(line)
        if found and not told:
            if found["tick"].strip():
                right.append(len(texts))
            texts.append([found["text"]])
            blank = False
        elif not line.strip():
            blank = True
            told += [line] if told else []
        elif not told and (not blank or len(line) - len(line.lstrip()) > depth):
            texts[-1].append(line.rstrip())
        else:
            told.append(line)
    after = re.sub(r"^\s*---\s*\n", "", trimmed(told) + "\n").strip()
    stem = re.sub(r"^#{1,6}\s+", "", trimmed(lines[: items[0]]))
    return chosen(
        ["\n".join(below_first(one)).strip() for one in texts], right, stem=stem, told=Feedback(general=after)
    )


def _of_fields(lines: Sequence[str]) -> Question:
    stem, texts, right, content = "", list[str](), list[int](), list[str]()
    name = ""
    for line in lines:
        found = _FIELD.match(line) if name != "content" else None
        if found:
            name = found["name"].lower()
            if name == "question":
                stem = found["value"].strip()
            elif name == "content":
                content.append(found["value"])
            else:
                right += [len(texts)] if name == "answer-correct" else []
                texts.append(found["value"].strip())
        elif name == "content":
            content.append(line)
    return chosen(texts, right, stem=stem, told=Feedback(general=trimmed(content)))
