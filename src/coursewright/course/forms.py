"""What a format can say of a quiz: the kinds of questions, how answers count, and what else it has a place for."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from coursewright.course.assets import ToFile
from coursewright.course.quiz import Draw, Option, Question, QuestionKind, Quiz, Show
from coursewright.frozen import frozen


class Trait(StrEnum):
    """What a quiz or a question can have besides what it asks; the value is how findings call it."""

    PARTIAL = "part of the points for some answers"
    CASE = "the difference between capitals and small letters"
    HINTS = "hints"
    BY_ANSWER = "feedback on single answers"
    BY_RESULT = "feedback for right and wrong answers"
    PARTLY = "feedback for partly right answers"
    GENERAL = "general feedback"
    PLACES = "fixed places of answers"
    POINTS = "the points of each question"
    PASSING = "the passing score"
    TIME = "the time limit"
    ATTEMPTS = "the number of attempts"
    INSTRUCTIONS = "the instructions"
    MIXED = "the random order of questions"
    DRAWN = "the drawing of questions by chance"
    SHOWN_LAST = "answers that show only after the last attempt"
    SHOWN = "when answers show"
    FILES = "pictures and files"


@frozen
class QuizForm:
    """A format as far as quizzes go. What is not in it is lowered, and said.

    `shares` says that answers may give shares of the points, `draws` that questions to be drawn are kept apart,
    `blended` that gaps to write into and gaps to choose for may stand in one text, `whole` that points are whole
    numbers from 1 to 99, `heavy` that a text has a whole number of points for each gap. `fewest` is how many
    options a single choice must have at least, `longest` how many characters an answer to be matched may have, 0
    for any. `without` are traits that questions of a kind lose, though others have them.
    """

    title: str
    kinds: frozenset[QuestionKind]
    traits: frozenset[Trait]
    shares: bool = False
    fewest: int = 2
    draws: bool = False
    blended: bool = True
    whole: bool = False
    heavy: bool = False
    longest: int = 0
    without: frozenset[tuple[QuestionKind, Trait]] = frozenset()


def quiz_traits(quiz: Quiz) -> Iterator[Trait]:
    """Yield what a quiz as a whole has."""
    found = {
        Trait.PASSING: quiz.passing is not None,
        Trait.TIME: bool(quiz.minutes),
        Trait.ATTEMPTS: quiz.attempts > 0,
        Trait.INSTRUCTIONS: bool(quiz.instructions.strip()),
        Trait.MIXED: quiz.shuffled and len(quiz.questions) > 1,
        Trait.DRAWN: any(isinstance(one, Draw) for one in quiz.questions),
        Trait.SHOWN_LAST: quiz.show is Show.AFTER_LAST and quiz.attempts != 1,
        Trait.SHOWN: quiz.show is Show.NEVER,
        Trait.FILES: any(isinstance(target, ToFile) for target in quiz.targets.values()),
        Trait.POINTS: any(one.points != 1 for one in quiz.questions if isinstance(one, Draw) or one.graded),
    }
    yield from (trait for trait, has in found.items() if has)


def question_traits(question: Question) -> Iterator[Trait]:
    """Yield what a question has."""
    told, answers = question.feedback, [*question.answers, *(one for gap in question.blanks for one in gap.answers)]
    said = [one.feedback for one in answers] + [option.feedback for option in question.options]
    by_result = bool(told.correct or told.incorrect)
    boolean = question.kind is QuestionKind.BOOLEAN  # where each result is an answer
    found = {
        Trait.PARTIAL: _is_partial(question),
        Trait.CASE: any(one.exact_case for one in answers),
        Trait.HINTS: bool(question.hints),
        Trait.BY_ANSWER: any(said) or (boolean and by_result),
        Trait.BY_RESULT: by_result and not boolean,
        Trait.PARTLY: bool(told.partial),
        Trait.GENERAL: bool(told.general),
        Trait.PLACES: any(option.fixed for option in question.options),
    }
    yield from (trait for trait, has in found.items() if has)


def _is_partial(question: Question) -> bool:
    """Say whether a question gives other shares of its points than any scoring does by itself."""
    if any(0 < one.fraction < 1 for one in question.answers):
        return True
    if question.kind is QuestionKind.CHOICE:
        return any(option.fraction not in (0, 1) for option in question.options)
    return question.kind is QuestionKind.CHOICES and not _is_even(question.options)


def _is_even(options: tuple[Option, ...]) -> bool:
    """Say whether all right options count alike, and the wrong ones nothing, or as much as a right one."""
    right = {round(option.fraction, 3) for option in options if option.fraction > 0}
    wrong = {round(option.fraction, 3) for option in options if option.fraction <= 0}
    return len(right) <= 1 and (wrong <= {0.0} or (len(wrong) == 1 and {-one for one in wrong} == right))
