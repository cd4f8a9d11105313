"""What no Markdown needs: scripts, fields, drawings, pixels that count readers, and what is not shown."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.page import Dropped, Source, classes
from coursewright.text.markdown.backwards.parsing import remove

_GONE = {
    "script": Dropped.SCRIPTS, "noscript": Dropped.SCRIPTS, "template": Dropped.SCRIPTS,
    "style": Dropped.STYLES, "link": Dropped.STYLES, "meta": None, "title": None, "head": None, "base": None,
    "svg": Dropped.DRAWINGS, "canvas": Dropped.DRAWINGS, "map": Dropped.DRAWINGS,
    "select": Dropped.FORMS, "textarea": Dropped.FORMS, "datalist": Dropped.FORMS, "xml": Dropped.WORD,
    "rp": None, "bgsound": Dropped.EMBEDS, "applet": Dropped.EMBEDS,
}  # fmt: skip
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_SIGNS = frozenset(("katex-html", "ui-icon-extlink", "external_link_icon", "headerlink", "anchor-link", "hash-link"))
_TINY = re.compile(r"\s*[01](?:px)?\s*")
_COUNTERS = re.compile(
    r"//(?:[\w-]+\.)*(?:google-analytics\.com|doubleclick\.net|googletagmanager\.com|facebook\.com/tr|pixel\.wp\.com"
    r"|scorecardresearch\.com|quantserve\.com|licensebuttons\.net/.{0,80}\?pixel)",
    re.IGNORECASE,
)
_CHECKED = ("checkbox", "radio")
_OWN = frozenset(("callout", "tab", "tabs", "code", "task", "film", "footnotes", "prose", "scroll"))


def remove_rubbish(body: Element, source: Source) -> None:
    """Take away what is not for reading, and count it."""
    shown = _shown_on_demand(body)
    for element in list(body.iter()):
        if element.getparent() is None or element is body:
            continue
        tag = str(element.tag)
        if tag in _GONE:
            if what := _GONE[tag]:
                source.drop(what)
            remove(element)
        elif tag == "img" and _is_pixel(element):
            source.drop(Dropped.PIXELS)
            remove(element)
        elif tag == "input":
            _field(element, source)
        elif _is_hidden(element) and element.get("id", "") not in shown:
            source.drop(Dropped.HIDDEN)
            remove(element)
        else:
            _count_looks(element, source)


def _shown_on_demand(body: Element) -> set[str]:
    """Return the ids of what is hidden until somebody asks for it."""
    names = ("aria-controls", "data-target", "data-bs-target", "href")
    asked = (value for one in body.iter() for name in names if (value := one.get(name, "")))
    return {value.removeprefix("#") for value in asked if "/" not in value}


def _count_looks(element: Element, source: Source) -> None:
    if element.get("style"):
        source.drop(Dropped.STYLES)
    if named := element.get("class"):
        source.drop(Dropped.WORD if named.startswith("Mso") else Dropped.CLASSES, int(_OWN.isdisjoint(named.split())))


def _is_pixel(picture: Element) -> bool:
    sizes = [picture.get("width", ""), picture.get("height", "")]
    return all(map(_TINY.fullmatch, sizes)) or bool(_COUNTERS.search(picture.get("src", "")))


def _is_hidden(element: Element) -> bool:
    """Say whether an element is not shown. By its class alone it may be the next slide, or for screen readers."""
    named = classes(element)
    if element.get("hidden") is not None and "tab" not in named:
        return True
    if any(name in _SIGNS for name in named):
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def _field(field: Element, source: Source) -> None:
    """Keep a box to tick, which may be a task's; other fields are dropped."""
    if field.get("type", "").lower() not in _CHECKED:
        source.drop(Dropped.FORMS)
        remove(field)
