"""What Markdown cannot say: HTML, with no more of tags and attributes than our own cleaner leaves."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

from coursewright.text.markdown.anchors import anchor_of
from coursewright.text.markdown.backwards.equations import TAG
from coursewright.text.markdown.backwards.escapes import in_html
from coursewright.text.markdown.backwards.page import Source, add_words, nodes
from coursewright.text.markdown.formulas import ATTRIBUTES, ELEMENTS, formula

_KEPT = frozenset(
    [
        *("a", "abbr", "audio", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd"),
        *("del", "details", "dfn", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
        *("iframe", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rt", "ruby", "s", "samp", "small"),
        *("source", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr"),
        *("track", "u", "ul", "var", "video", *ELEMENTS),
    ]
)
_RENAMED = {"b": "strong", "i": "em", "tt": "code", "strike": "s"}
_ATTRIBUTES = {
    "a": ("href", "title"), "abbr": ("title",), "bdo": ("dir",), "col": ("span",), "colgroup": ("span",),
    "details": ("open",), "iframe": ("src", "title"), "img": ("src", "alt", "width", "height"), "li": ("value",),
    "audio": ("src", "controls"), "video": ("src", "poster", "controls", "width", "height"), "source": ("src", "type"),
    "ol": ("start", "reversed"), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan", "scope"),
    "time": ("datetime",), "track": ("src", "kind", "srclang", "label"),
}  # fmt: skip
_TABLE = ("table", "thead", "tbody", "tfoot")
_WITHIN = {
    "td": ("tr",), "th": ("tr",), "tr": _TABLE, "li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",),
    **dict.fromkeys(("thead", "tbody", "tfoot", "caption", "colgroup", "col"), ("table", "colgroup")),
}  # fmt: skip
_ADDRESSES = ("href", "src", "poster")
_ALIGN = re.compile(r"(?:^|;)\s*text-align\s*:\s*(left|right|center)", re.IGNORECASE)
_STRUCTURE = frozenset(("table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "colgroup", "video", "audio"))
_NEVER_CLOSED = re.compile(r"</(?:source|track|wbr)>")  # the parser is older than these, and closes them


def raw(source: Source, element: Element) -> str:
    """Return an element as HTML that may stand among Markdown: clean, its addresses led, and without an empty line."""
    return html_of(_copied(source, element))


def html_of(element: Element) -> str:
    """Return the HTML of an element."""
    made = str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
    return in_html(_NEVER_CLOSED.sub("", made).strip())


def _copied(source: Source, element: Element) -> Element:
    holder = etree.Element("div")
    _copy(source, element, holder)
    return holder[0] if len(holder) else holder


def _copy(source: Source, element: Element, holder: Element) -> None:
    """Put a copy of an element into a holder, or what is in it where it is nothing itself."""
    tag = _RENAMED.get(str(element.tag), str(element.tag))
    if tag == TAG:
        _copy_formula(element, holder)
        return
    if label := source.notes.get(element.get("data-note-mark", "")):
        _copy_mark(label, holder)
        return
    if tag in _KEPT and _may_stand(tag, str(holder.tag)):
        made = etree.Element(tag)
        for name, value in _attributes(source, element, tag):
            made.set(name, value)
        holder.append(made)
        holder = made
    for node in nodes(element):
        if not isinstance(node, str):
            _copy(source, node, holder)
        elif tag not in _STRUCTURE or node.strip():
            add_words(holder, node)
    if tag in _STRUCTURE and holder.tag == tag:
        _set_in_lines(holder)


def _may_stand(tag: str, holder: str) -> bool:
    """Say whether a tag may stand right in another: parts of tables, lists and formulas stand in these alone."""
    if holder in ELEMENTS or tag in ELEMENTS:
        return tag in ELEMENTS and (tag == "math") != (holder in ELEMENTS)
    return tag not in _WITHIN or holder in _WITHIN[tag]


def _attributes(source: Source, element: Element, tag: str) -> list[tuple[str, str]]:
    names = tuple(ATTRIBUTES) if tag in ELEMENTS else _ATTRIBUTES.get(tag, ())
    found = [(name, element.get(name, "")) for name in sorted(names) if element.get(name) is not None]
    found = [(name, source.lead(value.strip()) if name in _ADDRESSES else value) for name, value in found]
    if tag in ("td", "th") and (align := alignment(element)) not in ("", "left"):
        found.append(("style", f"text-align: {align};"))
    if (name := element.get("id")) and name in source.anchors:
        found.append(("id", name))
    return [(name, value) for name, value in found if value or name not in _ADDRESSES]


def alignment(cell: Element) -> str:
    """Return the side on which the words of a cell stand, if it says one: the last word of its style counts."""
    found = _ALIGN.findall(cell.get("style", ""))
    align = (found[-1] if found else cell.get("align", "")).lower()
    return align if align in ("left", "right", "center") else ""


def _set_in_lines(holder: Element) -> None:
    """Put each thing in a list or table onto a line of its own."""
    if not len(holder) or holder.tag == "tr":
        return
    holder.text = f"{(holder.text or '').strip()}\n"
    for child in holder:
        child.tail = f"{(child.tail or '').strip()}\n"


def _copy_mark(label: str, holder: Element) -> None:
    """Put a link to a note, which gets its id from its label, into a holder."""
    link = etree.SubElement(etree.SubElement(holder, "sup"), "a", {"href": f"#fn-{anchor_of(label)}"})
    link.text = label


def _copy_formula(element: Element, holder: Element) -> None:
    latex = element.text or ""
    made = formula(latex, display=element.get("display") == "block")
    if made is None:
        code = etree.Element("code")
        code.text = latex
        holder.append(code)
        return
    from xml.etree.ElementTree import tostring

    holder.append(etree.fromstring(tostring(made, encoding="unicode")))
