"""What Canvas leaves of the looks of a page: a page as its sanitiser writes it, and what is wrong with inline styles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.sanitiser import DROPPED, REMOVED
from lxml import html
from lxml.html import HtmlElement

UNWRAPPED = {
    *("section", "article", "aside", "nav", "header", "footer", "details", "summary", "mark", "kbd", "samp", "var"),
    *("time", "dfn", "ruby", "picture", "main", "s", "button", "label", "form", "center", "template"),
}
"""Gone in the oldest sanitiser that was seen, and their content stays."""
_SIDES = "(?:-(?:top|right|bottom|left))?"
KEPT = re.compile(
    rf"background(?:-color)?|border{_SIDES}(?:-(?:color|style|width))?|border-(?:collapse|spacing)|color"
    rf"|font(?:-(?:family|size|stretch|style|variant|weight))?|line-height|(?:min-|max-)?(?:width|height)"
    rf"|margin{_SIDES}|padding{_SIDES}|display|float|clear|overflow(?:-[xy])?|text-(?:align|decoration|indent)"
    r"|vertical-align|white-space|list-style(?:-type)?|table-layout"
)
"""Properties that every sanitiser keeps."""
BONUS = {"border-radius"}
"""Properties without which a page looks right, too."""
_COLOUR = re.compile(r"(?:^|[-\s])(?:color|background-color|border(?:-\w+)*)$")
_BREAKING = set("_@*+=?[{")


def declarations(style: str) -> list[tuple[str, str]]:
    """Return the properties and values of a style."""
    parts = [one.partition(":") for one in style.split(";") if one.strip()]
    return [(name.strip(), value.strip()) for name, _, value in parts]


def faults(body: str) -> Iterator[str]:
    """Yield what is wrong with the styles of a page by the rules of Canvas's sanitiser and of a dark page."""
    root = html.fragment_fromstring(body, create_parent="div")
    for element in root.iter("*"):
        style = element.get("style")
        if style is not None:
            yield from (f"<{element.tag} style={style!r}>: {fault}" for fault in _faults(element, style))


def _faults(element: HtmlElement, style: str) -> Iterator[str]:
    if not style.isascii() or set(style) & _BREAKING or not style.strip():
        yield "it is emptied whole"
    found = declarations(style)
    for name, value in found:
        if not KEPT.fullmatch(name) and name not in BONUS:
            yield f"{name} is lost"
        if "(" in value or "!" in value:
            yield f"{value} is lost"
        if _COLOUR.search(name) and re.search(r"#", value) and not re.search(r"#[0-9a-f]{6}\b", value):
            yield f"{value} is no colour in six digits"
    names = {name for name, _ in found}
    if ("color" in names) != ("background-color" in names) and (element.text or len(element)):
        yield "text and ground are not coloured together"


def sanitised(body: str) -> str:
    """Return a page as the oldest sanitiser that was seen writes it."""
    root = html.fragment_fromstring(body, create_parent="div")
    for element in list(root.iterdescendants("*")):
        if element.tag in DROPPED or element.tag in REMOVED:
            element.drop_tree()
        elif element.tag in UNWRAPPED:
            element.drop_tag()
        elif "style" in element.attrib:
            _style(element)
    return "".join([root.text or "", *(html.tostring(child, encoding="unicode") for child in root)])


def _style(element: HtmlElement) -> None:
    style = element.attrib.pop("style")
    if style.isascii() and not set(style) & _BREAKING:
        kept = [f"{name}: {value};" for name, value in declarations(style) if KEPT.fullmatch(name) and "(" not in value]
        element.set("style", " ".join(kept))
