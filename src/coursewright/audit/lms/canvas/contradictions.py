"""What Canvas's own documents say of one thing that cannot all be true: times, work, outcomes, schemes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.lms.canvas.losses import ANY, LONGEST, Amiss, left_out, of_document, taken_for
from coursewright.audit.lms.field_bounds import moment_of
from coursewright.audit.rule import OpenedDocument
from coursewright.findings import messages
from coursewright.findings.finding import Message, Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.canvas.cartridge import number, read_course
from coursewright.packages.documents.canvas.names import COURSE, EVENTS, GROUPS, OUTCOMES, RUBRICS, SCHEMES, SETTINGS
from coursewright.packages.documents.reading import child_text
from coursewright.text.jsons import read_json

_COUNTS: Mapping[str, tuple[int, int]] = {
    "decaying_average": (1, 99),
    "n_mastery": (1, 10),
    "weighted_average": (1, 99),
    "standard_decaying_average": (50, 99),
    **dict.fromkeys(("highest", "latest", "average"), (0, 0)),
}
_NEWER = ("weighted_average", "standard_decaying_average")  # what not every Canvas counts by
_SCORED = ("points", "percent", "letter_grade", "gpa_scale")
_BY_WEIGHT, _EQUAL, _ALL = "percent", "equal", 100
_HIGHEST_PART = 2  # of all points, that a grade may take: some take more than all
_EVERYBODY, _SOME = "Noop", "ADHOC"  # kinds of exceptions that Canvas takes: for nobody in particular, for learners
_OF_THE_OLD_COURSE = {"CourseSection": "a section", "Group": "a group"}
_NEXT, _PLACES = 0.01, 4  # from where one grade of an old scheme ends to the next; the decimals that Canvas keeps
# Times of which the first must not be after the second; what is wrong then, and what follows.
_OPENS, _DUE, _SHUTS, _POSTED = "unlock_at", "due_at", "lock_at", "delayed_post_at"
_TIMES = (
    (_OPENS, _SHUTS, "it locks at {1}, and opens at {0}", "no learner can ever begin"),
    (_DUE, _SHUTS, "it locks at {1}, and is due at {0}", "learners who take their time are shut out"),
    (_OPENS, _DUE, "it opens at {0}, and is due at {1}", "whatever is handed in is late"),
    (_POSTED, _SHUTS, "it locks at {1}, and is posted at {0}", "no learner ever reads it"),
)


@of_document("L527 L552 L558", named=ANY)
def work_makes_sense(document: OpenedDocument) -> Iterator[Flaw]:
    """What opens opens before it shuts, can be opened, and is worth something."""
    for element in document.all("assignment", "quiz", "topicMeta"):
        title = child_text(element, "title")[:60]
        if (around := _lost_with_its_times(element)) is not None:
            reason = "it is due before it opens, or after it locks, which Canvas does not save"
            yield left_out(element, _UNTIMED[around].format(title or "?"), reason, "let it be due between the two")
        elif amiss := next(_times(element), None):
            yield flaw(messages.CANVAS_NEVER_OPEN, element, name=title or "?", reason=amiss[0], loss=amiss[1])
        shown, hidden = _moment(element, "show_correct_answers_at"), _moment(element, "hide_correct_answers_at")
        if shown and hidden and hidden <= shown:
            what, reason = f"the quiz '{title or '?'}'", f"its answers are hidden at {hidden}, and shown at {shown}"
            yield left_out(element, what, reason, "hide them later than they are shown")
        for said in _amiss(element, document.name.rpartition("/")[0]):
            yield taken_for(element, f"'{title}'", *said)


# What is lost of work that says all three times and is due outside the other two, by what it stands in, if in anything.
_UNTIMED = {
    "": "the times of the assignment '{}', with its groups and its grading scheme",
    "quiz": "the assignment of the quiz '{}', which stays unpublished",
    "topicMeta": "the discussion '{}'",
}


def _lost_with_its_times(element: etree._Element) -> str | None:
    """Return what the assignment stands in that is due before it opens or after it locks, to the minute, where it says
    all three; None where it is sound."""
    above = element.getparent()
    around = "" if above is None else local_name(above)
    times = [_moment(element, name) for name in (_OPENS, _DUE, _SHUTS)]
    if above is not None and around == "topicMeta":  # whose end is that of its assignment, too
        times[-1] = times[-1] or _moment(above, _SHUTS)
    opens, due, shuts = (one[: len("2026-01-31T10:00")] for one in times)
    is_whole = local_name(element) == "assignment" and around in _UNTIMED and bool(opens and due and shuts)
    has_others = element.find("{*}assignment_overrides/{*}override") is not None  # with which nothing is asked
    return around if is_whole and not has_others and not opens <= due <= shuts else None


def _moment(element: etree._Element, name: str) -> str:
    """Return a time as far as times compare as texts; "" for what is none."""
    return moment_of(child_text(element, name))


def _times(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield which times are in the wrong order, and what follows; nothing opens at the time when it shuts."""
    for one, other, reason, loss in _TIMES:
        first, second = _moment(element, one), _moment(element, other)
        if first and second and (first > second or (first == second and (one, other) == (_OPENS, _SHUTS))):
            yield reason.format(first, second), loss


