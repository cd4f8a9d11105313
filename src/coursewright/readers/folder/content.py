"""Stand-in until the reader of dialects is merged."""

from __future__ import annotations

from coursewright.findings.finding import Finding
from coursewright.readers.folder.document import Document, DocumentContent, Piece
from coursewright.text.markdown.addresses import headings
from coursewright.text.markdown.values import Prose, Text


def content_of(document: Document, folder: object, options: object) -> tuple[DocumentContent, list[Finding]]:
    """Return a document as it stands."""
    text = "\n".join(document.lines)
    front = document.front.get("title")
    found = list(headings(text))
    first = next((one for one in found if one.level == 1), None) or next(iter(found), None)
    title = str(front) if isinstance(front, str) else first.text if first else ""
    wanted = document.front.get("prerequisites") or []
    needs = tuple(Text(str(one), 1) for one in (wanted if isinstance(wanted, list) else [wanted]))
    pieces = (Piece(Prose(document.start, text)),) if text.strip() else ()
    return DocumentContent(Text(title, 1), pieces, (), needs), []
