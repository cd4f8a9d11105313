"""The index that the search in a course looks into: what its pages say, heading by heading, as a script."""

from __future__ import annotations

import json
import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import accumulate
from typing import Any, cast

from lxml import etree

from coursewright.course.identifiers import identifier
from coursewright.course.model import Course, Unit
from coursewright.course.values import Identity
from coursewright.frozen import frozen, slotted
from coursewright.pages.fragment import fragment
from coursewright.pages.glossary import Glossary
from coursewright.pages.once import NEVER, Once
from coursewright.pages.renderer import Content, PageView, Renderer

MOST_BYTES = 1_000_000  # of an index
_KEPT_BACK = 10_000  # of these, for what stands around the texts
_MANY = 1_000  # units of a course, of which what their pages say is kept compressed
_SHORTEST = 60  # bytes of a passage, however large a course is
_ASSIGNED = b"window.coursewrightIndex = %s;\n"
_HEADINGS = frozenset(("h3", "h4", "h5", "h6"))
# What is no text of a page, or is asked rather than told.
_PASSED = frozenset(("script", "style", "template", "svg", "math", "noscript", "select", "textarea", "input"))
_HIDING = frozenset(("data-quiz", "hidden", "popover"))
_WHOLE = frozenset(("pre", "code"))  # what stands in them is coloured word by word
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "button", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s"),
        *("samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    )
)


@slotted
class Passage:
    """What stands below one heading of a page; `anchor` is where, empty for the top of the page."""

    anchor: str
    heading: str = ""
    text: str = ""


@frozen
class SearchedPage:
    """A page as a search knows it."""

    key: str
    title: str
    passages: tuple[Passage, ...]


@slotted
class SearchIndex:
    """Gathers what the pages of a course say; a unit that nobody has added is asked for when the file is written.

    `content` returns a unit's pages, and `once` keeps what they say.
    """

    course: Course
    renderer: Renderer
    content: Callable[[Unit], Content]
    glossary: Glossary
    once: Once = NEVER
    _pages: dict[Identity, tuple[SearchedPage, ...] | bytes] = field(default_factory=dict)

    def add(self, unit: Unit, content: Content) -> None:
        """Take the pages of a unit, once for all formats."""
        if unit.identity not in self._pages:
            pages = self.once.of_unit(unit, lambda: tuple(searched(content)), "searched")
            many = len(self.course.units) > _MANY
            self._pages[unit.identity] = zlib.compress(pickle.dumps(pages), 1) if many else pages

    def _pages_of(self, unit: Unit) -> tuple[SearchedPage, ...]:
        """Return the pages of a unit that was added."""
        kept = self._pages[unit.identity]
        if isinstance(kept, bytes):
            kept = cast("tuple[SearchedPage, ...]", pickle.loads(zlib.decompress(kept)))  # noqa: S301 - our own
        return kept

    def file(self) -> bytes:
        """Return the script that holds the index: passages are cut where they are more than 1 MB together."""
        for unit in self.course.units:
            if unit.identity not in self._pages:  # so that it is not converted again
                self.add(unit, self.content(unit))
        numbers = {unit.identity: number for number, unit in enumerate(self.course.units)}
        terms = [
            [term.name, term.text, numbers[term.unit], term.anchor or term.page]
            for term in self.glossary.terms
            if term.unit in numbers
        ]
        return written(_Again(lambda: (self._unit(unit, numbers) for unit in self.course.units)), terms)

    def _unit(self, unit: Unit, numbers: Mapping[Identity, int]) -> dict[str, Any]:
        needs = [numbers[need.identity] for need in self.course.step(unit).needs if need.identity in numbers]
        return {
            "name": identifier(unit.identity),
            "title": unit.called(self.renderer.plain(unit.title)),
            "needs": needs,
            "pages": [_page(page) for page in self._pages_of(unit)],
        }


def _page(page: SearchedPage) -> list[Any]:
    return [page.key, page.title, [[one.anchor, one.heading, one.text] for one in page.passages]]


