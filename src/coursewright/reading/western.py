"""Says whether bytes are text of Western Europe in Windows-1252, which never refuses and so reads all others wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_UPPER = "A-ZÀ-ÖØ-ÞŠŒŽŸ"
_LOWER = "a-zß-öø-ÿšœžƒ"
_LETTER = _UPPER + _LOWER
_WORD = re.compile(f"[{_LETTER}]+")

# What no text of Western Europe holds, and text of other encodings does at every step.
_WRONG = re.compile(
    rf"""
    [\x80-\x9f\ufffd]                                     # a byte that stands for nothing
    | (?<=[{_LETTER}])[¡¢£¤¥¦§¨¬¯°±¶¸¹»¼½¾¿÷׈˜‰†‡•“„‚«‹€™©®](?=[{_LETTER}])
    | (?<=[{_LETTER}])[¹¼½¾¿¡¸¨¯ˆ˜]
    | [¹¼½¾¸¨¯ˆ˜ªº](?=[{_LETTER}])
    | (?<![A-Za-z0-9.)\s])[ªº] | (?<![A-Za-z0-9)\]µ])[²³]
    | (?<=[A-Za-z]{{3}})[²³] | (?<=[A-Za-z]{{2}})(?<!mm|cm|dm|km|ft|in)[²³] | [²³](?=[{_LETTER}])
    | (?<=[{_LOWER}]{{2}})º | (?<=[{_LOWER}])[£¥„‚]
    | [£¥§¶¤©®](?=[{_LOWER}]) | [¡¿](?![{_LETTER}¡¿«“‘"'*_(]) | [¥£](?![\d\s.,;:)])
    | [¢-ª¬®-¾](?!·)[¢-«®-º¼-¾] | »[¢-ª¬®-º¼-¾]
    | (?<=[{_LOWER}][{_LOWER}])[–—][{_LOWER}]{{1,2}}(?![{_LETTER}])   # ñ and ó of a Mac
    | (?<![{_LETTER}])[{_LETTER}]{{1,2}}[–—](?=[{_LOWER}]{{2}})
    | [^\x00-\x7f\s“”‘’«»…—–„‚‹›°ºª•]{{4,}}               # a run of letters and signs, as of Cyrillic or Kanji
    | (?<=[{_LOWER}])[À-ÖØ-ÞŠŒŽŸ]                         # a capital after a small letter
    | (?<![{_LETTER}])[¤¦¨¬¯´¸ƒˆ˜ÐÞÑßðþÿ](?![{_LETTER}])  # alone
    | [ƒ¤¦¨¯¸ˆ˜]
    """,
    re.VERBOSE,
)

_TWO = re.compile(r"[^\W\d_a-zA-Z][^\x00-\x7f]|[^\x00-\x7f][^\W\d_a-zA-Z]")  # of which UTF-8 cannot be one by chance

# Letters that are the same in Windows-1252, Windows-1250 and ISO 8859-2: read as the one, they are right in all.
# But ý is a dotless i in Turkish texts, and š and ž are ö and û in those of a Mac.
_SHARED = "áâäçéëíîóôöúüßÁÂÄÇÉËÍÎÓÔÖÚÜ"
# What is so common in names and loan words that it needs no word of its language around it.
_KNOWN = re.compile(
    r"""[ñÑ](?=[aeiouáéíóúAEIOUÁÉÍÓÚ]) | ã(?=o(?:s|\b)) | (?<=[lt])à\b | \bÀ\b | \bà\b | (?<=[Cc]r)è(?=me)
    | (?<=[rRmM])è(?=[rsg]e) | (?<=[fbFB])ê(?=te) | (?<=\b[tT])ê(?=te) | \b[êÊ](?=tre)
    | (?<=[cC]r)ê(?=pe) | (?<=[mM])ê(?=me) | (?<=[Nn]a)ï(?=[vf]) | û(?=l[eé]|t) | œ(?=u)
    | å(?=[a-zäöø]) | \bÅ(?=[a-z]) | (?<=[a-zA-Z])ø(?=[rdgl]) | \bØ(?=[rdglvs])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Language:
    """The letters of a language beyond ASCII, how those stand that others use elsewise, and words only it has."""

    letters: frozenset[str]
    words: frozenset[str]
    never: re.Pattern[str] | None = None

    def writes(self, word: str) -> bool:
        return all(letter.isascii() or letter in self.letters for letter in word) and not (
            self.never and self.never.search(word)
        )


def _language(letters: str, words: str, never: str = "") -> _Language:
    return _Language(frozenset(letters), frozenset(words.split()), re.compile(never) if never else None)


_LANGUAGES = (
    _language("àâæçèéêëîïôœùûüÿñ", "à où déjà être très les des une est dans avec sur qui vous aux cette", r"^è.|ù."),
    _language("äöüßéèàêç", "und der die das ist nicht mit für eine ein auf den von wir sie", r"^[èê].|ù"),
    _language("áéíñóúüçãò", "el los las una por con para del que y en está son como más"),
    _language(
        "áâãàçéêíóôõúü", "não uma para com são dos das os você ao em por que", r"[ãõ](?![oes]|nh|$|zinh|mente)|õ(?!e)"
    ),
    _language("àèéìíîòóùú", "di che il per sono della delle gli nel più perché dei alla", r"[ìòù](?!$)"),
    _language("àèéíïòóúüç", "els les amb per una dels són més també aquest és i", r"^è."),
    _language("æøåéèóòôêäöü", "og det ikke til af på er som et den der for å av"),
    _language("åäöéüà", "och att det är som på inte för med ett ja ei ole tai että sekä ovat on"),
    _language("áðéíóúýþæöø", "og að er sem ekki við um það eða til fyri tað við ið"),
    _language("ëïéèêöüóáâç", "het een van niet voor zijn wordt deze aan bij die nie vir"),
    _language("äöõüšž", "ja ei see või kui mis oma ning"),
)  # fmt: skip
# Words that texts of other encodings have too tell nothing.
_SHARED_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a al as ce con das de den der die do el en et for i in ja me med na o od on per po pour se som son su ta te to"
        " un una van za e y",
    )
)


