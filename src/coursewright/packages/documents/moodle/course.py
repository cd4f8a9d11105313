"""The documents of a Moodle course backup that are of the whole: what it holds, its files, the course and its sections.

Names are those of Moodle 4.1, whose restore reads every field: one that is left out makes it warn.
"""

from __future__ import annotations

from hashlib import sha1

from lxml.etree import Element, SubElement, _Element

from coursewright.packages.documents.fields import add_as, fill_as
from coursewright.packages.documents.moodle.availability import written_availability
from coursewright.packages.documents.moodle.rows import FileRow, SectionRow
from coursewright.packages.documents.moodle.values import (
    COURSE,
    COURSE_CONTEXT,
    LONGEST_COURSE_NAME,
    LONGEST_NAME,
    LONGEST_SHORT_NAME,
    SYSTEM_CONTEXT,
    ActivityKind,
    MoodleBackup,
    MoodleSection,
    Tracking,
)
from coursewright.packages.documents.moodle.xml import (
    MOMENT,
    RELEASE,
    VERSION,
    add,
    add_empty,
    document,
    fields,
    name,
    roles,
)


def moodle_backup(backup: MoodleBackup, file: str) -> bytes:
    """Return `moodle_backup.xml`, which lists what the backup holds."""
    root = Element("moodle_backup")
    information = add(
        root,
        "information",
        name=file,
        moodle_version=VERSION,
        moodle_release=f"{RELEASE} (Build: {VERSION[:8]})",
        backup_version=VERSION,
        backup_release=RELEASE,
        backup_date=MOMENT,
        mnet_remoteusers=0,
        include_files=1,
        include_file_references_to_external_content=0,
        original_wwwroot="https://coursewright.example",
        original_site_identifier_hash=sha1(b"coursewright", usedforsecurity=False).hexdigest(),
        original_course_id=COURSE,
        original_course_format="topics",
        original_course_fullname=name(backup.title, LONGEST_COURSE_NAME),
        original_course_shortname=_short_name(backup),
        original_course_startdate=backup.start,
        original_course_enddate=0,
        original_course_contextid=COURSE_CONTEXT,
        original_system_contextid=SYSTEM_CONTEXT,
    )
    own = sha1(backup.identifier.encode(), usedforsecurity=False).hexdigest()[:32]
    details = SubElement(SubElement(information, "details"), "detail", backup_id=own)
    fields(details, type="course", format="moodle2", interactive=1, mode=10, execution=1, executiontime=0)
    _contents(SubElement(information, "contents"), backup)
    _settings(SubElement(information, "settings"), backup, file)
    return document(root)


def _short_name(backup: MoodleBackup) -> str:
    """Return what breadcrumbs and lists call the course: its title, as far as the form for it has room."""
    return name(backup.title, LONGEST_SHORT_NAME)


def _contents(contents: _Element, backup: MoodleBackup) -> None:
    activities = SubElement(contents, "activities")
    for section in backup.sections:
        for found in section.activities:
            activity = add(activities, "activity", moduleid=found.number, sectionid=section.id, modulename=found.kind)
            fields(activity, title=name(found.name, LONGEST_NAME), directory=found.folder)
    sections = SubElement(contents, "sections")
    for section in backup.sections:
        title = name(section.name, LONGEST_NAME) or str(section.number)
        add(sections, "section", sectionid=section.id, title=title, directory=section.folder)
    add(contents, "course", courseid=COURSE, title=_short_name(backup), directory="course")


_ACTIVITY, _ALL = 4, 1  # a criterion: an activity is complete; of those, all
_WANTED = ("activities", "files", "competencies")
_UNWANTED = (
    *("imscc11", "users", "anonymize", "role_assignments", "blocks", "filters", "comments", "badges", "calendarevents"),
    *("userscompletion", "logs", "grade_histories", "groups", "customfield", "contentbankcontent", "xapistate"),
    "legacyfiles",
)


def _settings(settings: _Element, backup: MoodleBackup, file: str) -> None:
    wanted = {"filename": file, **dict.fromkeys(_WANTED, 1), **dict.fromkeys(_UNWANTED, 0)}
    for setting, value in wanted.items():
        add(settings, "setting", level="root", name=setting, value=value)
    for section in backup.sections:
        _included(settings, "section", section.folder)
        for found in section.activities:
            _included(settings, "activity", found.folder)


