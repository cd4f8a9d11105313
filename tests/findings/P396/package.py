"""A file of 0 bytes that the menu shows, in a general cartridge and in one of Canvas's own, where a page links to it."""

from pathlib import Path

from cartridges import COURSE, ITEM, PAGE, cartridge, resource
from packages import zipped

MENU = ITEM + '<item identifier="B" identifierref="D"><title>Plan</title></item>'
PLAN = resource("D", "webcontent", "plan.pdf", "more.pdf", attributes='href="plan.pdf"')


def make(folder: Path) -> None:
    manifest = cartridge(MENU, PLAN)
    zipped(folder / "a.zip", {"imsmanifest.xml": manifest, "a.html": PAGE, "plan.pdf": b"", "more.pdf": b""})
    zipped(folder / "b.zip", {**COURSE, "web_resources/f.pdf": b""})
