"""A package as an importer meets it: the files of a zip, and the XML and HTML in them."""

from __future__ import annotations

import html
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

MANIFEST = "imsmanifest.xml"
HTML = (".html", ".htm", ".xhtml")
Package = Path | str | bytes
_NCNAME = re.compile(r"[^\W\d][\w.\-]*")
_RAW = {"script", "style"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_ADDRESSES = ("href", "src", "data", "poster", "action", "background")


class ImportAborted(Exception):  # noqa: N818 (an importer's answer to a package, and no fault of the reader)
    """The importer takes nothing: `str(error)` says why, and `reasons` holds each reason alone."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class Archive:
    """The files of a zip by their names. Raises ImportAborted for what is no zip."""

    def __init__(self, package: Package) -> None:
        data = package if isinstance(package, bytes) else Path(package).read_bytes()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            raise ImportAborted("the package is no zip that can be read") from error
        self.size = len(data)
        self.entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self.names = tuple(dict.fromkeys(entry.filename for entry in self.entries))

    @property
    def unpacked(self) -> int:
        return sum(entry.file_size for entry in self.entries)

    def twice(self) -> Iterator[str]:
        """Yield the names that several entries have."""
        names = [entry.filename for entry in self.entries]
        yield from (name for name in self.names if names.count(name) > 1)

    def read(self, name: str) -> bytes:
        """Return a file. Raises ImportAborted where the zip is damaged, and KeyError where there is no such file."""
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise ImportAborted(f"{name} cannot be unpacked: {error}") from error


def is_symlink(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def is_id(text: str) -> bool:
    """Whether a text can be an xs:ID."""
    return _NCNAME.fullmatch(text) is not None


def is_html(path: str) -> bool:
    return path.lower().endswith(HTML)


def decoded(address: str) -> str:
    """Return the path of an address as the zip would name it: no query, no fragment, no percent signs."""
    return unquote(re.split(r"[?#]", address, maxsplit=1)[0])


# --- XML ---


def document(data: bytes) -> etree._Element:
    """Return the root of an XML document. Raises etree.XMLSyntaxError."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def patiently(data: bytes) -> tuple[etree._Element | None, str]:
    """Return the root of a document however damaged, and the complaint of a strict reader if there is one."""
    try:
        return document(data), ""
    except etree.XMLSyntaxError as error:
        complaint = f"line {error.lineno}: {error.msg}"
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        return etree.fromstring(data, reader), complaint
    except etree.XMLSyntaxError:
        return None, complaint


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; comments and instructions have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(element: etree._Element) -> str:
    return element.tag.rpartition("}")[0].removeprefix("{") if isinstance(element.tag, str) else ""


def children(element: etree._Element | None) -> list[etree._Element]:
    """Return the elements right inside one; comments and instructions are none."""
    return [] if element is None else [child for child in element if isinstance(child.tag, str)]


def words(element: etree._Element | None) -> str:
    """Return all text of an element with single spaces."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def raw(element: etree._Element | None) -> str:
    """Return all text of an element as it stands there."""
    if element is None:
        return ""
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""


@cache
def _steps(path: tuple[str, ...]) -> str:
    return "/".join(f"{{*}}{name}" for name in path)


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return what stands at a path of local names, in whatever namespaces."""
    return None if element is None else element.find(_steps(path))


def find_all(element: etree._Element | None, *path: str) -> list[etree._Element]:
    return [] if element is None else element.findall(_steps(path))


# --- HTML ---


@dataclass(frozen=True)
class Link:
    """An address in a document, with the element and the attribute that hold it."""

    tag: str
    attribute: str
    address: str


def page(data: bytes | str) -> etree._Element:
    """Return the root of an HTML document or fragment; there is always a body."""
    source = data if isinstance(data, bytes) else data.encode()
    reader = etree.HTMLParser(encoding="utf-8", no_network=True)
    try:
        root = etree.fromstring(source, reader)
    except etree.XMLSyntaxError:
        root = None
    if root is None or root.tag != "html":
        root = etree.Element("html")
    if root.find("body") is None:
        etree.SubElement(root, "body")
    return root


def body(root: etree._Element) -> etree._Element:
    found = root.find("body")
    assert found is not None
    return found


def inner(element: etree._Element) -> str:
    """Return the HTML within an element, its addresses untouched and its comments left out."""
    text = element.text or ""
    return (text if element.tag in _RAW else html.escape(text, quote=False)) + "".join(map(_outer, element))


def _outer(element: etree._Element) -> str:
    tail = html.escape(element.tail or "", quote=False)
    if not isinstance(element.tag, str):
        return tail
    attributes = "".join(f' {name!s}="{html.escape(str(value))}"' for name, value in element.items())
    end = "" if element.tag in _VOID else f"{inner(element)}</{element.tag}>"
    return f"<{element.tag}{attributes}>{end}{tail}"


def elements(element: etree._Element) -> Iterator[etree._Element]:
    """Yield everything below an element but comments and instructions."""
    yield from (found for found in element.iterdescendants() if isinstance(found.tag, str))


def links(element: etree._Element) -> Iterator[Link]:
    """Yield every address below an element."""
    for found in elements(element):
        for attribute in _ADDRESSES:
            if found.get(attribute) is not None:
                yield Link(local(found), attribute, found.get(attribute, "").strip())
        for candidate in found.get("srcset", "").split(","):
            if candidate.strip():
                yield Link(local(found), "srcset", candidate.split()[0])


def anchors(element: etree._Element) -> set[str]:
    """Return the names that a fragment can lead to."""
    ids = {found.get("id", "") for found in elements(element)}
    return (ids | {found.get("name", "") for found in element.iterdescendants("a")}) - {""}


def has_charset(root: etree._Element) -> bool:
    """Whether a page says in which encoding it is written."""
    metas = list(root.iterdescendants("meta"))
    return any(meta.get("charset") or "charset=" in meta.get("content", "").lower() for meta in metas)
