"""Discussions that depend on nothing and on what is not there, a quiz whose settings no resource lists; and all as they should be."""

from pathlib import Path

from cartridges import COURSE, MANIFEST, QUIZ_META, changed
from packages import zipped


def make(folder: Path) -> None:
    depends = '<dependency identifierref="DM"/>'
    zipped(folder / "alone.zip", changed(COURSE, MANIFEST, depends, ""))
    zipped(folder / "dangles.zip", changed(COURSE, MANIFEST, depends, depends.replace("DM", "XM")))
    zipped(folder / "unlisted.zip", changed(COURSE, MANIFEST, f'<file href="{QUIZ_META}"/>', ""))
    zipped(folder / "right.zip", COURSE)
