"""What words in a curriculum amount to: the same title in other letters, a placeholder, a threshold, a plain number."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

_PLACEHOLDER = re.compile(
    r"(?:tbd|tba|tbc|to be (?:defined|determined|assigned|decided|announced|confirmed)|todo|pending|placeholder)"
    r"(?: (?:in|by|with) [\w ]{1,60})?[.!]?$"
    r"|(?:see|refer to) (?:the |our )?(?:master plan|skills matrix|legacy|metadata|linked (?:projects|modules)"
    r"|module quizzes|repository|`resources/`)(?!\w)[^.]{0,80}\.?$"
    r"|lorem ipsum\b",
    re.IGNORECASE,
)
_THRESHOLD = re.compile(
    r"(?:≥|>=|>|\bat least|\bminimum(?: of)?|\bscore of)\s*(\d{1,3}(?:\.\d+)?)\s*%"
    r"|(\d{1,3})\s*% or (?:higher|more|above|better)"
)

LEVELS = ("awareness", "working", "proficient", "advanced", "expert")


@lru_cache(maxsize=4096)
def normal(title: str) -> str:
    """Return a heading or label as it is compared: lower case, words only, `&` as `and`."""
    return " ".join(re.sub(r"[^\w\s]|_", " ", title.lower().replace("&", " and ").replace("(s)", "")).split())


def is_placeholder(text: str) -> bool:
    """Say whether a text only stands in for content: `TBD in master plan`, `See skills matrix`."""
    return bool(_PLACEHOLDER.match(text))


def threshold(text: str) -> float | None:
    """Return the percentage a text demands (`≥80% on executive panel rubric` is 80), or None."""
    found = _THRESHOLD.search(text)
    return min(100.0, float(found[1] or found[2])) if found else None


def is_assessing(name: str) -> bool:
    """Say whether a piece of work is there to assess, by its name: `Final exam`."""
    return any(word in name.lower() for word in ("assess", "quiz", "exam", "test", "checkpoint"))


def level(text: str) -> int:
    """Return how far up the scale of `LEVELS` a target reaches (`Awareness/Working`: 2), or 0 if it names no level."""
    words = normal(text.replace("/", " ")).split()
    return max((rank for rank, name in enumerate(LEVELS, start=1) if name in words), default=0)


def shortened(text: str, longest: int = 160) -> str:
    """Return a text on one line and of a length that a message can hold."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def nearest(name: str, known: tuple[str, ...]) -> str:
    """Return a question after the name that was probably meant, or nothing."""
    found = difflib.get_close_matches(name.lower(), known, n=1)
    return f"; did you mean '{found[0]}'?" if found else ""


def plain_number(number: float) -> str:
    """Return a number without a needless fraction: `48`, `1.5`."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


_LONGEST_INLINE, _LONGEST_BLOCK, _MOST_BRACKETS, _DEEPEST = 20_000, 100_000, 300, 20
_DEEP_QUOTE = re.compile(rf"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t]))){{{_DEEPEST},}}", re.MULTILINE)
_DEEP_INDENT = re.compile(rf"^(?: {{4}}|\t){{{_DEEPEST},}}(?:[-*+>]|\d+\.)", re.MULTILINE)


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
    return ""


def depth(text: str, opening: str, closing: str) -> int:
    """Return how deep brackets of one kind nest."""
    deepest = level = 0
    for character in text:
        level += (character == opening) - (character == closing)
        deepest = max(deepest, level)
    return deepest


_DISCUSSED = re.compile(
    r"(?:peer (?:review|feedback|discussion)s?|discussion (?:forum|board|thread|post)s?|reflections?"
    r"|reflective (?:journal|post|essay)s?|group discussions?)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\*\*(?P<strong>[^*]+?):?\*\*|(?P<plain>.+?)(?=\s*[(:;]| [–—-] |\.\s|\.?$)", re.DOTALL)


def is_discussed(text: str) -> bool:
    """Say whether a text asks learners to write to one another, or about what they did: `Peer review of ...`."""
    return bool(_DISCUSSED.match(text.lstrip("*_ ")))


def lead(text: str) -> str:
    """Return what a text calls a thing before it goes into details: `Charter` of `Charter (roles, cadence).`

    A thing is known by this name: its details may change.
    """
    found = _LEAD.match(text.strip())
    name = (found["strong"] or found["plain"]).strip() if found else ""
    return name or text.strip()


# As the converter sees code: between as many backquotes on both sides, between fences, or indented where no list is.
# Backslashes before a backquote it reads with the code, if there is any.
CODE_SPAN = r"(?<![\\`])(?:\\\\)*(?P<ticks>(?>`+)).+?(?<!`)(?P=ticks)(?!`)|(?<!\\)(?:\\\\)+(?=`)"
_CODE_SPAN = re.compile(CODE_SPAN, re.DOTALL)
_FENCE = re.compile(r"(~{3,}|`{3,})[^`]*$")
_INDENTED = re.compile(r"(?:\A|(?<=\n\n))(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")
_LISTED = re.compile(r"^ {0,3}(?:[-*+]|\d+[.)]|:)[ \t]", re.MULTILINE)


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
