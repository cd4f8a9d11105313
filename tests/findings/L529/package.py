"""A Moodle backup, and questions."""

from pathlib import Path

from packages import zipped


def make(folder: Path) -> None:
    zipped(folder / "backup.mbz", {"moodle_backup.xml": b"<moodle_backup><information/></moodle_backup>"})
    document = b'<manifest><resources><resource identifier="R" type="imsqti_xmlv1p2"/></resources></manifest>'
    zipped(folder / "questions.zip", {"imsmanifest.xml": document})
