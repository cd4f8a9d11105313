"""A backup from a Moodle that is newer than what is known, beside one of today's."""

from pathlib import Path

from backups import backup
from packages import zipped

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
VERSION = "<information><moodle_version>{}</moodle_version><moodle_release>{} (Build: 1)</moodle_release>"


def make(folder: Path) -> None:
    for name, version, release in (("newer", "2099010100", "9.1"), ("older", "2022112800", "4.1")):
        found = backup()
        said = VERSION.format(version, release).encode()
        listed = found["moodle_backup.xml"].replace(b"<information>", said, 1)
        zipped(folder / f"{name}.mbz", {**found, "moodle_backup.xml": HEAD + listed})
