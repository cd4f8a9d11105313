"""SCOs that nobody passes, or everybody: a mastery score beyond 100, one below 0, and a word; and some that begin with a number."""

from pathlib import Path

from packages import SMALL, manifest, zipped

SCORE = "<adlcp:masteryscore>{}</adlcp:masteryscore>"


def make(folder: Path) -> None:
    wrong = (("beyond", "120"), ("power", "1e3"), ("negative", "-5"), ("word", "high"), ("within", "about 60"))
    right = (("number", "80"), ("percent", "60%"), ("blank", " 60"), ("tail", "0.6x"), ("point", ".5"))
    for name, score in (*wrong, *right):
        item = f'<item identifier="A" identifierref="R"><title>One</title>{SCORE.format(score)}</item>'
        zipped(folder / f"{name}.zip", {**SMALL, "imsmanifest.xml": manifest(item)})
