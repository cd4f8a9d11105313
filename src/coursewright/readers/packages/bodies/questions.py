"""Questions of QTI 1.2 as a learner sees them: nothing that tells an answer is read at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice

from lxml import etree
from markupsafe import Markup

from coursewright.course.body import Asked, Reply
from coursewright.course.quiz import QuestionKind
from coursewright.packages.documents.qti12.facts import (
    CALCULATED,
    DROPDOWNS,
    facts_of,
    kind_named,
    points_of,
    selection_of,
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


def questions_of(root: etree._Element, banks: Mapping[str, etree._Element]) -> tuple[Asked, ...]:
    """Return the questions of an assessment in their order; what is drawn from a bank is shown as its first ones."""
    sections = root.iterfind(".//{*}assessment/{*}section")
    return tuple(islice(chain.from_iterable(_section(one, banks) for one in sections), MOST_QUESTIONS))


def _section(section: etree._Element, banks: Mapping[str, etree._Element]) -> Iterator[Asked]:
    selection = selection_of(section)
    if selection is None:
        for child in section:
            if _name(child) == "item":
                yield _asked(child)
            elif _name(child) == "section":
                yield from _section(child, banks)
        return
    source = banks.get(selection.sourcebank_ref)
    items = list(islice((section if source is None else source).iter("{*}item"), MOST_QUESTIONS))
    points, wanted = selection.points, selection.selection_number
    for item in items[: int(wanted[:6]) if wanted.isdecimal() else 1]:
        yield replace(_asked(item), drawn=len(items), points=number(points))


def _asked(item: etree._Element) -> Asked:
    facts = facts_of(item)
    presentation = item.find("{*}presentation")
    kind, points = kind_named(facts), number(points_of(facts))
    if presentation is None:
        return Asked(_text(item), Reply.NOTHING, points)
    choices = list(presentation.iter("{*}response_lid"))
    reply = _NAMED.get(facts.get("question_type", "")) or (kind and _REPLIES.get(kind)) or _reply(presentation, choices)
    if reply is Reply.MATCH:
        return _matching(presentation, choices, points)
    options = tuple(_options(choices)) if reply in (Reply.ONE, Reply.SEVERAL, Reply.ORDER) else ()
    return Asked(_stem(presentation), reply, points, options)


def _reply(presentation: etree._Element, choices: list[etree._Element]) -> Reply:
    """Return how a question of no known type is answered."""
    if len(choices) > 1:
        return Reply.MATCH
    if choices:
        return Reply.SEVERAL if choices[0].get("rcardinality", "").lower() == "multiple" else Reply.ONE
    return Reply.NOTHING if presentation.find(".//{*}response_str") is None else Reply.LINE


def _matching(presentation: etree._Element, choices: list[etree._Element], points: str) -> Asked:
    prompts = tuple(_text(one) for one in choices)
    options = tuple(sorted(dict.fromkeys(_options(choices))))  # their own order may tell
    return Asked(_stem(presentation), Reply.MATCH, points, options, prompts)


def _options(choices: Iterable[etree._Element]) -> Iterator[str]:
    for choice in choices:
        yield from (_text(label) for label in choice.iter("{*}response_label"))


def _stem(presentation: etree._Element) -> str:
    """Return what is asked: the text before the answers, wherever in the presentation it stands."""
    direct = [child for child in presentation if _name(child) in ("material", "flow")]
    return "".join(map(_material, direct))


def _text(element: etree._Element) -> str:
    return "".join(_material(child) for child in element if _name(child) in ("material", "flow_mat", "flow"))


def _material(element: etree._Element) -> str:
    """Return the HTML of a material, without the answers that may stand in a flow with it."""
    if _name(element) in ("response_lid", "response_str", "response_num", "response_xy", "response_grp"):
        return ""
    if _name(element) == "mattext":
        text = "".join(map(str, element.itertext()))
        return text if element.get("texttype", "").lower() == "text/html" else str(Markup("{}").format(text))
    return "".join(map(_material, element))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
