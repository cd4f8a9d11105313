"""The cartridge that Canvas writes and reads: modules that wait for each other, pages, assignments, rubrics, outcomes.

It is a Common Cartridge 1.1 with Canvas's own files in it, by one of which Canvas knows it. Other LMSs read it as 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count

from lxml import html
from markupsafe import Markup

from coursewright.course.description import describe_course
from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course, Unit
from coursewright.course.parts import Group
from coursewright.findings.finding import Finding
from coursewright.packages.documents.cartridge import V11, File, topic, web_link
from coursewright.packages.documents.lom import write_lom
from coursewright.packages.documents.manifest import Manifest, ManifestItem, Resource, write_manifest
from coursewright.packages.files.writing import Kept, Package
from coursewright.pages.overview import map_file, native_overview
from coursewright.pages.parts import Lesson, Part, Reading, Talk, WebLink, Work, lessons
from coursewright.text.names import cut, digest
from coursewright.writers import FORMATS
from coursewright.writers.canvas.settings import (
    NAMESPACE,
    assignment_groups,
    assignment_settings,
    course_settings,
    entries,
    has_rubric,
    learning_outcomes,
    module_meta,
    outcomes,
    rubrics,
    topic_meta,
)
from coursewright.writers.cartridges import HOME, CartridgeDraft, page_file
from coursewright.writers.losses import long_titles
from coursewright.writers.writer import Materials

_MORE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_FLAG = "course_settings/canvas_export.txt"
_LOST_ATTRIBUTES = ("rel", "tabindex")  # what Canvas takes from a page that it shows, and our pages have
_SCHEMAS = {NAMESPACE: "canvas/cccv1p0.xsd"}


def write(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill the package of a course; return everything that is wrong with it or lost in it."""
    found = [_titled(one) for one in lessons(materials.renderer, course, _address, locked=True)]
    writer = _Writer(course, materials, found)
    if len(course.units) > 1:
        writer.add_front()
    writer.add_settings()
    for one in found:
        writer.add_lesson(one)
    package.kept |= writer.kept
    manifest = write_manifest(writer.manifest(), V11.dialect)
    problems = writer.draft.fill(package, manifest, V11, _SCHEMAS)
    titles = ((one.unit, one.title) for one in found)
    return [*long_titles(titles, V11.dialect.longest_title, FORMATS["canvas"].title), *problems]


def _address(unit: Unit) -> str:
    """Return where Canvas finds a unit: the module it is."""
    return f"$CANVAS_OBJECT_REFERENCE$/modules/{identifier(unit.identity)}"


def _titled(found: Lesson) -> Lesson:
    """Return a lesson whose pages bear their unit's name: Canvas keeps all pages of a course in one list."""
    return replace(
        found,
        parts=tuple(_named(part, found) if isinstance(part, Reading) else part for part in found.parts),
        staff=tuple(_named(page, found) for page in found.staff),
    )


def _named(page: Reading, found: Lesson) -> Reading:
    return replace(page, title=f"{found.unit.id} {page.title}")


