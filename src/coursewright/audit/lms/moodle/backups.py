"""What Moodle's restore stops at, leaves out and does not show of a backup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice

from lxml import etree

from coursewright.audit.lms.field_bounds import (
    Alone,
    Filled,
    Given,
    Leading,
    Length,
    NotBlank,
    Number,
    There,
    Whole,
    Within,
    Written,
)
from coursewright.audit.lms.limits import Breach, Effect, breaches
from coursewright.audit.lms.moodle.columns import written
from coursewright.audit.lms.moodle.limits import TABLE
from coursewright.audit.lms.moodle.stock import COURSE_FORMATS, EARLIER_MODULES, MODULES
from coursewright.audit.rule import is_whole, rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.documents.moodle.xml import NULL
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

# Of an activity, and of a whole course: the documents that a restore reads, whatever is chosen.
_OF_ACTIVITIES = ("roles.xml", "grades.xml")
_OF_COURSES = ("questions.xml", "groups.xml")
# What a setting of the whole backup makes the restore ask for: a document of the course, and of each activity.
_ASKED_FOR = {"filters": "filters.xml", "calendarevents": "calendar.xml"}
_NUMBERS = "information/contents/activities/activity/moduleid"
_KINDS = ("course", "section", "activity")  # of backups
_OLDEST = 2010072300  # the first version of backups that is restored
_VERSION = re.compile(r"\d{1,18}(\.\d{1,9})?")
_NEWEST = 20250414  # the day of the newest version whose restore is known, 5.0
_MOST_STOPS = 20  # of a document
_REMEDIES: Mapping[type, str] = {
    Length: "shorten it",
    Number: "write a number, such as 0 or 1",
    Whole: "write a whole number, such as 0 or 1",
    Within: "write a smaller number",
    Leading: "write the seconds since 1970, or 0",
    NotBlank: "write a number, such as 0 or 1",
    Given: "write a value, or leave the element out",
}
_REMEDIES_OF_AMISS: Mapping[type, str] = {
    There: "write it",
    Written: "write it",
    Alone: "write that number alone",
    Filled: "write it",
}


@rule("L502", family=Family.MOODLE, lms="moodle")
def documents_are_there(subject: Subject) -> Iterator[Finding]:
    """A backup has the documents that every restore reads, besides those that no backup is whole without."""
    contents = subject.found.root.find("information/contents")
    if contents is None or subject.container.alone:
        return
    kinds = {one.text for one in contents.iterfind("activities/activity/modulename")}
    if contents.find("course") is None and "quiz" in kinds:
        yield from _lacking("questions.xml", subject)
    asked = [document for name, document in _ASKED_FOR.items() if is_set(name, subject)]
    if (course := contents.find("course")) is not None:
        folder = course.findtext("directory", "course")
        for name in (*_OF_COURSES, *(f"{folder}/{name}" for name in ("roles.xml", *asked))):
            yield from _lacking(name, subject)
    for activity in contents.iterfind("activities/activity"):
        folder, module = activity.findtext("directory", ""), activity.findtext("modulename", "")
        for name in (f"{module}.xml", *_OF_ACTIVITIES, *asked) if module in MODULES else ():  # others are left out
            yield from _lacking(f"{folder}/{name}", subject)


def is_set(name: str, subject: Subject) -> bool:
    """Say whether a setting of the whole backup is on."""
    settings = subject.found.root.iterfind("information/settings/setting")
    wanted = (one for one in settings if one.findtext("level") == "root" and one.findtext("name") == name)
    return any(one.findtext("value") == "1" for one in wanted)


def _lacking(name: str, subject: Subject) -> Iterator[Finding]:
    if name not in subject.container.sizes:
        reason, remedy = f"the backup does not contain {name}, which every restore reads", "create the backup again"
        yield messages.MOODLE_STOPS.at(Place(subject.shown), reason=reason, remedy=remedy)


@rule("L502 L533 L556", family=Family.MOODLE, lms="moodle", when=is_whole)
def fields_are_within_limits(subject: Subject) -> Iterator[Finding]:
    """Whatever stands in a field is there, and fits into the column that the restore writes it to."""
    for name in within_bounds(_limited(subject), subject.container, "documents", count=MOST_OF_A_BACKUP):
        root = read_document(name, subject.container)
        if root is not None:
            found = (_beyond(one, name, subject) for one in breaches(root, name, TABLE) if not _is_of_20(one))
            yield from islice(chain(found, _late(name, root, subject)), _MOST_STOPS)


def _is_of_20(breach: Breach) -> bool:
    """Say whether a field is missing that Moodle 2.0 had not, and its restore makes of another."""
    return breach.limit.field.startswith("review") and breach.element.find("review") is not None


def _late(name: str, root: etree._Element, subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each text that follows elements within elements: the restore has written the row by then, and
    takes the text for another, of which all else is missing."""
    rows = written(name.rpartition("/")[2])
    for element in root.iter(etree.Element):
        is_written = False
        for child in element.iterchildren(etree.Element) if etree.QName(element).localname in rows else ():
            if is_written and not _holds(child) and (child.text or NULL).strip() not in ("", NULL):
                reason = f"<{child.tag}> of <{element.tag}> has a text, and comes after elements that hold others"
                remedy = "put it before them, or remove the text"
                yield messages.MOODLE_STOPS.at(place_of(name, subject.container, child), reason=reason, remedy=remedy)
            is_written |= _holds(child)


