"""Which entry of a list of keys belongs to which question: by number, by section and number, or by order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from coursewright.readers.quizzes.letters import named_in
from coursewright.readers.quizzes.markdown.drafts import Sketch
from coursewright.readers.quizzes.markdown.keylists import KeyEntry
from coursewright.text.names import normal

_MOST = 0.6
_FEW = 0.2  # lists with more keys that differ are not of the same questions


def entries_for(drafts: Sequence[Sketch], entries: Sequence[KeyEntry]) -> dict[int, KeyEntry]:
    """Return for each question, by its index, what a list says of it."""
    if not entries:
        return {}
    numbers = [_bare(draft.number) for draft in drafts]
    with_options = {at: number for at, number in enumerate(numbers) if drafts[at].run}
    return (
        _by_number(dict(enumerate(numbers)), entries)
        or _by_sections(numbers, entries)
        or _by_order(drafts, entries)
        or _by_number(with_options, entries)
        or _right_above(with_options, entries)
    )


def _bare(number: str) -> str:
    return number.strip().lstrip("0") or number.strip()


def _by_number(numbers: Mapping[int, str], entries: Sequence[KeyEntry]) -> dict[int, KeyEntry]:
    """Return the entries of some questions, where each number stands but once among these, and is told one key."""
    told = [number for number in numbers.values() if number]
    known = _known(entries)
    if len(set(told)) < len(told) or sum(bool(entry.other) for entry in known.values()) > _FEW * len(known):
        return {}
    return {at: known[number] for at, number in numbers.items() if number in known}


def _known(entries: Sequence[KeyEntry]) -> dict[str, KeyEntry]:
    """Return what lists say of each number: some give the keys, and others after them say why."""
    known: dict[str, KeyEntry] = {}
    for entry in entries:
        number = _bare(entry.number)
        known[number] = _together(known[number], entry) if number in known else entry
    return known


def _together(one: KeyEntry, other: KeyEntry) -> KeyEntry:
    """Return what two lists say of the same question; `other` is a key that is not the one before it."""
    first, second = named_in(one.value), named_in(other.value)
    if second and not first:
        one, other, first, second = other, one, second, first
    why = "\n\n".join(part for part in (one.why, other.why) if part)
    same = set(first.letters) == set(second.letters) if first and second else normal(one.value) == normal(other.value)
    if same or (first and not second and other.index != one.index and other.why):
        if first and second and second.rest and not other.value.startswith(one.value):
            why = "\n\n".join(part for part in (one.why, second.rest, other.why) if part)
        longer = other.value if first and second and other.value.startswith(one.value) else one.value
        return replace(one, value=longer, why=why)
    return replace(one, other=other.value)


def _by_sections(numbers: Sequence[str], entries: Sequence[KeyEntry]) -> dict[int, KeyEntry]:
    """Return the entries of each part of a quiz that numbers its questions anew."""
    parts = _parts(numbers)
    groups = [list(group) for _, group in groupby(entries, key=lambda entry: entry.group)]
    if len(groups) != len(parts):
        told = _parts([_bare(entry.number) for entry in entries])
        groups = [[entries[at] for at in part] for part in told]
    if len(groups) != len(parts):
        return {}
    found: dict[int, KeyEntry] = {}
    for part, group in zip(parts, groups, strict=True):
        by_number = {_bare(entry.number): entry for entry in group}
        found |= {at: by_number[numbers[at]] for at in part if numbers[at] in by_number}
    return found


def _right_above(numbers: Mapping[int, str], entries: Sequence[KeyEntry]) -> dict[int, KeyEntry]:
    """Return the entries of the last questions above a list, as far as their numbers go down to the first of them."""
    known, found = _known(entries), dict[int, KeyEntry]()
    if len(numbers) > 1 and len(set(numbers.values())) == 1:  # lazy ones are all 1, and tell nothing
        return {}
    lowest = float("inf")
    for at, number in reversed([*numbers.items()]):
        value = _value(number)
        if value is None or value >= lowest:
            break
        lowest = value
        if number in known:
            found[at] = known[number]
    disputed = any(entry.other for entry in known.values())
    return found if not disputed and len(found) >= _MOST * len(known) else {}


def _parts(numbers: Sequence[str]) -> list[list[int]]:
    """Return the indexes of questions, apart wherever their numbers begin anew."""
    parts: list[list[int]] = []
    before = 0.0
    for at, number in enumerate(numbers):
        value = _value(number)
        if value is None:
            continue
        if value <= before or not parts:
            parts.append([])
        parts[-1].append(at)
        before = value
    return parts


def _value(number: str) -> float | None:
    try:
        return float(number)
    except ValueError:
        return None


def _by_order(drafts: Sequence[Sketch], entries: Sequence[KeyEntry]) -> dict[int, KeyEntry]:
    asked = [at for at, draft in enumerate(drafts) if draft.run]
    if len(asked) != len(entries) or (len(asked) == 1 and drafts[asked[0]].number):
        return {}
    return dict(zip(asked, entries, strict=True))
