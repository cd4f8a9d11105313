"""An item of QTI 1.2 as a question: of Canvas's kinds, of those of Common Cartridge, or by how it is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from coursewright.course.quiz import Answer, Blank, Feedback, Option, Pair, Question, QuestionKind
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.documents.qti12.facts import CALCULATED, DROPDOWNS, kind_named, points_of
from coursewright.packages.documents.qti12.values import (
    QtiFlow,
    QtiItem,
    QtiLabel,
    QtiPiece,
    QtiResponse,
    QtiText,
    pieces,
)
from coursewright.readers.quizzes.making import boolean_of, checked, without_key
from coursewright.readers.quizzes.qti.scoring import Condition, Scoring, material_of, number_in, scoring_of
from coursewright.text.names import shortened


@frozen
class _Item:
    item: QtiItem
    scoring: Scoring
    stem: str
    responses: tuple[QtiResponse, ...]

    @property
    def ident(self) -> str:
        """The name of what is answered first."""
        return self.responses[0].ident if self.responses else ""


def question_of(found: QtiItem, path: str, findings: list[Finding]) -> Question | None:
    """Return an item as a question, or None with a finding."""
    place = Place(path, found.line)
    facts, item = found.known.facts, _item(found)
    title = " ".join(found.title.split())
    named = facts.get("question_type", "")
    kind = None if named == CALCULATED else kind_named(facts) or _guessed(item)
    kind = None if named and kind is QuestionKind.PASSAGE and not kind_named(facts) else kind  # it asks, somehow
    if not item.stem and not title:
        findings.append(messages.QUESTION_LEFT_OUT.at(place, reason="it has no text"))
        return None
    question = _dropdowns(item) if named == DROPDOWNS else _READERS[kind](item)
    if kind is None:
        shown = shortened(item.stem or title, 60)
        findings.append(messages.QUESTION_KIND_UNKNOWN.at(place, kind=named or "unknown", question=shown))
    points = number_in(points_of(facts))
    question = replace(
        question,
        key=found.ident or "",
        title="" if title.lower() in ("question", "item") else title,
        line=place.line,
        points=0.0 if question.kind is QuestionKind.PASSAGE else 1.0 if points is None else points,
        feedback=_feedback(item.scoring),
        hints=tuple(filter(None, map(material_of, _hints(found)))),
    )
    if question.kind in (QuestionKind.ORDER, QuestionKind.MATCH) and not question.graded:
        findings.append(without_key(question, place))
    question, more = checked(question, place)
    findings += more
    return question


def _item(item: QtiItem) -> _Item:
    responses = tuple(one for one in item.responses if one.name != "response_extension")
    presented = item.presentation.contents if item.presentation else ()
    asked = (one for one in pieces(presented, around=(QtiResponse, QtiLabel)) if _is_material(one))
    return _Item(item, scoring_of(item), "\n\n".join(filter(None, (material_of((one,)) for one in asked))), responses)


def _is_material(piece: QtiPiece) -> bool:
    return isinstance(piece, QtiFlow) and piece.name == "material"


def _hints(item: QtiItem) -> Iterator[tuple[QtiPiece, ...]]:
    for one in (one for feedback in item.feedback for one in feedback.contents):
        if isinstance(one, QtiFlow) and one.name == "hint":
            yield one.contents


_CHOSEN = {"ordered": QuestionKind.ORDER, "multiple": QuestionKind.CHOICES}


def _guessed(item: _Item) -> QuestionKind | None:
    """Return how an item is answered, by what it presents."""
    if not item.responses:
        return QuestionKind.PASSAGE
    first = item.responses[0]
    cardinality = (first.rcardinality or "Single").lower()
    if first.rendered("render_choice"):
        if len(item.responses) > 1:
            return QuestionKind.MATCH
        return _CHOSEN.get(cardinality, QuestionKind.CHOICE)
    if fib := first.rendered("render_fib"):
        earning = item.scoring.earning(first.ident)
        if not earning:
            return QuestionKind.ESSAY
        numeric = fib.fibtype.lower() in ("decimal", "integer", "scientific")
        bounded = any(one.low is not None or one.high is not None for one in earning)
        if len(item.responses) > 1:
            return QuestionKind.BLANKS
        return QuestionKind.NUMBER if numeric or bounded else QuestionKind.TEXT
    return None


def _feedback(scoring: Scoring) -> Feedback:
    told = scoring.told
    general = "\n\n".join(filter(None, (told.get("general_fb", ""), told.get("solution", ""))))
    shown: dict[str, str] = {}
    for one in scoring.conditions:
        is_right = (one.score or 0) > 0
        for name in one.shown:
            if (
                name in told
                and not name.endswith("_fb")
                and name not in ("solution", "hint")
                and (is_right or one.other)
            ):
                shown.setdefault("correct" if is_right else "incorrect", told[name])
    correct = told.get("correct_fb", "") or shown.get("correct", "")
    incorrect = told.get("general_incorrect_fb", "") or told.get("incorrect_fb", "") or shown.get("incorrect", "")
    return Feedback(general, correct, "", incorrect)


def _labels(response: QtiResponse) -> list[tuple[str, str]]:
    """Return the names and the texts of what can be chosen for a response."""
    return [(one.ident or "", material_of(one.contents)) for one in response.labels]


def _choice(item: _Item) -> Question:
    return boolean_of(_chosen(item, QuestionKind.CHOICE))


def _choices(item: _Item) -> Question:
    return _chosen(item, QuestionKind.CHOICES)


def _chosen(item: _Item, kind: QuestionKind) -> Question:
    response = item.responses[0] if item.responses else None
    if response is None:
        return Question("", kind, item.stem)
    name, labels = response.ident, _labels(response)
    shares = _shares(item.scoring, name, [ident for ident, _ in labels], dict(labels), kind)
    options = tuple(
        Option(ident, text, share, item.scoring.feedback_of(name, ident))
        for (ident, text), share in zip(labels, shares, strict=True)
    )
    render = response.rendered("render_choice")
    shuffled = render is None or (render.shuffle or "Yes").lower() != "no"
    return Question("", kind, item.stem, options=options, shuffled=shuffled)


def _shares(
    scoring: Scoring, response: str, idents: list[str], texts: Mapping[str, str], kind: QuestionKind
) -> list[float]:
    """Return the share of each option; a condition may name the text of one in place of its name."""
    by_text = {text: ident for ident, text in texts.items()}
    earned: dict[str, float] = {}
    for one in scoring.earning(response):
        for name, value in one.equal:
            if name == response:
                ident = value if value in idents else by_text.get(value, value)
                earned[ident] = max(earned.get(ident, 0.0), one.score or 0.0)
    if not earned:
        return [0.0] * len(idents)
    if kind is QuestionKind.CHOICES:
        return [1 / len(earned) if ident in earned else -1 / len(earned) for ident in idents]
    best = max(earned.values())
    return [earned.get(ident, 0.0) / best for ident in idents]


def _text(item: _Item) -> Question:
    answers = tuple(_accepted(item.scoring, item.ident))
    return Question("", QuestionKind.TEXT, item.stem, answers=answers)


def _accepted(scoring: Scoring, response: str) -> Iterator[Answer]:
    earning = scoring.earning(response)
    best = max((one.score or 0 for one in earning), default=1.0)
    for one in earning:
        for name, value in one.equal:
            if name == response and value:
                told = scoring.feedback_of(response, value)
                yield Answer(value, fraction=(one.score or 0) / best, feedback=told, exact_case=one.exact_case)


def _number(item: _Item) -> Question:
    answers = tuple(answer for one in item.scoring.earning(item.ident) for answer in _numbers(one))
    return Question("", QuestionKind.NUMBER, item.stem, answers=answers)


def _numbers(condition: Condition) -> Iterator[Answer]:
    exact = [value for _, text in condition.equal if (value := number_in(text)) is not None]
    if condition.low is None and condition.high is None:
        yield from (Answer(value=value) for value in exact)
    elif exact and condition.high is not None:
        yield Answer(value=exact[0], tolerance=round(condition.high - exact[0], 12))
    else:
        yield Answer(min=condition.low, max=condition.high)


def _match(item: _Item) -> Question:
    pairs: list[Pair] = []
    labels: dict[str, str] = {}
    for response in item.responses:
        own = dict(_labels(response))
        labels |= own
        prompt = material_of(filter(_is_material, response.contents))
        earning = item.scoring.earning(response.ident)
        right = next((value for one in earning for name, value in one.equal if name == response.ident), "")
        pairs.append(Pair(prompt, own.get(right, right)))
    used = {pair.answer for pair in pairs}
    extra = (Pair("", text) for text in dict.fromkeys(labels.values()) if text not in used)
    return Question("", QuestionKind.MATCH, item.stem, pairs=(*pairs, *extra))


def _blanks(item: _Item, *, choosing: bool = False) -> Question:
    blanks: list[Blank] = []
    stem = item.stem
    for number, response in enumerate(item.responses, 1):
        ident = response.ident
        key = _gap_name(response) or ident.removeprefix("response_") or str(number)
        labels = dict(_labels(response))
        earning = [value for one in item.scoring.earning(ident) for name, value in one.equal if name == ident]
        texts = [labels.get(value, value) for value in earning] or ([] if choosing else list(labels.values()))
        texts = (
            texts if choosing else list(dict.fromkeys((*texts, *(labels.values() if len(texts) < len(labels) else ()))))
        )
        options = tuple(labels.values()) if choosing else ()
        blanks.append(Blank(key, tuple(map(Answer, dict.fromkeys(filter(None, texts)))), options))
        pattern = re.compile(rf"\\?\[{re.escape(key)}\\?\]")
        before, _, after = stem.partition(found[0]) if (found := pattern.search(stem)) else (f"{stem} ", "", "")
        stem = f"{before}[[{key}]]{after}"
    return Question("", QuestionKind.BLANKS, stem, blanks=tuple(blanks))


def _gap_name(response: QtiResponse) -> str:
    materials = (one for one in response.contents if _is_material(one))
    texts = (one.text for material in materials for one in material.contents if isinstance(one, QtiText))
    return next(texts, "").strip()


def _dropdowns(item: _Item) -> Question:
    return _blanks(item, choosing=True)


def _order(item: _Item) -> Question:
    labels = dict(_labels(item.responses[0]))
    order = [value for one in item.scoring.earning(item.ident)[:1] for _, value in one.equal if value in labels]
    known = len(order) == len(labels)
    options = tuple(Option(ident, labels[ident], 1.0 if known else 0.0) for ident in (order if known else labels))
    return Question("", QuestionKind.ORDER, item.stem, options=options, graded=known)


def _plain(kind: QuestionKind, *, graded: bool = True) -> Callable[[_Item], Question]:
    """Return what makes a question of a kind that has no key."""

    def plain(item: _Item) -> Question:
        return Question("", kind, item.stem, graded=graded)

    return plain


_READERS: Mapping[QuestionKind | None, Callable[[_Item], Question]] = {
    QuestionKind.CHOICE: _choice,
    QuestionKind.BOOLEAN: _choice,
    QuestionKind.CHOICES: _choices,
    QuestionKind.TEXT: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.ESSAY: _plain(QuestionKind.ESSAY),
    QuestionKind.UPLOAD: _plain(QuestionKind.UPLOAD),
    QuestionKind.PASSAGE: _plain(QuestionKind.PASSAGE, graded=False),
    QuestionKind.MATCH: _match,
    QuestionKind.BLANKS: _blanks,
    QuestionKind.ORDER: _order,
    None: _plain(QuestionKind.ESSAY, graded=False),
}
