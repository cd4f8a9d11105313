"""A cartridge whose page, topic and quiz name pictures from its top, and a package with a style sheet and folders."""

from html import escape
from pathlib import Path

from cartridges import ITEM, cartridge, question, quiz, resource
from packages import PAGE, SMALL, manifest, zipped

PICTURES = '<img src="$IMS-CC-FILEBASE$/gone.png" alt=""><img src="$IMS-CC-FILEBASE$/p.png" alt="">'
LINKS = """<img srcset="a.html 1x,c.png 2x, d.png" alt=""><map><area href="e.html"></map><a href="./">1</a><a href=".">2</a>
<a href="sub/">3</a><a href="sub">4</a><a href="f/">5</a><a href="[[x]]">6</a><a href="%%x%%">7</a><a href="{x}">8</a>"""
SHEET = b"""/* url(g.png)
*/ @import "i.css"; @import url(h.css);
a { background: url(j.png) } b { background: url(#k) }
@font-face { src: url("l.eot?#iefix"), url(data:font/woff;base64,AA) }"""


def make(folder: Path) -> None:
    body = PAGE.replace(b"One.", b"One. %s" % PICTURES.encode())
    topic = f"""<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"><title>Talk</title>
<text texttype="text/html">{escape(PICTURES)}{escape('<a href="a.html">1</a><a href="m.html">2</a>')}</text></topic>"""
    asked = quiz(question("Q")).replace(b"Why?", escape(PICTURES).encode())
    files = {
        "a.html": body.replace(b"</body>", PICTURES.encode()),
        "t/t.xml": topic.encode(),
        "q.xml": asked,
        "p.png": b"",
    }
    listed = resource("T", "imsdt_xmlv1p1", "t/t.xml") + resource("P", "webcontent", "p.png")
    listed += resource("Q", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "q.xml")
    zipped(folder / "cartridge.zip", {**files, "imsmanifest.xml": cartridge(ITEM, listed)})
    page = PAGE.replace(b"</body>", LINKS.encode())
    more = {"i.css": b"", "sub/index.html": PAGE, "s.css": SHEET}
    zipped(folder / "scorm.zip", {**SMALL, "imsmanifest.xml": manifest(), "a.html": page, **more})
