"""What front matter says of a part: whatever its text does not, by names of ours; what is usual is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coursewright.course.parts import Assignment, Discussion, Group, Leading, Page, RubricCriterion, RubricRating
from coursewright.course.quiz import Quiz
from coursewright.course.values import Audience, Competency

Front = dict[str, object]


def front_of(part: Leading, title: str, key: str) -> Front:
    """Return what front matter says of a part that is known by a key in its unit."""
    told: Front = {"kind": _KINDS[type(part)]} if type(part) in _KINDS else {}
    told |= {"title": " ".join(title.split()), "key": key}
    if part.audience is Audience.STAFF:
        told["audience"] = str(Audience.STAFF)
    match part:
        case Page():
            return told | _page(part)
        case Assignment():
            return told | _assignment(part)
        case Discussion():
            return told | _said(graded=part.graded) | _judged(part) | _group(part.group, Group.LABS)
        case Quiz():
            from coursewright.packages.documents.quiz_document.writing import quiz_front

            return told | dict(quiz_front(part))


_KINDS: Mapping[type, str] = {Assignment: "assignment", Discussion: "discussion", Quiz: "quiz"}


def _said(**values: object) -> Front:
    """Return the values that say anything."""
    return {name: value for name, value in values.items() if value}


def _page(page: Page) -> Front:
    return _said(minutes=page.minutes and number(page.minutes), objectives=_lines(page.objectives))


def _assignment(work: Assignment) -> Front:
    usual = Group.ASSESSMENTS if work.graded else Group.LABS
    criterion = "" if work.criterion == work.judged.criteria else one_line(work.criterion)
    return {
        "points": number(work.points),
        **_said(passing=work.threshold and number(work.threshold), submissions=list(map(str, work.submissions))),
        **_group(work.group, usual),
        **_judged(work),
        **_said(criterion=criterion, rubric=[_criterion(row) for row in work.rubric]),
        **_said(competencies=competencies(work.competencies)),
    }


def _group(group: Group, usual: Group) -> Front:
    return {} if group is usual else {"group": str(group)}


def _judged(work: Assignment | Discussion) -> Front:
    return _said(criteria=one_line(work.judged.criteria), validation=one_line(work.judged.validation))


def _criterion(row: RubricCriterion) -> Front:
    told = {"title": one_line(row.title), "points": number(row.points)}
    return told | _said(text=one_line(row.text), ratings=[_rating(one) for one in row.ratings])


def _rating(rating: RubricRating) -> Front:
    return {"title": one_line(rating.title), "points": number(rating.points), **_said(text=one_line(rating.text))}


def competencies(rows: Sequence[Competency]) -> list[Front]:
    """Return competencies as plain values."""
    return [
        _said(
            name=one_line(row.name),
            target=one_line(row.target),
            evidence=one_line(row.evidence),
            role=one_line(row.role),
        )
        for row in rows
        if row.name
    ]


def one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def number(value: float) -> float:
    """Return a number without a needless fraction, and with two digits of another."""
    rounded = round(value, 5)
    return int(rounded) if rounded == int(rounded) else rounded


def _lines(texts: Sequence[str]) -> list[str]:
    return [found for found in map(one_line, texts) if found]
