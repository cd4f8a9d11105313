"""Readings of bytes in other encodings than Windows-1252 that make sense, so that none of them can be ruled out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from coursewright.frozen import frozen

_VOWELS = "aeiouyáéíóúýàèìòùâêîôûäëïöüãõåæøœąęěůűőăâîıāēīūĺŕ"


@frozen
class Script:
    """The letters that a language or a script is written in, and what none of its words holds."""

    letters: frozenset[str]
    never: re.Pattern[str] | None = None
    foreign: bool = False

    def writes(self, word: str) -> bool:
        """Say whether a word, in small letters, may be one of it. A foreign script takes no Latin letters."""
        if self.foreign:
            return all(letter in self.letters for letter in word)
        known = all(letter.isascii() or letter in self.letters for letter in word)
        return known and any(letter in _VOWELS for letter in word) and not (self.never and self.never.search(word))


def _script(letters: str, never: str = "") -> Script:
    return Script(frozenset(letters), re.compile(never) if never else None)


def _foreign(first: str, last: str, others: str = "") -> Script:
    return Script(frozenset((*map(chr, range(ord(first), ord(last) + 1)), *others)), foreign=True)


_TWICE = r"(?P<twice>[^\x00-\x7f])(?P=twice)"
_CONSONANT = "[bcčćdďđfghjklłľmnňpqrřsštťvwxzžźż]"
_ESTONIAN = _script("äöõüšž", r"[cqwxy]")
_WESTERN = (
    _script("àâæçèéêëîïôœùûüÿ", r"(?<!^[aà])(?<!o)ù.|^è.|[àù](?=[a-z])|[èêî]$|(?<!\w)ç"),
    _script("äöüß", r"^ß|[äöü]$(?<!..)"),
    _script("áéíñóúü", r"ñ(?![aeiouáéíóú])|aá|áa"),
    _script("áâãàçéêíóôõú", r"[ãõ](?![oes]|nh|$|zinh|mente)|õ(?!e)|[à](?=.)(?<=..)|ç(?![aouãáóõ])"),
    _script("àèéìòù", r"[àìòù](?!$)"),
    _script("àèéíïòóúüç", r"^è.|[àò](?![bcdfglmnprstvz]|$)"),
    _script("æøå"),
    _script("åäö"),
)
_CENTRAL = (
    _script(
        "ąćęłńóśźż",
        rf"[qvx]|{_TWICE}|{_CONSONANT}ń{_CONSONANT}|^[ąęńź]|{_CONSONANT}ć{_CONSONANT}|^ć(?![mw])|[ćńśź](?=[aeouyąęó])|(?<=[ćńśź])[i]|ą(?=[aeiouyłl])",
    ),
    _script(
        "áčďéěíňóřšťúůýž",
        rf"ě(?<![dtnbpvmf]ě)|^[ůúď]?ů|ř(?=[rsšzžgfcjlnw])|(?<=[jlnmsfwrgcxq])ř|{_CONSONANT}č(?=[bcdfghjlmprsvz])|ď(?=[nlrbe])"
        rf"|{_TWICE}|[šž]n$|ť(?=[bdghjlmnprvz])|cč|ee|oo|[áéíóúý]{{2}}",
    ),
    _script(
        "áäčďéíĺľňóôŕšťúýž",
        rf"[ĺŕ](?![bcčdďfghjklmnňprsštťvzž])|(?<![bcčdďfghjklmnňpsštťvzž])[ĺŕ]|ä(?<![mpbv]ä)|{_CONSONANT}č(?=[bcdfghjlmprsvz])"
        rf"|{_TWICE}|[šž]n$|ť(?=[bdghjlmnprvz])|ď(?=[nlrbe])|ee|oo|ô(?=[aeiouy]|$)",
    ),
    _script("áéíóöőúüű", r"[aá]{2}|ee|[qwx]"),
    _script(
        "čćđšž",
        rf"{_CONSONANT}ć{_CONSONANT}|^ć(?![eiu])|{_CONSONANT}č(?=[bcdfghjlmprsvz])|{_TWICE}|[šž]n$|[qwxy]|đ(?![aeiou])|ee|oo",
    ),
    _script("ăâîşţ", r"â(?=$)|(?<=[aeiou])â|î$|ee|oo|w|k"),
)
_BALTIC = (
    _script(
        "ąčęėįšųūž",
        rf"(?<=.)[ąęųį](?=[^sšzžk])|^[ęų]|[bcdfghlpvzž]$|[wxqāē]|{_CONSONANT}č{_CONSONANT}|ee|oo|aa|ll|ss|tt",
    ),
    _script(
        "āčēģīķļņšūž",
        rf"{_CONSONANT}č{_CONSONANT}|[āēīū][aeiouāēīū]|[aeo][āēīū]|[ģķļņ](?=$|[bcdfghklmpqrstvz])|[wxqy]|ee|aa|ss|tt|[bcdfghklpv]$",
    ),
    _ESTONIAN,
)
_TURKISH = (_script("çğıöşüâîû", r"^ğ|[wxq]|(?<=[bcdfhjklmnprstvyz])ğ|ee|oo"),)
_ESPERANTO = (_script("ĉĝĥĵŝŭ", r"[qwxy]|ŭ(?<![ae]ŭ)"),)
_CYRILLIC = (_foreign("а", "я", "ё"), _foreign("а", "я", "іїєґ'"))
_KANA_AND_KANJI = (_foreign("一", "鿿", "".join(map(chr, range(0x3040, 0x3100))) + "々〆"),)
_ENCODINGS: tuple[tuple[str, str, Sequence[Script]], ...] = (
    ("cp1251", "Windows-1251 (Cyrillic)", _CYRILLIC),
    ("koi8_r", "KOI8-R or KOI8-U (Cyrillic)", _CYRILLIC),
    ("koi8_u", "KOI8-R or KOI8-U (Cyrillic)", _CYRILLIC),
    ("cp866", "code page 866 (Cyrillic)", _CYRILLIC),
    ("iso8859_5", "ISO 8859-5 (Cyrillic)", _CYRILLIC),
    ("mac_cyrillic", "Mac OS Cyrillic", _CYRILLIC),
    ("cp1253", "Windows-1253 (Greek)", (_foreign("ΐ", "ώ"),)),
    ("cp1255", "Windows-1255 (Hebrew)", (_foreign("א", "ת", "־׳״"),)),
    ("cp1256", "Windows-1256 (Arabic)", (_foreign("ء", "ي", "پچژگ\u200c"),)),
    ("iso8859_6", "ISO 8859-6 (Arabic)", (_foreign("ء", "ي"),)),
    ("cp874", "Windows-874 (Thai)", (_foreign("ก", "๛"),)),
    ("shift_jis", "Shift_JIS (Japanese)", _KANA_AND_KANJI),
    ("euc_jp", "EUC-JP (Japanese)", _KANA_AND_KANJI),
    ("gb18030", "GB18030 or GBK (Chinese)", (_foreign("一", "鿿"),)),
    ("big5", "Big5 (Chinese)", (_foreign("一", "鿿"),)),
    ("euc_kr", "EUC-KR (Korean)", (_foreign("가", "힣"),)),
    ("cp1254", "Windows-1254 (Turkish)", _TURKISH),
    ("cp1250", "Windows-1250 (Central European)", _CENTRAL),
    ("iso8859_2", "ISO 8859-2 (Central European)", _CENTRAL),
    ("cp1257", "Windows-1257 (Baltic)", _BALTIC),
    ("mac_roman", "Mac OS Roman", _WESTERN),
    ("cp850", "code page 437 or 850 (MS-DOS)", _WESTERN),
    ("cp437", "code page 437 or 850 (MS-DOS)", _WESTERN),
    ("cp852", "code page 852 (MS-DOS, Central European)", _CENTRAL),
    ("iso8859_3", "ISO 8859-3 (Esperanto)", _ESPERANTO),
)
# Marks that may stand before and after a word, and in it.
_MARKS = "“”„‘’‚«»‹›…–—•°·©®™§ \u3000、。，：；！？「」（）・ーˮ"
_ALONE = frozenset("įàéèåöíóúiаивоускяєії")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_TOKEN = re.compile(r"[A-Za-z\x80-\U0010ffff]+")


@frozen
class Token:
    """A run of letters and of bytes beyond ASCII, and what stands right before and after it."""

    data: bytes
    before: str
    after: str


@frozen
class Rival:
    """An encoding in which all tokens make sense, and what each is in it."""

    name: str
    words: tuple[str, ...]


def tokens(text: str, legacy: Collection[int]) -> list[tuple[int, Token]]:
    """Return each run that holds characters read as Windows-1252, with its place; the others are certain."""
    found = []
    certain = {sign.start() for sign in _BEYOND_ASCII.finditer(text)}.difference(legacy)
    for run in _TOKEN.finditer(text):
        if not run[0].isascii() and certain.isdisjoint(range(*run.span())):
            data = run[0].encode("cp1252", "replace")
            found.append(
                (run.start(), Token(data, text[max(run.start() - 2, 0) : run.start()], text[run.end() : run.end() + 2]))
            )
    return found


def rivals(found: Iterable[Token]) -> list[Rival]:
    """Return the encodings other than Windows-1252 in which all tokens may be words of one language."""
    distinct = tuple(dict.fromkeys(found))[:2000]
    read = [(name, _words(codec, scripts, distinct)) for codec, name, scripts in _ENCODINGS]
    western = tuple(token.data.decode("cp1252", "replace") for token in distinct)
    return [Rival(name, words) for name, words in read if words and words != western]


def _words(codec: str, scripts: Sequence[Script], found: Sequence[Token]) -> tuple[str, ...]:
    try:
        words = tuple(token.data.decode(codec) for token in found)
    except UnicodeDecodeError:
        return ()
    if not _is_balanced("".join(words)):
        return ()
    makes_sense = any(
        all(_may_be(word, token, script) for word, token in zip(words, found, strict=True)) for script in scripts
    )
    return words if makes_sense else ()


def _is_balanced(text: str) -> bool:
    """Say whether each mark that opens a quotation has one that may close it."""
    pairs = all(text.count(first) == text.count(last) for first, last in ("‹›", "«»"))
    return pairs and sum(map(text.count, "“”„")) != 1


def _may_be(word: str, token: Token, script: Script) -> bool:
    inner = word.strip(_MARKS)
    if not inner:
        return True
    if inner == word and (token.before[-1:].isdigit() or token.after[:1].isdigit()):
        return False
    if len(inner) == 1 and not script.foreign:
        apart = token.before.endswith(" ") and token.after.startswith(" ")
        return inner.lower() in _ALONE and apart
    return all(_is_word(part, script) for part in re.split("[’'\u00a0 -]", inner) if part)


@lru_cache(maxsize=4096)
def _is_word(word: str, script: Script) -> bool:
    shaped = word[1:] == word[1:].lower() or word == word.upper()
    return shaped and word.isalpha() and script.writes(word.replace("İ", "i").lower())
