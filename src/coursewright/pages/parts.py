"""A unit as what a teacher edits in an LMS: pages, assignments, discussions and links, each a thing of its own.

Formats without a page of ours in the LMS (cartridges, backups) are made from lessons; SCORM has one page a unit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlsplit

from lxml import html
from markupsafe import Markup

from coursewright.course.identifiers import identifier, part_key
from coursewright.course.model import Competency, Course, Identity, Section, Unit
from coursewright.pages.renderer import Renderer
from coursewright.text.markdown.values import Text
from coursewright.text.names import cut, known_as, lead, plain_number, strong_lead
from coursewright.text.numbering import about, counting, is_numbered
from coursewright.text.phrases import is_assessing, is_discussed, is_scored, level, points, threshold

_LONGEST_TITLE = 200
_POINTS = 100
_GENERIC = re.compile(
    r"(?:lab|project|assessment|component|exercise|activity|portfolio|capstone|task|part|workshop|quiz|test|exam)(?:z?e?s)?"
    r"\s*[\d.]*",
    re.IGNORECASE,
)


class Group(StrEnum):
    """What kind of work an assignment is."""

    LABS = "labs"
    PROJECTS = "projects"
    ASSESSMENTS = "assessments"


@dataclass(frozen=True, slots=True)
class Reading:
    """A page. `key` is its name within the unit, as in a SCO."""

    identifier: str
    key: str
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class Assignment:
    """Something a learner does and hands in. `key` is its name within the unit.

    `criterion` is what counts as done, `threshold` the percentage of the `points` to reach; what has no points is done
    rather than graded. `competencies` are those of its unit that it shows.
    """

    identifier: str
    key: str
    title: str
    body: Markup
    group: Group
    points: int
    criterion: str
    threshold: float | None
    competencies: tuple[Competency, ...]

    @property
    def graded(self) -> bool:
        """Whether it gets points."""
        return self.points > 0


@dataclass(frozen=True, slots=True)
class Discussion:
    """Something learners write about to one another."""

    identifier: str
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class WebLink:
    """A place on the web that a unit refers to."""

    identifier: str
    title: str
    url: str


Part = Reading | Assignment | Discussion | WebLink


@dataclass(frozen=True, slots=True)
class Lesson:
    """A unit: its parts in the order to be worked through, and its pages for staff, if they were asked for."""

    unit: Unit
    identifier: str
    title: str
    parts: tuple[Part, ...]
    staff: tuple[Reading, ...]


Address = Callable[[Unit], str]
"""Says where a page finds another unit; an empty text where pages cannot link."""


def lessons(renderer: Renderer, course: Course, address: Address, *, locked: bool = False) -> Iterator[Lesson]:
    """Yield the units of a course as lessons; one is called by its role, too, where two tracks have its id.

    `locked` says that the LMS keeps a unit shut until what it requires is done: pages link only to what is open then.
    """
    ids = Counter(unit.id for unit in course.units)
    for step in course.steps:
        unit = step.unit
        maker = _Maker(renderer, course, unit, address, locked)
        role = f" ({unit.roles[0]})" if ids[unit.id] > 1 and unit.roles else ""
        yield Lesson(
            unit=unit,
            identifier=identifier(unit.identity),
            title=f"{unit.id} {renderer.plain(unit.title)}{role}",
            parts=tuple(maker.parts()),
            staff=tuple(maker.staff(step.staff)),
        )


def required(course: Course, unit: Unit) -> list[Unit]:
    """Return all that must be complete before a unit opens: what it requires, what that requires, and so on."""
    found: dict[Identity, Unit] = {}
    left = list(course.step(unit).gate)
    while left:
        gate = left.pop()
        if gate.identity not in found:
            found[gate.identity] = gate
            left += course.step(gate).gate
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a kind of work has in common: its role in identifiers, its group, and whether it is graded."""

    role: str
    group: Group
    graded: bool = True
    discussed: bool = True


_LAB = _Kind("lab", Group.LABS)
_ACTIVITY = _Kind("act", Group.LABS, graded=False)
_DELIVERABLE = _Kind("out", Group.PROJECTS, discussed=False)
_TEST = _Kind("test", Group.ASSESSMENTS)


@dataclass(frozen=True, slots=True)
class _Work:
    """A piece of work as its document has it: in a row of a table, `detail` stands apart."""

    kind: _Kind
    heading: Text
    detail: Text = Text("")  # noqa: RUF009 - a Text is immutable
    criterion: Text = Text("")  # noqa: RUF009
    validation: Text = Text("")  # noqa: RUF009
    tabled: bool = False

    @property
    def is_lab(self) -> bool:
        """Whether it is a lab of a table."""
        return self.tabled and self.kind is _LAB

    @property
    def demand(self) -> str:
        """What says how well it is to be done."""
        return self.criterion or self.heading


