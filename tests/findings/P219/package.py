"""Files that unpack to much more than they are."""

from pathlib import Path

from packages import SMALL, tarred, zipped


def make(folder: Path) -> None:
    zipped(folder / "course.zip", {**SMALL, "big.html": bytes(11_000_000)})
    tarred(folder / "course.tar.gz", {"moodle_backup.xml": b"<moodle_backup/>", "big.xml": bytes(11_000_000)})
