"""What is to be matched, as a key says it: `1-b, 2-a`, or the words themselves: `Heart – pumps; Lung – breathes`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from coursewright.course.quiz import Pair
from coursewright.readers.quizzes.wording import unmarked

_LINK = r"\s*(?:[-–—=]>|[-–—=:→])\s*"
_NAMES = re.compile(
    rf"^[\s*_(]*(?:\w{{1,2}}{_LINK}\w{{1,2}}(?:\s*[,;.)]\s*|\s+|$)(?:and\s+|und\s+|et\s+|y\s+|e\s+)?)+$"
)
_NAMED = re.compile(rf"(?P<prompt>\w{{1,2}}){_LINK}(?P<answer>\w{{1,2}})")
_WORDS = re.compile(r"\s+(?:[-–—=]>|[-–—=→])\s+|\s*→\s*|\s*[-=]>\s*|:\s+")
_ITEM = re.compile(
    r"(?:^|\|)\s*(?:[-*+]\s+)?[*_]{0,2}(?P<name>\d{1,2}|[A-Za-z])[.)][*_]{0,2}\s+(?P<text>[^|\n]+?)\s*(?=\||$)", re.M
)
_LONGEST = 2_000


def names_pairs(answer: str) -> bool:
    """Say whether a key names what belongs together: `1-b, 2-a`."""
    return len(answer) <= _LONGEST and bool(_NAMES.match(answer)) and len(_NAMED.findall(answer)) > 1


def matched(stem: str, answer: str) -> tuple[Pair, ...]:
    """Return the pairs that a key tells; none where it tells none."""
    answer = unmarked(answer.strip())
    if len(answer) > _LONGEST or len(stem) > 10 * _LONGEST:
        return ()
    if _NAMES.match(answer):
        items = {found["name"].lower(): unmarked(found["text"]) for found in _ITEM.finditer(stem)}
        told = [(found["prompt"].lower(), found["answer"].lower()) for found in _NAMED.finditer(answer)]
        if len(told) < 2 or any(name not in items for pair in told for name in pair):
            return ()
        pairs = [Pair(items[prompt], items[other]) for prompt, other in told]
        return (*pairs, *(Pair("", items[name]) for name in _left_over(items, told)))
    halves = [_WORDS.split(part.strip(), maxsplit=1) for part in re.split(r"[;\n]", answer) if part.strip()]
    if len(halves) < 2 or any(len(half) != 2 or not all(half) for half in halves):
        return ()
    return tuple(Pair(unmarked(prompt.strip()), unmarked(other.strip(" ."))) for prompt, other in halves)


def _left_over(items: Mapping[str, str], told: Sequence[tuple[str, str]]) -> list[str]:
    """Return the names of answers that belong to no prompt: those that are letters as the others are, or numbers."""
    used = {name for pair in told for name in pair}
    are_numbers = {other.isdigit() for _, other in told}
    return [name for name in items if name not in used and {name.isdigit()} == are_numbers]


def without_tables(stem: str) -> str:
    """Return what is asked without its tables, which list what the pairs say again."""
    return "\n".join(line for line in stem.split("\n") if not line.lstrip().startswith("|")).strip()
