"""Names with signs that end an address."""

from pathlib import Path

from packages import SMALL, manifest, zipped

FILES = "".join(f'<file href="{name}"/>' for name in ("b#1.png", "c?.png", "d%231.png", "a.html#top", "a.html?x=1"))
RESOURCE = f'<resource identifier="S" type="webcontent" adlcp:scormtype="asset">{FILES}</resource>'


def make(folder: Path) -> None:
    held = dict.fromkeys(("b#1.png", "c?.png", "d#1.png"), b"x")
    zipped(folder / "a.zip", {**SMALL, "imsmanifest.xml": manifest(resources=RESOURCE), **held})
