"""A cartridge with Canvas's own files, which have modules that wait, and two that have none of this."""

from pathlib import Path

from cartridges import COURSE, MODULES, cartridge, changed
from packages import PAGE, zipped


def make(folder: Path) -> None:
    zipped(folder / "course.zip", COURSE)
    rubrics = {"course_settings/rubrics.xml": b"<rubrics><rubric/><rubric/></rubrics>"}
    zipped(folder / "cut.zip", {**changed(COURSE, MODULES, "</modules>", ""), **rubrics})
    zipped(folder / "general.zip", {"imsmanifest.xml": cartridge(), "a.html": PAGE})
