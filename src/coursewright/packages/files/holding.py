"""A package of ours before it is written, opened as others are."""

from __future__ import annotations

from pathlib import Path

from coursewright.packages.files.container import Container, Holding
from coursewright.packages.files.long_document import LongDocument
from coursewright.packages.files.writing import Content, Package, whole


def hold(package: Package) -> Container:
    """Return the files of a package; what is made only as it is written counts as a byte until somebody reads it."""
    contents = dict(package.files)
    sizes = {path: _size(content) for path, content in contents.items()}
    return Container(package.name, Path(package.name), Holding.MEMORY, sizes, reader=lambda name: whole(contents[name]))


def _size(content: Content) -> int:
    if isinstance(content, LongDocument):
        return content.size
    return len(content) if isinstance(content, bytes) else 1
