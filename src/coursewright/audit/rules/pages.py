"""Rules over the pages of a package: dead links, what is loaded from elsewhere, titles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree

from coursewright.audit.rule import EVERY, rule
from coursewright.audit.rules.garbled import garbled_page
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.addresses import (
    FILEBASE,
    Use,
    address_in_package,
    addresses,
    followed,
    is_address,
    named_from_the_top,
    sheet_addresses,
    shown_as,
)
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import has_endless_tag, parsed_page
from coursewright.packages.files.budget import LARGEST_PAGE, LARGEST_READ, not_looked_at
from coursewright.packages.files.container import Container
from coursewright.packages.files.names import printable
from coursewright.packages.kinds import Family, Recognised
from coursewright.packages.subject import Subject, within_bounds
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

    @property
    def found(self) -> Recognised:
        return self.subject.found

    @property
    def container(self) -> Container:
        return self.subject.container

    def place(self, line: int = 0) -> Place:
        return Place(f"{self.container.shown}/{self.name}", line)


@rule("P246 P247 P248 P249 P310 P320 P379 P390", family=EVERY, is_slow=True)
def judge_pages(subject: Subject) -> Iterator[Finding]:
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
            yield from _sheet_findings(content, page) if is_sheet else _page_findings(content, page)


def _sheet_findings(content: bytes, sheet: _Page) -> Iterator[Finding]:
    for address, line in dict(sheet_addresses(content)).items():
        if not is_address(address):
            continue
        parts = urlsplit(address)
        if parts.scheme in ("http", "https"):
            yield from _outside(Use.LOADS, address, parts.scheme, sheet.place(line))
        elif not parts.scheme and not parts.netloc and parts.path and not is_filled_in(address):
            yield from _of_sheet(address, sheet, line)


def _of_sheet(address: str, sheet: _Page, line: int) -> Iterator[Finding]:
    """Yield that what a style sheet loads is not there: of fonts, browsers take whichever of several there is."""
    is_font = urlsplit(address).path.lower().endswith(_FONTS)
    for finding in () if address.startswith("/") else _inside(Use.LOADS, address, sheet, line):
        yield replace(finding, severity=Severity.INFO) if is_font else finding


def _page_findings(content: bytes, page: _Page) -> Iterator[Finding]:
    if has_endless_tag(content):
        unread = messages.NOT_ALL_JUDGED.at(page.place(), what="a tag on this page is too long to be read")
        yield replace(unread, severity=Severity.INFO)
        return
    root = parsed_page(content)
    if root is None or _is_empty(root):
        is_blank = page.is_launched and b"<script" not in content.lower() and b"onload" not in content.lower()
        is_fatal = is_blank or (page.found.kind.family is Family.CARTRIDGE and not page.found.is_canvas)
        yield replace(messages.PAGE_EMPTY.at(page.place()), severity=Severity.WARNING if is_fatal else Severity.INFO)
    if root is None:
        return
    yield from garbled_page(content, page.place)
    title = next(root.iter("title"), None)
    if b"<html" in content[:5_000].lower() and not text_of(title).strip():
        yield messages.PAGE_WITHOUT_TITLE.at(page.place())
    seen: set[tuple[bool, str]] = set()
    for number, (use, address, line) in enumerate(addresses(root) if _is_fixed(root) else ()):
        if number == _MOST_ADDRESSES:
            yield messages.NOT_ALL_JUDGED.at(page.place(), what=not_looked_at("addresses", count=_MOST_ADDRESSES))
            return
        if (use is Use.LINKS, address) not in seen:
            seen.add((use is Use.LINKS, address))
            yield from _address_findings(use, address, page, line)


def _is_empty(root: etree._Element) -> bool:
    """Say whether there is a body with neither a word nor an element in it."""
    body = next(root.iter("body"), None)
    return body is not None and not len(body) and not (body.text or "").strip()


def _is_fixed(root: etree._Element) -> bool:
    """Say whether nothing on a page says what its addresses are relative to."""
    return not any(base.get("href") for base in root.iter("base"))


def _address_findings(use: Use, address: str, page: _Page, line: int) -> Iterator[Finding]:
    if address.startswith(FILEBASE):
        yield from filebase_findings(address, page.name, page.found, page.container, page.place(line))
    if is_filled_in(address):
        return
    if not is_address(address):
        yield messages.LINK_BROKEN.at(page.place(line), link=address, near="")
        return
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        yield from _outside(use, address, parts.scheme, page.place(line))
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


def filebase_findings(
    link: str, document: str, found: Recognised, container: Container, place: Place
) -> Iterator[Finding]:
    """Yield a finding where what a cartridge names from its top is not there: Canvas's own have another top, and some
    tools count from the document, or from where Canvas keeps files."""
    if found.is_canvas or found.kind.family is not Family.CARTRIDGE or not is_address(link):
        return
    name = _CLIMBING.sub("", named_from_the_top(link))
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(document), name))
    known = any(leads_somewhere(one, container) for one in (name, beside, f"web_resources/{name}"))
    if name and not known and not _TEMPLATE.search(link):
        yield messages.LINK_BROKEN.at(place, link=link, near="")


def _outside(use: Use, address: str, scheme: str, place: Place) -> Iterator[Finding]:
    """Yield what is wrong with an address that leads out of the package."""
    if scheme == "file" or len(scheme) == 1:  # a drive
        yield messages.LINK_BROKEN.at(place, link=address, near="")
    elif scheme == "http" and use is not Use.LINKS:
        yield messages.LOADED_UNSAFELY.at(place, link=address, does="sends to" if use is Use.SENDS else "loads")
    elif scheme in ("", "https") and use in (Use.LOADS, Use.ICON):
        yield messages.LOADED_FROM_ELSEWHERE.at(place, link=address)


def _inside(use: Use, address: str, page: _Page, line: int) -> Iterator[Finding]:
    if address.startswith("/"):
        if use is Use.LOADS and page.found.kind.family in _IN_A_FOLDER:
            yield messages.LINK_FROM_THE_TOP.at(page.place(line), link=address)
        return
    name = followed(page.name, address)
    if is_hollow(name, page.container):
        yield messages.FILE_HOLLOW.at(page.place(line), name=printable(name))
    elif not leads_somewhere(name, page.container):
        broken = messages.LINK_BROKEN.at(page.place(line), link=address, near=page.subject.near(address, page.name))
        yield replace(broken, severity=Severity.INFO) if use is Use.ICON else broken
