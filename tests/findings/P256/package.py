"""More files that no resource declares than anybody reads of."""

from pathlib import Path

from packages import SMALL, zipped


def make(folder: Path) -> None:
    zipped(folder / "course.zip", {**SMALL, **{f"{n:03}.css": b"x" for n in range(560)}})
