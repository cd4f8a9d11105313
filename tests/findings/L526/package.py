"""Settings that make the course public."""

from pathlib import Path

from cartridges import COURSE, SETTINGS, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(
        COURSE, SETTINGS, "<default_view>", "<is_public>true</is_public><license>cc_by</license><default_view>"
    )
    zipped(folder / "course.zip", files)
