"""Markdown with other addresses in its links and pictures, and nothing else changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from typing import NamedTuple

from coursewright.text.markdown.addresses import addresses, code

_LINK = re.compile(r"\]\([ \t]*(?P<at><[^<>\n]*>|(?:[^\s()<>\\]|\\.|\((?:[^\s()\\]|\\.)*\))+)")
_DEFINITION = re.compile(r"^[ >\t]*\[[^\]\n]+\]:[ \t]*\n?[ \t]*(?P<at><[^<>\n]*>|\S+)", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"<[a-zA-Z][^<>]*?\s(?:href|src|poster)\s*=\s*(?P<at>\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)", re.IGNORECASE
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_AWKWARD = re.compile(r"[\s()<>\\]")
_MOST = 4_000_000  # characters that are read to try places one by one


class _Spot(NamedTuple):
    """Where an address stands in a text, and what is to stand there."""

    start: int
    end: int
    text: str


def readdressed(markdown: str, change: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return a text with other addresses, and those that could not be changed, which stay as they are."""
    wanted = {old: new for old, new in change.items() if old != new}
    if not wanted or not any(one.href in wanted for one in addresses(markdown)):
        return markdown, ()
    spots = sorted({*_spots(markdown, wanted)})
    made = _replaced(markdown, spots)
    if not _is_meant(markdown, made, wanted):
        most = _MOST // len(markdown)
        kept = [spot for spot in spots[:most] if _is_harmless(markdown, _replaced(markdown, [spot]), wanted)]
        made = _replaced(markdown, kept)
    left = dict.fromkeys(one.href for one in addresses(made) if one.href in wanted)
    return made, tuple(left)


def _spots(markdown: str, wanted: Mapping[str, str]) -> Iterator[_Spot]:
    for pattern in (_LINK, _DEFINITION):
        for found in pattern.finditer(markdown):
            written = found["at"]
            href = unescape(_ESCAPED.sub(r"\1", written.removeprefix("<").removesuffix(">")))
            if href in wanted:
                new = wanted[href]
                yield _Spot(*found.span("at"), f"<{new}>" if _AWKWARD.search(new) else new)
    for found in _ATTRIBUTE.finditer(markdown):
        href = unescape(found["at"].strip("\"'")).strip()
        if href in wanted:
            yield _Spot(*found.span("at"), f'"{escape(wanted[href])}"')


def _replaced(markdown: str, spots: Sequence[_Spot]) -> str:
    parts, last = [], 0
    for spot in spots:
        if spot.start >= last:
            parts += [markdown[last : spot.start], spot.text]
            last = spot.end
    return "".join([*parts, markdown[last:]])


def _is_meant(before: str, after: str, wanted: Mapping[str, str]) -> bool:
    """Say whether a text leads where it should now, and has the same code."""
    now = [one.href for one in addresses(after)]
    return now == [wanted.get(one.href, one.href) for one in addresses(before)] and code(before) == code(after)


def _is_harmless(before: str, after: str, wanted: Mapping[str, str]) -> bool:
    """Say whether a text leads where it should now or did before, and has the same code."""
    were, are = ([one.href for one in addresses(text)] for text in (before, after))
    same = len(were) == len(are) and all(new in (old, wanted.get(old)) for old, new in zip(were, are, strict=True))
    return same and were != are and code(before) == code(after)
