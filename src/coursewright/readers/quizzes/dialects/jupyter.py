"""jupyterquiz's `display_quiz(…)`: the list of questions that it is given, in JSON.

Its documentation says: `many_choice` and `multiple_choice` mark their answers, `numeric` has values and ranges with a
feedback each, `string` has texts; an answer of the type `default` says what is told to anyone else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from coursewright.findings import messages
from coursewright.readers.quizzes.fences import fences_of
from coursewright.readers.quizzes.making import checked
from coursewright.readers.quizzes.mappings import question_in
from coursewright.readers.quizzes.recognition import question_lists
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found
from coursewright.text.jsons import read_json

NAME = "display-quiz"


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such lists."""
    return [spot for first, end in fences_of(sheet, NAME) for spot in _questions(sheet, first, end)]


def _questions(sheet: Sheet, first: int, end: int) -> Iterator[Found]:
    """Yield the questions of a list; the first takes its lines, so that nothing of it is shown."""
    place = sheet.place(first)
    value = read_json("\n".join(sheet.lines[first + 1 : end - 1]))
    listed = value if isinstance(value, list) else [one for _, items in question_lists(value) for one in items]
    reason = "display_quiz is given what is no question" if listed else "the JSON that display_quiz is given is broken"
    begin = first
    for one in listed or [None]:
        question = question_in(one) if isinstance(one, Mapping) else None
        if question is None or not question.stem:
            left_out = messages.QUESTION_LEFT_OUT.at(place, reason=reason)
            yield Found(begin, end, None, (left_out,))
        else:
            question, findings = checked(replace(question, line=place.line), place)
            yield Found(begin, end, question, tuple(findings))
        begin = end
