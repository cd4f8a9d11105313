"""SCOs that nobody passes, or everybody: a mastery score beyond 100, one that is a word, and one that is a number."""

from pathlib import Path

from packages import SMALL, manifest, zipped

SCORE = "<adlcp:masteryscore>{}</adlcp:masteryscore>"


def make(folder: Path) -> None:
    for name, score in (("beyond", "120"), ("word", "high"), ("number", "80")):
        item = f'<item identifier="A" identifierref="R"><title>One</title>{SCORE.format(score)}</item>'
        zipped(folder / f"{name}.zip", {**SMALL, "imsmanifest.xml": manifest(item)})
