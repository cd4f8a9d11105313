"""Which settings of an entry changed, in words."""

from __future__ import annotations

from collections.abc import Iterable

from coursewright.course.outline import Setting
from coursewright.packages.words import clipped

_LONGEST = 120


def changed_settings(before: Iterable[Setting], now: Iterable[Setting]) -> str:
    """Return in words what is set otherwise now, and what it was; nothing where all is as before."""
    old, new = ({one.name: one for one in found} for found in (before, now))
    told: list[str] = []
    for name, one in (new | old).items():
        values = [found[name].value if name in found else one.usual for found in (new, old)]
        if values[0] != values[1]:
            value, previous = (clipped(text, _LONGEST) for text in values)
            told.append(f"{clipped(name)}: {value}, was {previous}")
    return "; ".join(told)
