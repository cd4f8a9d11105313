"""Moodle's notation for gaps in a text: `{1:MULTICHOICE:=right#yes~wrong}`."""

from __future__ import annotations

import re

from coursewright.course.quiz import Answer, Blank

_GAP = re.compile(
    r"\{(?P<weight>\d*):(?P<kind>(?:SHORTANSWER|SA|MW|SHORTANSWER_C|SAC|MWC|NUMERICAL|NM|MULTICHOICE(?:_(?:V|H|S|VS|HS))?|MC[VHS]{0,2}|MULTIRESPONSE(?:_(?:H|S|HS))?|MR[HS]{0,2})):(?P<inside>(?:[^{}\\]|\\.)*)\}",
    re.DOTALL,
)


def cloze_of(text: str) -> tuple[str, tuple[Blank, ...]]:
    """Return a text with its gaps as `[[1]]`, and these gaps."""
    blanks: list[Blank] = []

    def gap(found: re.Match[str]) -> str:
        blanks.append(_blank(str(len(blanks) + 1), found["kind"].upper(), found["inside"]))
        return f"[[{len(blanks)}]]"

    return _GAP.sub(gap, text), tuple(blanks)


def _blank(key: str, kind: str, inside: str) -> Blank:
    answers: list[Answer] = []
    options: list[str] = []
    for part in re.split(r"(?<!\\)~", inside.lstrip("~")):
        answer = _answer(part, kind)
        if answer is None:
            continue
        options.append(answer.text)
        if answer.fraction > 0:
            answers.append(answer)
    selects = kind.startswith(("MULTI", "MC", "MR"))
    return Blank(key, tuple(answers), tuple(dict.fromkeys(options)) if selects else ())


def _answer(part: str, kind: str) -> Answer | None:
    found = re.match(
        r"(?P<sign>=?)(?:%(?P<weight>-?\d+(?:\.\d+)?)%)?(?P<sign2>=?)(?P<text>(?:[^#\\]|\\.)*)(?:#(?P<told>.*))?$",
        part.strip(),
        re.DOTALL,
    )
    if not found or not found["text"].strip():
        return None
    text, told = _bare(found["text"]), _bare(found["told"] or "")
    share = float(found["weight"]) / 100 if found["weight"] else 1.0 if found["sign"] or found["sign2"] else 0.0
    if kind in ("NUMERICAL", "NM") and (near := re.fullmatch(r"(-?[\d.,]+(?:[eE]-?\d+)?)(?::([\d.,]+))?", text)):
        value, tolerance = (float(one.replace(",", ".")) if one else 0.0 for one in near.groups())
        return Answer(near[1], value=value, tolerance=tolerance, fraction=share, feedback=told)
    exact = kind in ("SHORTANSWER_C", "SAC", "MWC")
    return Answer(text, fraction=share, feedback=told, exact_case=exact)


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()
