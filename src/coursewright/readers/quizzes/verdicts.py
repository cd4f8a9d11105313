"""What authors write behind the items of a list to tell which is right: `- Berlin (correct)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

_ITEM = re.compile(r"^(?P<indent>[ \t>]*)[-*+]\s+(?!\[[ xX✓✔*]?\]|\(?[A-Za-z][.):]\s)(?P<text>\S.*)$")
RIGHT = (
    r"correct(?: (?:answer|option|choice))?|(?:the )?right (?:answer|option|choice)|richtig(?:e (?:antwort|option))?"
    r"|korrekt(?:e antwort)?|(?:respuesta |opción )?correct[ao]|(?:resposta |opção )?corret[ao]"
    r"|(?:la )?bonne réponse|réponse correcte|(?:risposta )?corrett[ao]|juiste? antwoord|إجابة صحيحة|正解"
)
WRONG = r"incorrect|wrong|false|falsch|inkorrekt|incorrect[ao]|incorret[ao]|errad[ao]|errat[ao]|faux|fausse|onjuist|fout"
_TOLD = re.compile(rf"\s[\[(*_]{{1,3}}(?:{RIGHT})[\])*_]{{1,3}}\s*[.!]?\s*$", re.IGNORECASE)
_MOST = 12


def told_right(text: str) -> bool:
    """Say whether the author of an item writes behind it that it is right, in words that mean nothing else."""
    return bool(_TOLD.search(text))


def without_told(text: str) -> str:
    """Return an item without those words."""
    return _TOLD.sub("", text)


def told_items(lines: Sequence[str], hidden: Set[int]) -> dict[int, bool]:
    """Return the items, by their lines, of each list with some that are told to be right, and which are."""
    return {at: told_right(lines[at]) for items in _lists(lines, hidden) if _are_told(items, lines) for at in items}


def _are_told(items: Sequence[int], lines: Sequence[str]) -> bool:
    return 1 < len(items) <= _MOST and 0 < sum(told_right(lines[at]) for at in items) < len(items)


def _lists(lines: Sequence[str], hidden: Set[int]) -> Iterator[list[int]]:
    """Yield the lines of items that stand in one list, without those of lists within them."""
    items: list[int] = []
    depth = 0
    for at, line in enumerate(lines):
        found = None if at in hidden else _ITEM.match(line)
        indent = len(line) - len(line.lstrip())
        if found and items and indent == depth:
            items.append(at)
        elif line.strip() and at not in hidden and (not items or indent <= depth):
            if items:
                yield items
            items, depth = ([at], indent) if found else ([], 0)
    if items:
        yield items
