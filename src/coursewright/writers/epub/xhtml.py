"""HTML as the XHTML of a book: well-formed, in its namespaces, and with nothing in it that a validator rejects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import cast

from lxml import etree
from lxml.etree import Element, _Element
from lxml.html import defs

from coursewright.packages.documents.epub import OPS
from coursewright.text.patterns import later

XHTML = "http://www.w3.org/1999/xhtml"
MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PARSER = etree.HTMLParser()
_ISLANDS = {"math": MATHML, "svg": SVG}
_CASED = {
    name.lower(): name for name in ("viewBox", "preserveAspectRatio", "markerWidth", "markerHeight", "refX", "refY")
}
_NO_XML = later("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_POINTING = frozenset(("for", "headers", "aria-describedby", "aria-labelledby", "aria-controls"))
_WITH_ATTRIBUTES = etree.XPath("descendant-or-self::*[@*]")
_EMPTY = etree.XPath("descendant-or-self::*[not(node())]")
_SPELLED = frozenset(("lang", "xmlns", "xml:lang", "epub:type"))  # attributes of other names in XHTML
_GONE = frozenset(("tabindex", "target", "rel", "download", "name", "autocomplete", "align", "novalidate"))
_NUMBER, _COUNT = later(r"\d{1,5}"), later(r"[1-9]\d{0,2}")
_TAG = later(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# What an attribute may hold; what is otherwise goes.
_HOLDS: Mapping[str, re.Pattern[str]] = {
    "width": _NUMBER,
    "height": _NUMBER,
    "start": later(r"-?\d{1,9}"),
    "value": later(r"-?\d{1,9}"),
    "colspan": _COUNT,
    "rowspan": _COUNT,
    "span": _COUNT,
    "scope": later("row|col|rowgroup|colgroup"),
    "dir": later("ltr|rtl|auto"),
    "lang": _TAG,
    "id": later(r"\S+"),
    "datetime": later(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])"),
}
_TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary"))
_TEXT = _TITLES.union(
    ("a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "legend", "mark", "p", "q", "s", "samp"),
    ("small", "span", "strong", "sub", "sup", "time", "u", "var"),
)
_BLOCKS = _TITLES.difference(("summary",)).union(
    ("article", "blockquote", "details", "div", "dl", "fieldset", "figure", "form", "hr", "ol", "p", "section"),
    ("table", "ul"),
)
# Where an element may stand; elsewhere it is a plain one.
_WITHIN: Mapping[str, tuple[str, ...]] = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "figcaption": ("figure",),
    "summary": ("details",),
    "caption": ("table",),
    "tr": ("table", "tbody", "thead", "tfoot"),
    "td": ("tr",),
    "th": ("tr",),
    "tbody": ("table",),
    "thead": ("table",),
    "tfoot": ("table",),
}


def tree_of(page: str) -> _Element:
    """Return a page of HTML as a tree, to be changed and then written."""
    root = etree.fromstring(_NO_XML.sub("", page), _PARSER)
    for element in reversed(elements(root, "source", "track", "wbr")):
        _emptied(element)
    return root


def _emptied(element: _Element) -> None:
    """Put after an element what the parser, which is older than HTML5, took for its content."""
    for child in reversed(list(element)):
        element.addnext(child)
    if element.text:
        element.tail, element.text = f"{element.text}{element.tail or ''}", None


def tidy(root: _Element) -> None:
    """Take from a tree what HTML forgives and a book must not have."""
    for element in list(root.iter(*_WITHIN)):
        parent = element.getparent()
        above = None if parent is None else parent.getparent()
        is_apart = parent is not None and parent.tag == "div" and above is not None
        holder = above if is_apart and element.tag in ("dt", "dd") else parent
        if holder is not None and holder.tag not in _WITHIN[element.tag]:
            element.tag = "div"
    for rule in (_items, _terms, _titled_details, _plain_holders, _single_links):
        rule(root)
    for element in elements(root, "pre"):
        element.set("dir", element.get("dir") or "ltr")  # which a book's stylesheet must not say
    _tidy_attributes(root)


def _tidy_attributes(root: _Element) -> None:
    """Take from a tree the attributes that a book does not know, each id that is another's, and what points nowhere."""
    seen: set[str] = set()
    islands = {element for island in elements(root, *_ISLANDS) for element in island.iter()}
    pointing: list[tuple[_Element, str, str]] = []
    for element in with_attributes(root):
        if element not in islands:
            _attributes(element, seen)
        pointing += [(element, *given) for given in _given(element) if given[0] in _POINTING]
    for element, name, value in pointing:
        if not seen.issuperset(value.split()):
            del element.attrib[name]


def elements(root: _Element, *tags: str) -> list[_Element]:
    """Return the elements of a tree, or those with some tags, without comments; it may be changed meanwhile."""
    return list(root.iter(*tags) if tags else root.iter(etree.Element))


def with_attributes(root: _Element) -> list[_Element]:
    """Return the elements of a tree that have attributes, which are a third of all."""
    return cast("list[_Element]", _WITH_ATTRIBUTES(root))


def _items(root: _Element) -> None:
    """Let lists hold items alone."""
    for listing in elements(root, "ul", "ol"):
        for child in list(listing):
            if child.tag != "li":
                item = Element("li")
                listing.replace(child, item)
                item.append(child)


