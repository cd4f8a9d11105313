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


def made_parts(leaves: Iterable[Leaf], links: Iterable[Listed], folder: str) -> tuple[Part, ...]:
    """Return the parts of a unit in order, those for staff last. Keys come from what documents are called in it."""
    keys, taken = Keys(), set[str]()
    parts: list[Part] = []
    for leaf in leaves:
        parts += _unlike(_parts(leaf, keys, folder), taken)
    parts += [Link(keys.key("link", one.url), one.title, one.url, "", one.line) for one in links]
    return tuple(sorted(parts, key=lambda part: part.audience is Audience.STAFF))


def _unlike(parts: Iterable[Part], taken: set[str]) -> Iterator[Part]:
    """Yield parts, a second quiz of one key with a key of its own."""
    for part in parts:
        key, count = part.key, 1
        while key in taken:
            count += 1
            key = f"{part.key}-{count}"
        taken.add(key)
        yield part if key == part.key else replace(part, key=key)


def _parts(leaf: Leaf, keys: Keys, folder: str) -> Iterator[Part]:
    """Yield the page of a document, the quizzes in it, and the page of what in it is for staff."""
    name = _name(leaf.document.relative, folder)
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


def _name(relative: str, folder: str) -> str:
    """Return what a document is called within its unit, without the numbers that put it in order."""
    inner = relative.removeprefix(f"{folder}/") if folder else relative
    parts = inner.split("/")
    return "/".join(without_number(part).casefold() for part in parts)
