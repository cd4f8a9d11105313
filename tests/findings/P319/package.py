"""Cartridges of versions that there are not, a thin one and none at all among them, and one that is sound."""

from pathlib import Path

from cartridges import cartridge
from packages import PAGE, zipped


def make(folder: Path) -> None:
    thin = cartridge(version=1).replace(b"IMS Common", b"IMS Thin Common")
    cases = {
        "old": cartridge(version=3).replace(b">1.3.0<", b">1.3<"),
        "none": cartridge(version=3).replace(b">1.3.0<", b"><"),
        "sound": cartridge(version=3),
        "thin": thin,
    }
    for name, document in cases.items():
        zipped(folder / f"{name}.zip", {"a.html": PAGE, "imsmanifest.xml": document})
