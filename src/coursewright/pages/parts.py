"""The parts of a unit as an LMS shows them: their bodies as HTML, with titles and identifiers that it has room for.

Formats without a page of ours in the LMS (cartridges, backups) are made from lessons; SCORM has one page a unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from coursewright.course import parts
from coursewright.course.assets import Asset
from coursewright.course.blocks import texts
from coursewright.course.division import INTRODUCTION, parts_for, staff_parts
from coursewright.course.identifiers import identifier
from coursewright.course.model import Audience, Competency, Course, Kind, Step, Unit
from coursewright.course.parts import Group
from coursewright.course.parts import Part as CoursePart
from coursewright.course.quiz import Quiz
from coursewright.pages.authored import is_authored, page_body, time_needed, title_of
from coursewright.pages.dress import dressed
from coursewright.pages.links import NOWHERE, Address, Places, Ways, assets_of, shut
from coursewright.pages.once import NEVER, Once
from coursewright.pages.renderer import Renderer
from coursewright.text.markdown.values import Prose
from coursewright.text.names import cut

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """A page. `key` is its name within the unit, as in a SCO; `files` are those that it shows or leads to."""

    identifier: str
    key: str
    title: str
    body: Markup
    files: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """An assignment. `key` is its name within the unit.

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
class Talk:
    """A discussion."""

    identifier: str
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class WebLink:
    """A place on the web that a unit refers to."""

    identifier: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Handout:
    """A file to download."""

    identifier: str
    title: str
    asset: Asset


