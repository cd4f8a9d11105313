"""A package that unpacks to more than a hundred times its size; a resource without a type, a file without href."""

from pathlib import Path
from zipfile import ZIP_STORED

from cartridges import COURSE, PAGE, cartridge
from packages import zipped


def make(folder: Path) -> None:
    big = zipped(folder / "big.zip", {**COURSE, "web_resources/f.pdf": bytes(2_000_000)})
    assert big.stat().st_size < 20_000
    document = cartridge(resources='<resource identifier="S"><file/></resource>')
    zipped(folder / "course.zip", {"imsmanifest.xml": document, "a.html": PAGE}, ZIP_STORED)
