"""A document of a folder of Markdown: as it stands, and what its content is once its author's dialect is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from coursewright.course.quiz import Quiz
from coursewright.course.values import Audience
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.readers.frontmatter import front_matter
from coursewright.text.markdown.values import Prose, Text


@frozen
class Document:
    """A file of Markdown as it was found.

    `path` is how findings name it, `relative` its path from the root of its course with forward slashes. `front` is its
    front matter, `lines` what follows that, of which the first stands on line `start` of the file; `head` are the lines
    before that. Lines of a notebook know theirs.
    """

    path: str
    relative: str
    lines: tuple[str, ...]
    front: Mapping[str, Any] = field(default_factory=dict)
    start: int = 1
    head: tuple[str, ...] = ()

    def line_of(self, key: str) -> int:
        """Return the line on which front matter has a key; the first where it cannot be found."""
        own = re.compile(rf"[\s\"']*{re.escape(key)}[\"']?\s*[:=]")
        return next((line_of(line, number) for number, line in enumerate(self.head, 1) if own.match(line)), 1)

    def numbered(self, most: int) -> list[Text]:
        """Return its first lines, each with its number in the file."""
        return [Text(line, line_of(line, self.start + at)) for at, line in enumerate(self.lines[:most])]


def document_of(path: str, relative: str, lines: Sequence[str]) -> tuple[Document, tuple[Finding, ...]]:
    """Return the document that lines are, and what is wrong with its front matter."""
    parted = front_matter("\n".join(lines), path)
    first = parted.start - 1
    if not any(isinstance(line, Text) for line in lines[:1]):
        return Document(path, relative, parted.lines, parted.front, parted.start, tuple(lines[:first])), parted.findings
    start = line_of(lines[min(first, len(lines) - 1)], parted.start)
    found = tuple(
        replace(one, place=Place(path, line_of(lines[min(max(one.place.line, 1), len(lines)) - 1], 1)))
        for one in parted.findings
    )
    return Document(path, relative, tuple(lines[first:]), parted.front, start, tuple(lines[:first])), found


def line_of(line: str, number: int) -> int:
    """Return the number in the file of a line that stands at a place: its own, if it knows it."""
    return line.line if isinstance(line, Text) else number


@frozen
class Piece:
    """So much of a document as one part shows, and for whom: text, or a quiz that stands in it.

    `lines` are the numbers of the lines of the file that the lines of a text come from, one for each.
    """

    content: Prose | Quiz
    audience: Audience = Audience.LEARNER
    lines: tuple[int, ...] = ()


@frozen
class DocumentContent:
    """What a document says, without its title: plain GitHub Markdown, with the forms that `text.markdown` knows.

    `title` is that of its front matter or its first heading, as inline Markdown, or empty. `objectives` are listed in
    it or in its front matter. `prerequisites` are the addresses, ids and titles that are plainly named as such.
    `asked` are the files whose questions it asks.
    """

    title: Text
    pieces: tuple[Piece, ...]
    objectives: tuple[Text, ...] = ()
    prerequisites: tuple[Text, ...] = ()
    minutes: float | None = None
    asked: tuple[str, ...] = ()

    @property
    def asks_only(self) -> bool:
        """Whether this is a quiz, with no text of a lesson beside its questions."""
        told = [piece.content for piece in self.pieces if piece.audience is Audience.LEARNER]
        return bool(told) and all(isinstance(one, Quiz) for one in told)
