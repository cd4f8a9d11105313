"""The documents of a package besides its manifest, read by name: so many, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from coursewright.diagnostics import Place
from coursewright.validation.container import Container
from coursewright.validation.pages import LARGEST_PAGE, parsed_page
from coursewright.validation.subject import parsed_apart

MOST_DOCUMENTS = 2_000
_PAGES = (".html", ".htm", ".xhtml")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def read_document(name: str | None, container: Container) -> etree._Element | None:
    """Return the root of an XML document; None where there is none, or none that can be read: others say why."""
    found, _ = parsed_apart(container, name) if name and name in container.sizes else (None, [])
    return found[1] if found else None


def read_page(name: str, container: Container) -> etree._Element | None:
    """Return the root of a page; None where there is none, or nothing on it."""
    content = container.read(name, LARGEST_PAGE) if name in container.sizes else None
    return parsed_page(content) if content else None


def read_pages(names: Iterable[str], container: Container) -> Iterator[tuple[str, etree._Element]]:
    """Yield the pages among some files, with their roots."""
    for name in islice(filter(is_page, names), MOST_DOCUMENTS):
        root = read_page(name, container)
        if root is not None:
            yield name, root


def is_page(name: str) -> bool:
    return name.lower().endswith(_PAGES)


def has_scheme(address: str) -> bool:
    """Say whether an address says how it is reached, such as by https:."""
    return bool(_SCHEME.match(address))


def place_of(name: str, container: Container, element: etree._Element | None = None) -> Place:
    """Return where a document, or an element of it, stands."""
    line = element.sourceline if element is not None else 0
    return Place(container.path_of(name), line if isinstance(line, int) else 0)


def child_text(element: etree._Element, name: str) -> str:
    """Return the text of a child, without blanks around it; "" where there is none."""
    child = element.find(f"{{*}}{name}")
    return (child.text or "").strip() if child is not None else ""
