"""An author's own order: `course.toml`, or the table `[course]` of coursewright.toml."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from coursewright.course.gate_tables import GateTableError, gate_of
from coursewright.course.gates import OPEN, Gate
from coursewright.course.values import Audience, Competency
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import slotted
from coursewright.readers.folder.listed import PLAIN, Convention, Listed, Ordering
from coursewright.readers.folder.orders.lookup import KEY, Lookup, competency_of
from coursewright.readers.folder.tree import Tree
from coursewright.text.names import shortened
from coursewright.text.toml import Toml, TomlError, read_toml

FILE = "course.toml"
_FLAGS = ("sequential", "certificate")
_TEXTS = ("title", "id", "language", "rights", "url", "description", "cover", "dialect")
_DIALECTS = ("", PLAIN)
_COURSE = (*_TEXTS, "keywords", *_FLAGS, "unit", "about")
_UNIT = (
    *("id", "slug", "title", "pages", "folder", "staff", "requires", "opens", "next"),
    *("objectives", "minutes", "summary", "roles", "competencies", "roadmap", "hours"),
)
_SHOWN = ("path", "url", "file")  # what a page is, one of them
_PAGE = (*_SHOWN, "title", "key", "audience")
_COMPETENCY = ("name", "target", "evidence", "role")


def read_own(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order in a course.toml."""
    shown = tree.named(file)
    try:
        toml = read_toml(tree.root / file)
    except TomlError as error:
        findings.append(messages.ORDER_FILE_BROKEN.at(Place(shown, error.line), reason=error.reason))
        return None
    return read_table(toml.table, tree, Lookup(tree, file, findings, lines=toml.text.split("\n")), toml)


def read_table(table: Mapping[str, Any], tree: Tree, lookup: Lookup, toml: Toml | None = None) -> Ordering | None:
    """Return the order in a table of settings; a mistake in it is an error, and there is no order then."""
    own = _Own(lookup, toml)
    own.check(table, _COURSE, "the course")
    own.plain = own.dialect(table) == PLAIN
    listed = tuple(own.units(table))
    about = {key: own.text(table, key) for key in _TEXTS[1:]}
    about["keywords"] = "".join(f"{word}\n" for word in own.texts(table, "keywords"))  # which may have commas
    about |= {key: "true" if own.flag(table, key) else "" for key in _FLAGS}
    opening = tuple(found for path in own.texts(table, "about") for found in lookup.listed("", path))
    title = own.text(table, "title")
    if own.wrong:
        return None
    return Ordering(Convention.OWN, lookup.place().path, listed, "", title, about, opening, grouped=True)


