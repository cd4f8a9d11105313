"""The script that most of a text is written in, where that is not Latin, and the language it is likely to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from coursewright.text.patterns import later

_ENOUGH = 100_000  # letters tell the script of any text
_FEWEST = 20
_NO_LETTERS = bytes(sign for sign in range(128) if not chr(sign).isalpha())
# Each script with its letters, its name and the language it is taken for.
_SCRIPTS = (
    ("\u3040-\u30ff\uff66-\uff9d", "Japanese", "ja"),
    ("\u3400-\u9fff", "Chinese", "zh"),
    ("\u1100-\u11ff\uac00-\ud7af", "Korean", "ko"),
    ("\u0400-\u052f", "Cyrillic", "ru"),
    ("\u0600-\u06ff\u0750-\u077f", "Arabic", "ar"),
    ("\u0590-\u05ff", "Hebrew", "he"),
    ("\u0370-\u03ff\u1f00-\u1fff", "Greek", "el"),
    ("\u0900-\u097f", "Devanagari", "hi"),
    ("\u0980-\u09ff", "Bengali", "bn"),
    ("\u0b80-\u0bff", "Tamil", "ta"),
    ("\u0c00-\u0c7f", "Telugu", "te"),
    ("\u0e00-\u0e7f", "Thai", "th"),
    ("\u0530-\u058f", "Armenian", "hy"),
    ("\u10a0-\u10ff", "Georgian", "ka"),
)
_LETTERS = tuple((later(f"[{letters}]+"), name, language) for letters, name, language in _SCRIPTS)
_OTHER = later("[^\x00-\u036f\u1e00-\u1eff\u2000-\u303f]")  # letters of these scripts are none of Latin, nor signs
# Letters that other languages of a script have and the one it is taken for has not.
_TELLING = {"ru": (("uk", "їєґ"), ("be", "ў")), "ar": (("ur", "ٹڈڑے"), ("fa", "پچژگ"))}


def foreign_script(texts: Iterable[str]) -> tuple[str, str] | None:
    """Return the script a text is in and its likely language, or None if it is in Latin letters for the most part.

    Code and names in Latin letters are part of any course, so they may be twice as many.
    """
    written = [*texts]
    if not any(_OTHER.search(text) for text in written if not text.isascii()):
        return None
    counted: Counter[str] = Counter()
    telling: Counter[str] = Counter()
    for text in written:
        _count(text, counted, telling)
        if counted.total() > _ENOUGH:
            break
    latin = counted.pop("", 0)
    if counted.total() < _FEWEST or 2 * counted.total() <= latin:
        return None
    if counted["ja"] * 20 > counted["zh"]:
        counted["ja"] += counted.pop("zh", 0)  # Japanese has kanji, too
    tag = max(counted, key=lambda found: counted[found])
    name = next(name for _, name, language in _LETTERS if language == tag)
    others = (language for language, _ in _TELLING.get(tag, ()) if telling[language] * 200 > counted[tag])
    return name, next(others, tag)


def _count(text: str, counted: Counter[str], telling: Counter[str]) -> None:
    counted[""] += len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    if text.isascii():
        return
    for letters, _, language in _LETTERS:
        counted[language] += sum(map(len, letters.findall(text)))
    for pairs in _TELLING.values():
        for language, signs in pairs:
            telling[language] += sum(map(text.lower().count, signs))
