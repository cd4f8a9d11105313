"""A cartridge and a thin one whose schemas lack a word, and one that is sound."""

from pathlib import Path

from cartridges import cartridge
from packages import PAGE, zipped


def make(folder: Path) -> None:
    for name, schema in {"a": "Common Cartridge", "b": "Thin Common Cartridge", "c": "IMS Common Cartridge"}.items():
        document = cartridge(version=3).replace(b"IMS Common Cartridge", schema.encode())
        zipped(folder / f"{name}.zip", {"a.html": PAGE, "imsmanifest.xml": document})
