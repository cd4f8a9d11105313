"""A link with a token that Canvas does not know."""

from pathlib import Path

from cartridges import COURSE, PAGE_FILE, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(COURSE, PAGE_FILE, "$IMS-CC-FILEBASE$", "$1EdTech-CC-FILEBASE$")
    zipped(folder / "course.zip", files)
