"""An item without the button Continue."""

from pathlib import Path

from packages import ITEM, SMALL, manifest, zipped


def make(folder: Path) -> None:
    hidden = "<adlnav:presentation {}><adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>"
    hidden = hidden.format('xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"')
    document = (
        manifest(ITEM.replace("</item>", f"{hidden}</item>") + ITEM.replace("A", "B"))
        .replace(b"adlcp_rootv1p2", b"adlcp_v1p3")
        .replace(b">1.2<", b">2004 4th Edition<")
    )
    zipped(folder / "course.zip", {**SMALL, "imsmanifest.xml": document})
