"""Whom the documents of a course are for, by their paths, and by what stands beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import PurePosixPath

from coursewright.course.audience import label_for_staff, usual_audience
from coursewright.course.values import Audience
from coursewright.frozen import frozen
from coursewright.readers.folder.document import Document
from coursewright.readers.folder.lines import code_marks
from coursewright.readers.folder.names import is_notebook, stem, without_number
from coursewright.text.names import normal
from coursewright.text.patterns import later
from coursewright.text.vocabulary import TEACHERS

_STAFF_FOLDER = later(
    rf"(?:for[-_ ]?)?(?:{TEACHERS}|staff)"
    r"(?:[-_ ](?:notes?|guides?|only|materials?))?"
    r"|solutions?|answers?|answer[-_ ]?keys?|profiles|corrections?|corrig[ée]e?s?",
    re.IGNORECASE,
)
_STAFF_WORD = rf"(?:{TEACHERS}|teaching|tutors?|lecturers?|mentors?|leaders?)"
# A correction is what solves these; of anything else (`error-correction`) it may be a subject.
_FRENCH_TASK = (
    r"(?:exercices?|exos?|td|tp|ds|dm|devoirs?|sujets?|contr[oô]les?|interros?|interrogations?|bac|bilans?|[eé]preuves?"
    r"|partiels?|qcm|quiz|activit[eé]s?|[eé]valuations?)[-_ ]?\d{0,3}"
)
_STAFF_FILE = later(
    rf"(?:.*[-_ ])?(?:solutions?|answers|answer[-_ ]keys?)(?:[-_ ].*)?|for[-_ ]{_STAFF_WORD}(?:[-_ ].*)?"
    rf"|(?:.*[-_ ])?{_STAFF_WORD}[-_ ](?:guides?|notes?|manual|only)(?:[-_ ].*)?|guide"
    r"|(?:.*[-_ ])?corrig[ée]e?s?(?:[-_ ].*)?|corrections?(?:[-_ ](?:d[eu]s?|exo|exercice|sujet|td|tp|ds|dm)[-_ ].*)?"
    rf"|(?:.*[-_ ])?{_FRENCH_TASK}(?:[-_ ].*)?[-_ ]corr(?:ections?)?",
    re.IGNORECASE,
)
# What follows the name of another document where one is that with its solutions, and where it is that for learners.
_SOLVED = later(
    r"(?P<of>.+?)[-_ ](?:corr(?:ections?|ig[ée]e?s?)?|sol(?:n|ved)?|(?:with[-_ ])?(?:solutions?|answers?)"
    r"|l(?:ö|oe)sung(?:en)?|soluci(?:[oó]n|ones))",
    re.IGNORECASE,
)
# The key of a task has another word behind the name of it: `loops_key` is that of `loops_hw`; `ssh-key` is none.
_KEY = later(r"(?P<of>.+?)(?P<told>[-_ ]?[Aa]nswers?[-_ ]?)?(?:(?<=[-_ s\d])keys?|(?<=[Aa]nswer)keys?|Keys?)")
_HANDED_IN = ("hw", "homework", "assignment", "worksheet")
_KEYED = (*_HANDED_IN, "quiz", "exam", "test", "exercises", "questions", "lab")
_OF_TASK = later(rf"(?:.*[-_ ])?(?:{'|'.join(_KEYED)})[-_ ]?\d{{0,3}}", re.IGNORECASE)
_KINDS_OF_KEYS = later(  # of databases and ciphers: a quiz beside one is on it, but homework on sorting has a key
    r"access|api|candidate|composite|foreign|gpg|master|natural|pgp|primary|private|public|secret|signing|sort|ssh|super"
    r"|surrogate|symmetric|unique",
    re.IGNORECASE,
)
_TEACHERS = later(r"(?P<of>.+?)[-_ ](?:teachers?|instructors?|profs?|enseignants?)", re.IGNORECASE)
_LEARNERS = later(
    r"(?P<of>.+?)(?:[-_ ]version)?[-_ ](?:students?|learners?|[ée]l[èe]ves?|alumnos?|sch(?:ü|ue)ler)(?:[-_ ].*)?",
    re.IGNORECASE,
)
_BLANK = later(
    r"\.{3}|…|_{3,}|\bTODO\b|YOUR (?:CODE|ANSWER)|NotImplementedError|\bpass\s*$|compl[ée]ter", re.IGNORECASE
)
_HEADING = later(r"#{1,6}\s+(?P<title>.*?)[\s#]*")


@frozen
class Whom:
    """Whom the documents of a course are for: `staff` are those for staff, in their order; all others are for learners.

    `fuller` are those of them that only the version for learners beside them shows to be the teachers', each with that.
    """

    staff: tuple[str, ...] = ()
    fuller: Mapping[str, str] = field(default_factory=dict)

    def learners(self, paths: Iterable[str]) -> list[str]:
        """Return those of some documents that are for learners."""
        staff = frozenset(self.staff)
        return [path for path in paths if path not in staff]


def whom_for(documents: Mapping[str, Document], stated: Collection[str] | None = None) -> Whom:
    """Return whom documents are for; `stated` are those that an order lists, if there is one."""
    fuller = dict(_fuller(documents if stated is None else stated, documents))
    staff = (path for path in documents if path in fuller or _is_named_for_staff(path) or _solves(path, documents))
    return Whom(tuple(staff), fuller)


def _is_named_for_staff(relative: str) -> bool:
    """Say whether a document is for staff by its own name, or its folder's."""
    path = PurePosixPath(relative)
    folders = [without_number(part) for part in path.parent.parts]
    if any(_STAFF_FOLDER.fullmatch(part) or _is_said_for_staff(part) for part in folders):
        return True
    name = without_number(path.name)
    return bool(_STAFF_FILE.fullmatch(name)) or _is_said_for_staff(name)


