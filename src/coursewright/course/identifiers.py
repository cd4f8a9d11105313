"""The names under which units and courses leave the house: file names, and identifiers an LMS matches on re-import.

An identifier comes from the unit's identity alone, never from its position or title. Changing how they are made is a
breaking change: Moodle keeps a learner's tracks only for items whose identifier is the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from coursewright.course.values import Identity
from coursewright.text.names import _LONGEST_SLUG, digest, slug

_SPELT = {"+": " plus ", "#": " sharp ", "&": " and "}
_JOINERS = "\u200c\u200d"
_DOT = re.compile(r"(?<![^\W_])\.(?=[^\W\d_])")


def readable(text: str) -> str:
    """Return a text as words joined by hyphens in its own script, or its slug where that loses no letter."""
    composed = unicodedata.normalize("NFC", text)
    if not any(letter.isalpha() and not _plain(letter) for letter in composed):
        return slug(text)
    words = re.sub("-+", "-", "".join(_in_words(composed.lower()))).strip("-")
    return words[:_LONGEST_SLUG].rstrip("-") or slug(text)


def _in_words(text: str) -> Iterator[str]:
    """Yield the signs of a text, a hyphen for each that belongs to no word.

    Vowel signs and other marks (Mn, Mc) belong to the letter before them, and so does a joiner after such a mark.
    """
    marked = False
    for sign in text:
        if sign in _JOINERS and marked:
            continue
        marked = unicodedata.category(sign) in ("Mn", "Mc")
        yield sign if marked or sign.isalnum() else "-"


def _plain(letter: str) -> bool:
    return unicodedata.normalize("NFKD", letter)[0].isascii()


def spelt_out(text: str) -> str:
    """Return a text with the signs in words that tell one name from another: `.NET`, `C++`, `C#`, `R&D`."""
    return _DOT.sub("dot ", re.sub("[+#&]", lambda found: _SPELT[found[0]], text))


def identifier(unit: Identity, part: str = "") -> str:
    """Return the identifier of a unit, or of a part of what it becomes: an ASCII NCName of at most 64 characters.

    `MOD-602-1f0c9a` keeps the id readable; the digest tells the same id of two tracks apart.
    """
    name = _identifier(unit)
    return f"{name}-{part}" if part else name


@lru_cache(maxsize=4096)
def _identifier(unit: Identity) -> str:
    readable = re.sub(r"[^A-Za-z0-9]+", "-", unit.id).strip("-")[:32] or "unit"
    name = f"{readable}-{digest(str(unit))}"
    return name if name[0].isalpha() else f"u{name}"


def part_key(role: str, name: str) -> str:
    """Return what a part of a unit is called in it that is known by a name, such as one of its assignments."""
    return f"{role}-{digest(name, 10)}"


def course_identifier(name: str) -> str:
    """Return the identifier of the course whose packages bear a name."""
    return f"course-{slug(name)}"
