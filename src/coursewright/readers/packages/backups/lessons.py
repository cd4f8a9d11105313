"""The pages of a lesson in the order in which they are read, and what it asks as questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from coursewright.course.assets import Target
from coursewright.course.quiz import Question
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.bank_rows import (
    AnswerRow,
    ChoiceRow,
    MatchRow,
    QuestionPlugin,
    QuestionRow,
    ToleranceRow,
)
from coursewright.packages.documents.moodle.other_instances import LessonAnswer, LessonPage
from coursewright.packages.documents.moodle.xml import OWN_FILE
from coursewright.readers.packages.amounts import amount
from coursewright.readers.packages.texts import Lead
from coursewright.readers.quizzes.moodle import question_of

_CONTENT, _STRUCTURE = "20", ("21", "30", "31")  # Moodle calls a page that is to be read a branch
_KINDS: Mapping[str, str] = {
    "1": "shortanswer",
    "2": "multichoice",
    "3": "multichoice",
    "5": "matching",
    "8": "numerical",
    "10": "essay",
}
_OF_PAGE = re.compile(r"p(?P<page>\d+)/(?P<path>.+)", re.DOTALL)
_RANGE = re.compile(r"\s*(-?[\d.]+)\s*:\s*(-?[\d.]+)\s*")
_ONWARD = ("-1", "-9")  # to the next page, and to the end
_TOLD = 2  # answers of a page that matches things which only say what is told when it is right, and when wrong


@frozen
class LessonInOrder:
    """The pages of a lesson in order: those that are to be read, and those that ask something."""

    read: Sequence[LessonPage]
    asking: Sequence[LessonPage]
    places: Mapping[str, int]


def lesson_in(found: Sequence[LessonPage]) -> LessonInOrder:
    """Return the pages of a lesson in the order in which they follow one another."""
    pages = {one.id: one for one in found}
    first = next((one for one in pages.values() if one.prevpageid in ("", "0")), None)
    ordered: dict[str, LessonPage] = {}
    while first is not None and first.id not in ordered:
        ordered[first.id] = first
        first = pages.get(first.nextpageid)
    ordered |= pages
    read = [one for one in ordered.values() if one.qtype == _CONTENT]
    asking = [one for one in ordered.values() if one.qtype not in (_CONTENT, *_STRUCTURE)]
    return LessonInOrder(read, asking, {name: place for place, name in enumerate(ordered)})


def asked_in(lesson: LessonInOrder, shown: str, findings: list[Finding]) -> Iterator[Question]:
    """Yield what a lesson asks, as questions with their keys."""
    for page in lesson.asking:
        kind = _KINDS.get(page.qtype, "")
        if kind == "shortanswer" and page.qoption == "1":  # its answers are regular expressions
            kind = "essay"
        row = _row(page, kind, lesson) if kind else None
        made = question_of(row, "", Place(shown), findings, f"p{page.id}/") if row else None
        if made:
            yield made


def lead_in(lead_on: Callable[[str], Lead]) -> Lead:
    """Return what says where the addresses in questions of a lesson lead: their files belong to their pages."""

    def lead(address: str) -> tuple[str, Target | None]:
        found = _OF_PAGE.fullmatch(address)
        return lead_on(found["page"])(f"{OWN_FILE}{found['path']}") if found else lead_on("")(address)

    return lead


def _row(page: LessonPage, kind: str, lesson: LessonInOrder) -> QuestionRow:
    """Return a page as a question of a bank."""
    answers = [one for one in page.answers if one.answer_text]
    is_several = page.qoption == "1"
    row = QuestionRow(name=page.title, questiontext=page.contents, questiontextformat=page.contentsformat, qtype=kind)
    if kind == "matching":
        pairs = [one for one in page.answers[_TOLD:] if one.answer_text]
        return replace(row, plugins=(QuestionPlugin(matches=tuple(map(_pair, pairs))),))
    right = [one for one in answers if amount(one.score) > 0]
    right = right or [one for one in answers if _leads_on(one, page, lesson)]
    share = 1 / len(right) if right and is_several else 1.0
    rows = [_answer(one, share if one in right else 0.0, kind) for one in answers]
    plugin = QuestionPlugin(
        answers=tuple(one for one, _ in rows),
        tolerances=tuple(one for _, one in rows),
        multichoice=ChoiceRow(single="0" if is_several else "1", shuffleanswers="1"),
    )
    return replace(row, plugins=(plugin,))


def _pair(answer: LessonAnswer) -> MatchRow:
    return MatchRow(answer.id or "1", answer.answer_text, answer.answerformat, answer.response)


def _leads_on(answer: LessonAnswer, page: LessonPage, lesson: LessonInOrder) -> bool:
    """Whether an answer leads to a later page: so says a lesson without points that it is right."""
    to = answer.jumpto
    return to in _ONWARD or lesson.places.get(to, -1) > lesson.places.get(page.id, 0)


def _answer(answer: LessonAnswer, share: float, kind: str) -> tuple[AnswerRow, ToleranceRow]:
    text, tolerance, number = answer.answer_text, "", answer.id or "1"
    if kind == "numerical" and (found := _RANGE.fullmatch(text)):
        low, high = sorted((amount(found[1]), amount(found[2])))
        text, tolerance = f"{(low + high) / 2:g}", f"{(high - low) / 2:g}"
    row = AnswerRow(number, text, answer.answerformat, f"{share:.7f}", answer.response, answer.responseformat)
    return row, ToleranceRow("", number, tolerance)
