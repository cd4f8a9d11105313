"""Says whether bytes are text of Western Europe in Windows-1252, which never refuses and so reads all others wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from coursewright.frozen import frozen
from coursewright.readers.rivals import Rival, Token, rivals, tokens

_UPPER = "A-ZÀ-ÖØ-ÞŠŒŽŸ"
_LOWER = "a-zß-öø-ÿšœžƒ"
_LETTER = _UPPER + _LOWER
_WORD = re.compile(f"[{_LETTER}]+")
_ASCII_WORD = re.compile(r"[a-z]+")
_MOST = 100_000  # characters that are looked at to know the language
_PLAINLY = 3  # words of English that make a text plainly English

# What no text of Western Europe holds, and text of other encodings does at every step.
_WRONG = re.compile(
    rf"""
    (?=[^\x00-\x7f])(?:                                   # letters of ASCII are passed over fast
    [\x80-\x9f\ufffd]                                     # a byte that stands for nothing
    | (?<=[{_LETTER}])[¡¢£¤¥¦§¨¬¯°±¶¸¹»¼½¾¿÷׈˜‰†‡•“”„‚«‹€™©®](?=[{_LETTER}])
    | (?<=[{_LETTER}])[¹¼½¾¿¡¸¨¯ˆ˜]
    | [¹¼½¾¸¨¯ˆ˜ªº](?=[{_LETTER}])
    | (?<![A-Za-z0-9.)\s])[ªº] | (?<![A-Za-z0-9)\]µ])[²³]
    | (?<=[A-Za-z]{{3}})[²³] | (?<=[A-Za-z]{{2}})(?<!mm|cm|dm|km|ft|in)[²³] | [²³](?=[{_LETTER}])
    | (?<=[{_LOWER}]{{2}})º | (?<=[{_LOWER}])[£¥„‚]
    | [£¥§¶¤©®](?=[{_LOWER}]) | [¡¿](?![{_LETTER}¡¿«“‘"'*_(]) | [¥£](?![\d\s.,;:)])
    | [¢-ª¬®-¾](?!·)[¢-«®-º¼-¾] | »[¢-ª¬®-º¼-¾]
    | [^\x00-\x7f\s“”‘’«»…—–„‚‹›°ºª•]{{4,}}               # a run of letters and signs, as of Cyrillic or Kanji
    | (?<=[{_LOWER}])[À-ÖØ-ÞŠŒŽŸ]                         # a capital after a small letter
    | (?<![{_LETTER}])[¤¦¨¬¯´¸ƒˆ˜ÐÞÑßðþÿ](?![{_LETTER}])  # alone
    | [ƒ¤¦¨¯¸ˆ˜] | [†‡](?=[{_LETTER}]) | (?<=[{_LETTER}])[†‡]
    | (?<=[A-Z])(?<![{_UPPER}][A-Z])[À-ÖØ-Þ](?=[a-z])      # a second capital before a small letter
    )
    """,
    re.VERBOSE,
)

_TWO = re.compile(
    r"(?=[^\W\d_a-zA-Z][^\x00-\x7f]|[^\x00-\x7f][^\W\d_a-zA-Z])"
)  # of which UTF-8 cannot be one by chance

# Signs that no letter of another encoding could be where they stand.
_SURE_SIGN = re.compile(
    rf"""(?=[^\x00-\x7f])(?:(?<=[{_LETTER}])’(?:s|t|re|ve|ll|d|m)(?![{_LETTER}])
    | (?:(?<=[cdjlmnst])(?<![{_LETTER}][cdjlmnst])|(?<=qu)(?<![{_LETTER}]qu))’(?=[aeiouyhéèêàâ])
    | ¿(?=[^?]{{0,200}}\?) | ¡(?=[^!]{{0,200}}!) | µ(?=[mgsAVFl]\b) | (?<=[{_LETTER}]{{3}})[™®](?![{_LETTER}])
    | (?<![{_LETTER}])“(?=[^“”]{{2,200}}”) | (?<=[^\s“”])”(?![{_LETTER}])
    | (?<![{_LETTER}])‘(?=[^‘’]{{2,200}}’) | (?<=[^\s‘’])’(?=[\s.,;:)]{{0,2}}$)
    | \xa0(?=[:;?!»%€\d]) | (?<=[«\d])\xa0 | (?<![^\s*_(>|-])[•–—€©®™§°±×½¼¾«»‰](?![^\s\d*_)|-])
    | (?<=\d\s)€ | (?<=\d)[€°‰] | (?<=[,(\["“])\s?… | (?<=[,(\["“]\s)…)
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
# Beside words without accents, in a text that is plainly English.
_ENGLISH_SIGN = re.compile(r"(?<=[A-Za-z])[…—–’](?![^\W\d_A-Za-z])|(?<![^\W\d_A-Za-z])[…—–‘“](?=[A-Za-z])|\s…\s")
_ENGLISH = frozenset(
    re.findall(r"\w+", "the and of to with you your is are this that for from by an how when which it be or")
)
# What is so common in names and loan words that it needs no word of its language around it.
_KNOWN = re.compile(
    r"""[ñÑ](?=[aeiouáéíóúAEIOUÁÉÍÓÚ]) | ã(?=o(?:s|\b)) | (?<=[lt])à\b | \bÀ\b | \bà\b | (?<=[Cc]r)è(?=me)
    | (?<=[rRmM])è(?=[rsg]e) | (?<=[fbFB])ê(?=te) | (?<=\b[tT])ê(?=te) | \b[êÊ](?=tre)
    | (?<=[cC]r)ê(?=pe) | (?<=[mM])ê(?=me) | (?<=[Nn]a)ï(?=[vf]) | û(?=l[eé]|t) | œ(?=u)
    | å(?=[a-zäöø]) | \bÅ(?=[a-z]) | (?<=\b[nN]o|\b[zZ]o)ë | (?<=os|ed)ì\b
    | ç(?=ade|ao\b|on\b|ais|al\b|aise) | (?<=ront)ë\b
    | (?<![A-Za-z])[üÜ](?=ber) | (?<=[a-zA-Z])ø(?=[rdgl]) | \bØ(?=[rdglvs])
    """,
    re.VERBOSE,
)


@frozen
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
)
_LOANS = _language("éèêçïñöü", "")  # fmt: skip
# Words that texts of other encodings have too tell nothing.
_SHARED_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a al as ce con das de den der die do el en et for i in ja me med na o od on per po pour se som son su ta te to"
        " un una van za e y",
    )
)


