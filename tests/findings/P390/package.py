"""Files of no bytes that a page shows, or a manifest opens; a script, a style sheet and what nothing shows may be so."""

from pathlib import Path

from packages import PAGE, SMALL, manifest, zipped

SHOWN = b'<link rel="stylesheet" href="a.css"><script src="a.js"></script><img src="a%20b.png" alt="a"><a href="a.pdf">a</a>'


def make(folder: Path) -> None:
    opened = manifest(
        items='<item identifier="A" identifierref="R"><title>One</title></item><item identifier="B" identifierref="S">'
        "<title>Two</title></item>",
        resources='<resource identifier="S" type="webcontent" adlcp:scormtype="asset" href="b.pdf"><file href="b.pdf"/>'
        "</resource>",
    )
    empty = dict.fromkeys(("a.css", "a.js", "a b.png", "a.pdf", "b.pdf", "c.png"), b"")
    page = PAGE.replace(b"<p>One</p>", SHOWN)
    zipped(folder / "hollow.zip", {**SMALL, "imsmanifest.xml": opened, "a.html": page, **empty})
