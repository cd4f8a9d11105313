"""An activity without completion that is waited for, and one that only must not be complete."""

from pathlib import Path

from backups import waiting, written


def make(folder: Path) -> None:
    waits = {"20": waiting("10"), "21": waiting("10").replace('"e":1', '"e":0')}
    written(folder / "a.mbz", untracked=("10",), restrictions=waits)
