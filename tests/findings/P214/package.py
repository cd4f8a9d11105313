"""A file that stands in the archive twice."""

from pathlib import Path

from packages import PAGE, SMALL, patched, zipped


def make(folder: Path) -> None:
    patched(zipped(folder / "course.zip", {**SMALL, "b.html": PAGE}), {b"b.html": b"a.html"})
