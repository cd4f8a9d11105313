"""What Canvas is told of a quiz besides its questions: its settings, and the score that completes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coursewright.course.parts import Group
from coursewright.course.quiz import Quiz, Show, asked
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.canvas.names import NAMESPACE
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.fields import as_flag, document_of
from coursewright.packages.documents.qti12.canvas import LONGEST_QUESTION, question_html, time_limit
from coursewright.packages.documents.qti12.elements import number_of
from coursewright.packages.documents.wording import Wording
from coursewright.text.names import plain_number, shortened

MORE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def too_long(quiz: Quiz, words: Wording) -> Iterator[Finding]:
    """Yield a finding for each question that Canvas would not show."""
    for question in asked(quiz):
        size = len(question_html(question, words).encode())
        if size > LONGEST_QUESTION:
            place = Place(quiz.path, question.line or quiz.line)
            stem = shortened(question.stem, 60)
            yield messages.QUESTION_TOO_LONG.at(place, question=stem, size=plain_number(size / 1024))


def group_of(group: Group) -> str:
    """Return the identifier of a group of assignments: the same for every course, so that imports share it."""
    return f"course-{group}"


def is_graded(quiz: Quiz) -> bool:
    """Say whether a quiz stands in the gradebook."""
    return quiz.graded and quiz.points > 0


def score_to_reach(quiz: Quiz) -> float | None:
    """Return the points that complete a quiz, None where any attempt does."""
    return quiz.passing * quiz.points / 100 if is_graded(quiz) and quiz.passing else None


_QUIZZES = group_of(Group.ASSESSMENTS)  # the group that quizzes are in


def quiz_settings(quiz: Quiz, identifier: str, title: str, words: Wording, position: int = 1) -> bytes:
    """Return the settings of a quiz: what is its own first, then the assignment by which it is in the gradebook."""
    graded = is_graded(quiz)
    return canvas_document(
        QuizSettings(
            identifier,
            title,
            words.html(quiz.instructions),
            as_flag(_is_shuffled(quiz)),
            "keep_highest",
            "assignment" if graded else "practice_quiz",
            number_of(quiz.points),
            as_flag(quiz.show is not Show.NEVER),
            as_flag(quiz.show is Show.AFTER_LAST),
            str(time_limit(quiz)) if quiz.minutes else "",
            str(quiz.attempts or -1),
            one_question_at_a_time="false",
            cant_go_back="false",
            available="true",
            assignment_group_identifierref=_QUIZZES if graded else "",
            assignment=_assignment(quiz, identifier, title, position) if graded else None,
        )
    )


def _assignment(quiz: Quiz, identifier: str, title: str, position: int) -> AssignmentSettings:
    return AssignmentSettings(
        f"{identifier}-assignment",
        title,
        _QUIZZES,
        workflow_state="published",
        quiz_identifierref=identifier,
        points_possible=number_of(quiz.points),
        grading_type="points",
        submission_types="online_quiz",
        position=str(position),
    )


def canvas_document(value: Any) -> bytes:
    """Return one of Canvas's own documents."""
    return document_of(value, NAMESPACE)


def _is_shuffled(quiz: Quiz) -> bool:
    """Say whether Canvas may shuffle answers, which it does in all questions of a quiz or in none."""
    choices = [one for one in asked(quiz) if one.options]
    return bool(choices) and all(one.shuffled for one in choices)
