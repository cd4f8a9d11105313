"""Rules over the pages of a package: dead links, what is loaded from elsewhere, titles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from coursewright.audit.flaw import Flaw, Where, flaw
from coursewright.audit.rule import EVERY, rule
from coursewright.audit.rules.garbled import garbled_page
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.addresses import (
    FILEBASE,
    Use,
    address_in_package,
    addresses,
    followed,
    named_from_the_top,
    sheet_addresses,
    shown_as,
)
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import has_endless_tag, parsed_page
from coursewright.packages.files.budget import LARGEST_PAGE, LARGEST_READ, not_looked_at
from coursewright.packages.files.container import Container
from coursewright.packages.files.names import printable
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds
from coursewright.text.addresses import is_address
from coursewright.text.patterns import later

_MOST_ADDRESSES = 10_000  # on one page
_MOST_PAGES = 5_000
_MOST_BYTES = 100_000_000
_PLACEHOLDERS = ("#", "$", "@@", "%24", "@X@")
_TEMPLATE = later(r"\{\{|\{%|<%|\$\{|%7B|\[\[|%%|\{[\w.$-]{1,100}\}", re.IGNORECASE)
_CLIMBING = later(r"^(?:\.\./)+")
_TEXTS = (".html", ".htm", ".xhtml", ".css", ".js", ".mjs", ".json", ".xml", ".txt", ".csv", ".vtt", ".srt", ".md")
_FONTS = (".eot", ".woff", ".woff2", ".ttf", ".otf")
# What an LMS serves from a folder of its own: an address from the top of the server leads out of that.
_IN_A_FOLDER = (Family.SCORM12, Family.SCORM2004, Family.CMI5, Family.XAPI, Family.CONTENT)


@frozen
class _Page:
    """A page or a style sheet under judgement, what it is a part of, and whether a menu launches it."""

    name: str
    subject: Subject
    is_launched: bool = False


@rule("P246 P247 P248 P249 P310 P320 P379 P390", family=EVERY, reads_files=True)
def judge_pages(subject: Subject) -> Iterator[Flaw]:
    """Yield what is wrong with the HTML pages of a package, and with its style sheets."""
    container = subject.container
    names = sorted(name for name in container.sizes if name.lower().endswith((".html", ".htm", ".xhtml", ".css")))
    is_scorm = subject.found.kind.family in (Family.SCORM12, Family.SCORM2004)
    launched = {address_in_package(one) for one in subject.resources} if is_scorm else set()
    for name in within_bounds(names, container, "pages and style sheets", _MOST_BYTES, _MOST_PAGES):
        is_sheet = name.lower().endswith(".css")
        content = container.read(name, LARGEST_READ if is_sheet else LARGEST_PAGE)
        if content is not None:
            page = _Page(name, subject, name in launched)
            flaws = _sheet_flaws(content, page) if is_sheet else _page_flaws(content, page)
            yield from (one.within(name) for one in flaws)


def _sheet_flaws(content: bytes, sheet: _Page) -> Iterator[Flaw]:
    for address, line in dict(sheet_addresses(content)).items():
        if not is_address(address):
            continue
        parts = urlsplit(address)
        if parts.scheme in ("http", "https"):
            yield from _outside(Use.LOADS, address, parts.scheme, line)
        elif not parts.scheme and not parts.netloc and parts.path and not is_filled_in(address):
            yield from _of_sheet(address, sheet, line)


def _of_sheet(address: str, sheet: _Page, line: int) -> Iterator[Flaw]:
    """Yield that what a style sheet loads is not there: of fonts, browsers take whichever of several there is."""
    is_font = urlsplit(address).path.lower().endswith(_FONTS)
    for one in () if address.startswith("/") else _inside(Use.LOADS, address, sheet, line):
        yield one.weighing(Severity.INFO if is_font else None)


def _page_flaws(content: bytes, page: _Page) -> Iterator[Flaw]:
    if has_endless_tag(content):
        yield flaw(messages.NOT_ALL_JUDGED, None, Severity.INFO, what="a tag on this page is too long to be read")
        return
    root = parsed_page(content)
    if root is None or _is_empty(root):
        is_blank = page.is_launched and b"<script" not in content.lower() and b"onload" not in content.lower()
        found = page.subject.found
        is_fatal = is_blank or (found.kind.family is Family.CARTRIDGE and not found.is_canvas)
        yield flaw(messages.PAGE_EMPTY, None, Severity.WARNING if is_fatal else Severity.INFO)
    if root is None:
        return
    yield from garbled_page(content)
    title = next(root.iter("title"), None)
    if b"<html" in content[:5_000].lower() and not text_of(title).strip():
        yield flaw(messages.PAGE_WITHOUT_TITLE)
    seen: set[tuple[bool, str]] = set()
    for number, (use, address, line) in enumerate(addresses(root) if _is_fixed(root) else ()):
        if number == _MOST_ADDRESSES:
            yield flaw(messages.NOT_ALL_JUDGED, what=not_looked_at("addresses", count=_MOST_ADDRESSES))
            return
        if (use is Use.LINKS, address) not in seen:
            seen.add((use is Use.LINKS, address))
            yield from _address_flaws(use, address, page, line)


def _is_empty(root: etree._Element) -> bool:
    """Say whether there is a body with neither a word nor an element in it."""
    body = next(root.iter("body"), None)
    return body is not None and not len(body) and not (body.text or "").strip()


def _is_fixed(root: etree._Element) -> bool:
    """Say whether nothing on a page says what its addresses are relative to."""
    return not any(base.get("href") for base in root.iter("base"))


def _address_flaws(use: Use, address: str, page: _Page, line: int) -> Iterator[Flaw]:
    if address.startswith(FILEBASE):
        yield from filebase_flaws(address, page.name, line, page.subject)
    if is_filled_in(address):
        return
    if not is_address(address):
        yield flaw(messages.LINK_BROKEN, line, link=address, near="")
        return
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        yield from _outside(use, address, parts.scheme, line)
    elif use is not Use.SENDS and parts.path:
        yield from _inside(use, address, page, line)


def is_filled_in(address: str) -> bool:
    """Say whether an address is yet to be filled in, or is one within the page."""
    return address.startswith(_PLACEHOLDERS) or _TEMPLATE.search(address) is not None


def leads_somewhere(name: str, container: Container) -> bool:
    """Say whether there is a file of a name, or a page that opens the folder; a page's own folder always opens."""
    return name == "." or any(map(container.knows, shown_as(name)))