def _nowhere(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Exam:
    """A quiz. `key` is its name within the unit; `files` are those that it shows or leads to.

    `address` says where an address in its texts leads, or that it leads nowhere.
    """

    identifier: str
    key: str
    title: str
    quiz: Quiz
    files: tuple[Asset, ...] = ()
    address: Callable[[str], str | None] = _nowhere


Part = Reading | Work | Talk | WebLink | Handout | Exam


@dataclass(frozen=True, slots=True)
class Lesson:
    """A unit: its parts in the order to be worked through, and what is for staff, if that was asked for."""

    unit: Unit
    identifier: str
    title: str
    parts: tuple[Part, ...]
    staff: tuple[Part, ...]


def lessons(
    renderer: Renderer,
    course: Course,
    address: Address,
    *,
    locked: bool = False,
    places: Places = NOWHERE,
    once: Once = NEVER,
) -> Iterator[Lesson]:
    """Yield the units of a course as lessons; one is called by its role, too, where two tracks have its id.

    `locked` says that the LMS keeps a unit shut until what it requires is done: pages link only to what is open then.
    `once` keeps what is the same in other formats of the course.
    """
    ids = Counter(unit.id for unit in course.units)
    for step in course.steps:
        unit = step.unit
        maker = _Maker(renderer, course, step, Ways(course, unit, address, places, locked), once)
        learned, staff = _divided(step, renderer, once, locked=locked)
        role = f" ({unit.roles[0]})" if ids[unit.id] > 1 and unit.roles else ""
        yield Lesson(
            unit=unit,
            identifier=identifier(unit.identity),
            title=f"{unit.called(renderer.plain(unit.title))}{role}",
            parts=tuple(map(maker.part, learned)),
            staff=tuple(map(maker.part, staff)),
        )


def first_page(step: Step, renderer: Renderer, once: Once) -> str:
    """Return the key of the page that a unit begins with; an empty text for a unit without pages."""
    learned, _ = _divided(step, renderer, once, locked=False)
    return next((part.key for part in learned if isinstance(part, parts.Page)), "")


def _divided(step: Step, renderer: Renderer, once: Once, *, locked: bool) -> tuple[Sequence[CoursePart], ...]:
    """Return the parts of a step, and those of it for staff."""
    unit, words = step.unit, renderer.converter
    told = locked and unit.kind is Kind.UNIT  # what a roadmap's parts don't depend on
    return (
        once.made(("parts", unit.identity, told), lambda: parts_for(step, words, locked=locked)),
        once.made(("staff", unit.identity), lambda: (*staff_parts(unit, step.staff, words), *step.staff_parts)),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes HTML of the parts of one unit."""

    renderer: Renderer
    course: Course
    step: Step
    ways: Ways
    once: Once

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.step.unit

    def part(self, part: CoursePart) -> Part:
        """Return what an LMS shows of a part, made once for all formats in which it leads to the same places."""
        return self.once.made((id(part), self.ways.places.styled, *self._leads(part)), lambda: self._part(part))

    def _leads(self, part: CoursePart) -> Iterator[object]:
        """Yield where a part leads in this format, and whatever else of it is of the format."""
        if isinstance(part, parts.Page | Quiz):
            yield from map(self.ways.address_on(part), part.targets)
        if part.key == INTRODUCTION:
            yield from (self.ways.locked, *map(self.ways.address, (*self.step.needs, *self.step.next)))

    def _part(self, part: CoursePart) -> Part:
        match part:
            case parts.Page(key=key) if is_authored(part, self.step):
                title, body = self._titled(title_of(part, self.renderer, self.unit), self._authored(part))
                return Reading(self._identifier(key), key, title, body, assets_of(part))
            case parts.Page():
                return self.page(part)
            case parts.Assignment():
                return self._assignment(part)
            case parts.Discussion():
                return Talk(self._identifier(part.key), *self._titled(self._title(part), self._body(part)))
            case parts.Link():
                return WebLink(self._identifier(part.key), cut(part.title, _LONGEST_TITLE), part.url)
            case parts.File():
                return Handout(self._identifier(part.key), cut(part.title, _LONGEST_TITLE), part.asset)
            case Quiz():
                title = title_of(part, self.renderer, self.unit)
                address, files = self.ways.address_on(part), assets_of(part)
                return Exam(self._identifier(part.key), part.key, cut(title, _LONGEST_TITLE), part, files, address)

    def _authored(self, page: parts.Page) -> Markup:
        body = page_body(self.renderer, page, self.ways.address_on(page))
        body = time_needed(self.renderer, page) + (body if self.ways.places.styled else dressed(body))
        return body if body.strip() else Markup("<p>{}</p>").format(page.title or self.renderer.plain(self.unit.title))

    def page(self, page: parts.Page) -> Reading:
        """Return what an LMS shows of a page; one for staff stands apart, whatever the unit's pages are called."""
        if page.audience is Audience.STAFF:
            body = Markup("\n").join(self.renderer.converter.block(text.markdown) for text in _prose(page))
            title = page.title or self.renderer.labels[page.label]
            return Reading(self._identifier(page.key), page.key, *self._titled(title, body))
        body = self.once.made(("native", id(page)), lambda: self.renderer.native(page))
        body = self._introduced(page, body) if page.key == INTRODUCTION else body
        body = body if body.strip() else Markup("<p>{}</p>").format(self.renderer.plain(self.unit.title))
        title, body = self._titled(page.title or self.renderer.labels[page.label], body)
        return Reading(self._identifier(f"page-{page.key}"), page.key, title, body)

    def _introduced(self, page: parts.Page, body: Markup) -> Markup:
        """Return the overview with what stands in the head of a unit elsewhere."""
        step, inline, locked = self.step, self.renderer.inline, self._shut()
        html = self.renderer.render(
            "native/overview.html.j2",
            unit=self.unit,
            summary=inline(page.lead),
            hours=self.renderer.hours(self.unit),
            before=[self._linked(found) for found in step.needs],
            entry=[inline(text) for text in step.entry],
            after=[self._linked(found, is_open=found not in locked) for found in step.next],
            beyond=[inline(text) for text in step.beyond],
            locked=bool(locked),
            body=body,
        )
        return Markup(html)  # noqa: S704 - escaped there

    def _shut(self) -> list[Unit]:
        """Return what comes after the unit and is locked for whoever begins it."""
        return shut(self.course, self.unit, list(self.step.next)) if self.ways.locked else []

    def _linked(self, unit: Unit, *, is_open: bool = True) -> tuple[str, Markup, str]:
        known = unit.id if unit.given_id else ""
        return known, self.renderer.inline(unit.title), self.ways.address(unit) if is_open else ""

    def _assignment(self, work: parts.Assignment) -> Work:
        plain = self.renderer.plain
        title, body = self._titled(self._title(work), self._body(work))
        return Work(
            identifier=self._identifier(work.key),
            key=work.key,
            title=title,
            body=body,
            group=work.group,
            points=work.points,
            criterion=plain(work.criterion),
            threshold=work.threshold,
            competencies=work.competencies,
        )

    def _title(self, work: parts.Assigned) -> str:
        """Return the title in an LMS, which shows it among those of other units."""
        return self.unit.called(work.title or self.renderer.labels[work.label])

    def _body(self, work: parts.Assigned) -> Markup:
        inline = self.renderer.inline
        shown = work.competencies if isinstance(work, parts.Assignment) else ()
        body = self.renderer.render(
            "native/assignment.html.j2",
            text=inline(work.text),
            graded=work.graded,
            facts=self.renderer.viewer.judged(work.judged),
            judged=self._judged(work) if work.graded else "",
            competencies=[(inline(row.name), inline(row.target), inline(row.evidence)) for row in shown],
        )
        return Markup(body)  # noqa: S704 - escaped there

    def _judged(self, work: parts.Assigned) -> str:
        """Return in a sentence how graded work is judged, where what counts as done does not say it."""
        labels = self.renderer.labels
        if isinstance(work, parts.Assignment):
            if work.threshold:
                return self.renderer.said("judged_score", score=work.threshold)
            if work.competencies:
                return labels["judged_competencies"]
        return "" if work.judged.criteria else labels["judged_plain"]

    def _titled(self, title: str, body: Markup) -> tuple[str, Markup]:
        """Return a title that every LMS has room for, and the body: with the whole title in it, if that was cut."""
        short = cut(title, _LONGEST_TITLE)
        whole = body if short == title else Markup("<p><strong>{}</strong></p>\n{}").format(title, body)
        return short, self.renderer.spoken(whole)

    def _identifier(self, key: str) -> str:
        return identifier(self.unit.identity, key)


def _prose(page: parts.Page) -> list[Prose]:
    return [text for headed in page.body for text in texts(headed.block) if isinstance(text, Prose)]
