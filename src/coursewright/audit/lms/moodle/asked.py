"""What a question of a backup lacks to be asked, and to be answered, by its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from coursewright.findings.finding import Severity
from coursewright.packages.documents.moodle.xml import NULL

Problem = tuple[str, str, Severity]
"""Why a question cannot be asked or answered, the remedy, and how much it weighs."""
# The record without which a question of a type cannot be loaded, and no attempt starts.
_RECORDS: Mapping[str, str] = {
    "ddimageortext": "ddimageortext",
    "ddmarker": "ddmarker",
    "ddwtos": "ddwtos",
    "gapselect": "gapselect",
    "match": "matchoptions",
    "ordering": "ordering",
}
_NUMBER = re.compile(r"\*|[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_PLACE, _GAP = re.compile(r"\[\[(\d{1,6})\]\]"), re.compile(r"\{#(\d{1,6})\}")
_IS_TYPED = ("shortanswer", "numerical")


def lacking(kind: str, question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    """Yield what a question of a type lacks; the gravest comes first."""
    record = _RECORDS.get(kind, "")
    if record and plugin.find(record) is None:
        yield f"it has no <{record}>, and cannot be loaded", f"write <{record}>", Severity.ERROR
        return
    if kind in _IS_TYPED and any(not text.strip() for text in _answers(plugin)):
        yield "one of its answers has no text, and nobody can give it", "write the answer", Severity.WARNING
    if judge := _JUDGES.get(kind):
        yield from judge(question, plugin)


def _answers(plugin: etree._Element) -> list[str]:
    found = (text.text or "" for text in plugin.iterfind("answers/answer/answertext"))
    return ["" if text == NULL else text for text in found]


def _numbers(question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    for text in _answers(plugin):
        if text.strip() and not _NUMBER.fullmatch(text.strip()):
            reason, remedy = f"its answer '{text.strip()[:40]}' is not a number", "write a number, with a point, or *"
            yield reason, remedy, Severity.WARNING
    for record in plugin.iter("numerical_record"):
        tolerance = (record.findtext("tolerance") or "").strip()
        if tolerance not in ("", NULL) and (tolerance.startswith("-") or not _NUMBER.fullmatch(tolerance)):
            yield (
                f"its tolerance '{tolerance[:40]}' is not a number from 0",
                "write a number, such as 0",
                Severity.WARNING,
            )


def _places(question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    """Yield what is wrong with the places for words in a text: each has the number of an answer."""
    count = len(_answers(plugin))
    places = [int(found[1]) for found in _PLACE.finditer(question.findtext("questiontext", ""))]
    if not places:
        yield "its text has no place for an answer", "write [[1]] where the first belongs", Severity.WARNING
    elif beyond := [place for place in places if not 0 < place <= count]:
        reason = f"its text has a place [[{beyond[0]}]], and it has {count} answers"
        yield reason, "add the answer, or take the place out", Severity.WARNING


def _questions(count: int) -> str:
    return f"{count} {'question' if count == 1 else 'questions'}"


def _gaps(question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    """Yield what is wrong with the gaps of a Cloze: each has the number of a question in it."""
    sequence = (plugin.findtext("multianswer/sequence") or "").strip()
    wanted = set(range(1, 1 + sum(bool(one.strip()) for one in sequence.split(","))))
    gaps = {int(found[1]) for found in _GAP.finditer(question.findtext("questiontext", ""))}
    if beyond := sorted(gaps - wanted):
        reason = f"its text has a gap {{#{beyond[0]}}}, and its <sequence> names {_questions(len(wanted))}"
        yield reason, "name the question of each gap in <sequence>", Severity.WARNING
    elif hidden := sorted(wanted - gaps):
        reason = f"its <sequence> names {_questions(len(wanted))}, and its text has no gap {{#{hidden[0]}}}"
        yield reason, "write the gap into the text", Severity.WARNING


def _pairs(question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    if next(plugin.iterfind("matches/match"), None) is None:
        yield "it has nothing to match", "write its <matches>", Severity.WARNING


def _order(question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    if not _answers(plugin):
        yield "it has nothing to put into order", "write its answers", Severity.WARNING


_JUDGES: Mapping[str, Callable[[etree._Element, etree._Element], Iterator[Problem]]] = {
    "numerical": _numbers,
    "ddwtos": _places,
    "gapselect": _places,
    "multianswer": _gaps,
    "match": _pairs,
    "ordering": _order,
}