def _amiss(element: etree._Element, folder: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with work that learners cannot open, or that is worth nothing, what follows, and what is
    wanted."""
    is_work = local_name(element) == "assignment"
    is_tool = is_work and "external_tool" in child_text(element, "submission_types")
    if is_tool and not child_text(element, "external_tool_url"):
        reason = "it is done with an external tool, and has no <external_tool_url>"
        yield reason, "nobody can open the tool", "its address"
    is_scored = is_work and element.getparent() is None and child_text(element, "grading_type") in _SCORED
    if is_scored and not child_text(element, "points_possible"):
        yield "it is graded, and has no <points_possible>", "it is worth nothing", "its points"
    is_put_off = child_text(element, "workflow_state") == "post_delayed" and local_name(element) == "topicMeta"
    if is_put_off and not child_text(element, _POSTED):
        yield "it is put off, and nothing says until when", "learners never see it", f"its <{_POSTED}>, or active"
    inner = element.find("{*}assignment") if local_name(element) == "quiz" else None
    if inner is not None and inner.get("identifier") == folder:
        reason, wanted = "its assignment has the identifier of the quiz", "another identifier for it"
        yield reason, "it takes the one for the other", wanted
    is_published = inner is not None and child_text(inner, "workflow_state") == "published"
    if is_published and element.find("{*}available") is None:
        yield "its assignment is published, and <available> is missing", "the quiz stays unpublished", "true"


@of_document("L527", named=ANY)
def exceptions_are_for_those_who_are_there(document: OpenedDocument) -> Iterator[Flaw]:
    """No exception is for a section or a group, which stay in the course that they come from, nor for one learner."""
    for one in document.all("override"):
        kind = one.get("set_type") or _EVERYBODY
        if kind in _OF_THE_OLD_COURSE:
            reason = f"it is for {_OF_THE_OLD_COURSE[kind]} of the course that it comes from, which no other has"
            remedy = "remove the <override>, and set it up again after the import"
        elif kind == _SOME and one.get("set_id"):
            reason, remedy = f"with {_SOME}, Canvas refuses a set_id", "remove the attribute set_id"
        elif kind not in (_SOME, _EVERYBODY):
            reason, remedy = f"its set_type '{kind[:40]}' is none that Canvas knows", f"write {_EVERYBODY}"
        else:
            continue
        yield left_out(one, f"the settings that follow the exception {_exception(one)}", reason, remedy)


def _exception(override: etree._Element) -> str:
    """Return what an exception is called: by its title, or by the work that it is in."""
    if title := override.get("title"):
        return f"'{title[:60]}'"
    work = next(override.iterancestors("{*}assignment", "{*}quiz"), None)
    return f"in '{child_text(work, 'title')[:60] if work is not None else '?'}'"


@of_document("L552", named=GROUPS)
def grades_are_counted(document: OpenedDocument) -> Iterator[Flaw]:
    """What is dropped is dropped from something, and weights count for something."""
    for one in document.all("rule"):
        kind, count = child_text(one, "drop_type"), child_text(one, "drop_count")
        group = next(one.iterancestors("{*}assignmentGroup"), None)
        what = f"the rule for dropping scores in '{child_text(group, 'title')[:60] if group is not None else '?'}'"
        if kind in ("drop_lowest", "drop_highest") and not count.strip("0"):
            reason = f"<drop_count> is {count or 'empty'}"
            yield taken_for(one, what, reason, "nothing is dropped", "a number above 0")
        elif kind == "never_drop" and not child_text(one, "identifierref"):
            reason = "<identifierref> is empty"
            yield taken_for(one, what, reason, "it may be dropped", "the identifier of what is not to be dropped")
    yield from _weighed(document)


def _weighed(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield that weights of groups do not count, or that nothing does."""
    weights = [number(child_text(one, "group_weight")) or 0 for one in document.all("assignmentGroup")]
    course = read_course(document.subject).document(COURSE.removeprefix(SETTINGS))
    scheme = child_text(course, "group_weighting_scheme") if course is not None else ""
    what = "the groups of assignments"
    if scheme == _BY_WEIGHT and weights and not any(weights):
        reason = "the course weighs its groups, and none has a <group_weight> above 0"
        yield taken_for(document.root, what, reason, "no grade counts", "how much each group counts, 100 together")
    elif course is not None and scheme in ("", _EQUAL) and len(weights) > 1 and sum(weights) == _ALL:
        reason = f"they have weights, and <group_weighting_scheme> of the course is {scheme or 'missing'}"
        weight = Severity.INFO if scheme else None  # it may have been switched off
        yield taken_for(document.root, what, reason, "the weights count for nothing", _BY_WEIGHT, weight)


_Amiss = Amiss | tuple[str, str, Severity] | None
"""Why something is lost, what to do, and how much that weighs, where it is less than usual."""


@of_document("L527 L560", named=" ".join((COURSE, EVENTS, OUTCOMES, RUBRICS, SCHEMES)))
def settings_make_sense(document: OpenedDocument) -> Iterator[Flaw]:
    """Outcomes, rubrics and grading schemes can be saved, and graded by."""
    for kind, what, judge, message in _JUDGED.get(document.name, ()):
        for found in document.all(kind):
            if amiss := judge(found):
                shown = f"{what} '{child_text(found, 'title')[:60]}'"
                weight = next(iter(amiss[2:]), None)
                yield flaw(message, found, weight, what=shown, reason=amiss[0], remedy=amiss[1])


def _miscounted(outcome: etree._Element) -> _Amiss:
    method, said = child_text(outcome, "calculation_method"), child_text(outcome, "calculation_int")
    least, most = _COUNTS.get(method, (0, 0))
    if method not in _COUNTS or not said or (said.isdigit() and least <= int(said[:9]) <= most and most):
        return None
    wanted = f"a number from {least} to {most}" if most else "none"
    remedy = f"write {wanted}" if most else "leave it empty"
    reason = f"<calculation_int> is {said[:40]}, and {method} takes {wanted}"
    return (reason, remedy, Severity.INFO) if method in _NEWER else (reason, remedy)


def _unmastered(outcome: etree._Element) -> _Amiss:
    most, mastery = (number(child_text(outcome, name)) for name in ("points_possible", "mastery_points"))
    if outcome.find("{*}ratings/{*}rating") is None:
        return "it has no ratings", "add them, with their points"
    is_too_much = mastery and most is not None and mastery > most
    return ("its mastery takes more points than there are", "lower <mastery_points>") if is_too_much else None


def _unrated(rubric: etree._Element) -> _Amiss:
    criteria = list(rubric.iterfind("{*}criteria/{*}criterion"))
    names = [name for one in criteria if (name := child_text(one, "criterion_id"))]
    if not criteria:
        return "it has no criteria", "add them"
    if len(set(names)) < len(names):
        return "two of its criteria have one criterion_id", "give each its own"
    is_bare = any(one.find("{*}ratings/{*}rating") is None for one in criteria)
    return ("a criterion of it has no ratings", "add them, with their points") if is_bare else None


def _ended(event: etree._Element) -> _Amiss:
    begins, ends = _moment(event, "start_at"), _moment(event, "end_at")
    is_amiss = begins and ends and ends < begins
    return (f"it begins at {begins}, and ends at {ends}", "let it end after it begins") if is_amiss else None


def _unordered(course: etree._Element) -> _Amiss:
    said = child_text(course, "tab_configuration")
    is_amiss = said and not isinstance(read_json(said), list)
    return ("its <tab_configuration> is not a list in JSON", 'write it as [{"id": 0}]') if is_amiss else None


def _unsaved(scheme: etree._Element) -> _Amiss:
    """Return why Canvas does not save a scheme: its grades are names with their least parts, in JSON, down to 0."""
    if not scheme.get("version", "1").strip():
        return "its version is empty", 'write version="2"'
    rows, remedy = _grades(scheme), 'write it as [["A", 0.9], ["B", 0.0]]'
    if not rows:
        return "its <data> is not a list of grades", remedy
    if not all(isinstance(name, str) and len(name) <= LONGEST for name, _ in rows):
        return f"the names of its grades are not texts of at most {LONGEST} characters", remedy
    limits = [limit for _, limit in rows if isinstance(limit, (int, float)) and 0 <= limit <= sys.float_info.max]
    if len(limits) < len(rows) or any(isinstance(limit, bool) for limit in limits):
        return "the limits of its grades are not numbers from 0 on", remedy
    if _is_old(scheme):  # an old one says where the grades above end, and its lowest begins at 0 whatever it says
        limits = [limit + _NEXT for limit in limits[1:]] + [0]
    limits = [round(limit, _PLACES) for limit in limits]
    if len(set(limits)) < len(limits):
        return "two of its grades have one limit", remedy
    lowest = f"its lowest grade begins at {min(limits):g}, and Canvas saves only what reaches down to 0"
    return None if 0 in limits else (lowest, "let the lowest grade begin at 0.0")


def _is_old(scheme: etree._Element) -> bool:
    return scheme.get("version", "1").strip() == "1"


def _grades(scheme: etree._Element) -> list[tuple[object, object]]:
    """Return the grades of a scheme with their limits, as far as Canvas makes a list of them: of what stands in a row
    behind these it reads nothing, and new schemes may be objects."""
    rows = read_json(child_text(scheme, "data"))
    if isinstance(rows, dict) and not _is_old(scheme):
        return list(rows.items())
    is_list = isinstance(rows, list) and all(isinstance(row, list) and len(row) > 1 for row in rows)
    return [(row[0], row[1]) for row in rows] if isinstance(rows, list) and is_list else []


def _unreached(scheme: etree._Element) -> _Amiss:
    is_whole = any(isinstance(limit, (int, float)) and limit > _HIGHEST_PART for _, limit in _grades(scheme))
    return ("its limits are not parts of 1", "write 0.9 for 90 %") if is_whole else None


_LOST, _UNFIT = messages.CANVAS_LEAVES_OUT, messages.CANVAS_CANNOT_GRADE
# By documents: elements, what findings call them, who judges them, and what becomes of those that are amiss.
_JUDGED: Mapping[str, tuple[tuple[str, str, Callable[[etree._Element], _Amiss], Message], ...]] = {
    COURSE: (("course", "the navigation of", _unordered, _LOST),),
    EVENTS: (("event", "the end of the event", _ended, _LOST),),
    OUTCOMES: tuple(("learningOutcome", "the outcome", *one) for one in ((_miscounted, _LOST), (_unmastered, _UNFIT))),
    RUBRICS: (("rubric", "the rubric", _unrated, _UNFIT),),
    SCHEMES: tuple(
        ("gradingStandard", "the grading scheme", *one) for one in ((_unsaved, _LOST), (_unreached, _UNFIT))
    ),
}
