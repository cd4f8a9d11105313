"""assignment_settings.xml: how work is handed in and graded; assignment_groups.xml: what it weighs.

The same stands in the documents of quizzes and of discussions that count.
"""

from __future__ import annotations

from typing import ClassVar

from coursewright.frozen import frozen
from coursewright.packages.documents.fields import attribute, line, listed, others


@frozen
class AssignmentSettings:
    """How work is handed in and graded."""

    ROOT: ClassVar[str] = "assignment"
    identifier: str = attribute()
    title: str = ""
    assignment_group_identifierref: str = ""
    rubric_identifierref: str = ""
    rubric_use_for_grading: str = ""
    workflow_state: str = ""
    quiz_identifierref: str = ""
    points_possible: str = ""
    grading_type: str = ""
    submission_types: str = ""
    position: str = ""
    omit_from_final_grade: str = ""
    due_at: str = ""
    unlock_at: str = ""
    lock_at: str = ""
    group_category: str = ""
    has_group_category: str = ""
    peer_reviews: str = ""
    others: tuple[tuple[str, str], ...] = others()
    line: int = line()

    @property
    def ways(self) -> tuple[str, ...]:
        """How it may be handed in, in Canvas's words; one of them is "" where nothing is said."""
        return tuple(one.strip() for one in self.submission_types.split(","))


@frozen
class GroupRule:
    """Which grades of a group do not count."""

    drop_type: str = ""
    drop_count: str = ""
    identifierref: str = ""


@frozen
class AssignmentGroup:
    """A group of assignments."""

    identifier: str = attribute()
    title: str = ""
    position: str = ""
    group_weight: str = ""
    rules: tuple[GroupRule, ...] = listed("rule", "rules")
    line: int = line()


@frozen
class AssignmentGroups:
    """The groups of a course."""

    ROOT: ClassVar[str] = "assignmentGroups"
    groups: tuple[AssignmentGroup, ...] = listed("assignmentGroup")
