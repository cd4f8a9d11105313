"""The work of a unit: which of its rows are assignments and which discussions, what they are called and known by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from coursewright.course.blocks import Judged
from coursewright.course.layout import Plain
from coursewright.course.model import Unit
from coursewright.course.parts import Assigned, Assignment, Discussion, Group, Keys
from coursewright.course.values import Competency
from coursewright.frozen import frozen, slotted
from coursewright.text.markdown.values import Text
from coursewright.text.names import known_as, lead, strong_lead
from coursewright.text.numbering import about, counting, is_numbered
from coursewright.text.patterns import later
from coursewright.text.phrases import is_assessing, is_discussed, is_scored, level, points, threshold

_POINTS = 100
_GENERIC = later(
    r"(?:lab|project|assessment|component|exercise|activity|portfolio|capstone|task|part|workshop|quiz|test|exam)(?:z?e?s)?"
    r"\s*[\d.]*",
    re.IGNORECASE,
)


@frozen
class _Sort:
    """What a sort of work has in common: its role in keys, its group, and whether it is graded."""

    role: str
    group: Group
    graded: bool = True
    discussed: bool = True


_LAB = _Sort("lab", Group.LABS)
_ACTIVITY = _Sort("act", Group.LABS, graded=False)
_DELIVERABLE = _Sort("out", Group.PROJECTS, discussed=False)
_TEST = _Sort("test", Group.ASSESSMENTS)


@frozen
class _Row:
    """A piece of work as its document has it: in a row of a table, `detail` stands apart."""

    sort: _Sort
    heading: Text
    detail: Text = Text("")
    criterion: Text = Text("")
    validation: Text = Text("")
    tabled: bool = False

    @property
    def line(self) -> int:
        """Where it stands."""
        return self.heading.line or self.detail.line

    @property
    def text(self) -> Text:
        """What is to be done."""
        return self.detail or self.heading

    @property
    def judged(self) -> Judged:
        """How it is judged."""
        return Judged(self.criterion, self.validation)

    @property
    def is_lab(self) -> bool:
        """Whether it is a lab of a table."""
        return self.tabled and self.sort is _LAB

    @property
    def demand(self) -> str:
        """What says how well it is to be done."""
        return self.criterion or self.heading

    @property
    def is_talk(self) -> bool:
        """Whether learners write to one another, and nothing says how well."""
        talk = self.sort.discussed and is_discussed(self.heading) and not self.criterion
        return talk and threshold(self.heading) is None

    @property
    def threshold(self) -> float | None:
        """The percentage to reach."""
        scored = self.sort is _TEST or is_scored(self.demand)
        return threshold(self.demand) if scored and self.sort.graded else None


def work_of(unit: Unit, plain: Plain) -> tuple[list[Assigned], list[Assigned]]:
    """Return what is done on the way through a unit, and what assesses: there, if anywhere, competencies are shown."""
    labs, tests = _labs(unit), _tests(unit)
    competencies = tuple(_each_once(unit.competencies))
    maker = _Maker(unit, plain)
    assessed = list(maker.work(tests, competencies))
    return list(maker.work(labs, () if tests else competencies)), assessed


@slotted
class _Maker:
    """Makes the work of one unit."""

    unit: Unit
    plain: Plain
    keys: Keys = field(default_factory=Keys)

    def work(self, rows: Sequence[_Row], competencies: tuple[Competency, ...]) -> Iterator[Assigned]:
        names = self._names(rows)
        for row in rows:
            if row.is_talk:
                key = self.keys.key("talk", names[row])
                yield self._discussion(row, key)
            else:
                key = self.keys.key(row.sort.role, names[row])
                yield self._assignment(row, key, competencies if row.sort.graded else ())

    def _discussion(self, row: _Row, key: str) -> Discussion:
        return Discussion(
            key=key,
            title=self._title(row),
            text=row.text,
            judged=row.judged,
            path=self.unit.path,
            line=row.line,
            group=row.sort.group,
            graded=row.sort.graded,
        )

    def _assignment(self, row: _Row, key: str, competencies: tuple[Competency, ...]) -> Assignment:
        return Assignment(
            key=key,
            title=self._title(row),
            text=row.text,
            judged=row.judged,
            path=self.unit.path,
            line=row.line,
            group=row.sort.group,
            points=(points(f"{row.heading} {row.criterion}") or _POINTS) if row.sort.graded else 0,
            criterion=row.criterion or (row.heading if row.sort is _TEST else Text("")),
            threshold=row.threshold,
            competencies=competencies,
        )

    def _names(self, rows: Iterable[_Row]) -> Mapping[_Row, str]:
        """Return what each piece of work is known by: its name or, where another has that, all its words.

        A lab of a table with a number is known by what it is about: a number goes to another row with the next edit.
        """
        rows = list(rows)
        short = {found: known_as(self._name(found)) for found in rows}
        count = Counter((found.sort.role, name) for found, name in short.items())
        names = {
            found: name if count[found.sort.role, name] == 1 else known_as(f"{found.heading} {found.detail}")
            for found, name in short.items()
        }
        counted = counting(self._name(found) for found in rows if found.tabled)
        numbered = {found for found in names if found.is_lab and is_numbered(self._name(found), counted)}
        for ways in (self._about, self._all_about):
            told = {found: (ways(found, counted) if found in numbered else name) for found, name in names.items()}
            count = Counter((found.sort.role, name) for found, name in told.items())
            alone = {found for found in numbered if told[found] and count[found.sort.role, told[found]] == 1}
            names |= {found: told[found] for found in alone}
            numbered -= alone
        return names

    def _about(self, row: _Row, counted: frozenset[str]) -> str:
        """Return what a numbered row is about: by its name, else by what its details begin with."""
        said = (self.plain(text) for text in (row.detail, row.criterion))
        return known_as(
            next(filter(None, (about(self._name(row), counted), *(lead(about(text)) for text in said))), "")
        )

    def _all_about(self, row: _Row, counted: frozenset[str]) -> str:
        """Return all that a numbered row says, but for its number."""
        said = [self.plain(text) for text in (row.detail, row.criterion, row.validation)]
        return known_as(" ".join((about(self._name(row), counted), *said)))

    def _name(self, row: _Row) -> str:
        if row.detail:
            return self.plain(row.heading) or lead(self.plain(row.detail))
        strong, rest = strong_lead(row.heading)
        return self.plain(strong) if strong else lead(self.plain(rest))

    def _title(self, row: _Row) -> str:
        """Return a name that tells one piece of work from another, in a gradebook: `Lab 1` says too little."""
        name, rest = self._name(row), row.detail or strong_lead(row.heading)[1]
        if rest and rest != row.heading and _GENERIC.fullmatch(name):
            return f"{name}: {lead(self.plain(rest))}"
        return name


def _labs(unit: Unit) -> list[_Row]:
    """Return the work on the way: labs, what else there is to do, and what comes out of a project."""
    activities = [_Row(_ACTIVITY, text) for text in unit.activities]
    deliverables = [_Row(_DELIVERABLE, text) for text in unit.deliverables]
    return [*_components(unit, _LAB), *activities, *deliverables]


def _tests(unit: Unit) -> list[_Row]:
    """Return the work that assesses."""
    return [*_components(unit, _TEST), *(_Row(_TEST, text) for text in unit.assessments)]


def _components(unit: Unit, sort: _Sort) -> Iterator[_Row]:
    for found in unit.components:
        if is_assessing(found.asset) is (sort is _TEST):
            yield _Row(sort, found.asset, found.description, found.criteria, found.validation, tabled=True)


def _each_once(rows: Iterable[Competency]) -> Iterator[Competency]:
    """Yield each competency once: of two rows about one, that with the higher target."""
    best: dict[str, Competency] = {}
    for row in rows:
        other = best.get(known_as(row.name))
        if other is None or level(row.target) > level(other.target):
            best[known_as(row.name)] = row
    yield from best.values()
