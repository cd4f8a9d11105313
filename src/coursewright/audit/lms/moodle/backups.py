"""What a backup lists and says of itself, and what every restore reads besides: what Moodle stops at or leaves out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.limits import TABLE
from coursewright.audit.lms.moodle.losses import BACK_UP_AGAIN, amiss, bare_lists, left_out, stops
from coursewright.audit.lms.moodle.restored import (
    everywhere,
    is_of_course,
    is_set,
    listed,
    lists_course,
    of_backup,
    restored_users,
)
from coursewright.audit.lms.moodle.stock import MODULES
from coursewright.audit.rule import is_whole
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.moodle.xml import said
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject

# Of a whole course: the documents that a restore reads, whatever is chosen; those of activities are missed in general.
_OF_COURSES = ("questions.xml", "groups.xml")
# What a setting of the whole backup makes the restore ask for: a document of the course, and of each activity.
_ASKED_FOR = {"filters": "filters.xml", "calendarevents": "calendar.xml"}
_KINDS = ("course", "section", "activity")  # of backups
_OLDEST = 2010072300  # the first version of backups that is restored
_VERSION = re.compile(r"\d{1,18}(\.\d{1,9})?")
_NEWEST = 20250414  # the day of the newest version whose restore is known, 5.0
_EVERYWHERE = ("admin", "guest")  # who is on every site
_USERS, _LISTS_OF_USERS = "users.xml", ("custom_fields", "tags", "preferences")
_FOLDERS = {
    "activity": re.compile("(activities/[^/]+)/module.xml"),
    "section": re.compile("(sections/[^/]+)/section.xml"),
}
_MOST_TOLD = 20
_IS_COURSE = "write <type>course</type>"


# --- the documents that must be there ---


@of_backup("L502", when=is_whole)
def documents_are_there(subject: Subject) -> Iterator[Flaw]:
    """A backup has the documents that every restore reads, besides those that no backup is whole without."""
    for name in _asked_for(subject):
        if name not in subject.container.sizes:
            yield stops(None, f"the backup does not contain {name}, which every restore reads", BACK_UP_AGAIN)


def _asked_for(subject: Subject) -> Iterator[str]:
    """Yield the documents that a restore reads of what is listed; of plugins it leaves out all."""
    asked = [document for name, document in _ASKED_FOR.items() if is_set(name, subject)]
    course = subject.found.root.find("information/contents/course")
    if course is not None:
        folder = course.findtext("directory", "course")
        yield from (*_OF_COURSES, *(f"{folder}/{name}" for name in ("roles.xml", *asked)))
    for activity in listed("activity", subject):
        folder, module = activity.findtext("directory", ""), activity.findtext("modulename", "")
        if course is None and module == "quiz":
            yield "questions.xml"
        if module in MODULES:
            yield from (f"{folder}/{name}" for name in asked)


@of_backup("L502", when=is_whole)
def users_are_there(subject: Subject) -> Iterator[Flaw]:
    """A backup with users brings the document that has them."""
    if is_set("users", subject) and _USERS not in subject.container.sizes:
        reason = f"the backup does not contain {_USERS}, which a restore with users, the usual one, reads"
        yield stops(None, reason, f"{BACK_UP_AGAIN}, or restore it without users")


@of_backup("L502 L536 L556", when=is_whole)
def users_are_of_this_site(subject: Subject) -> Iterator[Flaw]:
    """A backup holds nobody, or it is known what becomes of whom it holds, however much else it has."""
    root = read_document(_USERS, subject.container) if is_set("users", subject) else None
    yield from (flaw.within(_USERS) for flaw in _users(root, subject)) if root is not None else ()


def _users(root: etree._Element, subject: Subject) -> Iterator[Flaw]:
    users, restored = root.findall("user"), subject.once(restored_users)
    found = [user for user in users if user.get("id") in restored]
    if users:
        about = {"count": len(users), "becomes": _becomes(len(found), len(users))}
        yield Flaw(messages.MOODLE_MAKES_USERS, None, about, None if found else Severity.INFO)
    yield from (flaw for user in found for flaw in _user(user))
    kept = {user.get("id"): said(user, "username") for user in found}
    names = Counter(kept.values())
    for user in found:
        name, other = said(user, "username"), kept[user.get("id")]
        if name != other:
            reason = f"another user of the backup has the id {user.get('id')}, too"
            taken = f"'{other[:40]}' is taken for both"
            yield amiss(user, f"the user '{name[:40]}'", reason, taken, "give each its own id")
    if alike := [user for user in found if names[said(user, "username")] > 1]:
        reason = f"several users of the backup are called '{said(alike[0], 'username')[:40]}'"
        yield stops(alike[0], reason, "give each its own <username>")


def _becomes(named: int, count: int) -> str:
    """Return what becomes of the users of a backup, by how many of them something in it names."""
    if not named:
        return "nothing in it names any of them, so Moodle creates none"
    whom = "them" if named == count else f"those that something in it names ({named})"
    return f"Moodle matches {whom} with its own by user name and e-mail address, and creates the others"


def _user(user: etree._Element) -> Iterator[Flaw]:
    """Yield why the restore of a user stops: there is another one, or lists of what it has are none."""
    yield from bare_lists(map(user.find, _LISTS_OF_USERS))
    if (name := said(user, "username")) in _EVERYWHERE:
        reason = f"the backup holds the user '{name}', and unless it goes back to its site, that has another one"
        yield stops(user, reason, "create the backup without users").weighing(Severity.WARNING)


@of_backup("L533", when=is_whole)
def course_completion_is_there(subject: Subject) -> Iterator[Flaw]:
    """A course that keeps track of completion brings the document that says when it is complete."""
    course, name = read_document("course/course.xml", subject.container), "completion.xml"
    if said(course, "enablecompletion") == "1" and name not in subject.container.sizes:
        yield _without(name, "what completes the course, if anything does", subject)


@of_backup("L533", when=is_of_course)
def gradebook_is_there(subject: Subject) -> Iterator[Flaw]:
    """A course whose grades are of categories brings the gradebook."""
    name = "gradebook.xml"
    items = everywhere("grade_item", "grades.xml", subject)
    if name not in subject.container.sizes and any(said(one, "categoryid").strip("0") for one in items):
        yield _without(name, "the categories of grades", subject)


def _without(name: str, what: str, subject: Subject) -> Flaw:
    """Return that something is left out for want of a document, which may be meant."""
    found = left_out(subject.found.root, what, f"the backup does not contain {name}", BACK_UP_AGAIN)
    return found.weighing(Severity.WARNING)


# --- what it lists ---


@of_backup("L533")
def activities_have_sections(subject: Subject) -> Iterator[Flaw]:
    """Every activity of a course lies in a section that is listed."""
    sections = {said(one, "sectionid") for one in listed("section", subject)}
    for activity in listed("activity", subject) if lists_course(subject) else ():
        if (section := said(activity, "sectionid")) not in sections:
            reason = f"it lies in the section {section or 'without a number'}, which is not in the backup"
            yield left_out(activity, f"“{said(activity, 'title')}”", reason, "list the section, with its section.xml")


@of_backup("L533", when=is_whole)
def what_is_there_is_listed(subject: Subject) -> Iterator[Flaw]:
    """Every folder of an activity or a section is listed, for the restore looks into no other."""
    known = {one.findtext("directory", "").strip("/") for kind in _FOLDERS for one in listed(kind, subject)}
    for kind, form in _FOLDERS.items():
        found = (form.fullmatch(name) for name in sorted(subject.container.sizes))
        folders = (one[1] for one in found if one and one[1] not in known)
        for folder in islice(folders, _MOST_TOLD):
            what, reason = f"the {kind} in {folder}", "moodle_backup.xml does not list it"
            yield left_out(None, what, reason, "list it, or remove the folder").weighing(Severity.WARNING)


@of_backup("L533")
def sections_are_of_activities(subject: Subject) -> Iterator[Flaw]:
    """Every section that is of an activity is of one that is listed."""
    numbers = {said(one, "moduleid") for one in listed("activity", subject)}
    for section in listed("section", subject):
        parent = said(section, "parentcmid")
        if parent and parent not in numbers:
            what = f"the section “{said(section, 'title')}”, and what is in it"
            reason = f"it is of the activity {parent[:40]}, which is not in the backup"
            yield left_out(section, what, reason, "empty <parentcmid>")


@of_backup("L533", when=is_of_course)
def what_is_listed_is_included(subject: Subject) -> Iterator[Flaw]:
    """The settings of a course's backup include its activities."""
    if listed("activity", subject) and not is_set("activities", subject):
        remedy = "write the setting activities, with the value 1"
        contents = subject.found.root.find("information/contents")
        yield left_out(contents, "all activities", "its settings do not include activities", remedy)


