"""What is said of work in a package beside its text: points, how it is handed in, and what it is judged by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from coursewright.course.parts import Group, RubricCriterion, RubricRating, Submission
from coursewright.packages.documents.parsing import text_at, text_of
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
_DATES = ("due_at", "unlock_at", "lock_at")
_LOST = {"group_category": "group work", "peer_reviews": "peer reviews", "has_group_category": "group work"}
_MOST = 200


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms work is done. `lost` are those that no course of ours has, in words."""

    points: float = 0.0
    submissions: tuple[Submission, ...] = ()
    group: Group = Group.ASSESSMENTS
    rubric: str = ""
    lost: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    is_tool: bool = False


def canvas_terms(settings: etree._Element) -> Terms:
    """Return the terms that Canvas's settings of an assignment say."""
    ways = [one.strip() for one in text_at(settings, "submission_types").split(",")]
    group = text_at(settings, "assignment_group_identifierref").removeprefix("course-")
    counts = text_at(settings, "grading_type") != "not_graded"
    return Terms(
        points=amount(text_at(settings, "points_possible")) if counts else 0.0,
        submissions=_submissions(ways),
        group=Group(group) if group in set(Group) else Group.ASSESSMENTS,
        rubric=text_at(settings, "rubric_identifierref"),
        lost=tuple(dict.fromkeys(_lost(settings))),
        dates=tuple(f"{name} {value}" for name in _DATES if (value := text_at(settings, name))),
        is_tool="external_tool" in ways,
    )


def _submissions(ways: list[str]) -> tuple[Submission, ...]:
    return tuple(dict.fromkeys(_SUBMISSIONS[one] for one in ways if one in _SUBMISSIONS))


def _lost(settings: etree._Element) -> Iterator[str]:
    for name, words in _LOST.items():
        if text_at(settings, name) in ("true", "1"):
            yield words


def profile_terms(assignment: etree._Element) -> Terms:
    """Return the terms of an assignment of Common Cartridge 1.3."""
    gradable = assignment.find("{*}gradable")
    formats = [one.get("type", "") for one in assignment.iterfind("{*}submission_formats/{*}format")]
    points = "" if gradable is None else gradable.get("points_possible", "")
    return Terms(points=amount(points), submissions=_submissions(formats))


def rubric_of(root: etree._Element | None, identifier: str) -> tuple[str, tuple[RubricCriterion, ...]]:
    """Return a rubric of Canvas by its identifier: its title, and what work is judged by."""
    for found in () if root is None else root.iterfind("{*}rubric"):
        if found.get("identifier") == identifier:
            rows = list(found.iterfind("{*}criteria/{*}criterion"))[:_MOST]
            return text_at(found, "title"), tuple(map(_criterion, rows))
    return "", ()


def _criterion(found: etree._Element) -> RubricCriterion:
    ratings = (_rating(one) for one in list(found.iterfind("{*}ratings/{*}rating"))[:_MOST])
    return RubricCriterion(
        text_at(found, "description"),
        0.0 if text_at(found, "ignore_for_scoring") == "true" else amount(text_at(found, "points")),
        tuple(sorted(ratings, key=lambda one: -one.points)),
        " ".join(text_of(found.find("{*}long_description")).split()),
    )


def _rating(found: etree._Element) -> RubricRating:
    details = " ".join(text_of(found.find("{*}long_description")).split())
    return RubricRating(text_at(found, "description"), amount(text_at(found, "points")), details)
