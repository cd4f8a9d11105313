"""The documents that a document is one of a course with, where it alone is named."""

from __future__ import annotations

from pathlib import Path

from coursewright.building.settings import SETTINGS
from coursewright.readers.folder.orders import READERS
from coursewright.readers.kinds import SourceKind, kind_of

_ORDERS = {SETTINGS, *READERS} - {"index.md"}  # which stands in nearly every folder
_MOST_ABOVE = 6  # folders, up to which one is looked for that says what its course is


def neighbourhood(document: Path) -> Path | None:
    """Return the folder of the course that a document is a part of, or None for what is none.

    That is the nearest folder above that says its order; else the one that it is in. None is above the current folder.
    """
    if not document.is_file() or kind_of(document) is SourceKind.QUIZ:
        return None
    folders = list(document.parents)[: _MOST_ABOVE if not document.is_absolute() else 1]
    for folder in folders:
        if any((folder / name).is_file() for name in _ORDERS):
            return folder
    return document.parent
