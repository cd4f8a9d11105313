"""The order of a folder that no file says: front matter, numbers in names, links of its index, or names alone."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from coursewright.frozen import slotted
from coursewright.readers.decoding import read_lines
from coursewright.readers.folder.assembly import cleaned, first_title
from coursewright.readers.folder.document import Document
from coursewright.readers.folder.languages import language_of
from coursewright.readers.folder.listed import Convention, Listed
from coursewright.readers.folder.names import (
    beside_lessons,
    by_number,
    is_overview,
    is_quiz,
    is_within_unit,
    natural,
    number,
    stem,
    titled,
)
from coursewright.readers.folder.orders.lookup import quiet, said, texts
from coursewright.readers.folder.tree import Tree
from coursewright.text.jsons import parsed_json

_POSITIONS = ("order", "weight", "nav_order", "sidebar_position", "position", "index", "number", "lesson", "sequence")
_CONTAINER_NAMES = """
lessons _lessons episodes _episodes modules chapters _chapters units content contents docs doc src course
courses curriculum sections weeks pages book text en labs tutorials _posts topics source lectures notes
"""
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
_ASIDE_NAMES = """
docs doc documentation sketchnotes examples example tools scripts slides presentations website site
"""
_ASIDE = frozenset(_ASIDE_NAMES.split())
_SECTIONS = ("section", "module", "chapter", "unit", "part")
_MOST = 0.9
_MUCH = 0.6


@slotted
class Shelf:
    """A folder with the documents in it and the folders below it that hold any."""

    path: str
    documents: list[str] = field(default_factory=list)
    folders: dict[str, Shelf] = field(default_factory=dict)

    def add(self, path: str, below: Sequence[str]) -> None:
        """Put a document where its path says."""
        if not below:
            self.documents.append(path)
            return
        inner = posixpath.join(self.path, below[0])
        self.folders.setdefault(below[0], Shelf(inner)).add(path, below[1:])

    def everything(self) -> Iterator[str]:
        """Yield the documents here and below."""
        yield from self.documents
        for folder in self.folders.values():
            yield from folder.everything()

    @property
    def overview(self) -> str:
        """The document that stands for the folder, an index or one of the folder's name, empty if there is none."""
        found = [path for path in self.documents if is_overview(posixpath.basename(path))]
        own = posixpath.basename(self.path).casefold()
        if not found and own:
            found = [path for path in self.documents if stem(posixpath.basename(path)).casefold() == own]
        return min(found, key=lambda path: natural(posixpath.basename(path)), default="")

    @property
    def height(self) -> int:
        """How many levels of folders that hold documents of their own stand below this one."""
        return max((found.height + bool(found.documents) for found in self.folders.values()), default=0)


Child = str | Shelf


@slotted
class Arranged:
    """What an order without a file comes to: units, documents about the course, those left aside, and by what."""

    units: list[Listed]
    opening: list[str]
    aside: list[str]
    convention: Convention


