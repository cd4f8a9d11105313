"""A backup as its restore reads it: what it lists, and its documents, each of which is opened once for all rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from lxml import etree

from coursewright.audit.rule import OpenedDocument, is_whole, judge_documents, rule
from coursewright.findings.finding import Finding
from coursewright.packages.documents.moodle.activity_rows import InfoReferences
from coursewright.packages.documents.moodle.rows import read_row
from coursewright.packages.documents.moodle.xml import said
from coursewright.packages.documents.reading import read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

of_backup = partial(rule, family=Family.MOODLE, lms="moodle")
"""Declares a rule over a whole backup: what it yields is placed in what the backup lists, if it does not say where."""
of_document = partial(rule, over=OpenedDocument, lms="moodle")
"""Declares a rule over each document of a backup that is `named` so, such as `quiz.xml`."""
ACTIVITY = "(activity)"
"""Names the document of each activity that is called as its kind, in what rules declare."""


@rule(family=Family.MOODLE, lms="moodle", through=(OpenedDocument,), when=is_whole)
def documents_arrive(subject: Subject) -> Iterator[Finding]:
    """Whatever stands in the documents of a backup arrives as it is meant."""
    yield from judge_documents(subject.once(documents), subject, "moodle", MOST_OF_A_BACKUP)


def documents(subject: Subject) -> dict[str, frozenset[str]]:
    """Return the documents at the top, of the course, of blocks and of what is listed, each with what names it."""
    directories = subject.found.root.iterfind("information/contents//directory")
    folders = {"", "course", *(one.text for one in directories)}
    own = {f"{folder}/{kind}.xml" for folder, (_, kind) in subject.once(activities).items()}
    words = (name.rpartition("/") for name in sorted(subject.container.sizes))
    return {
        name: frozenset((file, ACTIVITY) if name in own else (file,))
        for folder, slash, file in words
        if folder in folders or file == "block.xml"
        for name in (f"{folder}{slash}{file}",)
    }


def bounded(names: Iterable[str], subject: Subject) -> Iterator[str]:
    """Yield the names of documents until enough has been looked into."""
    return within_bounds(names, subject.container, "documents", count=MOST_OF_A_BACKUP)


def roots(file: str, subject: Subject) -> Iterator[etree._Element]:
    """Yield the roots of the documents of a name, such as `grades.xml`."""
    names = (name for name, words in subject.once(documents).items() if file in words)
    for name in bounded(names, subject):
        if (root := read_document(name, subject.container)) is not None:
            yield root


def everywhere(name: str, files: str, subject: Subject) -> Iterator[etree._Element]:
    """Yield the elements of a name in all documents of these names, such as `grades.xml gradebook.xml`."""
    return (one for file in files.split() for root in roots(file, subject) for one in root.iter(name))


def listed(kind: str, subject: Subject) -> list[etree._Element]:
    """Return what a backup lists of a kind: `activity` or `section`."""
    return subject.found.root.findall(f"information/contents/*/{kind}")


def activities(subject: Subject) -> dict[str, tuple[str, str]]:
    """Return the number and the kind of each activity that is listed, by its folder."""
    found = listed("activity", subject)
    return {one.findtext("directory", ""): (said(one, "moduleid"), said(one, "modulename")) for one in found}


def kind_of(document: OpenedDocument) -> str:
    """Return of which kind the activity is that a document belongs to, by what is listed."""
    return document.subject.once(activities).get(document.folder, ("", ""))[1]


def lists_course(subject: Subject) -> bool:
    """Say whether a backup lists a course."""
    return subject.found.root.find("information/contents/course") is not None


def is_of_course(subject: Subject) -> bool:
    """Say whether a backup is of a course, and not of a part of one."""
    return is_whole(subject) and lists_course(subject)


def is_set(name: str, subject: Subject, value: str = "1") -> bool:
    """Say whether a setting of the whole backup is on, or has another value."""
    settings = subject.found.root.iterfind("information/settings/setting")
    wanted = (one for one in settings if one.findtext("level") == "root" and one.findtext("name") == name)
    return any(one.findtext("value") == value for one in wanted)


def references(subject: Subject) -> list[InfoReferences]:
    """Return what all activities, sections and courses of a backup refer to, be they listed or not."""
    names = (name for name in subject.container.sizes if name.endswith("/inforef.xml"))
    return [read_row(InfoReferences, read_document(name, subject.container)) for name in bounded(names, subject)]


def restored_users(subject: Subject) -> frozenset[str]:
    """Return the numbers of the users that are restored: those that something names, if users are at all."""
    found = subject.once(references) if is_set("users", subject) else ()
    return frozenset(user.id for one in found for user in one.users)


# --- what an element says ---


def titled(element: etree._Element, name: str = "name") -> str:
    """Return what an element is called, in quotation marks."""
    return called(said(element, name))


def called(name: str) -> str:
    """Return a name in quotation marks, shortened."""
    return f"“{name[:60]}”"
