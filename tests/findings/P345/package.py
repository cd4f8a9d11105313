"""SCORM 2004 by the version, and SCORM 1.2 by the namespaces; nothing else is said of them."""

from pathlib import Path

from packages import SMALL, manifest, zipped


def make(folder: Path) -> None:
    document = manifest().replace(b"<schemaversion>1.2<", b"<schemaversion>2004 4th Edition<")
    zipped(folder / "a.zip", {**SMALL, "imsmanifest.xml": document})
