"""Keys as authors write them: which letters or numbers they name, for one question or for many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursewright.frozen import frozen
from coursewright.readers.quizzes.verdicts import RIGHT, WRONG
from coursewright.readers.quizzes.wording import closed

_LETTER = r"\(?[A-Ja-j]\)?"
_CALLED = (  # what may stand before a letter
    r"(?:(?:the\s+|la\s+|a\s+)?(?:option|choice|letter|letra|opción|opção|alternativa|lettre|réponse|lettera|opzione|antwort|buchstabe)\s+"
    r"|la\s+(?=(?-i:[A-J])\b))?"
)
_LISTED = re.compile(
    rf"^[\s*_`\[]*{_CALLED}(?P<letters>{_LETTER}(?:[*_`\]]*\s*(?:,|;|&|\+|/|\band\b|\bor\b|\bund\b|\bet\b|\ben\b|\by\b|\be\b|\boder\b|\bou\b|\bo\b)+\s*[*_`\[]*{_LETTER}(?![\w'’]))*)"
    r"(?P<close>[*_`\]]*)(?P<rest>(?:[).:,]|\s*[-–—:=(]|\s|$).*)",
    re.DOTALL | re.IGNORECASE,
)
_TOGETHER = re.compile(r"^[\s*_`]*(?P<letters>[A-J]{2,6})[\s*_`.]*$")
_BOTH = re.compile(r"\((?:or|oder|ou|o)\s+\(?(?P<more>[A-J](?:\s*(?:,|or|and)\s*[A-J])*)\)?\b", re.IGNORECASE)
_OR = re.compile(r"\b(?:or|oder|ou)\b|/", re.IGNORECASE)
_ENTRY = re.compile(
    r"(?:^|(?<=[\s,;|]))(?:[-*+]\s+)?[*_]{0,3}(?:question|frage|pregunta|pergunta|domanda|vraag|q|no\.?|#)?\s*(?P<number>\d{1,4}(?:\.\d{1,3})?(?-i:[a-h](?=[.)]?\s+[A-J](?![\w'’])))?)[*_]{0,3}\s*(?:[.):–—=→-]|->)?\s*[*_:]{0,3}\s*"
    r"(?P<letters>\(?[A-Ja-j]\)?(?:\s*(?:,|&|/|\+|and|or)\s*\(?[A-Ja-j](?![\w'’])\)?)*|true|false|T|F)(?![\w'’])",
    re.IGNORECASE,
)


_LETTERED = re.compile(
    r"^\s*[-*+]\s+[*_]{0,2}\(?(?P<letter>[A-J])\)?(?P<rest>(?:[*_]{1,2}|[.):]|\s+[-–—:(\[✅✔❌✗]|\s*$).*)$"
)
_JUDGED = re.compile(
    rf"(?<![\w-])(?:(?P<right>{RIGHT})|(?P<wrong>{WRONG}))(?![\w-])|(?P<tick>[✅✔])|(?P<cross>[❌✗✘])", re.IGNORECASE
)


@frozen
class Named:
    """What a key names: letters in capitals, whether one of them is enough, and what is said besides."""

    letters: tuple[str, ...]
    either: bool = False
    rest: str = ""


def named_in(text: str) -> Named | None:
    """Return the letters that a key begins with, or None where it begins with none."""
    if found := _TOGETHER.match(text):
        return Named(tuple(found["letters"]))
    found = _LISTED.match(text)
    if not found or _is_article(found["letters"], found["close"], found["rest"]):
        return None
    letters = _letters(found["letters"])
    code = "`" if found["rest"].count("`") % 2 else ""  # the end of one around the letter, else that of the words
    rest = closed(found["rest"].lstrip(f").:,-–—= \t*_{code}").strip(), text[: found.start("letters")])
    more = _BOTH.search(found["rest"][:40])
    if more:
        letters = tuple(dict.fromkeys((*letters, *_letters(more["more"]))))
    either = len(letters) > 1 and bool(more or _OR.search(found["letters"]))
    return Named(letters, either, rest)


def _letters(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.upper() for found in re.findall(r"(?<![A-Za-z])[A-Ja-j](?![A-Za-z])", text)))


def _is_article(letters: str, close: str, rest: str) -> bool:
    """Say whether what looks like a letter is the word `a`, or `I` for a person."""
    bare = letters.strip()
    if close or bare.lower() not in ("a", "i", "e") or not rest[:1].isspace() or not rest.strip():
        return False
    return rest.strip()[0] not in "-–—:=("


def entries_in(text: str) -> list[tuple[str, str]]:
    """Return what stands for several questions in one line: `1-b, 2-c`, `1. B  2. C`; each with its number."""
    return [(found["number"], found["letters"]) for found in _ENTRY.finditer(text)]


def are_columns(line: str) -> bool:
    """Say whether a line holds nothing but keys with their numbers: `1. B    11. C    21. A`."""
    return bool(entries_in(line)) and not _ENTRY.sub("", line).strip(" \t|,;.*_")


def is_lettered(line: str) -> bool:
    """Say whether a line is an item that begins with the letter of an option."""
    return bool(_LETTERED.match(line))


def listed_in(lines: Sequence[str]) -> Named | None:
    """Return the letters that a list says are right: those it calls so, or all where it only lists letters."""
    items = [found for line in lines if (found := _LETTERED.match(line))]
    if not items or len(items) < len(lines):
        return None
    verdicts = [_JUDGED.search(item["rest"]) for item in items]
    right = [
        item["letter"]
        for item, verdict in zip(items, verdicts, strict=True)
        if verdict and (verdict["right"] or verdict["tick"])
    ]
    bare = not any(verdicts) and (len(items) == 1 or not any(item["rest"].strip("*_.): ") for item in items))
    rest = items[0]["rest"].strip("*_.):–—- ") if bare and len(items) == 1 else ""
    letters = right or [item["letter"] for item in items if bare]
    return Named(tuple(dict.fromkeys(letters)), rest=rest) if letters else None
