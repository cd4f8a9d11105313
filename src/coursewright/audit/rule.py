"""Rules: functions over packages that declare what they can find, in packages of which families, and for which LMS.

There is no other list of them: what is declared is asked, and leads from a code to its function. What a rule yields are
flaws, which are placed in the document that it judges, and findings of what it has read.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, wraps
from itertools import islice
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.findings.finding import Finding
from coursewright.frozen import frozen
from coursewright.packages.documents.reading import read_document
from coursewright.packages.files.budget import MOST_JUDGED
from coursewright.packages.files.container import Holding
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

Wanted = Callable[[str], bool]
"""Says whether a code is asked for."""
Check = Callable[..., Iterator[Any]]
"""Yields findings, or flaws."""
When = Callable[[Subject], bool]
Judge = TypeVar("Judge", bound=Check)
Facts = ParamSpec("Facts")
SCORM = (Family.SCORM12, Family.SCORM2004)
ANY_SCORM = (Family.SCORM11, *SCORM)
WITH_MANIFEST = (*ANY_SCORM, Family.CONTENT, Family.QTI, Family.CARTRIDGE)
EVERY = tuple(Family)
READING = frozenset(["P223", "P224", "P251", "P253", "P254", "P321", "X301"])
"""What reading a document may find, whichever rule asks for it."""
OF_SCHEMAS = frozenset(["P251", "P311", "P352", "X302"])
"""What the schema of a manifest finds, or gives its weight to."""


@frozen
class DeclaredRule:
    """A rule with what it declares.

    `over` are the families of the packages that it judges, or the type of the part of one that it judges; `through` are
    the types of parts that it hands to the rules over these. `serves` are codes whose rules need it to be asked before.
    `when` says of which packages it is asked. Of documents, it judges those that are `named`, by the end of their path,
    and yields at most so many flaws of each; of a package, too, if it says so.
    """

    check: Check
    own: frozenset[str]
    over: tuple[Family | type, ...]
    lms: str
    serves: frozenset[str]
    through: tuple[type, ...]
    reads_files: bool
    when: When
    named: frozenset[str]
    most: int | None

    def is_for(self, subject: Subject) -> bool:
        """Say whether it is for a package: what is not written yet has no pages and files to read, which are made as
        they are written; only their names and documents are there."""
        return not (self.reads_files and subject.container.holding is Holding.MEMORY) and self.when(subject)

    @property
    def codes(self) -> frozenset[str]:
        """The codes that it can yield, by itself or by the rules that it asks."""
        parts = ((part, lms) for part in self.through for lms in {"", self.lms})
        return self.own.union(*(one.codes for part, lms in parts for one in rules_over(part, lms)))

    @property
    def place(self) -> str:
        """Where its function stands: the module and the name, without what rules made for an LMS add to it."""
        return f"{self.check.__module__}.{self.check.__qualname__.partition('.<')[0]}"


def is_whole(subject: Subject) -> bool:
    """Say whether a package is there, and not its manifest alone."""
    return not subject.container.alone


def of_canvas(subject: Subject) -> bool:
    """Say whether a package is there that Canvas exported, or what it takes for one."""
    return subject.found.is_canvas and is_whole(subject)


def not_of_canvas(subject: Subject) -> bool:
    """Say whether a package is there that is another's than Canvas's."""
    return is_whole(subject) and not subject.found.is_canvas


# The rules of a family stand in these folders; what stands beside them is for every family.
_FOLDERS: Mapping[Family, tuple[str, ...]] = {
    **dict.fromkeys(SCORM, ("scorm",)),
    Family.CARTRIDGE: ("cartridges", "questions", "canvas"),
    Family.QTI: ("questions",),
    Family.MOODLE: ("moodle",),
    **dict.fromkeys((Family.CMI5, Family.XAPI), ("xapi",)),
}
_RULES, _LMSS = "coursewright.audit.rules", "coursewright.audit.lms"
_MOST_FLAWS = 500  # of a document
_DECLARED: list[DeclaredRule] = []


def rule(
    codes: str = "",
    *,
    family: Family | tuple[Family, ...] = (),
    over: type | None = None,
    lms: str = "",
    serves: str = "",
    through: tuple[type, ...] = (),
    reads_files: bool = False,
    when: When = lambda _: True,
    named: str = "",
    most: int | None = None,
) -> Callable[[Judge], Judge]:
    """Return what declares a function to be a rule that can yield these codes, which stand between blanks, as names do.

    `when` says of which packages of its families it is asked.
    """
    families = (family,) if isinstance(family, Family) else family

    def declare(check: Judge) -> Judge:
        judged = (*families, *((over,) if over else ()))
        own, served, names = (frozenset(words.split()) for words in (codes, serves, named))
        _DECLARED.append(DeclaredRule(check, own, judged, lms, served, through, reads_files, when, names, most))
        _declared.cache_clear()
        return check

    return declare


def told_of_an_lms(check: Callable[Concatenate[Subject, Facts], Iterator[Flaw]]) -> Callable[Facts, Check]:
    """Return what makes a rule over packages for an LMS, of one that is told facts of it."""

    def make(*facts: Facts.args, **named: Facts.kwargs) -> Check:
        return wraps(check)(lambda subject: check(subject, *facts, **named))

    return make


def rules_over(judged: Family | type, lms: str = "") -> tuple[DeclaredRule, ...]:
    """Return the rules over the packages of a family, or over a part of one; those that serve others come first."""
    for folder in ("", *_FOLDERS.get(judged, ())) if isinstance(judged, Family) and not lms else ():
        load_rules(f"{_RULES}.{folder}".rstrip("."))
    return _declared(judged, lms)


@cache
def _declared(judged: Family | type, lms: str) -> tuple[DeclaredRule, ...]:
    found = (one for one in _DECLARED if judged in one.over and one.lms == lms)
    return tuple(sorted(found, key=lambda one: not one.serves))


def ask_of(part: object, subject: Subject) -> Iterator[Flaw]:
    """Yield what rules find in a part of a package."""
    for one in rules_over(type(part)):
        if one.is_for(subject):
            yield from one.check(part)


def ask(subject: Subject, wanted: Wanted, lms: str = "") -> Iterator[Finding]:
    """Yield what rules find in a package, without the work of those whose codes are all not wanted."""
    for one in rules_over(subject.found.kind.family, lms):
        if one.is_for(subject) and any(map(wanted, one.codes | one.serves | READING)):
            yield from placed(islice(one.check(subject), one.most), subject.found.file, subject)


def placed(found: Iterable[Finding | Flaw], name: str, subject: Subject) -> Iterator[Finding]:
    """Yield findings: flaws are placed in the document that they name, or else in this."""
    return (one.at(name, subject.container) if isinstance(one, Flaw) else one for one in found)


@frozen
class OpenedDocument:
    """A document of a package under judgement: its name, its root, and the package."""

    name: str
    root: etree._Element
    subject: Subject

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0]

    @property
    def file(self) -> str:
        return self.name.rpartition("/")[2]

    def all(self, *names: str) -> Iterator[etree._Element]:
        """Yield its elements of these names, in any namespace."""
        return self.root.iter(*(f"{{*}}{name}" for name in names))

    def beside(self, file: str) -> etree._Element | None:
        """Return the root of another document in the same folder, None where there is none that can be read."""
        return read_document(f"{self.folder}/{file}".lstrip("/"), self.subject.container)


def opened_documents(names: Iterable[str], subject: Subject, what: str) -> Iterator[OpenedDocument]:
    """Yield documents of a package, of those that can be read, until enough has been looked into."""
    for name in within_bounds(names, subject.container, what):
        root = read_document(name, subject.container)
        if root is not None:
            yield OpenedDocument(name, root, subject)


def judge_documents(
    names: Mapping[str, frozenset[str]], subject: Subject, lms: str = "", count: int = 0, what: str = "documents"
) -> Iterator[Finding]:
    """Yield what rules over documents find in these: each is opened once, for all rules over one of the words by which
    it is named. At most so many are opened."""
    by_word: dict[str, list[DeclaredRule]] = {}
    for one in (one for one in rules_over(OpenedDocument, lms) if one.is_for(subject)):
        for word in one.named:
            by_word.setdefault(word, []).append(one)
    asked = {name: [one for word in sorted(words) for one in by_word.get(word, ())] for name, words in names.items()}
    judged = (name for name, found in asked.items() if found)
    for name in subject.container.budget.first(judged, subject.container.sizes, what, MOST_JUDGED, count):
        root = read_document(name, subject.container)
        for one in asked[name] if root is not None else ():
            flaws = one.check(OpenedDocument(name, cast("etree._Element", root), subject))
            yield from placed(islice(flaws, one.most or _MOST_FLAWS), name, subject)


@cache
def codes_in(folder: str) -> frozenset[str]:
    """The codes that nothing but the rules of a folder can find."""
    load_rules(f"{_RULES}.{folder}")
    inside = {one: one.place.startswith(f"{_RULES}.{folder}.") for one in _DECLARED}
    own = frozenset[str]().union(*(one.own for one, is_inside in inside.items() if is_inside))
    return own.difference(READING, OF_SCHEMAS, *(one.own for one, is_inside in inside.items() if not is_inside))


def places_of(code: str) -> list[str]:
    """Return where the rules stand that can yield a code by themselves, those of LMSs, too."""
    for name in (_RULES, _LMSS, *(f"{_RULES}.{folder}" for folders in _FOLDERS.values() for folder in folders)):
        load_rules(name)
    return list(dict.fromkeys(one.place for one in _DECLARED if code in one.own))


@cache
def load_rules(name: str) -> None:
    """Import the modules of a package of ours, so that the rules in them are declared; not those of folders in it."""
    for found in pkgutil.iter_modules(importlib.import_module(name).__path__, f"{name}."):
        if not found.ispkg:
            importlib.import_module(found.name)
