"""From the documents of a unit to its parts: pages, and the quizzes that stand in them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from coursewright.course.blocks import Headed
from coursewright.course.model import Unit
from coursewright.course.parts import Assignment, Discussion, Keys, Link, Page, Part
from coursewright.course.quiz import Quiz, quiz_texts
from coursewright.course.values import Audience, Competency, Hours
from coursewright.frozen import frozen
from coursewright.readers.folder.assigned import discussion_of, work_of
from coursewright.readers.folder.bookdown import part_named
from coursewright.readers.folder.completion import with_definitions
from coursewright.readers.folder.document import Document, DocumentContent, Piece
from coursewright.readers.folder.linking import Placed
from coursewright.readers.folder.listed import Listed
from coursewright.readers.folder.names import is_overview, titled, without_number
from coursewright.readers.folder.orders.lookup import said
from coursewright.readers.folder.told import PartKind, PartTold
from coursewright.text.emoji import with_signs
from coursewright.text.markdown.addresses import Heading, headings
from coursewright.text.markdown.values import Prose, Text
from coursewright.text.names import known_as, normal, plain_number

_LONG = 150  # lines of a document that is a course by itself, from which on it is several pages
_VAGUE = frozenset(
    {"introduction", "overview", "intro", "about", "background", "objectives", "prerequisites", "summary"}
)
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()]*(?:\([^()]*\))?[^()]*\)")
_LEADING = re.compile(r"[\[<]")  # what an address begins after
_STRONG = re.compile(r"(\*\*|`)([^*`]+)\1")
_ID = re.compile(r"[A-Z]{1,8}[-_ ]?\d[\w.-]{0,12}|\d{1,4}(?:\.\d{1,4}){1,3}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKS = re.compile(r"\s*(?:\[\[[^\[\]]*\]\]|\{(?:[#.:]|-(?=[\s#.}]))[^{}]*\}|(?<=\s)#+)\s*$")


@frozen
class Leaf:
    """A document in its place: what it says, what its page is called, whether all of it is for staff.

    `parted` says that each of its sections is a page of its own.
    """

    document: Document
    content: DocumentContent
    title: str
    staff: bool = False
    parted: bool = False
    told: PartTold = PartTold()

    @property
    def relative(self) -> str:
        """The path of its document within the course."""
        return self.document.relative


@frozen
class MadePart:
    """A part, the document that it is of, and the pieces that it shows."""

    part: Part
    relative: str
    pieces: tuple[Piece, ...] = ()


def leading(made: MadePart) -> tuple[Piece, ...]:
    """Return the pieces of a part in which addresses may be: of a quiz, all texts of its questions."""
    if not isinstance(made.part, Quiz):
        return made.pieces
    return tuple(Piece(Prose(line, text)) for text, line in quiz_texts(made.part) if _LEADING.search(text))


def cleaned(title: str) -> str:
    """Return a title as plain text: without links, tags, and what only a generator reads (`[[anchor]]`, `{#id}`)."""
    last = None
    while title != last:
        last, title = title, _MARKS.sub("", title).strip()
    title = " ".join(_STRONG.sub(r"\2", _TAG.sub("", _LINK.sub(r"\1", title))).split())
    return title if "`" in title else with_signs(title)


def page_title(listed_title: str, document: Document, content: DocumentContent) -> str:
    """Return what a document is called: by the order file, by itself, or by its name.

    A heading of a section, such as `Introduction`, says less than the name of the file.
    """
    name = posixpath.basename(document.relative)
    if is_overview(name):
        name = posixpath.basename(posixpath.dirname(document.relative)) or name
    own = cleaned(str(content.title))
    if not own or (normal(own) in _VAGUE and not document.front.get("title")):
        own = next((cleaned(found.text) for found in _headings(document) if _is_title(found)), "")
    return cleaned(listed_title) or own or titled(name)


def _is_title(heading: Heading) -> bool:
    return heading.level == 1 and not part_named(f"# {heading.text}")


def _headings(document: Document) -> Iterator[Heading]:
    return headings("\n".join(document.lines))


def first_title(document: Document) -> str:
    """Return the first heading of a document, if it is the title of the whole; an empty text if not."""
    found = next(_headings(document), None)
    return found.text if found and found.level == 1 else ""


def has_title(document: Document) -> bool:
    """Say whether a document has a title of its own rather than headings of sections alone."""
    return bool(said(document.front.get("title"))) or any(found.level == 1 for found in _headings(document))


def is_long(document: Document) -> bool:
    """Say whether a document that is a course by itself has so much to say that it makes several pages."""
    sections = [found for found in _headings(document) if found.level == 2]
    return len(document.lines) > _LONG and len(sections) > 2


def made_parts(leaves: Iterable[Leaf], links: Iterable[Listed], file: str) -> list[MadePart]:
    """Return the parts of a unit in order, those for staff last. `file` is where its links to the web are listed."""
    keys = Keys()
    made = [part for leaf in leaves for part in _completed(list(_parts(leaf, keys)))]
    made += [MadePart(Link(keys.key("link", one.url), one.title, one.url, file, one.line), "") for one in links]
    told_apart = unlike([one.part for one in made])
    parts = [replace(one, part=part) for one, part in zip(made, told_apart, strict=True)]
    return sorted(parts, key=lambda one: one.part.audience is Audience.STAFF)


def _completed(parts: Sequence[MadePart]) -> Iterator[MadePart]:
    """Yield the parts of a document, the texts of its pages with the definitions that stand on others of them."""
    pieces = iter(with_definitions([piece for made in parts for piece in made.pieces]))
    for made in parts:
        own = tuple(islice(pieces, len(made.pieces)))
        if own != made.pieces:
            body = tuple(Headed(piece.content) for piece in own if isinstance(piece.content, Prose))
            yield replace(made, part=_with_body(made.part, body), pieces=own)
        else:
            yield made


def _with_body(part: Part, body: tuple[Headed, ...]) -> Part:
    if isinstance(part, Assignment | Discussion):
        return replace(part, content=body)
    return replace(part, body=body) if isinstance(part, Page) else part


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


def shown_by(parts: Iterable[Part], listed: Iterable[Competency]) -> tuple[Competency, ...]:
    """Return the competencies of a unit: those that are listed, and those of its work that no row of these names."""
    own = tuple(listed)
    work = [part for part in parts if isinstance(part, Assignment) and part.audience is Audience.LEARNER]
    more = {known_as(row.name): row for part in reversed(work) for row in reversed(part.competencies)}
    named = {known_as(row.name) for row in own}
    return (*own, *(row for name, row in reversed(more.items()) if name not in named))


def _parts(leaf: Leaf, keys: Keys) -> Iterator[MadePart]:
    """Yield the pages of a document, the quizzes in it, and the page of what in it is for staff."""
    whom = [(piece, Audience.STAFF if leaf.staff else piece.audience) for piece in leaf.content.pieces]
    for audience in Audience:
        pieces = [piece for piece, one in whom if one is audience]
        if leaf.parted and audience is Audience.LEARNER:
            yield from _sections(leaf, pieces, keys)
            continue
        prose = tuple(piece for piece in pieces if isinstance(piece.content, Prose))
        if prose:
            yield MadePart(_written(leaf, prose, keys, audience), leaf.document.relative, prose)
        yield from (_quiz(piece, leaf, audience) for piece in pieces if isinstance(piece.content, Quiz))


def _sections(leaf: Leaf, pieces: Sequence[Piece], keys: Keys) -> Iterator[MadePart]:
    """Yield a page for each section of a document, and its quizzes between them."""
    for number, piece in enumerate(pieces):
        if isinstance(piece.content, Quiz):
            yield _quiz(piece, leaf, Audience.LEARNER)
            continue
        for title, anchor, part in _cut(piece):
            opens = not number and not anchor
            own = replace(leaf, title=cleaned(title) or leaf.title)
            if not opens:
                own = replace(own, content=replace(leaf.content, objectives=(), minutes=None))
            yield MadePart(_page(own, (part,), keys, Audience.LEARNER, anchor), leaf.document.relative, (part,))


def _cut(piece: Piece) -> Iterator[tuple[str, str, Piece]]:
    """Yield the sections of a text, with their titles and anchors; what stands before the first has neither."""
    assert isinstance(piece.content, Prose)  # noqa: S101 - for the type checker
    lines = piece.content.markdown.split("\n")
    starts = [found for found in headings(piece.content.markdown) if found.level <= 2]
    first = starts[0].line - 1 if starts else len(lines)
    if any(line.strip() for line in lines[:first]):
        yield "", "", _slice(piece, lines, 0, first)
    for found, following in zip(starts, [*starts[1:], None], strict=False):
        begin, end = found.line - 1, following.line - 1 if following else len(lines)
        height = 1 if lines[begin].lstrip().startswith("#") else 2
        part = _slice(piece, lines, begin + height, end, f'<a id="{found.anchor}"></a>')
        yield found.text, found.anchor, part


def _slice(piece: Piece, lines: Sequence[str], begin: int, end: int, lead: str = "") -> Piece:
    assert isinstance(piece.content, Prose)  # noqa: S101 - for the type checker
    own = [*([lead, ""] if lead else []), *lines[begin:end]]
    known = piece.lines[begin:end]
    first = piece.lines[begin] if len(piece.lines) > begin else piece.content.line + begin
    numbers = ((first, first) if lead else ()) + tuple(known) if piece.lines else ()
    return Piece(Prose(first, "\n".join(own)), piece.audience, numbers)


def _written(leaf: Leaf, pieces: Sequence[Piece], keys: Keys, audience: Audience) -> Part:
    """Return a text as what its document says that it is; what is for staff in it is a page."""
    told = leaf.told
    if told.kind is PartKind.PAGE or (audience is Audience.STAFF and not leaf.staff):
        page = _page(leaf, pieces, keys, audience)
        return replace(page, key=told.key) if told.key and audience is Audience.LEARNER else page
    if told.kind is PartKind.QUIZ:
        return _page(leaf, pieces, keys, audience)
    key = told.key or keys.key(told.kind, _name(leaf.document.relative))
    body = tuple(Headed(piece.content) for piece in pieces if isinstance(piece.content, Prose))
    make = work_of if told.kind is PartKind.ASSIGNMENT else discussion_of
    line = leaf.content.title.line or leaf.document.start
    return make(replace(told, audience=audience), key, leaf.title, body, leaf.document.path, line)


def _page(leaf: Leaf, pieces: Sequence[Piece], keys: Keys, audience: Audience, anchor: str = "") -> Page:
    is_whole = audience is Audience.LEARNER or leaf.staff
    name = f"{_name(leaf.document.relative)}#{anchor}" if anchor else _name(leaf.document.relative)
    prose = [piece.content for piece in pieces if isinstance(piece.content, Prose)]
    return Page(
        key=keys.key("page" if audience is Audience.LEARNER else "staff", name),
        title=leaf.title,
        lead=Text(""),
        body=tuple(Headed(found) for found in prose),
        path=leaf.document.path,
        line=prose[0].line if anchor else leaf.content.title.line or leaf.document.start,
        audience=audience,
        objectives=leaf.content.objectives if is_whole else (),
        minutes=leaf.content.minutes if is_whole else None,
    )


def _quiz(piece: Piece, leaf: Leaf, audience: Audience) -> MadePart:
    assert isinstance(piece.content, Quiz)  # noqa: S101 - for the type checker
    whole = leaf.content.asks_only and len(leaf.content.pieces) == 1
    title = leaf.title if whole else piece.content.title or leaf.title
    quiz = replace(piece.content, title=title, audience=audience)
    return MadePart(quiz, leaf.document.relative)


def _name(relative: str) -> str:
    """Return what a document is called, without the numbers that put it in order."""
    return "/".join(without_number(part).casefold() for part in relative.split("/"))


def summary_of(document: Document) -> Text:
    """Return what front matter says that a document is about."""
    told = said(document.front.get("description"))
    return Text(told, 1) if told else Text("")


def stated_id(document: Document) -> str:
    """Return the id that front matter gives a unit, such as `CS-101` or `1.1`; a word alone is a name of its page."""
    found = (said(document.front.get(key)) for key in ("id", "module_id", "unit_id", "course_id", "code"))
    return next((id for id in found if _ID.fullmatch(id)), "")


def hours_of(minutes: float) -> Hours:
    """Return a learning time that is stated in minutes; none for 0."""
    words = f"{plain_number(minutes)} min"
    return Hours(Text(words), minutes / 60, words) if minutes else Hours()


def is_draft(document: Document) -> bool:
    """Say whether a document's front matter keeps it from being published."""
    return document.front.get("draft") is True or document.front.get("published") is False


def placed(unit: Unit, made: MadePart) -> Placed:
    """Return a page as links know it."""
    part = made.part
    return Placed(made.relative, part.path, unit.identity, part.key, leading(made), str(part.title), part.audience)
