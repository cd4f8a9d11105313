"""Markua, as Leanpub writes courses: between `{quiz}` and `{/quiz}`, or `{exercise}` and its end, `? ` asks.

Of options with letters those in capitals are right (`a) no`, `B) yes`); in a question that shows some of many, `C)` is
right, `m)` is wrong, `o)` too. A line `! text` is what is to be written, and a blank says so much of either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field, replace

from coursewright.course.quiz import Question, QuestionKind
from coursewright.frozen import slotted
from coursewright.readers.quizzes.making import checked, chosen, written
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_GATE = re.compile(r"\{(?P<end>/)?(?:quiz|exercise)\b[^{}]*\}\s*$", re.IGNORECASE)
_SETTING = re.compile(r"\{(?P<said>[\w-]+\s*:[^{}]*)\}\s*$")
_OPTION = re.compile(r"(?P<letter>[A-Za-z])\)\s+(?P<text>\S.*)$")
_ANSWER = re.compile(r"!\s+(?P<text>\S.*)$")
_PATTERN = re.compile(r"/.*/[a-z]*$")
_POINTS = re.compile(r"points\s*:\s*(?P<points>\d+(?:\.\d+)?)")
_IN_ORDER = re.compile(r"random-choice-order\s*:\s*false", re.IGNORECASE)


@slotted
class _Reading:
    """A question as far as it is read: `end` is the line after the last that belongs to it."""

    first: int
    stem: list[str]
    said: str
    end: int
    texts: list[list[str]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def take(self, index: int, line: str, *, code: bool) -> None:
        """Take in a line below the one that asks."""
        option = None if code else _OPTION.match(line)
        answer = None if code else _ANSWER.match(line)
        if option:
            if option["letter"].isupper():
                self.right.append(len(self.texts))
            self.texts.append([option["text"].strip()])
        elif answer:
            self.answers.append(answer["text"].strip())
        elif not self.answers:
            (self.texts[-1] if self.texts else self.stem).append(line)
        if line.strip():
            self.end = index + 1


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions between such gates, and the gates themselves."""
    if "{/quiz}" not in sheet.whole and "{/exercise}" not in sheet.whole:
        return []
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    within, said, begun = False, "", 0
    reading: _Reading | None = None
    for index, line in enumerate(sheet.lines):
        code = index in sheet.hidden
        gate = None if code else _GATE.match(line)
        setting = _SETTING.match(line) if within and not code and not gate and _leads_on(sheet, index) else None
        asks = within and not code and line.startswith("? ")
        if reading and (gate or setting or asks):
            yield _spot(reading, sheet)
            reading = None
        if gate:
            within, said = not gate["end"], ""
            yield Found(index, index + 1)
        elif setting:
            said, begun = f"{said}, {setting['said']}" if said else setting["said"], begun if said else index
        elif asks:
            reading = _Reading(begun if said else index, [line[2:].strip()], said, index + 1)
            said = ""
        elif reading and (not code or index in sheet.fences):
            reading.take(index, line, code=code)
    if reading:
        yield _spot(reading, sheet)


def _leads_on(sheet: Sheet, index: int) -> bool:
    """Say whether settings are those of the question below them: nothing but more of them stands between."""
    below = (line for line in sheet.lines[index + 1 :] if line.strip() and not _SETTING.match(line))
    return next(below, "").startswith("? ")


def _spot(reading: _Reading, sheet: Sheet) -> Found:
    question, findings = checked(_question(reading, sheet.line(reading.first)), sheet.place(reading.first))
    return Found(reading.first, reading.end, question, tuple(findings))


def _question(reading: _Reading, line: int) -> Question:
    """Return what is asked: a choice, or what is written; a pattern of answers is no answer that could be shown."""
    stem, points = trimmed(reading.stem), _POINTS.search(reading.said)
    if reading.texts:
        ordered = bool(_IN_ORDER.search(reading.said))
        found = chosen([trimmed(text) for text in reading.texts], reading.right, stem=stem, line=line)
        found = replace(found, shuffled=not ordered)
    elif accepted := [text for text in reading.answers if not _PATTERN.match(text)]:
        found = written(accepted, stem=stem, line=line)
    else:
        found = Question("", QuestionKind.ESSAY, stem, line, graded=False)
    return replace(found, points=float(points["points"])) if points else found
