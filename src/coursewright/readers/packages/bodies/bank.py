"""Questions of a Moodle backup's bank as a learner sees them: nothing that tells an answer is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from coursewright.course.body import Asked, Reply
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.words import number

_MOST = 2_000
_REPLIES: Mapping[str, Reply] = {
    "multichoice": Reply.ONE,
    "truefalse": Reply.ONE,
    "match": Reply.MATCH,
    "randomsamatch": Reply.MATCH,
    "ordering": Reply.ORDER,
    "essay": Reply.TEXT,
    "description": Reply.NOTHING,
}
_GAP = re.compile(r"\{#\d+\}|\[\[\d+\]\]|\{\d+:[A-Z_]+:[^{}]*\}")
_LINE = "_____"


class QuestionBank:
    """The questions of a backup by their entries in the bank, and those of each category."""

    def __init__(self, root: etree._Element | None) -> None:
        self._entries: dict[str, etree._Element] = {}
        self._categories: dict[str, list[etree._Element]] = {}
        for category in () if root is None else root.iterfind("question_category"):
            self._categories[category.get("id", "")] = list(self._in(category))

    def _in(self, category: etree._Element) -> Iterator[etree._Element]:
        """Yield the questions of a category that stand alone, each in its last version."""
        for entry in category.iterfind("question_bank_entries/question_bank_entry"):
            versions = entry.findall(".//questions/question")
            if versions:
                self._entries[entry.get("id", "")] = versions[-1]
                if said(versions[-1], "parent") in ("", "0"):
                    yield versions[-1]
        for question in category.iterfind("questions/question"):  # before Moodle 4.0
            self._entries[question.get("id", "")] = question
            if said(question, "parent") in ("", "0"):
                yield question

    def asked(self, quiz: etree._Element) -> Iterator[Asked]:
        """Yield the questions of a quiz in the order of its slots."""
        for slot in list(quiz.iter("question_instance"))[:_MOST]:
            points = number(said(slot, "maxmark") or said(slot, "grade"))
            entry = said(slot, "question_reference", "questionbankentryid") or said(slot, "questionid")
            if entry in self._entries:
                yield _asked(self._entries[entry], points)
            elif drawn := self._drawn(said(slot, "question_set_reference", "filtercondition")):
                yield replace(_asked(drawn[0], points), drawn=len(drawn))

    def _drawn(self, condition: str) -> list[etree._Element]:
        """Return the questions that one is drawn of, by a condition of either form."""
        numbers = re.findall(r'"questioncategoryid":\s*"?(\d+)', condition) or _values(condition)
        return [question for name in dict.fromkeys(numbers) for question in self._categories.get(name, [])]


def _values(condition: str) -> list[str]:
    try:
        found = json.loads(condition)["filter"]["category"]["values"]
        return [str(one) for one in found][:_MOST]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _asked(question: etree._Element, points: str) -> Asked:
    kind, text = said(question, "qtype"), _raw(question, "questiontext")
    reply = _REPLIES.get(kind, Reply.LINE)
    answers = [_raw(one, "answertext") for one in question.iter("answer")]
    if kind == "multichoice" and next((one.text for one in question.iter("single")), "1") in ("0", "false"):
        reply = Reply.SEVERAL
    if reply is Reply.MATCH:
        pairs = [(_raw(one, "questiontext"), _raw(one, "answertext")) for one in question.iter("match")]
        options = tuple(sorted({answer for _, answer in pairs if answer}))  # their own order tells
        return Asked(text, reply, points, options, tuple(prompt for prompt, _ in pairs if prompt))
    if reply is Reply.ORDER:
        return Asked(text, reply, points, tuple(sorted(answers)))
    if reply is Reply.ONE or reply is Reply.SEVERAL:
        return Asked(text, reply, points, tuple(answers))
    if reply is Reply.TEXT and next((one.text for one in question.iter("responseformat")), "") == "noinline":
        reply = Reply.UPLOAD
    return Asked(_GAP.sub(_LINE, text), reply, points)


def _raw(element: etree._Element, tag: str) -> str:
    found = element.find(tag)
    return "" if found is None else found.text or ""
