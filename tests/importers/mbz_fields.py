"""What Moodle 4.1 wants to find in a backup: fields by document, lengths of columns, areas of files, rules for links."""

from __future__ import annotations


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ASSIGN = """alwaysshowdescription submissiondrafts sendnotifications sendlatenotifications sendstudentnotifications
duedate cutoffdate gradingduedate allowsubmissionsfromdate grade timemodified completionsubmit teamsubmission
requiresubmissionstatement requireallteammemberssubmit teamsubmissiongroupingid blindmarking hidegrader
revealidentities maxattempts markingworkflow markingallocation preventsubmissionnotingroup timelimit
submissionattachments introformat"""
_FORUM = """duedate cutoffdate assessed assesstimestart assesstimefinish scale maxbytes maxattachments forcesubscribe
trackingtype rsstype rssarticles timemodified warnafter blockafter blockperiod completiondiscussions completionreplies
completionposts displaywordcount lockdiscussionafter introformat"""
_SCORM = """grademethod whatgrade maxattempt forcecompleted forcenewattempt lastattemptlock masteryoverride
displayattemptstatus displaycoursestructure updatefreq revision launch skipview hidebrowse hidetoc nav popup width
height timeopen timeclose timemodified autocommit introformat"""
_QUIZ = """introformat timeopen timeclose timelimit attempts_number grademethod questionsperpage shuffleanswers
reviewattempt reviewcorrectness reviewmaxmarks reviewmarks reviewspecificfeedback reviewgeneralfeedback
reviewrightanswer reviewoverallfeedback timemodified completionminattempts"""
_COURSE = """summaryformat showgrades newsitems startdate enddate marker maxbytes legacyfiles showreports visible
groupmode groupmodeforce defaultgroupingid timecreated timemodified requested showactivitydates
showcompletionconditions enablecompletion completionnotify"""

NUMBERS = {
    "information": _names(
        """moodle_version backup_version backup_date mnet_remoteusers include_files
        include_file_references_to_external_content original_course_id original_course_startdate
        original_course_enddate original_course_contextid original_system_contextid"""
    ),
    "course": _names(_COURSE),
    "page": ("contentformat", "legacyfiles", "display", "revision", "timemodified", "introformat"),
    "assign": _names(_ASSIGN),
    "forum": _names(_FORUM),
    "url": ("display", "timemodified", "introformat"),
    "resource": _names("tobemigrated legacyfiles display filterfiles revision timemodified introformat"),
    "scorm": _names(_SCORM),
    "quiz": _names(_QUIZ),
}
"""Fields that are whole numbers, by document."""

REQUIRED = {
    "information": _names(
        """name moodle_release backup_release original_wwwroot original_site_identifier_hash original_course_format
        original_course_fullname original_course_shortname"""
    ),
    "course": ("lang", "theme", "summary"),
    "section": ("summaryformat", "visible", "component", "itemid", "timemodified"),
    "page": ("name", "intro", "content"),
    "assign": ("name", "intro", "attemptreopenmethod"),
    "forum": ("name", "intro", "type"),
    "url": ("name", "intro", "externalurl"),
    "resource": ("name", "intro"),
    "scorm": ("name", "intro", "reference", "scormtype", "version", "md5hash", "options"),
    "quiz": ("name", "intro", "sumgrades", "grade", "preferredbehaviour"),
    "file": _names(
        """contenthash contextid component filearea itemid filepath filename userid filesize mimetype status timecreated
        timemodified source author license sortorder repositorytype repositoryid reference"""
    ),
    "grade_item": _names(
        """categoryid itemname itemtype itemmodule iteminstance itemnumber iteminfo idnumber calculation gradetype
        grademax grademin scaleid outcomeid gradepass multfactor plusfactor aggregationcoef aggregationcoef2
        weightoverride sortorder display decimals hidden locked locktime needsupdate timecreated timemodified"""
    ),
}
"""Fields that must be there, by document; those of kinds of activities must not be null either."""

MODULE = _names(
    """modulename sectionid sectionnumber idnumber added score indent visible visibleoncoursepage visibleold groupmode
    groupingid completion completiongradeitemnumber completionpassgrade completionview completionexpected availability
    showdescription downloadcontent lang"""
)

COMPLETION = _names(
    """criteriatype module moduleinstance courseinstanceshortname enrolperiod timeend gradepass role roleshortname"""
)
"""Fields of a criterion that completes a course, should there be any."""

SERIALISED = {"page": ("displayoptions",), "url": ("displayoptions", "parameters"), "resource": ("displayoptions",)}
"""Fields that PHP unserialises, by kind."""

LENGTHS = {
    "course.fullname": 254,
    "course.shortname": 255,
    "course.idnumber": 100,
    "course.format": 21,
    "section.name": 255,
    "activity.name": 255,
    "activity.itemname": 255,
    "activity.attemptreopenmethod": 10,
    "scorm.reference": 255,
    "sco.identifier": 255,
    "sco.title": 255,
    "module.idnumber": 100,
    "file.filename": 255,
    "file.filepath": 255,
    "competency.idnumber": 100,
    "competency.frameworkidnumber": 100,
}
"""How many characters a column takes."""

AREAS = {
    "page": ("intro", "content"),
    "assign": ("intro", "introattachment", "activityattachment"),
    "forum": ("intro",),
    "url": ("intro",),
    "resource": ("intro", "content"),
    "scorm": ("intro", "package", "content"),
    "quiz": ("intro",),
}
"""The areas of files that each module restores."""

LINKS = {
    "PAGEVIEWBYID": "page",
    "ASSIGNVIEWBYID": "assign",
    "FORUMVIEWBYID": "forum",
    "URLVIEWBYID": "url",
    "RESOURCEVIEWBYID": "resource",
    "SCORMVIEWBYID": "scorm",
    "QUIZVIEWBYID": "quiz",
    "COURSEVIEWBYID": "course",
}
"""What each kind of link leads to; one to a section is understood from Moodle 4.4 on only."""

ROOT_SETTINGS = {
    **dict.fromkeys(("activities", "files", "competencies"), "1"),
    **dict.fromkeys(
        _names("""imscc11 users anonymize role_assignments blocks filters comments badges calendarevents userscompletion logs
        grade_histories groups customfield contentbankcontent xapistate legacyfiles"""),
        "0",
    ),
}
"""What a backup without users, blocks and filters says of itself."""
