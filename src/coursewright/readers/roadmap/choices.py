"""What makes a choice or an option of a whole statement of prerequisites, so that none of its ids locks."""

# ruff: noqa: SIM905 - lists of words are read more easily as texts

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursewright.readers.roadmap.matches import matches, skeleton
from coursewright.readers.roadmap.requirements import PLAIN_WORDS, Known, has_a_mark, without_held, words
from coursewright.readers.roadmap.signs import held_titles, plain_signs, split_top_level, without_markup
from coursewright.text.patterns import later

# What begins the other half of a choice, or a condition on all that was said before it.
_OR = (
    r"or|oder|ou|o|u|of|lub|albo|eller|nebo|anebo|alebo|vagy|veya|ya da|tai|sau|ili|или|либо|або|ή|או|أو|hoặc|atau"
    r"|oppure|ossia|bzw|otherwise|else|alt|alternativ\w*|altern[ao]tiv\w*|as an alternative|failing (?:that|this|which)"
    r"|instead|wahlweise|ersatzweise|sonst|ansonsten|andernfalls|sinon|à défaut|autrement|en su defecto|altrimenti"
    r"|in alternativa|en alternativa|anders|иначе|альтернатив\w*"
)
_IF = (
    r"if|unless|except\w*|depending|whichever|whatever|provided|sofern|soweit|falls|wenn|außer|es sei denn|je nach"
    r"|sauf|si|à moins|selon|salvo|a menos|a meno|excepto|exceto|se|tranne|tenzij|als|mits|chyba|jeśli"
    r"|jeżeli|если|кроме|medmindre|utom|om|hvis"
)
_OPENS = later(rf"[^\w\0]*(?:(?:{_OR}|{_IF})(?!\w)|または|もしくは|あるいは|或|또는|혹은)", re.IGNORECASE)
_OPENS_OTHER = later(rf"[^\w\0]*(?:(?:{_OR})(?!\w)|または|もしくは|あるいは|或|또는|혹은)", re.IGNORECASE)
_ENDS = later(
    r"(?:\b(?:or|oder|ou|lub|albo|eller|nebo|vagy|veya|или|либо|або|או|أو)|または|もしくは|或者?|또는)[^\w\0]*$",
    re.IGNORECASE,
)
# Scripts whose words take endings, or stand without spaces.
_UNSPACED = later(
    r"いずれか|どちらか|どれか|一つ|ひとつ|任意|選択|でよい|でも可|أحد|إحدى|اختيار|אחד מ|אחת מ|לבחירה|其中|任选"
    r"|任選|任一|之一|二选一|二選一|可选|중 하나|하나만|선택"
)
_SOME_OF = later(
    r"\b\d{1,3}\s*(?:of|out of|von|aus|de|su|di|van|z|ze|из|av|af|/)\s*(?:the\s+)?\d{1,3}\b", re.IGNORECASE
)
_CHOICE = later(
    r"(?:either|any|anyone|one|two|three|half|some|least|alternat\w*|whichever|whatever|others?|enough|suffic\w*|instead"
    r"|choices?|choose|pick|select\w*|depending|or|not|neither"
    r"|eine[rsmn]?|ein|zwei|beliebig\w*|entweder|davon|alternativ\w*|oder|genüg\w*|reicht|wahl|wählen|nicht|wahlweise"
    r"|une?|l|choix|ou|soit|suffi\w*|moins|choisir|pas"
    r"|un[oa]s?|elección|elegir|opción|cualquiera|algun[oa]s?|suficiente|basta|menos|no"
    r"|scelta|scegliere|qualsiasi|almeno|oppure|sufficiente|uma?|escolha|qualquer"
    r"|één|keuze|een|voldoende|genoeg|jeden|jedna|jedno|wybór|wyboru|lub|albo|wystarczy|ett|eller|valfri\w*|valg|nok"
    r"|один|одна|одно|одного|любой|любого|любая|выбор\w*|достаточно|или|либо|один\w*|jeden|jedno|vyber\w*)$"
)
_SOFTER = later(
    r"(?:optional\w*|recommend\w*|suggested|ideal\w*|prefer\w*|possible|desirable|advised|helpful|useful|nice|voluntary"
    r"|exempt\w*|waived?|unless|except|if|maybe|perhaps|equivalent|similar|comparable"
    r"|empfohlen\w*|empfehl\w*|freiwillig\w*|möglich\w*|möglichst|gern\w*|falls|wenn|sofern|außer|hilfreich"
    r"|facultati\w*|recommand\w*|conseill\w*|recomend\w*|opcional\w*|opciona\w*|facoltativ\w*|consigliat\w*|raccomandat\w*"
    r"|optioneel|aanbevolen|zalecan\w*|opcjonaln\w*|rekommender\w*|anbefal\w*|frivillig\w*|doporučen\w*|volitelné"
    r"|рекоменд\w*|желател\w*|необязат\w*)$"
)
_ALL = frozenset(
    """
    all both each every alle beide beiden jeweils tous toutes deux todos todas ambos ambas tutti tutte entrambi
    """.split()
)
_SMALL = (
    PLAIN_WORDS
    | _ALL
    | frozenset(
        """
    it them these those there only just more longer needed will do does offered available your own is are was of which
    but them mehr nötig ihnen diesen dies ist sind nur je nach genannten folgenden von en au aux ces eux est sont
    seulement los las estos ellos es son solo di loro questi è dei degli due dos da dos deles ze tych них этих из
    """.split()
    )
)
_SENTENCE_OF_CHOICE = later(
    r"\b(?:whichever|not both|if not|otherwise|failing that|one suffices|only one|just one|your choice|choose|pick one"
    r"|(?:eine[rs]?|beides?|nur eine?s?) (?:davon|genügt|reicht)|nach wahl|au choix|l'un|l’un|uno de"
    r"|una de|uno dei|a scelta|à escolha|naar keuze|do wyboru|один из|одно из|на выбор|valfritt)\b",
    re.IGNORECASE,
)


