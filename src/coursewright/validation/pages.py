"""Rules over the pages of a package: dead links, what is loaded from elsewhere, units that never report."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast
from urllib.parse import unquote, urlsplit

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place, Severity
from coursewright.validation.container import Container
from coursewright.validation.kinds import Family, Recognised
from coursewright.validation.subject import address_in_package, found_as, scorm_type

_MOST_PAGES = 5_000
LARGEST_PAGE = 3_000_000
_LOADED = {
    "link": "href",
    **dict.fromkeys(("script", "img", "iframe", "source", "video", "audio", "track", "embed"), "src"),
}
_MOST_READ = 100_000_000
_TAG = re.compile(rb"<[A-Za-z][^<>]{4000,}")
_DIVIDERS, _MOST_DIVIDERS = (b" ", b"\n", b"\t", b"\r", b"\f", b"/", b'"', b"'"), 2_000
_MOST_PARTS = 100  # of a page: scripts, and pages in frames
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{|%7B%7B", re.IGNORECASE)
_API = re.compile(rb"API_1484_11|\bLMSInitialize\b|\.API\b|\bfindAPI\b|getAPI|scormAPI|pipwerks", re.IGNORECASE)


def judge_pages(found: Recognised, container: Container) -> Iterator[Finding]:
    """Yield what is wrong with the HTML pages of a package, and with units that cannot talk to the LMS."""
    names = sorted(name for name in container.sizes if name.lower().endswith((".html", ".htm", ".xhtml")))
    if len(names) > _MOST_PAGES:
        what = f"of {len(names)} pages, the first {_MOST_PAGES} are read"
        yield messages.NOT_ALL_JUDGED.at(Place(container.shown), what=what)
    left = _MOST_READ
    for name in names[:_MOST_PAGES]:
        left -= container.sizes[name]
        if left < 0:
            yield messages.NOT_ALL_JUDGED.at(Place(container.shown), what=f"of the pages, {_MOST_READ} bytes are read")
            break
        content = container.read(name, LARGEST_PAGE)
        if content is not None:
            yield from _page_findings(name, content, found, container)
    if found.kind.family in (Family.SCORM12, Family.SCORM2004):
        yield from _silent_units(found, container)


def _page_findings(name: str, content: bytes, found: Recognised, container: Container) -> Iterator[Finding]:
    place = Place(f"{container.shown}/{name}")
    root = parsed_page(content)
    if root is None or _is_empty(root):
        is_fatal = found.kind.family is Family.CARTRIDGE and not found.is_canvas
        yield replace(messages.PAGE_EMPTY.at(place), severity=Severity.WARNING if is_fatal else Severity.INFO)
    if root is None:
        return
    title = next(root.iter("title"), None)
    if b"<html" in content[:5_000].lower() and (title is None or not (title.text or "").strip()):
        yield messages.PAGE_WITHOUT_TITLE.at(place)
    seen: set[str] = set()
    for address, line in _addresses(root):
        if address not in seen:
            seen.add(address)
            yield from _address_findings(address, Place(place.path, line), name, container)


def parsed_page(content: bytes) -> etree._Element | None:
    """Return the root of a page, however badly it is written; None where there is nothing on it, or a tag too long.

    What it takes to read a tag grows with the square of its attributes, which blanks, slashes and quotes divide; a
    picture in an address has slashes too, one in 64 signs.
    """
    for tag in _TAG.findall(content):
        dividers = sum(map(tag.count, _DIVIDERS))
        if dividers > _MOST_DIVIDERS and dividers * 32 > len(tag):
            return None
    try:
        root = etree.fromstring(content, etree.HTMLParser(no_network=True))
    except etree.XMLSyntaxError:
        return None
    return cast("etree._Element | None", root)


def _is_empty(root: etree._Element) -> bool:
    """Say whether there is a body with neither a word nor an element in it."""
    body = next(root.iter("body"), None)
    return body is not None and not len(body) and not (body.text or "").strip()


def _addresses(root: etree._Element) -> Iterator[tuple[str, int]]:
    """Yield the addresses on a page, with their lines; none where something else says what they stand for."""
    if next(root.iter("base"), None) is not None:
        return
    for tag, attribute in (*_LOADED.items(), ("a", "href")):
        for element in root.iter(tag):
            value = (element.get(attribute) or "").strip()
            if value and not value.startswith(("#", "$", "@@", "%24", "@X@")) and not _TEMPLATE.search(value):
                line = element.sourceline
                yield (value if tag != "a" else f"a {value}"), line if isinstance(line, int) else 0


def _is_address(link: str) -> bool:
    try:
        urlsplit(link)
    except ValueError:
        return False
    return True


def _address_findings(address: str, place: Place, page: str, container: Container) -> Iterator[Finding]:
    link = address.removeprefix("a ")
    if not _is_address(link):
        yield messages.LINK_BROKEN.at(place, link=link)
        return
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        if parts.scheme in ("", "http", "https") and not address.startswith("a "):
            yield messages.LOADED_FROM_ELSEWHERE.at(place, link=link)
        return
    if parts.path and not parts.path.startswith("/") and followed(page, link) not in container.sizes:
        yield messages.LINK_BROKEN.at(place, link=link)


def _silent_units(found: Recognised, container: Container) -> Iterator[Finding]:
    """Yield a finding for each SCO whose page, and whose scripts, never look for the LMS."""
    known: dict[str, tuple[bool, list[str]]] = {}
    said: set[str] = set()
    for resource in found.root.iter("{*}resource"):
        page = found_as(address_in_package(resource), container) or ""
        if page.lower().endswith((".html", ".htm")) and scorm_type(resource) == "sco" and page not in said:
            said.add(page)
            if not _looks_for_the_lms(page, container, known):
                yield messages.UNIT_IS_SILENT.at(Place(f"{container.shown}/{page}"))


def _looks_for_the_lms(page: str, container: Container, known: dict[str, tuple[bool, list[str]]]) -> bool:
    """Say whether a page does, or a script of its own, or what it shows in frames; where that is too much, it does."""
    seen: set[str] = set()
    waiting = [page]
    while waiting and len(seen) < _MOST_PARTS:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        if path not in known:
            known[path] = _part(path, container)
        looks, parts = known[path]
        if looks:
            return True
        waiting += parts
    return bool(waiting)


def _part(path: str, container: Container) -> tuple[bool, list[str]]:
    """Return whether a file looks for the LMS, and the files of the package that it runs or shows."""
    content = container.read(path, LARGEST_PAGE)
    if content is None or _API.search(content):
        return True, []
    root = parsed_page(content) if path.lower().endswith((".html", ".htm")) else None
    if root is None:
        return False, []
    sources = (element.get("src") or "" for element in root.iter("script", "iframe", "frame"))
    paths = (followed(path, source) for source in sources if source and _is_address(source))
    return False, [path for path in dict.fromkeys(paths) if path in container.sizes]


def followed(page: str, link: str) -> str:
    """Return the name of the file in the package that a relative link on a page leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(urlsplit(link).path)))
