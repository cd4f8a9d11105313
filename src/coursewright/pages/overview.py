"""The home of a course: what it is, its map, its units with their hours, and which competencies it takes how far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

from markupsafe import Markup

from coursewright.course.description import hours_of
from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course, Step, Unit
from coursewright.course.parts import Assigned, Page, Part
from coursewright.course.values import Identity
from coursewright.frozen import frozen
from coursewright.pages import views
from coursewright.pages.authored import page_names, page_path, title_of
from coursewright.pages.chart import chart_of, emblem_of
from coursewright.pages.competencies import by_level, competencies_of
from coursewright.pages.dress import readable_colours
from coursewright.pages.groups import UnitGroup, groups_of
from coursewright.pages.hours import bars_of, course_hours, hours_together
from coursewright.pages.links import NOWHERE, Address, Places
from coursewright.pages.map import upright_map
from coursewright.pages.once import NEVER, Once
from coursewright.pages.renderer import Renderer
from coursewright.pages.theme.rules import SHARED
from coursewright.pages.website import SiteView
from coursewright.text.names import plain_number
from coursewright.text.phrases import LEVELS

_FEW_PAGES = 80  # that a home shows unfolded


@frozen
class ListedPage:
    """A page in the list of all units; without an address it is only named."""

    title: str
    href: str


@frozen
class ListedUnit:
    """A unit in the list of all; `needs` are the ids of what it requires, `required` the ids with the titles.

    `id` is empty where its author gave it none, and a title stands for that of another unit; `pages` are those that its
    author made. `after` are the names of what it requires, `amount` its hours as a number.
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
    after: Sequence[str] = ()
    amount: str = "0"


@frozen
class ListedGroup:
    """Units of a group under its title, which is empty where a course needs no groups; `hours` is their time."""

    title: str
    units: Sequence[ListedUnit]
    hours: str


@frozen
class Home:
    """What the home of a course depends on besides the course.

    `locks` says that a unit may be shut until what it requires is done. `certificate` is the address of the
    certificate, if any, and `site` what the page says of itself on the web.
    """

    locks: bool = True
    certificate: str = ""
    site: SiteView | None = None


def part_address(unit: Unit, part: Part, _: str) -> str:
    """Return where the home finds a page of a unit."""
    return f"{page_path(unit)}#{page_names(unit)[part.key]}"


def overview_page(renderer: Renderer, course: Course, home: Home) -> bytes:
    """Return the HTML of a course's home: what it is, how far its learner is, and each of its units.

    It stands at the top of a package, beside the folder of the units.
    """
    chart = chart_of(course)
    units = {step.unit.identity: _entry(step, renderer, page_path(step.unit), part_address) for step in course.steps}
    return renderer.render(
        "scorm/overview.html.j2",
        shared=SHARED,
        site=home.site,
        course={
            "identifier": course_identifier(course.name),
            "title": renderer.inline(course.title),
            "plain_title": renderer.plain(course.title),
            "summary": renderer.inline(course.summary),
            "cover": f"{SHARED}/{cover_name(course)}" if course.cover else "",
            "hours": course_hours(course, renderer),
        },
        roles=[] if "".join(course.roles) == course.title else course.roles,
        locks=home.locks,
        certificate=home.certificate,
        chart=chart,
        places=chart.spread.places if chart else {},
        emblem=emblem_of(course, chart),
        units=units,
        addresses={unit.unit: unit.href for unit in units.values()},
        bars=bars_of(course),
        few=sum(len(unit.pages) for unit in units.values()) <= _FEW_PAGES,
        groups=[_group(group, units, renderer) for group in groups_of(course)],
        highest=len(LEVELS),
        levels=by_level(competencies_of(course, renderer), renderer),
    ).encode()


def cover_name(course: Course) -> str:
    """Return what a course's cover picture is called beside the stylesheet, or nothing without one."""
    return f"cover-{course.cover.digest[:8]}{PurePosixPath(course.cover.name).suffix.lower()}" if course.cover else ""


def _group(group: UnitGroup, units: Mapping[Identity, ListedUnit], renderer: Renderer) -> ListedGroup:
    title = renderer.said("stage", number=str(group.stage)) if group.stage else group.name
    if group.first:
        title = f"{group.first}–{group.first + len(group.units) - 1}"
    return ListedGroup(title, [units[unit.identity] for unit in group.units], hours_together(group.units, renderer))


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
        # the place of a locked unit in the LMS says that it is locked, its pages would not open
        part = NOWHERE.part if locked and step.needs else places.part
        return _entry(step, renderer, address(step.unit), part)

    html = renderer.render(
        "native/course.html.j2",
        summary=renderer.inline(course.summary),
        roles=course.roles,
        hours=hours_together(course.units, renderer),
        map=map,
        whole=places.whole,
        units=[entry(step) for step in course.steps],
        waiting="opens_after" if locked else "map_after",
        competencies=competencies_of(course, renderer),
    )
    return renderer.spoken(places.dressed(Markup(html)))  # noqa: S704 - escaped there


def map_file(renderer: Renderer, course: Course, once: Once = NEVER) -> bytes | None:
    """Return the map as a narrow picture of its own; None where the list of units has to do."""
    return once.made("map", lambda: _map(renderer, course))


def _map(renderer: Renderer, course: Course) -> bytes | None:
    found = upright_map(course, renderer.plain)
    if not found:
        return None
    colours = readable_colours(renderer.theme.light)
    return renderer.render("native/map.svg.j2", drawn=renderer.drawn(found), colours=colours).encode()


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
        after=[identifier(need.identity) for need in step.needs],
        amount=plain_number(hours_of(unit) or 0),
        pages=_pages(unit, renderer, part),
    )


def _pages(unit: Unit, renderer: Renderer, part: Callable[[Unit, Part, str], str]) -> list[ListedPage]:
    """Return the pages of a unit whose reader made them, but for a single one that bears its title."""
    pages = [page for page in unit.parts if isinstance(page, Page | Assigned)]
    listed = [ListedPage(title_of(page, renderer, unit), part(unit, page, "")) for page in pages]
    return [] if [page.title for page in listed] == [renderer.plain(unit.title)] else listed
