"""Pipes and devices."""

import os
import tarfile
from pathlib import Path

from packages import SMALL, tarred


def make(folder: Path) -> None:
    pipe, device = tarfile.TarInfo("pipe"), tarfile.TarInfo("device")
    pipe.type, device.type = tarfile.FIFOTYPE, tarfile.CHRTYPE
    tarred(folder / "course.mbz", {"moodle_backup.xml": b"<moodle_backup/>"}, [pipe, device])
    inside = folder / "folder"
    inside.mkdir()
    os.mkfifo(inside / "pipe")
    (inside / "imsmanifest.xml").write_bytes(SMALL["imsmanifest.xml"])
