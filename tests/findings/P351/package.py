"""Requirements for more points than there are, for more than 100 %, for a quiz, and for as many as there are."""

from pathlib import Path

from cartridges import COURSE, MODULES, QUIZ_META, changed
from packages import zipped


def make(folder: Path) -> None:
    asked = '<completionRequirement type="must_submit"><identifierref>I2</identifierref>'
    told = '<completionRequirement type="{0}"><identifierref>I2</identifierref><{0}>{1}</{0}>'
    for name, kind, value in (("a", "min_score", "10.5"), ("b", "min_percentage", "101"), ("c", "min_score", "10")):
        zipped(folder / f"{name}.zip", changed(COURSE, MODULES, asked, told.format(kind, value)))
    files = changed(
        COURSE,
        QUIZ_META,
        "<title>Quiz</title><assign",
        "<title>Quiz</title><points_possible>5</points_possible><assign",
    )
    zipped(folder / "d.zip", changed(files, MODULES, asked, told.format("min_score", "6").replace("I2", "I3")))