def is_western(text: str, legacy: frozenset[int], document: str) -> tuple[bool, Sequence[str]]:
    """Say whether text read as Windows-1252 is what its author wrote, as far as that can be known, or what it may be.

    `legacy` are the places of the characters that were read so; the others are certain. `document` is all of the text:
    its words tell its languages. Where no other encoding makes sense of the text, any word of Western Europe will do;
    where one does, only what is common in the languages that are spoken here.
    """
    found = tokens(text, legacy)
    others = rivals(token for _, token in found)
    likely = list(dict.fromkeys(rival.name for rival in others))
    if any(one.start() in legacy or one.end() - 1 in legacy for one in _WRONG.finditer(text)):
        return False, likely
    if any((one.start() in legacy) != (one.start() + 1 in legacy) for one in _TWO.finditer(text)):
        return False, likely
    runs = _WORD.finditer(text)
    foreign = (one for one in runs if not one[0].isascii())
    words = list(dict.fromkeys(one[0] for one in foreign if any(at in legacy for at in range(*one.span()))))
    if not others and not any(set("šžŠŽ") & set(word) for word in words):
        return _is_consistent(words, ""), likely
    shared = _agreed([token for _, token in found], others) if others else ""
    english = len(_ENGLISH & set(_ASCII_WORD.findall(document[:_MOST].lower()))) >= _PLAINLY
    spoken = [*_spoken(document), *([_LOANS] if english else [])]
    plain = all(_is_plausible(word, spoken, shared) for word in words) and not _doubtful_signs(
        text, legacy, found, english
    )
    return plain and _is_consistent(words, shared), likely


def _agreed(found: Sequence[Token], others: Sequence[Rival]) -> str:
    """Return the letters that stand for the same bytes in all encodings that may be meant."""
    distinct = tuple(dict.fromkeys(found))
    read = [
        (token.data.decode("cp1252", "replace"), [rival.words[at] for rival in others])
        for at, token in enumerate(distinct)
    ]
    same: set[str] = set()
    differ: set[str] = set()
    for western, words in read[:2000]:
        for at, sign in enumerate(western):
            agree = all(len(word) == len(western) and word[at] == sign for word in words)
            (same if agree else differ).add(sign)
    return "".join(same - differ)


def _doubtful_signs(text: str, legacy: Collection[int], found: Iterable[tuple[int, Token]], english: bool) -> bool:
    """Say whether a sign stands at a word so that it may be a letter of another encoding."""
    certain = [_SURE_SIGN, _ENGLISH_SIGN] if english else [_SURE_SIGN]
    sure = {at for signs in certain for one in signs.finditer(text) for at in range(*one.span())}
    for start, token in found:
        for at in range(start, start + len(token.data)):
            if at in legacy and not text[at].isalpha() and at not in sure:
                return True
    return False


def _spoken(text: str) -> Iterator[_Language]:
    said = {word.lower() for word in _WORD.findall(text)} - _SHARED_WORDS
    return (language for language in _LANGUAGES if language.words & said)


def _is_plausible(word: str, spoken: Iterable[_Language], shared: str) -> bool:
    """Say whether a word is one of a language that is spoken here, or cannot be anything else."""
    if len(word) > 1 and not any(letter.isascii() for letter in word):
        return word.lower() in ("où", "às", "öå", "ää", "áá")
    rare = {at for at, letter in enumerate(word) if not letter.isascii() and letter not in shared}
    if rare <= {found.start() for found in _KNOWN.finditer(word)}:
        return True
    return any(language.writes(word.lower()) for language in spoken)


def _is_consistent(words: Iterable[str], shared: str) -> bool:
    """Say whether one language writes most of the words: signs of several at once are those of none."""
    rare = [word.lower() for word in words if any(not sign.isascii() and sign not in shared for sign in word)]
    return not rare or max(sum(map(language.writes, rare)) for language in _LANGUAGES) * 2 > len(rare)
