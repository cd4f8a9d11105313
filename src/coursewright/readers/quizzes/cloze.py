"""Moodle's notation for gaps in a text: `{1:MULTICHOICE:=right#yes~wrong}`."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from coursewright.course.quiz import Answer, Blank

_GAP = re.compile(
    r"\{(?P<weight>\d*):(?P<kind>(?:SHORTANSWER|SA|MW|SHORTANSWER_C|SAC|MWC|NUMERICAL|NM|MULTICHOICE(?:_(?:V|H|S|VS|HS))?|MC[VHS]{0,2}|MULTIRESPONSE(?:_(?:H|S|HS))?|MR[HS]{0,2})):(?P<inside>(?:[^{}\\]|\\.)*)\}",
    re.DOTALL,
)
_BETWEEN = re.compile(r"(?<![\\&])(?<!&amp;)~")
_PART = re.compile(
    r"(?P<sign>=?)(?:%(?P<weight>-?\d+(?:\.\d+)?)%)?(?P<sign2>=?)(?P<text>(?:[^#\\&]|&(?:(?:amp;)?#)?|\\(?:.|$))*)(?:#(?P<told>.*))?$",
    re.DOTALL,
)
_KEPT = re.compile(r"\\([}#~\"/])")
Texts = Callable[[str], str]


def cloze_of(text: str, texts: Texts) -> tuple[str, tuple[Blank, ...]]:
    """Return a text with its gaps as `[[1]]`, and these gaps. `texts` makes Markdown of HTML."""
    blanks: list[Blank] = []

    def gap(found: re.Match[str]) -> str:
        blanks.append(_blank(str(len(blanks) + 1), found["kind"].upper(), found["inside"], texts))
        return f"[[{len(blanks)}]]"

    return _GAP.sub(gap, text), tuple(blanks)


def _blank(key: str, kind: str, inside: str, texts: Texts) -> Blank:
    selects = kind.startswith(("MULTI", "MC", "MR"))
    answers: list[Answer] = []
    options: list[str] = []
    for part in _BETWEEN.split(inside.lstrip("~")):
        answer = _answer(part, kind, texts if selects else _written, texts)
        if answer is None:
            continue
        options.append(answer.text)
        if answer.fraction > 0:
            answers.append(answer)
    return Blank(key, tuple(answers), tuple(dict.fromkeys(options)) if selects else ())


def _answer(part: str, kind: str, asked: Texts, texts: Texts) -> Answer | None:
    found = _PART.match(part.strip())
    if not found or not found["text"].strip():
        return None
    text, told = asked(_bare(found["text"])), texts(_bare(found["told"] or ""))
    share = float(found["weight"]) / 100 if found["weight"] else 1.0 if found["sign"] or found["sign2"] else 0.0
    if kind in ("NUMERICAL", "NM") and (near := re.fullmatch(r"(-?[\d.,]+(?:[eE]-?\d+)?)(?::([\d.,]+))?", text)):
        value, tolerance = (float(one.replace(",", ".")) if one else 0.0 for one in near.groups())
        return Answer(near[1], value=value, tolerance=tolerance, fraction=share, feedback=told)
    exact = kind in ("SHORTANSWER_C", "SAC", "MWC")
    return Answer(text, fraction=share, feedback=told, exact_case=exact)


def _written(text: str) -> str:
    """Return what is to be written: a star that stands for any text has no backslash before it."""
    return text.replace("\\*", "*")


def _bare(text: str) -> str:
    """Return what a part means: Moodle decodes its characters once, so what is HTML was written twice so."""
    return _KEPT.sub(r"\1", unescape(text)).strip()
