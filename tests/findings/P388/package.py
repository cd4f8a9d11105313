"""A quiz whose document is there, and asks nothing, beside one that asks."""

from pathlib import Path

from cartridges import COURSE, QUESTIONS, quiz
from packages import zipped


def make(folder: Path) -> None:
    zipped(folder / "empty.zip", {**COURSE, QUESTIONS: quiz().replace(b'ident="Z"', b'ident="Q"')})
    zipped(folder / "asking.zip", COURSE)
