"""A quiz whose questions are in the form of cartridges only."""

from pathlib import Path

from cartridges import COURSE, MANIFEST, QUESTIONS, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(COURSE, MANIFEST, f'<file href="{QUESTIONS}"/>', "")
    zipped(folder / "course.zip", {name: content for name, content in files.items() if name != QUESTIONS})
