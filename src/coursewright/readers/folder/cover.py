"""The picture of a course, for the head of its home."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coursewright.course.assets import Asset
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.readers.folder.assets import Assets
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.readers.sources import shown_as

_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/svg+xml": "svg",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
}


def read_cover(folder: SourceFolder, shown: str, relative: str, place: Place) -> tuple[Asset | None, list[Finding]]:
    """Return the cover that stands in a folder, if it can be used, and what is to be said of it.

    `shown` is how findings name the folder; `place` is where the picture is named.
    """
    if not folder.is_file(relative):
        return None, [messages.COVER_UNUSABLE.at(place, name=relative, reason="there is no such file")]
    assets = Assets(folder, shown)
    found = assets.asset(relative, picture=True)
    ending = _ENDINGS.get(found.media_type) if found else None
    if found and ending:
        return replace(found, name=f"cover.{ending}"), assets.findings
    reason = "it is not a picture that browsers show"
    return None, [*assets.findings, messages.COVER_UNUSABLE.at(place, name=relative, reason=reason)]


def cover_of_settings(path: Path) -> tuple[Asset | None, list[Finding]]:
    """Return the cover that settings name, and what is to be said of it."""
    return read_cover(SourceFolder(path.parent), shown_as(path.parent), path.name, Place("settings"))
