"""Questions that do not say what they are worth; in a bank they need not."""

from pathlib import Path

from cartridges import COURSE, POINTS, QUESTIONS
from packages import zipped


def make(folder: Path) -> None:
    without = COURSE[QUESTIONS].replace(POINTS, b"</qtimetadatafield>")
    words = COURSE[QUESTIONS].replace(b">2<", b">two<")
    bank = without.replace(b"<assessment ", b"<objectbank ").replace(b"</assessment>", b"</objectbank>")
    for name, more in {"without": {QUESTIONS: without}, "words": {QUESTIONS: words}}.items():
        zipped(folder / f"{name}.zip", {**COURSE, **more})
    zipped(folder / "bank.zip", {**COURSE, "non_cc_assessments/B.xml.qti": bank})
