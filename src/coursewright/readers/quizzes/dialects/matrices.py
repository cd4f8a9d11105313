"""LiaScript's matrices and surveys: rows of boxes below a line that names the columns; options named by words.

Its documentation has rows for one answer, `[(X) ( )]`, and for several, `[[X] [ ]]`; a row may be an item of a list.
What has no box ticked is a survey.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.course.quiz import Pair, Question, QuestionKind
from coursewright.findings import messages
from coursewright.readers.quizzes.dialects.liascript import stem_of
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found

_ROW = re.compile(
    r"\s*(?:[-*+]\s+)?\[\s*(?P<boxes>(?:\([xX ]?\)\s*){2,20}|(?:\[[xX ]?\]\s*){2,20})\]\s*(?P<text>\S.*)$"
)
_HEAD = re.compile(r"\s*(?:[-*+]\s+)?\[\s*(?P<cells>(?:[\[(][^\[\]()]{1,200}[\])]\s*){2,20})\]\s*$")
_CELL = re.compile(r"[\[(](?P<text>[^\[\]()]*)[\])]")
_NAMED = re.compile(r"\s*(?:[-*+]\s+)?\[\((?P<name>[^()\[\]\n]{2,80})\)\]\s+(?P<text>\S.*)$")


def spots(sheet: Sheet) -> list[Found]:
    """Return the matrices and the surveys of a document in LiaScript."""
    if "[(" not in sheet.whole and "[[" not in sheet.whole and "[ " not in sheet.whole:
        return []
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = before = 0
    while index < len(sheet.lines):
        form = next(
            (one for one in (_ROW, _NAMED) if index not in sheet.hidden and one.match(sheet.lines[index])), None
        )
        if form is None:
            index += 1
            continue
        end = next((at for at in range(index, len(sheet.lines)) if not form.match(sheet.lines[at])), len(sheet.lines))
        if form is _ROW:
            yield from _matrix(sheet, before, index, end)
        elif end > index + 1:
            yield _survey(sheet, before, index, end)
        index = before = end


def _matrix(sheet: Sheet, before: int, index: int, end: int) -> Iterator[Found]:
    """Yield the questions of a matrix; the first takes its lines, so that nothing of it is shown."""
    head = _HEAD.match(sheet.lines[index - 1]) if index > before else None
    columns = [found["text"].strip() for found in _CELL.finditer(head["cells"])] if head else []
    rows = [found for line in sheet.lines[index:end] if (found := _ROW.match(line))]
    boxes = [[found["text"].strip() != "" for found in _CELL.finditer(row["boxes"])] for row in rows]
    top = index - 1 if head else index
    first = paragraph_above(sheet, before, top)
    place = sheet.place(top)
    if not head or any(len(row) != len(columns) for row in boxes):
        left_out = messages.QUESTION_LEFT_OUT.at(place, reason="the rows of its matrix do not fit its columns")
        yield Found(top, end, None, (left_out,))
        return
    begin = first
    for question in _questions(stem_of(sheet, first, top), columns, [row["text"].strip() for row in rows], boxes):
        question, findings = checked(replace(question, line=place.line), place)
        yield Found(begin, end, question, tuple(findings))
        begin = end


def _questions(
    stem: str, columns: Sequence[str], rows: Sequence[str], boxes: Sequence[Sequence[bool]]
) -> Iterator[Question]:
    """Yield what a matrix asks: of which column each row is, or which columns hold of a row."""
    if all(sum(row) == 1 for row in boxes):
        pairs = [Pair(text, columns[row.index(True)]) for text, row in zip(rows, boxes, strict=True)]
        pairs += [Pair("", one) for at, one in enumerate(columns) if not any(row[at] for row in boxes)]
        yield Question("", QuestionKind.MATCH, stem, pairs=tuple(pairs))
        return
    for text, row in zip(rows, boxes, strict=True):
        right = [at for at, one in enumerate(row) if one]
        question = chosen(columns, right, stem=f"{stem}\n\n{text}".strip(), many=any(map(any, boxes)), shuffled=False)
        yield question if any(map(any, boxes)) else replace(question, graded=False)


def _survey(sheet: Sheet, before: int, index: int, end: int) -> Found:
    """Return a survey, which has no right answer."""
    texts = [found["text"].strip() for line in sheet.lines[index:end] if (found := _NAMED.match(line))]
    first = paragraph_above(sheet, before, index)
    question = chosen(texts, (), stem=stem_of(sheet, first, index), many=False, line=sheet.line(index), shuffled=False)
    return Found(first, end, replace(question, graded=False))
