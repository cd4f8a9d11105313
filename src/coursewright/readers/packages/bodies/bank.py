"""Questions of a Moodle backup's bank as a learner sees them: nothing that tells an answer is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from coursewright.course.body import Asked, Reply
from coursewright.packages.documents.moodle.bank_rows import QuestionRow
from coursewright.packages.documents.moodle.instances import QuizInstance
from coursewright.packages.files.budget import MOST_QUESTIONS
from coursewright.packages.words import number
from coursewright.readers.packages.moodle_bank import Bank, Banked, in_order
from coursewright.readers.packages.moodle_texts import values_in_one_language

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


def asked_in(quiz: QuizInstance, bank: Bank, language: str = "") -> Iterator[Asked]:
    """Yield the questions of a quiz in the order of its slots."""
    for slot in in_order(quiz, quiz.slots[:MOST_QUESTIONS]):
        points, meant = number(slot.points), bank.meant(slot)
        if isinstance(meant, Banked):
            yield _asked(values_in_one_language(meant.row, language), points)
        elif meant and (drawn := bank.drawn(meant)):
            first = values_in_one_language(drawn[0].row, language)
            yield replace(_asked(first, points), drawn=len(drawn))


def _asked(question: QuestionRow, points: str) -> Asked:
    text, plugin = question.questiontext, question.plugin
    reply = _REPLIES.get(question.qtype, Reply.LINE)
    answers = [one.answertext for one in plugin.answers]
    if plugin.multichoice and plugin.multichoice.single in ("0", "false"):
        reply = Reply.SEVERAL
    if reply is Reply.MATCH:
        options = tuple(sorted({one.answertext for one in plugin.matches if one.answertext}))  # their own order tells
        prompts = tuple(one.questiontext for one in plugin.matches if one.questiontext)
        return Asked(text, reply, points, options, prompts)
    if reply is Reply.ORDER:
        return Asked(text, reply, points, tuple(sorted(answers)))
    if reply is Reply.ONE or reply is Reply.SEVERAL:
        return Asked(text, reply, points, tuple(answers))
    if reply is Reply.TEXT and plugin.essay and plugin.essay.responseformat == "noinline":
        reply = Reply.UPLOAD
    return Asked(_GAP.sub(_LINE, text), reply, points)
