"""Files that parts refer to, and where the addresses in a part's Markdown lead within a course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from coursewright.course.values import Identity
from coursewright.frozen import frozen
from coursewright.text.jsons import bytes_in


@frozen
class Embedded:
    """Where a file holds another: from which of its bytes to which, a text of JSON in Base64, or a drawing as it is."""

    begin: int
    end: int

    def content(self, source: str) -> bytes:
        """Return the other file; raises OSError, too, where it is no longer there."""
        with Path(source).open("rb") as stream:
            stream.seek(self.begin)
            held = stream.read(self.end - self.begin)
        try:
            return bytes_in(held)
        except ValueError as error:
            raise OSError(f"{source} has changed while it was read") from error


@frozen
class Asset:
    """A picture or a file to be packed along, known by its content.

    `path` is how findings and JSON name it, `source` where it is read. `digest` is the SHA-256 of its content in
    hexadecimal, `size` its length in bytes. `name` is safe in any package and no two assets of a curriculum share it,
    whatever their folders and capitals. `media_type` is what it is: `image/png`. `held` is what is packed where that is
    not what is in the file: a drawing without its scripts, a program in a zip. `embedded` is where it is in its source,
    where that is not all of it: a picture in a notebook.
    """

    path: str
    source: str
    name: str
    digest: str
    size: int
    media_type: str
    held: bytes = field(default=b"", repr=False)
    embedded: Embedded | None = None

    @property
    def is_file(self) -> bool:
        """Whether its source is packed as it stands."""
        return not self.held and self.embedded is None

    def content(self) -> bytes:
        """Return what is to be packed."""
        if self.embedded:
            return self.embedded.content(self.source)
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
