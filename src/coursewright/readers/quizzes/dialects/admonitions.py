"""Active Handout's exercises for MkDocs: `!!! exercise choice "Title"` with what is asked indented below it.

Its documentation knows `choice` with boxes, `text short` and `text long`, and `parsons`, whose lines of code are to be
put in order; `!!! answer` within says what is shown once learners have answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Feedback, Option, Question, QuestionKind
from coursewright.findings import messages
from coursewright.readers.quizzes.dialects.elements import of_tasks, task_lines
from coursewright.readers.quizzes.making import checked
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_OPENED = re.compile(
    r"(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]+exercise[ \t]+(?P<kind>choice|text|parsons)\b(?P<rest>[^\"\n]*)"
    r"(?:\"(?P<title>[^\"]*)\")?\s*$"
)
_ANSWER = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?)[ \t]+answer\b")
_FENCE = re.compile(r"\s*(?P<mark>`{3,}|~{3,})(?P<language>[\w+-]*)\s*$")


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such boxes."""
    return list(_spots(sheet)) if "exercise" in sheet.whole else []


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = 0
    while index < len(sheet.lines):
        found = None if index in sheet.fences else _OPENED.match(sheet.lines[index])
        index += 1
        if not found:
            continue
        end = below(sheet.lines, index, found["indent"])
        place = sheet.place(index - 1)
        question = _question(found, trimmed(sheet.lines[index:end]))
        if question is None:
            left_out = messages.QUESTION_LEFT_OUT.at(place, reason="its box is written in a way that is not known")
            yield Found(index - 1, end, None, (left_out,))
        else:
            title = (found["title"] or "").strip()
            question, findings = checked(replace(question, title=title, line=place.line), place)
            yield Found(index - 1, end, question, tuple(findings))
        index = end


def below(lines: tuple[str, ...] | list[str], index: int, indent: str) -> int:
    """Return where the lines end that are indented more than a mark on the line before, without blank ones behind."""
    end = index
    for at in range(index, len(lines)):
        line = lines[at]
        if not line.strip():
            continue
        if not line.startswith((f"{indent}  ", f"{indent}\t")):
            break
        end = at + 1
    return end


def _question(found: re.Match[str], text: str) -> Question | None:
    lines, told = _apart(text.split("\n"))
    if found["kind"] == "choice":
        items = task_lines(lines)
        question = of_tasks(lines, items) if items else None
        return replace(question, feedback=Feedback(general=told or question.feedback.general)) if question else None
    if found["kind"] == "parsons":
        return _ordered(lines)
    stem = trimmed(lines)
    return Question("", QuestionKind.ESSAY, stem, feedback=Feedback(general=told), graded=False) if stem else None


def _apart(lines: list[str]) -> tuple[list[str], str]:
    """Return what is asked and what is said of it, which stands in a box of its own."""
    at = next((at for at, line in enumerate(lines) if _ANSWER.match(line)), len(lines))
    if at == len(lines):
        return lines, ""
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    end = below(lines, at + 1, indent)
    return [*lines[:at], *lines[end:]], trimmed(lines[at + 1 : end])


def _ordered(lines: list[str]) -> Question | None:
    """Return lines of code to be put in order; two that are the same cannot be told apart."""
    opens = [at for at, line in enumerate(lines) if _FENCE.match(line)]
    if len(opens) < 2:
        return None
    code = [line.rstrip() for line in lines[opens[0] + 1 : opens[1]] if line.strip()]
    if len(code) < 2 or len(set(code)) < len(code):
        return None
    options = tuple(Option("", f"`` {line} ``" if "`" in line else f"`{line}`", 1.0) for line in code)
    return Question("", QuestionKind.ORDER, trimmed(lines[: opens[0]]), options=options)
