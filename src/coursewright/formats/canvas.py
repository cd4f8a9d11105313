"""The cartridge that Canvas writes and reads: modules that wait for each other, pages, assignments, rubrics, outcomes.

It is a Common Cartridge 1.1 with Canvas's own files in it, by one of which Canvas knows it. Other LMSs read it as 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from lxml import html
from markupsafe import Markup

from coursewright.checks import check_manifest
from coursewright.coursemap import Maps
from coursewright.diagnostics import Finding
from coursewright.formats.canvas_settings import (
    NAMESPACE,
    assignment_groups,
    assignment_settings,
    course_settings,
    has_rubric,
    item_of,
    learning_outcomes,
    module_meta,
    outcomes,
    rubrics,
    topic_meta,
)
from coursewright.formats.cartridges import LONGEST_TITLE, V11, File, invalid, page_file, topic, web_link
from coursewright.formats.format import Format, Materials
from coursewright.formats.losses import long_titles
from coursewright.identity import course_identifier, identifier
from coursewright.ims import Item, Manifest, Resource, write_manifest
from coursewright.lessons import Assignment, Discussion, Group, Lesson, Part, Reading, WebLink, lesson
from coursewright.lom import describe_course, write_lom
from coursewright.model import Course, Unit
from coursewright.overview import map_file, native_overview
from coursewright.package import Package
from coursewright.schema import validate

_MORE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_FLAG = "course_settings/canvas_export.txt"
_MAP = "map.svg"
_LOST_ATTRIBUTES = ("rel", "tabindex")  # what Canvas takes from a page that it shows, and our pages have


def _write(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill the package of a course, its manifest first; return everything that is wrong with it or lost in it."""
    renderer = materials.renderer
    lessons = [_titled(lesson(renderer, course, unit, _address)) for unit in course.units]
    writer = _Writer(course, materials, lessons)
    writer.add_course()
    for found in lessons:
        writer.add_lesson(found)
    manifest = write_manifest(writer.manifest(), V11.dialect)
    for path, content in [("imsmanifest.xml", manifest), *writer.files]:
        package.add(path, content)
    shown = f"{package.name}/imsmanifest.xml"
    own = {*package.paths} - {"imsmanifest.xml"}
    problems = validate(manifest, "cc11/imscp_v1p1.xsd", shown) or check_manifest(manifest, own, shown)
    problems += invalid(writer.files, {**V11.schemas, NAMESPACE: "canvas/cccv1p0.xsd"}, package.name)
    losses = long_titles(course, renderer.plain, LONGEST_TITLE, FORMAT.title)
    return [*losses, *package.problems(), *problems]


def _address(unit: Unit) -> str:
    """Return where Canvas finds a unit: the module it is."""
    return f"$CANVAS_OBJECT_REFERENCE$/modules/{identifier(unit.identity)}"


def _titled(found: Lesson) -> Lesson:
    """Return a lesson whose pages bear their unit's id: Canvas keeps all pages of a course in one list."""
    return replace(
        found,
        parts=tuple(_named(part, found) if isinstance(part, Reading) else part for part in found.parts),
        staff=tuple(_named(page, found) for page in found.staff),
    )


def _named(page: Reading, found: Lesson) -> Reading:
    return replace(page, title=f"{found.unit.id} {page.title}")


