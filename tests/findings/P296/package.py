"""An assignment without a page, and one of cartridges 1.3 without a text."""

from pathlib import Path

from cartridges import COURSE, MANIFEST, changed, resource
from packages import zipped


def make(folder: Path) -> None:
    own = '<assignment xmlns="http://www.imsglobal.org/xsd/imscc_extensions/assignment" identifier="V"><title>V</title></assignment>'
    added = resource("V", "assignment_xmlv1p0", "v.xml")
    files = changed(COURSE, MANIFEST, '<file href="W/work.html"/>', "")
    files = changed(files, MANIFEST, "</resources>", f"{added}</resources>")
    zipped(folder / "course.zip", {**files, "v.xml": own.encode()})
