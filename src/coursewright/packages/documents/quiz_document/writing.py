"""Writes a quiz as a document; each question as people write it if that reads back the same, else as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from coursewright.course.questions import number_text
from coursewright.course.quiz import (
    Answer,
    Draw,
    Option,
    Question,
    QuestionKind,
    Quiz,
    Show,
    default_key,
    each_question,
    keyed,
)
from coursewright.packages.documents.quiz_document.data import data_of
from coursewright.packages.documents.quiz_document.grammar import FEEDBACK, TRUTHS, closed, guarded, indented
from coursewright.packages.documents.quiz_document.reading import kind_found, quiz_questions, share_of
from coursewright.text.names import plural
from coursewright.text.yaml import write_yaml

_END = "## Question\n\nEnd"
_LAST = Question(default_key("End"), QuestionKind.ESSAY, "End")  # what that is, where nothing before it goes on


def quiz_front(quiz: Quiz) -> Mapping[str, object]:
    """Return what front matter says of a quiz, by names of ours; what is usual is left out."""
    told = {
        "passing": None if quiz.passing is None else f"{number_text(quiz.passing)}%",
        "minutes": quiz.minutes,
        "attempts": quiz.attempts or None,
        "shuffle": quiz.shuffled or None,
        "show": str(quiz.show) if quiz.show is not Show.AFTER_ATTEMPT else None,
        "graded": None if quiz.graded else False,
    }
    return {name: value for name, value in told.items() if value is not None}


def quiz_document(quiz: Quiz) -> str:
    """Return a quiz as a document, without its front matter and its title."""
    blocks = [closed(guarded(quiz.instructions.strip("\n")))] if quiz.instructions.strip() else []
    number = 0
    for one in quiz.questions:
        if isinstance(one, Draw):
            blocks.append(_draw_heading(one))
        for question in one.questions if isinstance(one, Draw) else (one,):
            number += 1
            blocks.append(_question(question, number, "###" if isinstance(one, Draw) else "##"))
    return "\n\n".join(blocks) + "\n"


def _draw_heading(draw: Draw) -> str:
    points = "" if draw.points == 1 else f" for {_points(draw.points)} each"
    return f"## Draw {plural(draw.count, 'question')}{points}{_titled(draw.title)}"


def _titled(title: str) -> str:
    name = " ".join(title.split())
    return f": {name}" if name else ""


def _points(points: float) -> str:
    return f"{number_text(points)} point{'' if points == 1 else 's'}"


def _question(question: Question, number: int, level: str) -> str:
    points = "" if question.points == 1 else f" ({_points(question.points)})"
    heading = f"{level} Question {number}{points}{_titled(question.title)}"
    written = f"{heading}\n{_as_people_do(question)}"
    return written if _reads_back(written, question) else f"{heading}\n\n{_as_data(question)}"


def _reads_back(written: str, question: Question) -> bool:
    """Say whether a text reads as nothing but a question, up to what nobody sees."""
    found, problems = quiz_questions(f"{written}\n\n{_END}".replace("### ", "## ", 1).split("\n"))
    asked = [_settled(one) for one in found if isinstance(one, Question)]
    return not problems and len(found) == 2 and asked == [_settled(question), _LAST]


def _settled(question: Question) -> Question:
    """Return a question whose shares are round, and without its line."""
    answers = tuple(replace(one, fraction=round(one.fraction, 4)) for one in question.answers)
    options = tuple(replace(one, fraction=round(one.fraction, 4) + 0.0) for one in question.options)
    return replace(question, line=0, answers=answers, options=options)


def _as_data(question: Question) -> str:
    told = data_of(question)
    if question.key == default_key(question.stem):
        del told["key"]
    if question.title == " ".join(question.title.split()):
        told.pop("title", None)  # the heading says so
    text = write_yaml(told | {"points": question.points})
    mark = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{mark}question\n{text}{mark}"


def _as_people_do(question: Question) -> str:
    facts = "; ".join(_facts(question))
    blocks = [guarded(question.stem), *_answered(question), *_told(question)]
    lines = [f"<!-- {facts} -->"] if facts else []
    return "\n".join([*lines, "", "\n\n".join(filter(None, blocks))])


def _facts(question: Question) -> Iterator[str]:
    """Yield what a comment says of a question that neither its heading nor its answers tell."""
    if question.kind is not kind_found(_answered_lines(question)):
        yield f"kind: {question.kind}"
    if question.key != default_key(question.stem):
        yield f"key: {question.key}"
    if question.tags:
        yield f"tags: {', '.join(question.tags)}"
    if not question.shuffled:
        yield "fixed order"
    if not question.graded:
        yield "not graded"


def _answered_lines(question: Question) -> list[str]:
    return "\n".join(_answered(question)).split("\n")


def _answered(question: Question) -> Iterator[str]:
    """Yield the blocks in which a question is answered."""
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            yield "\n".join(_task(one, question) for one in question.options)
        case QuestionKind.BOOLEAN:
            told = {option.text: option.feedback for option in question.options}
            yield "\n".join(
                f"- [{'x' if question.right is truth else ' '}] {text}{_feedback(told.get(text, ''))}"
                for text, truth in TRUTHS.items()
            )
        case QuestionKind.TEXT | QuestionKind.NUMBER:
            yield from (_answer(one, number=question.kind is QuestionKind.NUMBER) for one in question.answers)
        case QuestionKind.BLANKS:
            for blank in question.blanks:
                if blank.options:
                    yield f"**Choices [[{blank.key}]]:** {' | '.join(blank.options)}"
                yield from (_answer(one, blank.key) for one in blank.answers)
        case QuestionKind.MATCH:
            yield "\n".join(_rows((pair.prompt, pair.answer) for pair in question.pairs))
        case QuestionKind.ORDER:
            yield "\n".join(f"{place}. {one.text}" for place, one in enumerate(question.options, start=1))


def _task(option: Option, question: Question) -> str:
    right = [one for one in question.options if one.fraction > 0]
    many = question.kind is QuestionKind.CHOICES
    usual = share_of(option.fraction > 0, len(right), many=many)
    notes = [] if abs(usual - option.fraction) < 0.0001 else [_percent(option.fraction)]
    notes += ["fixed"] if option.fixed else []
    return (
        f"- [{'x' if option.fraction > 0 else ' '}] {indented(_noted(option.text, notes))}{_feedback(option.feedback)}"
    )


def _noted(text: str, notes: Sequence[str]) -> str:
    return f"{text} <!-- {', '.join(notes)} -->" if notes else text


def _feedback(text: str) -> str:
    return "".join(f"\n  > {line}".rstrip() for line in text.split("\n")) if text else ""


def _answer(answer: Answer, blank: str = "", *, number: bool = False) -> str:
    notes = [] if answer.fraction == 1 else [_percent(answer.fraction)]
    notes += ["exact case"] if answer.exact_case else []
    named = f" [[{blank}]]" if blank else ""
    text = _number(answer) if number else answer.text
    return f"**Answer{named}:** {_noted(text, notes)}{_feedback(answer.feedback)}"


def _number(answer: Answer) -> str:
    if answer.value is not None:
        return f"{answer.value!r}" + (f" ± {answer.tolerance!r}" if answer.tolerance else "")
    low, high = answer.min, answer.max
    if low is None or high is None:
        return f"at most {high!r}" if low is None else f"at least {low!r}"
    return f"from {low!r} to {high!r}"


def _percent(share: float) -> str:
    return f"{number_text(round(share * 100, 5))}%"


def _rows(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield "| Prompt | Answer |"
    yield "| --- | --- |"
    for prompt, answer in pairs:
        yield f"| {_cell(prompt)} | {_cell(answer)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _told(question: Question) -> Iterator[str]:
    """Yield hints and feedback."""
    yield from (f"**Hint:** {indented(hint)}" for hint in question.hints)
    for label, name in FEEDBACK.items():
        if text := getattr(question.feedback, name):
            yield f"**{label}:** {indented(text)}"


def same_questions(one: Iterable[Question | Draw], other: Iterable[Question | Draw]) -> bool:
    """Say whether questions are the same, up to what nobody sees: lines, and shares to four places."""
    first, second = ([each_question(asked, _settled) for asked in keyed(questions)] for questions in (one, other))
    return first == second
