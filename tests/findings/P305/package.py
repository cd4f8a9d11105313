"""Links to a file, a page and a module that are not there."""

from pathlib import Path

from cartridges import COURSE, PAGE_FILE, changed
from packages import zipped


def make(folder: Path) -> None:
    files = dict(COURSE)
    files = changed(files, PAGE_FILE, "$IMS-CC-FILEBASE$/f.pdf", "$IMS-CC-FILEBASE$/none%20such.pdf")
    files = changed(files, PAGE_FILE, "pages/one", "pages/two")
    files = changed(files, PAGE_FILE, "assignments/W", "modules/M9")
    zipped(folder / "course.zip", files)
