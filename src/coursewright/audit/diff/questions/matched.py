"""Texts of one question matched with those that it had: options, prompts, and what belongs to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import product

from coursewright.audit.diff.questions.reading import as_plain, likeness, numbers_in, words_in
from coursewright.frozen import frozen

_REWORDED = 0.6  # as many of the words of a text stay where it only says the same in other words
_SPELT = 0.9  # as many of the letters of a word stay where it only is spelt otherwise
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
    taken = set(found.values())
    gone = [place for place in range(len(old)) if place not in found]
    come = [place for place in range(len(new)) if place not in taken]
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
    """Return the places of texts that say nearly the same, the most alike first when sorted."""
    if len(gone) * len(come) > _MOST_COMPARED:
        return []
    ours = {place: as_plain(old[place])[:_LONGEST] for place in gone}
    theirs = {place: as_plain(new[place])[:_LONGEST] for place in come}
    likes = ((_likeness(ours[one], theirs[other]), one, other) for one, other in product(gone, come))
    return [(-like, one, other) for like, one, other in likes if like]


def _likeness(one: str, other: str) -> float:
    """Return how much of two texts is the same; nothing where that is little, or where they name different numbers.

    A word that is not spelt nearly alike is another one, so that `falls` is not `rises`, however short the text is.
    """
    if not one or not other or numbers_in(one) != numbers_in(other):
        return 0.0
    if one.casefold() == other.casefold():
        return 1.0
    words = words_in(one), words_in(other)
    if max(map(len, words)) > 1:
        like = likeness(Counter(words[0]), Counter(words[1]))
        return like if like >= _REWORDED else 0.0
    matcher = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio)  # soon known, and never below what it is
    return matcher.ratio() if all(bound() >= _SPELT for bound in bounds) else 0.0
