"""The signs of a field of prerequisites: commas of all scripts, breaks, hyphens, and whole titles held as one sign."""

from __future__ import annotations

import re
from functools import lru_cache

from coursewright.readers.roadmap.matches import Reference, matches
from coursewright.readers.roadmap.requirements import Known, initials
from coursewright.text.patterns import later

_UNSEEN = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SIGNS = str.maketrans(
    "，、､،；؛：（）＋＆〜～",
    ",,,,;;:()+&––",
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
_ODD = later("[，、､،；؛：（）＋＆〜～" + _UNSEEN + "]")
_BREAK = later(r"(?:(?<!\s)\s+)?<br\s*/?>\s*", re.IGNORECASE)
_PLUS = later(r"(?<=\d)\s*[+・·]\s*(?=\(?[A-Za-z]{1,10}[-_ ]?\d)")
_BRACKETED = later(r"(?<![\w\]!])\[([^\W\d_][^\[\]]*)\](?![\[(:])")
_NUMBERED = later(r"\d")
_HYPHEN = later(r"(?<=[A-Za-z])[‐‑‒–−﹣－](?=\d)")
_DIGITS = later(r"(?<=[A-Za-z]-)[٠-٩۰-۹０-９]+")
_WIDE = later(r"[Ａ-Ｚａ-ｚ]+[-－]?[０-９]+")
_HELD = later("[\ue000-\uf8ff]")
_FIRST, _MOST = 0xE000, 6400
_OPENING = later(r"[\s:–—-]*[(\"'“„«]?")
_CLOSING = later(r"(?=$|[\s,;.:)(\"'”“»–—-])")
_LAST = later(r"\)?\s*(?:$|[,;])")
_BEFORE = later(r"[\s:–—-]*\(?$")
_MARKED = later(r"[\[`*_]")
_MARKUP = later(r"\[([^\[\]]*)\]\([^()]*\)|`|(?<!\w)(\*{1,3}|_{1,3})(?=\S)([^*]{0,300}?)(?<=\S)\2(?!\w)")


def plain_signs(text: str) -> str:
    """Return a field with commas, semicolons, brackets and hyphens of all scripts as the plain ones."""
    if _ODD.search(text):
        text = re.sub(r",(?=\S)", ", ", text.translate(_SIGNS))
    if _BREAK.search(text):
        text = _unbroken(_BREAK.split(text))
    text = _BRACKETED.sub(r"\1", _PLUS.sub(" & ", text))
    if text.isascii():
        return text
    text = _WIDE.sub(lambda found: "".join(_narrow(letter) for letter in found[0]), text)
    return _DIGITS.sub(lambda found: "".join(str(int(digit)) for digit in found[0]), _HYPHEN.sub("-", text))


def _unbroken(lines: list[str]) -> str:
    """Return lines as one: each that holds a number stands for itself, but for words between two of them, like `or`."""
    text, apart = lines[0], True
    for line in lines[1:]:
        numbered = bool(_NUMBERED.search(line))
        text = f"{text.rstrip(',; ')}; {line}" if text and numbered and apart else f"{text} {line}"
        apart = numbered or not line
    return text


def _narrow(letter: str) -> str:
    return chr(ord(letter) - 0xFEE0) if "！" <= letter <= "～" else letter


def without_markup(text: str) -> str:
    """Return a text without the marks of links, code and emphasis."""
    for _ in range(3):
        if not _MARKED.search(text):
            break
        text = _MARKUP.sub(lambda found: found[1] or found[3] or "", text)
    return text


def held_titles(text: str, known: Known) -> tuple[str, dict[int, str]]:
    """Return a text with one sign for each whole title beside its id, and the titles by these signs.

    A title may hold what would part the field or raise a doubt: `MOD-105 Salt, Sugar or Spice`.
    """
    titles: dict[int, str] = {}
    parts, end = [], 0
    for reference in matches(text, known) if not _HELD.search(text) else ():
        beside = _title_beside(text, reference, end, known)
        if beside and len(titles) < _MOST:
            sign = _FIRST + len(titles)
            titles[sign] = text[slice(*beside)]
            parts += [text[end : beside[0]], chr(sign)]
            end = beside[1]
    return "".join([*parts, text[end:]]), titles


def _title_beside(text: str, reference: Reference, begin: int, known: Known) -> tuple[int, int] | None:
    """Return where a whole title of a unit stands beside its id, from a place on, or its initials end an item."""
    if reference.start < begin or len(reference.ids) > 1:
        return None
    after = _end(_OPENING.match(text, reference.end), reference.end)
    before = reference.start - len(text[max(begin, reference.start - 8) : reference.start])
    gap = _BEFORE.search(text[before : reference.start])
    before += gap.start() if gap else 0
    for title in map(_bare, known.titles(reference.ids[0])):
        length = len(title)
        if text[after : after + length].casefold() == title.casefold() and _CLOSING.match(text, after + length):
            return after, after + length
        if before - length >= begin and text[before - length : before].casefold() == title.casefold():
            return before - length, before
        short = initials(title)
        if len(short) > 1 and text.startswith(short, after) and _LAST.match(text, after + len(short)):
            return after, after + len(short)
    return None


def _end(found: re.Match[str] | None, otherwise: int) -> int:
    return found.end() if found else otherwise


@lru_cache(maxsize=4096)
def _bare(title: str) -> str:
    return without_markup(plain_signs(title))


def split_top_level(text: str, separators: str = ",;") -> list[str]:
    """Return the parts of a text between separators that stand outside parentheses."""
    parts, depth, begin = [], 0, 0
    for index, character in enumerate(text):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character in separators and not depth:
            parts.append(text[begin:index])
            begin = index + 1
    parts.append(text[begin:])
    return [stripped for part in parts if (stripped := part.strip())]
