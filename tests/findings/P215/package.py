"""Names that are one on some systems."""

from pathlib import Path

from packages import PAGE, SMALL, zipped


def make(folder: Path) -> None:
    zipped(folder / "course.zip", {**SMALL, "A.html": PAGE, "\u00e9.html": PAGE, "e\u0301.html": PAGE})
