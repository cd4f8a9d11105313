"""Options that are lettered in Arabic, in kana, or in wide letters, as what reads options knows them: `أ)` as `A)`."""

from __future__ import annotations

import re
from dataclasses import replace

from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.wording import label_of

_ARABIC = ("أا", "ب", "ج", "د", "ه", "و", "ز", "ح")
_KANA = ("ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク")
_WIDE = tuple(f"{chr(0xFF21 + at)}{chr(0xFF41 + at)}" for at in range(8))
_LATIN = {
    letter: "ABCDEFGH"[at] for letters in (_ARABIC, _KANA, _WIDE) for at, both in enumerate(letters) for letter in both
}
_LETTER = f"[{''.join(_LATIN)}](?:ـ)?"
_OPTION = re.compile(
    rf"^(?P<before>\s*(?:[-*+]\s+)?)(?P<open>[*_]{{0,3}})[(（]?(?P<letter>{_LETTER})\s?"
    r"(?:[)）.．:：-]+[*_]{0,3}\s*|\u3000)(?=\S)"
)
_JOINT = r"\s*(?:[،,、・/]|و)\s*"
_NAMED = re.compile(
    rf"(?<=[:：*_ \d.)）-])[(（]?({_LETTER}(?:{_JOINT}{_LETTER})*)[)）]?"
    r"(?=[\s*_]*(?:$|[.。,،、)）:：–—-]|\s))"
)
_KEY = re.compile(rf"^\s*\d{{1,3}}[.):）．]?\s*[-–—:：]?\s*[(（]?{_LETTER}[)）]?\s*$")


def latin(sheet: Sheet) -> Sheet:
    """Return a document with its options, and the keys that name them, in Latin letters; any other as it is."""
    if sheet.whole.isascii():
        return sheet
    lettered = {index: found for index, line in enumerate(sheet.lines) if (found := _OPTION.match(line))}
    letters = {_LATIN[found["letter"][0]] for found in lettered.values()}
    if not {"A", "B"} <= letters:
        return sheet
    lines = list(sheet.lines)
    for index, line in enumerate(lines):
        if (found := lettered.get(index)) and index not in sheet.hidden:
            lines[index] = f"{found['before']}{found['open']}{_LATIN[found['letter'][0]]}) {line[found.end() :]}"
        elif _KEY.match(line) or ((told := label_of(line)) and told.what == "answer"):
            lines[index] = _NAMED.sub(lambda named: _spelt(named[1]), line, count=1)
    return replace(sheet, lines=tuple(lines))


def _spelt(letters: str) -> str:
    """Return the letters of a key: `ب، د` as `B, D`."""
    return ", ".join(_LATIN[part[0]] for part in re.split(_JOINT, letters))
