"""XML as Moodle's backups have it, and what they say of themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from lxml import etree
from lxml.etree import Element, SubElement, _Element

VERSION, RELEASE = "2022112800", "4.1"  # the oldest that these backups are for
MOMENT = 1669593600  # of everything in a backup: the day of that release
NOTHING = "$@NULL@$"


def fields(parent: _Element, **values: Any) -> None:
    """Append an element for each value; None is what Moodle writes for nothing at all."""
    for name, value in values.items():
        SubElement(parent, name).text = NOTHING if value is None else str(value)


def document(root: _Element) -> bytes:
    """Return a document as Moodle knows it: by its first bytes, which are a declaration with double quotes."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8", pretty_print=True)


def availability(after: Iterable[int]) -> str | None:
    """Return the condition that activities are complete; what it is for shows greyed, with the reason."""
    conditions = [{"type": "completion", "cm": number, "e": 1} for number in after]
    if not conditions:
        return None
    return json.dumps({"op": "&", "c": conditions, "showc": [True] * len(conditions)}, separators=(",", ":"))


def roles() -> bytes:
    """Return roles of a course or an activity: none of its own."""
    root = Element("roles")
    SubElement(root, "role_overrides")
    SubElement(root, "role_assignments")
    return document(root)
