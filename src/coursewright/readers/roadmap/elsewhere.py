"""What looks like a prerequisite where none are read: a unit beside words of requirement, a field of units only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursewright.course.model import Unit
from coursewright.course.values import Field, Unheld
from coursewright.readers.roadmap.labels import label_of_units
from coursewright.readers.roadmap.matches import Reference, matches
from coursewright.readers.roadmap.references import read_prerequisites
from coursewright.readers.roadmap.requirements import Known
from coursewright.text.markdown.values import Block, Listing, Table, Text
from coursewright.text.names import normal
from coursewright.text.patterns import later

# Words that speak of what comes first wherever they stand, in the languages that courses are kept in.
_FIRST = (
    r"pre-?req\w*|mandatory|compulsory|obligatory|unlock\w*|locked|gated?|depends on|restricted to|presuppos\w+"
    r"|before (?:you|we|this|the (?:unit|module|project|course|lesson|start|first)|starting"
    r"|beginning|taking|attempting|doing|enrol\w*)"
    r"|(?:complet|finish|pass)\w* .{1,60}\bfirst|only (?:after|once|when)"
    r"|once you(?:'ve| have)? (?:complet|finish|pass)"
    r"|(?:do|take|read|study|attend|start with) .{1,60}\bfirst|after (?:complet|finish|pass)\w+"
    r"|only (?:open|with|for (?:those|learners|students))|open only|admission|who (?:ha(?:ve|s) )?(?:passed|completed)"
    r"|réservée?s? à|ouvert\w* (?:seulement|uniquement)|admis\w+|zulassung|zugang nur|nur (?:für|mit|nach)|solo para"
    r"|comes? after|follows on"
    r"|(?:take|do|start|begin|attempt|opens?|available) .{0,30}\bafter|builds? (?:up)?on|hidden until|closed until"
    r"|(?:not?|cannot|can['’]t|don['’]t|won['’]t) .{0,40}\b(?:until|without|unless|before)"
    r"|voraus\w*|erforder\w*|notwendig\w*|zuerst|bevor|erst (?:nach|wenn)|nach abschluss|ohne abgeschlossen\w*"
    r"|nécessa\w*|requis\w*|préalable\w*|avant (?:de|d|ce|cette)\b|d'abord|qu'après"
    r"|antes (?:de|do|da)|obligatori\w*|haber (?:complet|termin|aprob|curs)\w*|solo (?:después|dopo)"
    r"|necessari\w*|richiest\w*|prima di|obbligatori\w*|necessári\w*|obrigatóri\w*|primeiro|vereist\w*|verplicht\w*"
    r"|eerst|voordat|należy|najpierw|przed|krävs|först|innan|kræves|kreves|først|før|vaaditaan|edellyt\w*|ennen|ensin"
    r"|vyžad\w*|nejprve|před|nutn\w+|szükséges|előtt|előbb|necesar\w*|înainte|gerek\w*|önce|zorunlu|tamamla\w*|trước"
    r"|sebelum|необходим\w*|сначала|прежде|перед|обязательн\w*|необхідн\w*|спочатку|προαπαιτ\w*|πριν"
)
_FIRST_UNSPACED = (
    r"נדרש|דרוש|חובה|לפני|קדם|יש להשלים|צריך|يجب|مطلوب|قبل|يتطلب|متطلب|يلزم|باید|پیش|必须|必須|需要|先修|先完成"
    r"|之前|前提"
    r"|前置|必修|必要|先に|までに|修了|필요|필수|먼저|선수|이수|전에"
)
# Words that do so only close before a unit, or right after it: anything may need something.
_NEED = (
    r"requir\w+|needs?|needed|necessary|ha(?:ve|s) to|must|assumes?|muss|müssen|musst|müsst|benötig\w*|doi[st]|doivent"
    r"|devez|il faut|exig\w+|nécessit\w*|deb(?:e|es|en|erá\w*)|necesit\w*"
    r"|requier\w*|requer\w*|dev(?:i|e|ono)|occorre|bisogna"
    r"|richied\w*|deve\w*|precisa\w*|moet\w*|nodig|wymaga\w*|musisz|musíte|måste|skal|må|kräver|kræver|krever|kell"
    r"|trebuie|cần|harus|perlu|требу\w*|нужн\w+|должн\w+|потріб\w*|απαιτ\w*|πρέπει"
)
_REQUIRING = later(rf"\b(?:{_FIRST}|{_NEED})\b|{_FIRST_UNSPACED}", re.IGNORECASE)
# None of them counts after a `not`, before a `no`, or after `in MOD-101`.
_NOT = r"(?<!not )(?<!n't )(?<!n’t )(?<!no )(?<!nicht )(?<!pas )(?<!sin )"
_REQUIRING_A_UNIT = later(
    rf"{_NOT}\b(?:{_FIRST})\b|{_FIRST_UNSPACED}|{_NOT}\b(?:{_NEED})\b(?!\s+(?:no|not|nothing)\b)[^.;\d\0]{{0,40}}\0"
    rf"|(?<!\bin )(?<!dans )(?<!\ben )\0\s+(?:(?:is|are|be|has|have|ist|est|es|è) (?!no)(?:\w+ )?)?(?:{_NEED})\b"
    rf"|\0\s*[-–—(]+\s*(?:{_NEED})\b",
    re.IGNORECASE,
)
# Labels of fields that name units for another reason than to require them.
_OTHERWISE = later(
    r"relat|anti|exclu|not with|owner|author|deliver|categor|kategor|format|vorbereit|level|type"
    r"|old |see|similar|next|feed|lead|pair|companion|follow|replac|supersed|cover|topic|part|series|track|role|assess"
    r"|resourc|source|version|alias|referen|link|continu|former|equivalen|code|number|tag"
    r"|placement|position|sequence|program|path|credit|catalog|used|prepar|support|compar"
    r"|capstone|exam|\bid\b|name|title"
    r"|verwand|siehe|ähnlich|danach|weiter|voir|suite|suivant|prochain|ver tambi|siguiente"
    r"|vedi|success"
    r"|próxim|zie|volgend|gerelat|następ|dalej|näst|neste|seuraav|další|далее|след|связан|см|ראו|הבא"
    r"|التالي|関連|相关|下一|次"
    r"|^(?:(?:this|target|parent|linked|own) )?(?:modul\w*|project\w*|projekt\w*|unit|course|kurs"
    r"|curso|cours|corso)s?$",
    re.IGNORECASE,
)
_TARGET = later(r"\]\([^()\s]*\)|https?://\S+|<[^<>]{1,300}>")
_FENCE = later(r"^(?:```|~~~).*?^(?:```|~~~)", re.DOTALL | re.MULTILINE)
_SENTENCE = later(r"(?<=[.!?])\s+(?=\W*[^\W\d_])|(?<=[。！？])")
_QUOTE = later(r"^[> \t]*(?:\[!\w+\])?", re.MULTILINE)
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
    found = _telling(spelt, unit, known, any_form=any_form)
    return tuple(id for reference in found for id in reference.ids if known.titles(id))


def _required(text: str, unit: Unit, known: Known) -> tuple[str, ...]:
    """Return the other units that a text names beside words of requirement."""
    if len(text) > _LONGEST or not _REQUIRING.search(text):
        return ()
    spelt = known.spelt(text)
    found = _telling(spelt, unit, known)
    begins = [0, *(reference.end for reference in found)]
    ends = [*(reference.start for reference in found), len(spelt)]
    skeleton = "\0".join(spelt[begin:end] for begin, end in zip(begins, ends, strict=True))
    if not _REQUIRING_A_UNIT.search(skeleton):
        return ()
    return tuple(id for reference in found for id in reference.ids if known.titles(id))


def _telling(spelt: str, unit: Unit, known: Known, *, any_form: bool = False) -> list[Reference]:
    return [
        found
        for found in matches(spelt, known)
        if any(known.titles(id) for id in found.ids)
        and any(id.casefold() != unit.id.casefold() for id in found.ids)
        and (any_form or _is_telling(found.ids[0], spelt[found.start : found.end]))
    ]


def _value(found: Field) -> str:
    return "; ".join(filter(None, [found.value, *found.children]))


def _required_by(found: Field, unit: Unit, known: Known) -> tuple[str, ...]:
    """Return the units that a field may require: by words of requirement, or since it holds nothing but units."""
    value = known.followed(_value(found), unit.path)
    if label_of_units(found.name):
        return named(value, unit, known, any_form=True)
    if ids := _required(f"{found.name}: {value}", unit, known):
        return ids
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
            yield Text(_QUOTE.sub("", _FENCE.sub(" ", block.markdown)), block.line)


def _sentences(text: Text, unit: Unit, known: Known) -> Iterator[Unheld]:
    """Yield the sentences of a text that require a unit of the curriculum."""
    if not known.may_be_in(text) or not ("](" in text or _telling(known.spelt(text), unit, known)):
        return
    if not _REQUIRING.search(text):
        return
    place, line = 0, text.line
    for sentence in _SENTENCE.split(text):
        start = text.index(sentence, place)
        line += text.count("\n", place, start)
        place = start
        if ids := _required(_TARGET.sub("] ", known.followed(sentence, unit.path)), unit, known):
            yield Unheld(Text(" ".join(sentence.split()), line), ids=ids)


def _is_telling(id: str, written: str) -> bool:
    letters, digits = any(map(str.isalpha, id)), any(map(str.isdigit, id))
    return letters and (digits or (id.isupper() and len(id) > 2 and written == id))
