"""Packages by the names of others, by none, and by those that they should have."""

from pathlib import Path

from backups import written
from cartridges import COURSE
from packages import zipped


def make(folder: Path) -> None:
    for name in ("scorm.imscc", "scorm.pif", "scorm", "scorm.zip"):
        zipped(folder / name)
    written(folder / "backup.zip")
    written(folder / "backup.mbz")
    for name in ("cartridge.imscc", "cartridge.zip", "cartridge.mbz"):
        zipped(folder / name, COURSE)
