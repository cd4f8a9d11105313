"""Judges documents by a profile's schemas in `schemas/` and by the official ones. Knows XSD, and no format.

The official files are not part of the project. COURSEWRIGHT_OFFICIAL_SCHEMAS names a folder that has them in a folder
a profile, with a `_driver_manifest.xsd` that imports the set; without it the tests that compare are skipped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

import pytest
import xmlschema
from lxml import etree
from mutations import parse

TESTS = Path(__file__).resolve().parent
XS = "{http://www.w3.org/2001/XMLSchema}"


@dataclass(frozen=True)
class Difference:
    """A reason for which two verdicts on a document may differ."""

    reason: str
    shows: Callable[[etree._Element], bool]
    """Whether an element of a document gives the reason."""


def reasons(document: bytes, table: tuple[Difference, ...]) -> list[str]:
    """Returns the reasons of the table that a document gives."""
    elements = list(parse(document).iter("*")) if table else []
    return [difference.reason for difference in table if any(map(difference.shows, elements))]


@dataclass(frozen=True)
class Schemas:
    """The schemas of a profile.

    `name` is that of their folder, `root` the file that validates a manifest alone; `stricter` says where ours refuse
    what the official ones, read by libxml2, accept; `engines` where lxml, which judges, and xmlschema, a second
    opinion, read ours differently. `official_name` and `official_root` say the same of the official ones, where that
    differs.
    """

    name: str
    root: str
    stricter: tuple[Difference, ...]
    engines: tuple[Difference, ...]
    official_name: str = ""
    official_root: str = "_driver_manifest.xsd"

    @property
    def folder(self) -> Path:
        return TESTS.parent / "schemas" / self.name

    @property
    def files(self) -> list[Path]:
        """The root file and those that it imports."""
        return imported(self.folder / self.root)

    @cached_property
    def ours(self) -> etree.XMLSchema:
        return load(self.folder / self.root)

    @cached_property
    def worded(self) -> xmlschema.XMLSchema:
        """Our schemas in the validator of a second opinion."""
        return load_worded(self.folder / self.root)

    @cached_property
    def official(self) -> etree.XMLSchema:
        return load(self.official_folder / self.official_root)

    @property
    def official_folder(self) -> Path:
        folder = os.environ.get("COURSEWRIGHT_OFFICIAL_SCHEMAS")
        if not folder:
            pytest.skip("COURSEWRIGHT_OFFICIAL_SCHEMAS does not name a folder with the official schemas")
        found = Path(folder) / (self.official_name or self.name)
        if not found.is_dir():
            pytest.skip(f"{folder} does not have {found.name}")
        return found

    @property
    def official_files(self) -> list[Path]:
        return imported(self.official_folder / self.official_root)

    def verdicts(self, document: bytes) -> tuple[bool, bool]:
        """Returns whether our schemas accept a document, and whether the official ones do."""
        return judge(self.ours, document), judge(self.official, document)

    def unexplained(self, document: bytes) -> str:
        """Returns what is wrong with the two verdicts on a document, or nothing: ours has to be the official one, but
        for documents that give a reason to be stricter, and those have to be refused."""
        mine, theirs = self.verdicts(document)
        if not mine and not theirs:
            return ""
        stricter = reasons(document, self.stricter)
        return "" if mine == (theirs and not stricter) else f"ours {mine}, official {theirs}, reasons {stricter}"

    def unexplained_by_engines(self, document: bytes) -> str:
        """Returns what is wrong with the verdicts of lxml and of xmlschema by our schemas, or nothing."""
        judged = judge(self.ours, document)
        worded = self.worded.is_valid(etree.fromstring(document, parser()))
        return "" if judged == worded or reasons(document, self.engines) else f"lxml {judged}, xmlschema {worded}"

    def lines_refused(self, document: bytes) -> set[int]:
        """Returns the numbers of the lines that our schemas complain of."""
        self.ours.validate(etree.fromstring(document, parser()))
        return {error.line for error in cast(Iterable[Any], self.ours.error_log)}


@cache
def parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def load(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path, parser()))


def load_worded(path: Path) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(path, allow="local", defuse="always")


def judge(schema: etree.XMLSchema, document: bytes) -> bool:
    """Returns the verdict on a document. Each verdict needs a tree of its own: libxml2 leaves the identifiers that it
    has seen in the tree."""
    return schema.validate(etree.fromstring(document, parser()))


def parts(files: Iterable[Path]) -> Iterator[tuple[Path, etree._Element]]:
    """Yields the content of each schema file and of those that it includes, which are in its namespace."""
    for path in files:
        schema = parse(path.read_bytes())
        yield path, schema
        included = (str(part.get("schemaLocation")) for part in schema.iterchildren(f"{XS}include"))
        for where, part in parts(path.parent / location for location in included):
            part.set("targetNamespace", schema.get("targetNamespace", ""))
            yield where, part


def imported(path: Path) -> list[Path]:
    """Returns the path of a schema file and of those that it imports, and they again, as far as they lie there."""
    found: set[Path] = set()
    waiting = {path.resolve()}
    while waiting:
        found |= waiting
        places = {
            (where.parent / str(part.get("schemaLocation"))).resolve()
            for where, schema in parts(waiting)
            for part in schema.iterchildren(f"{XS}import")
        }
        waiting = {place for place in places - found if place.is_file()}
    return sorted(found)


def declared(files: Iterable[Path], *kinds: str) -> set[str]:
    """Returns the names that schemas give to these kinds of things, elements or attributes; those within a type are in
    no namespace, unless the schema wants elements qualified."""
    return {name for _, schema in parts(files) for name in _declared(schema, kinds)}


def _declared(schema: etree._Element, kinds: Iterable[str]) -> Iterator[str]:
    for kind in kinds:
        qualified = schema.get(f"{kind}FormDefault") == "qualified"
        for thing in schema.iter(f"{XS}{kind}"):
            if name := thing.get("name"):
                apart = qualified or thing.getparent() is schema
                yield f"{{{schema.get('targetNamespace')}}}{name}" if apart else name


def declared_globally(files: Iterable[Path], *kinds: str) -> set[str]:
    """Returns the qualified names of what schemas declare outside of any type, which wildcards may meet."""
    schemas = [schema for _, schema in parts(files)]
    things = [(schema, thing) for schema in schemas for kind in kinds for thing in schema.iterchildren(f"{XS}{kind}")]
    return {f"{{{schema.get('targetNamespace')}}}{thing.get('name')}" for schema, thing in things}


def locations(files: Iterable[Path]) -> set[str]:
    """Returns where schemas say that others lie."""
    return {location for _, schema in parts(files) for part in schema if (location := part.get("schemaLocation"))}


def listed(files: Iterable[Path]) -> set[str]:
    """Returns the values of all lists of values."""
    return {str(value.get("value")) for _, schema in parts(files) for value in schema.iter(f"{XS}enumeration")}
