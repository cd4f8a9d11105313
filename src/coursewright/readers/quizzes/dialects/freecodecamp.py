"""freeCodeCamp's challenges: sections between `--`, and the number of the right answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from coursewright.course.quiz import Feedback, Question
from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.readers.quizzes.gaps import Gap, gapped
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_SECTION = re.compile(r"^#{1,6}\s+--(?P<name>[\w-]+)--\s*$")


@slotted
class _Part:
    name: str
    first: int
    lines: list[str] = field(default_factory=list)


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions of a challenge."""
    parts = list(_parts(sheet))
    names = {part.name for part in parts}
    if "video-solution" not in names and "answers" not in names and "fillInTheBlank" not in names:
        return []
    return [*_asked(parts, sheet), *_filled(parts, sheet)]


def _parts(sheet: Sheet) -> Iterator[_Part]:
    part: _Part | None = None
    for index, line in enumerate(sheet.lines):
        found = None if index in sheet.fences else _SECTION.match(line)
        if found:
            if part:
                yield part
            part = _Part(found["name"], index)
        elif part:
            part.lines.append(line)
    if part:
        yield part


def _end(parts: list[_Part], at: int, sheet: Sheet) -> int:
    return parts[at + 1].first if at + 1 < len(parts) else len(sheet.lines)


def _asked(parts: list[_Part], sheet: Sheet) -> Iterator[Found]:
    """Yield the questions whose answers are listed."""
    at = 0
    while at < len(parts):
        if parts[at].name != "text":
            at += 1
            continue
        first, stem = at, trimmed(parts[at].lines)
        begun = (
            parts[at - 1].first
            if at and parts[at - 1].name in ("question", "questions") and not trimmed(parts[at - 1].lines)
            else parts[at].first
        )
        answers: list[tuple[str, str]] = []
        at += 1
        solution = ""
        while at < len(parts) and parts[at].name in ("answers", "feedback", "video-solution", "distractors", "answer"):
            part = parts[at]
            if part.name in ("answers", "distractors"):
                answers += [(text, "") for text in _divided(part.lines)]
            elif part.name == "feedback" and answers:
                told, *more = _divided(part.lines)
                answers[-1] = (answers[-1][0], told)
                answers += [(text, "") for text in more]
            elif part.name == "video-solution":
                solution = trimmed(part.lines)
            elif part.name == "answer":
                answers.insert(0, (trimmed(part.lines), ""))
                solution = "1"
            at += 1
        question, findings = _question(stem, answers, solution, parts, first, sheet)
        yield Found(begun, _end(parts, at - 1, sheet), question, tuple(findings))


def _question(
    stem: str, answers: list[tuple[str, str]], solution: str, parts: list[_Part], at: int, sheet: Sheet
) -> tuple[Question, list[Finding]]:
    kept = [(text, told) for text, told in answers if text]
    number = re.search(r"\d+", solution)
    right = [int(number[0]) - 1] if number and 0 < int(number[0]) <= len(kept) else []
    line = sheet.line(parts[at].first)
    texts, told = [text for text, _ in kept], [told for _, told in kept]
    question = chosen(texts, right, stem=stem, many=False, feedback=told, line=line)
    return checked(question, sheet.place(parts[at].first))


def _divided(lines: list[str]) -> list[str]:
    """Return texts that rules part; an answer may be a block of code."""
    sheet = Sheet(tuple(lines), "")
    found: list[list[str]] = [[]]
    for index, line in enumerate(lines):
        if index not in sheet.fences and re.fullmatch(r"-{3,}\s*", line):
            found.append([])
        else:
            found[-1].append(line)
    return [trimmed(block) for block in found]


def _filled(parts: list[_Part], sheet: Sheet) -> Iterator[Found]:
    """Yield the sentences with gaps: `BLANK` in code, and the answers below `--blanks--`."""
    for at, part in enumerate(parts):
        if part.name != "sentence":
            continue
        text = trimmed(part.lines).strip("`")
        end, rights, told = at + 1, list[str](), list[str]()
        while end < len(parts) and parts[end].name in ("blanks", "feedback"):
            if parts[end].name == "blanks":
                rights += [one.strip("` ") for one in _divided(parts[end].lines) if one]
            else:
                explained, *more = _divided(parts[end].lines)
                told.append(explained)
                rights += [one.strip("` ") for one in more if one]
            end += 1
        pieces: list[str | Gap] = []
        for number, piece in enumerate(re.split(r"\bBLANK\b", text)):
            if number and number <= len(rights):
                pieces.append(Gap((rights[number - 1],)))
            pieces.append(piece)
        feedback = Feedback(general="\n\n".join(filter(None, told)))
        question = gapped(pieces, told=feedback, line=sheet.line(part.first))
        begun = parts[at - 1].first if at and parts[at - 1].name == "fillInTheBlank" else part.first
        question, findings = checked(question, sheet.place(part.first))
        yield Found(begun, _end(parts, end - 1, sheet), question, tuple(findings))
