"""Addresses that are none."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(COURSE, MODULES, "<url>https://example.org/</url>", "<url>mailto:a@example.org</url>")
    zipped(folder / "course.zip", files)