def _holds(element: etree._Element) -> bool:
    """Say whether there are elements in an element; comments are none."""
    return next(element.iterchildren(etree.Element), None) is not None


def _limited(subject: Subject) -> list[str]:
    """Return the documents that have limits, of the parts that are listed, of the course, and at the top."""
    listed = {folder.text for folder in subject.found.root.iterfind("information/contents//directory")} | {"", "course"}
    return sorted(name for name in subject.container.sizes if name.rpartition("/")[0] in listed and TABLE.of(name))


def _beyond(breach: Breach, name: str, subject: Subject) -> Finding:
    place = place_of(name, subject.container, breach.element)
    if breach.limit.effect is Effect.HIDDEN:
        reason = "it has no name, and the course page leaves out what has none"
        return messages.MOODLE_LEAVES_OUT.at(place, what="this activity", reason=reason, remedy="give it a name")
    remedy = _REMEDIES.get(type(breach.limit.bound), "add it, if only empty")
    if breach.limit.effect is Effect.LEFT_OUT:
        return messages.MOODLE_LEAVES_OUT.at(place, what="this activity", reason=breach.reason, remedy=remedy)
    if breach.limit.effect in (Effect.TAKEN, Effect.DEFAULT, Effect.CUT, Effect.EMPTY, Effect.BREAKS, Effect.CLOSES):
        what, remedy = (
            f"<{breach.limit.element}>",
            _REMEDIES_OF_AMISS.get(type(breach.limit.bound)) or f"write {breach.limit.bound.told}",
        )
        taken = str(breach.limit.effect)
        found = messages.MOODLE_TAKES_AMISS.at(place, what=what, reason=breach.reason, taken=taken, remedy=remedy)
        return replace(found, severity=Severity.ERROR) if breach.limit.effect is Effect.BREAKS else found
    return messages.MOODLE_STOPS.at(place, reason=breach.reason, remedy=remedy)


@rule("L533", family=Family.MOODLE, lms="moodle")
def activities_are_of_its_kinds(subject: Subject) -> Iterator[Finding]:
    """Every activity is of a kind that Moodle has without plugins."""
    for activity in subject.found.root.iterfind("information/contents/activities/activity"):
        module = activity.findtext("modulename", "").strip()
        if module and module not in MODULES:
            what = f"“{activity.findtext('title', '').strip()}” (and whatever waits for it)"
            since = (
                "which Moodle itself had in earlier versions"
                if module in EARLIER_MODULES
                else "which only a plugin has"
            )
            reason = f"it is of the kind '{module[:40]}', {since}"
            remedy = "install that plugin first, or replace the activity"
            found = messages.MOODLE_LEAVES_OUT.at(subject.place(activity), what=what, reason=reason, remedy=remedy)
            yield replace(found, severity=Severity.WARNING)