@slotted
class _Own:
    """Reads the values of a table, and tells of those that are none."""

    lookup: Lookup
    toml: Toml | None
    wrong: bool = False
    plain: bool = False

    def tell(self, reason: str, *keys: str) -> None:
        self.wrong = True
        line = self.toml.line(*keys) if self.toml and keys else 0
        self.lookup.findings.append(messages.COURSE_FILE.at(self.lookup.place(line), reason=reason))

    def check(self, table: Mapping[str, Any], known: tuple[str, ...], of: str) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                meant = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(known)}"
                self.tell(f"{of} has no key '{key}'; {meant}", key)

    def _value(self, table: Mapping[str, Any], key: str, kind: Callable[[Any], bool], takes: str, usual: Any) -> Any:
        value = table.get(key)
        if value is None:
            return usual
        if not kind(value):
            self.tell(f"'{key}' takes {takes}", key)
            return usual
        return value

    def text(self, table: Mapping[str, Any], key: str) -> str:
        found = self._value(table, key, lambda value: isinstance(value, str), "a text", "")
        return " ".join(str(found).split())

    def dialect(self, table: Mapping[str, Any]) -> str:
        found = self.text(table, "dialect")
        if found not in _DIALECTS:
            self.tell(f"there is no dialect '{found}'; leave it out, or write \"plain\"", "dialect")
        return found

    def flag(self, table: Mapping[str, Any], key: str) -> bool:
        return bool(self._value(table, key, lambda value: isinstance(value, bool), "true or false", usual=False))

    def texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        def right(value: Any) -> bool:
            return isinstance(value, list) and all(isinstance(one, str) for one in value)

        return tuple(self._value(table, key, right, "a list of texts", ()))

    def minutes(self, table: Mapping[str, Any]) -> float | None:
        def right(value: Any) -> bool:
            return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1_000_000

        found = self._value(table, "minutes", right, "a number of minutes", None)
        return None if found is None else float(found)

    def units(self, table: Mapping[str, Any]) -> Iterator[Listed]:
        """Yield the units of a course; one without pages is told of."""
        for unit in self._tables(table, "unit"):
            self.check(unit, _UNIT, "a unit")
            title, pages = self.text(unit, "title"), tuple(self._pages(unit))
            folder = self.text(unit, "folder").strip("/")
            if not pages and not folder and not self.texts(unit, "staff") and not self.plain:
                self.tell(f"the unit '{title or self.text(unit, 'id')}' has neither pages nor a folder", "unit")
            line = self.lookup.line(title) if title else 0
            place = Listed(title, "", line, pages)
            yield replace(
                place,
                id=self.text(unit, "id"),
                slug=self.text(unit, "slug"),
                staff=tuple(self._staff(unit)),
                requires=self.texts(unit, "requires"),
                objectives=self.texts(unit, "objectives"),
                minutes=self.minutes(unit),
                folder=folder,
                summary=self.text(unit, "summary"),
                next=self.texts(unit, "next"),
                roles=self.texts(unit, "roles"),
                competencies=tuple(self._competencies(unit)),
                gate=self._gate(unit),
                roadmap=self._roadmap(unit),
                hours=self._hours(unit),
            )

    def _gate(self, unit: Mapping[str, Any]) -> Gate:
        try:
            return gate_of(unit["opens"]) if "opens" in unit else OPEN
        except GateTableError as error:
            self.tell(f"'opens' {error.reason}", "opens")
            return OPEN

    def _hours(self, unit: Mapping[str, Any]) -> Mapping[str, float]:
        """Return how many hours of each kind a unit takes."""

        def right(value: Any) -> bool:
            return isinstance(value, dict) and all(
                isinstance(one, int | float) and not isinstance(one, bool) and 0 < one < 100_000
                for one in value.values()
            )

        found = self._value(unit, "hours", right, "hours by their kinds, such as { lecture = 10, lab = 14 }", {})
        return {str(kind): float(hours) for kind, hours in found.items()}

    def _roadmap(self, unit: Mapping[str, Any]) -> str:
        """Return the document of a unit that is a roadmap; only the plain dialect has such units."""
        path = self.text(unit, "roadmap")
        if path and not self.plain:
            self.tell("'roadmap' needs dialect = \"plain\"; elsewhere, name the document itself as a source", "roadmap")
            return ""
        return self._inside(path) if path else ""

    def _inside(self, path: str) -> str:
        """Return the path of a file from the course's folder, nothing where it is not there, which is told."""
        inside = posixpath.normpath(path.lstrip("/"))
        if inside.startswith("..") or not self.lookup.tree.has(inside):
            place = self.lookup.place(self.lookup.line(path))
            self.lookup.findings.append(messages.ORDER_ENTRY_MISSING.at(place, path=shortened(path)))
            return ""
        return inside

    def _competencies(self, unit: Mapping[str, Any]) -> Iterator[Competency]:
        for row in self._tables(unit, "competencies"):
            self.check(row, _COMPETENCY, "a competency")
            yield competency_of(row, 0)

    def _staff(self, unit: Mapping[str, Any]) -> Iterator[str]:
        for path in self.texts(unit, "staff"):
            yield from (found.path for found in self.lookup.listed("", path) if found.path)

    def _pages(self, unit: Mapping[str, Any]) -> Iterator[Listed]:
        for page in self._value(unit, "pages", lambda value: isinstance(value, list), "a list of paths", ()):
            if isinstance(page, dict):
                self.check(page, _PAGE, "a page")
                yield from self._page(page)
            elif isinstance(page, str):
                yield from self.lookup.listed("", page)
            else:
                self.tell('\'pages\' takes paths, or tables such as { path = "a.md", title = "A" }', "pages")

    def _page(self, page: Mapping[str, Any]) -> Iterator[Listed]:
        """Yield what a table among pages is: a document, a link or a file."""
        shown = [name for name in _SHOWN if self.text(page, name)]
        if len(shown) != 1:
            self.tell("a page takes one of 'path', 'url' and 'file'", "pages")
            return
        title, value, whom = self.text(page, "title"), self.text(page, shown[0]), self.text(page, "audience")
        if whom not in ("", *Audience):
            self.tell('\'audience\' takes "learner" or "staff"', "audience")
            return
        found = self._file(title, value) if shown[0] == "file" else self.lookup.listed(title, value)
        yield from (replace(one, key=self._key(page), audience=Audience(whom or "learner")) for one in found)

    def _key(self, page: Mapping[str, Any]) -> str:
        found = self.text(page, "key")
        if found and not KEY.fullmatch(found):
            self.tell("'key' takes a letter, and then letters, digits, hyphens, dots and underscores", "key")
        return found

    def _file(self, title: str, path: str) -> Iterator[Listed]:
        """Yield a file to download; only the plain dialect has such parts."""
        if not self.plain:
            self.tell("'file' needs dialect = \"plain\"; elsewhere, link to the file in a document", "file")
        elif inside := self._inside(path):
            yield Listed(title, "", self.lookup.line(path), file=inside)

    def _tables(self, table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        def right(value: Any) -> bool:
            return isinstance(value, list) and all(isinstance(one, dict) for one in value)

        takes = "tables: write [[unit]] above each" if key == "unit" else 'tables, such as { name = "Reading" }'
        return list(self._value(table, key, right, takes, ()))
