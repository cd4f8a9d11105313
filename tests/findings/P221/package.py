"""More files than anybody counts."""

from pathlib import Path

from packages import claimed


def make(folder: Path) -> None:
    claimed(folder / "course.zip", ((b"%d" % number, 30 * number, 0, 0) for number in range(100_001)))
