"""What work is judged by in Canvas: rubrics, and competencies as outcomes on the scale that documents use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from coursewright.course.model import Competency, Course
from coursewright.course.parts import RubricCriterion
from coursewright.course.questions import number_text
from coursewright.packages.documents.cartridge import child
from coursewright.packages.documents.manifest import document
from coursewright.pages.parts import Work
from coursewright.text.names import cut, digest, known_as
from coursewright.text.phrases import LEVELS, level
from coursewright.writers.canvas.elements import LONGEST_TITLE, Labels, Plain, named_child, settings_root, texts
from coursewright.writers.quiz_settings import flag


@dataclass(frozen=True, slots=True)
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
    root = settings_root("rubrics")
    for work in works:
        rubric = named_child(root, "rubric", rubric_of(work))
        points = sum(row.points for row in work.rubric) if work.rubric else work.points if work.criterion else 0
        texts(rubric, title=work.title, description=work.title, read_only="false", reusable="false", public="false")
        texts(rubric, points_possible=number_text(points))
        texts(rubric, hide_score_total="false" if points else "true", free_form_criterion_comments="false")
        criteria = child(rubric, "criteria")
        for number, authored in enumerate(work.rubric, start=1):
            _authored(criteria, f"{work.identifier}-{number}", authored, plain)
        if work.criterion and not work.rubric:
            _criterion(criteria, f"{work.identifier}-done", work.criterion, met(labels, points), points, scored=True)
        for row in work.competencies:
            _competency(criteria, work, row, found[known_as(row.name)], labels, plain)
    return document(root)


_Rating = tuple[str, float]


def met(labels: Labels, points: float) -> list[_Rating]:
    return [(labels["rating_met"], points), (labels["rating_not_met"], 0)]


def rating_scale(labels: Labels) -> list[_Rating]:
    """Return the scale in the language of the course."""
    steps = reversed(list(enumerate(LEVELS, start=1)))
    return [*((labels[f"level_{name}"], points) for points, name in steps), (labels["rating_not_met"], 0)]


def _competency(
    criteria: _Element, work: Work, row: Competency, outcome: Outcome, labels: Labels, plain: Plain
) -> None:
    """Append a competency; the target of the unit is what masters it there."""
    wanted = level(row.target)
    ratings = rating_scale(labels) if outcome.highest else met(labels, 1)
    name = f"{work.identifier}-{digest(known_as(row.name))}"
    criterion = _criterion(criteria, name, outcome.title, ratings, wanted or 1, plain(row.target))
    texts(criterion, learning_outcome_identifierref=outcome.identifier)


def _authored(criteria: _Element, name: str, row: RubricCriterion, plain: Plain) -> None:
    """Append a row of a rubric that the author wrote, with the words for each of its levels."""
    title, text = plain(row.title), plain(row.text)
    ratings = [(plain(one.title), one.points) for one in row.ratings] or [(title, row.points), ("–", 0.0)]
    criterion = _criterion(criteria, name, title, ratings, row.points, text, scored=True, ranged=not row.ratings)
    for rating, told in zip(criterion.iterfind("{*}ratings/{*}rating"), row.ratings, strict=False):
        if told.text:
            rating.insert(1, child(rating, "long_description", plain(told.text)))


def _criterion(
    criteria: _Element,
    name: str,
    description: str,
    ratings: Sequence[_Rating],
    mastery: float,
    details: str = "",
    *,
    scored: bool = False,
    ranged: bool | None = None,
) -> _Element:
    """Append what is judged. What is scored takes any number between none and all of its points, if it is `ranged`."""
    criterion = child(criteria, "criterion")
    most = max(points for _, points in ratings)
    texts(criterion, criterion_id=name, points=number_text(most), mastery_points=number_text(mastery))
    texts(
        criterion, ignore_for_scoring=flag(not scored), criterion_use_range=flag(scored if ranged is None else ranged)
    )
    texts(criterion, description=cut(description, LONGEST_TITLE))
    whole = description if len(description) > LONGEST_TITLE else ""
    if long := "\n".join(filter(None, [whole, details])):
        texts(criterion, long_description=long)
    listed = child(criterion, "ratings")
    for number, (text, points) in enumerate(ratings):
        rating = child(listed, "rating")
        texts(rating, description=text, points=number_text(points), criterion_id=name, id=f"{name}-{number}")
    return criterion


def learning_outcomes(title: str, identifier: str, found: Mapping[str, Outcome], labels: Labels) -> bytes:
    """Return the competencies of the course as outcomes on the scale that its documents use."""
    root = settings_root("learningOutcomes")
    group = named_child(root, "learningOutcomeGroup", identifier)
    texts(group, title=cut(title, LONGEST_TITLE), description=labels["competencies"])
    listed = child(group, "learningOutcomes")
    for outcome in found.values():
        entry = named_child(listed, "learningOutcome", outcome.identifier)
        ratings = rating_scale(labels) if outcome.highest else met(labels, 1)
        name = cut(outcome.title, LONGEST_TITLE)
        texts(entry, title=name, description=outcome.title, calculation_method="highest")
        texts(entry, points_possible=number_text(ratings[0][1]), mastery_points=outcome.highest or 1)
        listed_ratings = child(entry, "ratings")
        for text, points in ratings:
            texts(child(listed_ratings, "rating"), description=text, points=number_text(points))
    return document(root)
