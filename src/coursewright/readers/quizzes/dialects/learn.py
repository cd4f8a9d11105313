"""Blocks between `???` in which questions begin with `?:`, as learn.co writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from coursewright.frozen import slotted
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_CHOICE = re.compile(r"^\s*(?:\((?P<one>[ xX]?)\)|\[(?P<many>[ xX]?)\])\s+(?P<text>.*)$")


@slotted
class _Reading:
    first: int
    stem: list[str]
    texts: list[str] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    many: bool = False


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions of a document that has such blocks."""
    if "\n?:" not in f"\n{sheet.whole}":
        return []
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    reading: _Reading | None = None
    for index, line in enumerate((*sheet.lines, "???")):
        begins, ends = line.startswith("?:"), line.strip() == "???"
        if reading and (begins or ends):
            yield _spot(reading, index, sheet)
            reading = None
        if begins:
            reading = _Reading(index, [line[2:].strip()])
        elif reading and (found := _CHOICE.match(line)):
            reading.many = found["many"] is not None
            if (found["one"] or found["many"] or "").strip():
                reading.right.append(len(reading.texts))
            reading.texts.append(found["text"].strip())
        elif reading and not reading.texts:
            reading.stem.append(line)
        elif ends and index < len(sheet.lines):
            yield Found(index, index + 1)


def _spot(reading: _Reading, end: int, sheet: Sheet) -> Found:
    stem, line = trimmed(reading.stem), sheet.line(reading.first)
    question = chosen(reading.texts, reading.right, stem=stem, many=reading.many, line=line)
    question, findings = checked(question, sheet.place(reading.first))
    return Found(reading.first, end, question, tuple(findings))
