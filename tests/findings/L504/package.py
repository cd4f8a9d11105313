"""Titles by number, the title 0, a space between two characters, and the score 0."""

from pathlib import Path

from packages import SMALL, manifest, zipped


def make(folder: Path) -> None:
    titles = ("&#8217;", "0", "A &amp; &lt;b&gt;", "A &amp; b", "00")
    items = [
        f'<item identifier="I{number}" identifierref="R"><title>{title}</title><adlcp:masteryscore>{number}</adlcp:masteryscore></item>'
        for number, title in enumerate(titles)
    ]
    zipped(folder / "course.zip", {**SMALL, "imsmanifest.xml": manifest("\n".join(items))})
