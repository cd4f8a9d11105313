"""Footnotes: their marks, and where they are explained."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.page import Source, classes, words
from coursewright.text.markdown.backwards.parsing import remove

_HOLDERS = frozenset(("footnotes", "footnote-list", "footnotes-list", "footnote"))
_BACK = frozenset(("footnote-back", "footnote-backref", "footnote-return", "data-footnote-backref", "fn-backref"))
_BACK_SIGNS = frozenset("↩↩︎⤴↑^↵⏎")
_NAME = re.compile(r"(?:user-content-)?(?:fn|footnote|note|ftn|_ftn|cite_note)[-:_]?(?P<label>[\w.-]{1,60})")


def find_notes(body: Element, source: Source) -> None:
    """Take the notes of a page to its end, and have their marks say which note they mean."""
    known = {note.get("id", ""): note for note in _notes(body)}
    links: dict[str, list[Element]] = {}
    for link in body.iter("a"):
        if (name := link.get("href", "").removeprefix("#")) in known and link.get("href", "").startswith("#"):
            links.setdefault(name, []).append(link)
    taken: set[str] = set()
    for name, marks in links.items():
        source.notes[name] = _label(name, taken)
        for mark in marks:
            _mark(mark, name)
        _without_way_back(known[name])
    for name in source.notes:
        _explain(known[name], name, body)
    for holder in list(body.iter("section", "div", "aside", "hr")):
        named = set(classes(holder))
        is_rule = holder.tag == "hr" and "footnotes-sep" in named
        if is_rule or (holder.tag != "hr" and _HOLDERS & named and holder is not body and not words(holder)):
            remove(holder)


def _notes(body: Element) -> list[Element]:
    held = [one for one in body.iter("section", "div", "aside", "ol") if _is_holder(one)]
    return [note for holder in held for note in holder.iter("li", "aside", "div", "p") if note.get("id")]


def _is_holder(element: Element) -> bool:
    named = set(classes(element))
    return bool(named & _HOLDERS) or element.get("data-footnotes") is not None or element.get("role") == "doc-endnotes"


def _label(name: str, taken: set[str]) -> str:
    found = _NAME.fullmatch(name)
    label = re.sub(r"[^\w.-]", "-", found["label"] if found else name).strip("-") or "note"
    label = label if label not in taken else f"{label}-{len(taken) + 1}"
    taken.add(label)
    return label


def _mark(link: Element, name: str) -> None:
    """Put a mark that says its note in the place of a link, and of the raised sign around it."""
    mark = link
    holder = link.getparent()
    if holder is not None and holder.tag == "sup" and words(holder) == words(link):
        mark = holder
    tail = mark.tail
    mark.clear()
    mark.tag, mark.tail = "span", tail
    mark.set("data-note-mark", name)


def _without_way_back(note: Element) -> None:
    for link in list(note.iter("a")):
        said = words(link)
        is_back = _BACK & set(classes(link)) or link.get("rev") == "footnote" or link.get("role") == "doc-backlink"
        if is_back or (said and not set(said.replace(" ", "")) - _BACK_SIGNS):
            before, holder = link.getprevious(), link.getparent()
            if before is not None:
                before.tail = (before.tail or "").rstrip(" \xa0\n")
            elif holder is not None:
                holder.text = (holder.text or "").rstrip(" \xa0\n")
            remove(link)


def _explain(note: Element, name: str, body: Element) -> None:
    """Move a note to the end of the page."""
    holder = note.getparent()
    remove(note)
    note.tail = None
    note.tag = "div"
    note.attrib.clear()
    note.set("data-note", name)
    body.append(note)
    while holder is not None and holder is not body and not len(holder) and not words(holder):
        empty, holder = holder, holder.getparent()
        remove(empty)


def note(source: Source, element: Element) -> list[str]:
    """Return what explains a mark, as Markdown has it."""
    label = source.notes[element.get("data-note", "")]
    inner = "\n\n".join(source.blocks(element)) or "\\"
    return [f"[^{label}]: " + inner.replace("\n", "\n    ").replace("\n    \n", "\n\n")]