def _is_said_for_staff(name: str) -> bool:
    """Say whether what has a name is for staff by its words: `musterloesungen`, `Soluciones`."""
    return usual_audience(normal(name.replace("-", " ").replace("_", " ")))[0] is Audience.STAFF


def _solves(relative: str, others: Collection[str]) -> bool:
    """Say whether a document is another beside it with its solutions: `chess_correction.md` is `chess.md`."""
    patterns = (_SOLVED, _TEACHERS) if is_notebook(relative) else (_SOLVED,)
    return any(_beside(relative, pattern) in others for pattern in patterns) or _is_key(relative, others)


def _is_key(relative: str, others: Collection[str]) -> bool:
    """Say whether a document is the key of a task beside it."""
    path = PurePosixPath(relative)
    found = _KEY.fullmatch(stem(path.name))
    if found is None:
        return False
    of = found["of"].rstrip("-_ ")
    is_taught = _KINDS_OF_KEYS.fullmatch(without_number(of).strip("-_ "))
    names = [f"{of}{mark}{word}" for mark in "-_ " for word in (_HANDED_IN if is_taught else _KEYED)]
    names += [of] if found["told"] or _OF_TASK.fullmatch(of) else []
    return any(path.with_name(f"{name}{path.suffix}").as_posix() in others for name in names)


def _beside(relative: str, pattern: re.Pattern[str]) -> str | None:
    """Return the document whose name another has with some words behind it; None where it has none of these."""
    path = PurePosixPath(relative)
    found = pattern.fullmatch(stem(path.name))
    return path.with_name(f"{found['of']}{path.suffix}").as_posix() if found else None


# --- versions ---


def _fuller(paths: Iterable[str], documents: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    """Yield the notebooks that hold more than those of their names for learners, each with that."""
    known = {path for path in paths if path in documents and is_notebook(path)}
    for path in sorted(known):
        whole = _beside(path, _LEARNERS)
        if whole in known and _gives_away(documents[whole], documents[path]):
            yield whole, path


def _gives_away(whole: Document, learners: Document) -> bool:
    """Say whether a document holds what the version of it for learners leaves to them.

    It has solutions by their titles, or is the same lesson with more in it, other code, or something in blanks.
    """
    ours, theirs = _lines(whole), _lines(learners)
    more, less = ours - theirs, theirs - ours
    if any(_is_of_solution(line) for line, _ in more):
        return True
    alike = less.total() * 2 <= theirs.total()
    codes = any(is_code for _, is_code in more)
    blanks = any(_BLANK.search(line) for line, _ in less)
    return alike and bool(more) and (codes or blanks or more.total() > less.total())


def _lines(document: Document) -> Counter[tuple[str, bool]]:
    """Return the lines of a document that say something, each with whether it is code."""
    marks = code_marks(document.lines)
    return Counter((line.strip(), is_code) for line, is_code in zip(document.lines, marks, strict=True) if line.strip())


def _is_of_solution(line: str) -> bool:
    heading = _HEADING.fullmatch(line)
    return (heading is not None and usual_audience(heading["title"])[0] is Audience.STAFF) or bool(
        label_for_staff(line)
    )
