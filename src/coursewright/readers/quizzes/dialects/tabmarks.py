"""Lists of which each item begins with a mark, a sign or a tick: which of some options they say are right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursewright.frozen import frozen
from coursewright.readers.quizzes.sheet import below_first
from coursewright.text.names import normal

_ICON = r":(?:material|fontawesome|octicons|fluent|simple)-(?:[a-z0-9]+-)*"
_MARKED = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+(?:"
    r"(?P<right>[✅✔☑]\ufe0f?|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check):|(?P<tick>\[[xX]\])"
    rf"|{_ICON}(?:check|checkbox)(?:-[a-z0-9]+)*:)"
    r"|[❌✗✘✖]\ufe0f?|:(?:x|negative_squared_cross_mark|heavy_multiplication_x|no_entry(?:_sign)?):|(?P<empty>\[ \])"
    rf"|{_ICON}(?:close|xmark|times|x|cancel|alpha-x)(?:-[a-z0-9]+)*:)(?:\{{[^{{}}\n]*\}})?(?P<text>.*)$"
)
MOST = 100  # options of one question


@frozen
class Key:
    """What tells which boxes are right: for each whether it is, and what is said of it; and what is said of all.

    `items` are those of the list that tells it; `brief` says that these are the right ones alone.
    """

    right: tuple[bool, ...]
    texts: tuple[str, ...]
    items: tuple[str, ...]
    rest: str = ""
    brief: bool = False


@frozen
class Marks:
    """A list with marks in a tab with answers, of the lines from `first` up to `end`: which items are right.

    `drawn` says that its marks are signs, and no boxes.
    """

    first: int
    end: int
    right: tuple[bool, ...]
    texts: tuple[str, ...]
    drawn: bool


def lists_in(lines: Sequence[str]) -> list[Marks]:
    """Return the lists with marks among some lines."""
    found: list[Marks] = []
    at = 0
    while at < len(lines):
        begun = at
        items: list[list[str]] = []
        marks: list[re.Match[str]] = []
        while at < len(lines):
            mark = _MARKED.match(lines[at])
            if mark and not mark["indent"]:
                marks.append(mark)
                items.append([mark["text"].strip()])
            elif items and (not lines[at].strip() or lines[at][0] in " \t"):
                items[-1].append(lines[at])
            else:
                break
            at += 1
        if items:
            texts = tuple("\n".join(below_first(one)).strip() for one in items)
            drawn = not any(mark["tick"] or mark["empty"] for mark in marks)
            found.append(Marks(begun, at, tuple(bool(mark["right"]) for mark in marks), texts, drawn))
        at = max(at, begun + 1)
    return found


def key_of(options: Sequence[str], lists: Sequence[Marks], place: int, count: int) -> Key | None:
    """Return what a list with marks says of each box; None where none says of each whether it is right.

    Its items repeat the boxes, in any order, or are as many; or they are the right ones alone.
    """
    for one in lists:
        order = by_text(options, one.texts)
        if order is not None and any(one.right[at] for at in order):
            return Key(tuple(one.right[at] for at in order), tuple(one.texts[at] for at in order), one.texts)
    for one in lists:
        at_options = by_text(one.texts, options, within=True) if all(one.right) else None
        if at_options is not None and len(one.texts) < len(options):
            said = dict(zip(at_options, one.texts, strict=True))
            return Key(
                tuple(at in said for at in range(len(options))),
                tuple(said.get(at, option) for at, option in enumerate(options)),
                one.texts,
                brief=True,
            )
    if len(lists) != count or len(lists[place].texts) != len(options) or not any(lists[place].right):
        return None
    return Key(lists[place].right, lists[place].texts, lists[place].texts)


def by_text(options: Sequence[str], texts: Sequence[str], *, within: bool = False) -> list[int] | None:
    """Return for each option the item that speaks of it, which begins with it; None where one has none of its own.

    `within` says that it is the option that begins with the item.
    """
    if max(len(options), len(texts)) > MOST:
        return None
    bare = [text.removeprefix("~~") for text in texts]
    names = [normal(text) for text in bare]
    places: list[int] = []
    for option in options:
        like = [at for at, text in enumerate(bare) if (option.startswith(text) if within else text.startswith(option))]
        name = normal(option)
        found = next((at for at in like if names[at] == name), like[0] if like else None)
        if found is None:
            return None
        places.append(found)
    return places if len(set(places)) == len(places) else None