def _included(settings: _Element, level: str, folder: str) -> None:
    part = folder.rpartition("/")[2]
    for what, value in (("included", 1), ("userinfo", 0)):
        add(settings, "setting", **{"level": level, level: part, "name": f"{part}_{what}", "value": value})


def files(backup: MoodleBackup) -> bytes:
    """Return `files.xml`, which says where each file belongs."""
    root = Element("files")
    for found in backup.activities:
        for stored in found.files:
            row = FileRow(
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
                sortorder=str(int(found.kind is ActivityKind.RESOURCE)),
            )
            add_as(root, row.ROOT, row)
    return document(root)


def empty_files() -> dict[str, bytes]:
    """Return the files that a restore wants to see even where there is nothing to say."""
    groups = Element("groups")
    SubElement(groups, "groupings")
    return {
        "roles.xml": document(Element("roles_definition")),
        "groups.xml": document(groups),
        "scales.xml": document(Element("scales_definition")),
        "outcomes.xml": document(Element("outcomes_definition")),
        "course/roles.xml": roles(),
    }


def course_settings(backup: MoodleBackup) -> bytes:
    """Return `course/course.xml`."""
    root = Element("course", id=str(COURSE), contextid=str(COURSE_CONTEXT))
    fields(
        root,
        shortname=_short_name(backup),
        fullname=name(backup.title, LONGEST_COURSE_NAME),
        idnumber=backup.identifier,
        summary=backup.summary,
        summaryformat=1,
        format="topics",
        showgrades=1,
        newsitems=0,
        startdate=backup.start,
        enddate=0,
        marker=0,
        maxbytes=0,
        legacyfiles=0,
        showreports=0,
        visible=1,
        groupmode=0,
        groupmodeforce=0,
        defaultgroupingid=0,
        lang="",  # of the interface, which its users choose: what we write says its own language
        theme="",
        timecreated=MOMENT,
        timemodified=MOMENT,
        requested=0,
        showactivitydates=0,
        showcompletionconditions=1,
        pdfexportfont=None,
        enablecompletion=1,
        completionstartonenrol=1,
        completionnotify=0,
        hiddensections=0,
        coursedisplay=0,
    )
    add(root, "category", 1, name="", description="")
    add_empty(root, "tags", "customfields")
    options = SubElement(root, "courseformatoptions")
    for key in ("hiddensections", "coursedisplay"):
        add(options, "courseformatoption", courseid=COURSE, format="topics", sectionid=0, name=key, value=0)
    return document(root)


def course_competencies(backup: MoodleBackup) -> bytes:
    """Return `course/competencies.xml`: links to competencies that the site has, by their idnumbers."""
    root = Element("course_competencies")
    found = SubElement(root, "competencies")
    for number, idnumber in enumerate(backup.competencies, start=1):
        competency = add(found, "competency", id=number, idnumber=idnumber, ruleoutcome=1, sortorder=number)
        fields(competency, frameworkid=1, frameworkidnumber=backup.framework)
    SubElement(root, "user_competencies")
    return document(root)


def section(found: MoodleSection) -> bytes:
    """Return `section.xml`."""
    root = Element("section", id=str(found.id))
    row = SectionRow(
        str(found.number),
        name(found.name, LONGEST_NAME) or None,
        found.summary,
        sequence=",".join(str(activity.number) for activity in found.activities),
        availabilityjson=written_availability(found.gate, shown=True),
    )
    fill_as(root, row)
    return document(root)


def completion(backup: MoodleBackup) -> bytes:
    """Return `completion.xml`: the course is complete when all activities are that are tracked."""
    root = Element("course_completion")
    tracked = [found for found in backup.activities if found.tracking is not Tracking.NONE]
    for number, found in enumerate(tracked, start=1):
        criterion = add(root, "course_completion_criteria", number, course=COURSE, criteriatype=_ACTIVITY)
        fields(criterion, module=found.kind, moduleinstance=found.number)
        nothing = ("courseinstanceshortname", "enrolperiod", "timeend", "gradepass", "role", "roleshortname")
        fields(criterion, **dict.fromkeys(nothing))
        SubElement(criterion, "course_completion_crit_completions")
    for number, kind in enumerate((None, _ACTIVITY), start=1):
        add(root, "course_completion_aggr_methd", number, course=COURSE, criteriatype=kind, method=_ALL, value=None)
    return document(root)
