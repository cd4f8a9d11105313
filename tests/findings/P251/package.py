"""More pages than are read."""

from pathlib import Path

from packages import PAGE, SMALL, zipped


def make(folder: Path) -> None:
    zipped(folder / "course.zip", {**SMALL, **{f"{n}.html": PAGE for n in range(5_000)}})
