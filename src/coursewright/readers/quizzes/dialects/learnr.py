"""learnr's questions, in chunks of R Markdown: `question("..", answer("..", correct = TRUE))`, alone and in `quiz()`.

What its functions take is what the reference of learnr 0.11 says: question_radio and question_checkbox show answers,
question_text and question_numeric compare with them, each answer may have a message. In `question()` itself, more than
one right answer makes checkboxes, unless `type` says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.course.quiz import Answer, Feedback, Question, QuestionKind
from coursewright.findings import messages
from coursewright.readers.quizzes.fences import closing
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.rcalls import Call, RError, Value, calls_in, text_of
from coursewright.readers.quizzes.rchunks import CHUNK, is_run
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found

_ASKS = re.compile(r"\bquestion(?:_[a-z]+)?\s*\(")
_ASKED = re.compile(r"quiz|question(?:_[a-z]+)?")
_ANSWERS = ("answer", "answer_fn")


def asks(opening: str, body: Sequence[str]) -> bool:
    """Say whether a chunk asks questions, by the line that opens it and what stands in it."""
    found = CHUNK.match(opening)
    if not found or not is_run(found["options"], body):
        return False
    return any(_ASKS.search(line) for line in body) and any("answer" in line for line in body)


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in chunks of R."""
    return list(_spots(sheet)) if "question" in sheet.whole else []


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = before = 0
    open_ended: set[str] = set()  # marks of which none is left that closes what they open
    while index < len(sheet.lines):
        found = CHUNK.match(sheet.lines[index]) if index in sheet.fences else None
        index += 1
        if not found or found["mark"] in open_ended:
            continue
        end = closing(sheet.lines, index - 1, found["mark"])
        if end is None:
            open_ended.add(found["mark"])
            continue
        if asks(found[0], sheet.lines[index:end]):
            yield from _questions(sheet, before, index - 1, end + 1)
            before = end + 1
        index = end + 1


def _questions(sheet: Sheet, before: int, first: int, end: int) -> Iterator[Found]:
    """Yield the questions of a chunk; the first takes its lines, so that nothing of it is shown.

    What a question asks may stand above the chunk, below the line `before`.
    """
    place = sheet.place(first)
    try:
        calls = [one for call in calls_in("\n".join(sheet.lines[first + 1 : end - 1]), _ASKED) for one in _each(call)]
    except RError as error:
        yield Found(
            first, end, None, (messages.QUESTION_LEFT_OUT.at(place, reason=f"its chunk of R cannot be read: {error}"),)
        )
        return
    begin = first
    if not calls:
        yield Found(
            first,
            end,
            None,
            (messages.QUESTION_LEFT_OUT.at(place, reason="its chunk of R makes no question that is known"),),
        )
    for call in calls:
        question = _question(call)
        if question and not question.stem and begin == first:
            begin = paragraph_above(sheet, before, first)
            question = replace(question, stem=sheet.text(begin, first))
        if question is None or not question.stem:
            left_out = messages.QUESTION_LEFT_OUT.at(place, reason="only R could tell what its texts are")
            yield Found(begin, end, None, (left_out,))
        else:
            question, findings = checked(replace(question, line=place.line), place)
            yield Found(begin, end, question, tuple(findings))
        begin = end


def _each(call: Call) -> Iterator[Call]:
    """Yield the questions of a call: itself, or those that a quiz holds."""
    if call.name != "quiz":
        yield call
        return
    for value in call.unnamed:
        if isinstance(value, Call) and _ASKED.fullmatch(value.name):
            yield from _each(value)


def _question(call: Call) -> Question | None:
    answers = [value for _, value in call.pairs if isinstance(value, Call) and value.name in _ANSWERS]
    others = [value for given, value in call.pairs if given in ("", "text") and value not in answers]
    stem = text_of(others[0]) if others else None
    if stem is None or not answers:
        return None
    told = Feedback(correct=_said(call.named.get("correct")), incorrect=_said(call.named.get("incorrect")))
    kind = call.name.removeprefix("question").strip("_") or _said(call.named.get("type")).removeprefix("learnr_")
    if kind in ("text", "numeric"):
        accepted = tuple(one for answer in answers for one in _accepted(answer, call, numeric=kind == "numeric"))
        asked = QuestionKind.NUMBER if kind == "numeric" else QuestionKind.TEXT
        return Question("", asked, stem.strip(), answers=accepted, feedback=told)
    answers = [one for one in answers if one.name == "answer"]
    texts = [text_of(_argument(one, "label", 3)) or text_of(_argument(one, "text", 0)) for one in answers]
    if None in texts:
        return None
    if len(texts) < 2:  # its only answer says that learners have thought about it
        return Question("", QuestionKind.ESSAY, stem.strip(), graded=False)
    right = [at for at, one in enumerate(answers) if _argument(one, "correct", 1) is True]
    many = {"radio": False, "single": False, "checkbox": True, "multiple": True}.get(kind, len(right) > 1)
    return chosen(
        [text.strip() for text in texts if text is not None],
        right,
        stem=stem.strip(),
        many=many,
        feedback=[_said(_argument(one, "message", 2)) for one in answers],
        told=told,
        shuffled=call.named.get("random_answer_order") is True,
    )


def _accepted(answer: Call, call: Call, *, numeric: bool) -> Iterator[Answer]:
    """Yield what an answer accepts, or what it says of one that is wrong; nothing where a function judges it."""
    value = _argument(answer, "text", 0)
    share = 1.0 if _argument(answer, "correct", 1) is True else 0.0
    said = _said(_argument(answer, "message", 2))
    if answer.name != "answer" or (not share and not said):
        return
    if not numeric and (text := text_of(value)):
        yield Answer(text.strip(), fraction=share, feedback=said, exact_case=True)
    elif numeric and isinstance(value, float):
        tolerance = call.named.get("tolerance")
        near = abs(tolerance) if isinstance(tolerance, float) else 0.0
        yield Answer(value=value, tolerance=near, fraction=share, feedback=said)


def _argument(call: Call, name: str, place: int) -> Value:
    """Return what a call is given under a name, or at a place, from 0."""
    if name in call.named:
        return call.named[name]
    return call.unnamed[place] if place < len(call.unnamed) else None


def _said(value: Value) -> str:
    return (text_of(value) or "").strip() if not isinstance(value, bool | float) else ""
