"""MyST's `:::{quiz-question}` around `:::{quiz-answer}` in marks of one length, of which the right have `:correct:`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from coursewright.findings import messages
from coursewright.frozen import slotted
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_OPENED = re.compile(r"^\s*(?P<mark>:{3,}|`{3,})\s*\{(?P<name>[\w-]{1,60})\}\s*(?P<text>.*)$")
_CLOSED = re.compile(r"^\s*(?P<mark>:{3,}|`{3,})\s*$")
_OPTION = re.compile(r"^\s*:(?P<name>[\w-]{1,40}):\s*(?P<value>.*)$")
_TOLD = ("explanation", "feedback", "quiz-explanation", "quiz-feedback")


@slotted
class _Reading:
    first: int
    stem: list[str] = field(default_factory=list)
    answers: list[list[str]] = field(default_factory=list)
    told: list[list[str]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such directives."""
    return list(_spots(sheet)) if "{quiz-question}" in sheet.whole else []


def _spots(sheet: Sheet) -> Iterator[Found]:
    reading: _Reading | None = None
    opened: list[str] = []  # the directives within the question, outermost first
    wrapper = -1
    for at, line in enumerate(sheet.lines):
        found, closed = _OPENED.match(line), _CLOSED.match(line)
        name = found["name"].lower() if found else ""
        if reading is None and found and name == "quiz":
            wrapper = at
        elif found and name == "quiz-question" and (reading is None or not opened or opened == [name]):
            if reading:  # the one before was never closed
                yield _spot(sheet, reading, at)
            begun = wrapper if wrapper >= 0 and not sheet.text(wrapper + 1, at) else at
            reading, opened, wrapper = _Reading(begun, [found["text"]]), [name], -1
        elif reading and found:
            opened.append(name)
            _begin(reading, name, found["text"])
        elif reading and closed:
            opened.pop()
            if not opened:
                yield _spot(sheet, reading, _end(sheet, at + 1))
                reading = None
        elif reading:
            _read(reading, opened, line)
    if reading:
        yield _spot(sheet, reading, len(sheet.lines))


def _begin(reading: _Reading, name: str, text: str) -> None:
    if name == "quiz-answer":
        reading.answers.append([text])
        reading.told.append([])
    elif name in _TOLD and reading.told:
        reading.told[-1].append(text)


def _read(reading: _Reading, opened: list[str], line: str) -> None:
    if opened[-1] == "quiz-question":
        reading.stem.append(line)
    elif opened[-1] in _TOLD and reading.told:
        reading.told[-1].append(line)
    elif reading.answers:
        option = _OPTION.match(line)
        if option and option["name"] == "correct" and option["value"].strip().lower() not in ("false", "no", "0"):
            reading.right.append(len(reading.answers) - 1)
        elif option and option["name"] in _TOLD:
            reading.told[-1].append(option["value"])
        elif not option:
            reading.answers[-1].append(line)


def _end(sheet: Sheet, at: int) -> int:
    """Return where a question ends: after what closes the quiz around it, if that follows."""
    index = at
    while index < len(sheet.lines) and not sheet.lines[index].strip():
        index += 1
    return index + 1 if index < len(sheet.lines) and _CLOSED.match(sheet.lines[index]) else at


def _spot(sheet: Sheet, reading: _Reading, end: int) -> Found:
    place = sheet.place(reading.first)
    texts = [trimmed(one) for one in reading.answers]
    if len(texts) < 2:
        reason = "a {quiz-question} has fewer than two answers"
        return Found(reading.first, end, None, (messages.QUESTION_LEFT_OUT.at(place, reason=reason),))
    told = [trimmed(one) for one in reading.told]
    question = chosen(texts, reading.right, stem=trimmed(reading.stem), feedback=told, line=place.line)
    question, findings = checked(question, place)
    return Found(reading.first, end, question, tuple(findings))