@dataclass(slots=True)
class _Writer:
    """Makes the parts of one package."""

    course: Course
    materials: Materials
    lessons: Sequence[Lesson]
    items: list[Item] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    positions: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def name(self) -> str:
        return course_identifier(self.course.name)

    def manifest(self) -> Manifest:
        plain = self.materials.renderer.plain
        described = describe_course(self.course, self.name, plain)
        return Manifest(
            identifier=self.name,
            title=plain(self.course.title),
            items=self.items,
            resources=self.resources,
            metadata=[write_lom(described, self.materials.publication, V11.lom)],
        )

    def add_course(self) -> None:
        """Add what belongs to the course as a whole: settings, syllabus, front page and map."""
        renderer = self.materials.renderer
        whole = Maps(self.course, renderer.plain, renderer.drawn).whole
        if whole:
            path = f"web_resources/{_MAP}"
            self._add(Resource(f"{self.name}-map", [path], True), (path, map_file(renderer, whole)))
        home = native_overview(renderer, self.course, _address, f"$IMS-CC-FILEBASE$/{_MAP}" if whole else "")
        self._add_page(f"{self.name}-home", "course-overview", renderer.labels["course_overview"], home, front=True)
        settings = list(self._settings())
        self._add(Resource(f"{self.name}-settings", [path for path, _ in settings], True, type=_MORE), *settings)
        syllabus = (
            "course_settings/syllabus.html",
            self._page("Syllabus", native_overview(renderer, self.course, _address, "")),
        )
        self._add(Resource(f"{self.name}-syllabus", [syllabus[0]], True, type=_MORE, use="syllabus"), syllabus)

    def _settings(self) -> Iterator[File]:
        renderer = self.materials.renderer
        labels, plain = renderer.labels, renderer.plain
        title = plain(self.course.title)
        works = [part for found in self.lessons for part in found.parts if isinstance(part, Assignment)]
        groups = [group for group in Group if any(work.group is group for work in works)]
        found = outcomes(self.course, plain)
        judged = [work for work in works if has_rubric(work)]
        yield _FLAG, b"This course was written by coursewright; Canvas knows it by this file.\n"
        yield "course_settings/course_settings.xml", course_settings(self.name, title, self.course.name)
        yield "course_settings/module_meta.xml", module_meta(self.lessons, self.course, labels)
        if groups:
            yield "course_settings/assignment_groups.xml", assignment_groups(self.name, groups, labels)
        if found:
            yield "course_settings/learning_outcomes.xml", learning_outcomes(self.name, title, found, labels)
        if judged:
            yield "course_settings/rubrics.xml", rubrics(judged, found, labels, plain)

    def add_lesson(self, found: Lesson) -> None:
        """Add the parts of a unit; its staff pages are unpublished, and not in the menu that other LMSs show."""
        children = []
        for part in found.parts:
            self._add_part(part, found)
            children.append(Item(item_of(part), part.title, part.identifier))
        for page in found.staff:
            self._add_reading(page, found, published=False)
        self.items.append(Item(f"{found.identifier}-folder", found.title, children=children))

    def _add_part(self, part: Part, found: Lesson) -> None:
        match part:
            case Reading():
                self._add_reading(part, found)
            case Assignment():
                self._add_assignment(part)
            case Discussion():
                self._add_discussion(part)
            case WebLink():
                self._add(*web_link(V11, part))

    def _add_reading(self, page: Reading, found: Lesson, *, published: bool = True) -> None:
        slug = f"{found.identifier}-{page.key}".lower()
        self._add_page(page.identifier, slug, page.title, page.body, published=published)

    def _add_page(
        self, name: str, slug: str, title: str, body: Markup, *, published: bool = True, front: bool = False
    ) -> None:
        state = ("workflow_state", "active" if published else "unpublished")
        meta = (("identifier", name), state, *((("front_page", "true"),) if front else ()))
        path = f"wiki_content/{slug}.html"
        self._add(Resource(name, [path], True), (path, self._page(title, body, meta)))

    def _add_assignment(self, work: Assignment) -> None:
        page = (f"{work.identifier}/assignment.html", self._page(work.title, work.body))
        settings = (
            f"{work.identifier}/assignment_settings.xml",
            assignment_settings(work, self.name, next(self.positions)),
        )
        self._add(Resource(work.identifier, [page[0], settings[0]], True, type=_MORE), page, settings)

    def _add_discussion(self, discussion: Discussion) -> None:
        resource, file = topic(V11, discussion)
        name = f"{discussion.identifier}-meta"
        meta = (f"{name}.xml", topic_meta(discussion, name, next(self.positions)))
        self._add(Resource(resource.identifier, resource.files, needs=[name], type=resource.type), file)
        self._add(Resource(name, [meta[0]], True, type=_MORE), meta)

    def _add(self, resource: Resource, *files: File) -> None:
        self.resources.append(resource)
        self.files += files

    def _page(self, title: str, body: Markup, meta: tuple[tuple[str, str], ...] = ()) -> bytes:
        return page_file(self.materials.renderer, title, _as_shown(body), meta=meta)


def _as_shown(body: Markup) -> Markup:
    """Return a page without what Canvas's sanitiser takes away, so that what is written is what is shown."""
    root = html.fragment_fromstring(str(body), create_parent="div")
    for element in root.iter():
        for name in _LOST_ATTRIBUTES:
            element.attrib.pop(name, None)
    inner = (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)
    return Markup(inner)  # noqa: S704 - was safe, and has less in it now


FORMAT = Format("canvas", "Canvas course", "Canvas: modules with prerequisites and requirements", ".imscc", _write)
