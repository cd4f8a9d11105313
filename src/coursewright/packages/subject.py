"""A package under judgement, and where the names in its manifest lead."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import unquote

from lxml import etree

from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.addresses import addresses_in_package, found_as
from coursewright.packages.documents.manifest import ADLCP_1_3, CP_1_1_2
from coursewright.packages.documents.parsing import line_of, parsed, sound_root, text_of
from coursewright.packages.files.budget import MOST_DOCUMENTS, MOST_JUDGED
from coursewright.packages.files.container import Container
from coursewright.packages.files.names import folded, mistaken, printable
from coursewright.packages.kinds import Family, Recognised, manifest_to_judge
from coursewright.packages.schema import violations
from coursewright.packages.schema.words import Violation
from coursewright.packages.spellings import difference, look
from coursewright.text.addresses import pieces_of

Made = TypeVar("Made")


class Subject:
    """A package under judgement: what it is, its files, and the elements that rules ask for most."""

    def __init__(self, found: Recognised, container: Container) -> None:
        self.found, self.container = found, container
        self.shown = container.path_of(found.file)
        self.resources = list(found.root.iter("{*}resource"))
        namespace = etree.QName(found.root).namespace or ""
        self._addresses: dict[etree._Element, tuple[str, str]] = {}
        self._made: dict[Callable[[Subject], Any], Any] = {}
        self.items = list(found.root.iter(f"{{{namespace}}}item"))  # questions have items, too

    def once(self, make: Callable[[Subject], Made]) -> Made:
        """Return what a function makes of it, which is made once."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    @cached_property
    def by_identifier(self) -> dict[str, etree._Element]:
        """The resources that have an identifier, by it: nothing can name another."""
        named: dict[str, etree._Element] = {}
        for resource in self.resources:
            if name := resource.get("identifier"):
                named.setdefault(name, resource)
        return named

    @cached_property
    def shows(self) -> set[str]:
        """The identifiers of resources that items of the menu show."""
        return {name for item in self.items if (name := item.get("identifierref"))}

    @cached_property
    def declared(self) -> set[str]:
        """The files that resources name as theirs."""
        return {name for resource in self.resources for name in self.files_of(resource, launched=True)}

    def typed(self, *beginnings: str) -> Iterator[etree._Element]:
        """Yield the resources whose types begin in one of these ways."""
        return (one for one in self.resources if one.get("type", "").startswith(beginnings))

    def naming(self) -> Iterator[etree._Element]:
        """Yield the elements that name files: the resources, each before its <file>s."""
        for resource in self.resources:
            yield from (resource, *resource.iterchildren("{*}file"))

    def files_of(self, resource: etree._Element, *, launched: bool = False) -> Iterator[str]:
        """Yield the files of the package that a resource names as its own, first the one that it launches, if that is
        asked for."""
        for element in (*((resource,) if launched else ()), *resource.iterchildren("{*}file")):
            if found := found_as(self.address(element)[0], self.container):
                yield found

    @cached_property
    def violations(self) -> dict[Finding, list[Violation]]:
        """What the schema of its kind has against its manifest, each with its violations; nothing
        where the manifest is of another edition."""
        if self.mixes_editions:
            return {}
        document = manifest_to_judge(self.found)
        root = sound_root(self.container, self.found.file) if document is self.found.document else None
        return violations(document, self.found.kind.schema, self.shown, root)

    def address(self, element: etree._Element) -> tuple[str, str]:
        """Return the path in the package that an element names, and the whole one, as `addresses_in_package` does."""
        if element not in self._addresses:
            self._addresses[element] = addresses_in_package(element)
        return self._addresses[element]

    def named(self, element: etree._Element) -> str:
        """Return the path that an element names, whole where a file of the package has a # or a ? in its name."""
        path, whole = self.address(element)
        return whole if whole in self.container.sizes else path

    def place(self, element: etree._Element) -> Place:
        """Return where an element stands."""
        return Place(self.shown, line_of(element))

    @property
    def mixes_editions(self) -> bool:
        """Say whether it is of SCORM 2004 by its version, and of SCORM 1.2 by its namespaces."""
        root = self.found.root
        is_of_12 = etree.QName(root).namespace == CP_1_1_2 and ADLCP_1_3 not in root.nsmap.values()
        return is_of_12 and self.found.kind.family is Family.SCORM2004

    @cached_property
    def _alike(self) -> dict[str, str]:
        return {folded(name): name for name in self.container.sizes}

    @cached_property
    def _looks(self) -> dict[str, str]:
        return {look(name): name for name in islice(self.container.sizes, MOST_DOCUMENTS)}

    @cached_property
    def _garbled(self) -> dict[str, str]:
        odd = islice((name for name in self.container.sizes if not name.isascii()), MOST_DOCUMENTS)
        return {folded(other): name for name in odd for other in mistaken(name)}

    def spelled(self, name: str) -> str:
        """Return the file that a name stands for, if only by another spelling; "" where there is none."""
        if found := found_as(name, self.container):
            return found
        names = [folded(name), folded(unquote(name))]
        alike = next(filter(None, map(self._alike.get, names)), "")
        return alike or self.garbled(name) or self._looks.get(look(name), "")

    def garbled(self, name: str) -> str:
        """Return the file whose name has the same letters, taken to be in another encoding; "" where there is none."""
        known = next(filter(None, (self._garbled.get(folded(one)) for one in (name, unquote(name)))), "")
        return known or next(filter(None, (self._alike.get(folded(other)) for other in mistaken(name))), "")

    def near(self, link: str, document: str) -> str:
        """Return in words which file a link in a document stands for by another spelling; "" where there is none."""
        name = posixpath.normpath(posixpath.join(posixpath.dirname(document), pieces_of(link).path))
        other = self.spelled(name)
        if not other:
            return ""
        held = f"; it contains '{printable(other)}'"
        return held if other == self.garbled(name) else f"{held}: {difference(name, other, 'the link').text}"


def shown_name(item: etree._Element) -> str:
    return text_of(item.find("{*}title")).strip() or item.get("identifier", "?")


def parsed_apart(container: Container, name: str) -> tuple[tuple[bytes, etree._Element] | None, list[Finding]]:
    """Return a document of a package with its root, if it is to be had, and what reading it has found."""
    before = len(container.findings)
    document = parsed(container, name)
    found, container.findings = container.findings[before:], container.findings[:before]
    return document, found


def within_bounds(
    names: Iterable[str], container: Container, what: str, most: int = MOST_JUDGED, count: int = MOST_DOCUMENTS
) -> Iterator[str]:
    """Yield the names of documents until enough has been looked into; that there are more is said once of a package."""
    return container.budget.first(names, container.sizes, what, most, count)
