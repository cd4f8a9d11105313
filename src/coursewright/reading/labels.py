"""What the labels of fields say of prerequisites: that they are required, perhaps required, or the other way round."""

from __future__ import annotations

import re
from enum import Enum, auto

from coursewright.reading.requirements import is_plain
from coursewright.wording import normal

# Labels that speak of nothing but prerequisites.
_HEAD = re.compile(
    r"\b(?:pre ?requisites?|co ?requisites?|depends on|requires|required (?:modules?|units?|courses?|projects?)"
    r"|entry requirements?|(?:eingangs|teilnahme|zugangs)?voraussetzung(?:en)?|vorkenntnisse|vorausgesetzt"
    r"|pr[ée] ?requis|prerr?equisit[oi]s?|pr[eé] requisitos?|requisit[oi]s?(?: previ[oi]s?)?"
    r"|conocimientos previos|conhecimentos prévios|vereisten|voorkennis|wymagania(?: wstępne)?"
    r"|förkunskaper|förkunskapskrav|forudsætninger|adgangskrav|forkunnskaper|forkunnskapskrav|esitiedot|předpoklady"
    r"|prerekvizity|пререквизиты|предварительные требования|ön koşullar)\b"
    r"|前提条件|先修课程|先决条件|선수 ?과목|المتطلبات",
    re.IGNORECASE,
)
# Labels that may speak of units, or of anything else: `Before you begin`, `Prior knowledge`.
_WEAK = re.compile(
    r"^(?:before (?:you|we) (?:begin|start)|before (?:starting|beginning)|prior knowledge|assumed knowledge"
    r"|what (?:you|learners)(?: ll| will)?(?: should| must)? (?:need|know|have done)\b.*|requirements?|required"
    r"|bevor (?:sie|du|ihr|es) (?:beginn|anfang|start)\w*|bevor es losgeht|vor dem start|anforderungen"
    r"|avant de (?:commencer|débuter)|connaissances préalables|antes de (?:empezar|comenzar|começar|iniciar)"
    r"|prima di (?:iniziare|cominciare)|conoscenze pregresse|voordat (?:je|u) begint|zanim zaczniesz"
    r"|innan du (?:börjar|startar)|før du (?:begynner|begynder|starter)|než začnete|перед началом)$",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"^(?:after|follows(?: on)?(?: from)?|builds (?:up)?on|comes after|preceded by|needs|nach|baut auf|après|después de"
    r"|dopo|após|depois de|na|po|efter|etter|previous (?:module|unit|project|course)s?)$",
    re.IGNORECASE,
)
_BACKWARDS = re.compile(
    r"(?:requisites?|required) (?:of|for|by|to)(?! this| the (?:module|project|unit|course)$)\b"
    r"|voraussetzung(?:en)? (?:für|von)(?! dies)\b|^(?:prérequis|pré requis) (?:pour|de|du)(?! ce)\b"
    r"|requisit[oi]s? (?:de|para|per|di)(?! est| quest)\b"
)
_REVERSED = re.compile(
    r"^(?:(?:required|needed) (?:for|by|before)(?! th[ei]s?\b)|unlocks|gates|erforderlich für|requis pour)\b"
)
_TOGETHER = re.compile(r"\bco ?requisites?\b")
_ADDED = re.compile(
    r"\b(?:skills?|knowledge|dependencies|formal|entry|for|this|prior|y|e|et|und|en|vereiste|fachliche)\b"
)


class Label(Enum):
    """What a label makes of what follows it."""

    PLAIN = auto()
    DOUBTFUL = auto()
    BACKWARDS = auto()
    PERHAPS = auto()


def label_of(label: str, qualifier: str = "") -> Label | None:
    """Return what a label makes of the units after it, or None for one that speaks of no prerequisites."""
    name = normal(f"{label} {qualifier}")
    if not (head := _HEAD.search(name)):
        return None
    if _BACKWARDS.search(name):
        return Label.BACKWARDS
    rest = _ADDED.sub(" ", name[: head.start()] + " " + name[head.end() :])
    return Label.DOUBTFUL if _TOGETHER.search(name) or not is_plain(rest) else Label.PLAIN


def label_of_units(label: str, qualifier: str = "") -> Label | None:
    """Return what a label makes of what follows it where that surely names units: weaker labels count there."""
    name = normal(f"{label} {qualifier}")
    if found := label_of(label, qualifier):
        return found
    if _REVERSED.match(name):
        return Label.BACKWARDS
    if _WEAK.match(name):
        return Label.PLAIN
    return Label.PERHAPS if _PERHAPS.match(name) else None
