"""Links, in archives and in a folder."""

import tarfile
import zipfile
from pathlib import Path

from packages import SMALL, tarred, zipped


def make(folder: Path) -> None:
    link = zipfile.ZipInfo("link.html")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(zipped(folder / "course.zip"), "a") as archive:
        archive.writestr(link, "/etc/passwd")
    entry = tarfile.TarInfo("course/link.xml")
    entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
    tarred(folder / "course.mbz", {"moodle_backup.xml": b"<moodle_backup/>"}, [entry])
    inside = folder / "folder"
    inside.mkdir()
    for name, content in SMALL.items():
        (inside / name).write_bytes(content)
    (inside / "b.html").symlink_to("a.html")
    (inside / "out.html").symlink_to(folder / "course.zip")
    (inside / "outside").symlink_to(folder)
    (inside / "gone.html").symlink_to("nothing.html")
    (inside / "round.html").symlink_to("round.html")
