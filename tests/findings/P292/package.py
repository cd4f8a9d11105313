"""Requirements that name what an item shows, and nothing."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    files = dict(COURSE)
    files = changed(files, MODULES, "<identifierref>I1</identifierref>", "<identifierref>P</identifierref>")
    files = changed(files, MODULES, "<identifierref>I2</identifierref>", "<identifierref>NONE</identifierref>")
    zipped(folder / "course.zip", files)
