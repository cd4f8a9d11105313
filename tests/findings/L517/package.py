"""A tool with a parameter of its own."""

from pathlib import Path

from cartridges import PAGE, cartridge, resource
from packages import zipped


def make(folder: Path) -> None:
    tool = '<t xmlns="http://www.imsglobal.org/xsd/imslticc_v1p0"><b:custom xmlns:b="http://www.imsglobal.org/xsd/imsbasiclti_v1p0"><b:property name="a">1</b:property></b:custom></t>'
    document = cartridge(resources=resource("L", "imsbasiclti_xmlv1p0", "l.xml"))
    zipped(folder / "course.zip", {"imsmanifest.xml": document, "a.html": PAGE, "l.xml": tool.encode()})
