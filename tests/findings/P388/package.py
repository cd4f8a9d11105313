"""A quiz whose document is there, and asks nothing, the same worth five points, and one that asks."""

from pathlib import Path

from cartridges import COURSE, QUESTIONS, QUIZ_META, changed, quiz
from packages import zipped


def make(folder: Path) -> None:
    empty = {**COURSE, QUESTIONS: quiz().replace(b'ident="Z"', b'ident="Q"')}
    zipped(folder / "empty.zip", empty)
    points = "<points_possible>5</points_possible><available>"
    zipped(folder / "worth.zip", changed(empty, QUIZ_META, "<available>", points))
    zipped(folder / "asking.zip", COURSE)