@rule("L533", family=Family.MOODLE, lms="moodle")
def activities_have_sections(subject: Subject) -> Iterator[Finding]:
    """Every activity lies in a section that is listed, and is among what the settings include."""
    contents = subject.found.root.find("information/contents")
    if contents is None or contents.find("course") is None:
        return
    sections = {(section.text or "").strip() for section in contents.iterfind("sections/section/sectionid")}
    for activity in contents.iterfind("activities/activity"):
        section, title = activity.findtext("sectionid", "").strip(), activity.findtext("title", "").strip()
        if section not in sections:
            reason = f"it lies in the section {section or 'without a number'}, which is not in the backup"
            remedy = "list the section, with its section.xml"
            yield messages.MOODLE_LEAVES_OUT.at(
                subject.place(activity), what=f"“{title}”", reason=reason, remedy=remedy
            )


@rule("L533", family=Family.MOODLE, lms="moodle")
def sections_are_of_activities(subject: Subject) -> Iterator[Finding]:
    """Every section that is of an activity is of one that is listed."""
    contents = subject.found.root.find("information/contents")
    sections = contents.iterfind("sections/section") if contents is not None else ()
    listed = {(one.text or "").strip() for one in subject.found.root.iterfind(_NUMBERS)}
    for section in sections:
        parent = (section.findtext("parentcmid") or "").strip()
        if parent not in ("", NULL) and parent not in listed:
            what = f"the section “{section.findtext('title', '').strip()}”, and what is in it"
            reason, remedy = f"it is of the activity {parent[:40]}, which is not in the backup", "empty <parentcmid>"
            yield messages.MOODLE_LEAVES_OUT.at(subject.place(section), what=what, reason=reason, remedy=remedy)


@rule("L533", family=Family.MOODLE, lms="moodle")
def what_is_listed_is_included(subject: Subject) -> Iterator[Finding]:
    """The settings of a course's backup include its activities."""
    contents = subject.found.root.find("information/contents")
    if contents is None or contents.find("course") is None or subject.container.alone:
        return
    if contents.find("activities/activity") is not None and not is_set("activities", subject):
        reason, remedy = "its settings do not include activities", "write the setting activities, with the value 1"
        place, what = subject.place(contents), "all activities"
        yield messages.MOODLE_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)


@rule("L533", family=Family.MOODLE, lms="moodle")
def its_format_is_known(subject: Subject) -> Iterator[Finding]:
    """The course is of a format that Moodle has without plugins."""
    kind = subject.found.root.find("information/original_course_format")
    name = (kind.text or "").strip() if kind is not None else ""
    root = read_document("course/course.xml", subject.container) if not subject.container.alone else None
    name = (root.findtext("format") or name).strip() if root is not None else name
    if name and name not in COURSE_FORMATS:
        reason = "only a plugin has it; without that plugin, the course is shown in topics"
        place = place_of("course/course.xml", subject.container, root)
        found = messages.MOODLE_LEAVES_OUT.at(
            place, what=f"the course format '{name[:40]}'", reason=reason, remedy="install that plugin first"
        )
        yield replace(found, severity=Severity.WARNING)


@rule("L502 L533", family=Family.MOODLE, lms="moodle")
def it_is_of_a_course(subject: Subject) -> Iterator[Finding]:
    """A backup says of what it is; one with a course, or with several activities, that it is of a course."""
    kind = subject.found.root.find("information/details/detail/type")
    said = (kind.text or "").strip() if kind is not None else ""
    if said not in _KINDS:
        reason, remedy = (
            f"its <type> is '{said[:40]}', which is none of {', '.join(_KINDS)}",
            "write <type>course</type>",
        )
        yield messages.MOODLE_STOPS.at(subject.place(subject.found.root), reason=reason, remedy=remedy)
    if kind is not None and said == "section" and subject.found.root.find("information/contents/course") is not None:
        what, reason = "the settings of the course", "the backup says that it is of a section"
        remedy = "write <type>course</type>"
        yield messages.MOODLE_LEAVES_OUT.at(subject.place(kind), what=what, reason=reason, remedy=remedy)
    activities = subject.found.root.findall("information/contents/activities/activity")
    if kind is not None and (kind.text or "").strip() == "activity" and len(activities) > 1:
        reason = f"the backup lists {len(activities)} activities, and says that it is of one"
        found, remedy = messages.MOODLE_LEAVES_OUT, "write <type>course</type>"
        yield found.at(subject.place(kind), what="all activities but one", reason=reason, remedy=remedy)


