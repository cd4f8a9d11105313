"""Documents that break off: the modules, and an assignment; links and items that lead there are not judged."""

from pathlib import Path

from cartridges import ASSIGNMENT, COURSE, MODULES, PAGE_FILE, changed
from packages import zipped


def make(folder: Path) -> None:
    linked = changed(COURSE, PAGE_FILE, "$/assignments/W", "$/modules/M2")
    zipped(folder / "modules.zip", changed(linked, MODULES, '<module identifier="M2">', '<module identifier="M2"'))
    zipped(folder / "assignment.zip", changed(COURSE, ASSIGNMENT, "</title>", "</title"))
    zipped(folder / "mended.zip", changed(COURSE, MODULES, "</modules>", ""))
    zipped(folder / "sound.zip", COURSE)
