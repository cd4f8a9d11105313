"""MkDocs's quizzes: `<quiz>` around a list of tasks or a text with `[[gaps]]`, and the older `<?quiz?>`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.course.quiz import Feedback, Question
from coursewright.readers.quizzes.gaps import Gap, gapped
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_OPENED = re.compile(r"^\s*(?:<(?P<tag>quiz)\b[^>]*>|<\?quiz\?>|quiz-start)(?P<rest>.*)$", re.IGNORECASE)
_CLOSED = re.compile(r"^(?P<before>.*?)(?:</quiz>|<\?/quiz\?>|quiz-end)\s*$", re.IGNORECASE)
_ITEM = re.compile(r"^(?P<indent>\s*)[-*+]\s+\[(?P<tick>[ xX]?)\]\s+(?P<text>.*)$")
_FIELD = re.compile(
    r"^\s*(?:quiz-)?(?P<name>question|answer-correct|answer|content)\s*:\s*(?P<value>.*)$", re.IGNORECASE
)
_GAP = re.compile(r"\[\[(?P<text>[^\[\]]+)\]\]")


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such elements."""
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    begun, lines = -1, list[str]()
    for index, line in enumerate(sheet.lines):
        if index not in sheet.fences and begun < 0 and (found := _OPENED.match(line)):
            begun, lines = index, [found["rest"]]
            line = found["rest"]
        elif begun >= 0:
            lines.append(line)
        if begun >= 0 and index not in sheet.fences and (closed := _CLOSED.match(line)):
            lines[-1] = closed["before"]
            question = _question(lines)
            if question is not None:
                question, findings = checked(replace(question, line=sheet.line(begun)), sheet.place(begun))
                yield Found(begun, index + 1, question, tuple(findings))
            begun = -1


def _question(lines: Sequence[str]) -> Question | None:
    fields = [found for line in lines if (found := _FIELD.match(line))]
    if fields and any(found["name"].lower() == "question" for found in fields):
        return _of_fields(lines)
    items = [at for at, line in enumerate(lines) if _ITEM.match(line)]
    if items:
        return _of_tasks(lines, items)
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


def _of_tasks(lines: Sequence[str], items: Sequence[int]) -> Question:
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
            texts[-1].append(line.strip())
        else:
            told.append(line)
    after = re.sub(r"^\s*---\s*\n", "", trimmed(told) + "\n").strip()
    stem = re.sub(r"^#{1,6}\s+", "", trimmed(lines[: items[0]]))
    return chosen(["\n".join(one) for one in texts], right, stem=stem, told=Feedback(general=after))


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
