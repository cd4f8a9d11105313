"""What a package brings along and nothing that could be read leads to: a script shows it, or nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coursewright.packages.documents.reading import is_page
from coursewright.packages.files.names import printable
from coursewright.readers.packages.recovery import Element, ElementKind, Fate

_MATTER = (
    *(".mp4", ".m4v", ".webm", ".mov", ".mp3", ".m4a", ".ogg", ".wav", ".vtt"),
    *(".pdf", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".odt", ".ods", ".odp", ".epub", ".csv"),
)
# Pictures are not among them: most that no page shows only serve how a player looks.
_WHY = "nothing that can be read without running a script leads to it"


def unshown(names: Iterable[str], known: set[str]) -> Iterator[Element]:
    """Yield the pages, films, recordings and documents among files that nothing known shows."""
    for name in names:
        kind = ElementKind.PAGE if is_page(name) else ElementKind.FILE if name.lower().endswith(_MATTER) else None
        if kind and name not in known:
            shown = printable(name)
            yield Element(kind, shown, shown, Fate.DROPPED, _WHY, shown)
