"""Versions that Moodle does not know, and prefixes other than the usual ones."""

import re
from pathlib import Path

from packages import ITEM, SMALL, manifest, zipped


def make(folder: Path) -> None:
    document = manifest()
    for name, old, new in (
        ("version", b">1.2<", b">1.3<"),
        ("edition", b">1.2<", b">2004 4th Edition <"),
        ("prefix", b"adlcp", b"adl"),
        ("attribute", b"adlcp:scormtype", b"scormtype"),
        ("nothing", b">1.2<", b"><"),
    ):
        zipped(folder / f"{name}.zip", {**SMALL, "imsmanifest.xml": document.replace(old, new)})
    tags = re.sub(rb"<(/?)(?=[a-z])", rb"<\1cp:", document).replace(b"xmlns=", b"xmlns:cp=")
    zipped(folder / "root.zip", {**SMALL, "imsmanifest.xml": tags})
    rule = ITEM.replace("</item>", "<adlcp:masteryscore>5</adlcp:masteryscore></item>")
    other = manifest(rule).replace(b"<adlcp:", b"<a:").replace(b"</adlcp:", b"</a:").replace(b"xmlns:adlcp", b"xmlns:a")
    zipped(folder / "element.zip", {**SMALL, "imsmanifest.xml": other.replace(b"adlcp:", b"a:")})
