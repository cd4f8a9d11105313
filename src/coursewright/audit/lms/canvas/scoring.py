"""How Canvas scores the questions in its own cartridges, where that is otherwise than they say."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.qti12.values import facts_of

_RIGHT_OR_WRONG = ("multiple_choice_question", "true_false_question", "short_answer_question", "numerical_question")
_BLANKS = ("matching_question", "multiple_dropdowns_question")
_FOR_ALL = {"general_fb", "correct_fb", "general_incorrect_fb"}
_CHOICES = ("multiple_choice_question", "true_false_question")
_RIGHT = ("{*}conditionvar/{*}varequal", "{*}conditionvar/{*}or/{*}varequal")
_WHOLE = 100.0
_OPTIONS = ".//{*}response_lid/{*}render_choice//{*}response_label"
_COMPARED = ("{*}varsubstring", "{*}varsubset")


def misread_score(item: etree._Element, kind: str) -> tuple[str, str] | None:
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
    if kind == "numerical_question" and any(map(_is_half_open, item.iter("{*}respcondition"))):
        return "a range of its answers has one end only, and is lost", "give it <vargte> and <varlte>"
    if lost := _unlinked(item):
        return f"nothing leads to its feedback '{lost[:40]}'", "let a <displayfeedback> name it by its linkrefid"
    if kind == "numerical_question" and (value := next(_wordy(item), "")):
        return f"its answer '{value[:40]}' is not a number, and counts as 0", "write a number"
    return None


def _told_otherwise(item: etree._Element, kind: str) -> tuple[str, str] | None:
    """Return as what Canvas takes a question that is answered otherwise than its kind is."""
    choice = next(item.iter("{*}response_lid"), None)
    if kind in _CHOICES and (how := _several_right(item)):
        return how
    is_single = choice is not None and choice.get("rcardinality") != "Multiple"
    if kind == "multiple_answers_question" and is_single and len(_ticked(item)) > 1:
        return "its options exclude each other, so that one of them is right", 'write rcardinality="Multiple"'
    is_word = kind == "short_answer_question" and not any(map(text_of, item.iter("{*}varequal", *_COMPARED)))
    if is_word:
        return "no answer is right, and it becomes an essay", "write its answers in <varequal>"
    right = {text_of(one).strip() for one in item.iter("{*}varequal")}
    empty = [one for one in item.iterfind(_OPTIONS) if not text_of(one).strip() and not _has_picture(one)]
    is_told = "question_type" in {label.lower() for label in facts_of(item)}
    if kind == "essay_question" and not is_told and any(text_of(one).strip() for one in item.iter("{*}varequal")):
        return "it has a right answer, and becomes a question of one word", "leave its answer out, or show it otherwise"
    if any(not is_told or one.get("ident") in right for one in empty):  # Canvas itself leaves wrong ones empty
        return "an option is empty, and reads 'No answer text provided.'", "write what learners can choose"
    return None


def _ticked(item: etree._Element) -> set[str]:
    """Return the answers that must be ticked, without those that must not."""
    named = item.iterfind("{*}resprocessing/{*}respcondition//{*}varequal")
    return {text_of(one).strip() for one in named if next(one.iterancestors("{*}not"), None) is None}


def _several_right(item: etree._Element) -> tuple[str, str] | None:
    """Return what becomes of a question with one choice for which several answers are right."""
    scoring = [one for one in item.iterfind("{*}resprocessing/{*}respcondition") if any(map(_number, _scored(one)))]
    right = [[text_of(each).strip() for path in _RIGHT for each in one.iterfind(path)] for one in scoring]
    if any(len(set(found)) > 1 for found in right):
        return "several answers of one condition are right, and the first alone counts", "give each its own condition"
    is_told = "question_type" in {label.lower() for label in facts_of(item)}
    if not is_told and len({found[0] for found in right if found}) > 1:
        return "several answers are right, and learners must tick them all", "let one of them be right"
    return None


def _scored(condition: etree._Element) -> Iterator[str]:
    return map(text_of, condition.iterfind("{*}setvar"))


def _has_picture(label: etree._Element) -> bool:
    return next(label.iter("{*}matimage"), None) is not None


def _most(item: etree._Element) -> str:
    declared = item.find("{*}resprocessing/{*}outcomes/{*}decvar")
    return "" if declared is None else declared.get("maxvalue", "")


def _scores(item: etree._Element) -> Iterator[str]:
    for setvar in item.iterfind("{*}resprocessing/{*}respcondition/{*}setvar"):
        if setvar.get("varname", "SCORE") == "SCORE":
            yield text_of(setvar)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _unanswered(item: etree._Element) -> str:
    """Return the first of several things to answer for which no condition has an answer that earns something."""
    conditions = list(item.iterfind("{*}resprocessing/{*}respcondition"))
    scoring = (one for one in conditions if one.find("{*}setvar") is not None)
    right = {found.get("respident", "") for one in scoring for found in one.iter("{*}varequal")}
    asked = [one.get("ident", "") for one in item.iter("{*}response_lid")]
    return next((one for one in asked if one and one not in right), "") if conditions else ""


def _is_half_open(condition: etree._Element) -> bool:
    """Say whether a condition has the one end of a range, and not the other."""
    ends = [bool(list(condition.iter(*names))) for names in (("{*}vargte", "{*}vargt"), ("{*}varlte", "{*}varlt"))]
    return any(ends) and not all(ends)


def _unlinked(item: etree._Element) -> str:
    """Return a feedback that no answer leads to, where an answer leads to one that there is none of; "" for none."""
    known = {one.get("ident", "") for one in item.iterfind("{*}itemfeedback")}
    named = {one.get("linkrefid", "") for one in item.iter("{*}displayfeedback")}
    return min(known - named - _FOR_ALL, default="") if named - known else ""


def _wordy(item: etree._Element) -> Iterator[str]:
    for found in item.iter("{*}varequal"):
        value = text_of(found).strip()
        if value and _number(value) is None:
            yield value
