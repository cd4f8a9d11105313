"""A content package of no kind."""

from pathlib import Path

from packages import PAGE, zipped


def make(folder: Path) -> None:
    document = b'<manifest><resources><resource identifier="R" type="webcontent" href="a.html"/></resources></manifest>'
    zipped(folder / "course.zip", {"imsmanifest.xml": document, "a.html": PAGE})