@of_backup("L502")
def nothing_is_listed_twice(subject: Subject) -> Iterator[Flaw]:
    """No two activities, and no two sections, have one number and two folders: each has a setting of that name."""
    for kind, number in (("activity", "moduleid"), ("section", "sectionid")):
        folders: dict[tuple[str, str], str] = {}
        for one in listed(kind, subject):
            key, folder = (said(one, "modulename"), said(one, number)), one.findtext("directory", "")
            if folders.setdefault(key, folder) != folder:
                reason = f"its contents list the {kind} {key[1][:40]} twice, in different folders"
                yield stops(one, reason, "remove one of them, or give it its own number")


@of_backup("L502")
def settings_are_of_what_is_listed(subject: Subject) -> Iterator[Flaw]:
    """Every setting is of a section or an activity that is listed: the restore looks for each."""
    folders = {
        kind: {one.findtext("directory", "").rstrip("/").rpartition("/")[2] for one in listed(kind, subject)}
        for kind in _FOLDERS
    }
    for setting in subject.found.root.iterfind("information/settings/setting"):
        level = setting.findtext("level", "")
        name = setting.findtext(level, "")
        if name not in folders.get(level, (name,)):
            reason = f"there is a setting for the {level} {name or 'without a name'}, which its contents do not list"
            yield stops(setting, reason, f"list the {level}, or remove its settings")
            return


