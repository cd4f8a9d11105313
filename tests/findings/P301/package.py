"""A graded quiz without an assignment."""

from pathlib import Path

from cartridges import COURSE, QUIZ_META, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(
        COURSE,
        QUIZ_META,
        '<assignment identifier="QA"><title>Quiz</title><assignment_group_identifierref>G</assignment_group_identifierref></assignment>',
        "",
    )
    zipped(folder / "course.zip", files)
