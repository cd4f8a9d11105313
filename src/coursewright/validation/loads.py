"""What a page or a style sheet has from elsewhere: the addresses that it loads, links to and sends to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from enum import Enum, auto
from urllib.parse import unquote, urlsplit

from lxml import etree

_LOADED = {
    **dict.fromkeys(("script", "img", "iframe", "frame", "source", "video", "audio", "track", "embed", "input"), "src"),
    "object": "data",
    "body": "background",
}
# What a <link> stands for, by its rel: other ones tell something, and load nothing.
_LOADING = {"stylesheet", "preload", "modulepreload", "prefetch", "import"}
_ICONS = {"icon", "shortcut", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "manifest"}
_STYLE_URL = re.compile(
    r"""url\(\s*["']?([^"'()\s]{1,2000})["']?\s*\)|@import\s+["']([^"']{1,2000})["']""", re.IGNORECASE
)
_STYLE_BYTES = re.compile(_STYLE_URL.pattern.encode(), re.IGNORECASE)
# In a srcset: an address up to a blank or a comma at its end, and what says when it is taken.
_CANDIDATE = re.compile(r"([^\s,]\S*?)(?:,(?=\s|$)|\s[^,]*|$)")
FILEBASE = "$IMS-CC-FILEBASE$"
"""What stands for the top of a package in the texts of cartridges."""


class Use(Enum):
    """What a page does with an address."""

    LOADS = auto()
    ICON = auto()
    LINKS = auto()
    SENDS = auto()


def addresses(root: etree._Element) -> Iterator[tuple[Use, str, int]]:
    """Yield the addresses on a page, as they are written, with their lines."""
    for element in root.iter(etree.Element):
        line = element.sourceline if isinstance(element.sourceline, int) else 0
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


def is_address(link: str) -> bool:
    """Say whether a link can be read as one."""
    try:
        urlsplit(link)
    except ValueError:
        return False
    return True


def followed(page: str, link: str) -> str:
    """Return the name of the file in the package that a relative link on a page leads to; browsers turn backslashes."""
    path = unquote(urlsplit(link).path).replace("\\", "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def shown_as(name: str) -> tuple[str, ...]:
    """Return the files that servers show for a name: itself, or where it is a folder, the page that opens it."""
    folder = "" if name in (".", "") else f"{name}/"
    return (name, f"{folder}index.html", f"{folder}index.htm")


def named_from_the_top(link: str) -> str:
    """Return the name that a link has from the top of a cartridge, wherever it is written; "" where it names none."""
    path = unquote(urlsplit(link.removeprefix(FILEBASE)).path).replace("\\", "/")
    return posixpath.normpath(path.lstrip("/")) if path.strip("/") else ""
