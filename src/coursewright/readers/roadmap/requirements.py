"""What may stand beside the id of a prerequisite. A lock is plainly meant only where every word is known."""

# ruff: noqa: SIM905 - lists of words are read more easily as texts

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from urllib.parse import unquote

from coursewright.course.model import Unit
from coursewright.text.patterns import later

# What says no more than that a unit is to be done, and the kinds of units, in the languages that courses are kept in.
PLAIN_WORDS = frozenset(
    """
    a all also an and as both by complete completed completing completion course courses finish finished finishing from
    full in its mandatory module modules must necessary of plus prerequisite prerequisites project projects require
    required requires role see the to track unit units well you
    abgeschlossen abgeschlossene abgeschlossenes abschluss aus das dem den der des die erforderlich kurs kurse modul
    module modulen moduls pflicht projekt projekte projekten siehe und vollständig von voraussetzung zwingend
    achevé cours des du et la le les obligatoire projet projets requis requise suivi terminé terminée voir
    completado completada completar curso cursos el los las módulo módulos necesario obligatorio proyecto proyectos
    requerido terminado y completamento completato completata corso corsi del di e il i moduli modulo modulos
    necessario obbligatorio progetti progetto richiesto
    afgerond afgeronde cursus en het modulen project projecten van vereist verplicht voltooid voltooide
    completo concluído concluída da do dos obrigatório o projeto projetos
    kurs moduł modułu moduły obowiązkowy projekt projektu projekty ukończenie ukończony wymagany
    avslutad avsluttet kursus modulet och og
    you your we must need needs have has been be done are is this that these following first before beginning
    starting learners students participants everyone
    sie müssen muss haben sein zuerst vorher vous devez avoir debe haber devi aver deve ter
    passed bestanden réussi validé aprobado aprobada superato superata geslaagd behaald aprovado aprovada zaliczony
    then dann puis luego poi daarna potem sedan sitten затем потом
    и і й та és și şi ve ja oraz ir και dan và
    модуль модуля модули модулей курс курса курсы проект проекта завершение завершить пройти пройден обязательно
    модулі завершити пройти обов язково modül modülü modüller kurs kursu proje tamamlanmalı
    moduuli moduulit kurssi projekti suoritettu modul modulok ενότητα ενότητες μάθημα
    מודול מודולים יחידה קורס פרויקט השלמת חובה וגם ו ה الوحدة وحدة الوحدات المقرر مقرر مشروع إكمال و
    完成 需要完成 必须完成 必修 模块 单元 课程 项目 和 与 以及 修了 を修了 必須 モジュール 単元 と および
    모듈 과정 프로젝트 이수 완료 필수 및
    """.split()
) - {"o"}
# What else a paragraph holds that only says: these units first. None of it says no, perhaps, some or instead.
_OPENING = PLAIN_WORDS | frozenset(
    """
    you your we must should need needs have has had be been done do are is this that these those it following listed
    below above here first before begin beginning start starting started starts taking take taken attempt attempting
    enrol enroll enrolling enrolment learner learners student students participant participants everyone or
    sie du müssen musst folgende folgenden folgendes haben hast sein muss müsst bevor beginn beginnen zuerst vorher
    dieses diesem diese absolviert absolvieren
    vous devez avoir suivants suivantes suivant avant commencer ce cet cette tout toutes tous d l
    debe debes haber siguientes siguiente antes empezar comenzar todos todas este esta
    devi aver avere seguenti prima iniziare questo tutti deve ter concluir seguintes todos iniciar este
    je u moet moeten volgende hebben hebt voordat begint dit deze
    musisz ukończyć następujące przed rozpoczęciem poniższe
    du måste ha slutfört följande moduler innan detta kurser skal have gennemført følgende før dette må ha fullført
    musíte dokončit následující před
    """.split()
) - {"or"}
_SOFT = later(
    r"\b(?:recommended|optional(?:ly)?|suggested|ideal(?:ly)?|prefer\w*|helpful|either|any one|one of|any of"
    r"|alternative(?:ly)?|instead|not (?:required|necessary|needed|mandatory)"
    r"|(?:do|does|need) ?n[o'’]t (?:need|have|be)|waived?|exempt\w*"
    r"|enough|suffic\w*|empfohlen|empfehl\w*|freiwillig|wahlweise|alternativ|eine[rs]? (?:von|der)|genügt|reicht"
    r"|recommandée?s?|facultati\w+|conseillée?s?|suffit|recomenda\w+|opcional\w*|basta|raccomandat\w+|consigliat\w+"
    r"|facoltativ\w+|aanbevolen|optioneel|aanrader|zalecan\w+|opcjonaln\w+|rekommender\w+|anbefal\w+|valfri\w*"
    r"|valgfri\w*|doporučen\w+|volitelné)\b",
    re.IGNORECASE,
)
# Words that soften or deny what they stand beside, even where the title of a unit begins like them.
_SOFTENING = later(
    r"(?:alternativ|optional|option|recommend|suggest|ideal|prefer|help|either|instead|except|unless|without|exempt|waive"
    r"|nice|good|useful|handy|bonus|extra|maybe|perhaps|possibl|equivalent|similar|comparab|empf|freiwillig|wahlweis"
    r"|nicht|kein|ohne|sonst|ersatz|gern|nützlich|hilfreich|recommand|facultati|conseill|sans|sauf|utile|recomend|recomand"
    r"|opcional|opzional|sin$|salvo|excepto|raccomand|consigli|facoltativ|senza|aanbevol|optione|aanrad|zonder|niet|geen"
    r"|zalec|opcjon|bez|rekommend|anbef|valfri|valgfri|doporuč|voliteln|желател|рекоменд|необязат|не$|без"
    r"|not?$|non$|or$|if$|any$|pas$)"
)
_LINK = later(r"\[([^\[\]]*)\]\(<?([^()\s<>#]+\.(?:md|markdown|txt))(?:#[^()\s]*)?>?(?:\s[^()]*)?\)", re.IGNORECASE)
_SENIORITY = frozenset("associate junior lead principal senior staff".split())
_ROLES = later(
    r"(?:architect|engineer|lead|manager|developer|analyst|scientist|specialist|administrator|designer|operator)s?$"
)
_OF_TRACK = later(r"\b(?:track|role)\b", re.IGNORECASE)
# What a condition on a unit is made of; nothing here says no, perhaps or instead.
_MARKERS = frozenset(
    """
    grade grades score scores mark marks points point pts percent passed pass passing distinction merit honours honors
    credit within last past
    note noten prozent punkte punkten bestanden auszeichnung letzten notendurchschnitt
    réussi réussie validé validée mention moyenne dernières derniers
    nota calificación aprobado aprobada puntos últimos voto punti superato superata ultimi
    cijfer punten geslaagd behaald laatste aprovado aprovada pontos ocena oceną zaliczony zaliczone punktów ostatnich
    """.split()
)
_CONDITION = (
    _MARKERS
    | PLAIN_WORDS
    | frozenset(
        """
    with at least minimum min more than no less older years year months month weeks days taken achieved average final
    result successful successfully overall exam test quiz
    mit mindestens einer einem erfolgreich innerhalb jahre jahren monate monaten wochen ergebnis im
    avec au moins minimum minimale une un de dans ans mois
    con al menos mínima mínimo una por ciento en años meses almeno minimo una negli anni mesi
    met minstens minimaal een binnen jaar maanden com pelo mínima uma nos anos co najmniej z ciągu lat w
    """.split()
    )
)
_OR_BETTER = later(r"\b(?:or|oder|ou|o) (?:better|higher|above|more|besser|höher|plus|más|più|mais)\b", re.I)
_SHARE = later(r"\d\s*%|[≥>]=?\s*\d")
_NO_SIGN = later(r"[^\w\s:–—\-.,()&/'’\"“”„«»·]")
_NO_SIGN_OF_CONDITION = later(r"[^\w\s:–—\-.,()&/'’\"“”„«»·%≥>=+]|\+(?!\s*$)")
_WORD = later(r"[^\W_]+")
_SMALL = frozenset("a an and at by for in of on the to und der die das et la le les de y el e i en".split())
_NUMBER = later(r"(\D*)(\d{1,18})$")
_MODULE_OR_PROJECT = later(r"(?:MOD|PROJ)-\d+$")
_LONGEST_ID = 60
_LOOSE_ID = later(r"(?<![\w.-])([^\W\d_]{1,10})([-_ .]?)(\d{1,6})(?![A-Za-z0-9_]|\.\d)")
# What looks like an id, or speaks of units, in words that name none.
_COULD_BE_A_UNIT = later(
    r"\b(?:MOD|PROJ)\b|\b(?-i:[A-Z]{1,6})-?\d{1,6}\b|\]\(|\b(?:all|previous|earlier|preceding|above|alle|bisherig\w*|vorherig\w*"
    r"|tous|toutes|précédent\w*|todos|todas|anterior\w*|tutti|precedent\w*|vorige|poprzedni\w*)\b"
    r"|\b(?:modul|módul|moduł|модул|unit\b|units\b|unidad|unité|einheit|unità|lesson|lektion|leçon|lecci|lezion|lekcj|course\b"
    r"|courses\b|kurs|cours\b|curso|corso|курс|урок|lecture|chapter|kapitel|chapitre|project\b|projects\b|projekt|projet"
    r"|proyecto|projeto|progett|проект)|מודול|יחיד|קורס|وحدة|مقرر|模块|模組|单元|單元|课程|課程|モジュール|単元|講座|모듈|과정|단원",
    re.IGNORECASE,
)
_NUMBER_OR_LINK = later(r"[\d\]]")
_GENERAL = frozenset(
    """
    basic basics fundamental fundamentals essential essentials introduction intro introductory familiarity knowledge
    skill skills experience advanced understanding with good working some principles concepts overview part to of and
    the a an in for on grundlagen grundkenntnisse kenntnisse einführung bases notions connaissances fundamentos
    conocimientos nociones basi fondamenti und et y e de der die das von mit des du la le les el
    """.split()
)
# A whole title is held by one sign of these while a field is taken apart, with what wraps it.
_HELD = later("[\ue000-\uf8ff]")
_OPENS_HELD, _CLOSES_HELD = "(\"'“„«", ")\"'”“»"
_LEADS_TO_HELD = ":–—-" + "".join(filter(str.isspace, map(chr, range(0x3001))))


