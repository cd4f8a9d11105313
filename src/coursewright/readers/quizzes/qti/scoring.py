"""How an item of QTI 1.2 is scored, and what it says after the attempt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from math import isfinite

from lxml import etree

from coursewright.frozen import frozen
from coursewright.readers.quizzes.documents_xml import inner_of, name_of
from coursewright.readers.quizzes.markup import escaped
from coursewright.text.markdown.backwards import markdown_of


@frozen
class Condition:
    """What an item looks for: `equal` are values by response that must be given, `unequal` that must not; `score` what
    that earns, None where it earns nothing; `shown` the pieces of feedback that it shows."""

    equal: tuple[tuple[str, str], ...] = ()
    unequal: tuple[tuple[str, str], ...] = ()
    low: float | None = None
    high: float | None = None
    open_low: bool = False
    exact_case: bool = False
    score: float | None = None
    adds: bool = False
    shown: tuple[str, ...] = ()
    other: bool = False


@frozen
class Scoring:
    """The conditions of an item in their order, and its pieces of feedback by their names."""

    conditions: tuple[Condition, ...]
    told: Mapping[str, str] = field(default_factory=dict)
    most: float = 100.0

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


def scoring_of(item: etree._Element) -> Scoring:
    """Return how an item is scored."""
    told = {one.get("ident") or "": material_of(one) for one in item.iterfind("{*}itemfeedback")}
    conditions = tuple(map(_condition, item.iterfind("{*}resprocessing/{*}respcondition")))
    most = next((one.get("maxvalue") for one in item.iterfind("{*}resprocessing/{*}outcomes/{*}decvar")), None)
    return Scoring(conditions, told, number_in(most) or 100.0)


def _condition(element: etree._Element) -> Condition:
    equal: list[tuple[str, str]] = []
    unequal: list[tuple[str, str]] = []
    low = high = None
    open_low = exact = False
    variable = element.find("{*}conditionvar")
    for one, negated in _tests(variable):
        name, response, value = name_of(one), one.get("respident") or "", inner_of(one).strip()
        if name in ("varequal", "varsubstring"):
            (unequal if negated else equal).append((response, value))
            exact = exact or (one.get("case") or "").lower() == "yes"
        elif name in ("vargte", "vargt") and not negated:
            low, open_low = number_in(value), name == "vargt"
            equal = equal or [(response, "")]
        elif name in ("varlte", "varlt") and not negated:
            high = number_in(value)
    score, adds = _score(element)
    shown = tuple(one.get("linkrefid") or "" for one in element.iterfind("{*}displayfeedback"))
    other = variable is not None and variable.find("{*}other") is not None
    return Condition(tuple(equal), tuple(unequal), low, high, open_low, exact, score, adds, shown, other)


def _tests(variable: etree._Element | None) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the comparisons of a condition, each with whether it must fail."""
    waiting = [(variable, False)] if variable is not None else []
    while waiting:
        one, negated = waiting.pop()
        name = name_of(one)
        if name in ("conditionvar", "and", "or", "not"):
            waiting += [(child, negated != (name == "not")) for child in reversed(one)]
        else:
            yield one, negated


def _score(element: etree._Element) -> tuple[float | None, bool]:
    found = [
        one
        for one in element.iterfind("{*}setvar")
        if (one.get("varname") or "SCORE").upper() in ("SCORE", "QUE_SCORE")
    ]
    values = [(number_in(inner_of(one)), (one.get("action") or "Set").lower()) for one in found]
    known = [(value, action) for value, action in values if value is not None]
    return (known[0][0], known[0][1] == "add") if known else (None, False)


def number_in(text: str | None) -> float | None:
    """Return the number that a text is, or None."""
    try:
        found = float((text or "").strip())
    except ValueError:
        return None
    return found if isfinite(found) else None


def material_of(element: etree._Element | None) -> str:
    """Return what is written in an element, as Markdown."""
    if element is None:
        return ""
    parts = [_mattext(one) for one in element.iter() if name_of(one) in ("mattext", "matemtext", "matimage")]
    return "\n\n".join(filter(None, parts))


def _mattext(element: etree._Element) -> str:
    if name_of(element) == "matimage":
        address = element.get("uri") or ""
        return f"![{element.get('label') or ''}]({address})" if address else ""
    text = inner_of(element).replace("$IMS-CC-FILEBASE$/", "").replace("%24IMS-CC-FILEBASE%24/", "")
    if (element.get("texttype") or "text/plain").lower() in ("text/html", "text/xhtml", "html"):
        return markdown_of(text).markdown.strip()
    return markdown_of(text).markdown.strip() if "</" in text or "<br" in text else escaped(text.strip())
