"""Elements of Canvas's own files, and the words that these take from a course."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml.etree import _Element

from coursewright.packages.documents.cartridge import child
from coursewright.packages.documents.manifest import element
from coursewright.pages.parts import Part
from coursewright.writers.quiz_settings import CANVAS

LONGEST_TITLE = 255

Labels = Mapping[str, str]
Plain = Callable[[str], str]
ResourceOf = Callable[[Part], str]
"""Says which resource a line of a module shows."""


def settings_root(name: str, identifier: str = "") -> _Element:
    """Return a new document of Canvas, which may have an identifier."""
    root = element(CANVAS, name)
    if identifier:
        root.set("identifier", identifier)
    return root


def named_child(parent: _Element, name: str, identifier: str) -> _Element:
    """Append an element that has an identifier."""
    added = child(parent, name)
    added.set("identifier", identifier)
    return added


def texts(parent: _Element, **values: str | int) -> None:
    """Append an element for each value."""
    for name, value in values.items():
        child(parent, name, str(value))
