"""The texts that a document was cut into, each with the link targets and footnotes that stand elsewhere in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coursewright.readers.folder.document import Piece
from coursewright.text.markdown.definitions import completed
from coursewright.text.markdown.values import Prose


def with_definitions(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of one document, the texts among them whole by themselves."""
    at = [number for number, piece in enumerate(pieces) if isinstance(piece.content, Prose)]
    prose = [pieces[number].content for number in at]
    texts = [one.markdown for one in prose if isinstance(one, Prose)]
    if len(texts) < 2 or not any("]:" in text for text in texts):
        return list(pieces)
    lines = [text.split("\n") for text in texts]
    made = list(pieces)
    for number, places in zip(at, completed(texts), strict=True):
        piece = pieces[number]
        markdown = "\n".join("" if line < 0 else lines[text][line] for text, line in places)
        numbers = tuple(_number(pieces[at[text]], line) for text, line in places) if piece.lines else ()
        made[number] = replace(piece, content=Prose(piece.content.line, markdown), lines=numbers)
    return made


def _number(piece: Piece, line: int) -> int:
    return piece.lines[line] if 0 <= line < len(piece.lines) else piece.content.line
