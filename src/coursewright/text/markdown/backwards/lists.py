"""Lists: of points, of numbers, of tasks, and of terms with their definitions."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.escapes import begun
from coursewright.text.markdown.backwards.page import Dropped, Source, add_words, classes, nodes
from coursewright.text.markdown.backwards.parsing import remove, unwrap
from coursewright.text.markdown.backwards.raw import raw

_INDENT = 4
_HIGHEST = 999_999_999
_PLAIN = re.compile(r"(?:[-*+] |\d+[.)] |```|~~~)")
_UNMARKED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_TICKED = {"\u2611": "[x] ", "\u2610": "[ ] "}
_LISTS = ("ul", "ol", "menu", "dir")


def listed(source: Source, element: Element, other: bool = False) -> list[str]:
    """Return a list. With `other`, its marks are not those of a list that stands right before it."""
    _mend(element)
    if lists := _indented(element):
        return [block for one in lists for block in listed(source, one)]
    items = [one for one in element if one.tag == "li"]
    ordered = element.tag == "ol"
    number = _number(items[0].get("value") if items else None, _number(element.get("start"), 1))
    if element.get("reversed") is not None or element.get("type", "1") != "1":
        source.drop(Dropped.NUMBERING, int(ordered))
    inner = [_item(source, item) for item in items]
    tight = all(_is_tight(source, item, found) for item, found in zip(items, inner, strict=True))
    made = []
    for place, blocks in enumerate(inner):
        mark = f"{min(number + place, _HIGHEST)}{')' if other else '.'} " if ordered else "* " if other else "- "
        made.append(_marked(mark, blocks, tight))
    return [("\n" if tight else "\n\n").join(made)] if made else []


def _indented(element: Element) -> list[Element]:
    """Return the lists in a list that has no marks, and nothing but lists: it only stands further in."""
    if not all(_UNMARKED.search(item.get("style", "")) and is_list(item[0]) for item in element if len(item)):
        return []
    holds = all(len(item) == 1 and not _own_words(item) for item in element)
    return [item[0] for item in element] if holds else []


def _own_words(item: Element) -> str:
    return f"{item.text or ''}{item[0].tail or ''}".strip() if len(item) else ""


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,9}", written.strip()) else otherwise


def _mend(element: Element) -> None:
    """Put what stands in a list beside its items into the item before it, or into one of its own."""
    before: Element | None = None
    if (element.text or "").strip():
        before = element.makeelement("li")
        before.text, element.text = element.text, None
        element.insert(0, before)
    for child in list(element):
        if child.tag == "li":
            before = child
        elif child is not before and isinstance(child.tag, str):
            before = _put_into(child, before, element)
        if before is not None and (before.tail or "").strip():
            add_words(before, before.tail or "")
            before.tail = None


def _put_into(child: Element, before: Element | None, holder: Element) -> Element:
    tail, child.tail = child.tail, None
    if before is None:
        before = child.makeelement("li")
        holder.replace(child, before)
    else:
        holder.remove(child)
    before.append(child)
    before.tail = tail
    return before


def _item(source: Source, item: Element) -> list[str]:
    tick = _tick(item)
    blocks = source.blocks(item)
    if tick and blocks:
        blocks[0] = tick + blocks[0]
    return blocks


def _tick(item: Element) -> str:
    """Return the box of a task, and take it away from its item."""
    box = next(item.iter("input"), None)
    if box is not None and box.get("type", "").lower() == "checkbox" and not _words_before(item, box):
        ticked = box.get("checked") is not None
        remove(box)
        return "[x] " if ticked else "[ ] "
    if {"task", "task-list-item"} & set(classes(item)) and (holder := _first_words(item)) is not None:
        text = (holder.text or "").lstrip()
        holder.text = text[1:].lstrip()
        return _TICKED[text[0]]
    return ""


def _words_before(item: Element, box: Element) -> bool:
    for one in item.iter():
        if one is box:
            return False
        if (one.text or "").strip():
            return True
    return False


def _first_words(item: Element) -> Element | None:
    """Return what begins with the sign of a box: an item, or a paragraph or a label in it."""
    holder = item
    while not (holder.text or "").strip() and len(holder):
        holder = holder[0]
    return holder if (holder.text or "").lstrip()[:1] in _TICKED and (holder.text or "").strip() else None


def _is_tight(source: Source, item: Element, blocks: list[str]) -> bool:
    """Say whether an item holds no paragraph of its own, but words, lists and listings."""
    inner = next((one for one in item if one.tag == "label"), item)
    if any(one.tag == "p" for one in [*item, *inner]):
        return False
    return all(_PLAIN.match(block) for block in blocks[1:])


def _marked(mark: str, blocks: list[str], tight: bool) -> str:
    """Return an item with its mark, below which everything is indented by four or more."""
    if not blocks:
        return mark.rstrip()
    opens = re.match(r"(?:[-*+]|\d+[.)])(?: |$)|```|~~~", blocks[0])
    width = max(_INDENT, len(mark))
    lead = mark.ljust(width) if opens else mark
    text = ("\n" if tight else "\n\n").join(blocks)
    indent = " " * width
    return lead + "\n".join(
        f"{indent}{line}" if line and number else line for number, line in enumerate(text.split("\n"))
    )


def defined(source: Source, element: Element) -> list[str]:
    """Return terms with their definitions; in tags, where a term is none or more than a line."""
    for holder in [one for one in element if one.tag == "div"]:
        unwrap(holder)
    parts = [one for one in element if one.tag in ("dt", "dd")]
    if not parts or parts[0].tag != "dt" or parts[-1].tag != "dd" or not _is_simple(source, parts):
        return [raw(source, element)] if parts else source.blocks(element)
    made: list[str] = []
    for number, part in enumerate(parts):
        if part.tag == "dt":
            made += [("\n" if number and parts[number - 1].tag == "dd" else "") + begun(source.line(part))]
        else:
            blocks = source.blocks(part)
            text = "\n\n".join(blocks).replace("\n", "\n" + " " * _INDENT).replace(f"\n{' ' * _INDENT}\n", "\n\n")
            made += [(f"\n:   {text}" if any(one.tag == "p" for one in part) else f":   {text}")]
    return ["\n".join(made)]


def _is_simple(source: Source, parts: list[Element]) -> bool:
    return all(
        (part.tag == "dd" or (source.line(part) and part not in source.blocky)) and (part.tag == "dt" or _has(part))
        for part in parts
    )


def _has(part: Element) -> bool:
    return any((isinstance(one, str) and one.strip()) or not isinstance(one, str) for one in nodes(part))


def is_list(element: Element) -> bool:
    """Say whether an element is a list of items."""
    return element.tag in _LISTS
