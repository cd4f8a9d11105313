"""The language of a text in Latin letters, by the words that are common in it and in no other of those known here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain

_FEWEST = 150  # words, below which nothing is said
_ENOUGH = 5_000  # words that are looked at
_EARLY = 1_000  # words from which on English is plain, whatever follows
_SHARE = 0.12  # of the words, from which on the common ones of a language tell it: in prose they are a third
_MARGIN = 3  # times as many as those of any other language
_LONGEST = 2_000  # characters of one text that are looked at
_WORD = re.compile(r"[^\W\d_]+")
_NO_PROSE = re.compile(r"(`{3,}|~{3,}).*?(?:\1|$)|`[^`]*`|\S*[/@\\]\S*|<[^>]*>", re.DOTALL)  # code, addresses, tags
_NO_LETTER = re.compile(r"[`~/@\\<]")  # one of these is in all of them
# Those that look the same in two of these languages, such as `de`, `a`, `se` or `que`, tell nothing alone.
_COMMON = {
    "en": "the of and to is in that for it with are this be by from or an have not was you your can will which"
    " at all has we",
    "de": "der die und das ist nicht mit von den ein eine zu auf für sich dem des im auch als wird werden sie"
    " bei oder wie wir"
    " einer einen sind nach aus kann können durch wenn zum zur diese dieser",
    "fr": "le les et des est une du dans pour qui sur pas au avec ce il sont plus vous nous cette aux être ou"
    " ces mais votre"
    " peut fait leur comme elle dont",
    "es": "el los las y del una por con para es su al lo más este esta como pero sus son está cuando también"
    " hay puede muy"
    " entre donde sobre usted",
    # rivals only: none of these is told, but what looks like them is not told for another
    "it": "di che il per sono della delle gli nel più anche alla dei è i una con del",
    "ca": "els amb per dels són més també aquest és i una les del",
    "nl": "het een van niet voor zijn wordt deze aan bij dat te op die",
    "pt": "o os do da em um uma não com para dos das é ao mais você pelo pela são na no nas nos seu sua isso"
    " esse essa quando"
    " também ou está foi pode",
}
_TOLD_BY = {
    word: tuple(language for language, words in _COMMON.items() if word in words.split())
    for word in " ".join(_COMMON.values()).split()
}
_NAMES = {"de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese"}


def likely_language(texts: Iterable[str]) -> tuple[str, str] | None:
    """Return the name and the tag of the language that texts are plainly in, or None: for English, too."""
    counted: Counter[str] = Counter()
    whole = early = 0
    for text in texts:
        begun = text[:_LONGEST]
        prose = _NO_PROSE.sub(" ", begun) if _NO_LETTER.search(begun) else begun
        words = _WORD.findall(prose.lower())
        whole += len(words)
        counted.update(chain.from_iterable(map(_TOLD_BY.__getitem__, filter(_TOLD_BY.__contains__, words))))
        if whole > _EARLY and not early:
            early = whole
            if _plain(counted, whole) == "en":
                return None
        if whole > _ENOUGH:
            break
    found = _plain(counted, whole)
    return (_NAMES[found], found) if found in _NAMES else None


def _plain(counted: Counter[str], whole: int) -> str:
    """Return the language that so many words are plainly in, or nothing."""
    (first, most), *others = counted.most_common() or [("en", 0)]
    second = others[0][1] if others else 0
    return "" if whole < _FEWEST or most < _SHARE * whole or most < _MARGIN * second else first