class _Again(Iterable[dict[str, Any]]):
    """Values that are made anew for each who goes through them, so that they are not all in memory."""

    def __init__(self, make: Callable[[], Iterator[dict[str, Any]]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self._make()


def written(units: Iterable[Mapping[str, Any]], terms: Sequence[Sequence[Any]]) -> bytes:
    """Return the script of an index, its passages cut to what there is room for; it may go through the units thrice."""
    room = MOST_BYTES - _KEPT_BACK - len(_json({"units": [], "terms": terms}))
    said = _uncut(units, room) or _cut_to_fit(units, room)
    return _ASSIGNED % (b'{"units":[%s],"terms":%s}' % (b",".join(said), _json(terms)))


def _uncut(units: Iterable[Mapping[str, Any]], room: int) -> list[bytes]:
    """Return the units of an index as they are; none, where there is no room for all."""
    said: list[bytes] = []
    for unit in units:
        said.append(_json(unit))
        room -= len(said[-1]) + len('""') * sum(1 for _ in _passages(unit)) + (len(said) > 1)
        if room < 0:
            return []
    return said


def _cut_to_fit(units: Iterable[Mapping[str, Any]], room: int) -> Iterator[bytes]:
    """Yield the units of an index, with passages that are cut so that all fit into a room."""
    sizes: list[int] = []
    left = room
    for number, unit in enumerate(units):
        own = [len(_json(passage[2])) for passage in _passages(unit)]
        left -= len(_json(unit)) - sum(own) + len('""') * len(own) + (number > 0)
        sizes += own
    most = longest(sizes, left)
    for unit in units:
        yield _json(_cut_to(most, unit))


def _passages(unit: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield the passages of a unit of the index: where each is, its heading and its text."""
    for _, _, passages in unit["pages"]:
        yield from passages


def _cut_to(most: int, unit: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a unit of the index whose passages have so many bytes at most."""
    pages = [
        [key, title, [[anchor, heading, _fitted(text, most)] for anchor, heading, text in passages]]
        for key, title, passages in unit["pages"]
    ]
    return {**unit, "pages": pages}


def longest(sizes: Iterable[int], room: int) -> int:
    """Return how many bytes each of some texts may have, so that they all fit into a room."""
    ordered = sorted(sizes)
    for number, (size, before) in enumerate(zip(ordered, accumulate(ordered, initial=0), strict=False)):
        if before + size * (len(ordered) - number) > room:
            return max((room - before) // (len(ordered) - number), _SHORTEST)
    return ordered[-1] if ordered else 0


def _fitted(text: str, most: int) -> str:
    """Return what of a text there is room for, in bytes as the index writes it: a quotation mark takes two."""
    if len(_json(text)) <= most:
        return text
    kept, room = _cut(text, most), most
    while (over := len(_json(kept)) - most) > 0 and room > 0:
        room -= over
        kept = _cut(text, room)
    return kept


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text, and after it so many of the further words as there is room for, each once."""
    begun = text.encode()[: max(most, 0) * 2 // 3].decode(errors="ignore")
    begun = begun.rpartition(" ")[0] or begun
    known, more, left = set(begun.split()), [], most - len(begun.encode()) - len(" …")
    for word in text[len(begun) :].split():
        size = len(word.encode()) + 1
        if word not in known and size <= left:
            known.add(word)
            more.append(word)
            left -= size
    return " ".join([begun, "…", *more])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def searched(content: Content) -> Iterator[SearchedPage]:
    """Yield the pages of a unit as a search knows them: without what is for staff, the keys and texts of quizzes."""
    for number, page in enumerate(content.pages):
        first, *rest = passages_of(page)
        if number == 0 and content.summary:
            first.text = " ".join(filter(None, [content.summary.striptags(), first.text]))
        yield SearchedPage(page.key, page.title, tuple(one for one in (first, *rest) if one.heading or one.text))


def passages_of(page: PageView) -> list[Passage]:
    """Return what a page says, cut at its headings; the first passage is what stands above them all."""
    if not page.body.strip():
        return [Passage("")]
    root = fragment(page.body)
    _held = list(root.iter())  # lxml makes no element anew while somebody holds it
    reader = _Reader()
    reader.read(root)
    return reader.passages()


class _Reader:
    """Reads a page from its first to its last element."""

    def __init__(self) -> None:
        self._found: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self._said = self._found[0][2]

    def passages(self) -> list[Passage]:
        """Return what was read, in one line each."""
        return [Passage(anchor, *(" ".join("".join(one).split()) for one in said)) for anchor, *said in self._found]

    def read(self, element: etree._Element) -> None:
        """Read an element with all that is in it, and what stands after it."""
        tag = element.tag
        if tag in _INLINE:
            self._within(element)
        elif tag in _HEADINGS:
            self._heading(element)
        elif isinstance(tag, str):
            self._said.append(" ")
            self._within(element)
            self._said.append(" ")
        if tail := element.tail:
            self._said.append(tail)

    def _heading(self, element: etree._Element) -> None:
        self._said.append(" ")
        if not _is_passed(element):
            self._found.append((_anchor(element), [], []))
            self._said = self._found[-1][1]
            self._contents(element)
        self._said = self._found[-1][2]

    def _within(self, element: etree._Element) -> None:
        if _is_passed(element):
            return
        if element.tag in _WHOLE:
            self._said.extend(map(str, element.itertext()))
        else:
            self._contents(element)

    def _contents(self, element: etree._Element) -> None:
        if text := element.text:
            self._said.append(text)
        if len(element):
            for child in element:
                self.read(child)


def _is_passed(element: etree._Element) -> bool:
    """Say whether a search knows nothing of an element: quizzes, solutions that are folded, and what is not shown."""
    if element.tag in _PASSED:
        return True
    given = element.keys()
    if not given:
        return False
    names = element.get("class", "").split()
    hidden = not _HIDING.isdisjoint(given) or "unseen" in names
    return hidden or (element.tag == "details" and "callout-solution" in names)


def _anchor(heading: etree._Element) -> str:
    """Return where a heading is found: by its own name, or by that of what it stands in."""
    named = (element.get("id") for element in (heading, *heading.iterancestors("section")))
    return next(filter(None, named), "")
