"""A cartridge that does not say it is one."""

from pathlib import Path

from packages import zipped

MANIFEST = b"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><organizations/><resources>
<resource identifier="R" type="imsdt_xmlv1p0"><file href="t.xml"/></resource>
<resource identifier="S" type="imsqti_xmlv1p2/imscc_xmlv1p0/assessment"><file href="q.xml"/></resource>
</resources></manifest>"""


def make(folder: Path) -> None:
    zipped(folder / "a.imscc", {"imsmanifest.xml": MANIFEST, "t.xml": b"<topic/>", "q.xml": b"<questestinterop/>"})
