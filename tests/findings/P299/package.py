"""An assignment of a group, and with a rubric, that are not there."""

from pathlib import Path

from cartridges import ASSIGNMENT, COURSE, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(
        COURSE,
        ASSIGNMENT,
        "<assignment_group_identifierref>G",
        "<rubric_identifierref>U</rubric_identifierref><assignment_group_identifierref>NONE",
    )
    zipped(folder / "course.zip", files)
