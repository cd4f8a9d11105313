"""A file whose checksum is wrong, and one that is longer than the archive says."""

import zipfile
from pathlib import Path

from packages import SMALL, flagged, patched, zipped


def make(folder: Path) -> None:
    patched(zipped(folder / "checksum.zip", SMALL, zipfile.ZIP_STORED), {b"<p>One</p>": b"<p>Two</p>"})
    flagged(zipped(folder / "longer.zip"), 24, 9)
