"""Aiken: a line that asks, lines with letters, and `ANSWER: B`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Question, Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.readers.quizzes.banks import bank
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.markup import escaped
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.text.names import shortened

_OPTION = re.compile(r"^\s*(?P<letter>[A-Z])\s*[.)]\s+(?P<text>.*\S)\s*$")
_ANSWER = re.compile(r"^\s*ANSWERS?\s*:\s*(?P<letters>[A-Z](?:\s*[,;&]?\s*[A-Z])*)\s*$")
_FEEDBACK = re.compile(r"^\s*FEEDBACK\s*:\s*(?P<text>.*)$")


def is_aiken(sheet: Sheet) -> bool:
    """Say whether a text is questions in Aiken: nothing but lines of the form, and a key for each question."""
    answers = sum(bool(_ANSWER.match(line)) for line in sheet.lines)
    if not answers or any(line.startswith(("#", "```", "**", "- ", "|")) for line in sheet.lines):
        return False
    options = sum(bool(_OPTION.match(line)) for line in sheet.lines)
    return options > answers


def aiken_of(sheet: Sheet, findings: list[Finding]) -> Quiz | None:
    """Return a bank in Aiken as a quiz."""
    return bank(sheet, "", list(_questions(sheet, findings)), findings)


def _questions(sheet: Sheet, findings: list[Finding]) -> Iterator[Question]:
    stem: list[str] = []
    options: list[str] = []
    begun, pending = 0, None
    for index, line in enumerate(sheet.lines):
        option, answer, told = _OPTION.match(line), _ANSWER.match(line), _FEEDBACK.match(line)
        if told and pending:
            pending = replace(pending, feedback=replace(pending.feedback, general=escaped(told["text"].strip())))
            continue
        if answer:
            if pending:
                yield pending
            pending = _made(sheet, begun, stem, options, answer["letters"], findings)
            stem, options = [], []
        elif option and stem and ord(option["letter"]) - ord("A") == len(options):
            options.append(option["text"])
        elif line.strip():
            if options:
                _lose(sheet, begun, stem, findings)
                stem, options = [], []
            begun = begun if stem else index
            stem.append(line.strip())
    if pending:
        yield pending
    if options:
        _lose(sheet, begun, stem, findings)


def _lose(sheet: Sheet, index: int, stem: list[str], findings: list[Finding]) -> None:
    name = shortened(" ".join(stem), 60)
    findings.append(
        messages.QUESTION_LEFT_OUT.at(sheet.place(index), reason=f"no line with its answer follows: {name}")
    )


def _made(
    sheet: Sheet, index: int, stem: list[str], options: list[str], letters: str, findings: list[Finding]
) -> Question | None:
    text = "\n".join(map(escaped, stem))
    if len(options) < 2:
        if stem:
            reason = f"it has fewer than two options: {shortened(text, 60)}"
            findings.append(messages.QUESTION_LEFT_OUT.at(sheet.place(index), reason=reason))
        return None
    places = [ord(letter) - ord("A") for letter in re.findall("[A-Z]", letters)]
    if any(place >= len(options) for place in places):
        findings.append(messages.KEY_UNKNOWN.at(sheet.place(index), question=shortened(text, 60), key=letters))
        places = []
    question = chosen([*map(escaped, options)], places, stem=text, many=len(places) > 1, line=sheet.line(index))
    question, more = checked(question, sheet.place(index))
    findings += [] if not places and more and findings and findings[-1].code == "S102" else more
    return question
