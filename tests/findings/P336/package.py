"""A SCORM package in a tarball, and a backup of Moodle, which may be in one."""

from pathlib import Path

from backups import backup
from packages import SMALL, tarred


def make(folder: Path) -> None:
    tarred(folder / "a.tar.gz", SMALL)
    tarred(folder / "b.tar", SMALL, mode="w")
    tarred(folder / "c.mbz", backup())
