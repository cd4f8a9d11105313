"""R/exams: exercises, each in the sections Question, Solution and Meta-information.

Its documentation says: `extype` is schoice, mchoice, num, string or cloze, `exsolution` holds a digit for each item of
the answer list, a number or a text, and `extol` how far from it a number may be. Those of a cloze hold such parts with
`|` between them, their kinds stand in `exclozetype`, their places in the text at `##ANSWER1##`, or else below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from coursewright.course.quiz import Answer, Feedback, Question, QuestionKind
from coursewright.findings import messages
from coursewright.readers.quizzes.dialects.clozes import cloze, items_in, number_of, refused
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.rchunks import CHUNK
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_FIELD = re.compile(r"\s*(?P<name>ex[a-z]{3,12}(?:\[[\w.]*\])?)\s*:\s*(?P<value>.*\S)\s*$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})\s*$")
_SECTIONS = ("question", "answerlist", "solution", "meta-information")
_LISTS = {"questionlist": "answerlist", "solutionlist": "answerlist"}


def spots(sheet: Sheet) -> list[Found]:
    """Return the exercises in a document."""
    found = list(_spots(sheet)) if "exsolution" in sheet.whole and "extype" in sheet.whole else []
    return found if any(one.question or one.findings for one in found) else []


def holds_exercises(lines: Iterable[str]) -> bool:
    """Say whether a document has what an exercise says of itself."""
    named = {found["name"] for line in lines if line.startswith("ex") and (found := _FIELD.match(line))}
    return {"extype", "exsolution"} <= named


def heads_exercise(title: str, lines: Iterable[str]) -> bool:
    """Say whether a heading of a document is that of a section of its exercises, and no title."""
    name = title.strip().lower()
    return _LISTS.get(name, name) in _SECTIONS and holds_exercises(lines)


def name_of_exercise(lines: Iterable[str]) -> str:
    """Return what the only exercise of a document is called, an empty text where there are several."""
    found = [one for line in lines if line.startswith("exname") and (one := _FIELD.match(line))]
    return found[0]["value"] if len(found) == 1 else ""


def _spots(sheet: Sheet) -> Iterator[Found]:
    marks = list(_marks(sheet))
    begins = [at for at, _, name in marks if name == "question" and at]
    for first, end in zip([0, *begins], [*begins, len(sheet.lines)], strict=True):
        fields, last = _fields(sheet, first, end)
        within = [mark for mark in marks if first <= mark[0] < end]
        missing = [name for name in ("extype", "exsolution") if name not in fields]
        if not within or len(missing) > 1:
            yield from _chunks(sheet, first, end)
            continue
        if missing:
            left_out = messages.QUESTION_LEFT_OUT.at(sheet.place(first), reason=f"its exercise has no {missing[0]}")
            yield Found(first, last + 1, None, (left_out,))
            continue
        hidden = {at for chunk in _chunks(sheet, first, end) for at in range(chunk.first, chunk.end)}
        texts = {
            name: tuple(sheet.lines[at] for at in range(begin, stop) if at not in hidden)
            for name, (begin, stop) in _sections(within, first, end).items()
        }
        questions = [*_questions(fields, texts)]
        kind = fields["extype"].lower()
        reason = refused(fields, texts) if kind == "cloze" else f"exercises of the type {kind} are not read"
        yield from _found(sheet, first, last + 1, questions, reason)


def _chunks(sheet: Sheet, first: int, end: int) -> Iterator[Found]:
    """Yield the chunks of R on some lines, which are not shown: they compute what is right."""
    at = first
    while at < end:
        stop = sheet.fence_end(at)
        if stop and CHUNK.match(sheet.lines[at]):
            yield Found(at, stop)
        at = max(stop, at + 1)


def _found(sheet: Sheet, first: int, end: int, questions: list[Question], reason: str) -> Iterator[Found]:
    """Yield the questions of an exercise; the first takes its lines, so that nothing of it is shown."""
    place = sheet.place(first)
    if not questions or not all(question.stem for question in questions):
        left_out = messages.QUESTION_LEFT_OUT.at(place, reason=reason)
        yield Found(first, end, None, (left_out,))
        return
    for question in questions:
        question, findings = checked(replace(question, line=place.line), place)
        yield Found(first, end, question, tuple(findings))
        first = end


def _fields(sheet: Sheet, first: int, end: int) -> tuple[dict[str, str], int]:
    """Return what an exercise says of itself, and the index of the last line that does."""
    fields: dict[str, str] = {}
    last = first
    for at in range(first, end):
        line = sheet.lines[at]
        found = _FIELD.match(line) if line.lstrip().startswith("ex") and at not in sheet.fences else None
        if found:
            fields[found["name"]] = found["value"]
            last = at
    return fields, last


def _marks(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """Yield the headings of sections: where they stand, where what they head begins, and their names."""
    for at, line in enumerate(sheet.lines):
        heading = sheet.heading(at)
        below = sheet.lines[at + 1] if at + 1 < len(sheet.lines) else ""
        name = (heading[1] if heading else line).strip().lower()
        name = _LISTS.get(name, name)
        if name in _SECTIONS and at not in sheet.fences and (heading or _UNDERLINE.match(below)):
            yield at, at + (1 if heading else 2), name


def _sections(marks: list[tuple[int, int, str]], first: int, last: int) -> dict[str, tuple[int, int]]:
    """Return where the lines of each section begin and end, without headings; what is first begins the question."""
    if not marks or marks[0][2] != "question":
        marks = [(first, first, "question"), *marks]
    found: dict[str, tuple[int, int]] = {}
    section = ""
    for number, (_, begin, name) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else last
        section = section if name == "answerlist" else name
        found.setdefault(f"{section} answerlist" if name == "answerlist" else name, (begin, end))
    return found


def _questions(fields: Mapping[str, str], sections: Mapping[str, tuple[str, ...]]) -> Iterator[Question]:
    if fields["extype"].lower() == "cloze":
        yield from cloze(fields, sections)
    elif question := _question(fields, sections):
        yield question


def _question(fields: Mapping[str, str], sections: Mapping[str, tuple[str, ...]]) -> Question | None:
    stem = trimmed(sections.get("question", ()))
    told = Feedback(general=trimmed(sections.get("solution", ())))
    kind, solution = fields["extype"].lower(), fields["exsolution"]
    title = fields.get("exname", "")
    if kind in ("schoice", "mchoice"):
        texts = items_in(sections.get("question answerlist", ()))
        said = items_in(sections.get("solution answerlist", ()))
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
        value, near = number_of(solution), number_of(fields.get("extol", "0"))
        answers = (Answer(value=value, tolerance=abs(near or 0.0)),) if value is not None else ()
        return Question("", QuestionKind.NUMBER, stem, title=title, answers=answers, feedback=told)
    if kind == "string":
        plain_text = () if "`" in solution else (Answer(solution, exact_case=True),)
        return Question("", QuestionKind.TEXT, stem, title=title, answers=plain_text, feedback=told)
    return None
