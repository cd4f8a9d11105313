"""The documents of a Moodle course backup that are of the whole: what it holds, its files, the course and its sections.

Names are those of Moodle 4.1, whose restore reads every field: one that is left out makes it warn.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha1

from lxml.etree import Element

from coursewright.packages.documents.moodle.availability import written_availability
from coursewright.packages.documents.moodle.course_rows import (
    BackupContents,
    BackupDetail,
    BackupInformation,
    BackupSetting,
    CompletionCriterion,
    CompletionMethod,
    CourseCategory,
    CourseCompetencies,
    CourseCompetency,
    CourseCompletion,
    CourseRow,
    FormatOption,
    Groups,
    ListedActivity,
    ListedCourse,
    ListedSection,
    Roles,
    WholeBackup,
)
from coursewright.packages.documents.moodle.instances import ResourceInstance
from coursewright.packages.documents.moodle.rows import FileRow, SectionRow, StoredFiles
from coursewright.packages.documents.moodle.values import (
    COURSE,
    COURSE_CONTEXT,
    LONGEST_COURSE_NAME,
    LONGEST_NAME,
    LONGEST_SHORT_NAME,
    MoodleBackup,
    MoodleSection,
    Tracking,
)
from coursewright.packages.documents.moodle.xml import document, name, row_document


def moodle_backup(backup: MoodleBackup, file: str) -> bytes:
    """Return `moodle_backup.xml`, which lists what the backup holds."""
    own = sha1(backup.identifier.encode(), usedforsecurity=False).hexdigest()[:32]
    information = BackupInformation(
        file,
        original_course_fullname=name(backup.title, LONGEST_COURSE_NAME),
        original_course_shortname=_short_name(backup),
        original_course_startdate=str(backup.start),
        details=(BackupDetail(own),),
        contents=_contents(backup),
        settings=tuple(_settings(backup, file)),
    )
    return row_document(WholeBackup(information))


def _short_name(backup: MoodleBackup) -> str:
    """Return what breadcrumbs and lists call the course: its title, as far as the form for it has room."""
    return name(backup.title, LONGEST_SHORT_NAME)


def _contents(backup: MoodleBackup) -> BackupContents:
    activities = (
        ListedActivity(str(one.number), str(section.id), one.kind, name(one.name, LONGEST_NAME), one.folder)
        for section in backup.sections
        for one in section.activities
    )
    sections = (
        ListedSection(str(one.id), name(one.name, LONGEST_NAME) or str(one.number), one.folder)
        for one in backup.sections
    )
    return BackupContents(tuple(activities), tuple(sections), ListedCourse(title=_short_name(backup)))


_ACTIVITY, _ALL = "4", "1"  # a criterion: an activity is complete; of those, all
_WANTED = ("activities", "files", "competencies")
_UNWANTED = (
    *("imscc11", "users", "anonymize", "role_assignments", "blocks", "filters", "comments", "badges", "calendarevents"),
    *("userscompletion", "logs", "grade_histories", "groups", "customfield", "contentbankcontent", "xapistate"),
    "legacyfiles",
)


def _settings(backup: MoodleBackup, file: str) -> Iterator[BackupSetting]:
    wanted = {"filename": file, **dict.fromkeys(_WANTED, "1"), **dict.fromkeys(_UNWANTED, "0")}
    yield from (BackupSetting(name=setting, value=value) for setting, value in wanted.items())
    for section in backup.sections:
        yield from _included("section", section.folder)
        for found in section.activities:
            yield from _included("activity", found.folder)


def _included(level: str, folder: str) -> Iterator[BackupSetting]:
    part = folder.rpartition("/")[2]
    for what, value in (("included", "1"), ("userinfo", "0")):
        yield BackupSetting(level, ((level, part),), f"{part}_{what}", value)


def files(backup: MoodleBackup) -> bytes:
    """Return `files.xml`, which says where each file belongs."""
    rows = (
        FileRow(
            str(stored.number),
            stored.hash,
            str(found.context),
            stored.component,
            stored.area,
            str(stored.item),
            stored.folder,
            stored.name,
            filesize=str(stored.size),
            mimetype=stored.type,
            source=stored.name,
            sortorder=str(int(isinstance(found.own, ResourceInstance))),
        )
        for found in backup.activities
        for stored in found.files
    )
    return row_document(StoredFiles(tuple(rows)))


@cache
def no_roles() -> bytes:
    """Return roles of a course or an activity: none of its own."""
    return row_document(Roles())


def empty_files() -> dict[str, bytes]:
    """Return the files that a restore wants to see even where there is nothing to say."""
    return {
        "roles.xml": document(Element("roles_definition")),
        "groups.xml": row_document(Groups()),
        "scales.xml": document(Element("scales_definition")),
        "outcomes.xml": document(Element("outcomes_definition")),
        "course/roles.xml": no_roles(),
    }


def course_settings(backup: MoodleBackup) -> bytes:
    """Return `course/course.xml`."""
    return row_document(
        CourseRow(
            str(COURSE),
            str(COURSE_CONTEXT),
            _short_name(backup),
            name(backup.title, LONGEST_COURSE_NAME),
            backup.identifier,
            backup.summary,
            startdate=str(backup.start),
            category=CourseCategory("1"),
            options=(FormatOption(name="hiddensections"), FormatOption(name="coursedisplay")),
        )
    )


def course_competencies(backup: MoodleBackup) -> bytes:
    """Return `course/competencies.xml`: links to competencies that the site has, by their idnumbers."""
    listed = (
        CourseCompetency(str(number), idnumber, sortorder=str(number), frameworkidnumber=backup.framework)
        for number, idnumber in enumerate(backup.competencies, start=1)
    )
    return row_document(CourseCompetencies(tuple(listed)))


def section(found: MoodleSection) -> bytes:
    """Return `section.xml`."""
    row = SectionRow(
        str(found.id),
        str(found.number),
        name(found.name, LONGEST_NAME) or None,
        found.summary,
        sequence=",".join(str(activity.number) for activity in found.activities),
        availabilityjson=written_availability(found.gate, shown=True),
    )
    return row_document(row)


def completion(backup: MoodleBackup) -> bytes:
    """Return `completion.xml`: the course is complete when all activities are that are tracked."""
    tracked = [found for found in backup.activities if found.tracking is not Tracking.NONE]
    criteria = (
        CompletionCriterion(str(number), criteriatype=_ACTIVITY, module=one.kind, moduleinstance=str(one.number))
        for number, one in enumerate(tracked, start=1)
    )
    methods = (CompletionMethod("1", method=_ALL), CompletionMethod("2", criteriatype=_ACTIVITY, method=_ALL))
    return row_document(CourseCompletion(tuple(criteria), methods))
