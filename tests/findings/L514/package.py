"""A page with a frame and a formula, and with tags and signs in its text."""

from pathlib import Path

from cartridges import PAGE, cartridge
from packages import zipped


def make(folder: Path) -> None:
    page = PAGE.replace(
        b"</p>", b"<code>List&lt;int&gt; a &lt; b</code></p><iframe></iframe><math></math><math></math>"
    )
    zipped(folder / "course.zip", {"imsmanifest.xml": cartridge(), "a.html": page})
