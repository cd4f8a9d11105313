"""Packages without a manifest, and what they look like."""

from pathlib import Path

from packages import zipped


def make(folder: Path) -> None:
    zipped(folder / "a.zip", {"video.mp4": b"x"})
    zipped(folder / "b.zip", {"word/document.xml": b"x", "[Content_Types].xml": b"x"})
    zipped(folder / "c.zip", {"h5p.json": b"{}", "content/content.json": b"{}"})
    zipped(folder / "d.zip", {"course.crs": b"x", "course.au": b"x", "course.cst": b"x", "course.des": b"x"})
    zipped(folder / "e.zip", {"index.html": b"x"})
