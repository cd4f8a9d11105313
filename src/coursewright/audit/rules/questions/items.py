"""Rules over the items of QTI 2 and 3: what they declare, ask for and score fits together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import rule
from coursewright.audit.rules.questions.assessments import Assessment, attribute, plain
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.text.patterns import later

_DECLARATIONS = ("responseDeclaration", "outcomeDeclaration", "templateDeclaration", "contextDeclaration")
_BUILT_IN = {"numAttempts", "duration", "completionStatus", "completion_status", "QTI_CONTEXT"}
_READING = ("variable", "correct", "mapResponse", "mapResponsePoint")
_TEMPLATE = later(
    r"https?://[a-z.]*(?:imsglobal|1edtech)\.org/\S*rptemplates/"
    r"(?P<name>match_correct|map_response_point|map_response|CC2_match_basic|CC2_match|CC2_map_response)(?:\.xml)?"
)
_BY_TEMPLATE = {"match_correct": "correctResponse", "map_response": "mapping", "map_response_point": "areaMapping"}
_SET_OUTSIDE = ("setCorrectResponse", "templateProcessing")  # what may give an item its right answer at run time


def _wrong(item: Assessment, element: etree._Element, problem: str, weight: Severity | None = None) -> Flaw:
    return flaw(messages.VARIABLE_WRONG, element, weight, item=item.title, problem=problem)


@rule("P280", over=Assessment)
def responses_are_declared(item: Assessment) -> Iterator[Flaw]:
    """Every interaction answers to a response that is declared, and every response is asked for."""
    declared = _declared(item, "responseDeclaration")
    used = {str(value) for interaction in item.interactions() for value in interaction.attrib.values()}
    for interaction in item.interactions():
        name = attribute(interaction, "responseIdentifier")
        if name and name not in declared:
            problem = f"its <{plain(interaction)}> answers to the response '{name}', which it does not declare"
            yield _wrong(item, interaction, problem)
    for name, element in declared.items():
        if name not in used and not item.elements.get("include"):  # what is taken in may ask for it
            yield _wrong(item, element, f"nothing asks for its response '{name}'", Severity.INFO)


@rule("P280", over=Assessment)
def variables_are_declared(item: Assessment) -> Iterator[Flaw]:
    """What processing reads and sets, and feedback waits for, is declared."""
    known = {name for kind in _DECLARATIONS for name in _declared(item, kind)} | _BUILT_IN
    outcomes = _declared(item, "outcomeDeclaration").keys() | _BUILT_IN
    for names, key, allowed in (
        (_READING, "identifier", known),
        (("setOutcomeValue",), "identifier", outcomes),
        (("modalFeedback", "feedbackBlock", "feedbackInline"), "outcomeIdentifier", outcomes),
    ):
        for element in item.all(*names):
            if (name := attribute(element, key)) not in allowed:
                yield _wrong(item, element, f"its <{plain(element)}> names '{name}', which it does not declare")


@rule("P235", over=Assessment)
def identifiers_are_unique(item: Assessment) -> Iterator[Flaw]:
    """No two declarations, and no two choices of an interaction, have one identifier."""
    for elements in (item.all(*_DECLARATIONS), *item.interactions().values()):
        yield from twice(elements)


def twice(elements: Iterable[etree._Element]) -> Iterator[Flaw]:
    """Yield a flaw for each identifier that more than one of some elements have."""
    seen: set[str] = set()
    for element in elements:
        name = attribute(element, "identifier")
        if name and name in seen:
            yield flaw(messages.IDENTIFIER_TWICE, element, name=name)
        seen.add(name)


@rule("P272", over=Assessment)
def right_answers_can_be_given(item: Assessment) -> Iterator[Flaw]:
    """The right answers, and those that are worth points, are choices of their interactions."""
    offered = _offered(item)
    for name, declaration in _declared(item, "responseDeclaration").items():
        if attribute(declaration, "baseType") not in ("identifier", "pair", "directedPair") or not offered.get(name):
            continue
        for element, answer in _answers(declaration):
            if missing := [part for part in answer.split() if part not in offered[name]]:
                problem = f"the answer '{missing[0]}'"
                weight = None if plain(element) == "value" else Severity.WARNING
                yield flaw(messages.ANSWER_UNKNOWN, element, weight, question=item.title, problem=problem)


def _answers(declaration: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for part in declaration:
        for element in part:
            if plain(part) == "correctResponse" and plain(element) == "value":
                yield element, element.text or ""
            elif plain(part) == "mapping" and plain(element) == "mapEntry":
                yield element, attribute(element, "mapKey")


def _offered(item: Assessment) -> dict[str, set[str]]:
    """Return the choices of each response."""
    offered: dict[str, set[str]] = {}
    for interaction, choices in item.interactions().items():
        names = {attribute(choice, "identifier") for choice in choices}
        offered.setdefault(attribute(interaction, "responseIdentifier"), set()).update(names)
    return offered


@rule("P273", over=Assessment)
def answers_can_be_scored(item: Assessment) -> Iterator[Flaw]:
    """What is scored by its right answer or its mapping has one."""
    if any(item.elements.get(name) for name in _SET_OUTSIDE):
        return
    declared = _declared(item, "responseDeclaration").items()
    parts = {name: {plain(part) for part in declaration} for name, declaration in declared}
    said: set[str] = set()
    offered = _offered(item)
    for element, name, wanted in _scored(item):
        if name not in parts or name in said or wanted in parts[name]:
            continue
        said.add(name)
        reason, weight = f": its response {name} has no <{wanted}>", None if offered.get(name) else Severity.WARNING
        yield flaw(messages.NO_RIGHT_ANSWER, element, weight, question=item.title, reason=reason)


def _scored(item: Assessment) -> Iterator[tuple[etree._Element, str, str]]:
    """Yield what scores a response, which, and by what part of its declaration."""
    parts = {"correct": "correctResponse", "mapResponse": "mapping", "mapResponsePoint": "areaMapping"}
    for name, part in parts.items():
        for element in item.all(name):
            yield element, attribute(element, "identifier"), part
    for processing in item.all("responseProcessing"):
        found = _TEMPLATE.fullmatch(attribute(processing, "template"))
        if found and found["name"] in _BY_TEMPLATE:
            yield processing, "RESPONSE", _BY_TEMPLATE[found["name"]]


@rule("P280 P281", over=Assessment)
def processing_can_be_done(item: Assessment) -> Iterator[Flaw]:
    """Processing is by a template that everyone has, or written out; its templates score RESPONSE as SCORE."""
    outcomes, responses = _declared(item, "outcomeDeclaration"), _declared(item, "responseDeclaration")
    for processing in item.all("responseProcessing"):
        template = attribute(processing, "template")
        if _TEMPLATE.fullmatch(template):
            for name, declared in (("SCORE", outcomes), ("RESPONSE", responses)):
                if name not in declared:
                    yield _wrong(item, processing, f"its template needs {name}, which it does not declare")
        elif template and not len(processing) and not attribute(processing, "templateLocation"):
            yield flaw(messages.TEMPLATE_UNKNOWN, processing, item=item.title, template=template)
        elif len(processing) and "SCORE" not in outcomes:
            yield _wrong(item, processing, "it is processed, and declares no SCORE", Severity.INFO)


def _declared(item: Assessment, kind: str) -> dict[str, etree._Element]:
    return {attribute(element, "identifier"): element for element in item.all(kind)}
