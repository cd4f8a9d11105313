"""Manifests that are too large to be read whole."""

import zipfile
from pathlib import Path

from packages import zipped


def make(folder: Path) -> None:
    (folder / "elements").mkdir()
    (folder / "elements" / "imsmanifest.xml").write_bytes(b"<manifest>" + b"<item/>" * 600_000 + b"</manifest>")
    zipped(
        folder / "long.zip", {"imsmanifest.xml": b"<manifest>" + b" " * 20_000_000 + b"</manifest>"}, zipfile.ZIP_STORED
    )
