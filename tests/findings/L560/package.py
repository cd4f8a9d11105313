"""Rubrics without criteria and without ratings, outcomes without ratings and out of reach; and both as they should be."""

from pathlib import Path

from cartridges import COURSE
from packages import zipped

CANVAS = 'xmlns="http://canvas.instructure.com/xsd/cccv1p0"'
RATINGS = "<ratings><rating><description>Good</description><points>5</points></rating></ratings>"
CRITERION = "<criterion><criterion_id>A</criterion_id><points>5</points>{}</criterion>"


def make(folder: Path) -> None:
    points = "<points_possible>5</points_possible><mastery_points>{}</mastery_points>"
    outcomes = {"bare": points.format(3), "high": points.format(9) + RATINGS, "right": points.format(3) + RATINGS}
    rubrics = {"none": "", "bare": CRITERION.format(""), "right": CRITERION.format(RATINGS)}
    told = "".join(
        f'<learningOutcome identifier="{k}"><title>{k}</title>{v}</learningOutcome>' for k, v in outcomes.items()
    )
    judged = "".join(
        f'<rubric identifier="R{k}"><title>{k}</title><criteria>{v}</criteria></rubric>' for k, v in rubrics.items()
    )
    documents = {
        "course_settings/learning_outcomes.xml": f"<learningOutcomes {CANVAS}>{told}</learningOutcomes>".encode(),
        "course_settings/rubrics.xml": f"<rubrics {CANVAS}>{judged}</rubrics>".encode(),
    }
    zipped(folder / "course.zip", {**COURSE, **documents})
