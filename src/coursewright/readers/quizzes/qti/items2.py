"""An item of QTI 2.1 or 3.0 as a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from html import escape

from lxml import etree

from coursewright.course.quiz import Answer, Blank, Feedback, Option, Pair, Question, QuestionKind
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.documents.parsing import line_of
from coursewright.readers.quizzes.documents_xml import inner_of, name_of
from coursewright.readers.quizzes.making import boolean_of, checked, without_key
from coursewright.readers.quizzes.markup import markdown_of
from coursewright.readers.quizzes.qti.scoring import number_in
from coursewright.text.names import shortened

_INLINE = ("textEntryInteraction", "inlineChoiceInteraction")


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute, as QTI 2.1 spells it or as 3.0 does."""
    spelt = "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name)
    return element.get(name) or element.get(spelt) or ""


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """Return the descendants of some names, as QTI 2.1 spells them."""
    return [one for one in element.iter() if name_of(one) in names]


@frozen
class _Response:
    """What is declared of a response: its right values, and what each value is worth."""

    values: tuple[str, ...]
    mapping: Mapping[str, float]
    base: str
    cardinality: str
    exact: bool = False


@frozen
class _Body:
    stem: str
    interactions: tuple[etree._Element, ...]
    responses: Mapping[str, _Response]

    def response(self, interaction: etree._Element) -> _Response:
        """Return what is declared of the response of an interaction."""
        name = attribute(interaction, "responseIdentifier") or "RESPONSE"
        return self.responses.get(name, _Response((), {}, "", "single"))


def item_question(root: etree._Element, path: str, findings: list[Finding]) -> Question | None:
    """Return an item as a question, or None with a finding."""
    place = Place(path, line_of(root))
    body = _body(root)
    title = attribute(root, "title")
    if not body.stem and not body.interactions:
        findings.append(messages.QUESTION_LEFT_OUT.at(place, reason="it has no text"))
        return None
    question = _question(body)
    if question is None:
        kind = name_of(body.interactions[0])
        findings.append(messages.QUESTION_KIND_UNKNOWN.at(place, kind=kind, question=shortened(body.stem or title, 60)))
        question = Question("", QuestionKind.ESSAY, body.stem or title, graded=False)
    question = replace(
        question,
        key=attribute(root, "identifier"),
        title=title,
        line=place.line,
        points=0.0 if question.kind is QuestionKind.PASSAGE else _points(root),
        feedback=_feedback(root),
    )
    if question.kind in (QuestionKind.ORDER, QuestionKind.MATCH) and not question.graded:
        findings.append(without_key(question, place))
    question, more = checked(question, place)
    findings += more
    return question


def _points(root: etree._Element) -> float:
    for one in children(root, "outcomeDeclaration"):
        if attribute(one, "identifier") == "MAXSCORE":
            value = number_in(inner_of(next(iter(children(one, "value")), None)))
            return value if value else 1.0
    most = next(
        (
            attribute(one, "normalMaximum")
            for one in children(root, "outcomeDeclaration")
            if attribute(one, "identifier") == "SCORE"
        ),
        "",
    )
    return number_in(most) or 1.0


def _feedback(root: etree._Element) -> Feedback:
    told = {attribute(one, "identifier").lower(): _markdown(one) for one in children(root, "modalFeedback")}
    correct = next((text for name, text in told.items() if name in ("correct", "correct_fb")), "")
    wrong = next(
        (text for name, text in told.items() if name in ("incorrect", "general_incorrect_fb", "incorrect_fb", "wrong")),
        "",
    )
    rest = [text for text in told.values() if text and text not in (correct, wrong)]
    return Feedback("\n\n".join(rest), correct, "", wrong)


def _body(root: etree._Element) -> _Body:
    responses = {attribute(one, "identifier"): _response(one) for one in children(root, "responseDeclaration")}
    body = next(iter(children(root, "itemBody")), None)
    if body is None:
        return _Body("", (), responses)
    found = tuple(one for one in body.iter() if name_of(one).endswith("Interaction"))
    prompts = [text for one in found for prompt in one if name_of(prompt) == "prompt" and (text := _markdown(prompt))]
    stem = "\n\n".join(filter(None, (_markdown(body, without=True), *prompts)))
    return _Body(stem, found, responses)


