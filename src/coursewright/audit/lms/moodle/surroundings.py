"""What stands around the activities of a course in a backup: blocks, events of its calendar, forms of workshops."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss
from coursewright.audit.lms.moodle.restored import of_document, titled
from coursewright.audit.rule import OpenedDocument
from coursewright.packages.documents.moodle.xml import said

_SERIALISED = re.compile(rb"(?:O:\d+:\"[^\"]*\":\d+:\{.*\}|a:\d+:\{.*\}|N;|b:0;)", re.DOTALL)
_ELSEWHERE = ("my-", "site-")  # pages that are not those of a course
_EVENTS = ("", "category", "course", "group", "site", "user")  # kinds of those that are of no activity
_STRATEGY = re.compile(r"subplugin_workshopform_(\w+)_workshop")


@of_document("L556", named="block.xml")
def blocks_are_shown(document: OpenedDocument) -> Iterator[Flaw]:
    """A block of a course has its settings, and is for the pages of a course."""
    block = document.root
    what, pages = f"the block '{said(block, 'blockname')[:40]}'", said(block, "pagetypepattern")
    if not _is_serialised(said(block, "configdata")):
        reason = "its <configdata> is no serialised object of PHP in Base64"
        yield amiss(block, what, reason, "its title and its text are lost", "create the backup again")
    if document.name.startswith("course/") and pages.startswith(_ELSEWHERE):
        reason = f"it is for the pages '{pages[:40]}', which are not those of a course"
        yield amiss(block, what, reason, "nobody sees it", "write course-view-*")


def _is_serialised(text: str) -> bool:
    """Say whether a text is none, or holds what PHP wrote."""
    try:
        return not text or bool(_SERIALISED.fullmatch(base64.b64decode("".join(text.split()), validate=True)))
    except (binascii.Error, ValueError):
        return False


@of_document("L556", named="calendar.xml", most=10)
def events_are_shown(document: OpenedDocument) -> Iterator[Flaw]:
    """An event of a course is of a kind that the calendar shows."""
    for event in document.root.iter("event") if document.folder == "course" else ():
        kind = said(event, "eventtype")
        if kind not in _EVENTS and not said(event, "modulename"):
            reason = f"its <eventtype> is '{kind[:40]}', which is none of those of a course"
            yield amiss(event, f"the event {titled(event)}", reason, "no calendar shows it", "write course")


@of_document("L556", named="workshop.xml", most=10)
def workshops_have_forms(document: OpenedDocument) -> Iterator[Flaw]:
    """The form of a workshop is of the kind that it is assessed by, and can be filled in."""
    for workshop in document.root.iterfind("workshop"):
        forms = {found[1]: one for one in workshop if (found := _STRATEGY.fullmatch(str(one.tag)))}
        filled, wanted = [name for name, one in forms.items() if len(one)], said(workshop, "strategy")
        if filled and wanted in forms and wanted not in filled:
            reason = f"it is assessed by '{wanted}', and its form is one of {filled[0]}"
            yield _unusable(workshop, workshop, reason, f"write {filled[0]} as its <strategy>")
        for criterion in workshop.iter("workshopform_rubric_dimension"):
            if criterion.find("workshopform_rubric_level") is None:
                yield _unusable(criterion, workshop, "a criterion of it has no levels", "add them")


def _unusable(where: etree._Element, workshop: etree._Element, reason: str, remedy: str) -> Flaw:
    return amiss(where, f"the workshop {titled(workshop)}", reason, "nobody can assess with it", remedy)
