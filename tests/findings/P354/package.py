"""A discussion and a quiz that are typed as pages and shown, one that is not shown, and XML that is nothing of theirs."""

from pathlib import Path

from cartridges import ITEM, cartridge, question, quiz, resource
from packages import PAGE, zipped


def make(folder: Path) -> None:
    topic = b'<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"><title>Talk</title></topic>'
    files = {"a.html": PAGE, "t.xml": topic, "u.xml": topic, "q.xml": quiz(question("Q")), "x.xml": b"<topic/>"}
    listed = "".join(resource(name[0].upper(), "webcontent", name) for name in files if name != "a.html")
    shown = "".join(f'<item identifier="I{one}" identifierref="{one}"><title>{one}</title></item>' for one in "TQX")
    zipped(folder / "course.zip", {**files, "imsmanifest.xml": cartridge(ITEM + shown, listed)})
