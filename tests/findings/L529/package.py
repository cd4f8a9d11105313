"""A Moodle backup, and questions, with manifests and without; beside a page, these are not all that there is."""

from pathlib import Path

from cartridges import PAGE, question, quiz
from packages import zipped


def make(folder: Path) -> None:
    zipped(folder / "backup.mbz", {"moodle_backup.xml": b"<moodle_backup><information/></moodle_backup>"})
    document = b'<manifest><resources><resource identifier="R" type="imsqti_xmlv1p2"/></resources></manifest>'
    zipped(folder / "questions.zip", {"imsmanifest.xml": document})
    asked = quiz(question("Q1"))
    zipped(folder / "alone.zip", {"q.xml": asked})
    zipped(folder / "around.zip", {"quiz/imsmanifest.xml": document, "quiz/q.xml": asked})
    typed = document.replace(b"imsqti_xmlv1p2", b"webcontent")
    zipped(folder / "typed.zip", {"imsmanifest.xml": typed, "q.xml": asked})
    zipped(folder / "more.zip", {"imsmanifest.xml": typed, "q.xml": asked, "a.html": PAGE})
