"""Files that parts refer to, and where the addresses in a part's Markdown lead within a course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from coursewright.course.model import Identity
from coursewright.frozen import frozen


@frozen
class Asset:
    """A picture or a file to be packed along, known by its content.

    `path` is how findings and JSON name it, `source` where it is read. `digest` is the SHA-256 of its content in
    hexadecimal, `size` its length in bytes. `name` is safe in any package and no two assets of a curriculum share it,
    whatever their folders and capitals. `media_type` is what it is: `image/png`. `held` is what is packed where that is
    not what is in the file: a drawing without its scripts, a program in a zip.
    """

    path: str
    source: str
    name: str
    digest: str
    size: int
    media_type: str
    held: bytes = field(default=b"", repr=False)

    def content(self) -> bytes:
        """Return what is to be packed."""
        return self.held or (Path(self.source).read_bytes() if self.size else b"")


@frozen
class ToUnit:
    """A place in the course: a unit, one of its parts by key, or a heading on that by its anchor."""

    unit: Identity
    part: str = ""
    anchor: str = ""


@frozen
class ToFile:
    """A file of the course; `anchor` is what stood after its name."""

    asset: Asset
    anchor: str = ""


Target = ToUnit | ToFile
Targets = Mapping[str, Target]
"""By an address as it stands in the Markdown, where it leads. What is not in it leads to the web, or nowhere."""
