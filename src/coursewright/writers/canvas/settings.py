"""What Canvas knows of a course besides a cartridge: its settings, assignments, groups, discussions, and files.

Every function returns a document; identifiers are those of the lessons. Canvas takes the first descendant of a name for
a value, so what is a parent's own stands before what is nested in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coursewright.course.parts import Group, Submission
from coursewright.course.questions import number_text
from coursewright.packages.documents.canvas.assignments import AssignmentGroup, AssignmentGroups, AssignmentSettings
from coursewright.packages.documents.canvas.course import CourseSettings, FileSettings, FilesMeta
from coursewright.packages.documents.canvas.discussions import TopicMeta
from coursewright.packages.documents.fields import as_flag
from coursewright.pages.parts import Talk, Work
from coursewright.text.names import cut
from coursewright.writers.canvas.rubrics import LONGEST_TITLE, Labels, has_rubric, is_graded_by_rubric, rubric_of
from coursewright.writers.quiz_settings import canvas_document, group_of

_USUAL = (Submission.TEXT, Submission.FILE, Submission.ADDRESS)
_SUBMISSIONS: Mapping[Submission, str] = {
    Submission.TEXT: "online_text_entry",
    Submission.FILE: "online_upload",
    Submission.ADDRESS: "online_url",
    Submission.RECORDING: "media_recording",
    Submission.PAPER: "on_paper",
    Submission.NOTHING: "none",
}


def course_settings(identifier: str, title: str, code: str, *, front: bool) -> bytes:
    """Return the settings of the course, which opens with its front page if that is asked for."""
    return canvas_document(CourseSettings(identifier, cut(title, LONGEST_TITLE), code, "wiki" if front else ""))


def assignment_groups(groups: Sequence[Group], labels: Labels) -> bytes:
    """Return the groups of assignments that the course has."""
    listed = enumerate(groups, start=1)
    made = (AssignmentGroup(group_of(one), labels[f"group_{one}"], str(number)) for number, one in listed)
    return canvas_document(AssignmentGroups(tuple(made)))


def assignment_settings(work: Work, position: int) -> bytes:
    """Return the settings of an assignment. What has no points is complete or not, and weighs nothing."""
    judged = has_rubric(work)
    return canvas_document(
        AssignmentSettings(
            work.identifier,
            work.title,
            group_of(work.group),
            rubric_of(work) if judged else "",
            as_flag(is_graded_by_rubric(work)) if judged else "",
            workflow_state="published",
            points_possible=number_text(work.points),
            grading_type="points" if work.graded else "pass_fail",
            submission_types=",".join(_SUBMISSIONS[way] for way in work.submissions or _USUAL),
            position=str(position),
            omit_from_final_grade="" if work.graded else "true",
        )
    )


def topic_meta(discussion: Talk, identifier: str, position: int) -> bytes:
    """Return what Canvas wants to know of a discussion besides its topic."""
    return canvas_document(
        TopicMeta(identifier, discussion.identifier, discussion.title, str(position), "topic", "threaded", "active")
    )


def files_meta(hidden: Sequence[str]) -> bytes:
    """Return what is special about files: those that learners must not see are locked."""
    return canvas_document(FilesMeta(tuple(FileSettings(name, "true") for name in hidden)))
