"""A module that was pasted into another; and all as it should be."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    item = '<item identifier="I7">'
    inner = f'<module identifier="MX"><title>Third</title><position>3</position></module>{item}'
    zipped(folder / "inside.zip", changed(COURSE, MODULES, item, inner))
    zipped(folder / "right.zip", COURSE)