@dataclass
class Arranger:
    """Puts the documents of a tree in order. `links` has the documents that each document links to, in its order."""

    tree: Tree
    documents: Mapping[str, Document]
    links: Mapping[str, Sequence[str]]
    tables: Mapping[str, str] = field(default_factory=dict)  # the units that an index names, of documents and folders

    def arranged(self, paths: Sequence[str], base: str) -> Arranged:
        """Return documents as units in order, those of a folder."""
        root = Shelf("")
        for path in paths:
            root.add(path, path.split("/")[:-1])
        shelf = root
        for name in filter(None, base.split("/")):
            shelf = shelf.folders.get(name, Shelf(posixpath.join(shelf.path, name)))
        shelf, outer = self._dominant(shelf)
        return self._units_of(shelf, outer)

    def _dominant(self, shelf: Shelf) -> tuple[Shelf, list[str]]:
        """Return the folder that holds nearly all documents, and those outside it."""
        outside: list[str] = []
        while shelf.folders:
            total = sum(1 for _ in shelf.everything())
            inner = max(shelf.folders.values(), key=lambda found: sum(1 for _ in found.everything()))
            portion = sum(1 for _ in inner.everything()) / total
            name = posixpath.basename(inner.path)
            alone = len(shelf.folders) == 1 and not _numbered(name) and portion >= _MOST
            if not alone and not (name.casefold() in _CONTAINERS and portion >= _MUCH):
                break
            if any(number(posixpath.basename(path)) for path in shelf.documents):
                break
            outside += [path for path in shelf.everything() if not path.startswith(f"{inner.path}/")]
            shelf = inner
        return shelf, outside

    def _units_of(self, shelf: Shelf, outside: list[str]) -> Arranged:
        children, convention = self._ordered(shelf)
        numbered = sum(_numbered(_name(child)) for child in children)
        is_counted = convention is Convention.NUMBERS and numbered > 1 and numbered * 2 > len(children)
        aside = [child for child in children if is_counted and _is_aside(child)]
        kept = [child for child in children if child not in aside]
        outer = [path for path in _overviews_first(outside) if is_overview(posixpath.basename(path))]
        first = [shelf.overview] if shelf.overview else outer[:1]
        others = [path for path in _overviews_first(outside) if path not in outer]
        beside = [*first, *(path for path in others if beside_lessons(posixpath.basename(path)))]
        left = [path for child in aside for path in _paths(child)]
        left += [path for path in (*outer, *others) if path not in beside]
        return Arranged(list(self._units(kept)), beside, left, convention)

    def _units(self, children: Sequence[Child]) -> Iterator[Listed]:
        """Yield the units that children of a folder are: documents by themselves, or folders."""
        flat = [child for child in children if isinstance(child, str)]
        if grouping := self._grouping(flat):
            groups: dict[str, list[str]] = {}
            for path in flat:
                groups.setdefault(grouping.get(path, ""), []).append(path)
            for name, paths in groups.items():
                if name:
                    yield self._grouped(name, paths)
                else:
                    yield from (Listed("", path) for path in paths)
            children = [child for child in children if isinstance(child, Shelf)]
        for child in children:
            if isinstance(child, str):
                yield Listed("", child)
            elif not _is_whole(child) and (not child.documents or (child.height > 1 and not _is_unit(child))):
                own = [Listed("", path) for path in child.documents]
                if own:
                    yield Listed(self._label(child), "", 0, tuple(own), folder=child.path)
                yield from self._units(self._ordered(child)[0])
            elif not child.folders and self._grouping([path for path in child.documents if path != child.overview]):
                yield from (Listed("", path) for path in [child.overview] if path)
                yield from self._units(self._ordered(child)[0])
            else:
                yield self._unit(child)

    def _grouped(self, name: str, paths: Sequence[str]) -> Listed:
        """Return a unit of documents that share a number or a section."""
        title = next((self.tables[path] for path in paths if path in self.tables), "")
        if not title and not (name.isdecimal() and any(number(posixpath.basename(path)) == name for path in paths)):
            title = f"{self._section_over(paths[0])} {name}".strip() if name.isdecimal() else name
        return Listed(title, "", 0, tuple(Listed("", path) for path in paths), name=name if name.isdecimal() else "")

    def _section_over(self, path: str) -> str:
        """Return what the folder of a document is called, by its overview or its name; nothing at the top."""
        folder = posixpath.dirname(path)
        overviews = [self.documents[one] for one in self._overviews.get(folder, ())] if folder else []
        own = next((said(one.front.get("title")) or first_title(one) for one in overviews), "")
        return own or titled(posixpath.basename(folder))

    def _grouping(self, paths: Sequence[str]) -> dict[str, str]:
        """Return what groups flat documents: a section in front matter, or the first of two numbers in names."""
        sections = {path: found for path in paths if (found := self._section(path))}
        if len(sections) * 2 > len(paths) and 1 < len(set(sections.values())) < len(sections):
            return sections
        numbers = {path: number(posixpath.basename(path)) for path in paths}
        firsts = {path: found.split(".")[0] for path, found in numbers.items() if "." in found}
        if len(firsts) * 2 > len(paths) and len(set(firsts.values())) * 1.5 <= len(firsts):
            return {path: firsts.get(path, found) for path, found in numbers.items() if found}
        return {}

    def _section(self, path: str) -> str:
        front = self.documents[path].front
        nested = texts(front.get("lab"))
        return next((found for key in _SECTIONS if (found := said(front.get(key) or nested.get(key)))), "")

    def _unit(self, shelf: Shelf) -> Listed:
        children, _ = self._ordered(shelf)
        pages = tuple(Listed("", path) for child in children for path in self._pages(child))
        return Listed(self._label(shelf), shelf.overview, 0, pages, folder=shelf.path)

    def in_folder(self, folder: str, paths: Sequence[str]) -> Listed:
        """Return the documents of a folder as a unit."""
        shelf = Shelf(folder)
        for path in paths:
            if not folder or path.startswith(f"{folder}/"):
                shelf.add(path, path.removeprefix(f"{folder}/" if folder else "").split("/")[:-1])
        return self._unit(shelf)

    def _pages(self, child: Child) -> Iterator[str]:
        if isinstance(child, str):
            yield child
            return
        if child.overview:
            yield child.overview
        for inner in self._ordered(child)[0]:
            yield from self._pages(inner)

    def _label(self, shelf: Shelf) -> str:
        """Return the title of a folder that no document of it gives: Docusaurus' label, an index's, or its name."""
        label = said(self._category(shelf.path).get("label"))
        lessons = [path for path in shelf.everything() if not is_quiz(path)]
        is_told = shelf.overview or len(lessons or list(shelf.everything())) == 1
        named = cleaned(self.tables.get(shelf.path, "")) or titled(posixpath.basename(_without_language(shelf.path)))
        return label or ("" if is_told else named)

    def _category(self, folder: str) -> dict[str, Any]:
        """Return what Docusaurus' file says of a folder."""
        for name in ("_category_.json", "_category_.yml", "_category_.yaml"):
            path = posixpath.join(folder, name)
            if not self.tree.has(path):
                continue
            if name.endswith("json"):
                lines = read_lines(self.tree.root / path, path)[0]
                try:
                    return texts(parsed_json("\n".join(lines or [])))
                except ValueError:
                    return {}
            return quiet(self.tree, path)
        return {}

    def _ordered(self, shelf: Shelf) -> tuple[list[Child], Convention]:
        """Return what is in a folder in its order, but for its overview, and what says so."""
        overview = shelf.overview
        children: list[Child] = [path for path in shelf.documents if path != overview]
        children += shelf.folders.values()
        if len(children) < 2:
            return children, Convention.NAMES
        if found := self._by_front_matter(children):
            return found, Convention.FRONT
        numbered = sum(bool(_numbered(_name(child))) for child in children)
        if numbered * 2 >= len(children):
            if numbered < len(children) and (found := self._by_links(children, shelf, share=1.0)):
                return found, Convention.LINKS
            return sorted(children, key=lambda child: by_number(_name(child))), Convention.NUMBERS
        if found := self._by_links(children, shelf):
            return found, Convention.LINKS
        if found := self._by(children, self._date):
            return found, Convention.FRONT
        return sorted(children, key=lambda child: natural(_name(child), plain=True)), Convention.NAMES

    def _by(self, children: list[Child], position: Any) -> list[Child]:
        """Return children by a position, if most have one, those without last; else nothing."""
        positions = [position(child) for child in children]
        known = [found for found in positions if found is not None]
        if len(known) * 2 < len(children) or len(set(known)) < 2:
            return []
        placed = zip(positions, children, strict=True)
        ordered = sorted(placed, key=lambda pair: (pair[0] is None, pair[0] or 0, natural(_name(pair[1]), plain=True)))
        return [child for _, child in ordered]

    def _by_front_matter(self, children: list[Child]) -> list[Child]:
        """Return children by their positions; where these are the numbers in names, a number is a position as well."""
        told = {_key(child): found for child in children if (found := self._position(child)) is not None}
        names = {_key(child): number(_name(child)) for child in children}
        numbers = {key: float(found) for key, found in names.items() if found.isdecimal()}
        both = told.keys() & numbers.keys()
        alike = bool(both) and all(told[key] == numbers[key] for key in both)
        places = {**numbers, **told} if alike else told
        return self._by(children, lambda child: places.get(_key(child)))

    def _position(self, child: Child) -> float | None:
        """Return where front matter puts a document, or a folder by its overview or its category."""
        if isinstance(child, Shelf):
            found = _as_number(self._category(child.path).get("position"))
            return self._position(child.overview) if found is None and child.overview else found
        front = self.documents[child].front
        nested = texts(front.get("lab")) or texts(front.get("menu"))
        for key in _POSITIONS:
            for table in (front, nested):
                if (found := _as_number(table.get(key))) is not None:
                    return found
        return None

    def _date(self, child: Child) -> float | None:
        path = child.overview if isinstance(child, Shelf) else child
        value = said(self.documents[path].front.get("date")) if path else ""
        try:
            return datetime.fromisoformat(value).replace(tzinfo=UTC).timestamp() if value else None
        except ValueError:
            return None

    def _by_links(self, children: list[Child], shelf: Shelf, share: float = 0.5) -> list[Child]:
        """Return children by the links of their folder's overview, or of one above it, if it leads to such a share."""
        folder = shelf.path
        while True:
            for name in self._overviews.get(folder, ()):
                places = self._linked(children, self.links.get(name, ()))
                if len(places) >= share * len(children) and len(places) > 1:
                    return self._by(children, lambda child, places=places: places.get(_key(child)))
            if not folder:
                return []
            folder = posixpath.dirname(folder)

    @cached_property
    def _overviews(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self.documents, key=lambda path: natural(posixpath.basename(path))):
            if is_overview(posixpath.basename(path)):
                found.setdefault(posixpath.dirname(path), []).append(path)
        return found

    @staticmethod
    def _linked(children: Sequence[Child], links: Sequence[str]) -> dict[str, float]:
        """Return of each child that is linked to the place of the first link to it, or into it."""
        folders = {child.path for child in children if isinstance(child, Shelf)}
        names = {child for child in children if isinstance(child, str)}
        places: dict[str, float] = {}
        for at, target in enumerate(links):
            parents = [target[:end] for end, sign in enumerate(target) if sign == "/"]
            for name in [target, *parents]:
                if name in names or name in folders:
                    places.setdefault(name, float(at))
        return places


