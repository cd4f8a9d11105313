"""Moodle's availability as it is written: its tree, whatever its age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from coursewright.packages.documents.parsing import text_at

NULL = "$@NULL@$"
Tree = Mapping[str, Any]


def said(document: etree._Element | None, *path: str) -> str:
    """Return the text at a place of a document; "" where there is none, or Moodle's mark for none."""
    text = "" if document is None else text_at(document, *path)
    return "" if text == NULL else text
