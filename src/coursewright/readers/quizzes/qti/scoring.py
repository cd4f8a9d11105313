"""How an item of QTI 1.2 is scored, and what it says after the attempt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from math import isfinite
from urllib.parse import quote

from coursewright.frozen import frozen
from coursewright.packages.documents.qti12.values import (
    QtiCondition,
    QtiImage,
    QtiItem,
    QtiPiece,
    QtiText,
    pieces,
)
from coursewright.readers.quizzes.markup import escaped
from coursewright.text.markdown.backwards import markdown_of

_IN_ADDRESSES = "/:?#[]@!$&'*+,;=%~"


@frozen
class Condition:
    """What an item looks for: `equal` are values by response that must be given; `score` is what that earns, None where
    it earns nothing; `shown` are the pieces of feedback that it shows."""

    equal: tuple[tuple[str, str], ...] = ()
    low: float | None = None
    high: float | None = None
    exact_case: bool = False
    score: float | None = None
    shown: tuple[str, ...] = ()
    other: bool = False


@frozen
class Scoring:
    """The conditions of an item in their order, and its pieces of feedback by their names."""

    conditions: tuple[Condition, ...]
    told: Mapping[str, str] = field(default_factory=dict)

    def earning(self, response: str) -> list[Condition]:
        """Return the conditions about a response that earn points."""
        return [
            one for one in self.conditions if (one.score or 0) > 0 and any(name == response for name, _ in one.equal)
        ]

    def feedback_of(self, response: str, value: str) -> str:
        """Return what is said to those who gave a value."""
        for one in self.conditions:
            if one.equal == ((response, value),):
                found = [name for name in one.shown if name not in ("correct_fb", "general_fb", "solution", "hint")]
                if found:
                    return self.told.get(found[0], "")
        return self.told.get(f"{value}_fb", "")


def scoring_of(item: QtiItem) -> Scoring:
    """Return how an item is scored."""
    told = {one.ident or "": material_of(one.contents) for one in item.feedback}
    return Scoring(tuple(map(_condition, item.conditions)), told)


def _condition(condition: QtiCondition) -> Condition:
    equal: list[tuple[str, str]] = []
    low = high = None
    exact = other = False
    for one, negated in replace(condition, tests=condition.tests[:1]).compared():
        value = one.text.strip()
        if one.name in ("varequal", "varsubstring"):
            equal += [] if negated else [(one.respident, value)]
            exact = exact or one.case.lower() == "yes"
        elif one.name in ("vargte", "vargt") and not negated:
            low = number_in(value)
            equal = equal or [(one.respident, "")]
        elif one.name in ("varlte", "varlt") and not negated:
            high = number_in(value)
        other = other or one.name == "other"
    shown = tuple(one.linkrefid for one in condition.shown)
    return Condition(tuple(equal), low, high, exact, _score(condition), shown, other)


def _score(condition: QtiCondition) -> float | None:
    found = (one for one in condition.scores if (one.varname or "SCORE").upper() in ("SCORE", "QUE_SCORE"))
    known = ((one, value) for one in found if (value := number_in(one.text)) is not None)
    return next((-value if (one.action or "").lower() == "subtract" else value for one, value in known), None)


def number_in(text: str | None) -> float | None:
    """Return the number that a text is, or None."""
    try:
        found = float((text or "").strip())
    except ValueError:
        return None
    return found if isfinite(found) else None


def material_of(found: Iterable[QtiPiece]) -> str:
    """Return what is written in some pieces, as Markdown."""
    return "\n\n".join(filter(None, map(_material, pieces(found))))


def _material(piece: QtiPiece) -> str:
    if isinstance(piece, QtiImage):
        return f"![{piece.label}]({quote(piece.uri, safe=_IN_ADDRESSES)})" if piece.uri else ""
    return _mattext(piece) if isinstance(piece, QtiText) else ""


def _mattext(found: QtiText) -> str:
    text = found.text.replace("$IMS-CC-FILEBASE$/", "").replace("%24IMS-CC-FILEBASE%24/", "")
    if (found.texttype or "text/plain").lower() in ("text/html", "text/xhtml", "html"):
        return markdown_of(text).markdown.strip()
    return markdown_of(text).markdown.strip() if "</" in text or "<br" in text else escaped(text.strip())
