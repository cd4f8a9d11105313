"""What a package says, in words that fit a line and move no cursor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coursewright.inspection.outline import Condition, Outline
from coursewright.validation.container import printable

_LONGEST = 200
_MOST_NAMED = 6


def titles_of(outline: Outline) -> dict[str, str]:
    """Return the titles of entries by their identifiers."""
    return {entry.identifier: entry.title for entry, _ in outline.walk()}


def in_words(gate: Iterable[Condition], titles: Mapping[str, str]) -> str:
    """Return a gate in words: what holds for several entries is said once."""
    by_what: dict[str, list[str]] = {}
    for condition in gate:
        by_what.setdefault(condition.what, []).append(_named(condition.of, titles))
    return clipped(" and ".join(_said(what, names) for what, names in by_what.items()), 3 * _LONGEST)


def _named(identifier: str, titles: Mapping[str, str]) -> str:
    return f"“{clipped(titles.get(identifier, identifier), 80)}”" if identifier else ""


def _said(what: str, names: list[str]) -> str:
    named = list(filter(None, names))
    if len(named) > _MOST_NAMED:
        named = [*named[: _MOST_NAMED - 1], f"{len(named) - _MOST_NAMED + 1} others"]
    if len(named) > 1:
        what = what.replace("is ", "are ", 1).replace("has ", "have ", 1).replace("was ", "were ", 1)
    return f"{', '.join(named[:-1])}{' and ' if len(named) > 1 else ''}{named[-1]} {what}" if named else what


def shown_size(size: int) -> str:
    """Return a number of bytes for people."""
    if size < 1024:
        return f"{size} bytes"
    return f"{size / 1024:.1f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def clipped(text: str, longest: int = _LONGEST) -> str:
    """Return what a stranger wrote so that it fits a line, and moves no cursor."""
    text = printable(" ".join(text[: 2 * longest].split()))
    return text if len(text) <= longest else f"{text[:longest]} …"
