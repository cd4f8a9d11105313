"""Which settings of an entry changed, in words: those that leave learners more, and those that may leave them less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coursewright.course.outline import Setting
from coursewright.findings.finding import Severity
from coursewright.packages.words import clipped

_LONGEST = 120


def changed_settings(before: Iterable[Setting], now: Iterable[Setting]) -> Iterator[tuple[str, Severity | None]]:
    """Yield in words what is set otherwise now, and what it was: what is stricter, or may be, and then for information
    what leaves learners more than before."""
    old, new = ({one.name: one for one in found} for found in (before, now))
    told: dict[bool, list[str]] = {False: [], True: []}
    for name, one in (new | old).items():
        values = [found[name].value if name in found else one.usual for found in (new, old)]
        if values[0] != values[1]:
            value, previous = (clipped(text, _LONGEST) for text in values)
            rooms = [found[name].room if name in found else one.usual_room for found in (new, old)]
            told[_is_more(*rooms)].append(f"{clipped(name)}: {value}, was {previous}")
    for is_more, severity in ((False, None), (True, Severity.INFO)):
        if told[is_more]:
            yield "; ".join(told[is_more]), severity


def _is_more(now: float | None, before: float | None) -> bool:
    return now is not None and before is not None and now > before
