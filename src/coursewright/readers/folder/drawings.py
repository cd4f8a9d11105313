"""Drawings in SVG without what could run or call home: scripts, handlers, foreign content, addresses on the web."""

from __future__ import annotations

import re

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
MAX_ELEMENTS = 200_000
_ELEMENTS = re.compile(
    r"(?:svg|g|defs|symbol|use|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|textPath|title|desc|metadata|image"
    r"|style|linearGradient|radialGradient|stop|clipPath|mask|pattern|marker|filter|switch|view|a|font|font-face|glyph"
    r"|missing-glyph|hkern|vkern|fe[A-Z][A-Za-z]{3,20}|animate(?:Transform|Motion)?|mpath|set|flow(?:Root|Region|Para|Span|Line|Div)|solidcolor|hatch|hatchpath|mesh"
    r"|meshpatch|meshrow)$"
)
_OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpe?g|gif|webp);)", re.IGNORECASE)
_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_LOADS = re.compile(
    r"@import[^;]*;?|url\(\s*(?!['\"]?#|['\"]?data:image/)[^)]*\)|expression\s*\("
    r"|javascript:",
    re.IGNORECASE,
)


def cleaned(data: bytes) -> tuple[bytes | None, list[str]]:
    """Return a drawing without what is not allowed, and what that was; None where it is no drawing."""
    from lxml import etree  # 20 ms to import, and not every course has drawings

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, []
    if etree.QName(root).localname != "svg":
        return None, []
    dropped: dict[str, None] = {}
    for count, element in enumerate(list(root.iter())):
        if count > MAX_ELEMENTS:
            return None, []
        if isinstance(element.tag, str):
            _clean(element, dropped)
        elif element.tag is etree.Entity and element.getparent() is not None:
            dropped["entities"] = None
            element.getparent().remove(element)
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in data:
        dropped["entities"] = None
    return (etree.tostring(root, encoding="utf-8", xml_declaration=True) if dropped else data), list(dropped)


def _clean(element: object, dropped: dict[str, None]) -> None:
    """Take from an element what is not allowed of it, or the element itself."""
    from lxml import etree

    assert isinstance(element, etree._Element)  # noqa: S101 - for the types
    name = etree.QName(element)
    parent = element.getparent()
    if parent is None and element is not element.getroottree().getroot():
        return
    refused = name.namespace == XHTML or (name.namespace in (SVG, None) and not _ELEMENTS.match(name.localname))
    if refused and parent is not None:
        dropped[f"<{name.localname}>"] = None
        _remove(element)
        return
    for attribute, value in list(element.attrib.items()):
        told = _refused(str(attribute), str(value), name.localname)
        if told:
            dropped[told] = None
            del element.attrib[attribute]
    if name.localname == "style" and element.text and _LOADS.search(element.text):
        dropped["styles from elsewhere"] = None
        element.text = _LOADS.sub("", element.text)


def _remove(element: object) -> None:
    """Take an element out, and leave the text after it."""
    from lxml import etree

    assert isinstance(element, etree._Element)  # noqa: S101
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _refused(attribute: str, value: str, element: str) -> str:
    """Return why an attribute of an element is not allowed, or nothing."""
    name = attribute.rpartition("}")[2].lower()
    if name.startswith("on"):
        return "handlers"
    if name in ("href", "src"):
        if element == "a" and _WEB.match(value):
            return ""
        return "" if _OWN.match(value) or not value.strip() else "addresses elsewhere"
    return "styles from elsewhere" if _LOADS.search(value) else ""
