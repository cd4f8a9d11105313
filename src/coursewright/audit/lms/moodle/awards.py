"""What the badges of a backup, and its course as a whole, are earned by: whatever nobody can do is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss
from coursewright.audit.lms.moodle.restored import activities, is_of_course, of_document, titled
from coursewright.audit.rule import OpenedDocument
from coursewright.audit.rules.moodle.backup import Backup, read_backup
from coursewright.packages.documents.moodle.availability import said

_OVERALL, _OF_ACTIVITIES = "0", "4"  # kinds of criteria: of a badge, which holds the others, and of a course
_MODULE = re.compile(r"module_\d+")
_OFF, _ANY = "0", "2"


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
    """A course is complete by activities that can be."""
    backup, criteria = document.subject.once(read_backup), list(document.root.iter("course_completion_criteria"))
    ways = {
        said(one, "criteriatype"): said(one, "method") for one in document.root.iter("course_completion_aggr_methd")
    }
    wanted = [one for one in criteria if said(one, "criteriatype") == _OF_ACTIVITIES]
    if ways.get("") == _ANY and len(wanted) < len(criteria):
        return  # it may be complete otherwise
    told = [(one, _never_complete(said(one, "moduleinstance"), backup)) for one in wanted]
    for one, reason in _needed(told, is_any=ways.get(_OF_ACTIVITIES) == _ANY):
        remedy = "let that be completed, or remove it"
        yield amiss(one, "the completion of the course", f"it {reason}", "nobody completes it", remedy)
