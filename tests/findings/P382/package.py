"""A module that waits for one that is not published."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(COURSE, MODULES, "<workflow_state>active", "<workflow_state>unpublished")
    zipped(folder / "course.zip", files)
