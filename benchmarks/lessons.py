"""Writes a synthetic course of lessons: a folder of Markdown with pictures, listings, tables and quizzes.

The same size gives the same bytes, on any machine.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from vocabulary import Author

_SIDE = 96
_PER_FOLDER = 10


def write_lessons(folder: Path, pages: int) -> Path:
    """Write a course of so many pages, each with a picture and every fifth a quiz, and return its folder."""
    for number in range(1, pages + 1):
        author = Author(f"coursewright benchmark lessons {number}")
        chapter = folder / f"{(number - 1) // _PER_FOLDER + 1:02}-chapter"
        chapter.mkdir(parents=True, exist_ok=True)
        (chapter / f"{number:03}.png").write_bytes(_picture(author))
        text = _quiz(author) if number % 5 == 0 else _lesson(author, f"{number:03}.png")
        (chapter / f"{number:03}.md").write_text(text, encoding="utf-8")
    return folder


def _lesson(author: Author, picture: str) -> str:
    parts = [f"# {author.title()}", f"![{author.phrase()}]({picture})"]
    for _ in range(4):
        parts += [f"## {author.title()}", " ".join(author.sentences(4, 8))]
        parts.append("\n".join(f"- {sentence}" for sentence in author.sentences(3, 5)))
    rows = "\n".join(f"| {author.phrase()} | {author.phrase()} |" for _ in range(5))
    listing = "\n".join(f"{author.slug().replace('-', '_')} = {author.number(1, 99)}" for _ in range(6))
    return "\n\n".join([*parts, f"| What | How |\n|---|---|\n{rows}", f"```python\n{listing}\n```"]) + "\n"


def _quiz(author: Author) -> str:
    questions = []
    for number in range(1, 7):
        right = author.number(0, 3)
        options = "\n".join(f"- [{'x' if place == right else ' '}] {author.phrase()}" for place in range(4))
        questions.append(f"### Question {number}\n\n{author.sentence()[:-1]}?\n\n{options}")
    return "\n\n".join([f"# Quiz: {author.title()}", *questions]) + "\n"


def _picture(author: Author) -> bytes:
    """Return a picture in PNG that hardly shrinks."""
    rows = b"".join(b"\0" + author.random.randbytes(3 * _SIDE) for _ in range(_SIDE))
    header = struct.pack(">2I5B", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
