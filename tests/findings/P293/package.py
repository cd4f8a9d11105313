"""A page that must be submitted, and a requirement that is none."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    files = dict(COURSE)
    files = changed(files, MODULES, 'type="must_view"', 'type="must_submit"')
    files = changed(files, MODULES, 'type="must_submit"><identifierref>I2', 'type="must_love"><identifierref>I2')
    zipped(folder / "course.zip", files)
