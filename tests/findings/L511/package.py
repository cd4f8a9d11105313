"""A folder, a folder in it, and a page in none."""

from pathlib import Path

from cartridges import ITEM, PAGE, cartridge
from packages import zipped


def make(folder: Path) -> None:
    inner = '<item identifier="F2"><title>Deeper</title><item identifier="B" identifierref="R"><title>B</title></item></item>'
    document = cartridge(f'{ITEM}<item identifier="F"><title>Folder</title>{inner}</item>')
    zipped(folder / "course.zip", {"imsmanifest.xml": document, "a.html": PAGE})
