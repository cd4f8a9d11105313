"""What a backup says of itself and of its course, as values.

`moodle_backup.xml`, `course.xml`, and beside that `completion.xml`, `competencies.xml`, `roles.xml` and `groups.xml`.
"""

from __future__ import annotations

from hashlib import sha1
from typing import ClassVar

from coursewright.frozen import frozen
from coursewright.packages.documents.fields import attribute, listed, long_text, others
from coursewright.packages.documents.moodle.rows import MoodleRow, OfUsers, TagRow
from coursewright.packages.documents.moodle.values import COURSE, COURSE_CONTEXT, SYSTEM_CONTEXT
from coursewright.packages.documents.moodle.xml import MOMENT, RELEASE, VERSION

OUR_SITE = "https://coursewright.example"
"""Where backups that we write say that their course was."""
_TIME, _COURSE = str(MOMENT), str(COURSE)


@frozen
class BackupDetail(MoodleRow):
    """What kind of backup it is."""

    backup_id: str = attribute()
    type: str = "course"
    format: str = "moodle2"
    interactive: str = "1"
    mode: str = "10"
    execution: str = "1"
    executiontime: str = "0"


@frozen
class ListedActivity(MoodleRow):
    """An activity, and where it stands in the backup."""

    moduleid: str = ""
    sectionid: str = ""
    modulename: str = ""
    title: str = ""
    directory: str = ""


@frozen
class ListedSection(MoodleRow):
    """A section, and where it stands in the backup."""

    sectionid: str = ""
    title: str = ""
    directory: str = ""


@frozen
class ListedCourse(MoodleRow):
    """The course, and where it stands in the backup."""

    courseid: str = _COURSE
    title: str = ""
    directory: str = "course"


@frozen
class BackupContents(MoodleRow):
    """What the backup holds."""

    activities: tuple[ListedActivity, ...] = listed("activity", "activities", always=True)
    sections: tuple[ListedSection, ...] = listed("section", "sections", always=True)
    course: ListedCourse | None = None


@frozen
class BackupSetting(MoodleRow):
    """What was chosen for the backup: for all of it, or for the section or the activity that it is `of`."""

    level: str = "root"
    of: tuple[tuple[str, str], ...] = others()
    name: str = ""
    value: str = ""


@frozen
class BackupInformation(MoodleRow):
    """What the backup says of itself."""

    name: str = ""
    moodle_version: str = VERSION
    moodle_release: str = f"{RELEASE} (Build: {VERSION[:8]})"
    backup_version: str = VERSION
    backup_release: str = RELEASE
    backup_date: str = _TIME
    mnet_remoteusers: str = "0"
    include_files: str = "1"
    include_file_references_to_external_content: str = "0"
    original_wwwroot: str = OUR_SITE
    original_site_identifier_hash: str = sha1(b"coursewright", usedforsecurity=False).hexdigest()
    original_course_id: str = _COURSE
    original_course_format: str = "topics"
    original_course_fullname: str = ""
    original_course_shortname: str = ""
    original_course_startdate: str = "0"
    original_course_enddate: str = "0"
    original_course_contextid: str = str(COURSE_CONTEXT)
    original_system_contextid: str = str(SYSTEM_CONTEXT)
    details: tuple[BackupDetail, ...] = listed("detail", "details")
    contents: BackupContents | None = None
    settings: tuple[BackupSetting, ...] = listed("setting", "settings")


@frozen
class WholeBackup(MoodleRow):
    """All that `moodle_backup.xml` says."""

    ROOT: ClassVar[str] = "moodle_backup"
    information: BackupInformation | None = None


@frozen
class CourseCategory(MoodleRow):
    """The category of courses that a course was in."""

    id: str = attribute()
    name: str = ""
    description: str = long_text()


@frozen
class CustomField(MoodleRow):
    """A field of a site's own."""

    id: str = attribute()
    shortname: str = ""
    type: str = ""
    value: str = long_text()


