"""Which words of an entry changed: its paragraphs before and after, without what is drawn around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from lxml import etree, html

from coursewright.audit.diff.contents import OpenedPackage, has_words
from coursewright.frozen import frozen
from coursewright.packages.documents.reading import PAGES, has_endless_tag, is_page
from coursewright.packages.schema import parser
from coursewright.packages.words import clipped
from coursewright.text.names import alike

_READ = (*PAGES, ".xml", ".qti")
# What stands around the words of an author: they say where else to go, and change with every other page.
_AROUND = ("script", "style", "head", "nav", "footer", "button", "dialog", "template", "noscript", "svg")
_BLOCKS = (
    *("p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dt", "dd", "figcaption", "blockquote"),
    *("summary", "caption", "div", "section", "article", "main", "body", "label", "legend", "option", "address"),
)
_LARGEST, _MOST_FILES, _MOST_PARAGRAPHS = 1_000_000, 20, 2_000
_MOST_PASSAGES = 3
_EVERYWHERE = 3  # entries, in which one passage differs
_LONGEST = 240
_NAMED = "•"
_NUMBERED = re.compile(rf"\S{{0,12}}\d\S{{0,12}}\s+{_NAMED}")  # a title with the number or the id before it
_SHORTEST_NAME, _LONGEST_NAMED, _MOST_NAMES = 3, 400, 2_000
_MOST_CELLS, _MOST_CELLS_OF_ONE = 2_000_000, 40_000  # pairs of paragraphs that are looked at
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)  # how addresses elsewhere begin
_LEADS = "\0"  # between the text of a paragraph and the addresses in it
_TELLING = re.compile(r"\w{2}.*\s")


@frozen
class Rewording:
    """A paragraph before and now; one that is new or gone stands alone."""

    before: str
    now: str


class Paragraphs:
    """The paragraphs of two packages, read when they are asked for."""

    def __init__(self, old: OpenedPackage, new: OpenedPackage) -> None:
        self._old, self._new = _Texts(old), _Texts(new)
        self._left = _MOST_CELLS

    def changed(self, before: Iterable[str], now: Iterable[str]) -> list[Rewording]:
        """Return the paragraphs that differ between files of an old and a new entry, in order."""
        one, other = _unlike(self._old.of(before), self._new.of(now))
        cells = len(one) * len(other)
        if cells > min(self._left, _MOST_CELLS_OF_ONE):
            gone, come = Counter(one) - Counter(other), Counter(other) - Counter(one)
            return list(_paired([text for text in one if text in gone], [text for text in other if text in come]))
        self._left -= cells
        found: list[Rewording] = []
        for tag, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            if tag != "equal":
                found += _paired(one[start:end], other[other_start:other_end])
        return found


def _unlike(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Return two lists without what both begin and end with."""
    start = alike(one, other)
    one, other = one[start:], other[start:]
    end = alike(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def is_read(name: str) -> bool:
    """Say whether a file is one of those in which words are looked for, as pictures are not."""
    return name.lower().endswith(_READ)


def drawn_everywhere(found: Iterable[Sequence[Rewording]]) -> frozenset[Rewording]:
    """Return the passages that differ in most entries, and in the same way: what a maker draws on every page."""
    changed = [set(passages) for passages in found if passages]
    counted = Counter(passage for passages in changed for passage in passages)
    return frozenset(one for one, count in counted.items() if count >= _EVERYWHERE and 2 * count > len(changed))


class Titles:
    """The titles of entries. Where pages name other entries, as to say what comes next, these change with them."""

    def __init__(self, titles: Iterable[str]) -> None:
        known = {title for title in titles if len(title.strip()) >= _SHORTEST_NAME}
        self._known = sorted(known, key=len, reverse=True)[:_MOST_NAMES]

    def only(self, found: Rewording) -> bool:
        """Say whether before and now differ in nothing but the names of entries."""
        if max(len(found.before), len(found.now)) > _LONGEST_NAMED:
            return False
        texts = {self._unnamed(text) for text in (found.before, found.now)}
        return len(texts) == 1 or texts <= {"", _NAMED}

    def _unnamed(self, text: str) -> str:
        text, _, leads = text.partition(" → ")
        for title in self._known:
            if title in text:
                text = text.replace(title, _NAMED)
        outside = filter(_OUTSIDE.match, leads.split())  # what leads to other pages of the course changes with these
        return " → ".join((_NUMBERED.sub(_NAMED, text), *outside))


def shortened(passages: Iterable[Rewording]) -> tuple[Rewording, ...]:
    """Return the first few passages, each around the words that differ."""
    return tuple(_around(passage) for passage in list(passages)[:_MOST_PASSAGES])


def _paired(one: list[str], other: list[str]) -> Iterator[Rewording]:
    for number in range(max(len(one), len(other))):
        texts = [found[number] if number < len(found) else "" for found in (one, other)]
        before, now = (text.partition(_LEADS)[0] for text in texts)
        if before == now:  # what it leads to, or shows, differs
            before, now = (text.replace(_LEADS, " → ") for text in texts)
        yield Rewording(before, now)


def _around(passage: Rewording) -> Rewording:
    """Return a passage without the words before the first that differs, if it is too long to be shown."""
    if max(len(passage.before), len(passage.now)) <= _LONGEST or not (passage.before and passage.now):
        return Rewording(clipped(passage.before, _LONGEST), clipped(passage.now, _LONGEST))
    pairs = zip(passage.before, passage.now, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), 0)
    start = max(passage.now.rfind(" ", 0, max(same - _LONGEST // 3, 0)), 0)
    lead = "… " if start else ""
    return Rewording(*(lead + clipped(text[start:].strip(), _LONGEST) for text in (passage.before, passage.now)))


class _Texts:
    """The paragraphs in the files of one package."""

    def __init__(self, opened: OpenedPackage) -> None:
        self._opened = opened
        self._known: dict[str, list[str]] = {}

    def of(self, files: Iterable[str]) -> list[str]:
        """Return the paragraphs in some files, as far as they are read."""
        names = [name for name in dict.fromkeys(files) if has_words(name, _READ) and not self._opened.package.alone]
        return [text for name in names[:_MOST_FILES] for text in self._in(name)][:_MOST_PARAGRAPHS]

    def _in(self, name: str) -> list[str]:
        if name not in self._known:
            read = _of_page if is_page(name) else _of_document
            self._known[name] = list(read(self._opened.read(name, _LARGEST)))
        return self._known[name]


def _of_page(content: bytes) -> Iterator[str]:
    """Yield the paragraphs of a page; none where a tag of it would take too long to read."""
    if has_endless_tag(content):
        return
    try:
        reader = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        root = html.document_fromstring(content, parser=reader)
    except (etree.LxmlError, ValueError):
        return
    for element in root.iterfind(".//*[@hidden]"):
        element.tag = "template"  # which nobody sees, either
    etree.strip_elements(root, *_AROUND, with_tail=False)
    texts: list[str] = []
    leads: list[str] = []
    for action, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from _paragraph(texts, leads)
        texts.append((element.text if action == "start" else element.tail) or "")
        if action == "start":
            texts.append(" " if element.tag == "br" else "")
            leads += [found for name in ("href", "src") if (found := element.get(name)) and found[0] != "#"]
            texts.append(element.get("alt", ""))
    yield from _paragraph(texts, leads)


def _paragraph(texts: list[str], leads: list[str]) -> Iterator[str]:
    """Yield what was gathered as one paragraph, with the addresses in it, and gather anew."""
    text = " ".join("".join(texts).split())
    if text or leads:
        yield f"{text}{_LEADS}{' '.join(leads)}" if leads else text
    texts.clear()
    leads.clear()


def _of_document(content: bytes) -> Iterator[str]:
    """Yield the paragraphs in the texts of an XML document, where they are whole sentences or HTML."""
    try:
        root = etree.fromstring(content, parser())
    except (etree.LxmlError, ValueError):
        return
    for element in root.iter("*"):
        text = element.text or ""
        if "<" in text:
            yield from _of_page(text.encode())
        elif _TELLING.search(text):
            yield " ".join(text.split())