class Meaning(Enum):
    """What the words beside an id make of it: a lock, a lock with a condition that it does not hold, or no lock."""

    PLAIN = auto()
    CONDITION = auto()
    DOUBTFUL = auto()


class Known:
    """The units that references may name: their ids as written, their titles, and the words of their tracks."""

    def __init__(self, units: Iterable[Unit] = ()) -> None:
        self._ids: dict[str, str] = {}
        self._spelled: set[str] = set()
        self._paths: defaultdict[str, list[str]] = defaultdict(list)
        self._titles: defaultdict[object, list[str]] = defaultdict(list)
        self._tracks: set[str] = set()
        self._by_number: dict[tuple[str, int], set[str]] = {}
        self._prefixes: set[str] = set()
        self._title_words: set[str] = set()
        self._telling: dict[str, set[frozenset[str]]] = {}
        for unit in units:
            self._tracks.update(words(" ".join([*unit.roles, unit.track])))
            telling = frozenset(word for word in words(unit.title) if word not in _GENERAL)
            self._title_words |= telling
            if telling and unit.title != unit.id:
                self._telling.setdefault(min(telling), set()).add(telling)
            if loose := _LOOSE_ID.fullmatch(unit.id):
                self._prefixes.add(loose[1].casefold())
                self._by_number.setdefault((loose[1].casefold(), int(loose[3])), set()).add(unit.id)
            self._paths[posixpath.normpath(unit.path)].append(unit.id)
            for key in {unit.id.casefold(), numbered(unit.id)}:
                self._titles[key].append(unit.title)
            if not _MODULE_OR_PROJECT.match(unit.id) and can_be_named(unit.id):
                self._ids.setdefault(unit.id.casefold(), unit.id)
                self._spelled.add(unit.id)
        self._capitals = [id for id in self._spelled if id.isupper() and not _NUMBER_OR_LINK.search(id)]
        self._lengths = sorted({len(id) for id in self._ids}, reverse=True)

    def found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where ids of other forms than MOD-1 and PROJ-1 stand in a text as words of their own, longest first."""
        if not self._ids:
            return
        folded, place = text.casefold(), 0
        if len(folded) != len(text):
            folded = text.lower() if len(text.lower()) == len(text) else text
        while place < len(text):
            for length in self._lengths if _begins(text, place) else ():
                id = self._ids.get(folded[place : place + length])
                if id and place + length <= len(text) and _ends(text, place + length):
                    written = text[place : place + length]
                    yield place, place + length, written if written in self._spelled else id
                    place += length - 1
                    break
            place += 1

    def may_be_in(self, text: str) -> bool:
        """Say whether a text may name a unit by an id that is no plain number or word; most hold no digit at all."""
        known = _NUMBER_OR_LINK.search(text) or not text.isascii()  # there are other digits than those of a number
        return bool(known) or any(id in text for id in self._capitals)

    def titles(self, id: str) -> list[str]:
        """Return the titles of the units that an id may mean, or none where no document has it."""
        return self._titles.get(id.casefold()) or self._titles.get(numbered(id)) or []

    def between(self, first: str, last: str) -> list[str]:
        """Return the known ids of one form from the first to the last, in order, or none where that means nothing."""
        (prefix, low), (other, high) = numbered(first), numbered(last)
        inside = {numbered(id)[1]: id for id in self._ids.values() if numbered(id)[0].casefold() == prefix.casefold()}
        if prefix.casefold() != other.casefold() or not 0 <= low < high:
            return []
        return [inside[number] for number in sorted(inside) if low <= number <= high]

    def followed(self, text: str, path: str) -> str:
        """Return a text with the id of the unit before each link that leads from a path to the document of one."""
        return _LINK.sub(lambda link: self._followed(link, path), text) if "](" in text else text

    def _followed(self, link: re.Match[str], path: str) -> str:
        ids = self._paths.get(posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link[2]))), [])
        known = len(ids) == 1 and ids[0].casefold() not in link[1].casefold()
        return f"{ids[0]} {link[1]}" if known else link[0]

    def is_of_a_track(self, word: str) -> bool:
        known = word in self._tracks or word in _SENIORITY or bool(_ROLES.match(word))
        return known and not _SOFTENING.match(word)

    def spelt(self, text: str) -> str:
        """Return a text with ids as they are, where they are written with another sign: `MOD101`, `cs 101`."""
        return _LOOSE_ID.sub(self._spelt, text) if self._by_number else text

    def _spelt(self, found: re.Match[str]) -> str:
        prefix, sign, number = found.groups()
        as_written = found[0].casefold() in self._ids or (sign == "-" and _MODULE_OR_PROJECT.match(found[0].upper()))
        if as_written or (sign == " " and len(prefix) < 2):
            return found[0]
        ids = self._by_number.get((prefix.casefold(), int(number)), set())
        return next(iter(ids)) if len(ids) == 1 else found[0]

    def would_be(self, text: str) -> str:
        """Return the id that opens a text in the form of known ones but is of no unit, or an empty text."""
        found = _LOOSE_ID.match(text)
        known = found is not None and found[1].casefold() in self._prefixes
        return found[0] if found and known and (found[2] == "-" or len(found[1]) > 1) else ""

    def is_skill(self, text: str) -> bool:
        """Say whether words that name no unit hold nothing that could have been meant as one: `Basic Python`."""
        if _COULD_BE_A_UNIT.search(text) or not re.search(r"[^\W\d]", text):
            return False
        if any(found[1].casefold() in self._prefixes for found in _LOOSE_ID.finditer(text)):
            return False
        telling = {word for word in words(text) if word not in _GENERAL}
        if not telling or telling <= self._title_words:
            return not telling
        return not any(whole <= telling for word in telling for whole in self._telling.get(word, ()))


NOTHING_KNOWN = Known()


def can_be_named(id: str) -> bool:
    """Say whether a field of prerequisites can hold an id: a short one on a line, of no signs that part a list."""
    return len(id) <= _LONGEST_ID and bool(_WORD.search(id)) and not re.search(r"[,;()\[\]<>|*~`]", id)


def numbered(id: str) -> tuple[str, int]:
    """Return what stands before an id's number, and the number; an id with more than that is only itself."""
    match = _NUMBER.match(id)
    return (match[1], int(match[2])) if match else (id, -1)


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def names_a_track(label: str) -> bool:
    """Say whether a label tells which track is meant: `from the architect track`."""
    return bool(_OF_TRACK.search(label))


