"""Reads a quiz from its document, line by line; what is wrong is told with its line, and costs one question."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import takewhile

from coursewright.course.quiz import (
    Answer,
    Blank,
    Draw,
    Feedback,
    Option,
    Pair,
    Question,
    QuestionKind,
    default_key,
    keyed_options,
)
from coursewright.frozen import slotted
from coursewright.packages.documents.quiz_document.data import DataError, question_of
from coursewright.packages.documents.quiz_document.grammar import (
    ANSWER,
    DATA,
    DRAW,
    FACTS,
    FEEDBACK,
    INDENT,
    LABELLED,
    NOTED,
    NUMBERED,
    OPENS,
    QUESTION,
    ROW,
    TASK,
    TRUTHS,
    code_marks,
    unguarded,
)
from coursewright.text.names import between_blanks
from coursewright.text.yaml import YamlError, read_yaml

_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_VALUE = re.compile(rf"(?P<value>{_NUMBER})(?:\s*(?:±|\+/-)\s*(?P<tolerance>{_NUMBER}))?")
_RANGE = re.compile(rf"from (?P<min>{_NUMBER}) to (?P<max>{_NUMBER})")
_BOUND = re.compile(rf"at (?P<which>least|most) (?P<value>{_NUMBER})")
_PERCENT = re.compile(r"(?P<share>-?\d{1,9}(?:\.\d+)?)%")
_CELLS = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r"[\s|:-]+")
_MOST_QUESTIONS = 5_000

Problem = tuple[int, str]
"""What is wrong with a quiz: the line, counted from 1, and why."""


class _WrongError(Exception):
    """A question cannot be read: `str(error)` says why."""


@slotted
class _Item:
    """A line that opens something, and the text that belongs to it; `said` is quoted below it."""

    found: re.Match[str]
    text: str
    said: str = ""
    notes: tuple[str, ...] = ()


@slotted
class _Reading:
    """What was read of a document so far."""

    questions: list[Question | Draw] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def quiz_parts(lines: Sequence[str]) -> tuple[str, tuple[Question | Draw, ...], list[Problem]]:
    """Return the instructions of a quiz, its questions, and what is wrong with them."""
    first = next((at for at, _ in _headings(lines)), len(lines))
    questions, problems = quiz_questions(lines)
    return "\n".join(unguarded(between_blanks(lines[:first]))), questions, problems


def quiz_questions(lines: Sequence[str]) -> tuple[tuple[Question | Draw, ...], list[Problem]]:
    """Return the questions of a document with their keys, and what is wrong with them, by lines."""
    reading, draw = _Reading(), None
    starts = list(_headings(lines))[:_MOST_QUESTIONS]
    for (at, found), end in zip(starts, _ends(starts, lines), strict=True):
        if found.re is DRAW:
            draw = Draw(found["title"] or "", int(found["count"]), float(found["points"] or 1), ())
            reading.questions.append(draw)
            continue
        draw = draw if found["level"] == "###" else None
        try:
            question = _question(found, lines[at + 1 : end], at + 1)
        except _WrongError as error:
            reading.problems.append((at + 1, str(error)))
            continue
        if draw:
            draw = replace(draw, questions=(*draw.questions, question))
            reading.questions[-1] = draw
        else:
            reading.questions.append(question)
    return tuple(reading.questions), reading.problems


def _headings(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    for at, (line, code) in enumerate(zip(lines, code_marks(lines), strict=True)):
        found = None if code or not line.startswith("##") else QUESTION.fullmatch(line) or DRAW.fullmatch(line)
        if found:
            yield at, found


def _question(found: re.Match[str], lines: Sequence[str], line: int) -> Question:
    """Return a question below its heading."""
    lines = between_blanks(lines)
    points, title = float(found["points"] or 1), found["title"] or ""
    if lines and (fence := DATA.fullmatch(lines[0])):
        question = _data(fence["mark"], lines, {"points": points, "title": title})
    else:
        question = replace(_written(lines), points=points, title=title)
    key = question.key or default_key(question.stem)
    return replace(question, key=key, line=line, options=keyed_options(question.options))


def _data(mark: str, lines: Sequence[str], heading: Mapping[str, object]) -> Question:
    """Return a question from data, and what its heading says where that says nothing."""
    inside = list(takewhile(lambda line: line.rstrip() != mark, lines[1:]))
    if len(inside) + 2 != len(lines):
        raise _WrongError("something stands after the data of the question")
    try:
        return question_of(read_yaml("\n".join(inside)), heading)
    except YamlError as error:
        raise _WrongError(f"its data is not YAML: {error.reason}") from error
    except DataError as error:
        raise _WrongError(str(error)) from error


def _written(lines: list[str]) -> Question:
    """Return a question as people write it."""
    facts, lines = _facts(lines)
    body, hints, told = _labelled(lines)
    kind = _kind(facts, body)
    stem, answered = _divided(body, OPENS.get(kind))
    question = Question(
        facts.get("key", ""), kind, "\n".join(unguarded(between_blanks(stem))), hints=hints, feedback=told
    )
    tags = tuple(filter(None, (one.strip() for one in facts.get("tags", "").split(","))))
    question = replace(question, tags=tags, shuffled="fixed order" not in facts, graded="not graded" not in facts)
    return _ANSWERED[kind](question, answered) if kind in _ANSWERED else question


def _facts(lines: list[str]) -> tuple[Mapping[str, str], list[str]]:
    found = FACTS.fullmatch(lines[0]) if lines else None
    if not found:
        return {}, lines
    told = (one.partition(":") for one in found["facts"].split(";"))
    return {name.strip(): value.strip() for name, _, value in told}, lines[1:]


def _kind(facts: Mapping[str, str], body: Sequence[str]) -> QuestionKind:
    if "kind" not in facts:
        return kind_found(body)
    try:
        return QuestionKind(facts["kind"])
    except ValueError as error:
        raise _WrongError(f"there is no kind '{facts['kind']}'; there are {', '.join(QuestionKind)}") from error


def kind_found(body: Sequence[str]) -> QuestionKind:
    """Return the kind of a question by the lines in which it is answered; without any it is an essay."""
    tasks = list(_items(_divided(body, TASK)[1], TASK))
    if tasks:
        if [one.text for one in tasks] == list(TRUTHS):
            return QuestionKind.BOOLEAN
        right = sum(_is_ticked(one.found) for one in tasks)
        return QuestionKind.CHOICES if right > 1 else QuestionKind.CHOICE
    answers = list(_items(_divided(body, ANSWER)[1], ANSWER))
    if not answers:
        return QuestionKind.ESSAY
    if any(one.found["blank"] for one in answers):
        return QuestionKind.BLANKS
    return QuestionKind.NUMBER if all(_numeric(one.text) for one in answers) else QuestionKind.TEXT


def _divided(lines: Sequence[str], opens: re.Pattern[str] | None) -> tuple[list[str], list[str]]:
    """Return the text of a question, and the lines in which it is answered, which stand last."""
    if opens is None:
        return list(lines), []
    codes = list(code_marks(lines))
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].startswith(INDENT) or opens.fullmatch(lines[at - 1])):
        at -= 1
    first = (place for place in range(at, len(lines)) if opens.fullmatch(lines[place]) and not codes[place])
    start = next(first, len(lines))
    return list(lines[:start]), list(lines[start:])


def _items(lines: Sequence[str], opens: re.Pattern[str]) -> Iterator[_Item]:
    """Yield what lines open, each with the indented lines below it."""
    for found, own in _opened(lines, opens):
        while own and not own[-1].strip():
            own.pop()
        quoted = list(takewhile(lambda line: line == ">" or line.startswith("> "), reversed(own)))
        text = "\n".join([found["text"] or "", *own[: len(own) - len(quoted)]])
        noted = re.fullmatch(NOTED.pattern, text, re.DOTALL)
        said = "\n".join(line[2:] for line in reversed(quoted))
        notes = tuple(one.strip() for one in (noted["notes"] or "").split(",") if one.strip()) if noted else ()
        yield _Item(found, noted["text"] if noted and notes else text, said, notes)


def _opened(lines: Sequence[str], opens: re.Pattern[str]) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Yield the lines that open something, each with those that follow it, without their indent."""
    starts = [(at, found) for at, line in enumerate(lines) if (found := opens.fullmatch(line))]
    for (at, found), end in zip(starts, _ends(starts, lines), strict=True):
        yield found, [line.removeprefix(INDENT) for line in lines[at + 1 : end]]


