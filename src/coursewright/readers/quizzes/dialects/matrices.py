"""LiaScript's matrices and surveys: rows of boxes below a line that names the columns; options named by words.

Its documentation has rows for one answer, `[(X) ( )]`, and for several, `[[X] [ ]]`; a row may be an item of a list.
What has no box ticked is a survey, and so is what has empty rows. Names of columns may be formulas, links and code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.course.quiz import Pair, Question, QuestionKind
from coursewright.findings import messages
from coursewright.readers.quizzes.dialects.liascript import after_question, stem_of, with_told
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found

_ROW = re.compile(
    r"\s*(?:[-*+]\s+)?\[\s*(?P<boxes>(?:\([xX ]?\)\s*){2,20}|(?:\[[xX ]?\]\s*){2,20})\]\s*(?P<text>\S.*)$"
)
_EMPTY = re.compile(r"\s*(?:[-*+]\s+)?\[[ \t]{2,}\]\s*(?P<text>\S.*)$")
_HEAD = re.compile(r"\s*(?:[-*+]\s+)?\[\s*(?P<cells>[\[(].{1,4000})\]\s*$")
_CELL = re.compile(r"[\[(](?P<text>[^\[\]()]*)[\])]")
_NAMED = re.compile(r"\s*(?:[-*+]\s+)?\[\((?P<name>[^()\[\]\n]{2,80}|[^()\[\]\sxX])\)\]\s+(?P<text>\S.*)$")
_MANY_NAMED = re.compile(r"\s*(?:[-*+]\s+)?\[\[:(?P<name>[^()\[\]\n]{1,80})\]\]\s+(?P<text>\S.*)$")
_BRIEF = re.compile(r"\s*(?:[-*+]\s+)?\[\(.\)\]")
_CODE = re.compile(r"`[^`]*`|\$[^$]*\$")
_SURE = re.compile(
    r"\s*(?:[-*+>]\s+)?(?:(?:\[\([xX]\)\]|\[\[[xX?!]\]\])\s+\S"
    r"|\[\s*(?:(?:\([xX ]?\)\s*){2,20}|(?:\[[xX ]?\]\s*){2,20})\]\s*\S"
    r"|\[\s*[\[(]:)|.{0,200}?(?:\[->\[|--\{\{\d+\}\}--)"
)
_HEADER = re.compile(r"\s*(?:author|narrator)\s*:")
_MOST = 20


def spots(sheet: Sheet) -> list[Found]:
    """Return the matrices and the surveys of a document in LiaScript."""
    if "[(" not in sheet.whole and "[[" not in sheet.whole and "[ " not in sheet.whole:
        return []
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = before = 0
    sure = _is_sure(sheet)
    while index < len(sheet.lines):
        forms = (_ROW, _NAMED, _MANY_NAMED, _EMPTY) if index not in sheet.hidden and "[" in sheet.lines[index] else ()
        form = next((one for one in forms if one.match(sheet.lines[index])), None)
        if not sure and (form is _EMPTY or (form is _NAMED and _BRIEF.match(sheet.lines[index]))):
            form = None
        if form is None or (form is _EMPTY and not (index > before and _columns(sheet.lines[index - 1]))):
            index += 1
            continue
        end = next((at for at in range(index, len(sheet.lines)) if not form.match(sheet.lines[at])), len(sheet.lines))
        found = [*_matrix(sheet, before, index, end)] if form in (_ROW, _EMPTY) else []
        if not found and end > index + 1:
            found = [_survey(sheet, before, index, end, form)]
        yield from found
        index = before = max([end, *(one.end for one in found)])


def _is_sure(sheet: Sheet) -> bool:
    """Say whether a document is plainly in LiaScript: by its header, or by what else it asks.

    What has a number, a letter or nothing in its brackets may be anything elsewhere.
    """
    if sheet.lines[0].lstrip().startswith("<!--") and any(_HEADER.match(line) for line in sheet.lines[:10]):
        return True
    return any(
        at not in sheet.hidden and ("[" in line or "--{{" in line) and _SURE.match(line)
        for at, line in enumerate(sheet.lines)
    )


def _matrix(sheet: Sheet, before: int, index: int, end: int) -> Iterator[Found]:
    """Yield the questions of a matrix; the first takes its lines, so that nothing of it is shown."""
    columns = _columns(sheet.lines[index - 1]) if index > before else []
    head = bool(columns)
    rows = [found for line in sheet.lines[index:end] if (found := _ROW.match(line) or _EMPTY.match(line))]
    boxes = [
        [found["text"].strip() != "" for found in _CELL.finditer(row.groupdict().get("boxes", ""))] for row in rows
    ]
    boxes = [row or [False] * len(columns) for row in boxes]
    top = index - 1 if head else index
    first = paragraph_above(sheet, before, top)
    after = after_question(sheet, end)
    place = sheet.place(top)
    if not head or any(len(row) != len(columns) for row in boxes):
        left_out = messages.QUESTION_LEFT_OUT.at(place, reason="the rows of its matrix do not fit its columns")
        yield Found(top, after.end, None, (left_out,))
        return
    begin = first
    texts = [row["text"].strip() for row in rows]
    many = "[[" in sheet.lines[top]
    for question in _questions(stem_of(sheet, first, top), columns, texts, boxes, many=many):
        question, findings = checked(with_told(replace(question, line=place.line), after), place)
        yield Found(begin, after.end, question, tuple(findings))
        begin = after.end


def _questions(
    stem: str, columns: Sequence[str], rows: Sequence[str], boxes: Sequence[Sequence[bool]], *, many: bool
) -> Iterator[Question]:
    """Yield what a matrix asks: of which column each row is, or which columns hold of a row."""
    if boxes and all(sum(row) == 1 for row in boxes):
        pairs = [Pair(text, columns[row.index(True)]) for text, row in zip(rows, boxes, strict=True)]
        pairs += [Pair("", one) for at, one in enumerate(columns) if not any(row[at] for row in boxes)]
        yield Question("", QuestionKind.MATCH, stem, pairs=tuple(pairs))
        return
    asked = any(map(any, boxes))
    for text, row in zip(rows, boxes, strict=True):
        right = [at for at, one in enumerate(row) if one]
        question = chosen(columns, right, stem=f"{stem}\n\n{text}".strip(), many=many or asked, shuffled=False)
        yield question if asked else replace(question, graded=False)


def _columns(line: str) -> list[str]:
    """Return the names of the columns that a line holds, of which each may hold brackets; nothing if it is none."""
    found = _HEAD.match(line)
    if not found:
        return []
    text = found["cells"].rstrip()
    plain = _CODE.sub(lambda one: "_" * len(one[0]), text)
    names: list[str] = []
    start = depth = 0
    for at, sign in enumerate(plain):
        if sign in "[(":
            start = at + 1 if depth == 0 else start
            depth += 1
        elif sign in "])":
            depth -= 1
            if depth == 0:
                names.append(text[start:at].strip().removeprefix(":").strip())
        elif depth == 0 and not sign.isspace():
            return []
        if depth < 0:
            return []
    return names if depth == 0 and 2 <= len(names) <= _MOST and all(names) else []


def _survey(sheet: Sheet, before: int, index: int, end: int, form: re.Pattern[str]) -> Found:
    """Return a survey, which has no right answer."""
    texts = [found["text"].strip() for line in sheet.lines[index:end] if (found := form.match(line))]
    first = paragraph_above(sheet, before, index)
    many = form is _MANY_NAMED
    question = chosen(texts, (), stem=stem_of(sheet, first, index), many=many, line=sheet.line(index), shuffled=False)
    after = after_question(sheet, end)
    return Found(first, after.end, replace(with_told(question, after), graded=False))
