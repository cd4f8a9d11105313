"""Tabs: ours, and those whose titles are links to what they show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.escapes import in_html
from coursewright.text.markdown.backwards.page import Source, classes, words
from coursewright.text.markdown.backwards.parsing import remove

_LISTS = frozenset(("nav-tabs", "nav-pills", "ui-tabs-nav", "tablist"))


def tabs(source: Source, element: Element, named: Sequence[str]) -> list[str]:
    """Return the tabs that an element is, and what else is in it; nothing where it is none."""
    if "tabs" in named and any("tab" in classes(one) for one in element):
        return [_written([_own(source, one) for one in element if "tab" in classes(one)])]
    menu = _menu(element, named)
    shown = _shown(element, menu) if menu is not None else {}
    if menu is None or len(shown) < 2:
        return []
    made = [_tab(source, words(link), panel) for link, panel in shown.items()]
    for one in (menu, *shown.values()):
        remove(one)
    return [_written(made), *source.blocks(element)]


def _menu(element: Element, named: Sequence[str]) -> Element | None:
    """Return the list of titles in an element that holds tabs."""
    inner: list[Element] = [one for child in element for one in (child, *child)]
    for one in inner:
        if one.get("role") == "tablist" or _LISTS & set(classes(one)) or ("tabs" in named and one.tag == "ul"):
            return one
    return None


def _shown(element: Element, menu: Element) -> dict[Element, Element]:
    """Return by their links what the titles of a menu show; nothing where one of them leads elsewhere."""
    known = {one.get("id", ""): one for one in element.iterdescendants("div", "section")}
    links = [one for one in menu.iter("a", "button") if words(one)]
    wanted = [
        (link, next(filter(None, map(link.get, ("data-bs-target", "data-target", "href"))), "")) for link in links
    ]
    found = {link: known[name[1:]] for link, name in wanted if name[1:] in known and name.startswith("#")}
    inner = set(found.values())
    nested = any(above in inner for one in inner for above in one.iterancestors("div", "section"))
    return found if len(found) == len(links) == len(inner) and not nested else {}


def _own(source: Source, tab: Element) -> str:
    title = next((one for one in tab if "tab-title" in classes(one)), None)
    said = words(title) if title is not None else "Tab"
    if title is not None:
        remove(title)
    return _tab(source, said, tab)


def _tab(source: Source, title: str, shown: Element) -> str:
    inner = source.blocks(shown)
    colons = colons_around(inner)
    named = in_html(title).replace('"', "'")
    return "\n\n".join([f'{colons} tab "{named}"', *inner, colons])


def _written(made: list[str]) -> str:
    colons = colons_around(made)
    return "\n\n".join([f"{colons} tabs", *made, colons])


def colons_around(inner: list[str]) -> str:
    """Return colons enough to begin and end a box around some blocks."""
    return ":" * max((len(run) + 1 for run in re.findall(r"^(:{3,})", "\n".join(inner), re.MULTILINE)), default=3)
