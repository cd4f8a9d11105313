"""What Canvas is told of a quiz besides its questions: its settings, and the score that completes it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from coursewright.course.quiz import Quiz, Show, asked
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.cartridge import child
from coursewright.packages.documents.manifest import document, element
from coursewright.packages.documents.qti12.canvas import LONGEST_QUESTION, question_html, time_limit
from coursewright.packages.documents.qti12.elements import number_of
from coursewright.packages.documents.wording import Wording
from coursewright.text.names import plain_number, shortened

CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
MORE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
GROUP = "course-assessments"  # the group of assignments that quizzes are in


def too_long(quiz: Quiz, words: Wording) -> Iterator[Finding]:
    """Yield a finding for each question that Canvas would not show."""
    for question in asked(quiz):
        size = len(question_html(question, words).encode())
        if size > LONGEST_QUESTION:
            place = Place(quiz.path, question.line or quiz.line)
            stem = shortened(question.stem, 60)
            yield messages.QUESTION_TOO_LONG.at(place, question=stem, size=plain_number(size / 1024))


def is_graded(quiz: Quiz) -> bool:
    """Say whether a quiz stands in the gradebook."""
    return quiz.graded and quiz.points > 0


def score_to_reach(quiz: Quiz) -> float | None:
    """Return the points that complete a quiz, None where any attempt does."""
    return quiz.passing * quiz.points / 100 if is_graded(quiz) and quiz.passing else None


def quiz_settings(quiz: Quiz, identifier: str, title: str, words: Wording, position: int = 1) -> bytes:
    """Return the settings of a quiz: what is its own first, then the assignment by which it is in the gradebook."""
    root = element(CANVAS, "quiz")
    root.set("identifier", identifier)
    graded = is_graded(quiz)
    own = {
        "title": title,
        "description": words.html(quiz.instructions),
        "shuffle_answers": flag(_is_shuffled(quiz)),
        "scoring_policy": "keep_highest",
        "quiz_type": "assignment" if graded else "practice_quiz",
        "points_possible": number_of(quiz.points),
        "show_correct_answers": flag(quiz.show is not Show.NEVER),
        "show_correct_answers_last_attempt": flag(quiz.show is Show.AFTER_LAST),
        "time_limit": str(time_limit(quiz)) if quiz.minutes else "",
        "allowed_attempts": str(quiz.attempts or -1),
        "one_question_at_a_time": "false",
        "cant_go_back": "false",
        "available": "true",
        "assignment_group_identifierref": GROUP if graded else "",
    }
    for name, value in own.items():
        if value:
            child(root, name, value)
    if graded:
        _assignment(root, quiz, identifier, title, position)
    return document(root)


def _assignment(root: _Element, quiz: Quiz, identifier: str, title: str, position: int) -> None:
    assignment = child(root, "assignment")
    assignment.set("identifier", f"{identifier}-assignment")
    values = {
        "title": title,
        "assignment_group_identifierref": GROUP,
        "workflow_state": "published",
        "quiz_identifierref": identifier,
        "points_possible": number_of(quiz.points),
        "grading_type": "points",
        "submission_types": "online_quiz",
        "position": str(position),
    }
    for name, value in values.items():
        child(assignment, name, value)


def _is_shuffled(quiz: Quiz) -> bool:
    """Say whether Canvas may shuffle answers, which it does in all questions of a quiz or in none."""
    choices = [one for one in asked(quiz) if one.options]
    return bool(choices) and all(one.shuffled for one in choices)


def flag(value: bool) -> str:
    """Return what Canvas writes for a value that is true or false."""
    return "true" if value else "false"
