"""A course that opens with a page that learners do not see."""

from pathlib import Path

from cartridges import COURSE, PAGE_FILE, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(
        COURSE, PAGE_FILE, 'name="workflow_state" content="active"', 'name="workflow_state" content="unpublished"'
    )
    zipped(folder / "course.zip", files)
