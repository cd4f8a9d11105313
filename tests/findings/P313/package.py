"""The same menu in SCORM 1.2, in SCORM 2004 and in a cartridge."""

from pathlib import Path

from cartridges import cartridge
from packages import ADL_12, CP_12, SMALL, manifest, zipped

BOTH = """<item identifier="A" identifierref="R"><title>One</title>
<item identifier="B" identifierref="R"><title>One, inside</title></item></item>
<item identifier="C"><title>Two</title><item identifier="D" identifierref="R"><title>Two, inside</title></item></item>"""
NEW = {
    CP_12: "http://www.imsglobal.org/xsd/imscp_v1p1",
    ADL_12: "http://www.adlnet.org/xsd/adlcp_v1p3",
    ">1.2<": ">2004 4th Edition<",
    "scormtype": "scormType",
}


def make(folder: Path) -> None:
    old = new = manifest(BOTH).decode()
    for before, after in NEW.items():
        new = new.replace(before, after)
    zipped(folder / "scorm12.zip", {**SMALL, "imsmanifest.xml": old.encode()})
    zipped(folder / "scorm2004.zip", {**SMALL, "imsmanifest.xml": new.encode()})
    zipped(folder / "cartridge.zip", {"a.html": SMALL["a.html"], "imsmanifest.xml": cartridge(BOTH)})
