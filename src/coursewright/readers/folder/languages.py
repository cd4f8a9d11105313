"""Translations: folders and files that say by their names in which language they are."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache

from coursewright.frozen import frozen
from coursewright.readers.folder.names import OVERVIEWS
from coursewright.text.patterns import later

_LANGUAGES = """
aa ab af ak am an ar as av ay az ba be bg bh bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd
ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr
ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_TAGS = frozenset(_LANGUAGES.split())
_FOLDER = later(r"([a-z]{2,3})(?:[-_]([A-Za-z]{2}|Hans|Hant|419))?", re.IGNORECASE)
_REGIONAL = re.compile(r"[a-z]{2,3}-(?:[A-Z]{2}|Hans|Hant|419)")
NAMED = {
    "arabic": "ar", "bengali": "bn", "catalan": "ca", "chinese": "zh", "czech": "cs", "deutsch": "de", "dutch": "nl",
    "english": "en", "espanol": "es", "español": "es", "farsi": "fa", "francais": "fr", "français": "fr",
    "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "indonesian": "id", "italian": "it",
    "italiano": "it", "japanese": "ja", "korean": "ko", "persian": "fa", "polish": "pl", "portuguese": "pt",
    "romanian": "ro", "russian": "ru", "spanish": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk",
    "urdu": "ur", "uzbek": "uz", "vietnamese": "vi",
}  # fmt: skip
_JOINED = re.compile(r"(pt|zh)(br|pt|cn|tw)", re.IGNORECASE)  # `ptbr`, as some write `pt-BR`
# After a dot any language is one; after a hyphen only those whose tags are no words of English or Spanish.
_SUFFIX = re.compile(
    r"(.+?)(?:\.([a-z]{2}(?:[-_][A-Za-z]{2})?)|[-_]((?:zh|ja|ko|fr|de|es|pt|ru|tr|pl|vi|uk|ar|fa|nl)(?:[-_](?:[A-Z]{2}|tw|cn|br))?))"
)
# After a hyphen, these are languages where many documents of a course have such a twin: `-it` may be a word.
_AMONG_MANY = later(
    r"(.+?)[-_](it|hi|sv|da|fi|el|he|hu|ro|cs|cz|bg|th|bn|ta|te|ca|sr|hr|sk|sl|lt|lv|et|id|ua|cn|ch|jp|kr|br|ptbr)"
)
_COUNTRIES = {"cz": "cs", "ua": "uk", "cn": "zh", "ch": "zh", "jp": "ja", "kr": "ko", "br": "pt", "ptbr": "pt"}
_MANY = 3
_DOTTED = re.compile(r"(.+)\.([a-z]{2}(?:[-_][A-Za-z]{2})?)")
HOMES = frozenset({"translations", "translated_images", "i18n", "locales", "locale", "l10n"})


def language_of(name: str) -> str:
    """Return the tag of the language that a folder's name is (`pt-BR`, `fr`), or nothing."""
    if joined := _JOINED.fullmatch(name):
        return f"{joined[1].lower()}-{joined[2].upper()}"
    found = _FOLDER.fullmatch(name)
    if not found or (found[1].lower() not in _TAGS and not _REGIONAL.fullmatch(name)):
        return ""
    return f"{found[1].lower()}-{found[2]}" if found[2] else found[1].lower()


def translated(names: Collection[str]) -> dict[str, str]:
    """Return the folders among those of one folder that are languages, with their tags.

    Two letters alone are no language (`go/`, `is/`) unless two folders or more have such names and one is `en`; words
    (`French/`) are none unless two folders or more have such names, and numbered ones lie beside them.
    """
    words = {name: NAMED[name.casefold()] for name in names if name.casefold() in NAMED}
    if len(words) > 1 and any(name[:1].isdigit() for name in names):
        return words
    found = {name: tag for name in names if (tag := language_of(name))}
    regional = {name: tag for name, tag in found.items() if "-" in tag}
    several = len(found) > 1 and any(tag.split("-")[0] == "en" for tag in found.values())
    return found if several or len(regional) > 1 else regional


def chosen(tags: Iterable[str], wanted: str) -> str:
    """Return which of several languages is meant: the one that is wanted, or its like, or else English."""
    known = sorted(tags, key=lambda tag: (len(tag), tag))
    for language in filter(None, (wanted, wanted.split("-")[0], *(() if wanted else ("en",)))):
        for tag in known:
            if tag.casefold() == language.casefold() or tag.split("-")[0].casefold() == language.casefold():
                return tag
    return ""


def translation_of(bare: str, others: Collection[str]) -> str:
    """Return the language of a document that is the translation of another beside it (`intro.fr`), or nothing.

    `bare` is its name without extension, `others` are those of all documents of its folder.
    """
    found = _SUFFIX.fullmatch(bare)
    return language_of(found[2] or found[3]) if found and found[1] in others else ""


def translated_among(paths: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return documents that are translations as many others are: of which one each, and into which language."""
    bases = {posixpath.splitext(path)[0]: path for path in paths}
    named = {path: found for bare, path in bases.items() if (found := _AMONG_MANY.fullmatch(bare))}
    twins = {path: (bases[found[1]], found[2]) for path, found in named.items() if found[1] in bases}
    counts = Counter(tag for _, tag in twins.values())
    return {path: (base, _COUNTRIES.get(tag, tag)) for path, (base, tag) in twins.items() if counts[tag] >= _MANY}


@frozen
class Variant:
    """A document in one of several languages: its name without the language, that, and all that there are."""

    base: str
    language: str
    languages: tuple[str, ...]


@lru_cache(maxsize=4)  # asked for each of a folder's documents
def in_languages(stems: frozenset[str]) -> dict[str, Variant]:
    """Return those of a folder's documents that are each in one of several languages: `page.en` and `page.fr`.

    `stems` are names without extension. A language that one name alone has is one where it is English, or that of the
    folder's index; where a document has a name without any, the others are its translations.
    """
    dotted = {stem: found for stem in stems if "." in stem and (found := _DOTTED.fullmatch(stem))}
    named = {
        stem: (found[1], tag)
        for stem, found in dotted.items()
        if found[1] not in stems and (tag := language_of(found[2]))
    }
    tags: dict[str, list[str]] = {}
    for base, tag in named.values():
        tags.setdefault(base, []).append(tag)
    sure = {"en", *(tag for base, tag in named.values() if base.casefold() in OVERVIEWS)}
    return {
        stem: Variant(base, tag, tuple(sorted(tags[base])))
        for stem, (base, tag) in named.items()
        if len(tags[base]) > 1 or tag in sure
    }


def of_several(tags: Iterable[str], wanted: str) -> str:
    """Return which of the languages of a document is read: the one that is wanted, else English, else the first."""
    known = sorted(tags)
    return chosen(known, wanted) or chosen(known, "") or known[0]


def untranslated(bare: str) -> str:
    """Return the name of what a translation is one of: `intro` for `intro.fr`."""
    found = _SUFFIX.fullmatch(bare)
    return found[1] if found else bare
