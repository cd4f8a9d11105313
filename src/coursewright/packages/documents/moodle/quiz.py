"""A quiz in a Moodle course backup: its settings, its slots, and when learners see what was right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Draw, Question, Quiz, Show
from coursewright.packages.documents.moodle.bank import parts_of
from coursewright.packages.documents.moodle.instances import AFTER_ATTEMPT, CLOSED, QuizInstance, QuizSection
from coursewright.packages.documents.moodle.rows import QuestionReference, QuestionSetReference, SlotRow
from coursewright.packages.documents.moodle.values import (
    BankQuestion,
    MoodleQuiz,
    QuestionCategory,
    Slot,
    context_of,
)


def moodle_quiz(quiz: Quiz, numbers: Iterator[int], title: str) -> MoodleQuiz:
    """Return a quiz, lowered, with its questions in categories: its own, and one for each draw."""
    top, own_number = QuestionCategory(next(numbers), "top"), next(numbers)
    own: list[BankQuestion] = []
    slots: list[Slot] = []
    drawn: list[QuestionCategory] = []
    for one in quiz.questions:
        if isinstance(one, Draw):
            name = one.title or f"{title} {len(drawn) + 1}"
            drawn.append(QuestionCategory(next(numbers), name, [_banked(each, numbers) for each in one.questions]))
            slots += [Slot(next(numbers), one.points, category=drawn[-1].number) for _ in range(one.count)]
        else:
            own.append(_banked(one, numbers))
            slots.append(Slot(next(numbers), one.worth, own[-1].number))
    return MoodleQuiz(quiz, [top, QuestionCategory(own_number, title, own), *drawn], slots)


def _banked(question: Question, numbers: Iterator[int]) -> BankQuestion:
    """Return a question by its number; those of its gaps have the next ones."""
    found = BankQuestion(next(numbers), question)
    for _ in range(parts_of(question)):
        next(numbers)
    return found


def points_of(found: MoodleQuiz) -> float:
    """Return the points of an attempt that is all right."""
    return sum(slot.points for slot in found.slots)


def quiz_instance(found: MoodleQuiz, number: int, intro: str) -> QuizInstance:
    """Return a quiz as an activity of a number, with its slots in one section."""
    quiz, points = found.quiz, points_of(found)
    graded = quiz.graded and points > 0
    last = AFTER_ATTEMPT if quiz.attempts == 1 else CLOSED
    told = str({Show.NEVER: 0, Show.AFTER_ATTEMPT: AFTER_ATTEMPT, Show.AFTER_LAST: last}[quiz.show])
    return QuizInstance(
        intro=intro,
        timelimit=str(round((quiz.minutes or 0) * 60)),
        attempts_number=str(quiz.attempts),
        reviewcorrectness=told,
        reviewspecificfeedback=told,
        reviewgeneralfeedback=told,
        reviewrightanswer=told,
        sumgrades=f"{points:.5f}",
        grade=f"{points if graded else 0:.5f}",
        completionminattempts=str(int(not (graded and quiz.passing))),
        slots=tuple(_row(slot, place, number) for place, slot in enumerate(found.slots, start=1)),
        sections=(QuizSection(str(number), shufflequestions=str(int(quiz.shuffled))),),
    )


def _row(slot: Slot, place: int, activity: int) -> SlotRow:
    """Return a slot with what stands in it: a question of the bank, or the category that one is drawn from."""
    row = SlotRow(str(slot.number), str(activity), str(place), maxmark=f"{slot.points:.7f}")
    number, context = str(slot.number), str(context_of(activity))
    if slot.question:
        asked = QuestionReference(number, context, questionbankentryid=str(slot.question))
        return replace(row, question_reference=asked)
    # the form of Moodle 4.1, which later ones read too
    condition = {"questioncategoryid": str(slot.category), "includingsubcategories": "0"}
    drawn = QuestionSetReference(number, context, questionscontextid=context, filtercondition=json.dumps(condition))
    return replace(row, question_set_reference=drawn)
