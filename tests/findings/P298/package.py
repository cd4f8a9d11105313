"""An assignment with points and no grading type."""

from pathlib import Path

from cartridges import ASSIGNMENT, COURSE, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(COURSE, ASSIGNMENT, "<grading_type>points</grading_type>", "")
    zipped(folder / "course.zip", files)
