"""What a package says, in words that fit a line and move no cursor."""

from __future__ import annotations

import re

from coursewright.packages.files.names import printable
from coursewright.text.names import cut, plural

OUTSIDE_MENU = "not in the menu"  # how outlines call the count of resources that no menu shows
_LONGEST = 200
_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?"
)
_STEERING = re.compile(r"([\\`*_\[\]<>#|~]|&(?=#?\w+;))")  # what Markdown takes for more than a letter
_SPANS = ("year", "month", "week", "day", "hour", "minute", "second")


def hidden_word(is_canvas: bool, whole: bool = False) -> str:
    """Return how an entry that learners do not see is called: in Canvas, where it can be published, as it is there."""
    return "unpublished" if is_canvas else "hidden from learners" if whole else "hidden"


# --- times and sizes ---


def duration(text: str) -> str:
    """Return a duration such as `PT1H30M` for people; as it is written where it is none."""
    found = _DURATION.fullmatch(text)
    counts = [int((count or "0")[:9]) for count in found.groups()] if found else []
    return " ".join(plural(count, span) for count, span in zip(counts, _SPANS, strict=False) if count) or text


def number(text: str) -> str:
    """Return a number without the zeros at its end."""
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def shown_size(size: int) -> str:
    """Return a number of bytes for people."""
    if size < 1024:
        return f"{size} bytes"
    return f"{size / 1024:.1f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def clipped(text: str, longest: int = _LONGEST) -> str:
    """Return what a stranger wrote so that it fits a line, and moves no cursor."""
    return cut(printable(" ".join(text[: 2 * longest].split())), longest)


def as_markdown(text: str) -> str:
    """Return a text as Markdown that says just that."""
    return _STEERING.sub(r"\\\1", text)
