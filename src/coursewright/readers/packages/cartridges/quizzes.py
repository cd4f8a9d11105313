"""Quizzes and banks of a package with their keys and settings, their texts leading to where the course has things."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from coursewright.course.quiz import Draw, Question, Quiz, Show, asked, each_question
from coursewright.findings.finding import Finding
from coursewright.packages.documents.parsing import text_at, text_of
from coursewright.readers.packages.amounts import amount
from coursewright.readers.quizzes.qti.assessments import assessments_of
from coursewright.readers.quizzes.sheet import Sheet

_OWN_QUESTIONS = "non_cc_assessments"
_PRACTICE = ("practice_quiz", "survey")


def quizzes_in(root: etree._Element, file: str, folder: Path, shown: str, findings: list[Finding]) -> list[Quiz]:
    """Return the quizzes and banks of a document of QTI 1.2; banks that it names are Canvas's own, or beside it."""
    beside = folder / posixpath.dirname(file)
    own = folder / _OWN_QUESTIONS
    sheet = Sheet((), shown, folder=str(own if own.is_dir() else beside))
    return list(assessments_of(root, sheet, findings, written=True))


def as_one(quizzes: list[Quiz], key: str, title: str, path: str) -> Quiz:
    """Return quizzes as one: all their questions after one another."""
    questions = tuple(one for quiz in quizzes for one in quiz.questions)
    first = quizzes[0] if quizzes else Quiz(key, title, path, 0, ())
    return replace(first, key=key, title=title, path=path, line=0, questions=questions)


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """What Canvas says of a quiz beside its questions. `lost` are the settings that no course of ours has, in words."""

    instructions: str = ""
    minutes: float | None = None
    attempts: int = 0
    shuffled: bool | None = None
    show: Show = Show.AFTER_ATTEMPT
    graded: bool = True
    dates: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


_LOST = {
    "access_code": "an access code",
    "ip_filter": "addresses from which it is taken",
    "require_lockdown_browser": "a locked-down browser",
    "one_question_at_a_time": "one question at a time",
    "anonymous_submissions": "anonymous answers",
}


def canvas_settings(meta: etree._Element) -> QuizSettings:
    """Return the settings of a quiz of Canvas."""
    attempts, shuffled = text_at(meta, "allowed_attempts"), text_at(meta, "shuffle_answers")
    show = Show.NEVER if text_at(meta, "show_correct_answers") == "false" else Show.AFTER_ATTEMPT
    if show is not Show.NEVER and text_at(meta, "show_correct_answers_last_attempt") == "true":
        show = Show.AFTER_LAST
    return QuizSettings(
        text_of(meta.find("{*}description")),
        amount(text_at(meta, "time_limit")) or None,
        int(attempts) if attempts.isdecimal() and len(attempts) < 6 else 0,
        shuffled == "true" if shuffled else None,
        show,
        text_at(meta, "quiz_type") not in _PRACTICE,
        tuple(f"{name} {value}" for name in ("due_at", "unlock_at", "lock_at") if (value := text_at(meta, name))),
        tuple(words for name, words in _LOST.items() if text_at(meta, name) not in ("", "false", "0")),
    )


def with_settings(quiz: Quiz, settings: QuizSettings, instructions: str) -> Quiz:
    """Return a quiz as its settings want it."""
    questions = quiz.questions
    if settings.shuffled is not None:
        mixed = settings.shuffled
        questions = tuple(each_question(one, lambda each: replace(each, shuffled=mixed)) for one in questions)
    return replace(
        quiz,
        instructions=instructions or quiz.instructions,
        minutes=settings.minutes or quiz.minutes,
        attempts=settings.attempts,
        show=settings.show,
        graded=quiz.graded and settings.graded,
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
