"""A course with a menu and no modules."""

from pathlib import Path

from cartridges import COURSE, MANIFEST, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(COURSE, MANIFEST, f'<file href="{MODULES}"/>', "")
    zipped(folder / "course.zip", {name: content for name, content in files.items() if name != MODULES})
