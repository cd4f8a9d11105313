"""A general cartridge: its page becomes a file; a page for an assignment does not."""

from pathlib import Path

from cartridges import ITEM, PAGE, cartridge, resource
from packages import zipped


def make(folder: Path) -> None:
    items = f'{ITEM}<item identifier="B" identifierref="S"><title>Two</title></item>'
    document = cartridge(
        items, resource("S", "webcontent", "b.html", attributes='href="b.html" intendeduse="assignment"'), 2
    )
    zipped(folder / "course.zip", {"imsmanifest.xml": document, "a.html": PAGE, "b.html": PAGE})
