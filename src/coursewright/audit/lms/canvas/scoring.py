"""How Canvas scores the questions in its own cartridges, where that is otherwise than they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.packages.documents.qti12.values import (
    QtiCondition,
    QtiImage,
    QtiItem,
    QtiLabel,
    QtiTest,
    QtiText,
    pieces,
)

_RIGHT_OR_WRONG = ("multiple_choice_question", "true_false_question", "short_answer_question", "numerical_question")
_BLANKS = ("matching_question", "multiple_dropdowns_question")
_FOR_ALL = {"general_fb", "correct_fb", "general_incorrect_fb"}
_CHOICES = ("multiple_choice_question", "true_false_question")
_WHOLE = 100.0
# A number, with or without a word behind it, which Canvas passes over.
_LEADING = re.compile(r"[+-]?\d+(?:\.\d+)?")
_BEGINS = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?:\s*[^\d\s.,:/].*)?\Z", re.I | re.DOTALL)
_COMPARED = ("varequal", "varsubstring", "varsubset")
_NUMBERS = ("varequal", "vargte", "varlte", "vargt", "varlt")


def misread_score(item: QtiItem, kind: str) -> tuple[str, str] | None:
    """Return how Canvas scores a question otherwise than it says, and what to do; None where it does not."""
    if how := _told_otherwise(item, kind):
        return how
    if kind in _RIGHT_OR_WRONG:
        most = _number(_most(item)) or _WHOLE
        scores = [score for score in map(_number, _scores(item)) if score]
        most = min(most, max(scores, default=most)) if 1 in scores else most  # marks from 0 to 1
        for score in scores:
            if 0 < score < most:
                reason = f"an answer earns {score:g} of {most:g}, and in Canvas it earns all"
                return reason, "let each answer earn all or nothing, or use a question of several blanks"
            if score < 0:
                return "an answer loses points, and in Canvas it earns none", "let no answer lose points"
    if kind in _BLANKS and (blank := _unanswered(item)):
        return f"nothing is right for '{blank[:40]}'", "write a <respcondition> with its right answer"
    if kind == "numerical_question" and (how := _misranged(item)):
        return how
    if lost := _unlinked(item):
        return f"nothing leads to its feedback '{lost[:40]}'", "let a <displayfeedback> name it by its linkrefid"
    if kind == "numerical_question" and (value := next(_wordy(item), "")):
        counts = found[0] if (found := _LEADING.match(value)) else "0"
        return f"its answer '{value[:40]}' is not a number, and counts as {counts[:20]}", "write a number"
    return None


def _told_otherwise(item: QtiItem, kind: str) -> tuple[str, str] | None:
    """Return as what Canvas takes a question that is answered otherwise than its kind is."""
    choices = [one for one in item.responses if one.name == "response_lid"]
    if kind in _CHOICES and (how := _several_right(item)):
        return how
    compared = [test for condition in item.conditions for test, _ in condition.compared()]
    is_single = bool(choices) and choices[0].rcardinality != "Multiple"
    if kind == "multiple_answers_question" and is_single and len(_ticked(item)) > 1:
        return "its options exclude each other, so that one of them is right", 'write rcardinality="Multiple"'
    if kind in (*_CHOICES, "multiple_answers_question") and (how := _unchosen(item)):
        return how
    if kind == "short_answer_question" and not any(test.text.strip() for test in compared if test.name in _COMPARED):
        return "no answer is right, and it becomes an essay", "write its answers in <varequal>"
    is_told = "question_type" in map(str.lower, item.known.facts)
    if kind == "essay_question" and not is_told and any(test.text.strip() for test in compared):
        return "it has a right answer, and becomes a question of one word", "leave its answer out, or show it otherwise"
    renderings = (found for one in choices if (found := one.rendered("render_choice")))
    labels = (one for found in renderings for one in pieces(found.contents) if isinstance(one, QtiLabel))
    right = {test.text.strip() for test in compared if test.name == "varequal"}
    empty = (one for one in labels if not _reads(one))
    is_filled = kind == "fill_in_multiple_blanks_question"
    if any(not is_told or is_filled or one.ident in right for one in empty):  # Canvas itself leaves wrong ones empty
        return "an option is empty, and reads 'No answer text provided.'", "write what learners can choose"
    return None


def _unchosen(item: QtiItem) -> tuple[str, str] | None:
    """Return why none of the answers to a choice is right, or one alone of several."""
    scoring = [one for one in item.conditions if any((_number(score.text) or 0) > 0 for score in one.scores)]
    named = [{test.text.strip() for test, is_denied in one.compared() if not is_denied} for one in scoring]
    if scoring and not any(named):
        return "its conditions name no answer, so that none is right", "name the right one in a <varequal>"
    either = (each for one in scoring for tests in one.tests for each in tests.tests if each.name == "or")
    if any(len(each.tests) > 1 for each in either if not isinstance(each, QtiTest)):
        return "either of several answers is right, and the first alone counts", "give each its own condition"
    return None


def _ticked(item: QtiItem) -> set[str]:
    """Return the answers that must be ticked, without those that must not."""
    named = (found for condition in item.conditions for found in condition.compared())
    return {test.text.strip() for test, is_denied in named if test.name == "varequal" and not is_denied}


def _several_right(item: QtiItem) -> tuple[str, str] | None:
    """Return what becomes of a question with one choice for which several answers are right."""
    scoring = (one for one in item.conditions if any((_number(score.text) or 0) > 0 for score in one.scores))
    right = [[test.text.strip() for test in _required(one)] for one in scoring]
    if any(len(set(found)) > 1 for found in right):
        return "several answers of one condition are right, and the first alone counts", "give each its own condition"
    is_told = "question_type" in map(str.lower, item.known.facts)
    if not is_told and len({found[0] for found in right if found}) > 1:
        return "several answers are right, and learners must tick them all", "let one of them be right"
    return None


def _required(condition: QtiCondition) -> Iterator[QtiTest]:
    """Yield the answers that Canvas takes for right in a condition: its own, and those in its `or`."""
    for one in (each for tests in condition.tests for each in tests.tests):
        if not isinstance(one, QtiTest) and one.name == "or":
            yield from (each for each in one.tests if isinstance(each, QtiTest) and each.name == "varequal")
        elif isinstance(one, QtiTest) and one.name == "varequal":
            yield one


def _reads(label: QtiLabel) -> bool:
    """Say whether learners see anything of an option."""
    shown = pieces(label.contents)
    return any(isinstance(one, QtiImage) or (isinstance(one, QtiText) and bool(one.text.strip())) for one in shown)


def _most(item: QtiItem) -> str:
    return next((found.maxvalue for one in item.processing for found in one.ranges), "")


def _scores(item: QtiItem) -> Iterator[str]:
    every = (score for condition in item.conditions for score in condition.scores)
    yield from (score.text for score in every if score.varname in (None, "SCORE"))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _unanswered(item: QtiItem) -> str:
    """Return the first of several things to answer for which no condition has an answer that earns something."""
    scoring = (one for one in item.conditions if one.scores)
    right = {test.respident for one in scoring for test, _ in one.compared() if test.name == "varequal"}
    asked = [one.ident for one in item.responses if one.name == "response_lid"]
    return next((one for one in asked if one and one not in right), "") if item.conditions else ""


def _is_half_open(condition: QtiCondition) -> bool:
    """Say whether a condition has the one end of a range, and not the other."""
    names = {test.name for test, _ in condition.compared()}
    ends = [bool(names & ends) for ends in ({"vargte", "vargt"}, {"varlte", "varlt"})]
    return any(ends) and not all(ends)


def _misranged(item: QtiItem) -> tuple[str, str] | None:
    if any(map(_is_half_open, item.conditions)):
        return "a range of its answers has one end only, and is lost", "give it <vargte> and <varlte>"
    is_turned = any(map(_is_turned, item.conditions))
    return (
        ("a range of its answers ends before it begins, and nothing is in it", "turn it round") if is_turned else None
    )


def _is_turned(condition: QtiCondition) -> bool:
    """Say whether a condition has one range alone, which ends before it begins."""
    ends = {test.name[:5]: _number(test.text.strip()) for test, _ in condition.compared()}
    least, most = ends.get("vargt"), ends.get("varlt")
    return "varequal"[:5] not in ends and least is not None and most is not None and least > most


def _unlinked(item: QtiItem) -> str:
    """Return a feedback that no answer leads to, where an answer leads to one that there is none of; "" for none."""
    known = {one.ident or "" for one in item.feedback}
    named = {one.linkrefid for condition in item.conditions for one in condition.shown}
    return min(known - named - _FOR_ALL, default="") if named - known else ""


def _wordy(item: QtiItem) -> Iterator[str]:
    for test in (test for condition in item.conditions for test, _ in condition.compared()):
        value = test.text.strip()
        if test.name in _NUMBERS and value and not _BEGINS.match(value):
            yield value
