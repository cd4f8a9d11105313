"""Quizzes in CSV: a row for each question, below names such as `question,option_a,option_b,answer,explanation`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coursewright.course.quiz import Draw, Question, Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.readers.quizzes.banks import bank
from coursewright.readers.quizzes.fields import KEY, OPTIONS, STEM, spelt
from coursewright.readers.quizzes.making import checked
from coursewright.readers.quizzes.mappings import question_in
from coursewright.readers.quizzes.sheet import Sheet

_OPTION = re.compile(r"(?:(?:option|choice|answer|distractor)_?)?(?P<which>[a-j]|\d{1,2})$")
_LISTED = re.compile(r"\s*[|;]\s*")
_ASKS = frozenset(STEM[:6])


def csv_quizzes(sheet: Sheet, findings: list[Finding]) -> list[Quiz]:
    """Return the quiz of a file in CSV, none where its first line does not name a question and a key."""
    head = sheet.lines[0] if sheet.lines else ""
    delimiter = max(",;\t", key=head.count)
    try:
        reader = csv.reader(sheet.lines, delimiter=delimiter)
        names = [*map(_spelt, next(reader, []))]
        if not (_ASKS & set(names) and set(KEY) & set(names)):
            return []
        rows = [(reader.line_num, row) for row in reader if any(one.strip() for one in row)]
    except csv.Error as error:
        findings.append(messages.QUIZ_UNREADABLE.at(sheet.place(0), format="CSV", reason=str(error)))
        return []
    questions: list[Question | Draw] = [*_questions(names, rows, sheet, findings)]
    quiz = bank(sheet, "", questions, findings)
    return [quiz] if quiz else []


def _questions(
    names: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], sheet: Sheet, findings: list[Finding]
) -> Iterator[Question]:
    for line, row in rows:
        said = {name: value.strip() for name, value in zip(names, row, strict=False) if value.strip()}
        question = question_in(_asked(said))
        place = Place(sheet.path, line)
        if question is None or not question.stem:
            findings.append(messages.QUESTION_LEFT_OUT.at(place, reason="its row has no question, or no key"))
            continue
        question, more = checked(replace(question, line=line), place)
        findings += more
        yield question


def _spelt(name: str) -> str:
    """Return the name of a column as others spell it; several columns may have the same, or none."""
    return next(iter(spelt({name.strip().lstrip("\ufeff"): ""})))


def _asked(said: Mapping[str, str]) -> dict[str, object]:
    """Return a row as other families write a question: its options by their letters, its key as a list."""
    options: dict[str, str] = {}
    rest: dict[str, object] = {}
    for name, value in said.items():
        found = _OPTION.fullmatch(name)
        if found and name not in KEY:
            options[found["which"]] = value
        elif name in OPTIONS and not options:
            options = {chr(ord("a") + at): one for at, one in enumerate(_LISTED.split(value)[:26])}
        else:
            rest[name] = value
    key = next((name for name in KEY if name in rest), "")
    if options and key:
        value = str(rest[key])
        several = [one.strip() for one in re.split(r"[,;|/&]", value) if one.strip()]
        letters = {name.lower() for name in options} | {chr(ord("a") + at) for at in range(len(options))}
        if value not in options.values() and all(one.lower() in letters for one in several):
            rest[key] = [_letter(one.lower(), options) for one in several]
    points = rest.get("points")
    rest["points"] = float(str(points)) if re.fullmatch(r"\d{1,4}(?:\.\d{1,4})?", str(points)) else 1.0
    return {**rest, **({"options": options} if options else {})}


def _letter(name: str, options: Mapping[str, str]) -> str:
    """Return the name of the option that a key means: by its name, or by the letter of its place."""
    return name if name in options else [*options][ord(name) - ord("a")]
