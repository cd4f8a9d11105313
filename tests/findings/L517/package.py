"""A tool with a parameter of its own."""

from pathlib import Path

from cartridges import ITEM, PAGE, cartridge, resource
from packages import zipped


def make(folder: Path) -> None:
    tool = (
        '<cartridge_basiclti_link xmlns="http://www.imsglobal.org/xsd/imslticc_v1p0"'
        ' xmlns:b="http://www.imsglobal.org/xsd/imsbasiclti_v1p0"><b:title>Bees</b:title>'
        '<b:custom><b:property name="a">1</b:property></b:custom><b:launch_url>https://example.org/</b:launch_url>'
        "</cartridge_basiclti_link>"
    )
    document = cartridge(ITEM.replace("R", "L"), resource("L", "imsbasiclti_xmlv1p0", "l.xml"))
    zipped(folder / "course.zip", {"imsmanifest.xml": document, "a.html": PAGE, "l.xml": tool.encode()})
