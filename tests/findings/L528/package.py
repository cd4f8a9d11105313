"""A page with a long title."""

from pathlib import Path

from cartridges import COURSE, PAGE_FILE, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(
        COURSE,
        PAGE_FILE,
        "<title>One",
        "<title>One and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two and two",
    )
    zipped(folder / "course.zip", files)
