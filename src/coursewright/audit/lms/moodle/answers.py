"""What questions of a backup cannot be answered by, or always are: by the type of the question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.lms.moodle.losses import Problem
from coursewright.audit.lms.moodle.stock import words_of
from coursewright.packages.documents.moodle.xml import number, said

Blemish = tuple[str, str, str]
"""What is wrong with a question that is asked all the same, what comes of it, and the remedy."""
NOT_ALL = "nobody gets all its marks"
_RIGHT = 0.99  # from which fraction on an answer is the right one of true and false
_FUNCTIONS = words_of("""
    abs acos acosh asin asinh atan atan2 atanh bindec ceil cos cosh decbin decoct deg2rad exp expm1 floor fmod is_finite
    is_infinite is_nan log log10 log1p max min octdec pi pow rad2deg round sin sinh sqrt tan tanh
""")
_CALLED, _WILDCARD = re.compile(r"([A-Za-z_]\w*)\s*\("), re.compile(r"\{([A-Za-z][^{}=\s]*)\}")
_VALUE = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_FORMULAS = ("calculated", "calculatedsimple")  # others have them within a text
# Where markers belong, by the shape of the place.
_POINT = r"\s*\d+\s*,\s*\d+\s*"
_COORDINATES = {
    "circle": re.compile(rf"{_POINT};\s*\d+\s*"),
    "rectangle": re.compile(rf"{_POINT};{_POINT}"),
    "polygon": re.compile(rf"{_POINT}(?:;{_POINT}){{2,}}"),
}


def truth(question: etree._Element, plugin: etree._Element) -> Iterator[Blemish]:
    """Yield that not just one of true and false is right: that is judged by the answer that is named as true alone."""
    earned = {one.get("id"): number(one, "fraction") or 0 for one in plugin.iterfind("answers/answer")}
    yes, no = (said(plugin, "truefalse", name) for name in ("trueanswer", "falseanswer"))
    taken = f"takes {'True' if earned.get(yes, 0) > _RIGHT else 'False'} for right, and the other for wrong"
    if yes not in earned:
        yield "its <trueanswer> does not name an answer of it", taken, "write the number of the answer True there"
    elif no not in earned or yes == no:
        reason, comes = "its <falseanswer> does not name its other answer", "shows the comment on False amiss"
        yield reason, comes, "write the number of the answer False there"
    if len(earned) > 1 and min(earned.values()) > 0:
        yield "both of its answers are right", taken, "write 0 as the <fraction> of the wrong one"
    elif earned and max(earned.values()) <= _RIGHT:
        yield "none of its answers earns all its marks", taken, "write 1 as the <fraction> of the right one"


def essays(question: etree._Element, plugin: etree._Element) -> Iterator[Blemish]:
    """Yield that an essay asks for more words than it takes."""
    for essay in plugin.iterfind("essay"):
        least, most = number(essay, "minwordlimit"), number(essay, "maxwordlimit")
        if least and most and least > most:
            reason = f"it asks for {least:g} words or more, and takes {most:g} or fewer"
            yield reason, "takes every answer for unfinished", "correct <minwordlimit>"


def drops(question: etree._Element, plugin: etree._Element) -> Iterator[Blemish]:
    """Yield which places no marker can be put on."""
    for drop in plugin.iterfind("drops/drop"):
        shape, place = said(drop, "shape"), said(drop, "coords")
        form = _COORDINATES.get(shape)
        if form is not None and not form.fullmatch(place):
            yield f"its place '{place[:40]}' is not a {shape}", NOT_ALL, "write its <coords> as x,y;…"


def markers(question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    """Yield which places are for markers that are not there."""
    known = {said(one, "no") for one in plugin.iterfind("drags/drag")}
    for drop in plugin.iterfind("drops/drop"):
        if (choice := said(drop, "choice")) not in known:
            yield f"a place is for the marker {choice[:20]}, which it does not have", "correct its <choice>"


def formulas(question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    """Yield which formulas cannot be counted: by what they call, or for want of values."""
    sets = {said(one, "name"): one for one in plugin.iter("dataset_definition")}
    texts = [said(one, "answertext") for one in plugin.iterfind("answers/answer")]
    named = (name for text in texts for name in _WILDCARD.findall(text))
    called = (name for text in texts for name in _CALLED.findall(text) if said(question, "qtype") in _FORMULAS)
    if gone := [name for name in named if name not in sets]:
        yield f"its formula names {{{gone[0][:20]}}}, for which it has no values", "add that data set"
    if odd := [name for name in called if name.lower() not in _FUNCTIONS]:
        yield f"its formula calls {odd[0][:20]}(), which Moodle does not know", "write it with what Moodle knows"
    yield from (told for name, one in sets.items() if (told := _unfilled(name, one)))


def _unfilled(name: str, one: etree._Element) -> Problem | None:
    """Return what is wrong with the values of a data set: they are numbered from 1, as many as it says."""
    values = {said(item, "number"): said(item, "value") for item in one.iterfind("dataset_items/dataset_item")}
    count = int(number(one, "itemcount") or 0)
    shown = f"its data set {{{name[:20]}}}"
    if not values or not count or count > len(values):
        reason = f"{shown} has {len(values)} {'value' if len(values) == 1 else 'values'}, and says that it has {count}"
        return reason, "write as many as <itemcount> says, and one at least"
    if gone := [key for key in range(1, 1 + count) if str(key) not in values]:
        return f"{shown} has no value {gone[0]}, and says that it has {count}", "number its values from 1"
    if odd := [value for value in values.values() if not _VALUE.fullmatch(value)]:
        return f"{shown} has the value '{odd[0][:40]}', which is not a number", "write a number"
    return None
