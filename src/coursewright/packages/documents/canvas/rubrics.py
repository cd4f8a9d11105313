"""rubrics.xml and learning_outcomes.xml: what work is judged by."""

from __future__ import annotations

from typing import ClassVar

from coursewright.frozen import frozen
from coursewright.packages.documents.fields import attribute, line, listed, long_text, others

DONE = "-done"  # how the row of ours is called that stands for what counts as done, where work has no rubric


@frozen
class CanvasRating:
    """A level of a criterion, or of an outcome."""

    description: str = ""
    long_description: str = long_text()
    points: str = ""
    criterion_id: str = ""
    id: str = ""


@frozen
class CanvasCriterion:
    """A row of a rubric."""

    criterion_id: str = ""
    points: str = ""
    mastery_points: str = ""
    ignore_for_scoring: str = ""
    criterion_use_range: str = ""
    description: str = ""
    long_description: str = long_text()
    ratings: tuple[CanvasRating, ...] = listed("rating", "ratings")
    learning_outcome_identifierref: str = ""
    others: tuple[tuple[str, str], ...] = others()
    line: int = line()


@frozen
class CanvasRubric:
    """A rubric."""

    identifier: str = attribute()
    title: str = ""
    description: str = ""
    read_only: str = ""
    reusable: str = ""
    public: str = ""
    points_possible: str = ""
    hide_score_total: str = ""
    free_form_criterion_comments: str = ""
    others: tuple[tuple[str, str], ...] = others()
    criteria: tuple[CanvasCriterion, ...] = listed("criterion", "criteria")
    line: int = line()


@frozen
class Rubrics:
    """The rubrics of a course."""

    ROOT: ClassVar[str] = "rubrics"
    rubrics: tuple[CanvasRubric, ...] = listed("rubric")


@frozen
class LearningOutcome:
    """What learners are to be able to do."""

    identifier: str = attribute()
    title: str = ""
    description: str = ""
    calculation_method: str = ""
    calculation_int: str = ""
    points_possible: str = ""
    mastery_points: str = ""
    ratings: tuple[CanvasRating, ...] = listed("rating", "ratings")
    others: tuple[tuple[str, str], ...] = others()
    line: int = line()


@frozen
class OutcomeGroup:
    """Outcomes that belong together, and groups of them."""

    identifier: str = attribute()
    title: str = ""
    description: str = ""
    others: tuple[tuple[str, str], ...] = others()
    outcomes: tuple[LearningOutcome, ...] = listed("learningOutcome", "learningOutcomes")
    groups: tuple[OutcomeGroup, ...] = listed("learningOutcomeGroup", "learningOutcomes")


@frozen
class LearningOutcomes:
    """The outcomes of a course."""

    ROOT: ClassVar[str] = "learningOutcomes"
    outcomes: tuple[LearningOutcome, ...] = listed("learningOutcome")
    groups: tuple[OutcomeGroup, ...] = listed("learningOutcomeGroup")
