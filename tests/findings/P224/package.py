"""A page that is too long to be read."""

from pathlib import Path

from packages import PAGE, SMALL, zipped


def make(folder: Path) -> None:
    zipped(folder / "course.zip", {**SMALL, "a.html": PAGE + bytes(3_000_000)})
