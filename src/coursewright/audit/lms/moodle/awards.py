"""What the badges of a backup, and its course as a whole, are earned by: whatever nobody can do is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss, left_out
from coursewright.audit.lms.moodle.restored import activities, everywhere, is_of_course, of_document, roots, titled
from coursewright.audit.rule import OpenedDocument
from coursewright.audit.rules.moodle.backup import Backup, read_backup
from coursewright.findings.finding import Severity
from coursewright.packages.documents.moodle.xml import number, said
from coursewright.packages.subject import Subject

_OVERALL = "0"  # the kind of criterion that holds the others of a badge
_OF_ACTIVITIES, _BY_GRADE = "4", "6"  # kinds of criteria of a course
_MODULE = re.compile(r"module_\d+")
_OFF, _ANY = "0", "2"
_USUAL = 100  # the greatest grade of a course without any
_ROLES = ("manager", "coursecreator", "editingteacher", "teacher", "student", "guest", "user", "frontpage")


@of_document("L556", named="badges.xml", most=20, when=is_of_course)
def badges_can_be_earned(document: OpenedDocument) -> Iterator[Flaw]:
    """A badge says how many of its criteria are needed, and names activities that can be completed."""
    for badge in document.root.iter("badge"):
        criteria = {said(one, "criteriatype"): one for one in badge.iterfind("criteria/criterion")}
        if criteria and _OVERALL not in criteria:
            reason = f"it has no criterion of the type {_OVERALL}, which says how many are needed"
            yield _unearned(badge, badge, reason, "add that criterion")
        is_choice = said(criteria.get(_OVERALL), "method") == _ANY and len(criteria) > 2
        for criterion in criteria.values() if not is_choice else ():
            named = [one for one in criterion.iter("parameter") if _MODULE.fullmatch(said(one, "name"))]
            told = [(one, _why_not(said(one, "value"), document)) for one in named]
            for parameter, reason in _needed(told, is_any=said(criterion, "method") == _ANY):
                yield _unearned(parameter, badge, f"a criterion of it {reason}", "name one that can be completed")


def _needed(told: Sequence[tuple[etree._Element, str]], *, is_any: bool) -> Sequence[tuple[etree._Element, str]]:
    """Return the conditions that never hold, each with why, where they matter: all are needed, or any will do."""
    dead = [(one, reason) for one, reason in told if reason]
    return dead if not is_any else dead[:1] if len(dead) == len(told) else []


def _unearned(where: etree._Element, badge: etree._Element, reason: str, remedy: str) -> Flaw:
    return amiss(where, f"the badge {titled(badge)}", reason, "nobody earns it", remedy)


def _why_not(number: str, document: OpenedDocument) -> str:
    """Return why an activity is not there, or never complete, in words about what needs it; or ""."""
    known = {number for number, _ in document.subject.once(activities).values()}
    if number not in known:
        return f"names the activity {number[:20]}, which is not in the backup"
    return _never_complete(number, document.subject.once(read_backup))


def _never_complete(number: str, backup: Backup) -> str:
    part = backup.parts.get(("activity", number))
    if part is None:
        return ""
    if part.says("completion") == _OFF:
        return f"needs {part.shown}, whose completion is not tracked"
    reason = backup.unfinishable(part)
    return f"needs {part.shown}, which nobody completes, for {reason}" if reason else ""


@of_document("L556", named="completion.xml", most=20)
def courses_can_be_completed(document: OpenedDocument) -> Iterator[Flaw]:
    """A course is complete by what can come about."""
    criteria = list(document.root.iter("course_completion_criteria"))
    methods = document.root.iter("course_completion_aggr_methd")
    ways = {said(one, "criteriatype"): said(one, "method") for one in methods}
    told = [(one, _why_never(one, document)) for one in criteria]
    if ways.get("") == _ANY:
        found = _needed(told, is_any=True)
    else:
        by_activities = [one for one in told if said(one[0], "criteriatype") == _OF_ACTIVITIES]
        others = [one for one in told if one not in by_activities]
        found = (*_needed(by_activities, is_any=ways.get(_OF_ACTIVITIES) == _ANY), *_needed(others, is_any=False))
    what, remedy = "the completion of the course", "make that possible, or remove it"
    yield from (amiss(one, what, f"it {reason}", "nobody completes it", remedy) for one, reason in found)


# What a criterion of a course needs, by its kind: without that, it is never met.
_NEEDS: Mapping[str, tuple[str, str]] = {
    "2": ("timeend", "a day"),
    _OF_ACTIVITIES: ("moduleinstance", "an activity"),
    "5": ("enrolperiod", "a time after the enrolment"),
    _BY_GRADE: ("gradepass", "a grade"),
    "7": ("role", "somebody with a role"),
    "8": ("courseinstanceshortname", "another course"),
}


def _why_never(criterion: etree._Element, document: OpenedDocument) -> str:
    """Return why a criterion of a course is never met, in words about the completion; or ""."""
    kind, backup = said(criterion, "criteriatype"), document.subject.once(read_backup)
    field, what = _NEEDS.get(kind, ("", ""))
    if field and not said(criterion, field).strip():
        return f"waits for {what}, and its <{field}> is empty"
    if kind == _OF_ACTIVITIES:
        if not said(criterion, "module"):
            return "waits for an activity, and its <module> is empty"
        return _never_complete(said(criterion, "moduleinstance"), backup)
    asked, most = number(criterion, "gradepass"), document.subject.once(_greatest_total)
    if kind == _BY_GRADE and asked is not None and asked > most > 0:
        return f"waits for a grade of {asked:g}, and that of the course is {most:g} at most"
    return ""


def _greatest_total(subject: Subject) -> float:
    """Return what somebody may reach in a course: what is written there, or the sum of all its grades."""
    items = everywhere("grade_item", "gradebook.xml grades.xml", subject)
    most = [(said(one, "itemtype"), number(one, "grademax") or 0) for one in items]
    whole = max((value for kind, value in most if kind == "course"), default=0 if most else _USUAL)
    return max(whole, sum(value for kind, value in most if kind not in ("course", "category")))


@of_document("L533", named="completion.xml", most=20)
def criteria_are_of_what_is_known(document: OpenedDocument) -> Iterator[Flaw]:
    """A course is complete by roles that are in the backup, or that every site has, and by no course of its site."""
    listed, named = document.subject.once(_roles)
    for one in document.root.iter("course_completion_criteria"):
        role, name, course = (said(one, field) for field in ("role", "roleshortname", "courseinstanceshortname"))
        if role.isdigit() and (name not in _ROLES if name else role not in listed & named):
            where = "no inforef.xml names the" if role in listed else "roles.xml has no"
            reason = f"the site must have a role '{name[:40]}'" if name else f"{where} role {role[:20]}"
            what = "the role by which the course is completed"
        elif course:
            what = "the course that has to be completed before"
            reason = f"the site must have a course with the short name '{course[:60]}'"
        else:
            continue
        yield left_out(one, what, reason, "set the completion of the course again").weighing(Severity.WARNING)


def _roles(subject: Subject) -> tuple[frozenset[str], frozenset[str]]:
    """Return the numbers of the roles that are listed, and of those that something names: both are needed."""
    listed = (one.get("id", "") for one in everywhere("role", "roles.xml", subject))
    named = (one.text or "" for root in roots("inforef.xml", subject) for one in root.iterfind("roleref/role/id"))
    return frozenset(listed), frozenset(named)
