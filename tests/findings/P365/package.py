"""A resource that has a file twice, one that depends on another twice, and one that has two of each."""

from pathlib import Path

from cartridges import ITEM, cartridge, resource
from packages import PAGE, zipped


def make(folder: Path) -> None:
    needs = '<dependency identifierref="%s"/>'
    listed = (
        resource("S", "webcontent", "b.html", "b.html")
        + resource("T", "webcontent", "c.html", inside=2 * (needs % "R"))
        + resource("U", "webcontent", "d.html", "e.html", inside=needs % "R" + needs % "S")
    )
    files = {f"{name}.html": PAGE for name in "abcde"}
    zipped(folder / "course.zip", {**files, "imsmanifest.xml": cartridge(ITEM, listed)})
