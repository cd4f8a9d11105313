"""A backup of Moodle, which converters of other systems take."""

from pathlib import Path

from packages import zipped


def make(folder: Path) -> None:
    zipped(folder / "course.mbz", {"moodle_backup.xml": b"<moodle_backup/>"})
