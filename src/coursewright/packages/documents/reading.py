"""The documents of a package besides its manifest, read by name: so many, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from lxml import etree

from coursewright.findings.finding import Place
from coursewright.packages.documents.fields import Value, read_as
from coursewright.packages.documents.parsing import line_of, mended, parsed, text_of
from coursewright.packages.files.budget import LARGEST_PAGE, MOST_READ
from coursewright.packages.files.container import Container
from coursewright.packages.subject import parsed_apart, within_bounds
from coursewright.text.patterns import later

_TAG = later(rb"<[A-Za-z]")
# From there to its end: a value goes on to its quote, or to the end of the page, whatever is in it.
_VALUE = rb"""=\s*+(?:"[^"]*+"?+|'[^']*+'?+)?+"""
_WITHIN = later(rb"(?:[^>=]++|%b)*+" % _VALUE)
_VALUES = later(_VALUE)
_DIVIDERS, _MOST_DIVIDERS = later(rb"[\s/\"']++"), 4_000
_MOST_TIMES = 10  # that a page is looked through for tags, which may seem to stand in one another
_KEPT = 1_500_000  # bytes of pages whose trees are kept: a tree takes ten times the memory
PAGES = (".html", ".htm", ".xhtml")
"""How the names of pages end."""


def read_document(name: str | None, container: Container, *, told: bool = False) -> etree._Element | None:
    """Return the root of an XML document; None where there is none, or none that can be read.

    Others say why, unless it is to be `told`.
    """
    if not name or name not in container.sizes:
        return None
    found = parsed(container, name) if told else parsed_apart(container, name)[0]
    return found[1] if found else None


def read_mended(name: str | None, container: Container) -> etree._Element | None:
    """Return the root of an XML document, or what libxml2 makes of one that is not XML: who reads on reads that."""
    root = read_document(name, container)
    found = mended(container, name) if root is None and name and name in container.sizes else None
    return found[1] if found else root


def read_value(kind: type[Value], name: str, container: Container, *, told: bool = False) -> Value | None:
    """Return what an XML document says as a value of its class, None where it cannot be read."""
    root = read_document(name, container, told=told)
    return None if root is None else read_as(kind, root)


def read_page(name: str, container: Container) -> etree._Element | None:
    """Return the root of a page; None where there is none, or nothing on it. The first ones are kept for others, and
    nobody changes a tree."""
    if name in container.pages:
        return cast("etree._Element | None", container.pages[name])
    content = (container.read(name, LARGEST_PAGE) if name in container.sizes else None) or b""
    root = parsed_page(content) if content else None
    if container.paged + len(content) <= _KEPT:
        container.paged += len(content)
        container.pages[name] = root
    return root


def read_pages(names: Iterable[str], container: Container) -> Iterator[tuple[str, etree._Element]]:
    """Yield the pages among some files, with their roots."""
    for name in within_bounds(filter(is_page, names), container, "pages", MOST_READ):
        root = read_page(name, container)
        if root is not None:
            yield name, root


def parsed_page(content: bytes) -> etree._Element | None:
    """Return the root of a page, however badly it is written; None where there is nothing on it, or a tag too long."""
    if has_endless_tag(content):
        return None
    try:
        root = etree.fromstring(content, etree.HTMLParser(no_network=True, encoding=encoding_of(content)))
    except etree.XMLSyntaxError:
        return None
    return cast("etree._Element | None", root)


def encoding_of(page: bytes) -> str | None:
    """Return UTF-8 for a page that is written in it, whether or not it says so; None for any other, whose encoding
    whoever reads it must find in it."""
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def has_endless_tag(content: bytes) -> bool:
    """Say whether a tag would take too long to read: that grows with the square of its attributes.

    Whatever looks like the beginning of a tag is taken for one, since it may be one to whoever reads the page.
    """
    left = _MOST_TIMES * len(content)
    for start in _TAG.finditer(content):
        found = _WITHIN.match(content, start.end())
        length = found.end() - found.start() if found else 0
        left -= length
        if left < 0 or (found and length > 2 * _MOST_DIVIDERS and _has_many_attributes(found[0])):
            return True
    return False


def _has_many_attributes(tag: bytes) -> bool:
    """Say whether blanks, slashes and quotes divide a tag into very many parts; its values aside, but for one without
    quotes, such as a picture in an address: one in 64 signs of that is a slash."""
    tag = _VALUES.sub(b"= ", tag)
    dividers = sum(1 for _ in _DIVIDERS.finditer(tag))
    return dividers > _MOST_DIVIDERS and dividers * 32 > len(tag)


def is_page(name: str) -> bool:
    return name.lower().endswith(PAGES)


def place_of(name: str, container: Container, element: etree._Element | None = None) -> Place:
    """Return where a document, or an element of it, stands."""
    return Place(container.path_of(name), line_of(element) if element is not None else 0)


def child_text(element: etree._Element, name: str) -> str:
    """Return the text of a child, without blanks around it; "" where there is none."""
    return text_of(next(element.iterchildren(f"{{*}}{name}"), None)).strip()
