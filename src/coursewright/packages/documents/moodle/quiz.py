"""A quiz in a Moodle course backup: its settings, its slots, and when learners see what was right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import SubElement, _Element

from coursewright.course.quiz import Draw, Question, Quiz, Show
from coursewright.packages.documents.fields import add_as
from coursewright.packages.documents.moodle.bank import parts_of
from coursewright.packages.documents.moodle.rows import QuestionReference, QuestionSetReference, SlotRow
from coursewright.packages.documents.moodle.values import (
    Activity,
    BankQuestion,
    MoodleQuiz,
    QuestionCategory,
    Slot,
    Value,
)
from coursewright.packages.documents.moodle.xml import MOMENT, add, add_empty

_DURING, _AT_ONCE, _LATER, _CLOSED = 0x10000, 0x01000, 0x00100, 0x00010
_AFTER = _AT_ONCE | _LATER | _CLOSED
_ON_ONE_PAGE = 0


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


def quiz_details(found: MoodleQuiz) -> dict[str, Value]:
    """Return the settings of a quiz."""
    quiz, points = found.quiz, points_of(found)
    graded = quiz.graded and points > 0
    return {
        "timeopen": 0,
        "timeclose": 0,
        "timelimit": round((quiz.minutes or 0) * 60),
        "overduehandling": "autosubmit",
        "graceperiod": 0,
        "preferredbehaviour": "deferredfeedback",
        "canredoquestions": 0,
        "attempts_number": quiz.attempts,
        "attemptonlast": 0,
        "grademethod": 1,
        "decimalpoints": 2,
        "questiondecimalpoints": -1,
        **_review(quiz),
        "questionsperpage": _ON_ONE_PAGE,
        "navmethod": "free",
        "shuffleanswers": 1,
        "sumgrades": f"{points:.5f}",
        "grade": f"{points if graded else 0:.5f}",
        "timecreated": MOMENT,
        "timemodified": MOMENT,
        "password": "",
        "subnet": "",
        "browsersecurity": "-",
        "delay1": 0,
        "delay2": 0,
        "showuserpicture": 0,
        "showblocks": 0,
        "completionattemptsexhausted": 0,
        "completionminattempts": 0 if graded and quiz.passing else 1,
        "allowofflineattempts": 0,
    }


def _review(quiz: Quiz) -> dict[str, Value]:
    """Return what learners see of an attempt, and when: what was right as the author says, their marks at once."""
    when = {Show.NEVER: 0, Show.AFTER_ATTEMPT: _AFTER, Show.AFTER_LAST: _AFTER if quiz.attempts == 1 else _CLOSED}
    told = when[quiz.show]
    shown = dict.fromkeys(("correctness", "specificfeedback", "generalfeedback", "rightanswer"), told)
    marks = dict.fromkeys(("maxmarks", "marks", "overallfeedback"), _AFTER)
    attempt = _DURING | _AFTER
    return {f"review{what}": value for what, value in {"attempt": attempt, **shown, **marks}.items()}


def in_slots(instance: _Element, activity: Activity) -> None:
    """Append the slots of a quiz and its one section."""
    found = activity.quiz
    if found is None:
        return
    listed = SubElement(instance, "question_instances")
    for place, slot in enumerate(found.slots, start=1):
        add_as(listed, SlotRow.ROOT, _row(slot, place, activity))
    section = SubElement(instance, "sections")
    add(section, "section", activity.number, firstslot=1, heading="", shufflequestions=int(found.quiz.shuffled))
    add_empty(instance, "feedbacks", "overrides", "grades", "attempts")


def _row(slot: Slot, place: int, activity: Activity) -> SlotRow:
    """Return a slot with what stands in it: a question of the bank, or the category that one is drawn from."""
    row = SlotRow(str(slot.number), str(activity.number), str(place), maxmark=f"{slot.points:.7f}")
    number, context = str(slot.number), str(activity.context)
    if slot.question:
        asked = QuestionReference(number, context, questionbankentryid=str(slot.question))
        return replace(row, question_reference=asked)
    # the form of Moodle 4.1, which later ones read too
    condition = {"questioncategoryid": str(slot.category), "includingsubcategories": "0"}
    drawn = QuestionSetReference(number, context, questionscontextid=context, filtercondition=json.dumps(condition))
    return replace(row, question_set_reference=drawn)
