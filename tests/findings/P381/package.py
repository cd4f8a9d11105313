"""Requirements for a score that is a word, none at all, and nothing; and for one that is a score."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    asked = '<completionRequirement type="must_submit"><identifierref>I2</identifierref>'
    told = '<completionRequirement type="{}"><identifierref>I2</identifierref>{}'
    scores = {
        "word": ("min_score", "<min_score>lots</min_score>"),
        "none": ("min_score", ""),
        "nothing": ("min_percentage", "<min_percentage>0</min_percentage>"),
        "score": ("min_score", "<min_score>5</min_score>"),
    }
    for name, (kind, score) in scores.items():
        zipped(folder / f"{name}.zip", changed(COURSE, MODULES, asked, told.format(kind, score)))
