"""Questions of one line: what is asked, options with their letters, and the key: `Q1. Who? A) I B) You, Answer: B`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Question
from coursewright.readers.quizzes.letters import named_in
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found
from coursewright.readers.quizzes.wording import told_at_end, unmarked

_BEGUN = re.compile(
    r"\s*(?:[-*+]\s+)?(?P<bold>[*_]{0,2})(?:question|frage|pregunta|pergunta|domanda|vraag|q)?\s*#?(?P<number>\d{1,4})[.):]"
    r"[*_]{0,2}\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_OPTION = re.compile(r"(?<=[\s|?:.!\"”»])\(?(?P<letter>[A-J])[.)]\s*(?=\S)")


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions that stand on a line each."""
    return [spot for at, line in enumerate(sheet.lines) if at not in sheet.hidden for spot in _spot(sheet, at, line)]


def _spot(sheet: Sheet, at: int, line: str) -> Iterator[Found]:
    begun = _BEGUN.match(line) if "B" in line and ":" in line else None
    told = told_at_end(begun["rest"]) if begun else None
    question = _question(*told) if told else None
    if begun and question:
        question, findings = checked(replace(question, line=sheet.line(at)), sheet.place(at))
        yield Found(at, at + 1, question, tuple(findings), begun["number"])


def _question(text: str, key: str) -> Question | None:
    """Return the question of a line without its number, whose options have letters from A onwards."""
    marks: list[re.Match[str]] = []
    for found in _OPTION.finditer(text):
        if ord(found["letter"]) == ord("A") + len(marks):
            marks.append(found)
    named = named_in(key)
    if len(marks) < 2 or named is None or ord(max(named.letters)) - ord("A") >= len(marks):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    texts = [text[mark.end() : end].strip(" \t,;|") for mark, end in zip(marks, ends, strict=True)]
    stem = unmarked(text[: marks[0].start()].strip(" \t,;|"))
    right = [ord(letter) - ord("A") for letter in named.letters]
    return chosen(texts, right, stem=stem, either=named.either) if stem and all(texts) else None
