"""An assignment of a unit as an activity of Moodle: how it is handed in, its points, its rubric."""

from __future__ import annotations

from math import ceil, floor

from coursewright.course.parts import Submission
from coursewright.packages.documents.moodle.activities import plugins
from coursewright.packages.documents.moodle.instances import AssignInstance
from coursewright.packages.documents.moodle.values import Activity, Tracking
from coursewright.packages.documents.moodle.xml import own_text
from coursewright.pages.parts import Work
from coursewright.pages.renderer import Renderer
from coursewright.writers.moodle.rubrics import rubric

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
        section,
        work.identifier,
        work.title,
        AssignInstance(
            intro=own_text(work.body),
            completionsubmit=str(int(not by_hand)),
            grade=str(points),
            plugin_configs=plugins(tuple(taken)),
        ),
        tracking=Tracking.MANUAL if by_hand else Tracking.AUTOMATIC,
        points=float(points),
        to_pass=least(points, work.threshold or 0),
        rubric=rubric(work, points, renderer),
    )
