"""A course of assets."""

from pathlib import Path

from packages import SMALL, manifest, zipped


def make(folder: Path) -> None:
    zipped(folder / "course.zip", {**SMALL, "imsmanifest.xml": manifest().replace(b'"sco"', b'"asset"')})
