"""Users in a backup."""

from pathlib import Path

from backups import backup
from packages import zipped

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
SETTING = (
    b"<settings><setting><level>root</level><name>users</name><value>%d</value></setting></settings></information>"
)


def _named(*users: int) -> bytes:
    return b"<inforef><userref>%s</userref></inforef>" % b"".join(b"<user><id>%d</id></user>" % one for one in users)


def make(folder: Path) -> None:
    files = backup(documents={"users.xml": b'<users><user id="2"/><user id="3"/></users>'})
    for number in (0, 1):
        listed = files["moodle_backup.xml"].replace(b"</information>", SETTING % number)
        named = {"course/inforef.xml": _named(2, 3)} if number else {}
        zipped(folder / f"{number}.mbz", {**files, **named, "moodle_backup.xml": HEAD + listed})
    zipped(folder / "some.mbz", {**files, "course/inforef.xml": _named(3), "moodle_backup.xml": HEAD + listed})
    zipped(folder / "none.mbz", {**files, "moodle_backup.xml": HEAD + listed})
