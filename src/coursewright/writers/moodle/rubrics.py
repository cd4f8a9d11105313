"""The rubric of an assignment in Moodle: rows whose most points are together those of the assignment."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from coursewright.course.parts import RubricCriterion
from coursewright.course.values import Competency
from coursewright.packages.documents.moodle.values import Criterion
from coursewright.pages.parts import Work
from coursewright.pages.renderer import Renderer
from coursewright.text.phrases import LEVELS, level

_FINEST = 100_000  # Moodle keeps five decimals


def rubric(work: Work, points: int, renderer: Renderer) -> list[Criterion]:
    """Return a row for what counts as done, and one for each competency; none for what gets no points.

    Moodle makes the sum of all rows the grade. Where a score is to be reached, it must be that score alone.
    """
    labels = renderer.labels
    if work.rubric or not points:
        return [_authored(row, renderer) for row in work.rubric]
    if work.threshold:
        shares, number = _shares(work.threshold), renderer.language.number
        percents = (labels["quiz_percent"].format(percent=number(share)) for share in shares)
        steps = [(round(points * share / 100, 5), text) for share, text in zip(shares, percents, strict=True)]
        return [Criterion(work.criterion, steps)]
    rows = [(work.criterion, [labels["rating_met"]])] if work.criterion else []
    rows += [_competency(row, renderer) for row in work.competencies]
    return [
        Criterion(text, [(0, labels["rating_not_met"]), *levels])
        for (text, _), levels in zip(rows, _levels([steps for _, steps in rows], points), strict=True)
    ]


def _authored(row: RubricCriterion, renderer: Renderer) -> Criterion:
    """Return a row that the author wrote, its levels with their texts, the least first."""
    plain, labels = renderer.plain, renderer.labels
    levels = [(one.points, _said(plain(one.title), plain(one.text))) for one in row.ratings]
    levels = levels or [(0.0, labels["rating_not_met"]), (row.points, labels["rating_met"])]
    return Criterion(_said(plain(row.title), plain(row.text)), sorted(levels, key=lambda level: level[0]))


def _said(title: str, text: str) -> str:
    return f"{title}: {text}" if text else title


def _shares(threshold: float) -> list[float]:
    """Return the percentages that a rubric offers for a score: every tenth, and the one that passes."""
    return sorted({*(float(share) for share in range(0, 101, 10)), round(threshold, 5)})


def _competency(row: Competency, renderer: Renderer) -> tuple[str, list[str]]:
    """Return what is judged, and the steps up to the target of the unit, which gets all points."""
    labels = renderer.labels
    steps = [labels[f"level_{name}"] for name in LEVELS[: level(row.target)]] or [labels["rating_met"]]
    wanted = f"{renderer.plain(row.name)}: {renderer.plain(row.target)}" if row.target else renderer.plain(row.name)
    return wanted, steps


def _levels(rows: Sequence[Sequence[str]], points: int) -> list[list[tuple[float, str]]]:
    """Return the steps of each row with points that rise and, in the best of all rows, add up to those of the work.

    They are whole numbers, unless there are too many rows for that.
    """
    longest = max(map(len, rows), default=1)
    finest = next((scale for scale in (1, 10, 100, 1000, 10_000) if points * scale >= len(rows) * longest), _FINEST)
    whole = points * finest
    bounds = [whole * number // len(rows) for number in range(len(rows) + 1)] if rows else []
    return [
        [((end - start) * number // len(steps) / finest, text) for number, text in enumerate(steps, start=1)]
        for steps, (start, end) in zip(rows, pairwise(bounds), strict=True)
    ]
