"""A section that lists activities which were left out of the backup."""

from pathlib import Path

from backups import written


def make(folder: Path) -> None:
    written(folder / "a.mbz", sequences={"1": "10,11,12,13,14,15,16,17", "2": "20,21"})
