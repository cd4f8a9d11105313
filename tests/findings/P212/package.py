"""A zip with folders in it, and no file."""

from pathlib import Path

from packages import zipped


def make(folder: Path) -> None:
    zipped(folder / "empty.zip", {"course/": b""})
