"""Names and short texts: slugs, digests, what counts as the same name, what is cut."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TypeVar

from coursewright.text.patterns import later

_LONGEST_SLUG = 48
_SAFE_PART = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$")
_LONGEST_PATH = 255
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_NO_WORD = re.compile(r"[^\w\s]|_")
_STRONG = later(r"\*\*(?P<strong>[^*]+?):?\*\*:?\s*(?P<rest>.*)", re.DOTALL)
_Line = TypeVar("_Line", bound=str)
_LEAD = later(r".+?(?=\s+\(|[:;](?:\s|$)| [–—-] |(?<=\w{4})[.!?]\s+(?=\w*[A-ZÀ-Þ])|[.!?]?$)", re.DOTALL)


def slug(text: str) -> str:
    """Return a text as lower-case ASCII words joined by hyphens; a text without any becomes a digest of itself."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = _NO_SLUG.sub("-", ascii_text.lower()).strip("-")
    return words[:_LONGEST_SLUG].rstrip("-") or digest(text)


def digest(text: str, length: int = 6) -> str:
    """Return the first hexadecimal digits of a text's SHA-256."""
    return sha256(text.encode()).hexdigest()[:length]


def cut(text: str, longest: int) -> str:
    """Return a text of at most so many characters, an ellipsis marking the cut."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def is_safe(path: str) -> bool:
    """Say whether a path is relative, stays inside its folder, and is plain ASCII of a length every LMS stores."""
    return len(path) <= _LONGEST_PATH and all(_SAFE_PART.match(part) for part in path.split("/"))


@lru_cache(maxsize=4096)
def normal(title: str) -> str:
    """Return a heading or label as it is compared: lower case, words only, `&` as `and`."""
    return " ".join(_NO_WORD.sub(" ", title.lower().replace("&", " and ").replace("(s)", "")).split())


def shortened(text: str, longest: int = 160) -> str:
    """Return a text on one line and of a length that a message can hold."""
    return cut(" ".join(text.split()), longest)


def alike(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many things two rows both begin with."""
    shortest = min(len(one), len(other))
    return next((at for at in range(shortest) if one[at] != other[at]), shortest)


def plural(number: int, noun: str) -> str:
    """Return how many there are of something that is called more than one by an s."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def between_blanks(lines: Sequence[_Line]) -> list[_Line]:
    """Return lines without blank ones before and after them."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    last = next((at for at in range(len(lines), first, -1) if lines[at - 1].strip()), first)
    return list(lines[first:last])


def few(names: Iterable[str], most: int = 8) -> str:
    """Return the first of some names, and how many more there are: `a, b and 3 more`."""
    known = list(names)
    return ", ".join(known[:most]) + (f" and {len(known) - most} more" if len(known) > most else "")


def first_of(names: Iterable[str], most: int = 3) -> str:
    """Return the first of some names, for the midst of a sentence: `a, b, c …`."""
    known = list(names)
    return ", ".join(known[:most]) + (" …" if len(known) > most else "")


def nearest(name: str, known: tuple[str, ...]) -> str:
    """Return a question after the name that was probably meant, or nothing."""
    meant = nearest_of(name, known)
    return f"; did you mean '{meant}'?" if meant else ""


def nearest_of(name: str, known: tuple[str, ...]) -> str:
    """Return the name that was probably meant, or nothing."""
    spelt = {candidate.lower(): candidate for candidate in known}
    found = difflib.get_close_matches(name.lower(), spelt, n=1)
    return spelt[found[0]] if found else ""


def plain_number(number: float) -> str:
    """Return a number without a needless fraction: `48`, `1.5`."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


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
