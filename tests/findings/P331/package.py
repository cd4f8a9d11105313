"""An activity that is missing from the order of its section."""

from pathlib import Path

from backups import written


def make(folder: Path) -> None:
    written(folder / "a.mbz", sequences={"1": "10", "2": "20,21"})
