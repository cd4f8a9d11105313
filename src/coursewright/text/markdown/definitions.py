"""Definitions that a text keeps for itself, such as `[din]: https://www.din.de` and `[^1]: A note.`, when it is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from coursewright.text.markdown.grammar import lessons

_REFERENCE = re.compile(r"\[(\^?[^\[\]]{1,1000})\]")


class Definition(NamedTuple):
    """A definition: its label in lower case, that of a note with its `^`, and its lines, the first as 0."""

    label: str
    first: int
    end: int


def definitions(markdown: str) -> Iterator[Definition]:
    """Yield the definitions of a text, wherever they stand."""
    if "]:" not in markdown:
        return
    found: dict[str, Any] = {}
    for token in lessons(math=False).parse(markdown, found):
        if token.type == "footnote_reference_open" and token.map:
            yield Definition(f"^{token.meta['label'].lower()}", *token.map)
    for label, target in found.get("references", {}).items():
        yield Definition(_normal(label), *target["map"])


def references(markdown: str) -> set[str]:
    """Return the labels that a text may refer to, in lower case."""
    return {_normal(label) for label in _REFERENCE.findall(markdown)}


def _normal(label: str) -> str:
    return " ".join(label.lower().split())


def completed(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Return the texts that a document was cut into, each with the definitions that it refers to, line by line.

    A line is said by the number of the text that it stands in, and its number there, -1 for an empty one. A note goes
    from a text that does not refer to it where another does.
    """
    known: dict[str, tuple[int, Definition]] = {}
    own = [list(definitions(text)) for text in texts]
    for number, found in enumerate(own):
        for one in found:
            known.setdefault(one.label, (number, one))
    used = [_used(text, found) for text, found in zip(texts, own, strict=True)]
    return [_completed(number, texts, own[number], used, known) for number in range(len(texts))]


def _used(text: str, own: Sequence[Definition]) -> set[str]:
    """Return the labels that a text refers to outside of its definitions of them."""
    lines = text.split("\n")
    for one in own:
        lines[one.first] = lines[one.first].replace("[", "", 1)
    return references("\n".join(lines))


def _completed(
    number: int,
    texts: Sequence[str],
    own: Sequence[Definition],
    used: Sequence[set[str]],
    known: dict[str, tuple[int, Definition]],
) -> list[tuple[int, int]]:
    gone = {
        line
        for one in own
        if one.label.startswith("^") and one.label not in used[number] and any(one.label in other for other in used)
        for line in range(one.first, one.end)
    }
    kept = [(number, line) for line in range(texts[number].count("\n") + 1) if line not in gone]
    missing = sorted(used[number] & known.keys() - {one.label for one in own})
    for label in missing:
        source, one = known[label]
        kept += [(source, -1), *((source, line) for line in range(one.first, one.end))]
    return kept
