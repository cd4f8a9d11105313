"""A quiz in a Moodle course backup: an activity with a bank of its own, and the score to pass that its author set."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coursewright.course.lowering import lowered
from coursewright.findings.finding import Finding
from coursewright.packages.documents.moodle.questions import in_course
from coursewright.packages.documents.moodle.quiz import moodle_quiz, points_of, quiz_details
from coursewright.packages.documents.moodle.values import Activity, ActivityKind
from coursewright.packages.documents.moodle.xml import own_text
from coursewright.packages.documents.wording import Wording
from coursewright.pages.parts import Exam

_FORM = in_course("Moodle")


def quiz_activity(
    exam: Exam,
    number: int,
    section: int,
    numbers: Iterator[int],
    words: Wording,
    least: Callable[[float, float], float],
) -> tuple[Activity, tuple[Finding, ...]]:
    """Return a quiz as an activity, and what is lost in it. `least` says which points pass, of all and in percent."""
    made = lowered(exam.quiz, _FORM)
    found = moodle_quiz(made.quiz, numbers, exam.title)
    points = points_of(found) if made.quiz.graded else 0
    activity = Activity(
        number,
        ActivityKind.QUIZ,
        section,
        exam.identifier,
        exam.title,
        own_text(words.html(made.quiz.instructions)),
        quiz_details(found),
        points=points,
        to_pass=least(points, made.quiz.passing or 0) if points else 0,
        quiz=found,
    )
    return activity, made.findings
