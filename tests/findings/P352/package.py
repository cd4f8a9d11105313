"""An export of Canvas that says to be of version 1.3, with resources of the types of 1.1."""

from pathlib import Path

from cartridges import COURSE, MANIFEST, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(COURSE, MANIFEST, "imsccv1p1/imscp_v1p1", "imsccv1p3/imscp_v1p1")
    files = changed(files, MANIFEST, "1.1.0", "1.3.0")
    zipped(folder / "course.zip", changed(files, MANIFEST, "imsccv1p1/LOM", "imsccv1p3/LOM"))
