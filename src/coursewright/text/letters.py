"""Letters as patterns that ignore capitals see them, so that a plain search for a word can stand before a pattern."""

from __future__ import annotations

from collections.abc import Iterable

# Letters that Python's patterns take for these when capitals do not count, and that have other small letters.
_ALIKE = str.maketrans({"ſ": "s", "ı": "i", "İ": "i", "\u212a": "k", "ẞ": "ß"})


def has_any(text: str, words: Iterable[str]) -> bool:
    """Say whether any of some words, written small, stands anywhere in a text, capitals or not."""
    return any(map(small(text).__contains__, words))


def small(text: str) -> str:
    """Return a text in small letters, as patterns see them that ignore capitals."""
    return text.lower() if text.isascii() else text.translate(_ALIKE).lower()
