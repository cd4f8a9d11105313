"""What the labels of fields say of prerequisites: that they are required, perhaps required, or the other way round."""

from __future__ import annotations

import re
from enum import Enum, auto

from coursewright.reading.requirements import is_plain
from coursewright.wording import normal

_HEAD = re.compile(
    r"\b(?:pre ?requisites?|co ?requisites?|depends on|requires|required (?:modules?|units?|courses?|projects?)"
    r"|entry requirements?|prior knowledge|before you (?:begin|start)"
    r"|(?:eingangs|teilnahme|zugangs)?voraussetzung(?:en)?|vorkenntnisse|vorausgesetzt|pr[ée] ?requis|prerr?equisit[oi]s?"
    r"|pr[eé] requisitos?|requisit[oi]s?(?: previ[oi]s?)?|conocimientos previos|conhecimentos prévios|vereisten|voorkennis"
    r"|wymagania(?: wstępne)?|förkunskaper|förkunskapskrav|forudsætninger|forkunnskaper|esitiedot|předpoklady|prerekvizity"
    r"|пререквизиты|предварительные требования|ön koşullar)\b|前提条件|先修课程|先决条件|선수 ?과목|المتطلبات",
    re.IGNORECASE,
)
_BACKWARDS = re.compile(r"(?:requisites?|required) (?:of|for|by)(?! this| the (?:module|project|unit|course)$)\b")
_TOGETHER = re.compile(r"\bco ?requisites?\b")
_ADDED = re.compile(
    r"\b(?:skills?|knowledge|dependencies|formal|entry|for|this|prior|y|e|et|und|en|vereiste|fachliche)\b"
)


class Label(Enum):
    """What a label makes of what follows it."""

    PLAIN = auto()
    DOUBTFUL = auto()
    BACKWARDS = auto()


def label_of(label: str, qualifier: str = "") -> Label | None:
    """Return what a label makes of the units after it, or None for one that speaks of no prerequisites."""
    name = normal(f"{label} {qualifier}")
    if not (head := _HEAD.search(name)):
        return None
    if _BACKWARDS.search(name):
        return Label.BACKWARDS
    rest = _ADDED.sub(" ", name[: head.start()] + " " + name[head.end() :])
    return Label.DOUBTFUL if _TOGETHER.search(name) or not is_plain(rest) else Label.PLAIN
