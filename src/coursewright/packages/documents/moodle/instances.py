"""What an activity says of itself (in `activities/page_7/page.xml`), as values: a class for each module of which
we write some, with the fields that Moodle has for it, and what these say where our writers say nothing else.
"""

from __future__ import annotations

from html import unescape
from typing import ClassVar

from coursewright.frozen import frozen
from coursewright.packages.documents.fields import attribute, line, listed, long_text, others
from coursewright.packages.documents.moodle.rows import MoodleRow, OfUsers, OpenRow, PluginConfig, SlotRow
from coursewright.packages.documents.moodle.xml import MOMENT

_TIME = str(MOMENT)
_DURING, _AT_ONCE, _LATER, CLOSED = 0x10000, 0x01000, 0x00100, 0x00010
AFTER_ATTEMPT = _AT_ONCE | _LATER | CLOSED
"""When learners see something of a quiz: a bit each, of which a setting is the sum."""


@frozen
class Instance(OpenRow):
    """What every activity says, whatever its module."""

    id: str = attribute()
    name: str = ""
    intro: str = long_text()
    introformat: str = "1"
    others: tuple[tuple[str, str], ...] = others()
    line: int = line()

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Its texts in the order in which they are read, each with the number of its format."""
        return ((self.intro, self.introformat),)

    @property
    def by_users(self) -> tuple[MoodleRow, ...]:
        """What its users did or wrote, as far as that is counted."""
        return ()

    def says(self, name: str) -> str:
        """Return what a field says, by the name that it has there; "" where it says nothing."""
        found = getattr(self, name, None)
        return found if isinstance(found, str) else self.unknown.get(name, "")


@frozen
class PageInstance(Instance):
    """A page."""

    TAGS: ClassVar[tuple[str, ...]] = ("page",)
    content: str = long_text()
    contentformat: str = "1"
    legacyfiles: str = "0"
    legacyfileslast: str | None = None
    display: str = "5"
    displayoptions: str = 'a:2:{s:10:"printintro";s:1:"0";s:17:"printlastmodified";s:1:"0";}'
    revision: str = "1"
    timemodified: str = _TIME

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """What it is about, and the page itself."""
        return (self.intro, self.introformat), (self.content, self.contentformat)


@frozen
class AssignInstance(Instance):
    """An assignment, with the plugins by which work is handed in and commented on."""

    TAGS: ClassVar[tuple[str, ...]] = ("assign",)
    alwaysshowdescription: str = "1"
    submissiondrafts: str = "0"
    sendnotifications: str = "0"
    sendlatenotifications: str = "0"
    sendstudentnotifications: str = "1"
    duedate: str = "0"
    cutoffdate: str = "0"
    gradingduedate: str = "0"
    allowsubmissionsfromdate: str = "0"
    timemodified: str = _TIME
    completionsubmit: str = "1"
    requiresubmissionstatement: str = "0"
    teamsubmission: str = "0"
    requireallteammemberssubmit: str = "0"
    teamsubmissiongroupingid: str = "0"
    blindmarking: str = "0"
    hidegrader: str = "0"
    revealidentities: str = "0"
    attemptreopenmethod: str = "untilpass"
    maxattempts: str = "1"
    markingworkflow: str = "0"
    markingallocation: str = "0"
    markinganonymous: str = "0"
    preventsubmissionnotingroup: str = "0"
    activity: str = long_text()
    activityformat: str = "1"
    timelimit: str = "0"
    submissionattachments: str = "0"
    grade: str = "0"
    userflags: tuple[OfUsers, ...] = listed("userflag", "userflags", always=True)
    submissions: tuple[OfUsers, ...] = listed("submission", "submissions", always=True)
    grades: tuple[OfUsers, ...] = listed("grade", "grades", always=True)
    plugin_configs: tuple[PluginConfig, ...] = listed("plugin_config", "plugin_configs", always=True)
    overrides: tuple[OfUsers, ...] = listed("override", "overrides", always=True)

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """What it is about, and what is to be done."""
        return (self.intro, self.introformat), (self.activity, self.activityformat)

    @property
    def ways(self) -> list[str]:
        """The plugins by which it takes work."""
        wanted = ("assignsubmission", "enabled", "1")
        return [one.plugin for one in self.plugin_configs if (one.subtype, one.name, one.value) == wanted]


@frozen
class ForumInstance(Instance):
    """A forum."""

    TAGS: ClassVar[tuple[str, ...]] = ("forum",)
    type: str = "general"
    duedate: str = "0"
    cutoffdate: str = "0"
    assessed: str = "0"
    assesstimestart: str = "0"
    assesstimefinish: str = "0"
    scale: str = "0"
    maxbytes: str = "0"
    maxattachments: str = "9"
    forcesubscribe: str = "0"
    trackingtype: str = "1"
    rsstype: str = "0"
    rssarticles: str = "0"
    timemodified: str = _TIME
    warnafter: str = "0"
    blockafter: str = "0"
    blockperiod: str = "0"
    completiondiscussions: str = "0"
    completionreplies: str = "0"
    completionposts: str = "1"
    displaywordcount: str = "0"
    lockdiscussionafter: str = "0"
    grade_forum: str = "0"
    discussions: tuple[OfUsers, ...] = listed("discussion", "discussions", always=True)
    subscriptions: tuple[OfUsers, ...] = listed("subscription", "subscriptions", always=True)
    digests: tuple[OfUsers, ...] = listed("digest", "digests", always=True)
    readposts: tuple[OfUsers, ...] = listed("readpost", "readposts", always=True)
    trackedprefs: tuple[OfUsers, ...] = listed("track", "trackedprefs", always=True)
    poststags: tuple[OfUsers, ...] = listed("tag", "poststags", always=True)
    grades: tuple[OfUsers, ...] = listed("grade", "grades", always=True)


@frozen
class UrlInstance(Instance):
    """A link."""

    TAGS: ClassVar[tuple[str, ...]] = ("url",)
    externalurl: str = ""
    display: str = "0"
    displayoptions: str = 'a:1:{s:10:"printintro";i:1;}'
    parameters: str = "a:0:{}"
    timemodified: str = _TIME

    @property
    def address(self) -> str:
        """Where it leads; Moodle keeps that as it is written in HTML."""
        return unescape(self.externalurl).strip()


@frozen
class ResourceInstance(Instance):
    """A file, or a page with its files, which `files.xml` names."""

    TAGS: ClassVar[tuple[str, ...]] = ("resource",)
    tobemigrated: str = "0"
    legacyfiles: str = "0"
    legacyfileslast: str | None = None
    display: str = "0"
    displayoptions: str = 'a:1:{s:10:"printintro";i:1;}'
    filterfiles: str = "0"
    revision: str = "1"
    timemodified: str = _TIME


@frozen
class ScoDatum(MoodleRow):
    """What the manifest of a package says of an entry of its menu."""

    id: str = attribute()
    name: str = ""
    value: str = ""


@frozen
class ScoRow(MoodleRow):
    """An entry in the menu of a package: the menu itself, or what stands in it."""

    id: str = attribute()
    manifest: str = ""
    organization: str = ""
    parent: str = ""
    identifier: str = ""
    launch: str = ""
    scormtype: str = ""
    title: str = ""
    sortorder: str = ""
    conditions: tuple[OfUsers, ...] = listed("seq_rulecond", "seq_ruleconds", always=True)
    rollups: tuple[OfUsers, ...] = listed("seq_rolluprule", "seq_rolluprules", always=True)
    objectives: tuple[OfUsers, ...] = listed("seq_objective", "seq_objectives", always=True)
    data: tuple[ScoDatum, ...] = listed("sco_data", "sco_datas", always=True)


@frozen
class ScormInstance(Instance):
    """A SCORM package, with what its manifest says."""

    TAGS: ClassVar[tuple[str, ...]] = ("scorm",)
    scormtype: str = "local"
    version: str = "SCORM_1.2"
    maxgrade: str = "100"
    grademethod: str = "0"
    whatgrade: str = "0"
    maxattempt: str = "0"
    forcecompleted: str = "0"
    forcenewattempt: str = "0"
    lastattemptlock: str = "0"
    masteryoverride: str = "1"
    displayattemptstatus: str = "1"
    displaycoursestructure: str = "0"
    updatefreq: str = "0"
    md5hash: str = ""
    revision: str = "1"
    skipview: str = "2"
    hidebrowse: str = "1"
    hidetoc: str = "3"
    nav: str = "0"
    navpositionleft: str = "-100"
    navpositiontop: str = "-100"
    auto: str = "0"
    popup: str = "0"
    options: str = ""
    width: str = "100"
    height: str = "800"
    timeopen: str = "0"
    timeclose: str = "0"
    timemodified: str = _TIME
    completionstatusrequired: str = "4"
    completionscorerequired: str | None = None
    completionstatusallscos: str = "0"
    autocommit: str = "0"
    reference: str = ""
    sha1hash: str = ""
    launch: str = ""
    scoes: tuple[ScoRow, ...] = listed("sco", "scoes", always=True)


@frozen
class QuizSection(MoodleRow):
    """A part of a quiz, from a slot on."""

    id: str = attribute()
    firstslot: str = "1"
    heading: str = ""
    shufflequestions: str = "0"


@frozen
class QuizFeedback(MoodleRow):
    """What is said of a whole attempt, from one score to another."""

    id: str = attribute()
    feedbacktext: str = ""
    feedbacktextformat: str = "1"
    mingrade: str = ""
    maxgrade: str = ""


@frozen
class QuizInstance(Instance):
    """A quiz, with its slots."""

    TAGS: ClassVar[tuple[str, ...]] = ("quiz",)
    timeopen: str = "0"
    timeclose: str = "0"
    timelimit: str = "0"
    overduehandling: str = "autosubmit"
    graceperiod: str = "0"
    preferredbehaviour: str = "deferredfeedback"
    canredoquestions: str = "0"
    attempts_number: str = "0"
    attemptonlast: str = "0"
    grademethod: str = "1"
    decimalpoints: str = "2"
    questiondecimalpoints: str = "-1"
    reviewattempt: str = str(_DURING | AFTER_ATTEMPT)
    reviewcorrectness: str = "0"
    reviewspecificfeedback: str = "0"
    reviewgeneralfeedback: str = "0"
    reviewrightanswer: str = "0"
    reviewmaxmarks: str = str(AFTER_ATTEMPT)
    reviewmarks: str = str(AFTER_ATTEMPT)
    reviewoverallfeedback: str = str(AFTER_ATTEMPT)
    questionsperpage: str = "0"  # all of them
    navmethod: str = "free"
    shuffleanswers: str = "1"
    sumgrades: str = ""
    grade: str = ""
    timecreated: str = _TIME
    timemodified: str = _TIME
    password: str = ""
    subnet: str = ""
    browsersecurity: str = "-"
    delay1: str = "0"
    delay2: str = "0"
    showuserpicture: str = "0"
    showblocks: str = "0"
    completionattemptsexhausted: str = "0"
    completionminattempts: str = "0"
    allowofflineattempts: str = "0"
    slots: tuple[SlotRow, ...] = listed("question_instance", "question_instances", always=True)
    sections: tuple[QuizSection, ...] = listed("section", "sections", always=True)
    feedbacks: tuple[QuizFeedback, ...] = listed("feedback", "feedbacks", always=True)
    overrides: tuple[OfUsers, ...] = listed("override", "overrides", always=True)
    grades: tuple[OfUsers, ...] = listed("grade", "grades", always=True)
    attempts: tuple[OfUsers, ...] = listed("attempt", "attempts", always=True)

    @property
    def is_shuffled(self) -> bool:
        """Say whether the order of its questions is mixed, which it said itself before it had sections."""
        said = (self.unknown.get("shufflequestions"), *(one.shufflequestions for one in self.sections))
        return "1" in said


OwnInstance = (
    PageInstance | AssignInstance | ForumInstance | UrlInstance | ResourceInstance | ScormInstance | QuizInstance
)
"""What a backup of ours has."""
