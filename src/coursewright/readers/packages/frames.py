"""What pages of ours have around an author's text in an LMS: it is made anew whenever a course is built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import html
from lxml.html import HtmlElement

from coursewright.frozen import frozen
from coursewright.packages.documents.elements import words
from coursewright.readers.packages.texts import fragment_of, inner_of

_OVERVIEW = "page-overview"
# What stands before and after a list of units, and says something of it.
_ABOUT_UNITS = "preceding-sibling::*[1][self::p] | following-sibling::*[1][self::p][not(following-sibling::ul)]"
_WRITTEN = re.compile(r"page-[0-9a-f]{10}")


@frozen
class Unframed:
    """A page of ours without its frame: its HTML, and the units before and after it, as (address, name).

    `is_bare` says that it has nothing but its lead and its objectives. `lead` is what it says first, and `objectives`
    what it lists, as HTML; `time` is how long the unit takes, as it is shown. Of work, `facts` are what is said of it
    by their names, and `shown` the competencies that it shows, as HTML.
    """

    html: str
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    objectives: tuple[str, ...] = ()
    time: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    shown: tuple[str, ...] = ()
    is_bare: bool = False


def unframed(page: str) -> Unframed:
    """Return a page of ours without its frame."""
    if not page.strip():
        return Unframed(page)
    top = top_of(page)
    if not len(top) and not (top.text or "").strip():
        return Unframed(page)  # or nobody can read it
    before = tuple(_taken(top, "before"))
    after = tuple(_taken(top, "after"))
    facts, shown = _facts(top)
    time = _time(top)
    lead = next(iter(top.xpath('p[@class="lead"]')), None)
    listed = top.xpath("h2[1]/following-sibling::*[1][self::ul]/li")
    said = "" if lead is None else inner_of(lead)
    is_bare = len(top) == (lead is not None) + 2 * bool(listed)
    return Unframed(inner_of(top), before, after, said, tuple(map(inner_of, listed)), time, facts, shown, is_bare)


def top_of(page: str) -> HtmlElement:
    """Return the element whose children a page of ours is: within what says its language."""
    root = fragment_of(page)
    if root is None:
        return html.Element("div")
    main = root.find("main")
    top = cast("HtmlElement", root if main is None else main)
    while len(top) == 1 and top[0].tag == "div" and top[0].get("lang") and not top[0].get("class"):
        top = top[0]
    return top


def _taken(top: HtmlElement, name: str) -> Iterator[tuple[str, str]]:
    """Yield the units that a box names, as (address, name), and take them from the page: what else it says stays."""
    for box in top.xpath(f'div[@class="{name}"]'):
        for listed in box.xpath("ul"):
            for line in listed.xpath("li[count(a) = 1 or count(strong) = 1]"):
                link = line.find("a")
                yield ("" if link is None else link.get("href", "")), words(line)
                line.drop_tree()
            if not listed.xpath("li"):
                for said in listed.xpath(_ABOUT_UNITS):
                    said.drop_tree()
                listed.drop_tree()
        if not box.xpath("ul"):
            box.drop_tree()


def _facts(top: HtmlElement) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return what is said of work by their names, and the competencies that it shows, and take both from the page."""
    facts: list[tuple[str, str]] = []
    shown: list[str] = []
    for listed in top.xpath('dl[@class="facts"]'):
        names = list(map(words, listed.xpath("dt")))
        facts += zip(names, map(inner_of, listed.xpath("dd")), strict=False)
        for title in listed.xpath("following-sibling::*[1][self::h2]"):
            for one in title.xpath("following-sibling::*[1][self::ul]"):
                shown += map(inner_of, one.xpath("li"))
                one.drop_tree()
                title.drop_tree()
        listed.drop_tree()
    return tuple(facts), tuple(shown)


def _time(top: HtmlElement) -> str:
    """Return how long a unit takes, with the parts of that in brackets, and take it from the page."""
    for box in top.xpath('div[@class="glance"]'):
        facts = box.xpath('p[@class="fact"]')
        if len(facts) != 1:
            continue
        whole = " ".join(facts[0].xpath("string(strong)").split())
        parts = [words(one) for one in box.xpath("ul/li")]
        for one in (*facts, *box.xpath("div | ul")):
            one.drop_tree()
        if not len(box):
            box.drop_tree()
        return f"{whole} ({', '.join(parts)})" if parts else whole
    return ""


def is_introduction(key: str) -> bool:
    """Say whether a page is the one by which a unit of ours is introduced."""
    return key == _OVERVIEW


def is_written(key: str) -> bool:
    """Say whether a page of ours is of a document that its author wrote, rather than of a roadmap's rows."""
    return bool(_WRITTEN.fullmatch(key))
