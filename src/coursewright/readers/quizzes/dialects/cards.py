"""Cards: `Q:` and a question, `A:` and its answer, each in a paragraph of its own or on lines one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.course.quiz import Feedback, Question, QuestionKind
from coursewright.readers.quizzes.making import checked, written
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found

_SIDE = r"^\s{{0,3}}(?:[-*+]\s+)?[*_]{{0,2}}(?:{})\s*[:：][*_]{{0,2}}\s*(?P<text>.*?)[*_]{{0,2}}\s*$"
_FRONT = re.compile(_SIDE.format("q|question|f|frage|pregunta|pergunta|domanda|vraag"), re.IGNORECASE)
_BACK = re.compile(_SIDE.format("a|answer|antwort|r|réponse|respuesta|resposta|risposta|antwoord"), re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:quiz(?:zes)?|tests?|exams?|flash\s?-?cards?|karteikarten|klausur|self[- ]?(?:check|test)|check your\w*"
    r"|(?:review|practice) questions?)\b",
    re.IGNORECASE,
)
_SHORT = 4  # words of an answer that can be judged; longer ones are for learners to compare with their own


def spots(sheet: Sheet) -> list[Found]:
    """Return the cards of a quiz; elsewhere questions and answers are something to read."""
    return list(_cards(sheet)) if any(map(_BACK.match, sheet.lines)) else []


def _cards(sheet: Sheet) -> Iterator[Found]:
    title, index = sheet.title, 0
    while index < len(sheet.lines):
        if heading := sheet.heading(index):
            title = f"{heading[1]} {sheet.title}"
        card = _card(sheet, index) if _TITLE.search(title) else None
        if card:
            yield card
        index = card.end if card else index + 1


def _card(sheet: Sheet, index: int) -> Found | None:
    front = None if index in sheet.hidden else _FRONT.match(sheet.lines[index])
    if not front:
        return None
    back, asked = _side(sheet, index + 1)
    answer = _BACK.match(sheet.lines[back]) if back < len(sheet.lines) and back not in sheet.hidden else None
    if not answer:
        return None
    end, more = _side(sheet, back + 1)
    question = _question("\n".join([front["text"], *asked]), "\n".join([answer["text"], *more]), sheet.line(index))
    question, findings = checked(question, sheet.place(index))
    return Found(index, end, question, tuple(findings))


def _side(sheet: Sheet, index: int) -> tuple[int, list[str]]:
    """Return where the next side of a card begins, or the text ends, and the lines up to there."""
    begun = index
    while index < len(sheet.lines) and sheet.lines[index].strip() and not _is_side(sheet, index):
        index += 1
    lines = list(sheet.lines[begun:index])
    while index < len(sheet.lines) and sheet.is_blank(index):
        index += 1
    return index, lines


def _is_side(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    return bool(sheet.heading(index) or _FRONT.match(line) or _BACK.match(line))


def _question(stem: str, answer: str, line: int) -> Question:
    answer = answer.strip()
    if answer and len(answer.split()) <= _SHORT:
        return written([answer.rstrip(".")], stem=stem, line=line)
    return Question("", QuestionKind.ESSAY, stem, line, feedback=Feedback(general=answer), graded=False)
