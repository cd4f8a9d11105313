"""What the badges of a backup, and its course as a whole, are earned by: whatever nobody can do is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss
from coursewright.audit.lms.moodle.restored import activities, is_of_course, kind_of, of_document, roots, titled
from coursewright.audit.rule import OpenedDocument
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.subject import Subject

_OVERALL, _OF_ACTIVITIES = "0", "4"  # kinds of criteria: of a badge, which holds the others, and of a course
_MODULE = re.compile(r"module_\d+")
_ON, _OFF, _AUTOMATIC = "1", "0", "2"


@of_document("L556", named="badges.xml", most=20, when=is_of_course)
def badges_can_be_earned(document: OpenedDocument) -> Iterator[Flaw]:
    """A badge says how many of its criteria are needed, and names activities that are in the backup."""
    known = {number for number, _ in document.subject.once(activities).values()}
    for badge in document.root.iter("badge"):
        kinds = [said(one, "criteriatype") for one in badge.iterfind("criteria/criterion")]
        if kinds and _OVERALL not in kinds:
            reason = f"it has no criterion of the type {_OVERALL}, which says how many are needed"
            yield _unearned(badge, badge, reason, "add that criterion")
        for parameter in badge.iter("parameter"):
            number = said(parameter, "value")
            if _MODULE.fullmatch(said(parameter, "name")) and number not in known:
                reason = f"a criterion of it names the activity {number[:20]}, which is not in the backup"
                yield _unearned(parameter, badge, reason, "name one that is there")


def _unearned(where: etree._Element, badge: etree._Element, reason: str, remedy: str) -> Flaw:
    return amiss(where, f"the badge {titled(badge)}", reason, "nobody earns it", remedy)


def _untracked(subject: Subject) -> set[str]:
    """Return the numbers of the activities that nothing completes."""
    return {root.get("id", "") for root in roots("module.xml", subject) if said(root, "completion") == _OFF}


@of_document("L556", named="completion.xml", most=20)
def courses_can_be_completed(document: OpenedDocument) -> Iterator[Flaw]:
    """A course is complete by activities that can be."""
    for one in document.root.iter("course_completion_criteria"):
        number = said(one, "moduleinstance")
        if said(one, "criteriatype") == _OF_ACTIVITIES and number in document.subject.once(_untracked):
            reason = f"it needs the activity {number[:20]}, whose completion is not tracked"
            yield amiss(one, "the completion of the course", reason, "nobody completes it", "track that, or remove it")


@of_document("L556", named="module.xml")
def what_is_viewed_has_a_page(document: OpenedDocument) -> Iterator[Flaw]:
    """What is complete once it is viewed can be viewed."""
    module = document.root
    is_viewed = said(module, "completionview") == _ON and said(module, "completion") == _AUTOMATIC
    if kind_of(document) == "label" and is_viewed:
        reason = "it is complete once it is viewed, and a label has no page to view"
        yield amiss(module, "the activity", reason, "nobody completes it", "write 1 as <completion>, which is by hand")
