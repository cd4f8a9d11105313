"""A base on all resources; one on a resource does no harm."""

from pathlib import Path

from packages import PAGE, manifest, zipped


def make(folder: Path) -> None:
    document = manifest(resources='<resource identifier="S" xml:base="sub/" type="webcontent" href="b.html"/>')
    document = document.replace(b"<resources>", b'<resources xml:base="sub/">')
    zipped(folder / "course.zip", {"imsmanifest.xml": document, "sub/a.html": PAGE, "sub/sub/b.html": PAGE})
