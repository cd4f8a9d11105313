"""Modules that wait for one that comes later, for themselves, and for none."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    files = dict(COURSE)
    files = changed(files, MODULES, "<identifierref>M1</identifierref>", "<identifierref>M2</identifierref>")
    files = changed(
        files,
        MODULES,
        "<completionRequirements>",
        '<prerequisites><prerequisite type="context_module"><identifierref>M2</identifierref></prerequisite><prerequisite type="context_module"><title>Gone</title><identifierref>M9</identifierref></prerequisite></prerequisites><completionRequirements>',
    )
    zipped(folder / "course.zip", files)
