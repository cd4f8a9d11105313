"""quizdown: headings that ask, `1. [x]` for one answer, `- [x]` for several, a numbered list to put in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field, replace

from coursewright.course.quiz import Option, Question, QuestionKind
from coursewright.frozen import slotted
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_TASK = re.compile(r"^\s{0,3}(?:(?P<number>\d{1,3})[.)]|[-*+])\s+\[(?P<tick>[ xX]?)\]\s+(?P<text>.*)$")
_NUMBERED = re.compile(r"^\s{0,3}\d{1,3}[.)]\s+(?P<text>.*)$")
_QUOTE = re.compile(r"^(?P<indent>\s*)>\s?(?P<text>.*)$")
_BLOCK = re.compile(
    r"^\s*(?:```+\s*(?:quizdown|\{quizdown\})|<div[^>]*class=[\"']?quizdown[\"']?[^>]*>|\{\{<\s*quizdown\s*>\}\}|:::\s*\{?quizdown\}?)\s*$",
    re.IGNORECASE,
)
_BLOCK_END = re.compile(r"^\s*(?:```+|</div>|\{\{<\s*/\s*quizdown\s*>\}\}|:::)\s*$")


@slotted
class _Reading:
    first: int
    title: str
    stem: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    told: list[list[str]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    kind: str = ""


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions of quizdown blocks, and those of a document that is written so throughout."""
    blocks = list(_blocks(sheet))
    if not blocks and _is_quizdown(sheet):
        blocks = [(0, len(sheet.lines))]
    return [spot for first, end in blocks for spot in _spots(sheet, first, end)]


def _is_quizdown(sheet: Sheet) -> bool:
    """Say whether a document is written in quizdown: only there are numbered items ticked."""
    ticked = [found for at, line in enumerate(sheet.lines) if at not in sheet.hidden and (found := _TASK.match(line))]
    numbered = [found for found in ticked if found["number"] and not re.match(r"\(?[A-Ja-j][.)]\s", found["text"])]
    return len(numbered) > 1 and any(found["tick"].strip() for found in ticked)


def _blocks(sheet: Sheet) -> Iterator[tuple[int, int]]:
    first = -1
    for index, line in enumerate(sheet.lines):
        if first < 0 and _BLOCK.match(line):
            first = index
        elif first >= 0 and _BLOCK_END.match(line):
            yield first, index + 1
            first = -1


def _spots(sheet: Sheet, first: int, end: int) -> Iterator[Found]:
    """Yield the questions of a block: from each heading to the next."""
    wraps = bool(_BLOCK.match(sheet.lines[first]))
    reading: _Reading | None = None
    begun = first
    inner = replace(sheet, lines=sheet.lines[first + wraps : end - wraps], start=sheet.start + first + wraps)
    offset = first + wraps
    for at in range(len(inner.lines)):
        heading = inner.heading(at)
        if heading:
            if reading and reading.texts:
                yield _spot(reading, begun, offset + at, sheet)
                begun = offset + at
            reading = _Reading(offset + at, heading[1])
            begun = begun if wraps and begun == first else offset + at
        elif reading:
            _read(reading, inner, at)
    if reading and reading.texts:
        yield _spot(reading, begun, end, sheet)
    elif wraps and begun != first:
        yield Found(begun, end)


def _read(reading: _Reading, sheet: Sheet, at: int) -> None:
    line = sheet.lines[at]
    hidden = at in sheet.hidden
    task = None if hidden else _TASK.match(line)
    item = None if hidden or task else _NUMBERED.match(line)
    quote = None if hidden else _QUOTE.match(line)
    if task and reading.kind != "order":
        reading.kind = reading.kind or ("one" if task["number"] else "many")
        if task["tick"].strip():
            reading.right.append(len(reading.texts))
        _add(reading, task["text"])
    elif item and reading.kind in ("", "order"):
        reading.kind = "order"
        _add(reading, item["text"])
    elif quote and reading.texts:
        reading.told[-1].append(quote["text"])
    elif quote:
        reading.hints.append(quote["text"])
    elif reading.texts:
        if line.strip() and not sheet.is_rule(at):
            reading.texts[-1].append(line)
    else:
        reading.stem.append(line)


def _add(reading: _Reading, text: str) -> None:
    reading.texts.append([text])
    reading.told.append([])


def _spot(reading: _Reading, first: int, end: int, sheet: Sheet) -> Found:
    stem, line = trimmed(reading.stem), sheet.line(reading.first)
    title = re.sub(r"^(?:Q(?:uestion)?\s*)?\d+[.):]\s+", "", reading.title)
    texts = [trimmed([one[0], *(text.strip() for text in one[1:])]) for one in reading.texts]
    words = f"{title}\n\n{stem}" if stem else title
    hints = tuple(filter(None, [trimmed(reading.hints)]))
    if reading.kind == "order":
        options = tuple(Option("", text, 1.0, trimmed(told)) for text, told in zip(texts, reading.told, strict=True))
        question = Question("", QuestionKind.ORDER, words, line, options=options, hints=hints)
    else:
        told = [trimmed(one) for one in reading.told]
        many = reading.kind == "many"
        question = chosen(texts, reading.right, stem=words, many=many, feedback=told, line=line, hints=hints)
    question, findings = checked(question, sheet.place(reading.first))
    return Found(first, end, question, tuple(findings))
