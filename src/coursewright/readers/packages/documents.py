"""The small documents of a package that say what an entry is: found by what its resource is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.names import RUBRICS
from coursewright.packages.documents.canvas.rubrics import CanvasRubric, Rubrics
from coursewright.packages.documents.fields import Value, read_as
from coursewright.packages.documents.reading import is_page, read_document, read_value
from coursewright.packages.files.budget import LARGEST_PAGE
from coursewright.packages.files.container import Container
from coursewright.packages.kinds import has_inline
from coursewright.packages.subject import Subject


@frozen
class PackageDocuments:
    """The documents of a package."""

    subject: Subject

    @property
    def container(self) -> Container:
        """What holds the package."""
        return self.subject.container

    @property
    def rubrics(self) -> Mapping[str, CanvasRubric]:
        """The rubrics of a Canvas export by their identifiers, read once."""
        return self.subject.once(_rubrics)

    def root(self, name: str) -> etree._Element | None:
        """Return the root of a document; None where it is not there, or cannot be read."""
        return read_document(name, self.container)

    def value(self, kind: type[Value], name: str) -> Value | None:
        """Return a document as a value of its class; None where it is not there, or cannot be read."""
        return read_value(kind, name, self.container)

    def first(self, files: Iterable[str], name: str) -> tuple[str, etree._Element] | None:
        """Return the first of some documents whose root has a name, with its own."""
        for file in files:
            root = self.root(file) if file.lower().endswith((".xml", ".qti")) else None
            if root is not None and etree.QName(root).localname == name:
                return file, root
        return None

    def first_root(self, files: Iterable[str], name: str) -> etree._Element | None:
        """Return the same without its own name."""
        found = self.first(files, name)
        return found[1] if found else None

    def first_value(self, files: Iterable[str], kind: type[Value]) -> Value | None:
        """Return the first of some documents of a class, which says how their roots are called."""
        found = self.first(files, str(getattr(kind, "ROOT", "")))
        return read_as(kind, found[1]) if found else None

    def of(self, files: Iterable[str], resource: str, *roots: str) -> tuple[str, etree._Element] | None:
        """Return the first of some documents whose root has one of these names, with its own.

        From Common Cartridge 1.3 on it may stand within its resource, and so in the manifest.
        """
        first = next(filter(None, (self.first(files, name) for name in roots)), None)
        found = self.subject.by_identifier.get(resource) if first is None else None
        inside = found.iterchildren(etree.Element) if found is not None and has_inline(found) else ()
        within = next((one for one in inside if etree.QName(one).localname in roots), None)
        return first if within is None else (self.subject.found.file, within)

    def page(self, files: Iterable[str]) -> tuple[str, bytes] | None:
        """Return the first page of some files with its name; None where there is none that can be read."""
        name = next(filter(is_page, files), "")
        content = self.container.read(name, LARGEST_PAGE) if name else None
        return (name, content) if content is not None else None

    def shown(self, files: Iterable[str]) -> str:
        """Return the first page of some files as it was written; "" where there is none."""
        found = self.page(files)
        return found[1].decode("utf-8", "replace") if found else ""


def _rubrics(subject: Subject) -> Mapping[str, CanvasRubric]:
    found = read_value(Rubrics, RUBRICS, subject.container)
    return {one.identifier: one for one in reversed(found.rubrics)} if found else {}
