"""Keys in tables that lie on their side: a row of numbers, and below it a row with the key to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coursewright.frozen import frozen
from coursewright.readers.quizzes.wording import heading_label, is_key_title

_NUMBER = re.compile(
    r"[*_]{0,2}(?:question|frage|pregunta|pergunta|q|#|no\.?)?\s*(?P<number>\d{1,3})[.)]?[*_]{0,2}", re.IGNORECASE
)
_KEY = re.compile(
    r"[*_`]{0,2}\(?(?P<key>[A-J](?:\s*(?:,|&|/|\+|and|or)?\s*[A-J]){0,5}|true|false|[TF])\)?(?:[.)]?[*_`]{0,2}|[*_`]{0,2}[.):][*_`]{0,2}\s+\S.{0,200}|[*_`]{0,2}\s+[–—-]\s+\S.{0,200})",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s>]*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$")


@frozen
class KeyRow:
    """The keys of two rows, with their numbers: the indexes of the row of numbers and of the one after the keys."""

    first: int
    end: int
    keys: tuple[tuple[str, str], ...]
    labelled: bool


def key_rows(lines: Sequence[str]) -> Iterator[KeyRow]:
    """Yield the rows of numbers in some lines, with the keys below each."""
    index = 0
    while index < len(lines):
        numbers = _numbers(lines[index]) if lines[index].count("|") > 1 else None
        below = index + 1
        if numbers and below < len(lines) and _RULE.match(lines[below]):
            below += 1
        keys = _keys(lines[below], named=numbers[0]) if numbers and below < len(lines) else None
        if numbers and keys and len(keys[1]) == len(numbers[1]):
            pairs = tuple((one, key) for one, key in zip(numbers[1], keys[1], strict=True) if key)
            yield KeyRow(index, below + 1, pairs, labelled=keys[0])
            index = below
        index += 1


def is_key_row(line: str) -> bool:
    """Say whether a row holds nothing but keys, or these below their name."""
    return line.count("|") > 1 and (_keys(line, named=False) or _keys(line, named=True)) is not None


def _cells(line: str) -> list[str]:
    """Return what stands in the cells of a row, which may stand in a quote."""
    text = line.strip(" \t>")
    return [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]


def _numbers(line: str) -> tuple[bool, list[str]] | None:
    """Return whether a name stands before the numbers of a row, and these; None where they do not rise."""
    cells = _cells(line)
    found = [_NUMBER.fullmatch(cell) for cell in cells]
    named = found[0] is None
    numbers = [one["number"] for one in (found[1:] if named else found) if one]
    rises = all(int(one) + 1 == int(other) for one, other in pairwise(numbers))
    return (named, numbers) if len(numbers) > 1 and len(numbers) == len(cells) - named and rises else None


def _keys(line: str, *, named: bool) -> tuple[bool, list[str]] | None:
    """Return whether a name says that a row holds keys, and these; None where it holds something else.

    What is empty has an empty key: that of a question may not be known yet.
    """
    cells = _cells(line)
    label = heading_label(cells[0]) if named else None
    if named and len(cells) > 1:
        cells = cells[1:]
    found = [_KEY.fullmatch(cell) for cell in cells if cell]
    told = bool(label and label.what == "answer") or (named and is_key_title(_cells(line)[0]))
    if not found or not all(found):
        return None
    keys = iter(found)
    return told, [one["key"] if cell and (one := next(keys)) else "" for cell in cells]