def without_held(text: str) -> str:
    """Return a text without the signs that hold titles, and what wraps each."""
    first, *others = _HELD.split(text)
    parts = [first]
    for other in others:
        parts[-1] = parts[-1].rstrip(_OPENS_HELD).rstrip(_LEADS_TO_HELD)
        parts.append(other.lstrip(_CLOSES_HELD))
    return "".join(parts)


def is_plain(text: str, known: Known = NOTHING_KNOWN) -> bool:
    """Say whether a text says no more than that something is to be done."""
    text = without_held(text)
    return not _NO_SIGN.search(text) and all(word in PLAIN_WORDS or known.is_of_a_track(word) for word in words(text))


def opens_plainly(text: str) -> bool:
    """Say whether a paragraph or a heading over a list says no more than that what is in the list comes first."""
    return not _NO_SIGN.search(text) and set(words(text)) <= _OPENING


def softens(text: str) -> bool:
    """Say whether a paragraph beside a list may make of it a choice, or a recommendation."""
    return bool(_SOFT.search(text))


def has_a_mark(text: str) -> bool:
    """Say whether a text tells of a grade or a share: `(grade ≥ 70%)`."""
    return bool(_SHARE.search(text) or _MARKERS.intersection(words(text)))


def meaning(beside: str, ids: list[str], known: Known) -> Meaning:
    """Return what the words beside ids make of them."""
    beside = without_held(beside)
    if not beside:
        return Meaning.PLAIN
    titles = [title for id in ids for title in known.titles(id)]
    if not titles and not has_a_mark(beside):
        return Meaning.DOUBTFUL if _dangles(beside) or re.search(r"[?!<>~*\[\]|]", beside) else Meaning.PLAIN
    foreign = [word for word in words(beside) if word not in PLAIN_WORDS and not _is_named(word, titles, known)]
    signs = set(_NO_SIGN.findall(beside)) - set("".join(titles))
    if not foreign and not signs and not _dangles(beside):
        return Meaning.PLAIN
    return Meaning.CONDITION if _is_condition(beside, foreign) else Meaning.DOUBTFUL