def _without_language(folder: str) -> str:
    """Return a path without a language at its end, which is no title: `3/en` is the third unit, in English."""
    parent, name = posixpath.split(folder)
    return parent if parent and name == name.lower() and language_of(name) and number(parent.split("/")[-1]) else folder


def _key(child: Child) -> str:
    return child.path if isinstance(child, Shelf) else child


def _name(child: Child) -> str:
    return posixpath.basename(_key(child))


def _numbered(name: str) -> bool:
    return bool(number(name))


def _paths(child: Child) -> list[str]:
    return list(child.everything()) if isinstance(child, Shelf) else [child]


def _is_aside(child: Child) -> bool:
    """Say whether something beside numbered lessons is none of them."""
    name = _name(child)
    if number(name):
        return False
    return name.casefold() in _ASIDE if isinstance(child, Shelf) else not beside_lessons(name)


def _is_whole(shelf: Shelf) -> bool:
    """Say whether the folders in a folder are what one unit consists of: lectures, exercises, a quiz."""
    names = [posixpath.basename(found.path) for found in shelf.folders.values()]
    return bool(names) and sum(map(is_within_unit, names)) * 2 > len(names)


def _is_unit(shelf: Shelf) -> bool:
    """Say whether a folder of folders is one unit rather than several: it stays small."""
    return sum(1 for _ in shelf.everything()) <= 12


def _overviews_first(paths: Sequence[str]) -> list[str]:
    return sorted(paths, key=lambda path: (path.count("/"), natural(posixpath.basename(path))))


def _as_number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(value) if isinstance(value, str) and len(value) < 20 else None
    except ValueError:
        return None
