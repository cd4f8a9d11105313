"""Code in Markdown: where it stands, texts without it, and how deep Markdown is nested."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from coursewright.text.patterns import later

_LONGEST_INLINE = 20_000
_LONGEST_BLOCK = 100_000
_MOST_BRACKETS = 300
_DEEPEST = 20
_MOST_DEFINITIONS = 100  # each is converted inside the one before
_DEEP_QUOTE = later(rf"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t]))){{{_DEEPEST},}}", re.MULTILINE)
_DEEP_INDENT = later(rf"^(?: {{4}}|\t){{{_DEEPEST},}}(?:[-*+>]|\d+\.)", re.MULTILINE)
# As the converter sees code: between as many backquotes on both sides, between fences, or indented where no list is.
# Backslashes before a backquote it reads with the code, if there is any.
CODE_SPAN = r"(?<![\\`])(?:\\\\)*(?P<ticks>(?>`+)).+?(?<!`)(?P=ticks)(?!`)|(?<!\\)(?:\\\\)+(?=`)"
_CODE_SPAN = later(CODE_SPAN, re.DOTALL)
_FENCE = later(r"(~{3,}|`{3,})[^`]*$")
_INDENTED = later(r"(?:\A|(?<=\n\n))(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")
_LISTED = later(r"^ {0,3}(?:[-*+]|\d+[.)]|:)[ \t]", re.MULTILINE)


def intricacy(text: str) -> str:
    """Return what makes a Markdown text too costly to convert, or an empty string: it bounds a conversion's time."""
    if len(text) <= _MOST_BRACKETS:
        return ""
    longest = _LONGEST_BLOCK if "\n" in text else _LONGEST_INLINE
    if len(text) > longest:
        return f"it has more than {longest} characters"
    if text.count("[") > _MOST_BRACKETS:
        return f"it has more than {_MOST_BRACKETS} opening brackets"
    if _DEEP_QUOTE.search(text) or _DEEP_INDENT.search(text):
        return f"it nests more than {_DEEPEST} levels deep"
    if text.count("\n:") > _MOST_DEFINITIONS:
        return f"it has more than {_MOST_DEFINITIONS} definitions without a blank line between them"
    return ""


def depth(text: str, opening: str, closing: str) -> int:
    """Return how deep brackets of one kind nest."""
    deepest = level = 0
    for character in text:
        level += (character == opening) - (character == closing)
        deepest = max(deepest, level)
    return deepest


def without_code_blocks(text: str) -> str:
    """Return a Markdown text without its blocks of code."""
    if "```" in text or "~~~" in text:
        text = "\n".join(_unfenced(text.split("\n")))
    if text.startswith(("    ", "\t")) or "\n\n    " in text or "\n\n\t" in text:
        text = _INDENTED.sub(lambda found: found[0] if _LISTED.search(text, 0, found.start()) else "\x02\n", text)
    return text


def _unfenced(lines: list[str]) -> Iterator[str]:
    """Yield the lines that stand between no fences; a fence ends at the next line of just the same marks."""
    ends: defaultdict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.startswith(("```", "~~~")):
            ends[line.rstrip(" ")].append(number)
    number = 0
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        later = ends.get(fence[1], []) if fence else []
        if (place := bisect_right(later, number)) < len(later):
            yield "\x02"
            number = later[place]
        else:
            yield lines[number]
        number += 1


def without_code(text: str) -> str:
    """Return a Markdown text without its code; where that stood is a sign that no text holds."""
    text = without_code_blocks(text)
    return _CODE_SPAN.sub("\x02", text) if "`" in text else text
