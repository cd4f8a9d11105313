"""How Canvas scores the questions in its own cartridges, where that is otherwise than they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from coursewright.audit.lms.canvas.losses import Amiss
from coursewright.packages.documents.qti12.values import (
    QtiCondition,
    QtiImage,
    QtiItem,
    QtiLabel,
    QtiResponse,
    QtiTest,
    QtiText,
    pieces,
)

_RIGHT_OR_WRONG = ("multiple_choice_question", "true_false_question", "short_answer_question", "numerical_question")
_BLANKS = ("matching_question", "multiple_dropdowns_question")
_FOR_ALL = {"general_fb", "correct_fb", "general_incorrect_fb"}
_CHOICES = ("multiple_choice_question", "true_false_question")
_MANY, _FILLED = "multiple_answers_question", "fill_in_multiple_blanks_question"
_UNJUDGED = ("essay_question", "file_upload_question", "text_only_question", "calculated_question")
_WHOLE, _SCORE = 100.0, "SCORE"
_COUNTS = re.compile(r"\s*[+-]?\.?\d")  # as what begins so Canvas takes for a number
_DIGITS = re.compile(r"\d+")
_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>", re.IGNORECASE)
_SEEN = re.compile(r"<(?:img|iframe|video|audio|math|object|embed)\b", re.IGNORECASE)
# What is in the names of feedback that Canvas knows without being led to it.
_KNOWN_FEEDBACK = re.compile(r"wrong|incorrect|correct|_i?c$|solution|general_|_all|_fb$", re.IGNORECASE)
# A number, with or without a word behind it, which Canvas passes over.
_LEADING = re.compile(r"[+-]?\d+(?:\.\d+)?")
_BEGINS = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?:\s*[^\d\s.,:/].*)?\Z", re.I | re.DOTALL)
_COMPARED = ("varequal", "varsubstring", "varsubset")
_NUMBERS = ("varequal", "vargte", "varlte", "vargt", "varlt")


def misread_score(item: QtiItem, kind: str) -> Iterator[Amiss]:
    """Yield how Canvas scores a question otherwise than it says, and what to do; the first tells."""
    if kind in _CHOICES:
        yield from _several_right(item)
    if kind not in _UNJUDGED:
        yield from _uncounted(item)
    yield from _told_otherwise(item, kind)
    if kind in _RIGHT_OR_WRONG:
        yield from _earned_in_part(item)
    if kind in _BLANKS and (blank := _unanswered(item)):
        yield f"nothing is right for '{blank[:40]}'", "write a <respcondition> with its right answer"
    if kind == "matching_question" and (other := _unmatched(item)):
        reason = f"the right answer '{other[:40]}' is not an option of its first line"
        yield reason, "offer the same options in each line"
    if kind in _BLANKS and (amiss := _confused(item, kind)):
        yield amiss, "give every option of the question an ident of its own, such as 4101"
    if kind == "numerical_question":
        yield from _misranged(item)
    if lost := _unlinked(item):
        yield f"nothing leads to its feedback '{lost[:40]}'", "let a <displayfeedback> name it by its linkrefid"
    if kind == "numerical_question" and (value := _wordy(item)):
        counts = found[0] if (found := _LEADING.match(value)) else "0"
        yield f"its answer '{value[:40]}' is not a number, and counts as {counts[:20]}", "write a number"


def _uncounted(item: QtiItem) -> Iterator[Amiss]:
    """Yield why none of the scores of a question counts: it is not a number, or of a variable that is not declared."""
    declared = {(found.varname or _SCORE).upper() for one in item.processing for found in one.ranges}
    judged = [one for one in item.conditions if any(test.name == "varequal" for test, _ in one.compared())]
    scores = [score for one in judged for score in one.scores]
    if scores and (odd := _unnumbered(item)) is not None:
        reason = f"its <response_str> has the rcardinality '{odd[:40]}', so that no answer is right"
        yield reason, 'write rcardinality="Single"'
    if scores and not any(_COUNTS.match(score.text) for score in scores):
        yield f"its score is '{scores[0].text[:40]}', so that no answer is right", "write a number, such as 100"
    named = {(_SCORE if score.varname is None else score.varname).upper() for score in scores}
    if scores and declared and not declared & named:
        reason = f"no <decvar> declares '{min(named)[:40]}', which its answers earn, so that none is right"
        yield reason, f"write {min(declared)[:40]} for it"


def _unnumbered(item: QtiItem) -> str | None:
    """Return the first number of answers to words that there is none of; None where there is no such."""
    said = (one.rcardinality for one in item.responses if one.name == "response_str")
    return next((one for one in said if one is not None and one not in ("Single", "Multiple", "Ordered")), None)


def number_of(text: str) -> float | None:
    """Return the number that a text is, None where it is none."""
    try:
        return float(text)
    except ValueError:
        return None


def _earning(item: QtiItem) -> list[QtiCondition]:
    """Return the conditions that earn something."""
    return [one for one in item.conditions if any((number_of(score.text) or 0) > 0 for score in one.scores)]


def _is_told(item: QtiItem) -> bool:
    return "question_type" in item.known.folded


def _told_otherwise(item: QtiItem, kind: str) -> Iterator[Amiss]:
    """Yield as what Canvas takes a question that is answered otherwise than its kind is."""
    choices, compared, is_told = _choices(item), item.compared, _is_told(item)
    is_single = bool(choices) and (choices[0].rcardinality or "Single") in ("Single", "Ordered")
    ticked = {test.value for test, is_denied in compared if test.name == "varequal" and not is_denied}
    if kind == _MANY and is_single and len(ticked) > 1:
        yield "its options exclude each other, so that one of them is right", 'write rcardinality="Multiple"'
    if kind in (*_CHOICES, _MANY):
        yield from _unchosen(item, kind)
    if kind == "short_answer_question" and not any(test.value for test, _ in compared if test.name in _COMPARED):
        yield "no answer is right, and it becomes an essay", "write its answers in <varequal>"
    if kind == "essay_question" and not is_told and any(test.value for test, _ in compared):
        yield "it has a right answer, and becomes a question of one word", "leave its answer out, or show it otherwise"
    labels = (label for one in choices for label in _labels(one))
    right = {test.value for test, _ in compared if test.name == "varequal"}
    empty = [one for one in labels if not _reads(one)]
    if empty and kind in (*_CHOICES, _MANY):
        yield "an option is empty, and reads 'No answer text provided.'", "write what learners can choose"
    elif kind == _FILLED:  # among others, an empty answer is one, too: that of who leaves the blank empty
        if any(answers and not any(map(_reads, answers)) for answers in map(list, map(_labels, choices))):
            reason = "all answers for a blank are empty, so that whatever is written into it is wrong"
            yield reason, "write what learners are to write"
    elif any(not is_told or one.ident in right for one in empty):  # others may be left empty
        yield "an option is empty, so that nobody can tell what it is", "write what learners can choose"


def _unchosen(item: QtiItem, kind: str) -> Iterator[Amiss]:
    """Yield why none of the answers to a choice is right, or one alone of several."""
    scoring = _earning(item)
    named = (test.value for one in scoring for test, is_denied in one.compared() if not is_denied)
    if scoring and next(named, None) is None:
        yield "its conditions name no answer, so that none is right", "name the right one in a <varequal>"
    elif kind == _MANY and scoring and not any(map(_names_directly, scoring)):
        yield "its answers stand too deep in their condition, so that none is right", "name them in one <and>"
    either = (each for one in scoring for tests in one.tests for each in tests.tests if each.name == "or")
    if any(len(each.tests) > 1 for each in either if not isinstance(each, QtiTest)):
        yield "either of several answers is right, and the first alone counts", "give each its own condition"


def _names_directly(condition: QtiCondition) -> bool:
    """Say whether a condition names an answer where Canvas looks for those that are to be ticked together."""
    own = [each for tests in condition.tests for each in tests.tests]
    inner = [each for one in own if not isinstance(one, QtiTest) and one.name in ("and", "or") for each in one.tests]
    is_split = sum(one.name == "and" for one in own) > 1
    return not is_split and any(isinstance(each, QtiTest) and each.name == "varequal" for each in (*own, *inner))


def _several_right(item: QtiItem) -> Iterator[Amiss]:
    """Yield what becomes of a question with one choice for which several answers are right."""
    right = [[test.value for test in _required(one)] for one in _earning(item)]
    if any(len(set(found)) > 1 for found in right):
        yield "several answers of one condition are right, and the first alone counts", "give each its own condition"
    if not _is_told(item) and len({found[0] for found in right if found}) > 1:
        yield "several answers are right, and learners must tick them all", "let one of them be right"


def _required(condition: QtiCondition) -> Iterator[QtiTest]:
    """Yield the answers that Canvas takes for right in a condition: its own, and those in its `or`."""
    for one in (each for tests in condition.tests for each in tests.tests):
        every = (one,) if isinstance(one, QtiTest) else one.tests if one.name == "or" else ()
        yield from (each for each in every if isinstance(each, QtiTest) and each.name == "varequal")


def _reads(label: QtiLabel) -> bool:
    """Say whether learners see anything of an option."""
    shown = pieces(label.contents)
    return any(isinstance(one, QtiImage) or (isinstance(one, QtiText) and _has_words(one.text)) for one in shown)


def _has_words(text: str) -> bool:
    """Say whether there is more in a text than tags without a picture, and blanks."""
    return bool(unescape(_TAG.sub("", text)).strip()) or _SEEN.search(text) is not None


def _earned_in_part(item: QtiItem) -> Iterator[Amiss]:
    """Yield that an answer earns a part of the points, or loses some, where Canvas knows right and wrong."""
    every = (score for condition in item.conditions for score in condition.scores)
    said = (number_of(score.text) for score in every if score.varname in (None, "SCORE"))
    scores = [score for score in said if score]
    ranges = (found.maxvalue for one in item.processing for found in one.ranges)
    most = number_of(next(ranges, "")) or _WHOLE
    most = min(most, max(scores, default=most)) if 1 in scores else most  # marks from 0 to 1
    for score in scores:
        if 0 < score < most:
            reason = f"an answer earns {score:g} of {most:g}, and in Canvas it earns all"
            yield reason, "let each answer earn all or nothing, or use a question of several blanks"
        if score < 0:
            yield "an answer loses points, and in Canvas it earns none", "let no answer lose points"


def _unanswered(item: QtiItem) -> str:
    """Return the first of several things to answer for which no condition has an answer that earns something."""
    scoring = (one for one in item.conditions if one.scores)
    right = {test.respident for one in scoring for test, _ in one.compared() if test.name == "varequal"}
    asked = (one.ident for one in _choices(item))
    return next((one for one in asked if one and one not in right), "") if item.conditions else ""


def _confused(item: QtiItem, kind: str) -> str:
    """Return which options Canvas takes for one: it tells those to be matched by the first number in their idents, and
    those of several blanks by their idents alone."""
    asked = _offered(item)
    if kind == "matching_question":
        numbers = {ident: found[0] for ident in (asked or [[]])[0] if (found := _DIGITS.search(ident))}
        first = {number: ident for ident, number in reversed(numbers.items())}
        pair = next(((first[number], ident) for ident, number in numbers.items() if first[number] != ident), None)
        both = " and ".join(f"'{ident[:40]}'" for ident in pair or ())
        return f"its options {both} begin with one number, and count as one" if pair else ""
    seen: set[str] = set()
    for idents in asked:
        if shared := seen.intersection(idents):
            return f"two of its blanks have an option '{min(shared)[:40]}', and that of the last alone counts"
        seen.update(idents)
    return ""


def _unmatched(item: QtiItem) -> str:
    """Return a right answer that is an option, and none of the first line, whose options count for all; "" for none."""
    first, *others = _offered(item) or [[]]
    only_later = set[str]().union(*others).difference(first)
    named = (test.value for one in _earning(item) for test, is_denied in one.compared() if not is_denied)
    return next((one for one in named if one in only_later), "")


def _choices(item: QtiItem) -> list[QtiResponse]:
    return [one for one in item.responses if one.name == "response_lid"]


def _offered(item: QtiItem) -> list[list[str]]:
    """Return the idents of the options of each choice."""
    return [[label.ident or "" for label in _labels(one)] for one in _choices(item)]


def _labels(response: QtiResponse) -> list[QtiLabel]:
    found = response.rendered("render_choice")
    return [one for one in pieces(found.contents) if isinstance(one, QtiLabel)] if found else []


def _misranged(item: QtiItem) -> Iterator[Amiss]:
    if any(map(_is_half_open, item.conditions)):
        yield "a range of its answers has one end only, and is lost", "give it <vargte> and <varlte>"
    if any(map(_is_turned, item.conditions)):
        yield "a range of its answers ends before it begins, and nothing is in it", "turn it round"


def _is_half_open(condition: QtiCondition) -> bool:
    """Say whether a condition has the one end of a range, and not the other."""
    names = {test.name for test, _ in condition.compared()}
    return names.isdisjoint(("vargte", "vargt")) != names.isdisjoint(("varlte", "varlt"))


def _is_turned(condition: QtiCondition) -> bool:
    """Say whether a condition has one range alone, which ends before it begins."""
    ends = {test.name[:5]: number_of(test.value) for test, _ in condition.compared()}
    least, most = ends.get("vargt"), ends.get("varlt")
    return "varequal"[:5] not in ends and least is not None and most is not None and least > most


def _unlinked(item: QtiItem) -> str:
    """Return a feedback that no answer leads to, where an answer leads to one that there is none of; "" for none."""
    known = {one.ident or "" for one in item.feedback}
    named = {one.linkrefid for condition in item.conditions for one in condition.shown}
    unled = known - named - _FOR_ALL
    strange = {one for one in unled if not _KNOWN_FEEDBACK.search(one)} if _is_told(item) else set()
    return min(unled if named - known else strange, default="")


def _wordy(item: QtiItem) -> str:
    """Return an answer of numbers that is none; "" for none."""
    said = (test.value for test, _ in item.compared if test.name in _NUMBERS)
    return next((value for value in said if value and not _BEGINS.match(value)), "")
