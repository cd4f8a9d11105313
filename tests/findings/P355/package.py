"""A SCORM package of assets alone, and one with a SCO among them."""

from pathlib import Path

from packages import ITEM, SMALL, manifest, zipped


def make(folder: Path) -> None:
    asset = manifest().replace(b'"sco"', b'"asset"')
    zipped(folder / "assets.zip", {**SMALL, "imsmanifest.xml": asset})
    more = '<resource identifier="S" type="webcontent" adlcp:scormtype="asset" href="a.html"><file href="a.html"/></resource>'
    item = '<item identifier="B" identifierref="S"><title>Two</title></item>'
    zipped(folder / "both.zip", {**SMALL, "imsmanifest.xml": manifest(ITEM + item, more)})
