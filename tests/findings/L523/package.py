"""A page that stands in no folder."""

from pathlib import Path

from cartridges import PAGE, cartridge
from packages import zipped


def make(folder: Path) -> None:
    zipped(folder / "course.zip", {"imsmanifest.xml": cartridge(), "a.html": PAGE})
