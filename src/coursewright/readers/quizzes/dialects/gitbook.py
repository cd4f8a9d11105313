"""GitBook's plugin for exercises: `{% mcq ans="o2" %}` with a title and options, `{% fbq %}` with `$$gaps##`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Question
from coursewright.findings import messages
from coursewright.readers.quizzes.fences import fences_of
from coursewright.readers.quizzes.gaps import Gap, gapped
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

NAME = "gitbook-exercise"
OPENS = re.compile(r"[ \t]*\{%-?[ \t]*(?:mcq|fbq)\b")
CLOSES = re.compile(r"\{%-?[ \t]*end(?:mcq|fbq)[ \t]*-?%\}[ \t]*$")
_TAG = re.compile(r"\{%-?[ \t]*(?P<name>[a-z]\w*)(?P<rest>[^%{}]*)%\}")
_KEY = re.compile(r"\bans\s*=\s*[\"'](?P<names>[^\"']*)[\"']")
_GAP = re.compile(r"\$\$(?P<text>[^$#\n]{1,200})##")


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such tags."""
    return [spot for first, end in fences_of(sheet, NAME) for spot in _spots(sheet, first, end)]


def _spots(sheet: Sheet, first: int, end: int) -> Iterator[Found]:
    place = sheet.place(first)
    text = "\n".join(sheet.lines[first + 1 : end - 1])
    question = _question(text)
    if question is None:
        left_out = messages.QUESTION_LEFT_OUT.at(place, reason="its tags are written in a way that is not known")
        yield Found(first, end, None, (left_out,))
        return
    question, findings = checked(replace(question, line=place.line), place)
    yield Found(first, end, question, tuple(findings))


def _question(text: str) -> Question | None:
    tags = list(_TAG.finditer(text))
    parts: dict[str, str] = {}
    key = ""
    for number, tag in enumerate(tags):
        stop = tags[number + 1].start() if number + 1 < len(tags) else len(text)
        parts[tag["name"]] = trimmed(text[tag.end() : stop].strip().split("\n"))
        found = _KEY.search(tag["rest"])
        key = found["names"] if found else key
    if parts.get("fbq"):
        pieces: list[str | Gap] = []
        for number, piece in enumerate(_GAP.split(parts["fbq"])):
            pieces.append(Gap((piece.strip(),)) if number % 2 else piece)
        return gapped(pieces) if len(pieces) > 1 else None
    names = [name for name in parts if re.fullmatch(r"o\d{1,2}", name)]
    stem = parts.get("title", "")
    if not stem or len(names) < 2:
        return None
    wanted = re.split(r"[\s,;]+", key)
    right = [at for at, name in enumerate(names) if name in wanted]
    hint = parts.get("hint", "")
    return replace(chosen([parts[name] for name in names], right, stem=stem), hints=(hint,) if hint else ())
