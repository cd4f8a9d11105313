"""How the notes of a release say things: titles, numbers and lists in words, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from coursewright.building.release.record import PartRecord, UnitRecord
from coursewright.packages.words import as_markdown

_NUMBERS = ("no", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_KINDS = "page quiz assignment discussion file link"
_MOST_NAMED = 12


def known_as(unit: UnitRecord) -> str:
    """Return what learners know a unit by: the id that its author gave it, and its title."""
    return quoted(unit.title) if unit.name == unit.title else f"{plain(unit.name)} {quoted(unit.title)}"


def named(units: Sequence[UnitRecord]) -> str:
    """Return units in words, the first few of many."""
    more = [f"{len(units) - _MOST_NAMED} more"] if len(units) > _MOST_NAMED else []
    return joined_up([*map(known_as, units[:_MOST_NAMED]), *more])


def joined_up(texts: Iterable[str]) -> str:
    """Return texts as a list in a sentence."""
    found = list(texts)
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def numbered_off(count: int, thing: str) -> str:
    """Return how many of a thing there are, in words."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {_plural(thing) if count != 1 else thing}"


def by_kind(parts: Iterable[PartRecord]) -> Iterator[tuple[str, list[PartRecord]]]:
    """Yield parts by their kinds: pages first, then work."""
    ordered = sorted(parts, key=lambda part: (_KINDS.find(part.kind), part.kind))
    for kind, found in groupby(ordered, lambda part: part.kind):
        yield plain(kind), list(found)


def parts_in_words(kind: str, parts: Sequence[PartRecord], new: str, article: str = "a") -> str:
    """Return parts of one kind in words: `a new quiz, “Light”`."""
    titles = joined_up(quoted(part.title) for part in parts[:_MOST_NAMED])
    if len(parts) == 1:
        return f"{'an' if article == 'a' and not new and kind == 'assignment' else article} {new}{kind} {titles}"
    number = "the" if article == "the" else numbered_off(len(parts), "").split()[0]
    return f"{number} {new}{_plural(kind)} {titles}"


def _plural(kind: str) -> str:
    return f"{kind}zes" if kind == "quiz" else f"{kind}s"


def quoted(text: str) -> str:
    """Return a title in quotation marks, as Markdown."""
    return f"“{plain(text)}”"


def plain(text: str) -> str:
    """Return a text as Markdown that says just that, on one line."""
    return as_markdown(" ".join(text.split()))
