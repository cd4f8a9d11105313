"""The chapters of an EPUB, in the order in which it is read."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote

from lxml import etree

from coursewright.packages.documents.parsing import text_at, text_of
from coursewright.packages.documents.reading import read_document
from coursewright.packages.files.budget import MOST_LISTED
from coursewright.packages.files.container import Container

CONTAINER = "META-INF/container.xml"


def is_book(container: Container) -> bool:
    """Say whether a package is an EPUB."""
    return CONTAINER in container.sizes


def chapters_of(container: Container) -> tuple[str, list[tuple[str, str]]]:
    """Return the title of an EPUB, and its chapters by title and address; none where it cannot be read."""
    root = read_document(CONTAINER, container)
    found = None if root is None else root.find("{*}rootfiles/{*}rootfile")
    name = "" if found is None else found.get("full-path", "")
    book = read_document(name, container)
    if book is None:
        return "", []
    base = posixpath.dirname(name)
    items = {one.get("id", ""): one for one in book.iterfind("{*}manifest/{*}item")}
    titles = _titles(container, base, items)
    spine = [items[one.get("idref", "")] for one in book.iterfind("{*}spine/{*}itemref") if one.get("idref") in items]
    if len(spine) > MOST_LISTED:
        container.budget.leave_out("chapters", count=MOST_LISTED)
    addresses = (_within(base, one.get("href", "")) for one in spine[:MOST_LISTED])
    return text_at(book, "metadata", "title"), [(titles.get(unquote(one), one), one) for one in addresses]


def _titles(container: Container, base: str, items: Mapping[str, etree._Element]) -> dict[str, str]:
    """Return the titles of files, as the book's own navigation calls them."""
    navigation = next((one for one in items.values() if "nav" in one.get("properties", "").split()), None)
    name = unquote(_within(base, navigation.get("href", ""))) if navigation is not None else ""
    root = read_document(name, container)
    titles: dict[str, str] = {}
    for link in () if root is None else root.iter("{*}a"):
        file = _within(posixpath.dirname(name), link.get("href", "").partition("#")[0])
        titles.setdefault(unquote(file), " ".join(text_of(link).split()))
    return titles


def _within(folder: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(folder, name))
