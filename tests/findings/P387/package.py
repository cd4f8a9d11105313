"""Modules that ask for more requirements than they have, for one of them, and for all."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    for name, count in {"three": "3", "one": "1", "none": ""}.items():
        asked = f"<requirement_count>{count}</requirement_count>"
        zipped(
            folder / f"{name}.zip",
            changed(COURSE, MODULES, "<completionRequirements>", f"{asked}<completionRequirements>"),
        )
