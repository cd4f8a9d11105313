"""What is wrong with an element, as a value that does not say where: rules yield it, and whoever asks places it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from coursewright.findings.finding import Finding, Message, Place, Severity
from coursewright.frozen import frozen


@frozen
class Flaw:
    """A message about an element with its values; without an element, about a whole document.

    `document` is the name of that where it is another than the rule judges. `severity` is that of its message where
    there is none.
    """

    message: Message
    element: etree._Element | None
    values: Mapping[str, object]
    severity: Severity | None = None
    document: str = ""

    @property
    def code(self) -> str:
        return self.message.code

    def at(self, place: Place) -> Finding:
        """Return the finding of this at a place."""
        found = self.message.at(place, **self.values)
        return found if self.severity is None else replace(found, severity=self.severity)

    def weighing(self, severity: Severity) -> Flaw:
        """Return the same of another weight."""
        return replace(self, severity=severity)

    def within(self, document: str) -> Flaw:
        """Return the same of a document of this name."""
        return replace(self, document=document)
