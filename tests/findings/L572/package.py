"""Elements that are spelt wrong, one that is not known and like none, and one that wraps others alone."""

from pathlib import Path

from cartridges import ASSIGNMENT, COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(COURSE, ASSIGNMENT, "grading_type>", "grading_typ>")
    files = changed(files, ASSIGNMENT, "<points_possible>10", "<difficulty>high</difficulty><points_possible>10")
    zipped(folder / "work.zip", files)
    zipped(
        folder / "wrapped.zip", changed(changed(COURSE, MODULES, "<items>", "<itms>"), MODULES, "</items>", "</itms>")
    )
