"""A web link that depends on a page, and a page that depends on another, which it may."""

from pathlib import Path

from cartridges import ITEM, cartridge, resource
from packages import PAGE, zipped

LINK = b'<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>1</title><url href="https://a.org"/></webLink>'


def make(folder: Path) -> None:
    needs = '<dependency identifierref="R"/>'
    listed = resource("L", "imswl_xmlv1p1", "l.xml", inside=needs) + resource("P", "webcontent", "p.html", inside=needs)
    files = {"a.html": PAGE, "p.html": PAGE, "l.xml": LINK}
    zipped(folder / "course.zip", {**files, "imsmanifest.xml": cartridge(ITEM, listed)})
