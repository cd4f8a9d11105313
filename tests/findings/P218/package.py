"""Files compressed as no LMS reads them."""

import zipfile
from pathlib import Path

from packages import SMALL, zipped


def make(folder: Path) -> None:
    zipped(folder / "course.zip", SMALL, zipfile.ZIP_LZMA)