# --- what it says that it is ---


@of_backup("L502 L533")
def it_is_of_a_course(subject: Subject) -> Iterator[Flaw]:
    """A backup says of what it is; one with a course, or with several activities, that it is of a course."""
    root, kind = subject.found.root, subject.found.root.find("information/details/detail/type")
    name, count = said(root, "information", "details", "detail", "type"), len(listed("activity", subject))
    if name not in _KINDS:
        reason = f"its <type> is '{name[:40]}', which is none of {', '.join(_KINDS)}"
        yield stops(root, reason, _IS_COURSE)
    if name == "course" and "course/course.xml" not in subject.container.sizes:
        reason = "it says that it is of a course, and does not contain course/course.xml"
        yield stops(kind, reason, "write what it is of, such as <type>section</type>")
    if name == "section" and lists_course(subject):
        yield left_out(kind, "the settings of the course", "the backup says that it is of a section", _IS_COURSE)
    if name == "activity" and count > 1:
        reason = f"the backup lists {count} activities, and says that it is of one"
        yield left_out(kind, "all activities but one", reason, _IS_COURSE)


@of_backup("L502")
def it_is_of_moodle_2(subject: Subject) -> Iterator[Flaw]:
    """The backup says of which version it is, and that can be restored; PHP compares letters where one is no number."""
    text = (subject.found.root.findtext("information/backup_version") or "").strip()
    if float(text) < _OLDEST if _VERSION.fullmatch(text) else text < str(_OLDEST):
        reason = f"<backup_version> is '{text[:40]}', and Moodle restores none below {_OLDEST}"
        yield stops(subject.found.root, reason, "write the version of the Moodle that it is from")


@of_backup("L557")
def it_is_not_newer(subject: Subject) -> Iterator[Flaw]:
    """The backup is of no later version than those whose restore is known."""
    root = subject.found.root
    version, text = root.find("information/moodle_version"), said(root, "information", "moodle_version")
    if text[:8].isdigit() and int(text[:8]) > _NEWEST:
        release = said(root, "information", "moodle_release").partition("(")[0].strip()
        values = {"release": release[:40] or text[:20], "known": TABLE.versions[-1]}
        yield Flaw(messages.MOODLE_IS_OLDER, version, values)
