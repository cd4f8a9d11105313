"""The parts of a unit as an LMS shows them: their bodies as HTML, with titles and identifiers that it has room for.

Formats without a page of ours in the LMS (cartridges, backups) are made from lessons; SCORM has one page a unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from markupsafe import Markup

from coursewright.course import parts
from coursewright.course.assets import Asset
from coursewright.course.blocks import texts
from coursewright.course.division import INTRODUCED, parts_for, staff_parts
from coursewright.course.identifiers import identifier
from coursewright.course.model import Course, Step, Unit
from coursewright.course.parts import Group, RubricCriterion, Submission, is_handed_in
from coursewright.course.parts import Part as CoursePart
from coursewright.course.quiz import Quiz
from coursewright.course.values import Audience, Competency, Identity, Kind
from coursewright.frozen import frozen
from coursewright.pages.assigned import native_body
from coursewright.pages.authored import is_authored, page_body, time_needed, title_of
from coursewright.pages.choices import choices_of
from coursewright.pages.links import NOWHERE, Address, Places, Ways, assets_of, shut
from coursewright.pages.once import NEVER, Once
from coursewright.pages.renderer import Renderer
from coursewright.text.markdown.values import Prose
from coursewright.text.names import cut

_LONGEST_TITLE = 200
_LONGEST_NAME = 100  # of a unit in the title of a page


@frozen
class Reading:
    """A page. `key` is its name within the unit, as in a SCO; `files` are those that it shows or leads to."""

    identifier: str
    key: str
    title: str
    body: Markup
    files: tuple[Asset, ...] = ()


@frozen
class Work:
    """An assignment. `key` is its name within the unit; `files` are those that it shows or leads to.

    `criterion` is what counts as done, `threshold` the percentage of the `points` to reach; what has no points is done
    rather than graded. `competencies` are those of its unit that it shows.
    """

    identifier: str
    key: str
    title: str
    body: Markup
    group: Group
    points: float
    criterion: str
    threshold: float | None
    competencies: tuple[Competency, ...]
    submissions: tuple[Submission, ...] = ()
    rubric: tuple[RubricCriterion, ...] = ()
    files: tuple[Asset, ...] = ()

    @property
    def handed_in(self) -> bool:
        """Whether learners hand it in within the LMS."""
        return is_handed_in(self.submissions) if self.submissions else self.graded

    @property
    def graded(self) -> bool:
        """Whether it gets points."""
        return self.points > 0


@frozen
class Talk:
    """A discussion; `key` is its name within the unit, `files` are those that it shows or leads to."""

    identifier: str
    title: str
    body: Markup
    key: str = ""
    files: tuple[Asset, ...] = ()


@frozen
class WebLink:
    """A place on the web that a unit refers to."""

    identifier: str
    title: str
    url: str


@frozen
class Handout:
    """A file to download."""

    identifier: str
    title: str
    asset: Asset


def _nowhere(_: str) -> None:
    return None


@frozen
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


_Divided = tuple[Sequence[CoursePart], Sequence[CoursePart]]
Part = Reading | Work | Talk | WebLink | Handout | Exam


@frozen
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
    divided = [_divided(step, renderer, once, locked=locked) for step in course.steps]
    names = _Names(renderer, course, divided)
    for step, (learned, staff) in zip(course.steps, divided, strict=True):
        unit = step.unit
        pages = [part.key for part in learned if isinstance(part, parts.Page)]
        ends = (pages[0], pages[-1]) if pages else ("", "")
        maker = _Maker(renderer, course, step, Ways(course, unit, address, places, locked), once, names, *ends)
        yield Lesson(
            unit=unit,
            identifier=identifier(unit.identity),
            title=names.titles[unit.identity],
            parts=tuple(map(maker.part, learned)),
            staff=tuple(map(maker.part, staff)),
        )


def first_page(step: Step, renderer: Renderer, once: Once) -> str:
    """Return the key of the page that a unit begins with; an empty text for a unit without pages."""
    learned, _ = _divided(step, renderer, once, locked=False)
    return next((part.key for part in learned if isinstance(part, parts.Page)), "")


def _divided(step: Step, renderer: Renderer, once: Once, *, locked: bool) -> _Divided:
    """Return the parts of a step, and those of it for staff."""
    unit, words = step.unit, renderer.converter
    made = partial(parts_for, step, words, locked=locked)
    told = locked and unit.kind is Kind.UNIT  # what a roadmap's parts don't depend on
    return (
        once.made(("parts", unit.identity, told), lambda: once.of_unit(unit, made, "parts")),
        once.made(("staff", unit.identity), lambda: (*staff_parts(unit, step.staff, words), *step.staff_parts)),
    )


class _Names:
    """What menus and titles call the units of a course.

    `titles` are theirs in a menu, `own` those in titles of pages: as a menu calls them only where two have the same.
    `alike` are the titles that parts of several units have.
    """

    def __init__(self, renderer: Renderer, course: Course, divided: Sequence[_Divided]) -> None:
        self.titles = _titles(renderer, course)
        own = {unit.identity: renderer.plain(unit.title) for unit in course.units}
        known = Counter(name.casefold() for name in own.values())
        self.own = {name: title if known[title.casefold()] == 1 else self.titles[name] for name, title in own.items()}
        given = [{part.title for parts in found for part in parts} for found in divided]
        titles = Counter(title for found in given for title in found)
        self.alike = frozenset(title for title, count in titles.items() if count > 1)


def _titles(renderer: Renderer, course: Course) -> Mapping[Identity, str]:
    """Return the titles of units in a menu; one is called by its role, too, where two tracks have its id."""
    ids = Counter(unit.id for unit in course.units)
    return {
        unit.identity: unit.called(renderer.plain(unit.title))
        + (f" ({unit.roles[0]})" if ids[unit.id] > 1 and unit.roles else "")
        for unit in course.units
    }


@frozen
class _Maker:
    """Makes HTML of the parts of one unit.

    `first` and `last` are the keys of the pages that it begins and ends with.
    """

    renderer: Renderer
    course: Course
    step: Step
    ways: Ways
    once: Once
    names: _Names
    first: str
    last: str

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.step.unit

    def part(self, part: CoursePart) -> Part:
        """Return what an LMS shows of a part, made once for all formats in which it leads to the same places."""
        places = self.ways.places
        looks = (places.dressed, places.titled, places.ended, places.has_rubrics)
        return self.once.made((id(part), looks, *self._leads(part)), lambda: self._part(part))

    def _leads(self, part: CoursePart) -> Iterator[object]:
        """Yield where a part leads in this format, and whatever else of it is of the format."""
        if isinstance(part, parts.Leading):
            yield from map(self.ways.address_on(part), part.targets)
        if part.key in (self.first, self.last):
            yield from (self.ways.locked, *map(self.ways.address, (*self.step.needs, *self.step.next)))

    def _part(self, part: CoursePart) -> Part:
        match part:
            case parts.Page(key=key) if is_authored(part, self.step):
                title = self._own(part.title, title_of(part, self.renderer, self.unit))
                title, body = self._titled(title, self._authored(part))
                return Reading(self._identifier(key), key, title, body, assets_of(part))
            case parts.Page():
                return self.page(part)
            case parts.Assignment():
                return self._assignment(part)
            case parts.Discussion():
                title, body = self._titled(self._title(part), self._body(part))
                return Talk(self._identifier(part.key), title, body, part.key, assets_of(part))
            case parts.Link():
                return WebLink(self._identifier(part.key), cut(part.title, _LONGEST_TITLE), part.url)
            case parts.File():
                return Handout(self._identifier(part.key), cut(part.title, _LONGEST_TITLE), part.asset)
            case Quiz():
                title = self._own(part.title, title_of(part, self.renderer, self.unit))
                address, files = self.ways.address_on(part), assets_of(part)
                return Exam(self._identifier(part.key), part.key, cut(title, _LONGEST_TITLE), part, files, address)

    def _authored(self, page: parts.Page) -> Markup:
        body = page_body(self.renderer, page, self.ways.address_on(page))
        body = body if body.strip() else Markup("<p>{}</p>").format(page.title or self.renderer.plain(self.unit.title))
        return self._framed(page, time_needed(self.renderer, page) + body)

    def _own(self, given: str, title: str) -> str:
        """Return the title of a part among those of other units: with the name of its own where it says too little."""
        name = self.names.own[self.unit.identity]
        if (given and title not in self.names.alike) or title.startswith(name):
            return title
        unit = cut(name, _LONGEST_NAME)
        return self.ways.places.titled.format(unit=unit, part=title)

    def page(self, page: parts.Page) -> Reading:
        """Return what an LMS shows of a page; one for staff stands apart, whatever the unit's pages are called."""
        title = page.title or self.renderer.labels[page.label]
        if page.audience is Audience.STAFF:
            body = Markup("\n").join(self.renderer.converter.block(text.markdown) for text in _prose(page))
            title = self._own("" if self.unit.kind is not Kind.UNIT else page.title, title)
            return Reading(self._identifier(page.key), page.key, *self._titled(title, body))
        body = self._framed(page, self.once.made(("native", id(page)), lambda: self._native(page)))
        body = body if body.strip() else Markup("<p>{}</p>").format(self.renderer.plain(self.unit.title))
        title = self._own(page.title, title)
        return Reading(self._identifier(f"page-{page.key}"), page.key, *self._titled(title, body))

    def _native(self, page: parts.Page) -> Markup:
        return self.once.of_unit(self.unit, lambda: self.renderer.native(page), "native", page.key)

    def _framed(self, page: parts.Page, body: Markup) -> Markup:
        """Return a page; the first of a unit comes after what a learner wants to know, the last before what is next."""
        if page.audience is Audience.STAFF:
            return body
        before = self._introduction(page) if page.key == self.first else Markup("")
        after = self._following() if page.key == self.last and not self.ways.places.ended else Markup("")
        return before + body + after

    def _introduction(self, page: parts.Page) -> Markup:
        """Return what stands in the head of a unit elsewhere: its time, what it requires, what it is for."""
        step, inline = self.step, self.renderer.inline
        ours = not is_authored(page, step)
        told = any(headed.label == "objectives" for headed in page.body)
        html = self.renderer.render(
            "native/overview.html.j2",
            unit=self.unit if ours else None,
            summary=inline(page.lead) if ours else "",
            hours=self.renderer.hours(self.unit),
            before=[self._linked(found) for found in step.needs],
            entry=[
                *(inline(text) for text in step.entry if ours or page.key == INTRODUCED),
                *choices_of(self.renderer, self.course, step),
            ],
            objectives=[inline(text) for text in self.unit.objectives] if ours and not told else [],
        )
        return Markup(html)  # noqa: S704 - escaped there

    def _following(self) -> Markup:
        """Return where to go once a unit is done."""
        step, locked = self.step, self._shut()
        html = self.renderer.render(
            "native/next.html.j2",
            after=[self._linked(found, is_open=found not in locked) for found in step.next],
            beyond=[self.renderer.inline(text) for text in step.beyond],
            locked=bool(locked),
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
        shown = (bool(work.rubric) and self.ways.places.has_rubrics, *self._leads(work))
        body = self.once.made(("body", id(work), *shown), lambda: self._lasting_body(work, shown))
        title, body = self._titled(self._title(work), body)
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
            submissions=work.submissions,
            rubric=work.rubric,
            files=assets_of(work),
        )

    def _title(self, work: parts.Assigned) -> str:
        """Return the title in an LMS, which shows it among those of other units."""
        label = self.renderer.labels[work.label]
        said = work.title and work.title not in self.names.alike
        return self.unit.called(work.title) if said else self._own("", work.title or label)

    def _lasting_body(self, work: parts.Assignment, shown: Sequence[object]) -> Markup:
        return self.once.of_unit(self.unit, lambda: self._body(work), "body", work.key, *map(repr, shown))

    def _body(self, work: parts.Assigned) -> Markup:
        return native_body(self.renderer, work, self.ways.address_on(work), rubric=not self.ways.places.has_rubrics)

    def _titled(self, title: str, body: Markup) -> tuple[str, Markup]:
        """Return a title that every LMS has room for, and the body: with the whole title in it, if that was cut."""
        short = cut(title, _LONGEST_TITLE)
        whole = body if short == title else Markup("<p><strong>{}</strong></p>\n{}").format(title, body)
        return short, self.renderer.spoken(self.ways.places.dressed(whole))

    def _identifier(self, key: str) -> str:
        return identifier(self.unit.identity, key)


def _prose(page: parts.Page) -> list[Prose]:
    return [text for headed in page.body for text in texts(headed.block) if isinstance(text, Prose)]
