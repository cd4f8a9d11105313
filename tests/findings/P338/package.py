"""A manifest alone."""

from pathlib import Path

from packages import manifest


def make(folder: Path) -> None:
    (folder / "course.xml").write_bytes(manifest())
