"""Lists with ticks that are questions because most others beside them are: nothing of their own says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found

_LONE = 2  # so many questions do not tell what the other lists of a document are


def as_the_others(sheet: Sheet, spots: Sequence[Found]) -> list[Found]:
    """Return places of which lists with ticks count as questions where headings of their level mostly ask some."""
    boxed = [spot for spot in spots if spot.ticks and _is_ticked(spot) and sheet.heading(spot.first)]
    levels = {spot.first: (sheet.heading(spot.first) or (0, ""))[0] for spot in boxed}
    sure = Counter(levels[spot.first] for spot in boxed if spot.sure)
    rest = Counter(levels[spot.first] for spot in boxed if not spot.sure)
    among = {first for first, level in levels.items() if sure[level] > max(_LONE, rest[level])}
    return [replace(spot, sure=True, boxed=False) if spot.first in among else spot for spot in spots]


def _is_ticked(spot: Found) -> bool:
    """Say whether some of a question's options are right, and some are not."""
    right = [option.fraction > 0 for option in spot.question.options] if spot.question else []
    return any(right) and not all(right)
