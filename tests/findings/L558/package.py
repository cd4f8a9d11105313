"""Times in the wrong order, of an assignment, a quiz and a discussion; and some in the right one."""

from pathlib import Path

from cartridges import ASSIGNMENT, COURSE, QUIZ_META, changed
from packages import zipped


def times(**moments: str) -> str:
    return "".join(f"<{name}>2026-0{month}-01T10:00:00</{name}>" for name, month in moments.items())


def make(folder: Path) -> None:
    values = {
        "locked": (ASSIGNMENT, "<points_possible>", times(unlock_at="5", lock_at="4") + "<points_possible>"),
        "late": (ASSIGNMENT, "<points_possible>", times(unlock_at="5", due_at="4") + "<points_possible>"),
        "short": (QUIZ_META, "<available>", times(due_at="5", lock_at="4") + "<available>"),
        "right": (ASSIGNMENT, "<points_possible>", times(unlock_at="3", due_at="4", lock_at="5") + "<points_possible>"),
    }
    for name, change in values.items():
        zipped(folder / f"{name}.zip", changed(COURSE, *change))
