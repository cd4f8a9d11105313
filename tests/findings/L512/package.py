"""A page that is a frame, one of associatedcontent, one with an escape in its name, and a link by mail."""

from pathlib import Path

from cartridges import OWN, PAGE, cartridge, resource
from packages import zipped


def make(folder: Path) -> None:
    items = "".join(
        f'<item identifier="I{name}" identifierref="{name}"><title>{name}</title></item>' for name in "RSTUV"
    )
    link = (
        '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>L</title><url href="{}"/></webLink>'
    )
    resources = resource("S", OWN, "b.html", attributes='href="b.html"')
    resources += resource("T", "webcontent", "c%20d.html", attributes='href="c%20d.html"')
    resources += resource("U", "imswl_xmlv1p1", "u.xml") + resource("V", "imswl_xmlv1p1", "v.xml")
    pages = dict.fromkeys(("a.html", "b.html", "c d.html"), PAGE)
    pages["a.html"] = PAGE.replace(b"<p>One.</p>", b"<p><iframe src='https://example.org/'></iframe></p>")
    links = {
        "u.xml": link.format("mailto:a@example.org").encode(),
        "v.xml": link.format("https://example.org/a?b=c").encode(),
    }
    zipped(folder / "course.zip", {"imsmanifest.xml": cartridge(items, resources), **pages, **links})