def _is_named(word: str, titles: list[str], known: Known) -> bool:
    """Say whether a word is of a title or a track, and does not soften what it stands beside."""
    if _SOFTENING.match(word):
        return False
    return known.is_of_a_track(word) or any(_is_of(word, title) for title in titles)


def _is_condition(beside: str, foreign: list[str]) -> bool:
    left = words(_OR_BETTER.sub(" ", beside))
    told = _SHARE.search(beside) or _MARKERS.intersection(left)
    unknown = [word for word in foreign if word in left and not (word in _CONDITION or word.isdecimal())]
    return bool(told) and not unknown and not _NO_SIGN_OF_CONDITION.search(beside)


def _is_of(word: str, title: str) -> bool:
    """Say whether a word is of a title, in another form (`pipeline`), or its initials (`HA`)."""
    parts = words(title)
    if word in parts or (word in _SMALL and parts):
        return True
    if len(word) > 1 and word == initials(title).lower():
        return True
    return any(_is_form_of(word, part) for part in parts)


def initials(title: str) -> str:
    """Return the first letters of the words of a title in capitals: `HA` of `High Availability`."""
    return "".join(part[0] for part in words(title) if part not in _SMALL).upper()


def _is_form_of(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) >= 4 and len(long) - len(short) <= 5 and long.startswith(short)


def _dangles(beside: str) -> bool:
    """Say whether signs stand alone, as in the open range `MOD-101 –`."""
    bare = beside.strip()
    return bool(bare) and not words(bare) and bare not in (".", ":", "()", "&")


def _begins(text: str, place: int) -> bool:
    if text[place].isspace() or place == 0:
        return not text[place].isspace()
    before = text[place - 1]
    return not (before in "_-." or before.isalnum()) or _may_touch(before, text[place])


def _ends(text: str, place: int) -> bool:
    after = text[place : place + 2]
    if not after or _may_touch(after[0], text[place - 1]):
        return True
    return not (after[0].isalnum() or after[0] == "_" or (after[0] in "-." and after[1:].isalnum()))


def _may_touch(letter: str, other: str) -> bool:
    """Say whether a letter of a script without capitals may stand right beside an id in ASCII."""
    return letter.isalpha() and letter.upper() == letter.lower() and other.isascii()
