"""What an activity of a backup says of itself that cannot come true: grades, times, rubrics, questions without text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from coursewright.audit.lms.moodle.columns import numbers
from coursewright.audit.lms.moodle.parts import folders
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.documents.moodle.xml import NULL
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,9})?")
_MOST_NAMED = 20  # questions
_GIVE_POINTS = ("assign", "quiz")
_POINTS = "1"  # as a kind of grades
_UNCOUNTED = ("0", "3")  # no grade, and a text
_DRAFT = "10"  # the status of a rubric
_ASKS_NOTHING = ("random", "description")
# When learners can begin, and until when, by the kind of activity.
_TIMES: Mapping[str, tuple[str, str]] = {
    "quiz": ("timeopen", "timeclose"),
    "choice": ("timeopen", "timeclose"),
    "feedback": ("timeopen", "timeclose"),
    "scorm": ("timeopen", "timeclose"),
    "lesson": ("available", "deadline"),
    "assign": ("allowsubmissionsfromdate", "cutoffdate"),
    "data": ("timeavailablefrom", "timeavailableto"),
    "workshop": ("submissionstart", "submissionend"),
    "bigbluebuttonbn": ("openingtime", "closingtime"),
}
Told = tuple[str, str, str, str]
"""What it is about, why, what Moodle makes of it, and the remedy."""


@rule("L556", family=Family.MOODLE, lms="moodle")
def activities_make_sense(subject: Subject) -> Iterator[Finding]:
    """Grades can be reached, doors open before they shut, and rubrics have criteria with levels."""
    judges = (("grades.xml", _grades), ("gradebook.xml", _grades), ("grading.xml", _rubrics))
    parts = folders("activities/activity", subject)
    names = [f"{folder}/{name}" for folder in parts for name, _ in judges] + ["gradebook.xml"]
    names += [f"{folder}/{folder.rpartition('/')[2].partition('_')[0]}.xml" for folder in parts]
    for name in within_bounds(names, subject.container, "documents", count=MOST_OF_A_BACKUP):
        root = read_document(name, subject.container)
        judge = dict(judges).get(name.rpartition("/")[2], _times)
        for element, told in judge(root) if root is not None else ():
            yield _finding(name, element, told, subject)


@rule("L502", family=Family.MOODLE, lms="moodle")
def grades_of_categories_are_numbers(subject: Subject) -> Iterator[Finding]:
    """No number of a grade of the gradebook itself is empty: the restore looks for such a grade by all its values."""
    name = "gradebook.xml"
    root = read_document(name, subject.container) if not subject.container.alone else None
    items = root.iter("grade_item") if root is not None else ()
    for item in (one for one in items if one.findtext("itemtype") in ("category", "manual")):
        empty = next((one for one in item if one.tag in numbers(name, "grade_item") and one.text in (None, "")), None)
        if empty is not None:
            place, reason = place_of(name, subject.container, empty), f"<{empty.tag}> of <grade_item> is empty"
            yield messages.MOODLE_STOPS.at(place, reason=reason, remedy="write a number, or $@NULL@$ for none")


@rule("L556", family=Family.MOODLE, lms="moodle")
def grades_are_those_of_activities(subject: Subject) -> Iterator[Finding]:
    """The gradebook counts an assignment and a quiz to as many points as they give."""
    for folder in folders("activities/activity", subject):
        kind = folder.rpartition("/")[2].partition("_")[0]
        root = read_document(f"{folder}/{kind}.xml", subject.container) if kind in _GIVE_POINTS else None
        grades = read_document(f"{folder}/grades.xml", subject.container) if root is not None else None
        given = _number(root[0], "grade") if root is not None and len(root) else None
        is_counted = given is not None and (given > 0 or (given == 0 and kind == "quiz"))
        for item in grades.iter("grade_item") if grades is not None and is_counted else ():
            most = _number(item, "grademax")
            is_own = said(item, "itemmodule") == kind and said(item, "itemnumber") in ("0", "")
            if is_own and given and said(item, "gradetype") in _UNCOUNTED:
                what, remedy = f"the grade “{said(item, 'itemname')[:60]}”", "write <gradetype>1</gradetype>"
                told = (what, "it is of a kind without points", "it does not count", remedy)
                yield _finding(f"{folder}/grades.xml", item, told, subject)
            elif (
                is_own
                and item.findtext("gradetype") == _POINTS
                and most is not None
                and abs(most - (given or 0)) > 0.001
            ):
                reason = f"its greatest value is {most:g}, and that of the activity {given:g}"
                what, taken = f"the grade “{said(item, 'itemname')[:60]}”", "the gradebook counts otherwise"
                told = (what, reason, taken, "write the same in both")
                yield _finding(f"{folder}/grades.xml", item, told, subject)


def _finding(name: str, element: etree._Element, told: Told, subject: Subject) -> Finding:
    what, reason, taken, remedy = told
    place = place_of(name, subject.container, element)
    return messages.MOODLE_TAKES_AMISS.at(place, what=what, reason=reason, taken=taken, remedy=remedy)


def _number(element: etree._Element, name: str) -> float | None:
    text = (element.findtext(name) or "").strip()
    return float(text) if _NUMBER.fullmatch(text) else None


def _grades(root: etree._Element) -> Iterator[tuple[etree._Element, Told]]:
    for item in root.iter("grade_item"):
        least, most, pass_at = (_number(item, name) for name in ("grademin", "grademax", "gradepass"))
        if most is None or item.findtext("gradetype", _POINTS).strip() != _POINTS:
            continue
        what = f"the grade “{said(item, 'itemname')[:60]}”"
        if least is not None and least >= most > 0:
            reason = f"its least value ({least:g}) is not below its greatest ({most:g})"
            yield item, (what, reason, "whatever is given counts as nothing, or as all", "correct <grademin>")
        elif pass_at is not None and pass_at > most > 0:
            reason = f"it is passed with {pass_at:g}, and its greatest value is {most:g}"
            yield item, (what, reason, "nobody passes", "correct <gradepass>")


def _times(root: etree._Element) -> Iterator[tuple[etree._Element, Told]]:
    for module, (opens, closes) in _TIMES.items():
        for found in root.iterfind(module):
            start, end = _number(found, opens), _number(found, closes)
            if start and end and start >= end:
                reason = f"<{opens}> is not before <{closes}>"
                what = f"“{(found.findtext('name') or '').strip()[:60]}”"
                yield found, (what, reason, "it is never open to learners", "correct the times")


def _rubrics(root: etree._Element) -> Iterator[tuple[etree._Element, Told]]:
    """Yield what is wrong with advanced grading: it is asked for, and cannot be used."""
    for area in root.iter("area"):
        method = said(area, "activemethod")
        known = {(one.findtext("method") or "").strip(): one for one in area.iterfind("definitions/definition")}
        if not (area.findtext("activemethod") or "").strip() and known and area.find("activemethod") is not None:
            reason, remedy = (
                f"its <activemethod> is empty, and there is a definition ({', '.join(known)[:40]})",
                "name it",
            )
            yield area, ("grading", reason, "it is graded by points alone", remedy)
        if method and method not in known:
            reason = f"it is graded by '{method[:40]}', of which there is no definition"
            yield (
                area,
                ("grading", reason, "it is graded by points alone", "add the definition, or write another method"),
            )
        for kind, one in known.items():
            if kind == method and not _is_object(one.findtext("options") or "{}"):
                reason, remedy = "its <options> are not JSON", "write an object of JSON"
                what = f"the {kind[:40]}"
                yield one, (what, reason, "it has those that Moodle starts with", remedy)
            if reason := _unfinished(kind, method, one) or _unusable(kind, one):
                what = f"the {kind[:40]} “{(one.findtext('name') or '').strip()[:60]}”"
                yield one, (what, reason, "nobody can be graded by it", "add what is missing")


def _is_object(text: str) -> bool:
    try:
        return text == NULL or isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _unfinished(kind: str, method: str, definition: etree._Element) -> str:
    """Return why a definition that is asked for is not used, or ""."""
    is_draft = kind == method and (definition.findtext("status") or "").strip() == _DRAFT
    return f"its <status> is {_DRAFT}, a draft" if is_draft else ""


def _unusable(kind: str, definition: etree._Element) -> str:
    if kind == "guide":
        return "" if next(definition.iter("guidecriterion"), None) is not None else "it has no criteria"
    criteria = list(definition.iter("criterion")) if kind == "rubric" else None
    if criteria is None:
        return ""
    if not criteria:
        return "it has no criteria"
    bare = [one for one in criteria if next(one.iter("level"), None) is None]
    scores = [_number(level, "score") for level in definition.iter("level")]
    if not bare and not any(scores):
        return "none of its levels earns points"
    return f"its criterion “{(bare[0].findtext('description') or '').strip()[:60]}” has no levels" if bare else ""


@rule("L556", family=Family.MOODLE, lms="moodle")
def questions_ask_something(subject: Subject) -> Iterator[Finding]:
    """Every question has a text."""
    bank = read_document("questions.xml", subject.container) if not subject.container.alone else None
    silent = (one for one in (bank.iter("question") if bank is not None else ()) if _is_silent(one))
    for question in islice(silent, _MOST_NAMED):
        what = f"the question “{(question.findtext('name') or '').strip()[:60]}”"
        told = (what, "it has no text", "learners do not see what is asked", "write its <questiontext>")
        yield _finding("questions.xml", question, told, subject)


def _is_silent(question: etree._Element) -> bool:
    text = question.find("questiontext")
    return text is not None and not (text.text or "").strip() and question.findtext("qtype") not in _ASKS_NOTHING
