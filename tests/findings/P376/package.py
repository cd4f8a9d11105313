"""A quiz whose questions have another ident than its settings, and one whose file alone has another name."""

from pathlib import Path

from cartridges import COURSE, MANIFEST, QUESTIONS, changed
from packages import zipped


def make(folder: Path) -> None:
    zipped(folder / "ident.zip", changed(COURSE, QUESTIONS, 'ident="Q"', 'ident="quiz"'))
    files = changed(COURSE, MANIFEST, QUESTIONS, "non_cc_assessments/other.xml.qti")
    files["non_cc_assessments/other.xml.qti"] = files.pop(QUESTIONS)
    zipped(folder / "file.zip", files)