# Words right before an id that only point at it, or say that it is what comes later.
_POINTS = later(
    r"(?<!\w)(?:(?:pre-?requisites?|required|needed|necessary|mandatory|preparation) (?:for|of|to|by|before)|before"
    r"|see(?: also)?|cf|compare|as (?:for|in|with)|(?:same as|like)|leads to|unlocks"
    r"|siehe(?: auch)?|vgl|wie (?:für|bei|in)|vor|(?:voraussetzung|erforderlich|notwendig) für"
    r"|voir(?: aussi)?|comme (?:pour|dans)|avant|(?:prérequis|requis|nécessaire) (?:pour|de)"
    r"|ver(?: también)?|véase|como (?:para|en)|antes de|(?:requisito|necesario|requerido) (?:de|para)"
    r"|vedi(?: anche)?|come per|prima di|(?:requisito|necessario|richiesto) per|veja|como em|zie(?: ook)?|vóór|voor"
    r"|zob|zobacz|przed|se(?: även)?|före|före|før|см|перед|для)\.?:?"
    r"(?:\s+(?:the|der|das|dem|den|die|le|la|el|il|o|de|het|module?s?|modules|modul|unit|course|kurs|project|projekt))*"
    r"\s+\0",
    re.IGNORECASE,
)


def opens_the_other_half(text: str) -> bool:
    """Say whether a text goes on from the one before it as the other half of a choice: `or MOD-103`."""
    return bool(_OPENS_OTHER.match(without_markup(text)))


def connects(text: str) -> bool:
    """Say whether a paragraph that names no units makes a choice of what stands beside it: `or`, `One is enough.`"""
    bare = without_markup(text).strip()
    unknown = bare.islower() and len(bare.split()) < 3 and not any(map(str.isdigit, bare))
    return unknown or _is_of_all(bare) or bool(_SENTENCE_OF_CHOICE.search(bare) or _UNSPACED.search(bare))


def is_a_choice(texts: Sequence[str], known: Known) -> bool:
    """Say whether any part of a statement, which may be spread over several texts, makes a choice of all of it."""
    parts = [list(_parts(text, known)) for text in texts]
    if not any("\0" in part for text in parts for part in text):
        return False
    return any(_makes_a_choice(part) for text in parts for part in text) or any(map(_ends_in_doubt, parts))


def only_points(text: str, known: Known) -> bool:
    """Say whether a text points at units or says that they come later: `see MOD-103`, `required for MOD-103`."""
    return any(_POINTS.search(part.split("(", 1)[0]) for part in _parts(text, known) if "\0" in part)


def _parts(text: str, known: Known) -> Iterator[str]:
    """Yield the parts of a text between commas with a sign for each id, without whole titles beside ids."""
    said, _ = held_titles(without_markup(known.spelt(plain_signs(text))), known)
    for part in split_top_level(said):
        yield without_held(skeleton(part, matches(part, known)))


def _makes_a_choice(part: str) -> bool:
    if _OPENS.match(part) or _ENDS.search(part):
        return True
    before, named, after = part.partition("\0")
    if not named:
        return _is_of_all(part)
    last = after.rpartition("\0")[2]
    last = "" if _OPENS.match(last) else last
    return any(_is_of_all(beside, softer=False) for beside in (before, last))


def _ends_in_doubt(parts: Sequence[str]) -> bool:
    """Say whether the last of several units named in a text has a remark that may be of all: `MOD-1, MOD-2 (zqxw)`.

    What makes one optional is of that one alone, unless it says `both` or `all`: `MOD-1, MOD-2 (recommended)`.
    """
    named = [part for part in parts if "\0" in part]
    if len(named) < 2:
        return False
    after = named[-1].rpartition("\0")[2].strip()
    if not (after.startswith("(") and after.endswith(")")) or has_a_mark(after):
        return False
    if _is_of_all(after, softer=False):
        return True
    return _is_small(after) and not all(word in _SMALL or _SOFTER.match(word) for word in words(after))


def _is_small(remark: str) -> bool:
    """Say whether a remark is in small letters, or in a script that has no others, so that it is no title."""
    letters = [letter for letter in remark if letter.isalpha()]
    return bool(letters) and not letters[0].isupper()


def _is_of_all(remark: str, *, softer: bool = True) -> bool:
    """Say whether words name nothing of their own and speak of a choice, or, where asked, of an option."""
    if _SOME_OF.search(remark):
        return True
    if _UNSPACED.search(remark):
        return True
    said = words(remark)
    related = [word for word in said if _CHOICE.match(word)]
    options = [word for word in said if _SOFTER.match(word)]
    if any(word not in _SMALL and word not in related and word not in options for word in said):
        return False
    return bool(related and (softer or not _denies_alone(related))) or bool(
        options and (softer or _ALL.intersection(said))
    )


def _denies_alone(related: Sequence[str]) -> bool:
    return set(related) <= {"not", "nicht", "pas", "no"}
