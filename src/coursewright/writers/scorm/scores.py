"""What a unit's quizzes are to an LMS: which it knows a passing score of, and what a page cannot judge or report."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.course.model import Audience, Unit
from coursewright.course.quiz import Question, QuestionKind, Quiz, asked
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.pages.quiz import total_points

MOST_INTERACTIONS = 250  # that an LMS must keep
_MOST_OPTIONS = 36  # of one interaction


def quizzes_of(unit: Unit) -> list[Quiz]:
    """Return the quizzes of a unit that learners take, in their order."""
    return [part for part in unit.parts if isinstance(part, Quiz) and part.audience is Audience.LEARNER]


def mastery(unit: Unit) -> float | None:
    """Return the score in percent from which a unit is passed, where one number can say it.

    That is where one quiz alone counts. Of several, each has to be passed; the page judges that, and tells the LMS.
    """
    counted = [quiz for quiz in quizzes_of(unit) if total_points(quiz)]
    return counted[0].passing if len(counted) == 1 and counted[0].passing else None


def quiz_losses(unit: Unit, format: str, *, choices: bool = False) -> Iterator[Finding]:
    """Yield what a page cannot judge or report of a unit's quizzes.

    `choices` says that a report names an option by a single character.
    """
    quizzes = quizzes_of(unit)
    for quiz in quizzes:
        yield from _unjudged(quiz, format)
        if choices:
            yield from _too_many(quiz)
    count = sum(1 for quiz in quizzes for _ in asked(quiz))
    if count > MOST_INTERACTIONS:
        place = Place(quizzes[0].path, quizzes[0].line)
        yield messages.ANSWERS_NOT_REPORTED.at(place, count=count, limit=MOST_INTERACTIONS, format=format)


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
