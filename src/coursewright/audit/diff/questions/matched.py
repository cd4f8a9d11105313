"""Texts of one question matched with those that it had: options, prompts, and what belongs to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import product

from coursewright.audit.diff.questions.reading import as_plain, numbers_in
from coursewright.frozen import frozen

_REWORDED = 0.6  # as much of a text stays where it only says the same in other words
_MOST_COMPARED, _LONGEST = 400, 400

Norm = Callable[[str], str]
"""Returns a text as far as it is compared."""


@frozen
class Matched:
    """The places of old texts with those of new ones: of both, only of the old ones, and only of the new ones."""

    pairs: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    come: tuple[int, ...]


def matched(old: Sequence[str], new: Sequence[str], norm: Norm) -> Matched:
    """Return which text is which: the same one, or else one that says nearly the same, with the same numbers."""
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for place in reversed(range(len(new))):
        waiting[norm(new[place])].append(place)
    found = {place: others.pop() for place, text in enumerate(old) if (others := waiting.get(norm(text)))}
    gone = [place for place in range(len(old)) if place not in found]
    come = [place for place in range(len(new)) if place not in found.values()]
    taken: set[int] = set()
    for _, one, other in sorted(_close(old, new, gone, come)):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return Matched(
        tuple(sorted(found.items())),
        tuple(place for place in gone if place not in found),
        tuple(place for place in come if place not in taken),
    )


def _close(
    old: Sequence[str], new: Sequence[str], gone: Sequence[int], come: Sequence[int]
) -> list[tuple[float, int, int]]:
    if len(gone) * len(come) > _MOST_COMPARED:
        return []
    found = []
    for one, other in product(gone, come):
        like = _likeness(as_plain(old[one])[:_LONGEST], as_plain(new[other])[:_LONGEST])
        if like >= _REWORDED:
            found.append((-like, one, other))
    return found


def _likeness(one: str, other: str) -> float:
    """Return how much of two texts is the same; nothing where they name different numbers."""
    if one.casefold() == other.casefold():
        return 1.0
    if numbers_in(one) != numbers_in(other) or not one or not other:
        return 0.0
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