@dataclass(slots=True)
class _Writer:
    """Adds the parts of one course to a draft."""

    course: Course
    materials: Materials
    lessons: Sequence[Lesson]
    draft: CartridgeDraft = field(default_factory=CartridgeDraft)
    positions: Iterator[int] = field(default_factory=lambda: count(1))
    kept: dict[str, Kept] = field(default_factory=dict)

    def manifest(self) -> Manifest:
        plain, name = self.materials.renderer.plain, course_identifier(self.course.name)
        described = describe_course(self.course, name, plain)
        return Manifest(
            identifier=name,
            title=plain(self.course.title),
            items=self.draft.items,
            resources=self.draft.resources,
            metadata=[write_lom(described, self.materials.options.publication, V11.lom)],
        )

    def add_front(self) -> None:
        """Add what shows the course as a whole: its front page with the map and, where it is asked for, the syllabus.

        Several courses may be imported into one of Canvas, so each has a name, an address and a map of its own.
        """
        renderer = self.materials.renderer
        own = digest(self.course.name)
        picture = map_file(renderer, self.course)
        if picture:
            path = f"web_resources/map-{own}.svg"
            self.draft.add(Resource(f"course-map-{own}", [path], True), (path, picture))
        shown = f"$IMS-CC-FILEBASE$/map-{own}.svg" if picture else ""
        home = native_overview(renderer, self.course, _address, shown, locked=True)
        title = cut(f"{renderer.labels['course_overview']}: {renderer.plain(self.course.title)}", 200)
        page = Reading(f"{HOME}-{own}", f"course-overview-{own}", title, home)
        self._add_page(page, page.key, ("front_page", "true"))
        if self.materials.options.canvas_home:
            self._add_syllabus()

    def _add_syllabus(self) -> None:
        renderer = self.materials.renderer
        body = native_overview(renderer, self.course, _address, "", locked=True)
        syllabus = ("course_settings/syllabus.html", self._page(renderer.labels["syllabus"], body))
        self.draft.add(Resource("course-syllabus", [syllabus[0]], True, type=_MORE, use="syllabus"), syllabus)

    def add_settings(self) -> None:
        """Add the files by which Canvas knows more than a cartridge says."""
        files = list(self._settings())
        self.draft.add(Resource("course-settings", [path for path, _ in files], True, type=_MORE), *files)

    def _settings(self) -> Iterator[File]:
        renderer = self.materials.renderer
        labels, plain = renderer.labels, renderer.plain
        title, name = plain(self.course.title), course_identifier(self.course.name)
        works = [part for found in self.lessons for part in found.parts if isinstance(part, Work)]
        groups = [group for group in Group if any(work.group is group for work in works)]
        known, judged = outcomes(self.course, plain), [work for work in works if has_rubric(work)]
        yield _FLAG, b"This course was written by coursewright; Canvas knows it by this file.\n"
        front = self.materials.options.canvas_home and len(self.course.units) > 1
        settings = course_settings(name, title, self.course.name, front=front)
        yield "course_settings/course_settings.xml", settings
        yield "course_settings/module_meta.xml", module_meta(self.lessons, self.course, labels)
        if groups:
            yield "course_settings/assignment_groups.xml", assignment_groups(groups, labels)
        if known:
            yield (
                "course_settings/learning_outcomes.xml",
                learning_outcomes(title, f"course-outcomes-{digest(self.course.name)}", known, labels),
            )
        if judged:
            yield "course_settings/rubrics.xml", rubrics(judged, known, labels, plain)

    def add_lesson(self, found: Lesson) -> None:
        """Add the parts of a unit; its staff pages unpublished, and in no module: one click publishes all of that."""
        self.kept[found.identifier] = ("module", found.title)
        for part in found.parts:
            self._add_part(part, found)
        for page in found.staff:
            self._add_page(page, _slug(page, found), published=False)
        lines = entries(found, self.materials.renderer.labels)
        children = [ManifestItem(line.identifier, line.title, line.resource or None) for line in lines]
        self.draft.items.append(ManifestItem(found.identifier, found.title, children=children))

    def _add_part(self, part: Part, found: Lesson) -> None:
        match part:
            case Reading():
                self._add_page(part, _slug(part, found))
            case Work():
                self._add_assignment(part)
            case Talk():
                self._add_discussion(part)
            case WebLink():
                self.draft.add(*web_link(V11, part))

    def _add_page(self, page: Reading, slug: str, *more: tuple[str, str], published: bool = True) -> None:
        state = ("workflow_state", "active" if published else "unpublished")
        self.kept[page.identifier] = ("page" if published else "unpublished page", page.title)
        path = f"wiki_content/{slug}.html"
        content = partial(self._page, page.title, page.body, (("identifier", page.identifier), state, *more))
        self.draft.add(Resource(page.identifier, [path], True), (path, content))

    def _add_assignment(self, work: Work) -> None:
        self.kept[work.identifier] = ("assignment", work.title)
        page = (f"{work.identifier}/assignment.html", partial(self._page, work.title, work.body))
        settings = assignment_settings(work, next(self.positions))
        path = f"{work.identifier}/assignment_settings.xml"
        self.draft.add(Resource(work.identifier, [page[0], path], True, type=_MORE), page, (path, settings))

    def _add_discussion(self, discussion: Talk) -> None:
        self.kept[discussion.identifier] = ("discussion", discussion.title)
        resource, file = topic(V11, replace(discussion, body=_as_shown(discussion.body)))
        name = f"{discussion.identifier}-meta"
        meta = (f"{name}.xml", topic_meta(discussion, name, next(self.positions)))
        self.draft.add(replace(resource, needs=[name]), file)
        self.draft.add(Resource(name, [meta[0]], True, type=_MORE), meta)

    def _page(self, title: str, body: Markup, meta: tuple[tuple[str, str], ...] = ()) -> bytes:
        return page_file(self.materials.renderer, title, _as_shown(body), meta=meta)


def _slug(page: Reading, found: Lesson) -> str:
    return f"{found.identifier}-{page.key}".lower()


def _as_shown(body: Markup) -> Markup:
    """Return a page without what Canvas's sanitiser takes away, so that what is written is what is shown."""
    root = html.fragment_fromstring(str(body), create_parent="div")
    for element in root.iter():
        for name in _LOST_ATTRIBUTES:
            element.attrib.pop(name, None)
    whole = html.tostring(root, encoding="unicode")
    return Markup(whole.removeprefix("<div>").removesuffix("</div>"))  # noqa: S704 - was safe, and has less in it now
