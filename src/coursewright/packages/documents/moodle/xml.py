"""XML as Moodle's backups have it, and what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.etree import Element, _Element

from coursewright.packages.documents.fields import fill_as
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.files.written import WrittenDocument, written
from coursewright.text.names import cut

VERSION, RELEASE = "2022112800", "4.1"  # the oldest that these backups are for
MOMENT = 1669593600  # of everything in a backup: the day of that release
NULL = "$@NULL@$"
OWN_FILE = "@@PLUGINFILE@@/"  # before the path of a file in a text that it belongs to
ENTERED_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"  # as an answer, or the bounds of one

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,9})?")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_REPLACED = re.compile(r"\$@|@@PLUGINFILE@@")  # in a tag, or in text
_LINKING = re.compile(r"<(?:a|audio|img|source|track|video)\b")
_LEADING = ('href="', 'src="')
_HARMLESS = {"$@": "&#36;@", "@@PLUGINFILE@@": "&#64;@PLUGINFILE@@"}


# --- what an element says ---


def said(element: _Element | None, *path: str) -> str:
    """Return the text at a place of an element; "" where there is none, or Moodle's mark for none."""
    text = "" if element is None else text_at(element, *path)
    return "" if text == NULL else text


def number(element: _Element | None, name: str) -> float | None:
    """Return the number in a child, None where there is none."""
    return None if element is None else number_of(element.findtext(name))


def number_of(text: str | None) -> float | None:
    """Return the number that a text is, None where it is none."""
    value = (text or "").strip()
    return float(value) if _NUMBER.fullmatch(value) else None


# --- writing ---


def document(root: _Element) -> WrittenDocument:
    """Return a document as Moodle knows it: by its first bytes, which are a declaration with double quotes."""
    said = etree.tostring(root, encoding="UTF-8", pretty_print=True)
    return written(b'<?xml version="1.0" encoding="UTF-8"?>\n' + said, root)


def row_document(row: Any) -> WrittenDocument:
    """Return a document whose root is a row, and is called as its class says."""
    root = Element(row.ROOT)
    fill_as(root, row)
    return document(root)


def name(text: str, longest: int) -> str:
    """Return a name as Moodle shows it whole: it drops what looks like a tag, so what does is escaped."""
    for length in range(min(len(text), longest), 0, -1):
        escaped = _ENTITY.sub("&amp;", cut(text, length) if length < len(text) else text)
        escaped = escaped.replace("<", "&lt;").replace(">", "&gt;")
        if len(escaped) <= longest:
            return escaped
    return ""


def own_text(body: str) -> str:
    """Return a page in which only our own links and pictures are what a restore replaces, not what an author wrote."""
    return "".join(_harmless(body)) if "$@" in body or "@@" in body else body


def _harmless(body: str) -> Iterator[str]:
    """Yield a page piece by piece; each is looked at once, however often an author wrote what is replaced."""
    done, is_linking = 0, False
    for found in _REPLACED.finditer(body):
        before = body[done : found.start()]
        if (last := max(before.rfind("<"), before.rfind(">"))) >= 0:
            is_linking = _LINKING.match(before, last) is not None
        yield before
        yield found[0] if is_linking and before.endswith(_LEADING) else _HARMLESS[found[0]]
        done = found.end()
    yield body[done:]
