"""Questions that begin with a number or a word of their own: `### Question 3: Title`, `**1. Stem**`."""

from __future__ import annotations

import re
from enum import StrEnum

from coursewright.frozen import frozen
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.wording import SIGN

_WORD = (
    r"(?:(?:multiple[- ]choice\s+)?question|frage|pregunta|pergunta|quest[ãa]o|domanda|vraag|exercise|aufgabe"
    r"|ejercicio|exercice|exercício|esercizio|problem|q|mcq)"
)
NUMBER = r"(?P<number>\d{1,4}(?:\.\d{1,3}){0,2}[a-z]?)"
_NAMED = re.compile(
    rf"^[*_]{{0,3}}{_WORD}\s*\.?\s*#?\s*{NUMBER}\s*(?:(?:/|of|von|de|sur)\s*\d+)?(?P<text>.*)$", re.IGNORECASE
)
_BARE = re.compile(
    rf"^[*_]{{0,3}}#?{NUMBER}(?P<text>(?:[.):]|\s*[-–—]|[*_]{{2}}|\s+\([^()]{{1,40}}\)[.:]).*)$", re.IGNORECASE
)
_UNNUMBERED = re.compile(
    r"^[*_]{0,3}(?:question|frage|pregunta|pergunta|domanda|vraag|q)[*_]{0,3}\s*[:：][*_]{0,3}\s*(?P<text>.*)$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^(?:\*\*|__)(?:(?:practice|sample|exam|quiz|test|review)\s+)?(?:question|frage|pregunta|pergunta|domanda|vraag)(?:\*\*|__)$",
    re.IGNORECASE,
)
_FIRST = frozenset("-*+>_mMqQfFpPeE")  # what the line of a question without a heading begins with
_SIGN = re.compile(rf"^{SIGN}(?=[*_]{{0,3}}(?:{_WORD}\b|\#?\d))", re.IGNORECASE)
_KIND = re.compile(r"^\[(?:SC|MC|MR|TF|SA)\]\s*")
_LEADING = re.compile(r"^(?P<bold>[*_]{2,3})?\s*(?P<mark>[.):：–—-]+)?\s*(?P<again>[*_]{2,3})?\s*")


class Form(StrEnum):
    """What a question begins with."""

    HEADING = "heading"
    BOLD = "bold"
    NUMBER = "number"
    BARE = "bare"


@frozen
class Start:
    """The line on which a question begins; `text` is what it says after the number, `rest` the first line after it."""

    index: int
    rest: int
    form: Form
    number: str = ""
    text: str = ""
    level: int = 0
    named: bool = False


def marked_start(sheet: Sheet, index: int) -> Start | None:
    """Return the start of a question that a line is by its own form: a heading or bold words with a number."""
    heading = sheet.heading(index)
    if heading:
        return _headed(index, *heading)
    if index in sheet.hidden:
        return None
    line = sheet.lines[index].strip()
    if line[:1] not in _FIRST:
        return None
    line = re.sub(r"^(?:[-*+]|>)\s+(?=[*_]{0,2}(?:q|question)\b)", "", line, flags=re.IGNORECASE)
    if named := _NAMED.match(line):
        is_said = line[:1] in "*_" or re.match(r"\s*[.:)–—-]|\s*$", named["text"])
        return (
            Start(index, index + 1, Form.BOLD, named["number"], _lead(named["text"], line), named=True)
            if is_said
            else None
        )
    if (bare := _BARE.match(line)) and line[:2] in ("**", "__"):
        return Start(index, index + 1, Form.BOLD, bare["number"], _lead(bare["text"], line))
    if said := _UNNUMBERED.match(line):
        return Start(index, index + 1, Form.BOLD, "", _lead(said["text"], line), named=True)
    return Start(index, index + 1, Form.BOLD, named=True) if _ALONE.match(line) else None


def _headed(index: int, level: int, text: str) -> Start | None:
    text = _SIGN.sub("", text)
    found = _NAMED.match(text)
    if found and re.match(r"[*_]{0,3}\s*(?:[.:)–—(\[|-]|$)", found["text"]):
        return Start(index, index + 1, Form.HEADING, found["number"], _lead(found["text"], text), level, named=True)
    if found := _BARE.match(text):
        return Start(index, index + 1, Form.HEADING, found["number"], _lead(found["text"], text), level)
    if found := _UNNUMBERED.match(text):
        return Start(index, index + 1, Form.HEADING, "", _lead(found["text"], text), level, named=True)
    return None


def _lead(text: str, line: str) -> str:
    """Return what follows a number, without the emphasis that began before it."""
    found = _LEADING.match(text)
    rest = _KIND.sub("", text[found.end() :] if found else text)
    opened = re.match(r"[*_]{2,3}", line)
    if opened and found and not found["bold"] and not found["again"]:
        marks = opened[0]
        if rest.count(marks) % 2 == 1:
            before, _, after = rest.partition(marks)
            return (before.strip() + (" " + after.strip() if after.strip() else "")).strip()
    return rest.strip()
