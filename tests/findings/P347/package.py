"""An error page and another document by the name of a manifest."""

from pathlib import Path

from packages import SMALL, zipped


def make(folder: Path) -> None:
    page = b"<html><head><title>404</title></head><body><p>Not found</p></body></html>"
    zipped(folder / "a.zip", {**SMALL, "imsmanifest.xml": page})
    zipped(folder / "b.zip", {**SMALL, "imsmanifest.xml": b"<rss/>"})
