"""Two pages whose names differ in a folder only."""

from pathlib import Path

from cartridges import COURSE, PAGE_FILE
from packages import zipped


def make(folder: Path) -> None:
    other = COURSE[PAGE_FILE].replace(b'content="P"', b'content="P2"')
    zipped(folder / "course.zip", {**COURSE, "wiki_content/more/One.html": other})
