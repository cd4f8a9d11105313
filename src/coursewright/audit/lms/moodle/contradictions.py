"""What an activity of a backup says that cannot come true: it shuts before it opens, or nobody can be graded by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss
from coursewright.audit.lms.moodle.restored import kind_of, of_document, titled
from coursewright.audit.rule import OpenedDocument
from coursewright.audit.rules.moodle.unfinished import KINDS, never_completed, never_met
from coursewright.findings.finding import Severity
from coursewright.packages.documents.elements import all_within
from coursewright.packages.documents.moodle.xml import number, said
from coursewright.packages.documents.reading import read_document
from coursewright.text.jsons import read_json

# Times of which the first must be before the second, by the kind of activity, and what comes of it if it is not.
_SHUT = "it is never open to learners"
_TIMES = """
assign allowsubmissionsfromdate cutoffdate
assign allowsubmissionsfromdate duedate whatever is handed in is late
bigbluebuttonbn openingtime closingtime
choice timeopen timeclose
data timeavailablefrom timeavailableto
feedback timeopen timeclose
lesson available deadline
quiz timeopen timeclose
scorm timeopen timeclose
workshop submissionstart submissionend
"""
_BEFORE: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
for _kind, _opens, _closes, *_taken in (line.split(maxsplit=3) for line in _TIMES.strip().splitlines()):
    _BEFORE[_kind].append((_opens, _closes, next(iter(_taken), _SHUT)))


@of_document("L556", named=" ".join(f"{kind}.xml" for kind in _BEFORE))
def doors_open_before_they_shut(document: OpenedDocument) -> Iterator[Flaw]:
    """An activity opens before it closes."""
    kind = document.file.removesuffix(".xml")
    for opens, closes, taken in _BEFORE[kind]:
        for found in document.root.iterfind(kind):
            start, end = number(found, opens), number(found, closes)
            if start and end and start >= end:
                reason = f"<{opens}> is not before <{closes}>"
                yield amiss(found, titled(found), reason, taken, "correct the times")


# By the kind of activity, what lets somebody complete it.
_REMEDIES = {
    "assign": "write 1 as <value> of a kind of submission",
    "data": "correct <maxentries>",
    "forum": "make it a general forum",
    "quiz": "correct <attempts_number>",
    "scorm": "write 4 as <completionstatusrequired>",
}
_WORDS = {"assign": "assignment", "data": "database"}
_BY_HAND = "let something complete it, or write 1 as <completion>, which is by hand"


@of_document("L556", named=" ".join(f"{kind}.xml" for kind in KINDS))
def somebody_can_complete_it(document: OpenedDocument) -> Iterator[Flaw]:
    """An activity that is complete by something that learners do is one in which they can do that."""
    kind, says = document.file.removesuffix(".xml"), partial(said, document.beside("module.xml"))
    for found in document.root.iterfind(kind):
        if reason := never_completed(kind, found, says):
            remedy = _BY_HAND if never_met(kind, found, says) else _REMEDIES[kind]
            what = f"the {_WORDS.get(kind, kind)} {titled(found)}"
            yield amiss(found, what, reason, "nobody completes it", remedy)


@of_document("L556", named="assign.xml")
def groups_can_hand_in(document: OpenedDocument) -> Iterator[Flaw]:
    """Work that is handed in by groups alone has groups."""
    for work in document.root.iterfind("assign"):
        is_of_groups = number(work, "teamsubmission") and number(work, "preventsubmissionnotingroup")
        groups = all_within(read_document("groups.xml", document.subject.container), "group")
        if is_of_groups and next(iter(groups), None) is None:
            reason = "only groups can hand it in, and the backup has none"
            remedy = "make groups in the course, or let learners without one hand in"
            yield amiss(work, f"the assignment {titled(work)}", reason, "nobody can hand in", remedy)


@of_document("L556", named="quiz.xml")
def comments_are_for_grades_of_their_own(document: OpenedDocument) -> Iterator[Flaw]:
    """No two comments on the grade of a quiz are for one grade."""
    for quiz in document.root.iterfind("quiz"):
        found = [(number(one, "mingrade"), number(one, "maxgrade")) for one in quiz.iterfind("feedbacks/feedback")]
        ranges = sorted((least, most) for least, most in found if least is not None and most is not None)
        if any(after[0] < before[1] for before, after in pairwise(ranges)):
            reason = "two of its <feedback> are for the same grades"
            yield amiss(quiz, f"the quiz {titled(quiz)}", reason, "learners get one of them", "let none overlap")


# --- advanced grading ---

_CRITERIA = {"guide": "guidecriterion", "rubric": "criterion"}  # by the method of grading
_DRAFT = "10"  # the status of a rubric
_AREAS = {"assign": "submissions", "forum": "forum"}  # what is graded of an activity


@of_document("L556", named="grading.xml")
def rubrics_can_be_used(document: OpenedDocument) -> Iterator[Flaw]:
    """Whatever grading by a rubric or a guide is asked for has one, with which people can be graded."""
    for area in document.root.iter("area"):
        method = said(area, "activemethod")
        known = {said(one, "method"): one for one in area.iterfind("definitions/definition")}
        by_points = "it is graded by points alone"
        place, own = said(area, "areaname"), _AREAS.get(kind_of(document), "")
        if known and own and place != own:
            reason = f"its <areaname> is '{place[:40]}', and that of the activity is {own}"
            yield amiss(area, "grading", reason, by_points, f"write {own}")
        if known and area.find("activemethod") is not None and not (area.findtext("activemethod") or "").strip():
            reason = f"its <activemethod> is empty, and there is a definition ({', '.join(known)[:40]})"
            yield amiss(area, "grading", reason, by_points, "name it")
        if method and method not in _CRITERIA:
            reason = f"it is graded by '{method[:40]}', which is none of {', '.join(_CRITERIA)}"
            remedy = "install the plugin that has it, or write another"
            found = amiss(area, "grading", reason, "the page of the activity ends with an error", remedy)
            yield found.weighing(Severity.ERROR)
        elif method and method not in known:
            reason = f"it is graded by '{method[:40]}', of which there is no definition"
            yield amiss(area, "grading", reason, by_points, "add the definition, or write another method")
        for kind, one in known.items():
            yield from _definition(kind, one, is_asked=kind == method)


def _definition(kind: str, one: etree._Element, *, is_asked: bool) -> Iterator[Flaw]:
    """Yield what is wrong with a definition of how something is graded."""
    if is_asked and not is_object(said(one, "options") or "{}"):
        taken = "it has those that Moodle starts with"
        yield amiss(one, f"the {kind[:40]}", "its <options> are not JSON", taken, "write an object of JSON")
    is_draft = is_asked and said(one, "status") == _DRAFT
    if reason := f"its <status> is {_DRAFT}, a draft" if is_draft else unusable(kind, one):
        what = f"the {kind[:40]} {titled(one)}"
        yield amiss(one, what, reason, "nobody can be graded by it", "add what is missing")


def is_object(text: str) -> bool:
    """Say whether a text is an object of JSON."""
    return isinstance(read_json(text), dict)


def unusable(kind: str, definition: etree._Element) -> str:
    """Return why nobody can be graded by a rubric or a guide, or ""."""
    if kind not in _CRITERIA:
        return ""
    found = list(definition.iter(_CRITERIA[kind]))
    if not found or kind != "rubric":
        return "" if found else "it has no criteria"
    if bare := [one for one in found if next(one.iter("level"), None) is None]:
        return f"its criterion {titled(bare[0], 'description')} has no levels"
    is_worthless = not any(number(level, "score") for level in definition.iter("level"))
    return "none of its levels earns points" if is_worthless else ""
