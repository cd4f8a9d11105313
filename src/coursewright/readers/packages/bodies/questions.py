"""Questions of QTI 1.2 as a learner sees them: nothing that tells an answer is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice

from lxml import etree
from markupsafe import Markup

from coursewright.course.body import Asked, Reply
from coursewright.course.quiz import QuestionKind
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.qti12.facts import CALCULATED, DROPDOWNS, kind_named, points_of
from coursewright.packages.documents.qti12.values import (
    QtiFlow,
    QtiItem,
    QtiPiece,
    QtiResponse,
    QtiSection,
    QtiText,
    pieces,
)
from coursewright.packages.files.budget import MOST_QUESTIONS
from coursewright.packages.words import number

_REPLIES: Mapping[QuestionKind, Reply] = {
    QuestionKind.ESSAY: Reply.TEXT,
    QuestionKind.UPLOAD: Reply.UPLOAD,
    QuestionKind.PASSAGE: Reply.NOTHING,
    QuestionKind.MATCH: Reply.MATCH,
    QuestionKind.BLANKS: Reply.LINE,
    QuestionKind.TEXT: Reply.LINE,
    QuestionKind.NUMBER: Reply.LINE,
}
_NAMED: Mapping[str, Reply] = {DROPDOWNS: Reply.MATCH, CALCULATED: Reply.LINE}


def questions_of(root: etree._Element, banks: Mapping[str, QtiSection]) -> tuple[Asked, ...]:
    """Return the questions of an assessment in their order; what is drawn from a bank is shown as its first ones."""
    sections = (one for whole in _assessments(read_as(QtiSection, root)) for one in whole.held("section"))
    return tuple(islice(chain.from_iterable(_section(one, banks) for one in sections), MOST_QUESTIONS))


def _assessments(whole: QtiSection) -> Iterator[QtiSection]:
    for one in whole.contents:
        if isinstance(one, QtiSection):
            yield from (one,) if one.name == "assessment" else _assessments(one)


def _section(section: QtiSection, banks: Mapping[str, QtiSection]) -> Iterator[Asked]:
    selection = section.selection
    if selection is None:
        for child in section.contents:
            if isinstance(child, QtiItem):
                yield _asked(child)
            elif child.name == "section":
                yield from _section(child, banks)
        return
    items = list(islice(banks.get(selection.sourcebank_ref, section).items, MOST_QUESTIONS))
    points, wanted = selection.points, selection.selection_number
    for item in items[: int(wanted[:6]) if wanted.isdecimal() else 1]:
        yield replace(_asked(item), drawn=len(items), points=number(points))


def _asked(item: QtiItem) -> Asked:
    facts = item.known.facts
    kind, points = kind_named(facts), number(points_of(facts))
    if item.presentation is None:
        return Asked(_text(item.contents), Reply.NOTHING, points)
    choices = [one for one in item.responses if one.name == "response_lid"]
    reply = _NAMED.get(facts.get("question_type", "")) or (kind and _REPLIES.get(kind)) or _reply(item, choices)
    stem = _text(item.presentation.contents)
    if reply is Reply.MATCH:
        prompts = tuple(_text(one.contents) for one in choices)
        options = tuple(sorted(dict.fromkeys(_options(choices))))  # their own order may tell
        return Asked(stem, reply, points, options, prompts)
    options = tuple(_options(choices)) if reply in (Reply.ONE, Reply.SEVERAL, Reply.ORDER) else ()
    return Asked(stem, reply, points, options)


def _reply(item: QtiItem, choices: list[QtiResponse]) -> Reply:
    """Return how a question of no known type is answered."""
    if len(choices) > 1:
        return Reply.MATCH
    if choices:
        return Reply.SEVERAL if (choices[0].rcardinality or "").lower() == "multiple" else Reply.ONE
    return Reply.LINE if any(one.name == "response_str" for one in item.responses) else Reply.NOTHING


def _options(choices: Iterable[QtiResponse]) -> Iterator[str]:
    for choice in choices:
        yield from (_text(label.contents) for label in choice.labels)


def _text(found: Iterable[QtiPiece]) -> str:
    """Return what is said as HTML, without the answers that may stand in a flow with it."""
    said = (one for one in found if isinstance(one, QtiFlow) and one.name in ("material", "flow_mat", "flow"))
    return "".join(
        one.text if one.texttype.lower() == "text/html" else str(Markup("{}").format(one.text))
        for one in pieces(said, around=(QtiResponse,))
        if isinstance(one, QtiText) and one.name == "mattext"
    )
