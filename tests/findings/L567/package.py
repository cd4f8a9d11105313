"""A link to a file by its number in another course, one to another school's; and one to somebody else's courses."""

from pathlib import Path

from cartridges import COURSE, PAGE_FILE, changed
from packages import zipped


def make(folder: Path) -> None:
    link = "$IMS-CC-FILEBASE$/f.pdf?download=1"
    links = {
        "file": "/courses/4711/files/9901/download",
        "school": "https://school.example.org/courses/4711/pages/rules",
        "other": "https://example.org/courses/botany/files",
    }
    for name, other in links.items():
        zipped(folder / f"{name}.zip", changed(COURSE, PAGE_FILE, link, other))
