"""Names that lead out of the package, or that some systems read otherwise."""

from pathlib import Path

from packages import SMALL, patched, tarred, zipped


def make(folder: Path) -> None:
    names = ["../up.html", "/etc/passwd", "C:/x.html", "a\\b.html", "bell\a.html", "a/../../b", "turned\u202elmth.exe"]
    zipped(folder / "course.zip", {**SMALL, **dict.fromkeys(names, b"x"), "aXb.html": b"x"})
    patched(folder / "course.zip", {b"aXb.html": b"a\0b.html"})
    tarred(folder / "course.tar.gz", {"moodle_backup.xml": b"<moodle_backup/>", "../up.xml": b"<x/>"})
