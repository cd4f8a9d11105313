"""A cartridge whose flag is a file, but no href."""

from pathlib import Path

from cartridges import COURSE, MANIFEST, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(COURSE, MANIFEST, 'href="course_settings/canvas_export.txt">', ">")
    zipped(folder / "course.zip", files)
