"""Web links without a scheme and without an address, one that is sound, and one in a thin cartridge."""

from pathlib import Path

from cartridges import ITEM, cartridge, resource
from packages import PAGE, zipped


def make(folder: Path) -> None:
    link = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>One</title><url href="%s"/></webLink>'
    addresses = {
        "a.xml": "www.example.org/brood",
        "b.xml": "",
        "c.xml": "https://example.org",
        "d.xml": "mailto:a@example.org",
    }
    files = {name: (link % address).encode() for name, address in addresses.items()}
    listed = "".join(resource(f"L{name[0]}", "imswl_xmlv1p1", name) for name in files)
    zipped(folder / "course.zip", {**files, "a.html": PAGE, "imsmanifest.xml": cartridge(resources=listed)})
    inside = (
        '<resource identifier="R" type="imswl_xmlv1p3">'
        + (link % "example.org").replace("v1p1", "v1p3")
        + "</resource>"
    )
    page = '<resource identifier="R" type="webcontent" href="a.html"><file href="a.html"/></resource>'
    thin = cartridge(ITEM, version=3).decode().replace("IMS Common", "IMS Thin Common").replace(page, inside)
    zipped(folder / "thin.zip", {"imsmanifest.xml": thin.encode()})
