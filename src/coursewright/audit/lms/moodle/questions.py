"""What a question of a backup lacks to be asked, answered and marked, by its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import Problem, amiss, bare_lists, breaks_quiz, left_out, marks_amiss
from coursewright.audit.lms.moodle.restored import of_document, titled
from coursewright.audit.lms.moodle.stock import QUESTION_TYPES, unknown_functions, words_of
from coursewright.audit.rule import OpenedDocument
from coursewright.findings.finding import Severity
from coursewright.packages.documents.elements import all_within
from coursewright.packages.documents.moodle.xml import ENTERED_NUMBER, NULL, number, said
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject

Blemish = tuple[str, str, str]
"""What is wrong with a question that is asked all the same, what comes of it, and the remedy."""
_NOT_ALL = "nobody gets all its marks"
_RIGHT = 0.99  # from which fraction on an answer is the right one of true and false
_FUNCTIONS = words_of("""
    abs acos acosh asin asinh atan atan2 atanh bindec ceil cos cosh decbin decoct deg2rad exp expm1 floor fmod is_finite
    is_infinite is_nan log log10 log1p max min octdec pi pow rad2deg round sin sinh sqrt tan tanh
""")
_WILDCARD = re.compile(r"\{([A-Za-z][^{}=\s]*)\}")
_VALUE = re.compile(ENTERED_NUMBER)
_ANY_ANSWER = "*"
_FORMULAS = ("calculated", "calculatedsimple")  # others have them within a text
# Where markers belong, by the shape of the place.
_POINT = r"\s*\d+\s*,\s*\d+\s*"
_COORDINATES = {
    "circle": re.compile(rf"{_POINT};\s*\d+\s*"),
    "rectangle": re.compile(rf"{_POINT};{_POINT}"),
    "polygon": re.compile(rf"{_POINT}(?:;{_POINT}){{2,}}"),
}
_ASKS_NOTHING = ("random", "description")
_MARKED = ("multichoice", "shortanswer", "numerical")  # by the best of their answers
# What no attempt starts without its plugin_qtype_….
_LOADED = ("ddwtos", "gapselect", "match", "ordering", "truefalse", "ddmarker", "ddimageortext", "calculated")
# The record without which a question of a type cannot be loaded, and no attempt starts.
_RECORDS: Mapping[str, str] = {
    **{kind: kind for kind in ("ddimageortext", "ddmarker", "ddwtos", "gapselect", "ordering")},
    "match": "matchoptions",
}
# What is looked into, whatever it holds, before anything is restored.
_LISTING = {f"plugin_qtype_{kind}_question" for kind in ("calculated", "calculatedmulti", "calculatedsimple", "match")}
_IS_TYPED = ("shortanswer", "numerical")
_NONE, _NEVER_GIVEN = "nobody gets marks for it", "nobody can give one of its answers"
_NEARLY_ALL = 0.985  # of the mark, such as three times 33 %
_PLACE, _GAP = re.compile(r"\[\[(\d{1,6})\]\]"), re.compile(r"\{#(\d{1,6})\}")


@of_document("L535 L563", named="questions.xml", most=20)
def questions_can_be_used(document: OpenedDocument) -> Iterator[Flaw]:
    """Every question can be loaded, answered and marked."""
    for question in document.root.iter("question"):
        if not question.get("id"):
            continue
        name = f"with the question “{said(question, 'name')[:80]}”"
        kind, plugin = _typed(question)
        if told := _unloadable(kind, plugin):
            yield breaks_quiz(question, name, *told)
        elif told := _unaskable(kind, question, plugin):
            yield breaks_quiz(question, name, *told).weighing(Severity.WARNING)
        elif blemish := next(_blemishes(kind, question, plugin), None):
            yield marks_amiss(question, titled(question), *blemish)


def breaking(subject: Subject) -> dict[str, str]:
    """Return the questions with which no attempt starts, by the number of their entry, each with why."""
    root, found = read_document("questions.xml", subject.container), dict[str, str]()
    for entry in all_within(root, "question_bank_entry"):
        for question in entry.iter("question"):
            kind, plugin = _typed(question)
            if told := _unloadable(kind, plugin) or _unaskable(kind, question, plugin):
                found[entry.get("id", "")] = f"of the question {titled(question)} {told[0]}"
    return found


@of_document("L502", named="questions.xml", most=20)
def lists_are_not_without_text(document: OpenedDocument) -> Iterator[Flaw]:
    """Nothing that the restore looks into for a list is empty to the last blank: it takes that for a text."""
    for question in document.root.iter("question"):
        plugin = f"plugin_qtype_{said(question, 'qtype')}_question"
        names = ("question_hints", *((plugin,) if plugin in _LISTING else ()))
        found = (question.find(name) for name in names)
        yield from bare_lists((*found, *question.iter("dataset_items")))


_ENTRIES_SINCE = ((4, 0), 20220202)  # the release, and the day of the version, from which on questions have entries


@of_document("L533", named="questions.xml")
def questions_are_of_the_version(document: OpenedDocument) -> Iterator[Flaw]:
    """Questions are written as the version does that the backup says it is of: no others are looked for."""
    information = document.subject.found.root.find("information")
    release, version = said(information, "backup_release"), said(information, "moodle_version")
    numbers = tuple(int(one) for one in re.findall(r"\d{1,9}", release.partition("(")[0])[:2])
    day = re.search(r"\d{8}", version)
    if day is None:
        return  # which is told
    is_old = numbers < _ENTRIES_SINCE[0] or int(day[0]) < _ENTRIES_SINCE[1]
    later = next(document.root.iter("question_bank_entry"), None)
    earlier = document.root.find("question_category/questions/question")
    lost = later if is_old else earlier
    if lost is not None:
        said_to_be = f"the backup says that it is of Moodle {release or 'without a number'} ({version[:20]})"
        written = "from 4.0 on" if is_old else "before 4.0"
        reason = f"{said_to_be}, and they are written as {written}"
        yield left_out(lost, "all questions", reason, "write the <backup_release> and <moodle_version> it is from")


@of_document("L556", named="questions.xml", most=20)
def questions_ask_something(document: OpenedDocument) -> Iterator[Flaw]:
    """Every question has a text."""
    for question in document.root.iter("question"):
        text = question.find("questiontext")
        is_silent = text is not None and not (text.text or "").strip()
        if is_silent and question.findtext("qtype") not in _ASKS_NOTHING:
            yield _amiss(question, "it has no text", "learners do not see what is asked", "write its <questiontext>")


@of_document("L556", named="questions.xml", most=20)
def questions_have_answers(document: OpenedDocument) -> Iterator[Flaw]:
    """What is answered by choosing, or compared with answers, has some."""
    for question in document.root.iter("question"):
        if question.findtext("qtype") in _MARKED and next(question.iter("answer"), None) is None:
            yield _amiss(question, "it has no answers", "nobody gets points for it", "add its answers")


@of_document("L556", named="questions.xml", most=20)
def questions_are_of_their_own(document: OpenedDocument) -> Iterator[Flaw]:
    """A question is a part of a Cloze alone, if of any: else no bank shows it."""
    kinds = {one.get("id", ""): said(one, "qtype") for one in document.root.iter("question")}
    for question in document.root.iter("question"):
        parent = said(question, "parent")
        if parent and kinds.get(parent) not in (None, "multianswer") and parent != question.get("id"):
            reason = f"its <parent> is the question {parent[:20]}, which is no Cloze"
            yield _amiss(question, reason, "no bank shows it", "write 0 as its <parent>")


def _typed(question: etree._Element) -> tuple[str, etree._Element | None]:
    """Return the type of a question, and what it has of that."""
    kind = said(question, "qtype")
    return kind, question.find(f"plugin_qtype_{kind}_question")


def _amiss(question: etree._Element, reason: str, taken: str, remedy: str) -> Flaw:
    return amiss(question, f"the question {titled(question)}", reason, taken, remedy)


def _unloadable(kind: str, plugin: etree._Element | None) -> Problem | None:
    """Return why a question stops whatever asks it."""
    if plugin is None and kind in _LOADED:
        return f"it has no <plugin_qtype_{kind}_question>, and cannot be loaded", "write that"
    record = _RECORDS.get(kind, "")
    if record and plugin is not None and plugin.find(record) is None:
        return f"it has no <{record}>, and cannot be loaded", f"write <{record}>"
    return None


def _unaskable(kind: str, question: etree._Element, plugin: etree._Element | None) -> Problem | None:
    """Return why a question cannot be asked as it is."""
    if kind and kind not in QUESTION_TYPES:
        reason = f"it is of the type '{kind[:40]}', which only a plugin has, and no attempt starts without that"
        return reason, "install that plugin first, or replace the question"
    judge = _BREAKING.get(kind)
    return next(judge(question, plugin), None) if judge is not None and plugin is not None else None


def _blemishes(kind: str, question: etree._Element, plugin: etree._Element | None) -> Iterator[Blemish]:
    """Yield what is wrong with a question that is asked all the same."""
    if plugin is None:
        if kind == "multianswer":
            yield f"it has nothing of its type, {kind}", _NONE, f"write <plugin_qtype_{kind}_question>"
        return
    if kind in _IS_TYPED and any(not text.strip() for text in _answers(plugin)):
        yield "one of its answers has no text", _NEVER_GIVEN, "write the answer"
    if kind in _SPOILING:
        yield from _SPOILING[kind](question, plugin)
    if kind in _MARKED:
        yield from _marked(plugin, kind)


def _marked(plugin: etree._Element, kind: str) -> Iterator[Blemish]:
    """Yield why nobody can get all marks of a question, or somebody more than all."""
    fractions = [number(answer, "fraction") or 0 for answer in plugin.iterfind("answers/answer")]
    is_many = kind == "multichoice" and said(plugin, "multichoice", "single") == "0"
    right = [one for one in fractions if one > 0]
    best = sum(right) if is_many else max(fractions, default=0)
    is_more = best - min(right, default=0) > 0.995 if is_many else best > 1.005  # without one of them, it is all
    if not fractions or (best > _NEARLY_ALL and not is_more):
        return
    added = "its right answers together earn" if is_many else "its best answer earns"
    reason = f"{added} {best * 100:.0f} % of its mark" if best > 0 else "none of its answers earns marks"
    taken = _NONE if best <= 0 else "some get more than all its marks" if is_more else _NOT_ALL
    yield reason, taken, "correct the <fraction> of the right answers"


# --- by type ---


def _answers(plugin: etree._Element) -> list[str]:
    found = (text.text or "" for text in plugin.iterfind("answers/answer/answertext"))
    return ["" if text == NULL else text for text in found]


def _numbers(question: etree._Element, plugin: etree._Element) -> Iterator[Blemish]:
    for text in map(str.strip, _answers(plugin)):
        if text not in ("", _ANY_ANSWER) and not _VALUE.fullmatch(text):
            yield f"its answer '{text[:40]}' is not a number", _NEVER_GIVEN, "write a number, with a point, or *"
    for record in plugin.iter("numerical_record"):
        tolerance = said(record, "tolerance")
        if tolerance not in ("", _ANY_ANSWER) and (tolerance.startswith("-") or not _VALUE.fullmatch(tolerance)):
            yield f"its tolerance '{tolerance[:40]}' is not a number from 0", _NEVER_GIVEN, "write a number, such as 0"


def _places(question: etree._Element, plugin: etree._Element) -> Iterator[Blemish]:
    """Yield what is wrong with the places for words in a text: each has the number of an answer."""
    count = len(_answers(plugin))
    places = [int(found[1]) for found in _PLACE.finditer(question.findtext("questiontext", ""))]
    if not places:
        yield "its text has no place for an answer", _NONE, "write [[1]] where the first belongs"
    elif beyond := [place for place in places if not 0 < place <= count]:
        reason = f"its text has a place [[{beyond[0]}]], and it has {count} answers"
        yield reason, "nobody can fill that", "add the answer, or take the place out"


def _gaps(question: etree._Element, plugin: etree._Element) -> Iterator[Blemish]:
    """Yield what is wrong with the gaps of a Cloze: each has the number of a question in it."""
    sequence = (plugin.findtext("multianswer/sequence") or "").strip()
    count = sum(bool(one.strip()) for one in sequence.split(","))
    wanted, questions = set(range(1, 1 + count)), f"{count} {'question' if count == 1 else 'questions'}"
    gaps = {int(found[1]) for found in _GAP.finditer(question.findtext("questiontext", ""))}
    if beyond := sorted(gaps - wanted):
        reason = f"its text has a gap {{#{beyond[0]}}}, and its <sequence> names {questions}"
        yield reason, "nobody can fill that", "name the question of each gap in <sequence>"
    elif hidden := sorted(wanted - gaps):
        reason = f"its <sequence> names {questions}, and its text has no gap {{#{hidden[0]}}}"
        yield reason, _NOT_ALL, "write the gap into the text"


def _pairs(question: etree._Element, plugin: etree._Element) -> Iterator[Blemish]:
    if plugin.find("matches/match") is None:
        yield "it has nothing to match", _NONE, "write its <matches>"


def _order(question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    if not _answers(plugin):
        yield "it has nothing to put into order", "write its answers"


def _truth(question: etree._Element, plugin: etree._Element) -> Iterator[Blemish]:
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


def _essays(question: etree._Element, plugin: etree._Element) -> Iterator[Blemish]:
    """Yield that an essay asks for more words than it takes."""
    for essay in plugin.iterfind("essay"):
        least, most = number(essay, "minwordlimit"), number(essay, "maxwordlimit")
        if least and most and least > most:
            reason = f"it asks for {least:g} words or more, and takes {most:g} or fewer"
            yield reason, "takes every answer for unfinished", "correct <minwordlimit>"


def _drops(question: etree._Element, plugin: etree._Element) -> Iterator[Blemish]:
    """Yield which places no marker can be put on."""
    for drop in plugin.iterfind("drops/drop"):
        shape, place = said(drop, "shape"), said(drop, "coords")
        form = _COORDINATES.get(shape)
        if form is not None and not form.fullmatch(place):
            yield f"its place '{place[:40]}' is not a {shape}", _NOT_ALL, "write its <coords> as x,y;…"


def _markers(question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    """Yield which places are for markers that are not there."""
    known = {said(one, "no") for one in plugin.iterfind("drags/drag")}
    for drop in plugin.iterfind("drops/drop"):
        if (choice := said(drop, "choice")) not in known:
            yield f"a place is for the marker {choice[:20]}, which it does not have", "correct its <choice>"


def _formulas(question: etree._Element, plugin: etree._Element) -> Iterator[Problem]:
    """Yield which formulas cannot be counted: by what they call, or for want of values."""
    sets = {said(one, "name"): one for one in plugin.iter("dataset_definition")}
    texts = [said(one, "answertext") for one in plugin.iterfind("answers/answer")]
    if gone := [name for text in texts for name in _WILDCARD.findall(text) if name not in sets]:
        yield f"its formula names {{{gone[0][:20]}}}, for which it has no values", "add that data set"
    odd = [name for text in texts for name in unknown_functions(text, _FUNCTIONS)]
    if odd and said(question, "qtype") in _FORMULAS:
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


_BREAKING: Mapping[str, Callable[[etree._Element, etree._Element], Iterator[Problem]]] = {
    **dict.fromkeys(("calculated", "calculatedsimple", "calculatedmulti"), _formulas),
    "ddmarker": _markers,
    "ordering": _order,
}
_SPOILING: Mapping[str, Callable[[etree._Element, etree._Element], Iterator[Blemish]]] = {
    "ddmarker": _drops,
    "essay": _essays,
    "numerical": _numbers,
    "truefalse": _truth,
    "ddwtos": _places,
    "gapselect": _places,
    "multianswer": _gaps,
    "match": _pairs,
}
