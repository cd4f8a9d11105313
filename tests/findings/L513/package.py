"""Links from page to page, by a token, to a file with a blank, and in a discussion."""

from pathlib import Path

from cartridges import ITEM, PAGE, cartridge, resource
from packages import zipped


def make(folder: Path) -> None:
    links = ("b.html", "$IMS-CC-FILEBASE$/f.pdf", "f.pdf#2", "f.pdf", "https://example.org/", "none.html")
    page = PAGE.replace(b"</p>", "".join(f'<a href="{link}">x</a>' for link in links).encode() + b"</p>")
    topic = '<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"><title>T</title><text texttype="text/html">&lt;img src="$IMS-CC-FILEBASE$/f.png"&gt;</text></topic>'
    resources = resource("F", "webcontent", "b.html", "f.pdf") + resource("D", "imsdt_xmlv1p1", "d/d.xml")
    document = cartridge(ITEM + ITEM.replace("A", "B").replace("R", "D"), resources)
    zipped(
        folder / "course.zip",
        {"imsmanifest.xml": document, "a.html": page, "b.html": PAGE, "f.pdf": b"%PDF", "d/d.xml": topic.encode()},
    )
