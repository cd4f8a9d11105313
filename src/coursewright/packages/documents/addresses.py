"""What a page or a style sheet has from elsewhere: the addresses that it loads, links to and sends to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import cast
from urllib.parse import unquote

from lxml import etree

from coursewright.packages.documents.elements import local_name as local_name
from coursewright.packages.documents.parsing import line_of
from coursewright.packages.documents.parsing import text_of as text_of
from coursewright.packages.files.container import Container
from coursewright.text.addresses import pieces_of
from coursewright.text.patterns import later

_SCHEME = later(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_BASES = etree.XPath("ancestor-or-self::*/@xml:base", smart_strings=False)  # from the top down
_PLAIN = later(r"[^./?#][^/?#]*(?:/[^./?#][^/?#]*)*")  # a path that says what it says
_NOT_ON_WINDOWS = later(r'[<>:"|?*\\]')
_LONGEST_BASE = 2_000  # characters
_LOADED = {
    **dict.fromkeys(("script", "img", "iframe", "frame", "source", "video", "audio", "track", "embed", "input"), "src"),
    "object": "data",
    "body": "background",
}
# What a <link> stands for, by its rel: other ones tell something, and load nothing.
_LOADING = {"stylesheet", "preload", "modulepreload", "prefetch", "import"}
_ICONS = {"icon", "shortcut", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "manifest"}
_STYLE_URL = later(r"""url\(\s*["']?([^"'()\s]{1,2000})["']?\s*\)|@import\s+["']([^"']{1,2000})["']""", re.IGNORECASE)
_STYLE_BYTES = later(_STYLE_URL.pattern.encode(), re.IGNORECASE)
# In a srcset: an address up to a blank or a comma at its end, and what says when it is taken.
_CANDIDATE = later(r"([^\s,]\S*?)(?:,(?=\s|$)|\s[^,]*|$)")
FILEBASE = "$IMS-CC-FILEBASE$"
"""What stands for the top of a package in the texts of cartridges."""


def address_in_package(element: etree._Element) -> str:
    """Return the path in the package that an element names, from the bases it stands under; "" for what is outside.

    A query and a fragment are none of it. Nothing is where longer bases lead: every file of a large manifest would
    have to be named with them.
    """
    return addresses_in_package(element)[0]


def addresses_in_package(element: etree._Element) -> tuple[str, str]:
    """Return the same, and with it the whole path, as if a query and a fragment were part of it."""
    href = (element.get("href") or "").strip()
    if local_name(element) == "location":
        href = text_of(element).strip()
    if not href or _SCHEME.match(href):
        return "", ""
    bases = bases_of(element)
    if not bases and _PLAIN.fullmatch(href):
        return href, href
    if sum(map(len, bases)) > _LONGEST_BASE:
        return "", ""
    base = "".join(base for base in bases if not _SCHEME.match(base))
    whole, path = base + href, base + href.split("?")[0].split("#")[0]
    named = posixpath.normpath(path) if path else ""
    return named, named if path == whole else posixpath.normpath(whole)


def hrefs(resource: etree._Element, *, launched: bool = False) -> list[str]:
    """Return the addresses of a resource's files as they are written, first the one that it launches, if that is asked
    for; "" where there is none."""
    return [one.get("href") or "" for one in (*((resource,) if launched else ()), *resource.iterfind("{*}file"))]


def bases_of(element: etree._Element) -> list[str]:
    """Return the bases that an element stands under, from the top down, its own the last."""
    return cast("list[str]", _BASES(element))


def leads_elsewhere(element: etree._Element) -> bool:
    """Say whether an element's address, or a base that it stands under, is one outside the package."""
    return any(_SCHEME.match(address.strip()) for address in (element.get("href", ""), *bases_of(element)))


def found_as(name: str, container: Container) -> str | None:
    """Return the file of a package that a name in a manifest stands for: as it is written, or as an address."""
    if name in container.sizes:
        return name
    return other if "%" in name and (other := unquote(name)) in container.sizes else None


