"""Files compressed as no LMS reads them."""

from pathlib import Path

import zipfile

from packages import SMALL, zipped


def make(folder: Path) -> None:
    zipped(folder / "course.zip", SMALL, zipfile.ZIP_LZMA)
