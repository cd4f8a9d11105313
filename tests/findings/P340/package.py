"""A file whose name was read in another encoding than it was written in, on either side."""

from pathlib import Path

from packages import SMALL, manifest, zipped

RESOURCE = '<resource identifier="S" type="webcontent" adlcp:scormtype="asset"><file href="{}"/></resource>'


def make(folder: Path) -> None:
    for name, written, held in (
        ("a", "Königin.png", "Königin.png".encode().decode("cp850")),
        ("b", "Königin.png", "Königin.png".encode("cp1252").decode("cp437")),
        ("c", "Königin.png".encode().decode("latin-1"), "Königin.png"),
        ("sound", "Königin.png", "Königin.png"),
    ):
        document = manifest(resources=RESOURCE.format(written))
        zipped(folder / f"{name}.zip", {**SMALL, "imsmanifest.xml": document, held: b"x"})