@rule("L502", family=Family.MOODLE, lms="moodle")
def settings_are_of_what_is_listed(subject: Subject) -> Iterator[Finding]:
    """Every setting is of a section or an activity that is listed: the restore looks for each."""
    contents = subject.found.root.find("information/contents")
    if contents is None:
        return
    folders = [(folder.text or "").rpartition("/")[2] for folder in contents.iterfind(".//directory")]
    listed = {"activity": set(folders), "section": set(folders)}
    for setting in subject.found.root.iterfind("information/settings/setting"):
        level = setting.findtext("level", "")
        name = setting.findtext(level, "") if level in listed else ""
        if name and name not in listed[level]:
            reason = f"there is a setting for the {level} {name}, which its contents do not list"
            yield messages.MOODLE_STOPS.at(
                subject.place(setting), reason=reason, remedy=f"list the {level}, or remove its settings"
            )
            return


@rule("L502 L536", family=Family.MOODLE, lms="moodle")
def users_are_of_this_site(subject: Subject) -> Iterator[Finding]:
    """A backup holds nobody, or it is known what becomes of whom it holds."""
    if not is_set("users", subject) or subject.container.alone:
        return
    if "users.xml" not in subject.container.sizes:
        yield from _lacking("users.xml", subject)
        return
    root = read_document("users.xml", subject.container)
    count = sum(1 for _ in root.iterfind("user")) if root is not None else 0
    if count:
        yield messages.MOODLE_MAKES_USERS.at(place_of("users.xml", subject.container), count=count)


@rule("L502", family=Family.MOODLE, lms="moodle")
def it_is_of_moodle_2(subject: Subject) -> Iterator[Finding]:
    """The backup says of which version it is, and that can be restored; PHP compares letters where one is no number."""
    text = (subject.found.root.findtext("information/backup_version") or "").strip()
    is_number = _VERSION.fullmatch(text) is not None
    if float(text) < _OLDEST if is_number else text < str(_OLDEST):
        reason = f"<backup_version> is '{text[:40]}', and Moodle restores none below {_OLDEST}"
        place, remedy = subject.place(subject.found.root), "write the version of the Moodle that it is from"
        yield messages.MOODLE_STOPS.at(place, reason=reason, remedy=remedy)


@rule("L502", family=Family.MOODLE, lms="moodle")
def nothing_is_listed_twice(subject: Subject) -> Iterator[Finding]:
    """No two activities, and no two sections, have one number and two folders: each has a setting of that name."""
    for kind, number in (("activity", "moduleid"), ("section", "sectionid")):
        listed: dict[tuple[str, str], str] = {}
        for one in subject.found.root.iterfind(f"information/contents/*/{kind}"):
            key = one.findtext("modulename", "").strip(), one.findtext(number, "").strip()
            folder = one.findtext("directory", "")
            if listed.setdefault(key, folder) != folder:
                reason = f"its contents list the {kind} {key[1][:40]} twice, in different folders"
                remedy = "remove one of them, or give it its own number"
                yield messages.MOODLE_STOPS.at(subject.place(one), reason=reason, remedy=remedy)


@rule("L557", family=Family.MOODLE, lms="moodle")
def it_is_not_newer(subject: Subject) -> Iterator[Finding]:
    """The backup is of no later version than those whose restore is known."""
    root = subject.found.root
    version, release = (root.find(f"information/moodle_{name}") for name in ("version", "release"))
    text = (version.text or "").strip() if version is not None else ""
    if text[:8].isdigit() and int(text[:8]) > _NEWEST:
        shown = (release.text or "").partition("(")[0].strip() if release is not None else ""
        place = subject.place(version if version is not None else root)
        yield messages.MOODLE_IS_OLDER.at(place, release=shown[:40] or text[:20], known=TABLE.versions[-1])
