"""HTML of a package as an LMS shows it: cleaned as the LMS would clean it, with its links leading where it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3

from coursewright.text.addresses import is_address
from coursewright.text.markdown.formulas import ATTRIBUTES, ELEMENTS

Leading = Callable[[str], str | None]
"""Returns where an address leads where the page is shown, or None if nowhere."""

_TAGS = frozenset(
    [
        *(
            "a",
            "abbr",
            "address",
            "article",
            "aside",
            "audio",
            "b",
            "bdo",
            "blockquote",
            "br",
            "caption",
            "cite",
            "code",
        ),
        *("col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "mark", "nav", "ol", "p"),
        *("pre", "q", "ruby", "rp", "rt", "samp", "section", "small", "source", "span", "strike", "strong", "sub"),
        *("summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "ul"),
        *("var", "video"),
    ]
)
_GONE = {"script", "style", "title", "svg", "template", "noscript", "object", "embed", "applet", "iframe", "head"}
_ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir", "role", "style", "name"},
    "a": {"href"},
    "audio": {"src", "controls"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "source": {"src", "type"},
    "table": {"border", "cellpadding", "cellspacing", "width", "summary"},
    "td": {"colspan", "rowspan", "align", "valign", "width"},
    "th": {"colspan", "rowspan", "scope", "align", "valign", "width"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "poster", "controls", "width", "height"},
}
_LINKS = {"href", "src", "poster"}
_SIDES = ("", "-top", "-right", "-bottom", "-left")
_PROPERTIES = frozenset(
    [
        *("background", "background-color", "background-image", "background-position", "background-repeat", "color"),
        *(
            "font",
            "font-family",
            "font-size",
            "font-stretch",
            "font-style",
            "font-variant",
            "font-weight",
            "line-height",
        ),
        *("width", "height", "min-width", "max-width", "min-height", "max-height", "display", "float", "clear"),
        *("overflow", "overflow-x", "overflow-y", "text-align", "text-decoration", "text-indent", "vertical-align"),
        *("white-space", "list-style", "list-style-type", "list-style-position", "table-layout", "visibility"),
        *("border-collapse", "border-spacing", "border-radius", "position", "top", "right", "bottom", "left"),
        *("flex", "flex-wrap", "flex-direction", "gap", "align-items", "justify-content", "letter-spacing"),
        *(f"{name}{side}" for name in ("margin", "padding", "border") for side in _SIDES),
        *(f"border{side}-{what}" for side in _SIDES for what in ("color", "style", "width")),
    ]
)
_FUNCTION = re.compile(r"[\w-]+\(|\\|/\*|<")
_STRANGE = re.compile(r"[^\x20-\x7e]|[_@*+=?\[{]")


def as_canvas_shows(html: str, leading: Leading) -> str:
    """Return a body as Canvas keeps it: an inline style with a character that it refuses is lost as a whole."""
    return _cleaned(html, leading, lambda style: "" if _STRANGE.search(style) else style)


def as_moodle_shows(html: str, leading: Leading) -> str:
    """Return a body as Moodle shows it."""
    return _cleaned(html, leading, lambda style: style)


def _cleaned(html: str, leading: Leading, styled: Callable[[str], str]) -> str:
    def kept(tag: str, attribute: str, value: str) -> str | None:
        if attribute in _LINKS:
            return value if value.startswith("#") else leading(value) if is_address(value) else None
        if attribute == "style":
            return _declared(styled(value)) or None
        return value

    cleaner = nh3.Cleaner(
        tags=set(_TAGS | ELEMENTS),
        clean_content_tags=_GONE,
        attributes={**_ATTRIBUTES, **{name: set(ATTRIBUTES) for name in ELEMENTS}},
        generic_attribute_prefixes={"data-", "aria-"},
        attribute_filter=kept,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return str(cleaner.clean(html))


def _declared(style: str) -> str:
    """Return the declarations of an inline style that are known, and that fetch nothing."""
    parts = (part.partition(":") for part in style.split(";"))
    kept = [
        f"{name.strip()}: {value.strip()}"
        for name, _, value in parts
        if name.strip().lower() in _PROPERTIES and value.strip() and not _FUNCTION.search(value)
    ]
    return "; ".join(kept)
