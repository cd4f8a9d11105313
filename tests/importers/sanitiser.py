"""What Canvas takes out of the HTML of a page, as it was seen to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from importers.package import local

DROPPED = {"script", "svg"}
"""Gone with everything in them."""
UNWRAPPED = {"button", "form", "label", "select", "main", "s", "center", "template"}
"""Gone, and their content stays."""
REMOVED = {"input", "link", "canvas", "wbr"}
UNRELIABLE = {"style"}
"""Sometimes kept and sometimes not: nothing to rely on."""
_KEPT = """
    a abbr address area article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details
    dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i iframe img ins kbd li map mark math nav
    ol p picture pre q rp rt ruby samp section small source span strong sub summary sup table tbody td tfoot th
    thead time tr track tt u ul var video
"""
KEPT = set(_KEPT.split())
_LOST = {"srcset", "hidden", "rel", "download", "srcdoc", "datetime"}
_LOST_OF = {("li", "value"), ("ol", "reversed"), ("details", "open")}
_STYLES = re.compile(
    r"color|background(-.+)?|border(-.+)?|margin(-.+)?|padding(-.+)?|((max|min)-)?(width|height)|display|flex(-.+)?"
    r"|grid(-.+)?|(row-|column-)?gap|position|float|clear|text-(align|decoration|indent)|font(-.+)?|line-height"
    r"|overflow(-[xy])?|vertical-align|white-space|list-style(-.+)?"
)


def stripped(body: etree._Element) -> Iterator[str]:
    """Yield in words, each once, what is lost of a body."""
    yield from dict.fromkeys(_below(body))


def _below(element: etree._Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if not name:
            continue
        if name in DROPPED:
            yield f"<{name}> with what is in it"
            continue
        yield from _element(name)
        if name not in REMOVED | UNWRAPPED:
            yield from _attributes(name, child)
        if name != "math":
            yield from _below(child)


def _element(name: str) -> Iterator[str]:
    if name in REMOVED:
        yield f"<{name}>"
    elif name in UNWRAPPED:
        yield f"<{name}> around its content"
    elif name in UNRELIABLE:
        yield f"<{name}>, which is not to be relied on"
    elif name not in KEPT:
        yield f"<{name}>, which is not known to be kept"


def _attributes(name: str, element: etree._Element) -> Iterator[str]:
    for key, value in element.items():
        attribute, text = str(key), re.sub(r"[\s\x00-\x1f]", "", str(value)).lower()
        if attribute in _LOST or (name, attribute) in _LOST_OF or attribute.startswith("on"):
            yield f"the {attribute} of <{name}>"
        elif attribute == "style":
            yield from (f"the style {lost} of <{name}>" for lost in _styles(str(value)))
        elif text.startswith("javascript:") or (name == "img" and attribute == "src" and text.startswith("data:")):
            yield f"the {attribute} of <{name}>, a {text.partition(':')[0]}: address"


def _styles(text: str) -> Iterator[str]:
    """Yield the properties of an inline style that are lost, for their name or for their value."""
    for declaration in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).split(";"):
        name, _, value = (part.strip().lower() for part in declaration.partition(":"))
        if name and (not _STYLES.fullmatch(name) or re.search(r"var\(|url\(\s*['\"]?data:", value)):
            yield name
