"""An assignment of a unit as an activity of Moodle: how it is handed in, its points, its rubric."""

from __future__ import annotations

from math import ceil, floor

from coursewright.course.parts import Submission
from coursewright.packages.documents.moodle.values import Activity, ActivityKind, Tracking, Value
from coursewright.packages.documents.moodle.xml import MOMENT, own_text
from coursewright.pages.parts import Work
from coursewright.pages.renderer import Renderer
from coursewright.writers.moodle.rubrics import rubric

_ASSIGN: dict[str, Value] = {
    "alwaysshowdescription": 1, "submissiondrafts": 0, "sendnotifications": 0, "sendlatenotifications": 0,
    "sendstudentnotifications": 1, "duedate": 0, "cutoffdate": 0, "gradingduedate": 0, "allowsubmissionsfromdate": 0,
    "timemodified": MOMENT, "completionsubmit": 1, "requiresubmissionstatement": 0, "teamsubmission": 0,
    "requireallteammemberssubmit": 0, "teamsubmissiongroupingid": 0, "blindmarking": 0, "hidegrader": 0,
    "revealidentities": 0, "attemptreopenmethod": "untilpass", "maxattempts": 1, "markingworkflow": 0,
    "markingallocation": 0, "markinganonymous": 0, "preventsubmissionnotingroup": 0, "activity": "",
    "activityformat": 1, "timelimit": 0, "submissionattachments": 0,
}  # fmt: skip
_USUAL = (Submission.TEXT, Submission.FILE)
_PLUGINS = {
    Submission.TEXT: "onlinetext",
    Submission.FILE: "file",
    Submission.ADDRESS: "onlinetext",
    Submission.RECORDING: "file",
}


def least(points: float, threshold: float) -> float:
    """Return the points that pass: never more, in the five decimals that Moodle keeps, than the level that passes."""
    return floor(round(points * round(threshold, 5) * 1000, 3)) / 100_000


def assignment(work: Work, number: int, section: int, renderer: Renderer) -> Activity:
    """Return an assignment as an activity. Its points are whole; what is on paper is complete once it is ticked off."""
    points, usual = ceil(work.points), not work.submissions
    taken = dict.fromkeys(_PLUGINS[way] for way in work.submissions or _USUAL if way in _PLUGINS)
    by_hand = not usual and not work.handed_in
    return Activity(
        number,
        ActivityKind.ASSIGN,
        section,
        work.identifier,
        work.title,
        own_text(work.body),
        {**_ASSIGN, "grade": points, "completionsubmit": int(not by_hand)},
        tracking=Tracking.MANUAL if by_hand else Tracking.AUTOMATIC,
        points=float(points),
        to_pass=least(points, work.threshold or 0),
        rubric=rubric(work, points, renderer),
        takes=list(taken),
    )
