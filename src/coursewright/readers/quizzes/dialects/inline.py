"""Questions of one line: what is asked, options with their letters, and the key: `Q1. Who? A) I B) You, Answer: B`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Question, QuestionKind
from coursewright.readers.quizzes.letters import named_in
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found
from coursewright.readers.quizzes.wording import is_key_title, told_at_end, truth, unmarked
from coursewright.text.names import normal

_BEGUN = re.compile(
    r"\s*(?:>\s*)*(?:(?P<item>[-*+])\s+)?(?:(?P<bold>[*_]{0,2})(?:question|frage|pregunta|pergunta|domanda|vraag|q)?"
    r"\s*#?(?P<number>\d{1,4})[.):][*_]{0,2}\s+)?(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_BEFORE = r"(?<=[\s|?:.!\"”»])"
_STYLES = (
    re.compile(rf"{_BEFORE}\((?P<letter>[A-J])\)\s*(?=\S)"),
    re.compile(rf"{_BEFORE}(?P<letter>[A-J])\)\s*(?=\S)"),
    re.compile(rf"{_BEFORE}(?P<letter>[A-J])\.\s*(?=\S)"),
)
_INITIALS = _STYLES[2]  # as in names, and at the end of sentences
_ASKED = ("?", "？", "؟", ":", "…")
_GOES_ON = re.compile(r"\b(?:and|or|und|oder|et|ou|y|e|o|en|of)$", re.IGNORECASE)


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions that stand on a line each; where there are some, also those of what is true."""
    shown = [(at, line) for at, line in enumerate(sheet.lines) if ":" in line and at not in sheet.hidden]
    found = [spot for at, line in shown for spot in _spot(sheet, at, line)]
    if not found:
        return []
    taken = {spot.first for spot in found}
    found += [spot for at, line in shown if at not in taken for spot in _truth(sheet, at, line)]
    return sorted(found, key=lambda spot: spot.first)


def _truth(sheet: Sheet, at: int, line: str) -> Iterator[Found]:
    begun = _BEGUN.match(line)
    told = told_at_end(begun["rest"]) if begun and begun["number"] else None
    right = truth(told[1]) if told else None
    above = sheet.heading(sheet.heading_above(at) or 0)
    if begun and told and right is not None and not (above and is_key_title(above[1])):
        question = Question("", QuestionKind.BOOLEAN, unmarked(told[0]), sheet.line(at), right=right)
        yield Found(at, at + 1, question, (), begun["number"])


def _spot(sheet: Sheet, at: int, line: str) -> Iterator[Found]:
    begun = _BEGUN.match(line) if "B" in line else None
    told = told_at_end(begun["rest"], in_words=True) if begun and (begun["number"] or begun["item"]) else None
    question = _question(*told) if told else None
    if begun and question and (begun["number"] or question.stem.endswith(_ASKED)):
        question, findings = checked(replace(question, line=sheet.line(at)), sheet.place(at))
        yield Found(at, at + 1, question, tuple(findings), begun["number"] or "")


def _question(text: str, key: str) -> Question | None:
    """Return the question of a line without its number, whose options have letters from A onwards, all in one style.

    A key that names none of them is none.
    """
    found = next((found for style in _STYLES if (found := _parts(text, style))), None)
    if found is None:
        return None
    stem, texts = found
    named = named_in(key)
    right = [ord(letter) - ord("A") for letter in named.letters] if named else []
    if not named or max(right) >= len(texts):
        right = [at for at, option in enumerate(texts) if normal(option) == normal(key)]
    return chosen(texts, right, stem=stem, either=bool(named and named.either))


def _parts(text: str, style: re.Pattern[str]) -> tuple[str, list[str]] | None:
    """Return what a line asks, and its options; None where it has none in a style."""
    marks: list[re.Match[str]] = []
    for found in style.finditer(text):
        if ord(found["letter"]) == ord("A") + len(marks):
            marks.append(found)
    if len(marks) < 2:
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    texts = [text[mark.end() : end].strip(" \t,;|") for mark, end in zip(marks, ends, strict=True)]
    stem = unmarked(text[: marks[0].start()].strip(" \t,;|"))
    if not stem or not all(texts):
        return None
    loose = style is _INITIALS and (not stem.rstrip('*_"”» ').endswith(_ASKED) or any(map(_GOES_ON.search, texts[:-1])))
    return None if loose else (stem, texts)
