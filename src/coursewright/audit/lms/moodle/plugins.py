"""What of a course in a backup nobody gets to see: it is of a plugin, is not asked for, or is for other pages."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from functools import partial

from coursewright.audit.flaw import Flaw, Where
from coursewright.audit.lms.moodle import stock
from coursewright.audit.lms.moodle.losses import BACK_UP_AGAIN, amiss, left_out
from coursewright.audit.lms.moodle.restored import everywhere, is_set, listed, of_backup, of_document, titled
from coursewright.audit.rule import OpenedDocument, is_whole
from coursewright.findings.finding import Severity
from coursewright.packages.documents.moodle.xml import said
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject

_SERIALISED = re.compile(rb"(?:O:\d+:\"[^\"]*\":\d+:\{.*\}|a:\d+:\{.*\}|N;|b:0;)", re.DOTALL)
_ELSEWHERE = ("my-", "site-")  # pages that are not those of a course
_EVENTS = ("", "category", "course", "group", "site", "user")  # kinds of those that are of no activity
_INSTALL, _ONLY = "install that plugin first", "only a plugin has it"


def _missed(where: Where, what: str, reason: str, remedy: str) -> Flaw:
    """Return that something is left out, for which there may be a reason."""
    return left_out(where, what, reason, remedy).weighing(Severity.WARNING)


@of_backup("L533")
def activities_are_of_its_kinds(subject: Subject) -> Iterator[Flaw]:
    """Every activity is of a kind that Moodle has without plugins."""
    for activity in listed("activity", subject):
        module = said(activity, "modulename")
        if module and module not in stock.MODULES:
            is_old = module in stock.EARLIER_MODULES
            since = "which Moodle itself had in earlier versions" if is_old else "which only a plugin has"
            what = f"“{said(activity, 'title')}”"
            reason = f"it is of the kind '{module[:40]}', {since}"
            yield _missed(activity, what, reason, f"{_INSTALL}, or replace the activity")


@of_backup("L533")
def its_format_is_known(subject: Subject) -> Iterator[Flaw]:
    """The course is of a format that Moodle has without plugins."""
    root = read_document("course/course.xml", subject.container)
    name = said(root, "format") or said(subject.found.root, "information", "original_course_format")
    if name and name not in stock.COURSE_FORMATS:
        reason = "only a plugin has it; without that plugin, the course is shown in topics"
        found = _missed(root, f"the course format '{name[:40]}'", reason, _INSTALL).within("course/course.xml")
        yield found.weighing(Severity.INFO)  # all of it is there, and looks otherwise


@of_document("L533", named="block.xml")
def blocks_are_its_own(document: OpenedDocument) -> Iterator[Flaw]:
    """Every block is of a kind that Moodle has without plugins, and stands in a context of the backup."""
    root = document.root
    course = said(document.subject.found.root, "information", "original_course_contextid")
    kind, around = said(root, "blockname"), said(root, "parentcontextid")
    if kind and kind not in stock.BLOCKS:
        yield _missed(root, f"the block '{kind[:40]}'", "Moodle has none of its kind without a plugin", _INSTALL)
    elif document.name.startswith("course/blocks/") and around not in ("", course):
        reason = f"it stands in the context {around[:20]}, and that of the course is {course[:20]}"
        yield _missed(root, f"the block '{kind[:40]}'", reason, "correct <original_course_contextid>")


@of_document("L556", named="block.xml")
def blocks_are_shown(document: OpenedDocument) -> Iterator[Flaw]:
    """A block of a course has its settings, and is for the pages of a course."""
    block = document.root
    what, pages = f"the block '{said(block, 'blockname')[:40]}'", said(block, "pagetypepattern")
    if not _is_serialised(said(block, "configdata")):
        reason = "its <configdata> is no serialised object of PHP in Base64"
        yield amiss(block, what, reason, "its title and its text are lost", BACK_UP_AGAIN)
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


@of_document("L533", named="enrolments.xml", when=partial(is_set, "users"))
def enrolments_are_its_own(document: OpenedDocument) -> Iterator[Flaw]:
    """Learners that come with a backup are enrolled in ways that Moodle has without plugins."""
    for enrol in document.root.iter("enrol"):
        way = said(enrol, "enrol")
        if way and way not in stock.ENROLMENTS:
            yield _missed(enrol, f"whoever is enrolled by '{way[:40]}'", _ONLY, _INSTALL)


@of_document("L533", named="assign.xml")
def ways_to_hand_in_are_its_own(document: OpenedDocument) -> Iterator[Flaw]:
    """Assignments are handed in and answered in ways that Moodle has without plugins."""
    for config in document.root.iter("plugin_config"):
        plugin, known = said(config, "plugin"), stock.WAYS_OF_ASSIGNMENTS.get(said(config, "subtype"), ())
        is_on = said(config, "name") == "enabled" and said(config, "value") == "1"
        if known and is_on and plugin not in known:
            what = f"the way to hand in or answer '{plugin[:40]}'"
            yield _missed(config, what, _ONLY, f"{_INSTALL}, or choose another way")


@of_backup("L533", when=is_whole)
def groups_are_included(subject: Subject) -> Iterator[Flaw]:
    """The settings include groups, where there are any."""
    group = next(everywhere("group", "groups.xml", subject), None) if is_set("groups", subject, "0") else None
    if group is not None:
        what, reason = "all groups, and what is for them alone is for all", "the settings do not include groups"
        yield _missed(group, what, reason, "write the setting groups, with the value 1").within("groups.xml")