@dataclass(slots=True)
class _Maker:
    """Makes the parts of one unit."""

    renderer: Renderer
    course: Course
    unit: Unit
    address: Address
    locked: bool
    named: Counter[tuple[str, str]] = field(default_factory=Counter)

    def parts(self) -> list[Part]:
        """Return what learners get: work stands after the page it would otherwise stand on."""
        labs, tests = _labs(self.unit), _tests(self.unit)
        competencies = tuple(_each_once(self.unit.competencies))
        pages = {page.key: page for page in self._pages()}
        assessed = list(self._work(tests, competencies))
        parts: list[Part] = [
            *(pages[key] for key in ("overview", "objectives", "topics", "activities") if key in pages),
            *self._work(labs, () if tests else competencies),
            *(pages[key] for key in ("assessment",) if key in pages),
            *assessed,
            *(pages[key] for key in ("checklist", "more") if key in pages),
        ]
        return [*parts, *self._links(parts)]

    def staff(self, sections: Sequence[Section]) -> Iterator[Reading]:
        """Yield a page for each section that is for staff."""
        for section in sections:
            title = self.renderer.plain(section.title) or self.renderer.labels["page_more"]
            body = self.renderer.converter.block(section.markdown)
            key = self._key("staff", known_as(section.title))
            yield Reading(self._identifier(key), key, *self._titled(title, body))

    def _pages(self) -> Iterator[Reading]:
        rest = replace(self.unit, components=(), activities=(), deliverables=(), assessments=())
        for page in self.renderer.native_pages(rest):
            body = self._introduced(page.body) if page.key == "overview" else page.body
            body = body if body.strip() else Markup("<p>{}</p>").format(self.renderer.plain(self.unit.title))
            yield Reading(self._identifier(f"page-{page.key}"), page.key, page.title, self.renderer.spoken(body))

    def _introduced(self, body: Markup) -> Markup:
        """Return the overview with what stands in the head of a unit elsewhere."""
        step = self.course.step(self.unit)
        inline = self.renderer.inline
        shut = self._shut()
        html = self.renderer.render(
            "native/overview.html.j2",
            unit=self.unit,
            summary=inline(self.unit.summary),
            hours=self.renderer.hours(self.unit),
            before=[self._linked(found) for found in step.gate],
            entry=[inline(text) for text in step.entry],
            after=[self._linked(found, is_open=found not in shut) for found in step.next],
            beyond=[inline(text) for text in step.beyond],
            locked=bool(shut),
            body=body,
        )
        return Markup(html)  # noqa: S704 - escaped there

    def _shut(self) -> list[Unit]:
        """Return what comes after the unit and is locked for whoever begins it."""
        begun = {found.identity for found in required(self.course, self.unit)} if self.locked else set()
        return [
            found
            for found in self.course.step(self.unit).next
            if self.locked and not begun.issuperset(gate.identity for gate in self.course.step(found).gate)
        ]

    def _linked(self, unit: Unit, *, is_open: bool = True) -> tuple[str, Markup, str]:
        return unit.id, self.renderer.inline(unit.title), self.address(unit) if is_open else ""

    def _work(self, work: Sequence[_Work], competencies: tuple[Competency, ...]) -> Iterator[Assignment | Discussion]:
        names = self._names(work)
        for found in work:
            talk = found.kind.discussed and is_discussed(found.heading) and not found.criterion
            if talk and threshold(found.heading) is None:
                name = self._identifier(self._key("talk", names[found]))
                yield Discussion(name, *self._titled(self._title(found), self._body(found, ())))
            else:
                key = self._key(found.kind.role, names[found])
                yield self._assignment(found, key, competencies if found.kind.graded else ())

    def _names(self, work: Iterable[_Work]) -> Mapping[_Work, str]:
        """Return what each piece of work is known by: its name or, where another has that, all its words.

        A lab of a table with a number is known by what it is about: a number goes to another row with the next edit.
        """
        work = list(work)
        short = {found: known_as(self._name(found)) for found in work}
        count = Counter((found.kind.role, name) for found, name in short.items())
        names = {
            found: name if count[found.kind.role, name] == 1 else known_as(f"{found.heading} {found.detail}")
            for found, name in short.items()
        }
        counted = counting(self._name(found) for found in work if found.tabled)
        numbered = {found for found in names if found.is_lab and is_numbered(self._name(found), counted)}
        for ways in (self._about, self._all_about):
            told = {found: (ways(found, counted) if found in numbered else name) for found, name in names.items()}
            count = Counter((found.kind.role, name) for found, name in told.items())
            alone = {found for found in numbered if told[found] and count[found.kind.role, told[found]] == 1}
            names |= {found: told[found] for found in alone}
            numbered -= alone
        return names

    def _about(self, work: _Work, counted: frozenset[str]) -> str:
        """Return what a numbered row is about: by its name, else by what its details begin with."""
        said = (self.renderer.plain(text) for text in (work.detail, work.criterion))
        return known_as(
            next(filter(None, (about(self._name(work), counted), *(lead(about(text)) for text in said))), "")
        )

    def _all_about(self, work: _Work, counted: frozenset[str]) -> str:
        """Return all that a numbered row says, but for its number."""
        said = [self.renderer.plain(text) for text in (work.detail, work.criterion, work.validation)]
        return known_as(" ".join((about(self._name(work), counted), *said)))

    def _name(self, work: _Work) -> str:
        if work.detail:
            return self.renderer.plain(work.heading) or lead(self.renderer.plain(work.detail))
        strong, rest = strong_lead(work.heading)
        return self.renderer.plain(strong) if strong else lead(self.renderer.plain(rest))

    def _title(self, work: _Work) -> str:
        """Return a name that tells one piece of work from another, in a gradebook: `Lab 1` says too little."""
        name, rest = self._name(work), work.detail or strong_lead(work.heading)[1]
        if rest and rest != work.heading and _GENERIC.fullmatch(name):
            name = f"{name}: {lead(self.renderer.plain(rest))}"
        return f"{self.unit.id} {name or self.renderer.labels[f'group_{work.kind.group}']}"

    def _assignment(self, work: _Work, key: str, competencies: tuple[Competency, ...]) -> Assignment:
        title, body = self._titled(self._title(work), self._body(work, competencies))
        return Assignment(
            identifier=self._identifier(key),
            key=key,
            title=title,
            body=body,
            group=work.kind.group,
            points=(points(f"{work.heading} {work.criterion}") or _POINTS) if work.kind.graded else 0,
            criterion=self.renderer.plain(work.criterion or (work.heading if work.kind is _TEST else "")),
            threshold=self._threshold(work),
            competencies=competencies,
        )

    def _body(self, work: _Work, competencies: Sequence[Competency]) -> Markup:
        inline, labels = self.renderer.inline, self.renderer.labels
        body = self.renderer.render(
            "native/assignment.html.j2",
            text=inline(work.detail or work.heading),
            graded=work.kind.graded,
            facts=[
                (labels[label], inline(text))
                for label, text in (("criteria", work.criterion), ("validation", work.validation))
                if text
            ],
            judged=self._judged(work, competencies) if work.kind.graded else "",
            competencies=[(inline(row.name), inline(row.target), inline(row.evidence)) for row in competencies],
        )
        return Markup(body)  # noqa: S704 - escaped there

    def _judged(self, work: _Work, competencies: Sequence[Competency]) -> str:
        """Return in a sentence how graded work is judged, where what counts as done does not say it."""
        labels, score = self.renderer.labels, self._threshold(work)
        if score:
            return self.renderer.said("judged_score", score=plain_number(score))
        if competencies:
            return labels["judged_competencies"]
        return "" if work.criterion else labels["judged_plain"]

    def _threshold(self, work: _Work) -> float | None:
        scored = work.kind is _TEST or is_scored(work.demand)
        return threshold(work.demand) if scored and work.kind.graded else None

    def _titled(self, title: str, body: Markup) -> tuple[str, Markup]:
        """Return a title that every LMS has room for, and the body: with the whole title in it, if that was cut."""
        short = cut(title, _LONGEST_TITLE)
        whole = body if short == title else Markup("<p><strong>{}</strong></p>\n{}").format(title, body)
        return short, self.renderer.spoken(whole)

    def _links(self, parts: Iterable[Part]) -> Iterator[WebLink]:
        """Yield the places on the web that the parts link to, once each."""
        seen: set[str] = set()
        bodies = [part.body for part in parts if not isinstance(part, WebLink)]
        for link in (link for body in bodies if "http" in body for link in html.fromstring(f"<p>{body}</p>").iter("a")):
            url = link.get("href", "")
            if url not in seen and _is_address(url):
                seen.add(url)
                title = " ".join("".join(map(str, link.itertext())).split()) or url
                yield WebLink(self._identifier(part_key("link", url)), cut(title, _LONGEST_TITLE), url)

    def _key(self, role: str, name: str) -> str:
        """Return the key of a part; a second one of the same name is known by its number, too."""
        self.named[role, name] += 1
        number = self.named[role, name]
        return part_key(role, name if number == 1 else f"{name}\n{number}")

    def _identifier(self, key: str) -> str:
        return identifier(self.unit.identity, key)


def _labs(unit: Unit) -> list[_Work]:
    """Return the work on the way: labs, what else there is to do, and what comes out of a project."""
    activities = [_Work(_ACTIVITY, text) for text in unit.activities]
    deliverables = [_Work(_DELIVERABLE, text) for text in unit.deliverables]
    return [*_components(unit, _LAB), *activities, *deliverables]


def _tests(unit: Unit) -> list[_Work]:
    """Return the work that assesses."""
    return [*_components(unit, _TEST), *(_Work(_TEST, text) for text in unit.assessments)]


def _components(unit: Unit, kind: _Kind) -> Iterator[_Work]:
    for found in unit.components:
        if is_assessing(found.asset) is (kind is _TEST):
            yield _Work(kind, found.asset, found.description, found.criteria, found.validation, tabled=True)


def _each_once(rows: Iterable[Competency]) -> Iterator[Competency]:
    """Yield each competency once: of two rows about one, that with the higher target."""
    best: dict[str, Competency] = {}
    for row in rows:
        other = best.get(known_as(row.name))
        if other is None or level(row.target) > level(other.target):
            best[known_as(row.name)] = row
    yield from best.values()


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
