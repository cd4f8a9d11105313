"""Quizzes and banks of a package with their keys and settings, their texts leading to where the course has things."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from coursewright.course.quiz import Draw, Question, Quiz, Show, asked, each_question
from coursewright.findings.finding import Finding
from coursewright.packages.documents.canvas.names import QUESTIONS
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.canvas.switches import says_yes
from coursewright.readers.packages.amounts import amount, attempts_in
from coursewright.readers.quizzes.qti.assessments import assessments_of
from coursewright.readers.quizzes.sheet import Sheet

_PRACTICE = ("practice_quiz", "survey")


def quizzes_in(root: etree._Element, file: str, folder: Path, shown: str, findings: list[Finding]) -> list[Quiz]:
    """Return the quizzes and banks of a document of QTI 1.2; banks that it names are Canvas's own, or beside it."""
    beside = folder / posixpath.dirname(file)
    own = folder / QUESTIONS
    sheet = Sheet((), shown, folder=str(own if own.is_dir() else beside))
    return list(assessments_of(root, sheet, findings, written=True))


def as_one(quizzes: list[Quiz], key: str, title: str, path: str) -> Quiz:
    """Return quizzes as one: all their questions after one another."""
    questions = tuple(one for quiz in quizzes for one in quiz.questions)
    first = quizzes[0] if quizzes else Quiz(key, title, path, 0, ())
    return replace(first, key=key, title=title, path=path, line=0, questions=questions)


def unkept_settings(settings: QuizSettings) -> Iterator[str]:
    """Yield in words what is set for a quiz that no course of ours has."""
    for value, words in (
        (settings.access_code, "an access code"),
        (settings.ip_filter, "addresses from which it is taken"),
        (settings.require_lockdown_browser, "a locked-down browser"),
        (settings.one_question_at_a_time, "one question at a time"),
        (settings.anonymous_submissions, "anonymous answers"),
    ):
        if value not in ("", "false", "0"):
            yield words


def with_settings(quiz: Quiz, settings: QuizSettings, instructions: str) -> Quiz:
    """Return a quiz as Canvas's settings want it."""
    questions, show = quiz.questions, Show.AFTER_ATTEMPT
    if settings.shuffle_answers:
        mixed = says_yes(settings.shuffle_answers)
        questions = tuple(each_question(one, lambda each: replace(each, shuffled=mixed)) for one in questions)
    if settings.show_correct_answers == "false":
        show = Show.NEVER
    elif says_yes(settings.show_correct_answers_last_attempt):
        show = Show.AFTER_LAST
    return replace(
        quiz,
        instructions=instructions or quiz.instructions,
        minutes=amount(settings.time_limit) or quiz.minutes,
        attempts=attempts_in(settings.allowed_attempts),
        show=show,
        graded=quiz.graded and settings.quiz_type not in _PRACTICE,
        questions=questions,
    )


def redrawn(quiz: Quiz, banks: Iterable[Quiz]) -> Quiz:
    """Return a quiz of ours with what is drawn from banks: in a cartridge, it asks the first questions of each."""
    for bank in banks:
        names = {one.key for one in asked(bank)}
        own = [one for one in quiz.questions if isinstance(one, Question) and one.key in names]
        if own:
            place = quiz.questions.index(own[0])
            whole = tuple(one for one in bank.questions if isinstance(one, Question))
            rest = [one for one in quiz.questions if not (isinstance(one, Question) and one.key in names)]
            rest.insert(place, Draw(bank.title, len(own), own[0].points, whole))
            quiz = replace(quiz, questions=tuple(rest))
    return quiz


def without_prefix(quiz: Quiz, prefix: str) -> Quiz:
    """Return a quiz of ours whose questions have the keys that they were written with."""

    def plain(one: Question) -> Question:
        return replace(one, key=one.key.removeprefix(f"{prefix}-") or one.key)

    return replace(quiz, questions=tuple(each_question(one, plain) for one in quiz.questions))
