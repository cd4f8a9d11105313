"""Pages without an identifier, without a title, and with the identifier of another."""

from pathlib import Path

from cartridges import COURSE, PAGE_FILE
from packages import zipped


def make(folder: Path) -> None:
    page = COURSE[PAGE_FILE]
    nameless = page.replace(b'name="identifier"', b'name="other"')
    untitled = page.replace(b"<title>One</title>", b"").replace(b'content="P"', b'content="P3"')
    other = page.replace(b"</body>", b"<p>More.</p></body>")
    assert other != page
    more = {"wiki_content/two.html": nameless, "wiki_content/three.html": untitled, "wiki_content/four.html": other}
    zipped(folder / "course.zip", {**COURSE, **more})