def is_western(text: str, legacy: frozenset[int], document: str) -> bool:
    """Say whether text read as Windows-1252 is what its author wrote, as far as that can be known.

    `legacy` are the places of the characters that were read so; the others are certain. `document` is all of the text:
    its words tell its languages.
    """
    if any(found.start() in legacy or found.end() - 1 in legacy for found in _WRONG.finditer(text)):
        return False
    if any((found.start() in legacy) != (found.start() + 1 in legacy) for found in _TWO.finditer(text)):
        return False
    words = [found for found in _WORD.finditer(text) if any(at in legacy for at in range(*found.span()))]
    spoken = list(_spoken(document))
    return all(_is_plausible(found[0], spoken) for found in words) and _is_consistent(found[0] for found in words)


def _spoken(text: str) -> Iterator[_Language]:
    said = {word.lower() for word in _WORD.findall(text)} - _SHARED_WORDS
    return (language for language in _LANGUAGES if language.words & said)


def _is_plausible(word: str, spoken: Iterable[_Language]) -> bool:
    """Say whether a word is one of a language that is spoken here, or cannot be anything else."""
    if len(word) > 1 and not any(letter.isascii() for letter in word):
        return word.lower() in ("où", "às", "öå", "ää", "áá")
    rare = {at for at, letter in enumerate(word) if not letter.isascii() and letter not in _SHARED}
    if rare <= {found.start() for found in _KNOWN.finditer(word)}:
        return True
    return any(language.writes(word.lower()) for language in spoken)


def _is_consistent(words: Iterable[str]) -> bool:
    """Say whether one language writes most of the words: signs of several at once are those of none."""
    rare = [word.lower() for word in words if any(not sign.isascii() and sign not in _SHARED for sign in word)]
    return not rare or max(sum(map(language.writes, rare)) for language in _LANGUAGES) * 2 > len(rare)
