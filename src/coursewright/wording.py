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
    r"(?<![<\w])(?:≥|>=|>|at least|minimum(?: of)?|mindestens|au moins|al menos|score of)\s*(\d{1,3}(?:[.,]\d+)?)\s*%"
    r"|(\d{1,3}(?:[.,]\d+)?)\s*% or (?:higher|more|above|better)|pass mark[: ]+(\d{1,3}(?:[.,]\d+)?)\s*%",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:≥|>=|at least|mindestens)\s*(\d{1,3})\s*(?:of|out of|von|/)\s*(\d{1,3})\b", re.IGNORECASE)
_POINTS = re.compile(r"\bworth (\d{1,4}) (?:points|pts)\b|\((\d{1,4}) (?:points|pts|Punkte)\)", re.IGNORECASE)
_SCORED = re.compile(
    r"\b(?:score|rubric|pass|grade|mark|quiz|exam|test|correct|points?)|\d\s*(?:of|/)\s*\d", re.IGNORECASE
)

_ASSESSING = re.compile(r"\b(?:assess\w*|quiz\w*|exams?|examinations?|tests?|checkpoints?)\b", re.IGNORECASE)

LEVELS = ("awareness", "working", "proficient", "advanced", "expert")


@lru_cache(maxsize=4096)
def normal(title: str) -> str:
    """Return a heading or label as it is compared: lower case, words only, `&` as `and`."""
    return " ".join(re.sub(r"[^\w\s]|_", " ", title.lower().replace("&", " and ").replace("(s)", "")).split())


def is_placeholder(text: str) -> bool:
    """Say whether a text only stands in for content: `TBD in master plan`, `See skills matrix`."""
    return bool(_PLACEHOLDER.match(text))


def threshold(text: str) -> float | None:
    """Return the percentage a text demands (`≥80% on executive panel rubric` is 80), or None for none above 0."""
    if counted := _COUNTED.search(text):
        share = 100 * int(counted[1]) / max(int(counted[2]), 1)
    elif found := _THRESHOLD.search(text):
        share = float(next(filter(None, found.groups())).replace(",", "."))
    else:
        return None
    return share if 0 < share <= 100 else None


def points(text: str) -> int:
    """Return the points that a piece of work is worth by its words, `worth 40 points`, or 0."""
    found = _POINTS.search(text)
    return int(found[1] or found[2]) if found else 0


def is_scored(text: str) -> bool:
    """Say whether a text speaks of a score: `≥99.9% availability` is what to build, not what to reach in a test."""
    return bool(_SCORED.search(text)) or not _THRESHOLD.sub("", text).strip(" .")


def is_assessing(name: str) -> bool:
    """Say whether a piece of work is there to assess, by its name: `Final exam`, but not `Load testing lab`."""
    return bool(_ASSESSING.search(name))


def level(text: str) -> int:
    """Return how far up the scale of `LEVELS` a target reaches (`Awareness/Working`: 2), or 0 if it names no level."""
    words = normal(text.replace("/", " ")).split()
    return max((rank for rank, name in enumerate(LEVELS, start=1) if name in words), default=0)


def shortened(text: str, longest: int = 160) -> str:
    """Return a text on one line and of a length that a message can hold."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def quoted(text: str, longest: int = 160) -> str:
    """Return a text on one line, as an author is told of it: where it is cut short, with how much is left out."""
    line = " ".join(text.split())
    if len(line) <= longest + 20:
        return line
    kept = line[:longest].rstrip()
    return f"{kept}… ({len(line) - len(kept)} more characters)"


def nearest(name: str, known: tuple[str, ...]) -> str:
    """Return a question after the name that was probably meant, or nothing."""
    spelt = {candidate.lower(): candidate for candidate in known}
    found = difflib.get_close_matches(name.lower(), spelt, n=1)
    return f"; did you mean '{spelt[found[0]]}'?" if found else ""


def plain_number(number: float) -> str:
    """Return a number without a needless fraction: `48`, `1.5`."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


_LONGEST_INLINE, _LONGEST_BLOCK, _MOST_BRACKETS, _DEEPEST = 20_000, 100_000, 300, 20
_MOST_DEFINITIONS = 100  # each is converted inside the one before
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


_DISCUSSED = re.compile(
    r"(?:peer (?:review|feedback|discussion)s?\b|discussion (?:forum|board|thread|post)s?\b|group discussions?\b"
    r"|reflections?(?=\s+(?:on|about)\b|\s*[.:]?\s*$))",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\*\*(?P<strong>[^*]+?):?\*\*:?\s*(?P<rest>.*)", re.DOTALL)
_LEAD = re.compile(r".+?(?=\s+\(|[:;](?:\s|$)| [–—-] |(?<=\w{4})[.!?]\s+(?=\w*[A-ZÀ-Þ])|[.!?]?$)", re.DOTALL)


def is_discussed(text: str) -> bool:
    """Say whether a text asks learners to write to one another, or about what they did: `Peer review of ...`."""
    return bool(_DISCUSSED.match(text.lstrip("*_ ")))


def lead(text: str) -> str:
    """Return what a plain text calls a thing before it goes into details: `Charter` of `Charter (roles, cadence).`

    A thing is known by this name: its details may change.
    """
    found = _LEAD.match(text.strip())
    return (found[0].strip() if found else "") or text.strip()


def strong_lead(markdown: str) -> tuple[str, str]:
    """Return the strong words that a Markdown text begins with, and the rest of it; or nothing, and all of it."""
    found = _STRONG.match(markdown.strip())
    return (found["strong"].strip(), found["rest"].strip()) if found else ("", markdown.strip())


def known_as(name: str) -> str:
    """Return a name as it is compared where punctuation tells things apart: `C++` is not `C#`."""
    return " ".join(name.casefold().split())


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
