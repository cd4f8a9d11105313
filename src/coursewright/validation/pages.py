"""Rules over the pages of a package: dead links, what is loaded from elsewhere, units that never report."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.validation.container import Container
from coursewright.validation.kinds import Family, Recognised
from coursewright.validation.rules import scorm_type

_MOST_PAGES = 5_000
_LOADED = {
    "link": "href",
    **dict.fromkeys(("script", "img", "iframe", "source", "video", "audio", "track", "embed"), "src"),
}
_API = re.compile(rb"API_1484_11|\bLMSInitialize\b|\.API\b|\bfindAPI\b|getAPI|scormAPI|pipwerks", re.IGNORECASE)


def judge_pages(found: Recognised, container: Container) -> Iterator[Finding]:
    """Yield what is wrong with the HTML pages of a package, and with units that cannot talk to the LMS."""
    names = sorted(name for name in container.sizes if name.lower().endswith((".html", ".htm", ".xhtml")))
    for name in names[:_MOST_PAGES]:
        content = container.read(name)
        if content:
            yield from _page_findings(name, content, container)
    if found.kind.family in (Family.SCORM12, Family.SCORM2004):
        yield from _silent_units(found, container)


def _page_findings(name: str, content: bytes, container: Container) -> Iterator[Finding]:
    place = Place(f"{container.shown}/{name}")
    try:
        root = html.fromstring(content)
    except (etree.ParserError, ValueError):
        yield messages.PAGE_EMPTY.at(place)
        return
    if root.tag == "html" and not (root.findtext(".//title") or "").strip():
        yield messages.PAGE_WITHOUT_TITLE.at(place)
    seen: set[str] = set()
    for address, line in _addresses(root):
        if address not in seen:
            seen.add(address)
            yield from _address_findings(address, Place(place.path, line), name, container)


def _addresses(root: html.HtmlElement) -> Iterator[tuple[str, int]]:
    for tag, attribute in (*_LOADED.items(), ("a", "href")):
        for element in root.iter(tag):
            value = (element.get(attribute) or "").strip()
            if value and not value.startswith(("#", "$", "@@")):
                yield (value if tag != "a" else f"a {value}"), int(element.sourceline or 0)


def _address_findings(address: str, place: Place, page: str, container: Container) -> Iterator[Finding]:
    followed = address.removeprefix("a ")
    try:
        parts = urlsplit(followed)
    except ValueError:
        yield messages.LINK_BROKEN.at(place, link=followed)
        return
    if parts.scheme or parts.netloc:
        if parts.scheme in ("", "http", "https") and not address.startswith("a "):
            yield messages.LOADED_FROM_ELSEWHERE.at(place, link=followed)
        return
    if parts.path and not parts.path.startswith("/") and _followed(page, followed) not in container.sizes:
        yield messages.LINK_BROKEN.at(place, link=followed)


def _silent_units(found: Recognised, container: Container) -> Iterator[Finding]:
    """Yield a finding for each SCO whose page, and whose scripts, never look for the LMS."""
    for resource in found.root.iter("{*}resource"):
        page = urlsplit(unquote(resource.get("href", ""))).path
        is_page = page in container.sizes and page.lower().endswith((".html", ".htm"))
        if is_page and scorm_type(resource) == "sco" and not _looks_for_the_lms(page, container):
            yield messages.UNIT_IS_SILENT.at(Place(f"{container.shown}/{page}"))


def _looks_for_the_lms(page: str, container: Container) -> bool:
    content = container.read(page) or b""
    if _API.search(content):
        return True
    try:
        root = html.fromstring(content)
    except (etree.ParserError, ValueError):
        return False
    sources = (element.get("src") or "" for element in root.iter("script", "iframe", "frame"))
    paths = (_followed(page, source) for source in sources if source)
    return any(path in container.sizes and _API.search(container.read(path) or b"") for path in paths)


def _followed(page: str, link: str) -> str:
    """Return the name of the file in the package that a relative link on a page leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(urlsplit(link).path)))
