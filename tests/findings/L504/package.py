"""Titles by number, the title 0, a space between two characters, the score 0, and data with & in CDATA."""

from pathlib import Path

from packages import SMALL, manifest, zipped


def make(folder: Path) -> None:
    titles = ("&#8217;", "0", "A &amp; &lt;b&gt;", "A &amp; b", "00")
    items = [
        f'<item identifier="I{number}" identifierref="R"><title>{title}</title><adlcp:masteryscore>{number}</adlcp:masteryscore></item>'
        for number, title in enumerate(titles)
    ]
    data = "<adlcp:datafromlms>{}</adlcp:datafromlms>"
    items += [
        f'<item identifier="{name}" identifierref="R"><title>{name}</title>{data.format(text)}</item>'
        for name, text in (("D", "<![CDATA[a=1&b=2]]>"), ("E", "a=1&amp;b=2"), ("F", "<![CDATA[a=1]]>"))
    ]
    zipped(folder / "course.zip", {**SMALL, "imsmanifest.xml": manifest("\n".join(items))})
