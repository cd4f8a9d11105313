"""What a unit's quizzes are to an LMS: which it knows a passing score of, and what a page cannot judge or report."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.course.model import Unit
from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz, asked
from coursewright.course.values import Audience
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.pages.quiz import total_points

MOST_INTERACTIONS = 250  # that an LMS must keep
_MOST_OPTIONS = 36  # of one interaction
_WRITTEN = 20  # characters of an answer that learners write, as they mostly are


def quizzes_of(unit: Unit) -> list[Quiz]:
    """Return the quizzes of a unit that learners take, in their order."""
    return [part for part in unit.parts if isinstance(part, Quiz) and part.audience is Audience.LEARNER]


def mastery(unit: Unit) -> float | None:
    """Return the score in percent from which a unit is passed, where one number can say it.

    That is where one quiz alone counts. Of several, each has to be passed; the page judges that, and tells the LMS.
    """
    counted = [quiz for quiz in quizzes_of(unit) if total_points(quiz)]
    return counted[0].passing if len(counted) == 1 and counted[0].passing else None


def quiz_losses(unit: Unit, format: str, longest_state: int, *, choices: bool = False) -> Iterator[Finding]:
    """Yield what a page cannot judge or report of a unit's quizzes.

    `choices` says that a report names an option by a single character.
    """
    quizzes = quizzes_of(unit)
    for quiz in quizzes:
        yield from _unjudged(quiz, format)
        if choices:
            yield from _too_many(quiz)
    count = sum(1 for quiz in quizzes for _ in asked(quiz))
    size = sum(map(_state_size, quizzes))
    if size > longest_state:
        place = Place(quizzes[0].path, quizzes[0].line)
        yield messages.ANSWERS_NOT_KEPT.at(place, format=format, limit=longest_state, count=count, size=size)
    if count > MOST_INTERACTIONS:
        place = Place(quizzes[0].path, quizzes[0].line)
        yield messages.ANSWERS_NOT_REPORTED.at(place, count=count, limit=MOST_INTERACTIONS, format=format)


def _state_size(quiz: Quiz) -> int:
    """Return about how many characters the state of a quiz takes, all answered: see `answers` in quiz.js."""
    return 40 + sum(
        one.count * max(map(_answer_size, one.questions), default=0) if isinstance(one, Draw) else _answer_size(one)
        for one in quiz.questions
    )


def _answer_size(question: Question) -> int:
    return len("4e041.1f.,") + _parts_size(question)


def _parts_size(question: Question) -> int:
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.BOOLEAN:
            return 1
        case QuestionKind.CHOICES | QuestionKind.ORDER:
            return 2 * len(question.options)
        case QuestionKind.MATCH:
            return 2 * len(question.pairs)
        case QuestionKind.BLANKS:
            return _WRITTEN * len(question.blanks)
        case QuestionKind.PASSAGE | QuestionKind.UPLOAD:
            return 0
        case _:
            return _WRITTEN


def _unjudged(quiz: Quiz, format: str) -> Iterator[Finding]:
    for kind, message in (
        (QuestionKind.UPLOAD, messages.UPLOAD_ELSEWHERE),
        (QuestionKind.ESSAY, messages.ESSAY_UNGRADED),
    ):
        found = [question for question in asked(quiz) if question.kind is kind]
        if found:
            yield message.at(_place(quiz, found[0]), title=quiz.title or quiz.label, count=len(found), format=format)


def _too_many(quiz: Quiz) -> Iterator[Finding]:
    for question in asked(quiz):
        if len(question.options) > _MOST_OPTIONS:
            yield messages.OPTIONS_NOT_REPORTED.at(
                _place(quiz, question), count=len(question.options), limit=_MOST_OPTIONS
            )


def _place(quiz: Quiz, question: Question) -> Place:
    return Place(quiz.path, question.line or quiz.line)