def _response(element: etree._Element) -> _Response:
    right = next(iter(children(element, "correctResponse")), None)
    values = tuple(inner_of(one).strip() for one in children(right, "value")) if right is not None else ()
    entries = children(element, "mapEntry")
    mapping = {attribute(one, "mapKey"): number_in(attribute(one, "mappedValue")) or 0.0 for one in entries}
    exact = any(attribute(one, "caseSensitive").lower() == "true" for one in entries)
    return _Response(values, mapping, attribute(element, "baseType"), attribute(element, "cardinality"), exact)


def _markdown(element: etree._Element, *, without: bool = False) -> str:
    """Return what is written in an element; `without` leaves out how it is answered, but for gaps within its text."""
    copied = deepcopy(element)
    for one in list(copied.iter()):
        name = name_of(one)
        if one is copied or not name:
            continue
        if without and name in _INLINE:
            _replace(one, f"[[{attribute(one, 'responseIdentifier')}]]")
        elif name.endswith("Interaction") or (
            name in ("feedbackInline", "feedbackBlock", "rubricBlock", "prompt") and without
        ):
            _replace(one, "")
        elif name == "object" and attribute(one, "type").startswith("image/"):
            _draw(one)
    return markdown_of(_html(copied)).replace("\\[\\[", "[[").replace("\\]\\]", "]]")


def _draw(element: etree._Element) -> None:
    """Make a picture of an object that is one; what stands in it, or names it, is its alternative text."""
    said = attribute(element, "aria-label") or attribute(element, "title") or "".join(map(str, element.itertext()))
    source, tail = attribute(element, "data"), element.tail
    element.clear()
    element.tag, element.tail = "img", tail
    element.set("src", source)
    element.set("alt", " ".join(said.split()))


def _replace(element: etree._Element, text: str) -> None:
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text + tail
    else:
        parent.text = (parent.text or "") + text + tail
    parent.remove(element)


def _html(element: etree._Element) -> str:
    """Return what is in an element as HTML without namespaces."""
    for one in element.iter():
        if isinstance(one.tag, str):
            one.tag = one.tag.rpartition("}")[2]
    inner = "".join(str(etree.tostring(child, encoding="unicode", method="html")) for child in element)
    return escape(element.text or "", quote=False) + inner


def _question(body: _Body) -> Question | None:
    """Return the question that an item asks; None where it is answered in a way that is not known."""
    if not body.interactions:
        return Question("", QuestionKind.PASSAGE, body.stem, points=0.0, graded=False)
    first = body.interactions[0]
    if all(name_of(one) in _INLINE for one in body.interactions):
        return _gaps(body)
    reader = _READERS.get(name_of(first))
    return reader(body, first) if reader and len(body.interactions) == 1 else None


def _options(interaction: etree._Element, *names: str) -> list[tuple[str, str]]:
    return [(attribute(one, "identifier"), _markdown(one)) for one in children(interaction, *names)]


def _choice(body: _Body, interaction: etree._Element) -> Question:
    response = body.response(interaction)
    several = response.cardinality == "multiple" and attribute(interaction, "maxChoices") != "1"
    right = set(response.values) or {key for key, worth in response.mapping.items() if worth > 0}
    best = max(response.mapping.values(), default=0.0)
    total = sum(worth for worth in response.mapping.values() if worth > 0)

    def share(ident: str) -> float:
        if response.mapping and total > 0:
            worth = response.mapping.get(ident, 0.0)
            return max(-1.0, worth / total if several else worth / best)
        if several and right:
            return 1 / len(right) if ident in right else -1 / len(right)
        return 1.0 if ident in right else 0.0

    told = {one: _inline_told(one) for one in children(interaction, "simpleChoice")}
    options = tuple(
        Option(
            attribute(one, "identifier"),
            _choice_text(one),
            share(attribute(one, "identifier")),
            feedback,
            attribute(one, "fixed") == "true",
        )
        for one, feedback in told.items()
    )
    kind = QuestionKind.CHOICES if several else QuestionKind.CHOICE
    shuffled = attribute(interaction, "shuffle").lower() == "true"
    return boolean_of(Question("", kind, body.stem, options=options, shuffled=shuffled))


