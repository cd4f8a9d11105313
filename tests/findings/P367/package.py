"""Links to tools: one without an address, one whose address is empty, and one that is sound."""

from pathlib import Path

from cartridges import ITEM, cartridge, resource
from packages import PAGE, zipped

TOOL = """<cartridge_basiclti_link xmlns="http://www.imsglobal.org/xsd/imslticc_v1p0"
  xmlns:blti="http://www.imsglobal.org/xsd/imsbasiclti_v1p0" xmlns:lticp="http://www.imsglobal.org/xsd/imslticp_v1p0">
<blti:title>One</blti:title>%s
<blti:vendor><lticp:code>v</lticp:code><lticp:name>V</lticp:name></blti:vendor></cartridge_basiclti_link>"""


def make(folder: Path) -> None:
    address = "<blti:secure_launch_url>%s</blti:secure_launch_url>"
    tools = {"b.xml": "", "c.xml": address % " ", "d.xml": address % "https://example.org/launch"}
    files = {name: (TOOL % inside).encode() for name, inside in tools.items()}
    listed = "".join(resource(f"T{name[0]}", "imsbasiclti_xmlv1p0", name) for name in files)
    zipped(folder / "course.zip", {**files, "a.html": PAGE, "imsmanifest.xml": cartridge(ITEM, listed)})
