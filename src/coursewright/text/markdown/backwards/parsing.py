"""Anybody's HTML as a tree that is safe to walk: decoded, without namespaces, and nested no deeper than we can read."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.page import Dropped, Source

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_WINDOWS = re.compile("[\x80-\x9f]")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)[^<>]*>")
_ENDED_BY_THE_NEXT = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        "wbr",
        *("p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot", "rt", "rp", "colgroup"),
    ]
)
_DEEPEST_TAGS = 400  # the parser leaves out what is nested much deeper
_DECLARATION = re.compile(r"^\s*<\?xml[^<>]*\?>", re.IGNORECASE)
_CONDITION = re.compile(r"<!\[(?:if|endif)[^<>]*\]>", re.IGNORECASE)
_CLOSED_AT_ONCE = re.compile(
    r"<(a|b|i|p|em|div|span|strong|iframe|script|style|textarea|title|video|audio|td|th|li|sub|sup|u|h[1-6])"
    r"(\s[^<>]*)?/>",
    re.IGNORECASE,
)
_DEEPEST = 48
_HOLDING, _MOST_HELD = frozenset(("ul", "ol", "dl", "blockquote", "details")), 12  # our readers take few more
_FRAME = frozenset(("html", "body"))


def opened(text: str, source: Source) -> Element:
    """Return the body of a page; comments are gone from it, and what is nested too deep stands less deep."""
    root = _parsed(text)
    bodies = root.findall(".//body")
    body = bodies[0] if bodies else root
    for more in bodies[1:]:
        body.append(more)
    _plain_names(body, source)
    for listing in body.iterfind(".//div[@class='code']"):
        etree.strip_tags(listing, "span")  # the words that we coloured
    _flatten(body, source)
    return body


def _parsed(text: str) -> Element:
    text = _WINDOWS.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "replace"), text)
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", _DECLARATION.sub("", text)) if "/>" in text else text
    if "<![" in text:
        text = _CONDITION.sub("", text.replace("<![CDATA[", "").replace("]]>", ""))
    text = _shallow(text)
    if not text.strip():
        return etree.Element("div")
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8")  # its elements are made twice as fast as lxml.html's
    try:
        return etree.fromstring(f"<div>{text}</div>".encode(), parser=parser)
    except etree.LxmlError:
        empty = etree.Element("div")
        empty.text = re.sub(r"<[^<>]*>", " ", text)
        return empty


def _shallow(text: str) -> str:
    """Return HTML without the tags that nest too deep for the parser."""
    if text.count("<") < _DEEPEST_TAGS:
        return text
    level = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal level
        if found["name"].lower() in _ENDED_BY_THE_NEXT or found[0].endswith("/>"):
            return found[0]
        if found["end"]:
            level -= 1
            return found[0] if level < _DEEPEST_TAGS else " "
        level += 1
        return found[0] if level <= _DEEPEST_TAGS else " "

    return _TAG.sub(kept, text)


def _plain_names(body: Element, source: Source) -> None:
    """Take away comments, and the prefixes of elements of MathML and SVG; what Word has of its own is left out."""
    for element in list(body.iter()):
        if not isinstance(element.tag, str):
            source.drop(Dropped.WORD if "[if" in (element.text or "") else Dropped.COMMENTS)
            remove(element)
        elif ":" in element.tag or element.tag.startswith("{"):
            prefix, _, name = element.tag.replace("}", ":").rpartition(":")
            if prefix.strip("{").lower() in ("o", "w", "v", "st1", "m0", "u1"):
                source.drop(Dropped.WORD)
                unwrap(element)
            else:
                element.tag = name.lower() or "span"


def remove(element: Element) -> None:
    """Take an element away with all that is in it; what stands behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _put_before(element, parent, element.tail)
    element.tail = None
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Take an element away, and leave what is in it in its place."""
    parent = element.getparent()
    if parent is None:
        return
    _put_before(element, parent, element.text)
    if len(element):
        last = element[-1]
        last.tail = (last.tail or "") + (element.tail or "")
    else:
        _put_before(element, parent, element.tail)
    element.tail = None
    for child in list(element):
        element.addprevious(child)
    parent.remove(element)


def _put_before(element: Element, parent: Element, text: str | None) -> None:
    before = element.getprevious()
    if not text:
        return
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _flatten(body: Element, source: Source) -> None:
    """Take away elements that stand too deep, from the outside in, and leave what is in them."""
    deep: list[Element] = []
    level = held = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        step = 1 if event == "start" else -1
        level, held = level + step, held + step * (element.tag in _HOLDING)
        if event == "start" and element.tag not in _FRAME:
            deep += [element] if level > _DEEPEST or (held > _MOST_HELD and element.tag in _HOLDING) else []
    source.drop(Dropped.DEPTH, len(deep))
    for element in deep:
        if len(element) or element.text:
            unwrap(element)
