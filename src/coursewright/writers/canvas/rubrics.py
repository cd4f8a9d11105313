"""What work is judged by in Canvas: rubrics, and competencies as outcomes on the scale that documents use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from coursewright.course.model import Course
from coursewright.course.parts import RubricCriterion
from coursewright.course.questions import number_text
from coursewright.course.values import Competency
from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.rubrics import (
    DONE,
    CanvasCriterion,
    CanvasRating,
    CanvasRubric,
    LearningOutcome,
    LearningOutcomes,
    OutcomeGroup,
    Rubrics,
)
from coursewright.packages.documents.fields import as_flag
from coursewright.pages.parts import Work
from coursewright.text.names import cut, digest, known_as
from coursewright.text.phrases import LEVELS, level
from coursewright.writers.quiz_settings import canvas_document

LONGEST_TITLE = 255
Labels = Mapping[str, str]
Plain = Callable[[str], str]


@frozen
class Outcome:
    """A competency of the course: what it is called, and the highest level that a unit takes it to (0: none named)."""

    identifier: str
    title: str
    highest: int


def outcomes(course: Course, plain: Plain) -> dict[str, Outcome]:
    """Return the outcomes of a course by the name of their competency as it is compared."""
    found: dict[str, Outcome] = {}
    for row in (row for unit in course.units for row in unit.competencies):
        name, before = known_as(row.name), found.get(known_as(row.name))
        highest = max(level(row.target), before.highest if before else 0)
        found[name] = Outcome(f"outcome-{digest(name, 12)}", before.title if before else plain(row.name), highest)
    return found


def has_rubric(work: Work) -> bool:
    """Say whether there is anything to judge an assignment by."""
    return bool(work.rubric) or (work.graded and bool(work.criterion or work.competencies))


def is_graded_by_rubric(work: Work) -> bool:
    """Say whether what a rubric gives is what an assignment gives: the same points."""
    if work.rubric:
        return work.graded and sum(row.points for row in work.rubric) == work.points
    return bool(work.criterion)


def rubric_of(work: Work) -> str:
    """Return the identifier of an assignment's rubric."""
    return f"{work.identifier}-rubric"


def rubrics(works: Sequence[Work], found: Mapping[str, Outcome], labels: Labels, plain: Plain) -> bytes:
    """Return a rubric for each assignment that has something to be judged by.

    The criterion gives the points. Competencies are judged on their scale beside it, as outcomes that give none: to be
    proficient may be all that a unit is for, and must not cost points.
    """
    return canvas_document(Rubrics(tuple(_rubric(work, found, labels, plain) for work in works)))


def _rubric(work: Work, found: Mapping[str, Outcome], labels: Labels, plain: Plain) -> CanvasRubric:
    points = sum(row.points for row in work.rubric) if work.rubric else work.points if work.criterion else 0
    return CanvasRubric(
        rubric_of(work),
        work.title,
        work.title,
        read_only="false",
        reusable="false",
        public="false",
        points_possible=number_text(points),
        hide_score_total=as_flag(not points),
        free_form_criterion_comments="false",
        criteria=tuple(_criteria(work, points, found, labels, plain)),
    )


def _criteria(
    work: Work, points: float, found: Mapping[str, Outcome], labels: Labels, plain: Plain
) -> Iterator[CanvasCriterion]:
    for number, authored in enumerate(work.rubric, start=1):
        yield _authored(f"{work.identifier}-{number}", authored, plain)
    if work.criterion and not work.rubric:
        yield _criterion(f"{work.identifier}{DONE}", work.criterion, _met(labels, points), points, scored=True)
    for row in work.competencies:
        yield _competency(work, row, found[known_as(row.name)], labels, plain)


_Rating = tuple[str, float]


def _met(labels: Labels, points: float) -> list[_Rating]:
    """Return the scale of what is done, or not."""
    return [(labels["rating_met"], points), (labels["rating_not_met"], 0)]


def _scale(labels: Labels) -> list[_Rating]:
    """Return the scale in the language of the course."""
    steps = reversed(list(enumerate(LEVELS, start=1)))
    return [*((labels[f"level_{name}"], points) for points, name in steps), (labels["rating_not_met"], 0)]


def _competency(work: Work, row: Competency, outcome: Outcome, labels: Labels, plain: Plain) -> CanvasCriterion:
    """Return a competency; the target of the unit is what masters it there."""
    wanted = level(row.target)
    ratings = _scale(labels) if outcome.highest else _met(labels, 1)
    name = f"{work.identifier}-{digest(known_as(row.name))}"
    criterion = _criterion(name, outcome.title, ratings, wanted or 1, plain(row.target))
    return replace(criterion, learning_outcome_identifierref=outcome.identifier)


def _authored(name: str, row: RubricCriterion, plain: Plain) -> CanvasCriterion:
    """Return a row of a rubric that the author wrote, with the words for each of its levels."""
    title, text = plain(row.title), plain(row.text)
    ratings = [(plain(one.title), one.points) for one in row.ratings] or [(title, row.points), ("–", 0.0)]
    made = _criterion(name, title, ratings, row.points, text, scored=True, ranged=not row.ratings)
    told = [plain(one.text) for one in row.ratings] or [""] * len(ratings)
    rated = (replace(one, long_description=text) for one, text in zip(made.ratings, told, strict=True))
    return replace(made, ratings=tuple(rated))


def _criterion(
    name: str,
    description: str,
    ratings: Sequence[_Rating],
    mastery: float,
    details: str = "",
    *,
    scored: bool = False,
    ranged: bool | None = None,
) -> CanvasCriterion:
    """Return what is judged. What is scored takes any number between none and all of its points, if it is `ranged`."""
    whole = description if len(description) > LONGEST_TITLE else ""
    return CanvasCriterion(
        name,
        number_text(max(points for _, points in ratings)),
        number_text(mastery),
        as_flag(not scored),
        as_flag(scored if ranged is None else ranged),
        cut(description, LONGEST_TITLE),
        "\n".join(filter(None, [whole, details])),
        tuple(
            CanvasRating(text, "", number_text(points), name, f"{name}-{number}")
            for number, (text, points) in enumerate(ratings)
        ),
    )


def learning_outcomes(title: str, identifier: str, found: Mapping[str, Outcome], labels: Labels) -> bytes:
    """Return the competencies of the course as outcomes on the scale that its documents use."""
    made = tuple(_outcome(one, labels) for one in found.values())
    group = OutcomeGroup(identifier, cut(title, LONGEST_TITLE), labels["competencies"], outcomes=made)
    return canvas_document(LearningOutcomes(groups=(group,)))


def _outcome(outcome: Outcome, labels: Labels) -> LearningOutcome:
    ratings = _scale(labels) if outcome.highest else _met(labels, 1)
    return LearningOutcome(
        outcome.identifier,
        cut(outcome.title, LONGEST_TITLE),
        outcome.title,
        "highest",
        points_possible=number_text(ratings[0][1]),
        mastery_points=str(outcome.highest or 1),
        ratings=tuple(CanvasRating(text, points=number_text(points)) for text, points in ratings),
    )
