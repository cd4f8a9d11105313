"""Bases without a slash at their end, and one that is put before addresses which have it already."""

from pathlib import Path

from packages import PAGE, SMALL, manifest, zipped

FILES = {"one/a.html": PAGE, "one/b.css": b"p {}"}
LISTED = '<file href="{0}a.html"/><file href="{0}b.css"/>'


def make(folder: Path) -> None:
    for name, base, before in (("bare", "one", ""), ("twice", "one/", "one/"), ("right", "one/", "")):
        resource = f'<resource identifier="S" type="webcontent" adlcp:scormtype="asset" xml:base="{base}"'
        resource += f' href="{before}a.html">{LISTED.format(before)}</resource>'
        item = '<item identifier="B" identifierref="S"><title>Two</title></item>'
        document = manifest(
            resources=resource, items=f'<item identifier="A" identifierref="R"><title>One</title></item>{item}'
        )
        zipped(folder / f"{name}.zip", {**SMALL, **FILES, "imsmanifest.xml": document})
