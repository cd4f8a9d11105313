"""Quizzes in JSON and YAML: lists of questions, wherever in the value they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from coursewright.course.quiz import Draw, Question, Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import slotted
from coursewright.readers.quizzes.banks import bank
from coursewright.readers.quizzes.facts import stated_by
from coursewright.readers.quizzes.fields import spelt
from coursewright.readers.quizzes.making import checked
from coursewright.readers.quizzes.mappings import first_number, question_in
from coursewright.readers.quizzes.recognition import question_lists
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.text.jsons import parsed_json
from coursewright.text.yaml import YamlError, read_yaml

_JINJA = re.compile(r"^\s*\{%.*%\}\s*$")
_NAMED = re.compile(
    r"[\"']?(?:questions?|quiz|questionText|answerOptions|is_?correct|correct\w*)[\"']?\s*:|~CORRECT~|^\s*type\s*:\s*\w*Question",
    re.IGNORECASE | re.MULTILINE,
)


@slotted
class _Finder:
    """Finds the lines of questions in a text, from the top downwards."""

    text: str
    at: int = 0

    def line(self, stem: str) -> int:
        """Return the line on which what is asked begins; 0 where it cannot be found."""
        first = stem.strip().split("\n")[0][:60]
        for said in (json.dumps(first)[1:-1], json.dumps(first, ensure_ascii=False)[1:-1], first):
            found = self.text.find(said, self.at) if said else -1
            if found >= 0:
                line = self.text.count("\n", 0, found) + 1
                self.at = found + 1
                return line
        return 0


def json_quizzes(sheet: Sheet, findings: list[Finding]) -> list[Quiz]:
    """Return the quizzes of a file in JSON."""
    text = "\n".join(sheet.lines)
    if not _NAMED.search(text):
        return []
    try:
        value = parsed_json(text)
    except json.JSONDecodeError as error:
        if re.search(r"\"(?:questionText|answerOptions|questions|isCorrect)\"\s*:", text):
            findings.append(
                messages.QUIZ_UNREADABLE.at(Place(sheet.path, error.lineno), format="JSON", reason=error.msg)
            )
        return []
    return list(_quizzes(value, sheet, text, findings))


def yaml_quizzes(sheet: Sheet, findings: list[Finding]) -> list[Quiz]:
    """Return the quizzes of a file in YAML."""
    lines = ["" if _JINJA.match(line) else line for line in sheet.lines]
    text = "\n".join(lines)
    if not _NAMED.search(text):
        return []
    try:
        value = read_yaml(re.sub(r"(?m)^(\s*-\s+)(~(?:CORRECT|ALWAYS_CORRECT|DISREGARD)~.*)$", _quoted, text))
    except YamlError as error:
        if re.search(r"(?m)^\s*questions\s*:|~CORRECT~", text):
            place = Place(sheet.path, error.line)
            findings.append(messages.QUIZ_UNREADABLE.at(place, format="YAML", reason=error.reason))
        return []
    return list(_quizzes(value, sheet, text, findings))


def _quoted(found: re.Match[str]) -> str:
    """Return an item that a tilde begins with quotation marks: signs in it could mean something to YAML."""
    return f"{found[1]}{json.dumps(found[2], ensure_ascii=False)}"


def _quizzes(value: object, sheet: Sheet, text: str, findings: list[Finding]) -> Iterator[Quiz]:
    finder = _Finder(text)
    for holder, items in question_lists(value):
        questions: list[Question | Draw] = list(_questions(items, sheet, finder, findings))
        title = next(
            (
                str(holder[name])
                for name in ("title", "name", "quiz_title", "topic")
                if isinstance(holder.get(name), str)
            ),
            "",
        )
        key = f"quiz-{holder['id']}" if isinstance(holder.get("id"), str | int) else ""
        quiz = bank(sheet, title, questions, findings, key=key)
        if quiz:
            yield _with_facts(quiz, holder, questions)


def _with_facts(quiz: Quiz, holder: Mapping[str, Any], questions: list[Question | Draw]) -> Quiz:
    stated = stated_by(holder)
    told = holder.get("description") or holder.get("instructions") or ""
    first = next((one.line for one in questions if isinstance(one, Question)), quiz.line)
    return replace(
        quiz,
        line=first or quiz.line,
        instructions=str(told) if isinstance(told, str) else "",
        passing=stated.passing,
        minutes=stated.minutes,
        attempts=stated.attempts,
        shuffled=stated.shuffled,
    )


def _questions(items: list[Any], sheet: Sheet, finder: _Finder, findings: list[Finding]) -> Iterator[Question]:
    first = first_number(items)
    for one in items:
        question = question_in(one, first) if isinstance(one, Mapping) else None
        if question is None:
            name = str(spelt(one).get("type", "")) if isinstance(one, Mapping) else ""
            if name.lower() not in ("page", "info", "statement"):
                findings.append(messages.QUESTION_LEFT_OUT.at(sheet.place(0), reason="it has no options and no key"))
            continue
        line = finder.line(question.stem)
        question, more = checked(replace(question, line=line), Place(sheet.path, line))
        findings += more
        yield question
