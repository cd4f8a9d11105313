"""The overview of a course: its map, its units and their hours, and which unit takes which competency how far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from coursewright.course.description import hours_of
from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course, Kind, Step, Unit
from coursewright.course.parts import Page, Part
from coursewright.pages import views
from coursewright.pages.authored import page_names, title_of
from coursewright.pages.dress import readable_colours
from coursewright.pages.links import NOWHERE, Address, Places
from coursewright.pages.map import Maps, upright_map
from coursewright.pages.renderer import Renderer
from coursewright.text.names import known_as, plain_number
from coursewright.text.phrases import LEVELS, level

_MOST_COLUMNS = 16  # units beside each other in the matrix


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page in the list of all units; without an address it is only named."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit in the list of all; `needs` are the ids of what it requires, `required` the ids with the titles.

    `id` is empty where its author gave it none, and a title stands for that of another unit; `pages` are those that its
    author made.
    """

    unit: str
    id: str
    kind: str
    title: Markup
    href: str
    hours: views.HoursView | None
    needs: Sequence[str]
    required: Sequence[str]
    pages: Sequence[ListedPage] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a unit takes a competency: `level` on the scale, 0 for a target in other words."""

    unit: str
    id: str
    title: Markup
    target: Markup
    level: int


@dataclass(frozen=True, slots=True)
class Row:
    """A competency, with the units that work on it."""

    name: Markup
    reaches: Sequence[Reach]

    def by(self, unit: str) -> Sequence[Reach]:
        """Return what one unit does, by its identifier: two tracks may use one id."""
        return [reach for reach in self.reaches if reach.unit == unit]


def overview_page(renderer: Renderer, course: Course, maps: Maps) -> bytes:
    """Return the HTML of a course's overview; it stands at the top of a package, beside the folder of the units."""
    roles = list(dict.fromkeys(str(role) for unit in course.units for role in unit.roles))
    return renderer.render(
        "scorm/overview.html.j2",
        shared="shared",
        course={
            "identifier": course_identifier(course.name),
            "title": renderer.inline(course.title),
            "plain_title": renderer.plain(course.title),
            "hours": total_hours(renderer, course),
        },
        roles=[] if "".join(roles) == course.title else roles,
        map=maps.whole,
        units=[_entry(step, renderer, _sco(step.unit), _sco_part) for step in course.steps],
        wide=len(course.units) > _MOST_COLUMNS,
        highest=len(LEVELS),
        competencies=_competencies(course, renderer),
    ).encode()


def _sco(unit: Unit) -> str:
    return f"units/{identifier(unit.identity)}/index.html"


def _sco_part(unit: Unit, part: Part, _: str) -> str:
    return f"{_sco(unit)}#{page_names(unit)[part.key]}"


def native_overview(
    renderer: Renderer,
    course: Course,
    address: Address,
    map: str,
    *,
    locked: bool = False,
    places: Places = NOWHERE,
) -> Markup:
    """Return the body of a course's overview as an LMS shows it.

    `address` says where the page finds a unit, `map` where it finds the picture of the map; either may be empty.
    `locked` says that the LMS keeps a unit shut until what it requires is done: such a unit is named without a link.
    """

    def entry(step: Step) -> ListedUnit:
        if locked and step.needs:  # its place in the LMS says that it is locked, its pages would not open
            return _entry(step, renderer, address(step.unit), NOWHERE.part)
        return _entry(step, renderer, address(step.unit), places.part)

    html = renderer.render(
        "native/course.html.j2",
        roles=list(dict.fromkeys(str(role) for unit in course.units for role in unit.roles)),
        hours=total_hours(renderer, course),
        map=map,
        whole=places.whole,
        units=[entry(step) for step in course.steps],
        waiting="opens_after" if locked else "map_after",
        competencies=_competencies(course, renderer),
    )
    return renderer.spoken(places.dressed(Markup(html)))  # noqa: S704 - escaped there


def map_file(renderer: Renderer, course: Course) -> bytes | None:
    """Return the map as a narrow picture of its own; None where the list of units has to do."""
    found = upright_map(course, renderer.plain)
    if not found:
        return None
    colours = readable_colours(renderer.theme.light)
    return renderer.render("native/map.svg.j2", drawn=renderer.drawn(found), colours=colours).encode()


def total_hours(renderer: Renderer, course: Course) -> str:
    """Return the learning time of a course in words, or nothing where no unit says any."""
    hours = [found for found in map(hours_of, course.units) if found is not None]
    if any(unit.kind is Kind.UNIT for unit in course.units) and hours:
        return renderer.minutes(sum(hours) * 60)
    return renderer.said("hours", hours=plain_number(sum(hours))) if hours else ""


def _entry(step: Step, renderer: Renderer, href: str, part: Callable[[Unit, Part, str], str]) -> ListedUnit:
    unit, plain = step.unit, renderer.plain
    name = identifier(unit.identity)
    return ListedUnit(
        unit=name,
        id=unit.id if unit.given_id else "",
        kind=renderer.labels[f"kind_{unit.kind}"],
        title=renderer.inline(unit.title),
        href=href,
        hours=renderer.hours(unit),
        needs=[need.named(plain(need.title)) for need in step.needs],
        required=[need.called(plain(need.title)) for need in step.needs],
        pages=_pages(unit, renderer, part),
    )


def _pages(unit: Unit, renderer: Renderer, part: Callable[[Unit, Part, str], str]) -> list[ListedPage]:
    """Return the pages of a unit whose reader made them, but for a single one that bears its title."""
    pages = [page for page in unit.parts if isinstance(page, Page)]
    listed = [ListedPage(title_of(page, renderer, unit), part(unit, page, "")) for page in pages]
    return [] if [page.title for page in listed] == [renderer.plain(unit.title)] else listed


def _competencies(course: Course, renderer: Renderer) -> list[Row]:
    found: dict[str, tuple[str, list[Reach]]] = {}
    for unit in course.units:
        for row in unit.competencies:
            _, reaches = found.setdefault(known_as(row.name), (row.name, []))
            name, title, target = identifier(unit.identity), renderer.inline(unit.title), renderer.inline(row.target)
            reaches.append(Reach(name, unit.id if unit.given_id else "", title, target, level(row.target)))
    return [Row(renderer.inline(name), reaches) for name, reaches in found.values()]
