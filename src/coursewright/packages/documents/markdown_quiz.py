"""Quizzes as Markdown that people edit and our reader takes for quizzes: lists of tasks, the right answers ticked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coursewright.course.forms import QuizForm, Trait
from coursewright.course.questions import number_text
from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz
from coursewright.text.names import plain_number
from coursewright.text.patterns import later

FORM = QuizForm(
    "Markdown",
    frozenset(
        {
            *(QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.BOOLEAN, QuestionKind.TEXT),
            *(QuestionKind.ESSAY, QuestionKind.PASSAGE),
        }
    ),
    frozenset({Trait.GENERAL, Trait.POINTS, Trait.PASSING, Trait.TIME, Trait.ATTEMPTS, Trait.INSTRUCTIONS}),
)
_STATED = {"True": True, "False": False}
_HEADING = later(r"^(#{1,6})(?= )", re.MULTILINE)


def quiz_markdown(quizzes: Iterable[tuple[str, Quiz]]) -> str:
    """Return quizzes, lowered and with their titles, as one document: a heading for each, and one for each question."""
    return "\n".join(block for title, quiz in quizzes for block in _quiz(title, quiz))


def _quiz(title: str, quiz: Quiz) -> Iterator[str]:
    yield f"# {' '.join(title.split())}\n"
    if quiz.instructions.strip():
        yield f"{quiz.instructions.strip()}\n"
    yield from (f"{fact}\n" for fact in _facts(quiz))
    questions = [one for one in quiz.questions if not isinstance(one, Draw)]
    for number, question in enumerate(questions, start=1):
        yield from _question(number, question)


def _facts(quiz: Quiz) -> Iterator[str]:
    """Yield what a quiz states of itself."""
    if quiz.passing is not None:
        yield f"Passing score: {plain_number(quiz.passing)}%"
    if quiz.minutes:
        yield f"Time limit: {plain_number(quiz.minutes)} minutes"
    if quiz.attempts:
        yield f"Attempts: {quiz.attempts}"


def _question(number: int, question: Question) -> Iterator[str]:
    counts = question.graded and question.points != 1
    points = f" ({number_text(question.points)} points)" if counts else ""
    yield f"## Question {number}{points}\n"
    yield f"{_deeper(question.stem.strip())}\n"
    yield from _answers(question)
    if question.feedback.general.strip():
        yield f"**Explanation:** {question.feedback.general.strip()}\n"


def _deeper(stem: str) -> str:
    """Return a text whose own headings end no question, unless it has code, in which they may be something else."""
    return stem if "```" in stem or "~~~" in stem else _HEADING.sub("####", stem)


def _answers(question: Question) -> Iterator[str]:
    if question.kind is QuestionKind.BOOLEAN:
        yield "\n".join(_task(text, right=question.right is right) for text, right in _STATED.items()) + "\n"
    elif question.options:
        yield "\n".join(_task(option.text, right=option.fraction > 0) for option in question.options) + "\n"
    elif question.answers:
        yield f"**Answer:** {' or '.join(answer.text.strip() for answer in question.answers)}\n"


def _task(text: str, *, right: bool) -> str:
    """Return an answer as a task, the lines after its first one within it."""
    return f"- [{'x' if right else ' '}] " + text.strip().replace("\n", "\n      ")
