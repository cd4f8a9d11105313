"""Pyodide-MkDocs-Theme's `{{ multi_qcm([question, [answers], [numbers of right ones]], ..) }}`, as values of Python.

Its documentation says: answers count from 1, several right ones make boxes, `multi=True` does, and what follows the
numbers are settings or values for `{names}`, of which the first stands in the text here. A file of JSON may hold
it all. `{{ qcm([answers], [numbers]) }}`, is older: what stands above it
in the same tab or box is asked.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from textwrap import dedent
from typing import Any

from coursewright.course.quiz import Feedback, Question
from coursewright.findings import messages
from coursewright.readers.quizzes.dialects.tabs import (
    AnswerTab,
    above_options,
    answering,
    asked_by,
    rest_of,
    title_of_tab,
)
from coursewright.readers.quizzes.fences import fences_of
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found
from coursewright.text.jsons import parsed_json

NAME = "multi-qcm"
OPENS = re.compile(r"[ \t]*\{\{[ \t]*(?P<name>(?:multi_)?qcm)[ \t]*\(")
CLOSES = re.compile(r"(?:\)|^)[ \t]*\}\}[ \t]*$")
_CLOSES = re.compile(r"\)\s*\}\}\s*$")
FILED = re.compile(r"[ \t]*\{\{[ \t]*multi_qcm[ \t]*\(\s*[\"'](?P<name>[^\"'\n]+\.json)[\"']")
_LONGEST, _LONGEST_VALUE = 100_000, 500
_NAMED = re.compile(r"\{(?P<name>\w{1,100})\}")


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such calls."""
    found: list[Found] = []
    for first, end in fences_of(sheet, NAME):
        found += _questions(sheet, found[-1].end if found else 0, first, end)
    return found


def _questions(sheet: Sheet, before: int, first: int, end: int) -> Iterator[Found]:
    """Yield the questions of a call; the first takes its lines, so that nothing of it is shown."""
    place = sheet.place(first)
    text = dedent("\n".join(sheet.lines[first + 1 : end - 1]))
    values, named = _arguments(text)
    opened = OPENS.match(text)
    if opened and opened["name"] == "qcm":
        yield _below(sheet, before, first, end, (values, named))
        return
    begin = first
    for value in values or [None]:
        question = _question(value, named) if isinstance(value, list) else None
        if question is None:
            left_out = messages.QUESTION_LEFT_OUT.at(place, reason="multi_qcm is not given plain values")
            yield Found(begin, end, None, (left_out,))
        else:
            question, findings = checked(replace(question, line=place.line), place)
            yield Found(begin, end, question, tuple(findings))
        begin = end


def _below(sheet: Sheet, before: int, first: int, end: int, given: tuple[list[Any], dict[str, Any]]) -> Found:
    """Return the question of which a call has the answers alone, with what a tab below it says of them."""
    above = above_options(sheet, before, first)
    told = answering(sheet, end) or AnswerTab(end, end, "")
    last, more = rest_of(sheet, above.first, told.end)
    values, named = given
    stem = asked_by(above.stem, title_of_tab(sheet, before, first))
    question = _question([stem, *values[:2], {}, "\n\n".join(filter(None, (told.text, more)))], named)
    place = sheet.place(above.first)
    if question is None or not stem:
        reason = "qcm is not given plain values" if question is None else "nothing above its qcm says what is asked"
        return Found(first, told.end, None, (messages.QUESTION_LEFT_OUT.at(place, reason=reason),))
    question = replace(question, hints=told.hints)
    if True in values[2:3]:
        question = replace(question, shuffled=True)
    question, findings = checked(replace(question, line=place.line, title=above.title), place)
    return Found(above.first, last, question, tuple(findings))


def _arguments(text: str) -> tuple[list[Any], dict[str, Any]]:
    """Return what a call is given, without names and with; nothing where it cannot be read."""
    if text.lstrip().startswith("{") and not OPENS.match(text):
        return _in_json(text)
    opened, closed = OPENS.match(text), _CLOSES.search(text)
    if not opened or not closed or len(text) > _LONGEST:
        return [], {}
    try:
        call = ast.parse(f"f({text[opened.end() : closed.start()]})", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [], {}
    if not isinstance(call, ast.Call):
        return [], {}
    named = {one.arg: _plain(one.value) for one in call.keywords if one.arg}
    return [_plain(one) for one in call.args], named


def _in_json(text: str) -> tuple[list[Any], dict[str, Any]]:
    try:
        found = parsed_json(text)
    except ValueError:
        return [], {}
    listed = found.get("questions") if isinstance(found, dict) else None
    return (listed, found) if isinstance(listed, list) else ([], {})


def _plain(node: ast.expr) -> Any:
    try:
        value = ast.literal_eval(node)
        return parsed_json(json.dumps(value))  # as JSON would have it: lists, and no number that no text can show
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _question(value: list[Any], named: Mapping[str, Any]) -> Question | None:
    stem, texts, numbers = (*value, None, None, None)[:3]
    numbers = [numbers] if isinstance(numbers, int) and not isinstance(numbers, bool) else numbers
    if not isinstance(stem, str) or not isinstance(texts, list) or not isinstance(numbers, list) or len(texts) < 2:
        return None
    more = value[3:]
    values = next((one for one in more if isinstance(one, dict)), {})
    told = next((one for one in more if isinstance(one, str)), "")
    right = [one - 1 for one in numbers if isinstance(one, int) and 1 <= one <= len(texts)]
    options = [_filled(str(one), values) for one in texts]
    several = len(right) > 1 or values.get("multi", named.get("multi")) is True
    feedback = Feedback(general=_filled(told, values))
    shuffled = named.get("shuffle") is True
    return chosen(options, right, stem=_filled(stem, values), many=several, told=feedback, shuffled=shuffled)


def _first(values: Mapping[str, Any], found: re.Match[str]) -> str:
    given = values.get(found["name"], found[0])
    first = given[0] if isinstance(given, list) and given else given
    return str(first)[:_LONGEST_VALUE]


def _filled(text: str, values: Mapping[str, Any]) -> str:
    """Return a text with the first of the values that a name stands for."""
    if "{" in text:
        text = _NAMED.sub(lambda found: _first(values, found), text)
    return dedent(text.strip("\n")).strip()