def _terms(root: _Element) -> None:
    """Let a list of terms have each with what it means; what is otherwise is plain text."""
    for terms in elements(root, "dl"):
        groups = [list(child) if child.tag == "div" else [child] for child in terms]
        tags = [child.tag for group in groups for child in group]
        kinds = {child.tag == "div" for child in terms}
        if not tags or {*tags} - {"dt", "dd"} or tags[0] != "dt" or tags[-1] != "dd" or len(kinds) > 1:
            terms.tag = "div"
            for child in elements(terms, "dt", "dd"):
                child.tag = "div"


def _titled_details(root: _Element) -> None:
    """Let what folds begin with its title."""
    for details in elements(root, "details"):
        summary = details.find("summary")
        if summary is None:
            summary = Element("summary")
            summary.text = "…"
        if not len(details) or details[0] is not summary:
            details.insert(0, summary)
        if details.text and details.text.strip():
            summary.tail, details.text = f"{details.text}{summary.tail or ''}", None


def _plain_holders(root: _Element) -> None:
    """Let no paragraph or stretch of text hold what is a block: the innermost first, as a holder may become one."""
    for element in reversed(elements(root, *_TEXT)):
        if not len(element):
            continue
        if element.tag in _TITLES:
            for inner in elements(element, *_BLOCKS, *_WITHIN):
                inner.tag = "span" if inner is not element else inner.tag
        elif not any(child.tag in _BLOCKS for child in element):
            continue
        elif element.tag != "a":
            element.tag = "div"
        elif (parent := element.getparent()) is not None and parent.tag in _TEXT:
            parent.tag = "div" if parent.tag not in _TITLES else parent.tag


def _single_links(root: _Element) -> None:
    for link in elements(root, "a"):
        if next(link.iterancestors("a"), None) is not None:
            link.tag = "span"
            link.attrib.pop("href", "")


def _attributes(element: _Element, seen: set[str]) -> None:
    """Take from an element what a book does not know, and an id that another has."""
    for name, value in _given(element):
        kept = _HOLDS.get(name)
        is_odd = element.tag != "link" and kept is not None and not kept.fullmatch(value)
        if (
            is_odd
            or (name in _GONE and element.tag != "link")
            or name.startswith(("data-", "on"))
            or (name == "value" and element.tag != "li")
        ):
            del element.attrib[name]
    if known := element.get("id"):
        if known in seen:
            del element.attrib["id"]
        seen.add(known)


def drop(element: _Element) -> None:
    """Take an element out of its tree; what stands after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is None:
        parent.text = f"{parent.text or ''}{element.tail}"
    elif element.tail and before is not None:
        before.tail = f"{before.tail or ''}{element.tail}"
    parent.remove(element)


def written(root: _Element) -> bytes:
    """Return a tree as a document of XHTML; it is of no use after that."""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for island in reversed(elements(root, *_ISLANDS)):
        own = _ISLANDS[str(island.tag)]
        if own not in (_ISLANDS[str(around.tag)] for around in islice(island.iterancestors(*_ISLANDS), 1)):
            _named(_moved(island, own, {None: own}), own)
    whole = _moved(root, "", {"epub": OPS})
    for element in with_attributes(whole):
        if not _SPELLED.isdisjoint(element.keys()) and _is_plain(element):
            _respelled(element, "")
    for element in cast("list[_Element]", _EMPTY(whole)):
        if element.tag not in defs.empty_tags and _is_plain(element):
            element.text = ""  # so that it has an end
    said = etree.tostring(whole, encoding="UTF-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return said.replace(b"<html", b'<html xmlns="%s"' % XHTML.encode(), 1) + b"\n"  # sooner than by each element


def _moved(old: _Element, namespace: str, spaces: dict[str | None, str]) -> _Element:
    """Return an element in a namespace, which it declares, with all that is in another, and in the place of that."""
    new = Element(f"{{{namespace}}}{old.tag}", nsmap=cast("dict[str, str]", spaces))
    for name, value in _given(old):
        _set(new, name, value, namespace)
    new.text, new.tail = old.text, old.tail
    new.extend(list(old))
    if (parent := old.getparent()) is not None:
        parent.replace(old, new)
    return new


def _named(whole: _Element, namespace: str) -> None:
    """Put everything in an element into a namespace, but for what is in one."""
    for element in whole.iter(etree.Element):
        if _is_plain(element):
            element.tag = f"{{{namespace}}}{element.tag}"
            if namespace == SVG or not _SPELLED.isdisjoint(element.keys()):
                _respelled(element, namespace)


def _is_plain(element: _Element) -> bool:
    return not str(element.tag).startswith("{")


def _given(element: _Element) -> list[tuple[str, str]]:
    """Return the attributes of an element."""
    return cast("list[tuple[str, str]]", element.items())


def _respelled(element: _Element, namespace: str) -> None:
    given = _given(element)
    element.attrib.clear()
    for name, value in given:
        _set(element, name, value, namespace)


def _set(element: _Element, name: str, value: str, namespace: str) -> None:
    if name in ("xmlns", "xml:lang") or name.startswith("xmlns:"):
        return
    if name == "lang":
        element.set(_XML_LANG, value)
    if name.startswith("epub:"):
        element.set(f"{{{OPS}}}{name.removeprefix('epub:')}", value)
    elif namespace == SVG:
        element.set(_CASED.get(name, name), value)
    else:
        element.set(name, value)
