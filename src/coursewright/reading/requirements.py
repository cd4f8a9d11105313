"""What may stand beside the id of a prerequisite. A lock is plainly meant only where every word is known."""

# ruff: noqa: SIM905 - lists of words are read more easily as texts

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from urllib.parse import unquote

from coursewright.model import Unit

# What says no more than that a unit is to be done, and the kinds of units, in the languages that courses are kept in.
_PLAIN = frozenset(
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
    """.split()
) - {"o"}
# What else a paragraph holds that only says: these units first. None of it says no, perhaps, some or instead.
_OPENING = _PLAIN | frozenset(
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
_SOFT = re.compile(
    r"\b(?:recommended|optional(?:ly)?|suggested|ideal(?:ly)?|prefer\w*|helpful|either|any one|one of|any of"
    r"|alternative(?:ly)?|instead|not (?:required|necessary|needed|mandatory)"
    r"|(?:do|does|need) ?n[o'’]t (?:need|have|be)|waived?|exempt\w*"
    r"|enough|suffic\w*|empfohlen|empfehl\w*|freiwillig|wahlweise|alternativ|eine[rs]? (?:von|der)|genügt|reicht"
    r"|recommandée?s?|facultati\w+|conseillée?s?|suffit|recomenda\w+|opcional\w*|basta|raccomandat\w+|consigliat\w+"
    r"|facoltativ\w+|aanbevolen|optioneel|aanrader|zalecan\w+|opcjonaln\w+|rekommender\w+|anbefal\w+|valfri\w*"
    r"|valgfri\w*|doporučen\w+|volitelné)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\[([^\[\]]*)\]\(<?([^()\s<>#]+\.(?:md|markdown|txt))(?:#[^()\s]*)?>?(?:\s[^()]*)?\)", re.IGNORECASE
)
_SENIORITY = frozenset("associate junior lead principal senior staff".split())
_ROLES = re.compile(
    r"(?:architect|engineer|lead|manager|developer|analyst|scientist|specialist|administrator|designer|operator)s?$"
)
_OF_TRACK = re.compile(r"\b(?:track|role)\b", re.IGNORECASE)
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
    | _PLAIN
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
_OR_BETTER = re.compile(r"\b(?:or|oder|ou|o) (?:better|higher|above|more|besser|höher|plus|más|più|mais)\b", re.I)
_SHARE = re.compile(r"\d\s*%|[≥>]=?\s*\d")
_NO_SIGN = re.compile(r"[^\w\s:–—\-.,()&/'’\"“”„«»·]")
_NO_SIGN_OF_CONDITION = re.compile(r"[^\w\s:–—\-.,()&/'’\"“”„«»·%≥>=+]|\+(?!\s*$)")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset("a an and at by for in of on the to und der die das et la le les de y el e i en".split())
_NUMBER = re.compile(r"(\D*)(\d{1,18})$")
_MODULE_OR_PROJECT = re.compile(r"(?:MOD|PROJ)-\d+$")
_LONGEST_ID = 60


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
        for unit in units:
            self._tracks.update(words(" ".join([*unit.roles, unit.track])))
            self._paths[posixpath.normpath(unit.path)].append(unit.id)
            for key in {unit.id.casefold(), numbered(unit.id)}:
                self._titles[key].append(unit.title)
            if not _MODULE_OR_PROJECT.match(unit.id) and can_be_named(unit.id):
                self._ids.setdefault(unit.id.casefold(), unit.id)
                self._spelled.add(unit.id)
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
        return word in self._tracks or word in _SENIORITY or bool(_ROLES.match(word))


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


def is_plain(text: str, known: Known = NOTHING_KNOWN) -> bool:
    """Say whether a text says no more than that something is to be done."""
    return not _NO_SIGN.search(text) and all(word in _PLAIN or known.is_of_a_track(word) for word in words(text))


def opens_plainly(text: str) -> bool:
    """Say whether a paragraph or a heading over a list says no more than that what is in the list comes first."""
    return not _NO_SIGN.search(text) and set(words(text)) <= _OPENING


def softens(text: str) -> bool:
    """Say whether a paragraph beside a list may make of it a choice, or a recommendation."""
    return bool(_SOFT.search(text))


def meaning(beside: str, ids: list[str], known: Known) -> Meaning:
    """Return what the words beside ids make of them."""
    titles = [title for id in ids for title in known.titles(id)]
    if not titles and not (_SHARE.search(beside) or _MARKERS.intersection(words(beside))):
        return Meaning.DOUBTFUL if _dangles(beside) or re.search(r"[?!<>~*\[\]|]", beside) else Meaning.PLAIN
    foreign = [word for word in words(beside) if not (word in _PLAIN or known.is_of_a_track(word))]
    foreign = [word for word in foreign if not any(_is_of(word, title) for title in titles)]
    signs = set(_NO_SIGN.findall(beside)) - set("".join(titles))
    if not foreign and not signs and not _dangles(beside):
        return Meaning.PLAIN
    return Meaning.CONDITION if _is_condition(beside, foreign) else Meaning.DOUBTFUL


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
    initials = "".join(part[0] for part in parts if part not in _SMALL)
    if len(word) > 1 and word == initials:
        return True
    return any(_is_form_of(word, part) for part in parts)


def _is_form_of(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) >= 4 and len(long) - len(short) <= 5 and long.startswith(short)


def _dangles(beside: str) -> bool:
    """Say whether signs stand alone, as in the open range `MOD-101 –`."""
    bare = beside.strip()
    return bool(bare) and not words(bare) and bare not in (".", ":", "()", "&")


def _begins(text: str, place: int) -> bool:
    return not text[place].isspace() and (place == 0 or not (text[place - 1].isalnum() or text[place - 1] in "_-."))


def _ends(text: str, place: int) -> bool:
    after = text[place : place + 2]
    return not after or not (after[0].isalnum() or after[0] == "_" or (after[0] in "-." and after[1:].isalnum()))
