"""Boxes of pages: callouts of ours and of others, what is folded, and tabs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from lxml.etree import _Element as Element

from coursewright.text.markdown import boxes
from coursewright.text.markdown.backwards.page import Source, classes, words
from coursewright.text.markdown.backwards.parsing import remove, unwrap
from coursewright.text.markdown.backwards.raw import raw
from coursewright.text.markdown.backwards.tabs import colons_around, tabs
from coursewright.text.markdown.tree import HEADINGS

# What the boxes of Bootstrap and of editors for LMSs are called there.
_ALERTS: Mapping[str, str] = {
    "info": "note", "primary": "note", "secondary": "note", "light": "note", "dark": "note", "default": "note",
    "success": "tip", "warning": "warning", "danger": "caution", "error": "caution",
}  # fmt: skip
_C4L: Mapping[str, str] = {
    "c4l-keyconcept": "important", "c4l-tip": "tip", "c4l-reminder": "important", "c4l-attention": "warning",
    "c4l-example": "example", "c4l-readingcontext": "note", "c4l-allpurposecard": "note", "c4l-dodontcards": "note",
    "c4l-learningoutcomes": "objectives", "c4l-proceduralcontext": "note", "c4l-expectedfeedback": "note",
}  # fmt: skip
_FAMILY = re.compile(
    r"(?:markdown-alert|callout|admonition|theme-admonition|alert-box|note-box|message|notice|panel|dp-callout-type"
    r"|dp-callout|bs-callout)-{1,2}(?P<name>[a-z-]+)"
)
_ALERT = re.compile(r"alert-{1,2}(?P<name>[a-z]+)")
_HOLDERS = frozenset(
    ["callout", "admonition", "markdown-alert", "theme-admonition", "alert", "dp-callout", "bs-callout", "notice"]
)
_ALONE = frozenset(["note", "tip", "hint", "warning", "caution", "important", "attention", "danger"])
_TITLE = re.compile(
    r"(?:callout|admonition|alert|panel|notice|markdown-alert)-?(?:title|heading|header)\w*|title|header"
)
_DEEPEST_TITLE = 4
_BOXES = ("div", "section", "aside", "blockquote", "details", "p")


class _Found(NamedTuple):
    """A box on a page: its kind by our names, and what on the page is its title."""

    kind: str
    title: Element | None = None
    folded: bool = False


def aside(source: Source, element: Element) -> list[str] | None:
    """Return a box as Markdown, or None where an element is none."""
    named = classes(element)
    if found := tabs(source, element, named):
        return found
    box = _box(element, named)
    if element.tag == "details" and (not box or not box.kind):
        return _details(source, element)
    return _callout(source, element, box) if box else None


def _box(element: Element, named: list[str]) -> _Found | None:
    if element.tag not in _BOXES or not named or (element.tag == "p" and "alert" not in named):
        return None
    kind = _kind(named)
    if kind is None:
        return None
    folded = element.tag == "details"
    title = next(element.iterchildren("summary"), None) if folded else _title_of(element)
    return _Found(kind, title, folded)


def _kind(named: list[str]) -> str | None:
    """Return the kind of box that classes say, nothing for one without a kind, None for what is no box."""
    for name in named:
        if kind := _C4L.get(name) or _kind_in(name, named):
            return kind
    if _HOLDERS & set(named):
        known = next((one for one in named if one not in _HOLDERS and boxes.is_known(one)), "")
        return boxes.named(known).kind if known else "" if "callout" in named else "note"
    alone = next((one for one in named if one in _ALONE), "")
    return boxes.named(alone).kind if alone and len(named) <= 2 else None


def _kind_in(name: str, named: list[str]) -> str:
    """Return the kind of box that the second half of a class says, such as `alert-info`, or nothing."""
    found = _FAMILY.fullmatch(name)
    if not found and ("alert" in named or "theme-admonition" in named):
        found = _ALERT.fullmatch(name)
    if not found:
        return ""
    said = found["name"]
    if name.startswith("alert"):
        return _ALERTS.get(said) or (boxes.named(said).kind if boxes.is_known(said) else "")
    return boxes.named(said).kind if boxes.is_known(said) else _ALERTS.get(said, "")


def _title_of(element: Element) -> Element | None:
    """Return what begins a box and is its title."""
    first = element
    for _ in range(_DEEPEST_TITLE):
        if (first.text or "").strip() or not len(first):
            return None
        first = first[0]
        if any(_TITLE.fullmatch(name) for name in classes(first)):
            return first
        if first.tag in HEADINGS:
            return first
    return None


def _callout(source: Source, element: Element, found: _Found) -> list[str]:
    title = _said(source, element, found)
    if found.title is not None:
        remove(found.title)
    inner = source.blocks(element)
    if not found.kind:
        return [_div(title, inner)] if title or found.folded else inner
    if found.kind == "quote":
        return [quoted([*([f"**{title}**"] if title else []), *inner])]
    mark = f"[!{found.kind.upper()}]{'-' if found.folded else ''}{f' {title}' if title else ''}"
    if inner and not _is_open(inner[0]):
        return [quoted([f"{mark}\n{inner[0]}", *inner[1:]])]
    return [quoted([mark, *inner])]


def _is_open(block: str) -> bool:
    """Say whether a block may not stand right below the mark of a callout."""
    return bool(re.match(r"(?:[-*+] |[>|#<`~:=]|\d+[.)] |\$\$|!\[|\[\^)", block))


def _said(source: Source, element: Element, found: _Found) -> str:
    """Return the title of a box, if it says more than its kind."""
    if found.title is None:
        return ""
    said = words(found.title)
    label = element.get("aria-label", "").strip()
    key = re.sub(r"[\W_]+$", "", said).lower().replace(" ", "-")
    if said == label or key == found.kind or (boxes.is_known(key) and boxes.named(key).kind == found.kind):
        return ""
    inner = found.title
    while len(inner) == 1 and inner[0].tag in ("strong", "b") and words(inner[0]) == said:
        inner = inner[0]
    return source.line(inner).replace("\\\n", " ")


def _div(title: str, inner: list[str]) -> str:
    """Return a box without a kind, which a fence of colons begins and ends."""
    colons = colons_around(inner)
    named = title.replace('"', "&quot;")
    return "\n\n".join([f'{colons} {{title="{named}"}}', *inner, colons])


def quoted(inner: list[str]) -> str:
    """Return blocks as a quote."""
    return "\n".join(f"> {line}" if line else ">" for line in "\n\n".join(inner).split("\n"))


def _details(source: Source, element: Element) -> list[str]:
    """Return what is folded in the tags that GitHub folds by, with Markdown in between."""
    summary = next(element.iterchildren("summary"), None)
    title = ""
    if summary is not None:
        while len(summary) == 1 and summary[0].tag in ("strong", "b") and words(summary[0]) == words(summary):
            unwrap(summary[0])
        title = re.sub(r"^<summary>|</summary>$", "", raw(source, summary)).strip()
        remove(summary)
    opened = " open" if element.get("open") is not None else ""
    head = f"<details{opened}>\n<summary>{title or escape('Details')}</summary>"
    return [head, *source.blocks(element), "</details>"]