def _choice_text(choice: etree._Element) -> str:
    return _markdown(choice, without=True)


def _inline_told(choice: etree._Element) -> str:
    return "\n\n".join(_markdown(one) for one in children(choice, "feedbackInline", "feedbackBlock"))


def _gaps(body: _Body) -> Question:
    blanks = tuple(_blank(body, one) for one in body.interactions)
    if len(blanks) == 1:
        return _gap(body, blanks[0])
    return Question("", QuestionKind.BLANKS, body.stem, blanks=blanks)


def _blank(body: _Body, interaction: etree._Element) -> Blank:
    response = body.response(interaction)
    options = dict(_options(interaction, "inlineChoice"))
    accepted = list(response.values) or [key for key, worth in response.mapping.items() if worth > 0]
    accepted += [key for key, worth in response.mapping.items() if worth > 0 and key not in accepted]
    best = max(response.mapping.values(), default=1.0) or 1.0
    answers = tuple(
        Answer(options.get(value, value), fraction=response.mapping.get(value, best) / best, exact_case=response.exact)
        for value in accepted
    )
    return Blank(attribute(interaction, "responseIdentifier"), answers, tuple(options.values()))


def _gap(body: _Body, blank: Blank) -> Question:
    """Return a text with one gap: a choice, a number, or an answer in writing."""
    stem = body.stem.replace(f"[[{blank.key}]]", "_____")
    if blank.options:
        right = {answer.text for answer in blank.answers}
        options = tuple(Option("", text, 1.0 if text in right else 0.0) for text in blank.options)
        return Question("", QuestionKind.CHOICE, stem, options=options)
    base = body.response(body.interactions[0]).base
    values = [number_in(answer.text) for answer in blank.answers]
    if base in ("float", "integer") and all(value is not None for value in values):
        return Question("", QuestionKind.NUMBER, stem, answers=tuple(Answer(value=value) for value in values))
    return Question("", QuestionKind.TEXT, stem, answers=blank.answers)


def _match(body: _Body, interaction: etree._Element) -> Question:
    sets = children(interaction, "simpleMatchSet")
    if len(sets) != 2:
        return Question("", QuestionKind.MATCH, body.stem, graded=False)
    left, right = (dict(_options(one, "simpleAssociableChoice")) for one in sets)
    pairs = tuple(_pairs(body.response(interaction), left, right))
    used = {pair.answer for pair in pairs}
    extra = tuple(Pair("", text) for text in right.values() if text not in used)
    return Question("", QuestionKind.MATCH, body.stem, pairs=(*pairs, *extra))


def _pairs(response: _Response, left: Mapping[str, str], right: Mapping[str, str]) -> Iterator[Pair]:
    values = response.values or tuple(key for key, worth in response.mapping.items() if worth > 0)
    for value in values:
        one, _, other = value.partition(" ")
        if one in right and other in left:
            one, other = other, one
        if one in left:
            yield Pair(left[one], right.get(other, other))


def _order(body: _Body, interaction: etree._Element) -> Question:
    labels = dict(_options(interaction, "simpleChoice"))
    order = [value for value in body.response(interaction).values if value in labels]
    known = len(order) == len(labels)
    options = tuple(Option(ident, labels[ident], 1.0 if known else 0.0) for ident in (order if known else labels))
    return Question("", QuestionKind.ORDER, body.stem, options=options, graded=known)


def _essay(body: _Body, interaction: etree._Element) -> Question:
    return Question("", QuestionKind.ESSAY, body.stem)


def _upload(body: _Body, interaction: etree._Element) -> Question:
    return Question("", QuestionKind.UPLOAD, body.stem)


_READERS: Mapping[str, Callable[[_Body, etree._Element], Question]] = {
    "choiceInteraction": _choice,
    "matchInteraction": _match,
    "orderInteraction": _order,
    "extendedTextInteraction": _essay,
    "uploadInteraction": _upload,
}
