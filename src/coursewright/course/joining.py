"""The pages of a unit as they are read: those with little on them stand together on one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from coursewright.course.blocks import Headed, texts
from coursewright.frozen import frozen
from coursewright.text.markdown.values import Prose, Text
from coursewright.text.patterns import later

SHORTEST = 120  # words of a page that stands alone, unless it is all there is
_WORD = re.compile(r"\S*\w\S*")
_UNSPACED = later(r"[\u3040-\u30ff\u3400-\u9fff]")  # two of these letters make about a word
_FIRST_UNSPACED = "\u3040"


@frozen
class LaidPage:
    """A page: its key, its blocks in order, and the title of the author's one section on it, if that is all.

    The first block of a page that was joined to it `opens` that page: its key still leads there.
    """

    key: str
    blocks: tuple[Headed, ...]
    title: Text = Text("")


def joined_pages(pages: Mapping[str, tuple[Headed, ...]], lead: str) -> tuple[LaidPage, ...]:
    """Return pages in their order, none shorter than `SHORTEST` where there is a neighbour to join it to.

    A page takes in those after it until it is long enough; what is too short at the end goes to the page before.
    `lead` is read with the first.
    """
    groups: list[list[str]] = []
    size = words([lead])
    for key, blocks in pages.items():
        if groups and size < SHORTEST:
            groups[-1].append(key)
        else:
            size = 0 if groups else size
            groups.append([key])
        size += _length(blocks)
    if len(groups) > 1 and size < SHORTEST:
        last = groups.pop()
        groups[-1] += last
    return tuple(_laid(group, pages) for group in groups)


def words(said: Iterable[str]) -> int:
    """Return how many words some texts have; marks of Markdown are none."""
    return sum(map(_words, said))


def _words(text: str) -> int:
    spaced, letters = (text, 0) if text.isascii() or max(text) < _FIRST_UNSPACED else _UNSPACED.subn(" ", text)
    return len(_WORD.findall(spaced)) + letters // 2


def _length(blocks: Iterable[Headed]) -> int:
    said = (text for headed in blocks for text in (headed.title, *texts(headed.block)))
    return words(text.markdown if isinstance(text, Prose) else text for text in said)


def _laid(keys: list[str], pages: Mapping[str, tuple[Headed, ...]]) -> LaidPage:
    first, *others = keys
    if not others:
        return _named(LaidPage(first, pages[first]))
    joined = [block for key in others for block in _opening(key, pages[key])]
    return LaidPage(first, (*pages[first], *joined))


def _opening(key: str, blocks: tuple[Headed, ...]) -> tuple[Headed, ...]:
    """Return the blocks of a page that stands on another: without a title of their own they get that of their page."""
    first, *others = blocks
    label = first.label if first.title or first.label else f"page_{key}"
    return (replace(first, label=label, opens=key), *others)


def _named(page: LaidPage) -> LaidPage:
    """Return a page that holds one section of its author's with the title of that."""
    first, *others = page.blocks or (None,)
    if first is None or not first.title or any(other.title or other.label for other in others):
        return page
    return LaidPage(page.key, (replace(first, title=Text("")), *others), first.title)
