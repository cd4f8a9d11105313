"""From the documents of a unit to its parts: pages, and the quizzes that stand in them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from coursewright.course.blocks import Headed
from coursewright.course.model import Audience
from coursewright.course.parts import Keys, Link, Page, Part
from coursewright.course.quiz import Quiz
from coursewright.readers.folder.document import Document, DocumentContent, Piece
from coursewright.readers.folder.listed import Listed
from coursewright.readers.folder.names import titled, without_number
from coursewright.text.markdown.values import Prose, Text


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document in its place: what it says, what its page is called, and whether all of it is for staff."""

    document: Document
    content: DocumentContent
    title: str
    staff: bool = False


def page_title(listed_title: str, content: DocumentContent, path: str) -> str:
    """Return what a document is called: by the order file, by itself, or by its name."""
    return listed_title or str(content.title) or titled(posixpath.basename(path))


def made_parts(leaves: Iterable[Leaf], links: Iterable[Listed], file: str) -> tuple[Part, ...]:
    """Return the parts of a unit in order, those for staff last. `file` is where its links to the web are listed."""
    keys = Keys()
    parts = [part for leaf in leaves for part in _parts(leaf, keys)]
    parts += [Link(keys.key("link", one.url), one.title, one.url, file, one.line) for one in links]
    return tuple(sorted(unlike(parts), key=lambda part: part.audience is Audience.STAFF))


def unlike(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield parts, a second quiz of one key with a key of its own."""
    taken: set[str] = set()
    for part in parts:
        key, count = part.key, 1
        while key in taken:
            count += 1
            key = f"{part.key}-{count}"
        taken.add(key)
        yield part if key == part.key else replace(part, key=key)


def _parts(leaf: Leaf, keys: Keys) -> Iterator[Part]:
    """Yield the page of a document, the quizzes in it, and the page of what in it is for staff."""
    name = _name(leaf.document.relative)
    whom = [(piece, Audience.STAFF if leaf.staff else piece.audience) for piece in leaf.content.pieces]
    for audience, role in ((Audience.LEARNER, "page"), (Audience.STAFF, "staff")):
        pieces = [piece for piece, one in whom if one is audience]
        if prose := [piece.content for piece in pieces if isinstance(piece.content, Prose)]:
            yield _page(leaf, prose, keys.key(role, name), audience)
        yield from (_quiz(piece, leaf, audience) for piece in pieces if isinstance(piece.content, Quiz))


def _page(leaf: Leaf, prose: Iterable[Prose], key: str, audience: Audience) -> Page:
    is_whole = audience is Audience.LEARNER or leaf.staff
    return Page(
        key=key,
        title=leaf.title,
        lead=Text(""),
        body=tuple(Headed(found) for found in prose),
        path=leaf.document.path,
        line=leaf.content.title.line or leaf.document.start,
        audience=audience,
        objectives=leaf.content.objectives if is_whole else (),
        minutes=leaf.content.minutes if is_whole else None,
    )


def _quiz(piece: Piece, leaf: Leaf, audience: Audience) -> Quiz:
    assert isinstance(piece.content, Quiz)  # noqa: S101 - for the type checker
    return replace(piece.content, title=piece.content.title or leaf.title, audience=audience)


def _name(relative: str) -> str:
    """Return what a document is called, without the numbers that put it in order."""
    parts = relative.split("/")
    return "/".join(without_number(part).casefold() for part in parts)
