"""What is said of work in a package beside its text: points, how it is handed in, and what it is judged by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coursewright.course.parts import Group, RubricCriterion, RubricRating, Submission
from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.canvas.rubrics import DONE, CanvasCriterion, CanvasRating
from coursewright.packages.documents.canvas.switches import says_yes
from coursewright.packages.documents.cartridge_files import CartridgeAssignment
from coursewright.readers.packages.amounts import amount

_SUBMISSIONS: Mapping[str, Submission] = {
    "online_text_entry": Submission.TEXT,
    "online_upload": Submission.FILE,
    "online_url": Submission.ADDRESS,
    "media_recording": Submission.RECORDING,
    "student_annotation": Submission.FILE,
    "on_paper": Submission.PAPER,
    "none": Submission.NOTHING,
    "not_graded": Submission.NOTHING,
    "html": Submission.TEXT,
    "text": Submission.TEXT,
    "file": Submission.FILE,
    "url": Submission.ADDRESS,
}


@frozen
class Terms:
    """On which terms work is done. `lost` are those that no course of ours has, in words."""

    points: float = 0.0
    submissions: tuple[Submission, ...] = ()
    group: Group = Group.ASSESSMENTS
    rubric: str = ""
    lost: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    is_tool: bool = False


def canvas_terms(settings: AssignmentSettings) -> Terms:
    """Return the terms that Canvas's settings of an assignment say."""
    group = settings.assignment_group_identifierref.removeprefix("course-")
    return Terms(
        points=0.0 if settings.grading_type == "not_graded" else amount(settings.points_possible),
        submissions=_submissions(settings.ways),
        group=Group(group) if group in set(Group) else Group.ASSESSMENTS,
        rubric=settings.rubric_identifierref,
        lost=tuple(dict.fromkeys(_lost(settings))),
        dates=dates_in(settings),
        is_tool="external_tool" in settings.ways,
    )


def dates_in(settings: AssignmentSettings | QuizSettings) -> tuple[str, ...]:
    """Return the days on which work or a quiz is due, opens and closes, with their names."""
    dates = ("due_at", settings.due_at), ("unlock_at", settings.unlock_at), ("lock_at", settings.lock_at)
    return tuple(f"{name} {value}" for name, value in dates if value)


def _submissions(ways: Iterable[str]) -> tuple[Submission, ...]:
    return tuple(dict.fromkeys(_SUBMISSIONS[one] for one in ways if one in _SUBMISSIONS))


def _lost(settings: AssignmentSettings) -> Iterator[str]:
    for value, words in (
        (settings.group_category, "group work"),
        (settings.peer_reviews, "peer reviews"),
        (settings.has_group_category, "group work"),
    ):
        if value in ("true", "1"):
            yield words


def profile_terms(work: CartridgeAssignment) -> Terms:
    """Return the terms of an assignment of Common Cartridge 1.3."""
    return Terms(points=amount(work.points), submissions=_submissions(work.ways))


def is_made(found: CanvasCriterion) -> bool:
    """Say whether a row of a rubric of ours is made anew: of what counts as done, or of a competency."""
    return found.criterion_id.endswith(DONE) or bool(found.learning_outcome_identifierref)


def criterion_of(found: CanvasCriterion) -> RubricCriterion:
    """Return what work is judged by."""
    return RubricCriterion(
        found.description,
        0.0 if says_yes(found.ignore_for_scoring) else amount(found.points),
        tuple(sorted(map(_rating, found.ratings), key=lambda one: -one.points)),
        " ".join(found.long_description.split()),
    )


def _rating(found: CanvasRating) -> RubricRating:
    return RubricRating(found.description, amount(found.points), " ".join(found.long_description.split()))
