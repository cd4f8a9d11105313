"""A module item that shows a page which is not there, and one that shows a discussion as an assignment."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    files = dict(COURSE)
    files = changed(files, MODULES, "<identifierref>P</identifierref>", "<identifierref>NONE</identifierref>")
    files = changed(files, MODULES, "<identifierref>W</identifierref>", "<identifierref>D</identifierref>")
    zipped(folder / "course.zip", files)
    renamed = changed(COURSE, MODULES, "<identifierref>Q</identifierref>", "<identifierref>OLD</identifierref>")
    title = "<title>Quizzes::Quiz I3</title>"
    zipped(folder / "renamed.zip", changed(renamed, MODULES, title, "<title>Quiz</title>"))
