"""A page that ends in the middle, one without a body, an assignment of which nothing is there; and all as they should be."""

from pathlib import Path

from cartridges import COURSE, PAGE_FILE
from packages import zipped


def make(folder: Path) -> None:
    page = COURSE[PAGE_FILE]
    zipped(folder / "cut.zip", {**COURSE, PAGE_FILE: page[: page.index(b"ere</a>")]})
    zipped(folder / "bodiless.zip", {**COURSE, PAGE_FILE: page[: page.index(b"<body>")] + b"</html>"})
    zipped(folder / "empty.zip", {**COURSE, "W/work.html": b"\n"})
    zipped(folder / "right.zip", COURSE)
