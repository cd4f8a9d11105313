"""Fields that name something else in a package, as values: what they name, and what becomes of one that names none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from coursewright.frozen import frozen
from coursewright.packages.documents.parsing import text_of

_SHOWN = 40  # characters of a value
_NUMBERS = re.compile(r"-?\d{1,18}(?:,\d{0,18})*")
Known = Callable[["Target", etree._Element], frozenset[str]]
"""Returns what of a kind there is: in the package, or in the document whose root is given."""


@frozen
class Target:
    """What is named: an attribute, or with / a child, of the elements of a name, in the documents of a name.

    A child is the place of an element among others. The document `.` is that which names it, and `*` is any.
    """

    document: str
    element: str
    field: str

    @property
    def shown(self) -> str:
        """How findings call it."""
        where = {".": "there is no such", "*": ""}.get(self.document, f"{self.document} has no such")
        return f"{where} <{self.element}>" if where else f"no <{self.element}> has that {self.field}"

    @property
    def is_place(self) -> bool:
        """Say whether it is named by its place among others, and not by a number of its own."""
        return self.field.startswith("/")

    def values(self, root: etree._Element) -> Iterator[str]:
        """Yield what can be named in a document."""
        for element in root.iter(self.element):
            if self.is_place:
                yield (element.findtext(self.field[1:]) or "").strip()
            else:
                yield element.get(self.field, "")


@frozen
class FieldReference:
    """A field that names something, where a condition on another field of the same element holds, if there is one.

    `is_negative` is a field that names something by a number below 0, and is no reference otherwise.
    """

    document: str
    element: str
    field: str
    target: Target
    becomes: str
    """What becomes of it where there is no such thing, in words; "" where the import stops."""
    is_negative: bool = False
    unless: Mapping[str, tuple[str, ...]] | None = None
    """By field, values with which it does not matter what is named."""

    def dangles(self, element: etree._Element, known: Known) -> str:
        """Return what a field names that is not there, or ""."""
        child = element.find(self.field)
        text = text_of(child).strip() if child is not None else ""
        if not _NUMBERS.fullmatch(text) or not self._matters(element):
            return ""
        there = known(self.target, element.getroottree().getroot())
        if self.target.is_place and not there:
            return ""  # the first of none
        numbers = (-int(one) if self.is_negative else int(one) for one in filter(None, text.split(",")))
        return text[:_SHOWN] if any(number > 0 and str(number) not in there for number in numbers) else ""

    def _matters(self, element: etree._Element) -> bool:
        unless = (self.unless or {}).items()
        return not any((element.findtext(name) or "").strip() in values for name, values in unless)

    def as_json(self) -> dict[str, str]:
        """Return it for programs."""
        target = self.target
        return {
            "document": self.document,
            "element": self.element,
            "field": self.field,
            "names": f"{target.document} {target.element}/{target.field.lstrip('/')}",
            "else": self.becomes or "the import stops",
        }


def shown_reference(one: FieldReference) -> str:
    """Return a reference in a line."""
    told = one.as_json()
    return f"  {one.document} {one.element}/{one.field}: names {told['names']}; else {told['else']}"
