"""A file that is said to be encrypted."""

from pathlib import Path

from packages import flagged, zipped


def make(folder: Path) -> None:
    flagged(zipped(folder / "course.zip"), 8, 1)
