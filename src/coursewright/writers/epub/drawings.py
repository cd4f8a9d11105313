"""Drawings in SVG as a book holds them: what stricter readers than a browser reject is mended or taken out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from coursewright.text.patterns import later
from coursewright.writers.epub.xhtml import SVG

_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_HREFS = ("href", f"{{{_XLINK}}}href")
_NOT_1_1 = later(r"(?:flow|hatch|mesh|solidcolor)")
_ID = later(r"[^\W\d][\w.-]*", re.ASCII)
_NO_ID = later(r"[^\w.-]", re.ASCII)
_POINTER = later(r"url\(\s*['\"]?#([^'\")]*)['\"]?\s*\)")


def book_drawing(content: bytes) -> bytes:
    """Return a drawing for a book; nothing where it cannot be read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return b""
    for element in list(root.iter(etree.Element)):
        if not _stays(element) and (parent := element.getparent()) is not None:
            parent.remove(element)
    names = _named(root)
    for element in root.iter(etree.Element):
        _settle(element, names)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _stays(element: etree._Element) -> bool:
    name = etree.QName(element)
    return name.namespace == SVG and not _NOT_1_1.match(name.localname) and name.localname != "metadata"


def _named(root: etree._Element) -> Mapping[str, str]:
    """Give each id a form that is a name, once; return the new ones by the old."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for element in root.iter(etree.Element):
        old = element.get("id")
        if old is None:
            continue
        new = old if _ID.fullmatch(old) else f"i-{_NO_ID.sub('-', old)}"
        if old in names or new in taken:
            del element.attrib["id"]
        else:
            element.set("id", new)
            taken.add(new)
            names[old] = new
    return names


def _settle(element: etree._Element, names: Mapping[str, str]) -> None:
    """Take from an element what is no attribute of a drawing, and lead its references to what is there."""
    for name, value in [(str(name), str(value)) for name, value in element.attrib.items()]:
        space = etree.QName(name).namespace
        if space not in (None, _XLINK, _XML) or name.startswith("data-"):
            del element.attrib[name]
        elif name in _HREFS:
            _lead(element, name, value.strip(), names)
        elif "url(" in value:
            element.set(name, _POINTER.sub(lambda found: _pointer(found[1], names), value))


def _pointer(name: str, names: Mapping[str, str]) -> str:
    return f"url(#{names[name]})" if name in names else "none"


def _lead(element: etree._Element, name: str, value: str, names: Mapping[str, str]) -> None:
    """Lead a reference to where it is in the drawing; one that leads out of it goes, and a link becomes a group."""
    is_link = etree.QName(element).localname == "a"
    if value.startswith("#") and value[1:] in names and not is_link:
        element.set(name, f"#{names[value[1:]]}")
    elif is_link or not value.startswith("data:image/"):
        del element.attrib[name]
    if is_link:
        element.tag = f"{{{SVG}}}g"
        for other in ("target", f"{{{_XLINK}}}show", f"{{{_XLINK}}}title", f"{{{_XLINK}}}type"):
            element.attrib.pop(other, "")
