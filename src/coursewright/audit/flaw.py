"""What is wrong with an element, as a value that does not say where: rules yield it, and whoever asks places it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from lxml import etree

from coursewright.findings.finding import Finding, Message, Place, Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.parsing import line_of
from coursewright.packages.files.container import Container

Where = etree._Element | int | None
"""What is wrong in a document: an element, or what stands on a line, or all of it."""


class NamedDocument(Protocol):
    """A whole document that goes by a name."""

    @property
    def name(self) -> str:
        """Its path in the package."""


PACKAGE = ""
"""Names the package itself, instead of a document in it."""


@frozen
class Flaw:
    """A message about something in a document with its values.

    `document` is the name of that where it is another than the rule judges. `severity` is that of its message where
    there is none.
    """

    message: Message
    where: Where
    values: Mapping[str, object]
    severity: Severity | None = None
    document: str | None = None

    @property
    def code(self) -> str:
        return self.message.code

    def at(self, document: str, container: Container) -> Finding:
        """Return the finding of this in a document of a package, unless it names another."""
        name = document if self.document is None else self.document
        line = line_of(self.where) if isinstance(self.where, etree._Element) else self.where or 0
        place = Place(container.shown if name == PACKAGE else container.path_of(name), line)
        return self.message.at(place, **self.values).weighing(self.severity)

    def weighing(self, severity: Severity | None) -> Flaw:
        """Return the same, as grave as that; without a severity, as it is."""
        return replace(self, severity=severity) if severity else self

    def within(self, document: str) -> Flaw:
        """Return the same of a document of this name."""
        return replace(self, document=document)


def flaw(
    message: Message, where: Where | NamedDocument = None, weight: Severity | None = None, /, **values: object
) -> Flaw:
    """Return what is wrong, with the values of its message, and its weight where that is not the usual one."""
    if where is None or isinstance(where, etree._Element | int):
        return Flaw(message, where, values, weight)
    return Flaw(message, None, values, weight, where.name)