def _ends(starts: Sequence[tuple[int, object]], lines: Sequence[str]) -> list[int]:
    """Return where each stretch of lines ends: where the next begins."""
    return [*(at for at, _ in starts[1:]), len(lines)][: len(starts)]


def _labelled(lines: list[str]) -> tuple[list[str], tuple[str, ...], Feedback]:
    """Return lines without the hints and the feedback that end them, and those."""
    body, tail = _divided(lines, LABELLED)
    found = list(_told(tail))
    hints = tuple(text for label, text in found if label == "Hint")
    told = {FEEDBACK[label]: text for label, text in found if label in FEEDBACK}
    while body and not body[-1].strip():
        body.pop()
    return body, hints, Feedback(**told)


def _told(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for found, own in _opened(lines, LABELLED):
        yield found["label"], "\n".join(between_blanks([found["text"] or "", *own]))


def _is_ticked(found: re.Match[str]) -> bool:
    return (found["box"] or found["dot"]).lower() == "x"


def share_of(right: bool, count: int, *, many: bool) -> float:
    """Return the usual share of an option among `count` right ones: where several count, all of them is not right."""
    if not count:
        return 0.0
    if not many:
        return 1.0 if right else 0.0
    return 1 / count if right else -1 / count


def _stated_share(notes: Sequence[str], usual: float) -> float:
    found = next(filter(None, map(_PERCENT.fullmatch, notes)), None)
    return float(found["share"]) / 100 if found else usual


def _chosen(question: Question, lines: Sequence[str]) -> Question:
    items = list(_items(lines, TASK))
    if not items:
        raise _WrongError("a choice needs options: lines such as `- [x] the right one`")
    many, count = question.kind is QuestionKind.CHOICES, sum(_is_ticked(one.found) for one in items)
    options = tuple(
        Option(
            "",
            one.text,
            _stated_share(one.notes, share_of(_is_ticked(one.found), count, many=many)),
            one.said,
            "fixed" in one.notes,
        )
        for one in items
    )
    return replace(question, options=options)


def _judged(question: Question, lines: Sequence[str]) -> Question:
    items = list(_items(lines, TASK))
    if [one.text for one in items] != list(TRUTHS):
        raise _WrongError("a boolean has two options, `- [x] True` and `- [ ] False`")
    right = [TRUTHS[one.text] for one in items if _is_ticked(one.found)]
    options = tuple(Option("", one.text, float(_is_ticked(one.found)), one.said) for one in items)
    told = options if any(one.feedback for one in options) else ()
    return replace(question, right=right[0] if len(right) == 1 else None, options=told)


def _texts(question: Question, lines: Sequence[str]) -> Question:
    answers = tuple(_text_answer(one) for one in _items(lines, ANSWER))
    return replace(question, answers=answers)


def _text_answer(item: _Item) -> Answer:
    share = _stated_share(item.notes, 1.0)
    return Answer(item.text, fraction=share, feedback=item.said, exact_case="exact case" in item.notes)


def _numbers(question: Question, lines: Sequence[str]) -> Question:
    answers = []
    for item in _items(lines, ANSWER):
        found = _numeric(item.text)
        if not found or not _is_finite(found):
            raise _WrongError(f"'{item.text}' is not a number; write 3.5, 3.5 ± 0.1, from 3 to 4, at least 3")
        answers.append(replace(found, fraction=_stated_share(item.notes, 1.0), feedback=item.said))
    return replace(question, answers=tuple(answers))


def _numeric(text: str) -> Answer | None:
    if found := _VALUE.fullmatch(text):
        return Answer(value=float(found["value"]), tolerance=float(found["tolerance"] or 0))
    if found := _RANGE.fullmatch(text):
        return Answer(min=float(found["min"]), max=float(found["max"]))
    if found := _BOUND.fullmatch(text):
        value = float(found["value"])
        return Answer(min=value) if found["which"] == "least" else Answer(max=value)
    return None


def _is_finite(answer: Answer) -> bool:
    said = (answer.value, answer.tolerance, answer.min, answer.max)
    return all(one is None or math.isfinite(one) for one in said)


def _filled(question: Question, lines: Sequence[str]) -> Question:
    blanks: dict[str, Blank] = {}
    for item in _items(lines, ANSWER):
        name = item.found["blank"]
        if not name:
            raise _WrongError("an answer needs the name of its gap: `**Answer [[1]]:** text`")
        blank = blanks.setdefault(name, Blank(name, ()))
        if item.found["what"] == "Choices":
            blanks[name] = replace(blank, options=tuple(one.strip() for one in item.text.split(" | ")))
        else:
            blanks[name] = replace(blank, answers=(*blank.answers, _text_answer(item)))
    return replace(question, blanks=tuple(blanks.values()))


def _matched(question: Question, lines: Sequence[str]) -> Question:
    rows = [found["cells"] for line in lines if (found := ROW.fullmatch(line))]
    cells = [[one.strip().replace("\\|", "|") for one in _CELLS.split(row)] for row in rows]
    if len(cells) < 3 or not _DASHES.fullmatch(rows[1]) or any(len(row) != 2 for row in cells):
        raise _WrongError("what is to be matched stands in a table of two columns, below their titles")
    return replace(question, pairs=tuple(Pair(prompt, answer) for prompt, answer in cells[2:]))


def _ordered(question: Question, lines: Sequence[str]) -> Question:
    return replace(question, options=tuple(Option("", one.text) for one in _items(lines, NUMBERED)))


_ANSWERED: Mapping[QuestionKind, Callable[[Question, Sequence[str]], Question]] = {
    QuestionKind.CHOICE: _chosen,
    QuestionKind.CHOICES: _chosen,
    QuestionKind.BOOLEAN: _judged,
    QuestionKind.TEXT: _texts,
    QuestionKind.NUMBER: _numbers,
    QuestionKind.BLANKS: _filled,
    QuestionKind.MATCH: _matched,
    QuestionKind.ORDER: _ordered,
}
