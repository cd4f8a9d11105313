"""What of a course in a backup is of a plugin, or is not asked for, and is left out without a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from coursewright.audit.lms.moodle.backups import is_set
from coursewright.audit.lms.moodle.parts import folders
from coursewright.audit.lms.moodle.stock import BLOCKS, ENROLMENTS
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_INSTALL = "install that plugin first"


@rule("L533", family=Family.MOODLE, lms="moodle")
def blocks_are_its_own(subject: Subject) -> Iterator[Finding]:
    """Every block is of a kind that Moodle has without plugins, and stands in a context of the backup."""
    course = said(subject.found.root, "information", "original_course_contextid")
    names = sorted(name for name in subject.container.sizes if name.endswith("/block.xml"))
    for name in within_bounds(names, subject.container, "documents", count=MOST_OF_A_BACKUP):
        root = read_document(name, subject.container)
        if root is not None and (told := _astray_block(name, root, course)):
            what = f"the block '{said(root, 'blockname')[:40]}'"
            yield _left_out(place_of(name, subject.container, root), what, *told)


def _astray_block(name: str, root: etree._Element, course: str) -> tuple[str, str] | None:
    """Return why a block is left out, and what to do about it."""
    kind, around = said(root, "blockname"), said(root, "parentcontextid")
    if kind and kind not in BLOCKS:
        return "Moodle has none of its kind without a plugin", _INSTALL
    if name.startswith("course/blocks/") and around not in ("", course):
        reason = f"it stands in the context {around[:20]}, and that of the course is {course[:20]}"
        return reason, "correct <original_course_contextid>"
    return None


def _left_out(place: Place, what: str, reason: str, remedy: str) -> Finding:
    found = messages.MOODLE_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)
    return replace(found, severity=Severity.WARNING)


@rule("L533", family=Family.MOODLE, lms="moodle")
def enrolments_are_its_own(subject: Subject) -> Iterator[Finding]:
    """Learners that come with a backup are enrolled in ways that Moodle has without plugins."""
    name = "course/enrolments.xml"
    root = read_document(name, subject.container) if is_set("users", subject) and not subject.container.alone else None
    for enrol in root.iter("enrol") if root is not None else ():
        way = said(enrol, "enrol")
        if way and way not in ENROLMENTS:
            place = place_of(name, subject.container, enrol)
            yield _left_out(place, f"whoever is enrolled by '{way[:40]}'", "only a plugin has it", _INSTALL)


@rule("L533", family=Family.MOODLE, lms="moodle")
def groups_are_included(subject: Subject) -> Iterator[Finding]:
    """The settings include groups, where there are any."""
    settings = subject.found.root.iterfind("information/settings/setting")
    is_off = any(said(one, "name") == "groups" and said(one, "value") == "0" for one in settings)
    root = read_document("groups.xml", subject.container) if is_off and not subject.container.alone else None
    group = next(root.iter("group"), None) if root is not None else None
    if group is not None:
        reason, remedy = "the settings do not include groups", "write the setting groups, with the value 1"
        place, what = (
            place_of("groups.xml", subject.container, group),
            "all groups, and what is for them alone is for all",
        )
        yield _left_out(place, what, reason, remedy)


@rule("L556", family=Family.MOODLE, lms="moodle")
def subsections_say_whose_they_are(subject: Subject) -> Iterator[Finding]:
    """A section that is of an activity names the activity's component."""
    for folder in folders("sections/section", subject):
        root = read_document(name := f"{folder}/section.xml", subject.container)
        if root is not None and said(root, "itemid") not in ("", "0") and not said(root, "component"):
            yield _astray(name, root, subject)


def _astray(name: str, root: etree._Element, subject: Subject) -> Finding:
    reason, remedy = "it has an <itemid>, and no <component>", "write <component>mod_subsection</component>"
    about = {"what": "the section", "reason": reason, "remedy": remedy}
    place = place_of(name, subject.container, root)
    return messages.MOODLE_TAKES_AMISS.at(place, taken="it is a section of its own", **about)
