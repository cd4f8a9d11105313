"""A page for an LMS that leaves our stylesheet out: what must not look like plain text has its looks in itself.

An attribute that a cleaner takes apart has plain ASCII, colours as hexadecimal numbers, and text and ground together.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import html
from markupsafe import Markup

_EDGE, _GROUND, _INK = "#c7cdd1", "#f5f7f9", "#2d3b45"
_CARD = (
    "border: 1px solid {edge}; border-left: 6px solid {mark}; border-radius: 4px; padding: 12px 16px;"
    " margin: 0 0 16px 0; background-color: #ffffff; color: {ink};"
)
_MARK = "#0374b5"
_MARKS = {
    "#b54708": ("attention", "caution", "important", "warning"),
    "#b3261e": ("danger", "error", "failure"),
    "#0b7a43": ("hint", "keypoints", "solution", "success", "tip"),
}
_STYLES: Mapping[str, str] = {
    "callout-title": "font-weight: bold; margin: 0 0 8px 0;",
    "code-title": "font-weight: bold; margin: 0 0 4px 0;",
    "film": f"border: 1px solid {_EDGE}; border-radius: 4px; padding: 12px 16px; margin: 0 0 16px 0;",
    "film-host": "display: block;",
    "pre": (
        f"border: 1px solid {_EDGE}; border-radius: 4px; padding: 12px 16px; margin: 0 0 16px 0;"
        f" background-color: {_GROUND}; color: {_INK}; overflow-x: auto; white-space: pre;"
    ),
    "blockquote": f"border-left: 4px solid {_EDGE}; padding: 0 0 0 16px; margin: 0 0 16px 0;",
    "table": "border-collapse: collapse; margin: 0 0 16px 0;",
    "th": f"border: 1px solid {_EDGE}; padding: 6px 12px; background-color: {_GROUND}; color: {_INK};",
    "td": f"border: 1px solid {_EDGE}; padding: 6px 12px; vertical-align: top;",
    "centred": "text-align: center;",
    "end": "text-align: right;",
    "scroll": "overflow-x: auto;",
    "img": "max-width: 100%; height: auto;",
}


def dressed(body: Markup) -> Markup:
    """Return a page whose boxes, listings, tables and pictures bring their looks along."""
    root = html.fragment_fromstring(str(body), create_parent="div")
    for element in list(root.iter()):
        if isinstance(element.tag, str):
            _dress(element)
    whole = html.tostring(root, encoding="unicode")
    return Markup(whole.removeprefix("<div>").removesuffix("</div>"))  # noqa: S704 - was safe, and has styles in it now


def _dress(element: html.HtmlElement) -> None:
    names = element.get("class", "").split()
    styles = [_STYLES[name] for name in (element.tag, *names) if name in _STYLES]
    styles += [_card(names)] if "callout" in names else []
    if styles:
        own = element.get("style", "").strip()
        element.set("style", " ".join([*styles, own]).strip())
    if element.tag == "table" and "scroll" not in (element.getparent().get("class") or ""):
        _scroll(element)


def _card(names: list[str]) -> str:
    kinds = {name.removeprefix("callout-") for name in names}
    mark = next((mark for mark, of in _MARKS.items() if kinds & set(of)), _MARK)
    return _CARD.format(edge=_EDGE, mark=mark, ink=_INK)


def _scroll(table: html.HtmlElement) -> None:
    """Put a table into a frame that scrolls: on a phone it may be wider than the page."""
    frame = html.Element("div", style="overflow-x: auto;")
    frame.tail, table.tail = table.tail, None
    parent = table.getparent()
    parent.replace(table, frame)
    frame.append(table)
