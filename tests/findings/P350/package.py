"""Documents that break off: the modules, and an assignment; links and items that lead there are not judged."""

from pathlib import Path

from cartridges import ASSIGNMENT, COURSE, MODULES, PAGE_FILE, changed
from packages import zipped


def make(folder: Path) -> None:
    linked = changed(COURSE, PAGE_FILE, "$/assignments/W", "$/modules/M2")
    zipped(folder / "modules.zip", changed(linked, MODULES, "</modules>", ""))
    zipped(folder / "assignment.zip", changed(COURSE, ASSIGNMENT, "</assignment>", ""))
    zipped(folder / "sound.zip", COURSE)
