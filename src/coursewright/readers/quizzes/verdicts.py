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
WRONG = (
    r"incorrect|wrong|false|falsch|inkorrekt|incorrect[ao]|incorret[ao]|errad[ao]|errat[ao]|faux|fausse|onjuist|fout"
)
_TOLD = re.compile(rf"\s[\[(*_]{{1,3}}(?:{RIGHT})[\])*_]{{1,3}}\s*[.!]?\s*$", re.IGNORECASE)
_SIGNED = re.compile(r"^(?P<before>[ \t>]*[-*+]\s+)(?:(?P<right>[✅✔])|[❌✗✘✖])\ufe0f?\s+(?P<text>\S.*)$")
_SIGN_BEHIND = re.compile(r"\s*(?:(?P<right>[✅✔])|[❌✗✘✖])\ufe0f?\s*$")
_MOST = 12


def told_right(text: str) -> bool:
    """Say whether the author of an item writes behind it that it is right, in words that mean nothing else."""
    return bool(_TOLD.search(text))


def signed_right(text: str) -> bool:
    """Say whether the author of an item sets a sign before or behind it that it is right."""
    found = _SIGNED.match(text) or _SIGN_BEHIND.search(text)
    return bool(found and found["right"])


def without_told(text: str) -> str:
    """Return an item without those words, and without signs."""
    return _SIGN_BEHIND.sub("", _TOLD.sub("", text))


def without_sign(line: str) -> str:
    """Return the line of an item without a sign before its text."""
    return _SIGNED.sub(r"\g<before>\g<text>", line)


def told_items(lines: Sequence[str], hidden: Set[int], *, in_quiz: bool) -> dict[int, bool]:
    """Return the items, by their lines, of each list with some that are told to be right, and which are.

    Signs tell it in a quiz alone, below what asks: elsewhere they praise and warn.
    """
    found: dict[int, bool] = {}
    for items in _lists(lines, hidden):
        tells = told_right
        if in_quiz and not any(told_right(lines[at]) for at in items) and _asks(lines, items[0]):
            tells = signed_right
        right = {at: tells(lines[at]) for at in items}
        if 1 < len(items) <= _MOST and 0 < sum(right.values()) < len(items):
            found |= right
    return found


def _asks(lines: Sequence[str], first: int) -> bool:
    """Say whether the line above a list asks something."""
    above = next((lines[at] for at in range(first - 1, -1, -1) if lines[at].strip()), "")
    return above.rstrip(" *_`").endswith(("?", "？", "؟"))


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
