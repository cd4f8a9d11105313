"""webexercises in notebooks of R: `mcq()`, `longmcq()`, `torf()` and `fitb()` within a line, as gaps of its text.

What they take is what the reference of webexercises 1.1 says: of the options that a choice is given, those named
`answer` are right; texts to fill in are compared with their capitals, unless `ignore_case` is set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Answer, Question, QuestionKind
from coursewright.findings import messages
from coursewright.readers.quizzes.gaps import LINE, Gap, gapped
from coursewright.readers.quizzes.making import boolean_of, checked
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.rcalls import Call, RError, Value, calls_in, text_of
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found

WIDGET = re.compile(r"(?:long)?mcq|torf|fitb")
INLINE = re.compile(r"`r[ \t]+(?P<code>(?:webex(?:ercises)?::)?(?:(?:long)?mcq|torf|fitb)[ \t]*\([^`\n]*\))[ \t]*`")
_NOTEBOOKS = (".rmd", ".qmd", ".rmarkdown")
_ITEM = re.compile(r"\s*(?:[-*+]|\(?(?:\d{1,3}|[a-z])[.)])\s+")
_ASKED = re.compile(rf"(?<=[?:.!*_])\s*{LINE}\s*$")
_TRUTHS = ("TRUE", "FALSE")


def spots(sheet: Sheet) -> list[Found]:
    """Return the texts of a notebook that have such gaps, each paragraph and each item of a list for itself."""
    if "`r" not in sheet.whole or not sheet.path.lower().endswith(_NOTEBOOKS):
        return []
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    before = 0
    for first, end in _blocks(sheet):
        if not any(INLINE.search(sheet.lines[at]) for at in range(first, end)):
            continue
        begin, text = first, _ITEM.sub("", sheet.text(first, end), count=1)
        if not re.search(r"\w", INLINE.sub("", text)):
            begin = paragraph_above(sheet, before, first)
            text = f"{sheet.text(begin, first)}\n\n{text}"
        question = _question(text)
        place = sheet.place(first)
        if question is None:
            left_out = messages.QUESTION_LEFT_OUT.at(place, reason="only R could tell what its answers are")
            yield Found(first, end, None, (left_out,))
        else:
            question, findings = checked(replace(question, line=sheet.line(begin)), place)
            yield Found(begin, end, question, tuple(findings))
        before = end


def _blocks(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield where the paragraphs and items of a document begin and end."""
    first = -1
    for at, line in enumerate(sheet.lines):
        apart = not line.strip() or at in sheet.hidden or sheet.heading(at) is not None
        if first >= 0 and (apart or _ITEM.match(line)):
            yield first, at
            first = -1
        if first < 0 and not apart:
            first = at
    if first >= 0:
        yield first, len(sheet.lines)


def _question(text: str) -> Question | None:
    pieces: list[str | Gap] = []
    calls: list[Call] = []
    at = 0
    for found in INLINE.finditer(text):
        call = _call(found["code"])
        gap = _gap(call) if call else None
        if call is None or gap is None:
            return None
        pieces += [text[at : found.start()], gap]
        calls.append(call)
        at = found.end()
    question = gapped([*pieces, text[at:]])
    if question.kind is QuestionKind.BLANKS:
        blanks = (_cased(blank.answers, call) for blank, call in zip(question.blanks, calls, strict=True))
        return replace(
            question,
            blanks=tuple(replace(blank, answers=one) for blank, one in zip(question.blanks, blanks, strict=True)),
        )
    if question.options:
        return boolean_of(replace(question, stem=_ASKED.sub("", question.stem), shuffled=False))
    question = replace(question, stem=_ASKED.sub("", question.stem))
    return _numeric(question, calls[0]) or replace(question, answers=_cased(question.answers, calls[0]))


def _call(code: str) -> Call | None:
    try:
        return next(calls_in(code, WIDGET), None)
    except RError:
        return None


def _gap(call: Call) -> Gap | None:
    given = call.named.get("answer", call.named.get("opts", call.unnamed[0] if call.unnamed else None))
    if call.name == "torf":
        return Gap((str(given).upper(),), _TRUTHS) if isinstance(given, bool) else None
    pairs = list(_pairs(given))
    texts = [text_of(value) for _, value in pairs]
    if not texts or None in texts:
        return None
    options = tuple(text for text in texts if text is not None)
    if call.name == "fitb":
        return Gap(options)
    right = tuple(text for (name, _), text in zip(pairs, options, strict=True) if name == "answer")
    return Gap(right, options) if right and len(options) > 1 else None


def _pairs(value: Value) -> Iterator[tuple[str, Value]]:
    """Yield what a vector holds, each with its name or ""; a value alone is one of one."""
    if isinstance(value, Call) and value.name in ("sample", "unlist", "rev") and value.unnamed:
        yield from _pairs(value.unnamed[0])
    elif isinstance(value, Call) and value.name in ("c", "list"):
        yield from value.pairs
    else:
        yield "", value


def _cased(answers: tuple[Answer, ...], call: Call) -> tuple[Answer, ...]:
    exact = call.name == "fitb" and call.named.get("ignore_case") is not True
    return tuple(replace(answer, exact_case=exact) for answer in answers)


def _numeric(question: Question, call: Call) -> Question | None:
    """Return a question for a number, where a gap takes one."""
    given = call.named.get("answer", call.unnamed[0] if call.unnamed else None)
    tolerance, numbers = call.named.get("tol"), [value for _, value in _pairs(given)]
    near = abs(tolerance) if isinstance(tolerance, float) else 0.0
    if call.named.get("num") is False or not numbers:
        return None
    values = [value for value in numbers if isinstance(value, float) and not isinstance(value, bool)]
    if len(values) < len(numbers):
        return None
    answers = tuple(Answer(value=value, tolerance=near) for value in values)
    return replace(question, kind=QuestionKind.NUMBER, answers=answers)
