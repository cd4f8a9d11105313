"""Packages of which nobody has told what becomes of them: a backup, and questions of QTI 2.1, 2.2 and 3.0."""

from pathlib import Path

from packages import zipped

QUESTIONS = b"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><organizations/><resources>
<resource identifier="R" type="imsqti_item_xmlv%s" href="q.xml"><file href="q.xml"/></resource></resources></manifest>"""


def make(folder: Path) -> None:
    zipped(folder / "course.mbz", {"moodle_backup.xml": b"<moodle_backup/>"})
    for version in (b"2p1", b"2p2", b"3p0"):
        files = {"imsmanifest.xml": QUESTIONS % version, "q.xml": b"<assessmentItem/>"}
        zipped(folder / f"q{version.decode()}.zip", files)
