"""What an element of a manifest says, whatever its namespace: its name, its words, its flags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; "" for comments and their like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def has_plain_names(root: etree._Element) -> bool:
    """Say whether the names of a document need no prefix."""
    return root.prefix is None or root.nsmap.get(None) == etree.QName(root).namespace


def children(element: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the elements right inside one; comments and instructions are none."""
    return iter(()) if element is None else element.iterfind("{*}*")


def all_within(element: etree._Element | None, name: str) -> Iterable[etree._Element]:
    """Return all elements of a name inside one, however deep."""
    return () if element is None else element.iter(f"{{*}}{name}")


def words(element: etree._Element | None) -> str:
    """Return the text inside an element, with its blanks made single."""
    if element is None or not len(element):
        return " ".join(element.text.split()) if element is not None and element.text else ""
    return " ".join("".join(map(str, element.itertext())).split())


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its name without its namespace; empty if there is none."""
    return next((str(value) for key, value in element.items() if etree.QName(key).localname == name), "")


def canonical(element: etree._Element, *, comments: bool = True) -> bytes:
    """Return an element in the one way in which it is written alike, however it stands in its document; as it stands
    where the name of a namespace is no address, which has no such way."""
    try:
        return etree.tostring(element, method="c14n", with_comments=comments).strip()
    except etree.C14NError:
        return etree.tostring(element, encoding="utf-8").strip()


def flag(element: etree._Element | None, name: str, usual: bool) -> bool:
    """Return what an attribute says of true or false, or the usual value where it says nothing."""
    value = element.get(name) if element is not None else None
    return usual if value is None else value.strip() in ("true", "1")


def number(text: str | None) -> float | None:
    """Return a decimal number; None for any other text."""
    found = re.fullmatch(r"\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*", text or "")
    return float(found[1]) if found else None
