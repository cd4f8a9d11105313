"""R/exams: a document that is one exercise, in the sections Question, Solution and Meta-information.

Its documentation says: `extype` is schoice, mchoice, num, string or cloze, `exsolution` holds a digit for each item of
the answer list, a number or a text, and `extol` how far from it a number may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from coursewright.course.quiz import Answer, Feedback, Question, QuestionKind
from coursewright.findings import messages
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.readers.quizzes.spots import Found

_FIELD = re.compile(r"\s*(?P<name>ex[a-z]{3,12}(?:\[[\w.]*\])?)\s*:\s*(?P<value>.*\S)\s*$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})\s*$")
_SECTIONS = ("question", "answerlist", "solution", "meta-information")
_ITEM = re.compile(r"[-*+]\s+(?P<text>.*)$")


def spots(sheet: Sheet) -> list[Found]:
    """Return the exercise that a document is."""
    return list(_spots(sheet)) if "exsolution" in sheet.whole and "extype" in sheet.whole else []


def _spots(sheet: Sheet) -> Iterator[Found]:
    fields, last = _fields(sheet)
    if "extype" not in fields or "exsolution" not in fields:
        return
    sections = _sections(sheet)
    first = sections.get("question", (0, 0))[0]
    place = sheet.place(first)
    question = _question(fields, {name: sheet.lines[begin:end] for name, (begin, end) in sections.items()})
    if question is None or not question.stem:
        left_out = messages.QUESTION_LEFT_OUT.at(place, reason=f"exercises of the type {fields['extype']} are not read")
        yield Found(first, last + 1, None, (left_out,))
        return
    question, findings = checked(replace(question, line=place.line), place)
    yield Found(first, last + 1, question, tuple(findings))


def _fields(sheet: Sheet) -> tuple[dict[str, str], int]:
    """Return what a document says of its exercise, and the index of the last line that does."""
    fields: dict[str, str] = {}
    last = 0
    for at, line in enumerate(sheet.lines):
        found = _FIELD.match(line) if line.lstrip().startswith("ex") and at not in sheet.fences else None
        if found:
            fields[found["name"]] = found["value"]
            last = at
    return fields, last


def _sections(sheet: Sheet) -> dict[str, tuple[int, int]]:
    """Return where the lines of each section begin and end, without headings; what is first begins the question."""
    marks: list[tuple[int, int, str]] = []
    for at, line in enumerate(sheet.lines):
        heading = sheet.heading(at)
        below = sheet.lines[at + 1] if at + 1 < len(sheet.lines) else ""
        name = (heading[1] if heading else line).strip().lower()
        if name in _SECTIONS and at not in sheet.fences and (heading or _UNDERLINE.match(below)):
            marks.append((at, at + (1 if heading else 2), name))
    if not marks or marks[0][2] != "question":
        marks.insert(0, (0, 0, "question"))
    found: dict[str, tuple[int, int]] = {}
    section = ""
    for number, (_, begin, name) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else len(sheet.lines)
        section = section if name == "answerlist" else name
        found.setdefault(f"{section} answerlist" if name == "answerlist" else name, (begin, end))
    return found


def _question(fields: Mapping[str, str], sections: Mapping[str, tuple[str, ...]]) -> Question | None:
    stem = trimmed(sections.get("question", ()))
    told = Feedback(general=trimmed(sections.get("solution", ())))
    kind, solution = fields["extype"].lower(), fields["exsolution"]
    title = fields.get("exname", "")
    if kind in ("schoice", "mchoice"):
        texts = _items(sections.get("question answerlist", ()))
        said = _items(sections.get("solution answerlist", ()))
        if len(texts) < 2:
            return None
        plain = re.fullmatch(r"[01]+", solution) and len(solution) == len(texts)
        right = [at for at, sign in enumerate(solution) if sign == "1"] if plain else []
        fixed = fields.get("exshuffle", "").upper() not in ("TRUE", "T") and not fields.get("exshuffle", "").isdecimal()
        return chosen(
            texts, right, stem=stem, many=kind == "mchoice", feedback=said if len(said) == len(texts) else (),
            told=told, title=title, shuffled=not fixed,
        )  # fmt: skip
    if kind == "num":
        value, near = _number(solution), _number(fields.get("extol", "0"))
        answers = (Answer(value=value, tolerance=abs(near or 0.0)),) if value is not None else ()
        return Question("", QuestionKind.NUMBER, stem, title=title, answers=answers, feedback=told)
    if kind == "string":
        plain_text = () if "`" in solution else (Answer(solution, exact_case=True),)
        return Question("", QuestionKind.TEXT, stem, title=title, answers=plain_text, feedback=told)
    return None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def _items(lines: tuple[str, ...]) -> list[str]:
    """Return the items of a list, each with the lines that belong to it."""
    items: list[list[str]] = []
    for line in lines:
        found = _ITEM.match(line)
        if found:
            items.append([found["text"]])
        elif items:
            items[-1].append(line)
    return ["\n".join(below_first(one)).strip() for one in items]
