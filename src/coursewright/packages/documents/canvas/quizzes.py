"""assessment_meta.xml: what Canvas knows of a quiz beside its questions."""

from __future__ import annotations

from typing import ClassVar

from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.fields import attribute, line, long_text, others


@frozen
class QuizSettings:
    """The settings of a quiz: what is its own first, then the assignment by which it is in the gradebook."""

    ROOT: ClassVar[str] = "quiz"
    identifier: str = attribute()
    title: str = ""
    description: str = long_text()
    shuffle_answers: str = ""
    scoring_policy: str = ""
    quiz_type: str = ""
    points_possible: str = ""
    show_correct_answers: str = ""
    show_correct_answers_last_attempt: str = ""
    time_limit: str = ""
    allowed_attempts: str = ""
    one_question_at_a_time: str = ""
    cant_go_back: str = ""
    available: str = ""
    due_at: str = ""
    unlock_at: str = ""
    lock_at: str = ""
    access_code: str = ""
    ip_filter: str = ""
    require_lockdown_browser: str = ""
    anonymous_submissions: str = ""
    assignment_group_identifierref: str = ""
    others: tuple[tuple[str, str], ...] = others()
    assignment: AssignmentSettings | None = None
    line: int = line()
