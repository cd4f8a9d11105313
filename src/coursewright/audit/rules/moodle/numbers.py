"""Numbers as the documents of a Moodle backup have them."""

from __future__ import annotations

import re

from lxml import etree

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,9})?")


def number(element: etree._Element, name: str) -> float | None:
    """Return the number in a child, None where there is none."""
    return number_of(element.findtext(name))


def number_of(text: str | None) -> float | None:
    """Return the number that a text is, None where it is none."""
    value = (text or "").strip()
    return float(value) if _NUMBER.fullmatch(value) else None
