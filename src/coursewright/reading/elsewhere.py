"""What looks like a prerequisite where none are read: a unit beside words of requirement, a field of units only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursewright.model import Block, Field, Listing, Table, Text, Unheld, Unit
from coursewright.reading.labels import label_of_units
from coursewright.reading.matches import matches
from coursewright.reading.references import read_prerequisites
from coursewright.reading.requirements import Known
from coursewright.wording import normal

# Words that say of a unit that it comes first, in the languages that courses are kept in.
_REQUIRING = re.compile(
    r"\b(?:pre-?req\w*|requir\w+|needs?|needed|necessary|mandatory|compulsory|obligatory|unlock\w*|locked|gated?"
    r"|depends on|before (?:you|we|this|the|starting|beginning|taking|attempting|doing)|must (?:have|be|first)"
    r"|ha(?:ve|s) to|(?:complet|finish|pass)\w* .{1,60}\bfirst|only (?:after|once|when)"
    r"|(?:do|take|read|study|attend|start with) .{1,60}\bfirst"
    r"|(?:take|do|start|begin|attempt|opens?|available) .{0,30}\bafter"
    r"|once you(?:'ve| have)? (?:complet|finish|pass)|after (?:complet|finish|pass)\w+|assumes?|comes? after"
    r"|follows on|builds? (?:up)?on|presuppos\w+"
    r"|voraus\w*|erforder\w*|benötig\w*|notwendig\w*|muss|müssen|musst|müsst|zuerst|bevor|erst nach|nach abschluss"
    r"|nécessa\w*|requis\w*|préalable\w*|exig\w+|avant (?:de|d|ce|cette)\b|il faut|vous devez|doi[st]|doivent|d'abord"
    r"|necesit\w*|requier\w*|requer\w*|antes (?:de|do|da)|deb(?:e|es|en|erá\w*)|obligatori\w*"
    r"|haber (?:complet|termin|aprob|curs)\w*"
    r"|necessari\w*|richied\w*|richiest\w*|prima di|occorre|bisogna|dev(?:i|e|ono)|obbligatori\w*"
    r"|necessári\w*|obrigatóri\w*|precisa\w*|deve\w*|primeiro|vereist\w*|nodig|verplicht\w*|eerst|voordat|moet\w*"
    r"|wymaga\w*|należy|musisz|najpierw|przed|krävs|kräver|måste|först|innan|kræve\w*|kreve\w*|først|før|skal|må"
    r"|vaaditaan|edellyt\w*|ennen|ensin|vyžad\w*|musíte|nejprve|před|nutn\w+|szükséges|előtt|előbb|kell"
    r"|necesar\w*|înainte|trebuie|gerek\w*|önce|zorunlu|tamamla\w*|cần|trước|harus|sebelum|perlu"
    r"|требу\w*|необходим\w*|нужн\w+|сначала|прежде|перед|должн\w+|обязательн\w*|потріб\w*|необхідн\w*|спочатку"
    r"|απαιτ\w*|προαπαιτ\w*|πριν|πρέπει)\b"
    r"|נדרש|דרוש|חובה|לפני|קדם|יש להשלים|צריך|يجب|مطلوب|قبل|يتطلب|متطلب|يلزم|باید|پیش|लाज़मी"
    r"|必须|必須|需要|先修|先完成|之前|前提|前置|必修|必要|先に|までに|修了|필요|필수|먼저|선수|이수|전에",
    re.IGNORECASE,
)
# Labels of fields that name units for another reason than to require them.
_OTHERWISE = re.compile(
    r"relat|see|similar|next|feed|lead|pair|companion|follow|replac|supersed|cover|topic|part|series|track|role|assess"
    r"|resourc|source|version|alias|referen|link|continu|former|equivalen|project|module|unit|course|code|number|tag"
    r"|placement|position|sequence|program|path|credit|catalog|used|prepar|support|compar"
    r"|capstone|exam|\bid\b|name|title"
    r"|verwand|siehe|ähnlich|danach|weiter|projekt|modul|kurs|voir|suite|suivant|prochain|ver tambi|siguiente"
    r"|vedi|success"
    r"|próxim|zie|volgend|gerelat|następ|dalej|näst|neste|seuraav|další|далее|след|связан|см|ראו|הבא|التالي|関連|相关|下一|次",
    re.IGNORECASE,
)
_TARGET = re.compile(r"\]\([^()\s]*\)|https?://\S+|<[^<>]{1,300}>")
_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)", re.DOTALL | re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\W*[^\W\d_])|(?<=[。！？])")
_LONGEST = 2000


def resembling(unit: Unit, known: Known) -> Iterator[Unheld]:
    """Yield what looks like a prerequisite of a unit in its fields and texts that nothing has read as one."""
    for found in unit.fields:
        if ids := _required_by(found, unit, known):
            yield Unheld(Text(f"{found.name}: {_value(found)}", found.line), ids=ids)
    for section in unit.sections:
        for text in _texts(section.rest):
            yield from _sentences(text, unit, known)
    yield from _sentences(unit.summary, unit, known)


def named(text: str, unit: Unit, known: Known, *, any_form: bool = False) -> tuple[str, ...]:
    """Return the other units of the curriculum that a text names by ids that are no plain number or word."""
    spelt = known.spelt(text)
    return tuple(
        id
        for found in matches(spelt, known)
        for id in found.ids
        if known.titles(id)
        and id.casefold() != unit.id.casefold()
        and (any_form or _is_telling(id, spelt[found.start : found.end]))
    )


def _value(found: Field) -> str:
    return "; ".join(filter(None, [found.value, *found.children]))


def _required_by(found: Field, unit: Unit, known: Known) -> tuple[str, ...]:
    """Return the units that a field may require: by words of requirement, or since it holds nothing but units."""
    value = known.followed(_value(found), unit.path)
    if label_of_units(found.name):
        return named(value, unit, known, any_form=True)
    if _REQUIRING.search(f"{found.name}: {value}"):
        return named(value, unit, known)
    if not (ids := named(value, unit, known)) or _OTHERWISE.search(normal(found.name)):
        return ()
    read = read_prerequisites(Text(value), known)
    return () if read.text or read.placeholder else ids


def _texts(blocks: Sequence[Block]) -> Iterator[Text]:
    for block in blocks:
        if isinstance(block, Listing):
            yield from (item.inline() for item in block.items)
        elif isinstance(block, Table):
            yield from (Text(" | ".join(row), row[0].line) for row in block.rows if row)
        else:
            yield Text(_FENCE.sub(" ", block.markdown), block.line)


def _sentences(text: Text, unit: Unit, known: Known) -> Iterator[Unheld]:
    """Yield the sentences of a text that require a unit of the curriculum."""
    if not _REQUIRING.search(text):
        return
    for sentence in _SENTENCE.split(text):
        if len(sentence) > _LONGEST or not _REQUIRING.search(sentence):
            continue
        if ids := named(_TARGET.sub("] ", known.followed(sentence, unit.path)), unit, known):
            line = text.line + text[: text.index(sentence)].count("\n")
            yield Unheld(Text(" ".join(sentence.split()), line), ids=ids)


def _is_telling(id: str, written: str) -> bool:
    letters, digits = any(map(str.isalpha, id)), any(map(str.isdigit, id))
    return letters and (digits or (id.isupper() and len(id) > 2 and written == id))