def is_hollow(name: str, container: Container) -> bool:
    """Say whether a file has no bytes that learners should see, such as a picture: texts of nothing may be meant."""
    return container.sizes.get(name) == 0 and not name.lower().endswith(_TEXTS)


def filebase_flaws(link: str, document: str, where: Where, subject: Subject) -> Iterator[Flaw]:
    """Yield a flaw where what a cartridge names from its top is not there: Canvas's own have another top, and some
    tools count from the document, or from where Canvas keeps files."""
    found, container = subject.found, subject.container
    if found.is_canvas or found.kind.family is not Family.CARTRIDGE or not is_address(link):
        return
    name = _CLIMBING.sub("", named_from_the_top(link))
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(document), name))
    known = any(leads_somewhere(one, container) for one in (name, beside, f"web_resources/{name}"))
    if name and not known and not _TEMPLATE.search(link):
        yield flaw(messages.LINK_BROKEN, where, link=link, near="")


def _outside(use: Use, address: str, scheme: str, line: int) -> Iterator[Flaw]:
    """Yield what is wrong with an address that leads out of the package."""
    if scheme == "file" or len(scheme) == 1:  # a drive
        yield flaw(messages.LINK_BROKEN, line, link=address, near="")
    elif scheme == "http" and use is not Use.LINKS:
        yield flaw(messages.LOADED_UNSAFELY, line, link=address, does="sends to" if use is Use.SENDS else "loads")
    elif scheme in ("", "https") and use in (Use.LOADS, Use.ICON):
        yield flaw(messages.LOADED_FROM_ELSEWHERE, line, link=address)


def _inside(use: Use, address: str, page: _Page, line: int) -> Iterator[Flaw]:
    if address.startswith("/"):
        if use is Use.LOADS and page.subject.found.kind.family in _IN_A_FOLDER:
            yield flaw(messages.LINK_FROM_THE_TOP, line, link=address)
        return
    name = followed(page.name, address)
    if is_hollow(name, page.subject.container):
        yield flaw(messages.FILE_HOLLOW, line, name=printable(name))
    elif not leads_somewhere(name, page.subject.container):
        weight, near = Severity.INFO if use is Use.ICON else None, page.subject.near(address, page.name)
        yield flaw(messages.LINK_BROKEN, line, weight, link=address, near=near)
