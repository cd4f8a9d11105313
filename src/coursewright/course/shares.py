"""The shares of a question's points that its answers give, as formats know them."""

from __future__ import annotations

from dataclasses import replace

from coursewright.course.quiz import Answer, Option, Question, QuestionKind

# Those that Moodle knows: an import refuses any other.
LISTED = (
    *(1.0, 0.9, 0.8333333, 0.8, 0.75, 0.7, 0.6666667, 0.6, 0.5, 0.4, 0.3333333, 0.3, 0.25, 0.2, 0.1666667, 0.1428571),
    *(0.125, 0.1111111, 0.1, 0.05, 0.0),
)
_NEAR = 0.005
_MOST_RIGHT = 20


def full_marks(question: Question) -> Question:
    """Return a question of which an answer gives all points, or none; of several, a wrong one undoes a right one."""
    options, answers = question.options, question.answers
    if question.kind is QuestionKind.CHOICE:
        best = max(option.fraction for option in options)
        options = tuple(replace(option, fraction=float(option.fraction == best)) for option in options)
    elif question.kind is QuestionKind.CHOICES:
        share = 1 / sum(option.fraction > 0 for option in options)
        options = tuple(replace(option, fraction=share if option.fraction > 0 else -share) for option in options)
    if question.kind in (QuestionKind.TEXT, QuestionKind.NUMBER):
        best = max(answer.fraction for answer in answers)
        answers = tuple(replace(answer, fraction=1.0) for answer in answers if answer.fraction == best)
    return replace(question, options=options, answers=answers)


def listed_shares(question: Question) -> tuple[Question, bool]:
    """Return a question whose answers give shares that Moodle knows, and whether they are the author's."""
    if question.kind is QuestionKind.CHOICES:
        options, exact = _several(question.options)
        return replace(question, options=options), exact
    if question.kind is QuestionKind.CHOICE:
        best = max(option.fraction for option in question.options)
        before = [option.fraction for option in question.options]
        shares = [_listed(share / best if share > 0 else share) for share in before]
        options = tuple(map(_with_share, question.options, shares))
        return replace(question, options=options), _alike(before, shares)
    answers = _answers(question.answers)
    blanks = tuple(replace(blank, answers=_answers(blank.answers)) for blank in question.blanks)
    exact = _alike([one.fraction for one in question.answers], [one.fraction for one in answers])
    return replace(question, answers=answers, blanks=blanks), exact


def _answers(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    best = max((answer.fraction for answer in answers), default=1.0)
    return tuple(replace(one, fraction=_listed(one.fraction / best if best > 0 else 1)) for one in answers)


def _several(options: tuple[Option, ...]) -> tuple[tuple[Option, ...], bool]:
    """Return options whose right ones give all points together; a wrong one takes back what a right one gives.

    Without that, whoever ticks everything would get all points.
    """
    right = [option.fraction for option in options if option.fraction > 0]
    shares = [_listed(share / sum(right)) for share in right]
    uneven = len({round(share, 3) for share in right}) > 1
    kept = uneven and abs(sum(shares) - 1) < _NEAR
    shares = shares if kept else _equal(len(right))
    penalised = any(option.fraction < 0 for option in options)
    given = iter(shares)
    found = [
        next(given) if option.fraction > 0 else _listed(option.fraction if penalised else -shares[0])
        for option in options
    ]
    return tuple(map(_with_share, options, found)), kept or not uneven


def _equal(count: int) -> list[float]:
    """Return as many shares as there are right answers, as equal as those that Moodle knows can be."""
    if count > _MOST_RIGHT:
        return [*[0.05] * _MOST_RIGHT, *[0.0] * (count - _MOST_RIGHT)]
    more = _MOST_RIGHT - count  # of the larger of two shares
    return [_listed(1 / count)] * count if count <= _MOST_RIGHT // 2 else [*[0.1] * more, *[0.05] * (count - more)]


def _listed(share: float) -> float:
    nearest = min(LISTED, key=lambda known: abs(known - abs(share)))
    return -nearest if share < 0 and nearest else nearest


def _alike(before: list[float], shares: list[float]) -> bool:
    return all(abs(one - share) < _NEAR for one, share in zip(before, shares, strict=True))


def _with_share(option: Option, share: float) -> Option:
    return option if abs(option.fraction - share) < 1e-9 else replace(option, fraction=share)
