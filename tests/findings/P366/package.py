"""Web links that run a script and lead to a disk, and one that is sound."""

from pathlib import Path

from cartridges import ITEM, cartridge, resource
from packages import PAGE, zipped

LINK = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>One</title><url href="%s"/></webLink>'


def make(folder: Path) -> None:
    addresses = {"b.xml": "JavaScript:alert(1)", "c.xml": "file:///C:/course.html", "d.xml": "https://example.org"}
    files = {name: (LINK % address).encode() for name, address in addresses.items()}
    listed = "".join(resource(f"L{name[0]}", "imswl_xmlv1p1", name) for name in files)
    zipped(folder / "course.zip", {**files, "a.html": PAGE, "imsmanifest.xml": cartridge(ITEM, listed)})