def held_as(name: str, container: Container) -> str | None:
    """Return the same, or the file that it became where the package was once unpacked on Windows.

    Programs there write a `_` for each character that no name of a file may have, such as the | of a title.
    """
    return found_as(name, container) or found_as(_NOT_ON_WINDOWS.sub("_", unquote(name)), container)


def scorm_type(resource: etree._Element) -> str:
    """Return whether a resource is a `sco` or an `asset`, in whatever spelling and namespace its edition has it."""
    values = (value for name, value in resource.attrib.items() if str(name).lower().endswith("scormtype"))
    return str(next(values, "")).lower()


def name_of(element: etree._Element) -> str:
    """Return what findings call a resource: its place tells which is meant where it has no identifier."""
    return element.get("identifier") or "without an identifier"


class Use(Enum):
    """What a page does with an address."""

    LOADS = auto()
    ICON = auto()
    LINKS = auto()
    SENDS = auto()


def addresses(root: etree._Element) -> Iterator[tuple[Use, str, int]]:
    """Yield the addresses on a page, as they are written, with their lines."""
    for element in root.iter(etree.Element):
        line = line_of(element)
        for use, address in _of_element(element):
            if address:
                yield use, address, line


def _of_element(element: etree._Element) -> Iterator[tuple[Use, str]]:
    tag = str(element.tag)
    if tag in _LOADED:
        yield Use.LOADS, (element.get(_LOADED[tag]) or "").strip()
    elif tag in ("a", "area"):
        yield Use.LINKS, (element.get("href") or "").strip()
    elif tag == "form":
        yield Use.SENDS, (element.get("action") or "").strip()
    elif tag == "link":
        yield from _of_link(element)
    elif tag == "style":
        yield from ((Use.LOADS, address) for address in _of_style(element.text or ""))
    yield Use.LOADS, (element.get("poster") or "").strip()
    for candidate in _CANDIDATE.finditer(element.get("srcset") or ""):
        yield Use.LOADS, candidate[1].rstrip(",")
    yield from ((Use.LOADS, address) for address in _of_style(element.get("style") or ""))


def _of_link(element: etree._Element) -> Iterator[tuple[Use, str]]:
    relations = set((element.get("rel") or "").lower().split())
    if relations & (_LOADING | _ICONS):
        yield Use.LOADS if relations & _LOADING else Use.ICON, (element.get("href") or "").strip()


def _of_style(text: str) -> Iterator[str]:
    for found in _STYLE_URL.finditer(text) if text else ():
        yield (found[1] or found[2]).strip()


def sheet_addresses(content: bytes) -> Iterator[tuple[str, int]]:
    """Yield the addresses in a style sheet, with their lines."""
    line, at = 1, 0
    content = _without_remarks(content)
    for found in _STYLE_BYTES.finditer(content):
        line, at = line + content.count(b"\n", at, found.start()), found.start()
        yield (found[1] or found[2]).decode("utf-8", "replace"), line


def _without_remarks(sheet: bytes) -> bytes:
    """Return a style sheet without its comments, each line in its place."""
    first, *parts = sheet.split(b"/*")
    kept = [first]
    for part in parts:
        remark, end, rest = part.partition(b"*/")
        kept.append(b"\n" * remark.count(b"\n") + rest if end else b"\n" * part.count(b"\n"))
    return b"".join(kept)


def followed(page: str, link: str) -> str:
    """Return the name of the file in the package that a relative link on a page leads to; browsers turn backslashes."""
    path = unquote(pieces_of(link).path).replace("\\", "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def shown_as(name: str) -> tuple[str, ...]:
    """Return the files that servers show for a name: itself, or where it is a folder, the page that opens it."""
    folder = "" if name in (".", "") else f"{name}/"
    return (name, f"{folder}index.html", f"{folder}index.htm")


def named_from_the_top(link: str) -> str:
    """Return the name that a link has from the top of a cartridge, wherever it is written; "" where it names none."""
    path = unquote(pieces_of(link.removeprefix(FILEBASE)).path).replace("\\", "/")
    return posixpath.normpath(path.lstrip("/")) if path.strip("/") else ""
