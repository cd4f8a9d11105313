"""A package that unpacks to more than a hundred times its size; a resource without a type, a file without href;
files that Canvas opens, and that are not there."""

from pathlib import Path
from zipfile import ZIP_STORED

from cartridges import ASSIGNMENT, COURSE, MANIFEST, PAGE, QUIZ_META, cartridge, changed, resource
from packages import zipped


def make(folder: Path) -> None:
    big = zipped(folder / "big.zip", {**COURSE, "web_resources/f.pdf": bytes(2_000_000)})
    assert big.stat().st_size < 20_000
    document = cartridge(resources='<resource identifier="S"><file/></resource>')
    zipped(folder / "course.zip", {"imsmanifest.xml": document, "a.html": PAGE}, ZIP_STORED)
    for name, lost in (("talk", "D.xml"), ("work", ASSIGNMENT), ("quiz", QUIZ_META)):
        zipped(folder / f"{name}.zip", {file: content for file, content in COURSE.items() if file != lost})
    bare = resource("X", "assignment_xmlv1p0", "X.xml")
    zipped(folder / "empty.zip", {**changed(COURSE, MANIFEST, "</resources>", f"{bare}</resources>"), "X.xml": b""})
