"""Quizzes of a backup: their slots with the questions of its bank, and their settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from coursewright.course.quiz import Draw, Question, Quiz, Show, each_question, keyed
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.rows import SlotRow, grade_items
from coursewright.packages.documents.moodle.xml import said
from coursewright.packages.files.budget import MOST_QUESTIONS
from coursewright.readers.packages.amounts import amount, attempts_in
from coursewright.readers.packages.backups.making import BackedUp, Making
from coursewright.readers.packages.moodle_bank import Banked, DrawnFrom, in_order
from coursewright.readers.packages.recovery import ElementKind

_AFTER_CLOSE = 0x00010
_LOST = {"password": "a password", "subnet": "addresses from which it is taken"}


@frozen
class BackedUpQuiz:
    """A quiz with what is lost of it, in words, and how many of its slots ask nothing that could be read."""

    quiz: Quiz
    lost: tuple[str, ...] = ()
    missing: int = 0


def quiz_in(making: Making, backed_up: BackedUp) -> BackedUpQuiz:
    """Return a quiz with its questions. Of its texts, only those of questions are read."""
    own, key = backed_up.own, backed_up.key
    slots = making.first(backed_up, list(own.iter(SlotRow.ROOT)), ElementKind.QUESTION, "questions", MOST_QUESTIONS)
    asked: list[Question | Draw] = []
    missing = 0
    for slot in in_order(own, slots):
        one = _asked(slot, making)
        if one is None:
            missing += 1
        elif isinstance(one, Draw) and asked and isinstance(asked[-1], Draw) and _same(asked[-1], one):
            asked[-1] = replace(asked[-1], count=asked[-1].count + 1)
        else:
            asked.append(one)
    quiz = Quiz(
        key,
        "",
        making.ledger.shown,
        0,
        keyed(_own_keys(asked, key)),
        passing=passing_of(backed_up.grades),
        minutes=amount(said(own, "timelimit")) / 60 or None,
        attempts=attempts_in(said(own, "attempts_number") or said(own, "attempts")),
        shuffled=any(said(one, "shufflequestions") == "1" for one in (own, *own.iter("section"))),
        show=_shown(own),
        graded=amount(said(own, "grade")) > 0,
    )
    return BackedUpQuiz(quiz, tuple(_lost(own)), missing)


def _own_keys(asked: list[Question | Draw], quiz: str) -> Iterator[Question | Draw]:
    """Return questions with the keys that we gave them, which stand after that of their quiz in a bank."""

    def own(one: Question) -> Question:
        _, found, key = one.key.partition(f"{quiz}-")
        return replace(one, key=key) if found else one

    return (each_question(one, own) for one in asked)


def _asked(slot: SlotRow, making: Making) -> Question | Draw | None:
    bank, points = making.questions.bank, amount(slot.points)
    meant = bank.meant(slot)
    if isinstance(meant, DrawnFrom):
        questions = tuple(filter(None, (_question(one, making) for one in bank.drawn(meant))))
        return Draw(bank.title(meant), 1, points, questions) if questions else None
    question = _question(meant, making) if meant else None
    return replace(question, points=points) if question and question.points else question


def _question(banked: Banked, making: Making) -> Question | None:
    return making.questions.question(banked, making.ledger.shown, making.findings)


def _same(one: Draw, other: Draw) -> bool:
    return replace(one, count=1) == replace(other, count=1) and one.count < len(one.questions)


def passing_of(grades: etree._Element | None) -> float | None:
    """Return the score that passes in percent, where a gradebook has one."""
    for item in grade_items(grades):
        passing, most = amount(item.gradepass), amount(item.grademax)
        if passing and most:
            return round(100 * passing / most, 2)
    return None


def _shown(own: etree._Element) -> Show:
    """Return when learners see what was right: Moodle has a bit for each time."""
    text = said(own, "reviewrightanswer")
    if own.find("reviewrightanswer") is None or not text.isdecimal():
        return Show.AFTER_ATTEMPT
    bits = int(text[:9])
    return Show.NEVER if not bits else Show.AFTER_LAST if bits == _AFTER_CLOSE else Show.AFTER_ATTEMPT


def _lost(own: etree._Element) -> Iterator[str]:
    yield from (words for name, words in _LOST.items() if said(own, name) not in ("", "0"))
    if any(said(one, "feedbacktext") for one in own.iterfind("feedbacks/feedback")):
        yield "what it says of a whole grade"
    if headings := [said(one, "heading") for one in own.iterfind("sections/section") if said(one, "heading")]:
        yield f"its headings ({', '.join(headings)})"