@frozen
class FormatOption(MoodleRow):
    """A setting of the format that the course page has."""

    courseid: str = _COURSE
    format: str = "topics"
    sectionid: str = "0"
    name: str = ""
    value: str = "0"


@frozen
class CourseRow(MoodleRow):
    """All that `course.xml` says."""

    ROOT: ClassVar[str] = "course"
    FILE: ClassVar[str] = "course/course.xml"
    id: str = attribute()
    contextid: str = attribute()
    shortname: str = ""
    fullname: str = ""
    idnumber: str = ""
    summary: str = long_text()
    summaryformat: str = "1"
    format: str = "topics"
    showgrades: str = "1"
    newsitems: str = "0"
    startdate: str = "0"
    enddate: str = "0"
    marker: str = "0"
    maxbytes: str = "0"
    legacyfiles: str = "0"
    showreports: str = "0"
    visible: str = "1"
    groupmode: str = "0"
    groupmodeforce: str = "0"
    defaultgroupingid: str = "0"
    lang: str = ""  # of the interface, which its users choose: what we write says its own language
    theme: str = ""
    timecreated: str = _TIME
    timemodified: str = _TIME
    requested: str = "0"
    showactivitydates: str = "0"
    showcompletionconditions: str = "1"
    pdfexportfont: str | None = None
    enablecompletion: str = "1"
    completionstartonenrol: str = "1"
    completionnotify: str = "0"
    hiddensections: str = "0"
    coursedisplay: str = "0"
    category: CourseCategory | None = None
    tags: tuple[TagRow, ...] = listed("tag", "tags", always=True)
    customfields: tuple[CustomField, ...] = listed("customfield", "customfields", always=True)
    options: tuple[FormatOption, ...] = listed("courseformatoption", "courseformatoptions")


@frozen
class CompletionCriterion(MoodleRow):
    """What must be complete before a course is."""

    id: str = attribute()
    course: str = _COURSE
    criteriatype: str = ""
    module: str | None = None
    moduleinstance: str | None = None
    courseinstanceshortname: str | None = None
    enrolperiod: str | None = None
    timeend: str | None = None
    gradepass: str | None = None
    role: str | None = None
    roleshortname: str | None = None
    by_users: tuple[OfUsers, ...] = listed(
        "course_completion_crit_completion", "course_completion_crit_completions", always=True
    )


@frozen
class CompletionMethod(MoodleRow):
    """How many criteria of a type, or of all types, must be met."""

    id: str = attribute()
    course: str = _COURSE
    criteriatype: str | None = None
    method: str = ""
    value: str | None = None


@frozen
class CourseCompletion(MoodleRow):
    """All that `completion.xml` says."""

    ROOT: ClassVar[str] = "course_completion"
    criteria: tuple[CompletionCriterion, ...] = listed("course_completion_criteria")
    methods: tuple[CompletionMethod, ...] = listed("course_completion_aggr_methd")


@frozen
class CourseCompetency(MoodleRow):
    """A competency of the site that a course teaches."""

    id: str = ""
    idnumber: str = ""
    ruleoutcome: str = "1"
    sortorder: str = ""
    frameworkid: str = "1"
    frameworkidnumber: str = ""


@frozen
class CourseCompetencies(MoodleRow):
    """All that `course/competencies.xml` says."""

    ROOT: ClassVar[str] = "course_competencies"
    competencies: tuple[CourseCompetency, ...] = listed("competency", "competencies", always=True)
    by_users: tuple[OfUsers, ...] = listed("user_competency", "user_competencies", always=True)


@frozen
class Roles(MoodleRow):
    """Who has which role in a course or an activity (`roles.xml`)."""

    ROOT: ClassVar[str] = "roles"
    overrides: tuple[OfUsers, ...] = listed("override", "role_overrides", always=True)
    assignments: tuple[OfUsers, ...] = listed("assignment", "role_assignments", always=True)


@frozen
class Groups(MoodleRow):
    """The groups of a course, and what they are groups of (`groups.xml`)."""

    ROOT: ClassVar[str] = "groups"
    groupings: tuple[OfUsers, ...] = listed("grouping", "groupings", always=True)
