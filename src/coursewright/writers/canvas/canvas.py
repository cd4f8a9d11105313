"""The cartridge that Canvas writes and reads: modules that wait for each other, pages, assignments, rubrics, outcomes.

It is a Common Cartridge 1.1 with Canvas's own files in it, by one of which Canvas knows it. Other LMSs read it as 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from functools import partial
from itertools import count

from markupsafe import Markup

from coursewright.course.assets import Asset
from coursewright.course.description import describe_course
from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course, Unit
from coursewright.course.parts import Assignment, Discussion, Group
from coursewright.course.parts import Page as PageOfCourse
from coursewright.course.parts import Part as CoursePart
from coursewright.course.quiz import Quiz
from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.packages.documents.canvas import names
from coursewright.packages.documents.cartridge import V11, File, topic, web_link
from coursewright.packages.documents.lom import write_lom
from coursewright.packages.documents.manifest import Manifest, ManifestItem, Resource, write_manifest
from coursewright.packages.files.writing import Kept, Package
from coursewright.pages.dress import dress_of
from coursewright.pages.links import NOWHERE, Places
from coursewright.pages.overview import map_file, native_overview
from coursewright.pages.parts import Exam, Handout, Lesson, Part, Reading, Talk, WebLink, Work, lessons
from coursewright.text.names import cut, digest, slug
from coursewright.writers import FORMATS
from coursewright.writers.canvas.modules import entries, module_meta
from coursewright.writers.canvas.quizzes import canvas_quiz, examined, staff_bank
from coursewright.writers.canvas.rubrics import has_rubric, learning_outcomes, outcomes, rubrics
from coursewright.writers.canvas.settings import (
    assignment_groups,
    assignment_settings,
    course_settings,
    files_meta,
    topic_meta,
)
from coursewright.writers.cartridges import HOME, CartridgeDraft, page_file
from coursewright.writers.files import PackedFile, PackedFiles, course_files, large_files, staff_only
from coursewright.writers.losses import (
    certificate_left_out,
    cover_left_out,
    gates_reduced,
    links_outside,
    long_titles,
    staff_quizzes_as_banks,
)
from coursewright.writers.quiz_settings import MORE, is_graded
from coursewright.writers.wording import wording
from coursewright.writers.writer import Materials

_LOST_ATTRIBUTES = ("rel", "tabindex")  # what Canvas takes from a page that it shows, and our pages have
_MODULES = "$CANVAS_COURSE_REFERENCE$/modules"


def write(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill the package of a course; return everything that is wrong with it or lost in it."""
    files = course_files(course, staff=True)
    worn = dress_of(materials.renderer, materials.once, lost=_LOST_ATTRIBUTES)
    filed = partial(_file, course, files)  # Canvas takes a # for a part of the name
    places = Places(_place, filed, whole=_MODULES, dressed=worn.on, has_rubrics=True, enters_files=False)
    made = lessons(materials.renderer, course, _address, locked=True, places=places, once=materials.once)
    words = wording(materials.renderer, dressed=worn.on)
    examinations = [examined(one, words) for one in made]
    found = [one for one, _ in examinations]
    writer = _Writer(course, materials, found, files, places)
    if len(course.units) > 1:
        writer.add_front()
    writer.add_files()
    writer.add_settings()
    for one in found:
        writer.add_lesson(one)
    package.kept |= writer.kept
    manifest = write_manifest(writer.manifest(), V11.dialect)
    problems = writer.draft.fill(package, manifest)
    titles = ((one.unit, one.title) for one in found)
    problems += [*large_files(files, package.name), *links_outside(course, package.name)]
    problems += [*(lost for _, findings in examinations for lost in findings)]
    title = FORMATS["canvas"].title
    problems += staff_quizzes_as_banks(course, title)
    for step in course.steps:
        problems += gates_reduced(step.unit, step.others, title)
    problems += certificate_left_out(materials.options, package.name, title)
    problems += cover_left_out(course, package.name, title)
    return [*long_titles(titles, V11.dialect.longest_title, title), *problems]


def _address(unit: Unit) -> str:
    """Return where Canvas finds a unit: the module it is."""
    return f"$CANVAS_OBJECT_REFERENCE$/modules/{identifier(unit.identity)}"


def _place(unit: Unit, part: CoursePart, anchor: str) -> str:
    """Return where Canvas finds a page, a quiz, an assignment or a discussion."""
    if isinstance(part, Quiz):
        return f"$CANVAS_OBJECT_REFERENCE$/quizzes/{identifier(unit.identity, part.key)}"
    if isinstance(part, Assignment | Discussion):
        kind = "assignments" if isinstance(part, Assignment) else "discussion_topics"
        return f"$CANVAS_OBJECT_REFERENCE$/{kind}/{identifier(unit.identity, part.key)}"
    if not isinstance(part, PageOfCourse):
        return ""
    place = f"$WIKI_REFERENCE$/pages/{_slug(identifier(unit.identity), part.key)}"
    return f"{place}#{anchor}" if anchor else place


def _path(course: Course, found: PackedFile) -> str:
    """Return where a file of a course stands among those of Canvas, which several courses may be imported into."""
    return f"{slug(course.name)}/{found.name}"


def _file(course: Course, files: PackedFiles, asset: Asset) -> str:
    return f"$IMS-CC-FILEBASE$/{_path(course, files.packed(asset))}"


def _resource(course: Course, found: PackedFile) -> str:
    return f"file-{digest(_path(course, found), 12)}"


@slotted
class _Writer:
    """Adds the parts of one course to a draft."""

    course: Course
    materials: Materials
    lessons: Sequence[Lesson]
    packed: PackedFiles
    places: Places
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
        picture = map_file(renderer, self.course, self.materials.once)
        if picture:
            path = f"{names.FILES}map-{own}.svg"
            self.draft.add(Resource(f"course-map-{own}", [path], True), (path, picture))
        shown = f"$IMS-CC-FILEBASE$/map-{own}.svg" if picture else ""
        home = native_overview(renderer, self.course, _address, shown, locked=True, places=self.places)
        title = cut(f"{renderer.labels['course_overview']}: {renderer.plain(self.course.title)}", 200)
        page = Reading(f"{HOME}-{own}", f"course-overview-{own}", title, home)
        self._add_page(page, page.key, ("front_page", "true"))
        if self.materials.options.canvas_home:
            self._add_syllabus()

    def _add_syllabus(self) -> None:
        renderer = self.materials.renderer
        places = replace(self.places, part=NOWHERE.part)
        body = native_overview(renderer, self.course, _address, "", locked=True, places=places)
        syllabus = (names.SYLLABUS, self._page(renderer.labels["syllabus"], body))
        self.draft.add(Resource("course-syllabus", [syllabus[0]], True, type=MORE, use="syllabus"), syllabus)

    def add_files(self) -> None:
        """Add the files that pages refer to."""
        for found in self.packed:
            path = f"{names.FILES}{_path(self.course, found)}"
            self.draft.add_file(found, _resource(self.course, found), path)

    def add_settings(self) -> None:
        """Add the files by which Canvas knows more than a cartridge says."""
        files = list(self._settings())
        self.draft.add(Resource("course-settings", [path for path, _ in files], True, type=MORE), *files)

    def _settings(self) -> Iterator[File]:
        renderer = self.materials.renderer
        labels, plain = renderer.labels, renderer.plain
        title, name = plain(self.course.title), course_identifier(self.course.name)
        works = [part for found in self.lessons for part in found.parts if isinstance(part, Work)]
        tested = any(isinstance(part, Exam) and is_graded(part.quiz) for found in self.lessons for part in found.parts)
        used = {work.group for work in works} | ({Group.ASSESSMENTS} if tested else set())
        groups = [group for group in Group if group in used]
        known, judged = outcomes(self.course, plain), [work for work in works if has_rubric(work)]
        yield names.FLAG, b"This course was written by coursewright; Canvas knows it by this file.\n"
        front = self.materials.options.canvas_home and len(self.course.units) > 1
        settings = course_settings(name, title, self.course.name, front=front)
        yield names.COURSE, settings
        yield names.MODULES, module_meta(self.lessons, self.course, labels, self.resource_of)
        if groups:
            yield names.GROUPS, assignment_groups(groups, labels)
        if known:
            yield (
                names.OUTCOMES,
                learning_outcomes(title, f"course-outcomes-{digest(self.course.name)}", known, labels),
            )
        if hidden := staff_only(self.course):
            locked = [_resource(self.course, one) for one in self.packed if one.asset.digest in hidden]
            yield names.FILES_META, files_meta(locked)
        if judged:
            yield names.RUBRICS, rubrics(judged, known, labels, plain)

    def add_lesson(self, found: Lesson) -> None:
        """Add the parts of a unit; its staff pages unpublished, and in no module: one click publishes all of that."""
        self.kept[found.identifier] = ("module", found.title)
        for part in found.parts:
            self._add_part(part, found)
        for part in found.staff:
            self._add_for_staff(part, found)
        lines = entries(found, self.materials.renderer.labels, self.resource_of)
        children = [ManifestItem(line.identifier, line.title, line.resource or None) for line in lines]
        self.draft.items.append(ManifestItem(found.identifier, found.title, children=children))

    def _add_for_staff(self, part: Part, found: Lesson) -> None:
        """Add a page that is not published; a link stands on one of its own, a file among the files, locked, and the
        questions of a quiz in a bank."""
        if isinstance(part, WebLink):
            body = Markup('<p><a href="{}">{}</a></p>').format(part.url, part.title)
            self._add_page(Reading(part.identifier, "", part.title, body), part.identifier.lower(), published=False)
        elif isinstance(part, Reading):
            self._add_page(part, _slug(found.identifier, part.key), published=False)
        elif isinstance(part, Work | Talk):  # not as itself: it would stand in the gradebook
            page = Reading(part.identifier, part.key, part.title, part.body, part.files)
            self._add_page(page, _slug(found.identifier, part.key), published=False)
        elif isinstance(part, Exam):
            self.kept[part.identifier] = ("question bank", part.title)
            self.draft.add(*staff_bank(part, wording(self.materials.renderer, part.address, self.places.dressed)))

    def _add_part(self, part: Part, found: Lesson) -> None:
        match part:
            case Reading():
                self._add_page(part, _slug(found.identifier, part.key))
            case Work():
                self._add_assignment(part)
            case Talk():
                self._add_discussion(part)
            case WebLink():
                self.draft.add(*web_link(V11, part))
            case Handout():
                pass  # it stands among the files already
            case Exam():
                self._add_quiz(part)

    def resource_of(self, part: Part) -> str:
        """Return the identifier of what a line of a module shows."""
        return _resource(self.course, self.packed.packed(part.asset)) if isinstance(part, Handout) else part.identifier

    def _add_page(self, page: Reading, slug: str, *more: tuple[str, str], published: bool = True) -> None:
        state = ("workflow_state", "active" if published else "unpublished")
        self.kept[page.identifier] = ("page" if published else "unpublished page", page.title)
        path = f"{names.WIKI}{slug}.html"
        content = partial(self._page, page.title, page.body, (("identifier", page.identifier), state, *more))
        self.draft.add(Resource(page.identifier, [path], True), (path, content))

    def _add_assignment(self, work: Work) -> None:
        self.kept[work.identifier] = ("assignment", work.title)
        page = (f"{work.identifier}/assignment.html", partial(self._page, work.title, work.body))
        settings = assignment_settings(work, next(self.positions))
        path = f"{work.identifier}/{names.ASSIGNMENT}"
        self.draft.add(Resource(work.identifier, [page[0], path], True, type=MORE), page, (path, settings))

    def _add_quiz(self, exam: Exam) -> None:
        self.kept[exam.identifier] = ("quiz", exam.title)
        words = wording(self.materials.renderer, exam.address, self.places.dressed)
        for resource, files in canvas_quiz(exam, words, next(self.positions)):
            self.draft.add(resource, *files)

    def _add_discussion(self, discussion: Talk) -> None:
        self.kept[discussion.identifier] = ("discussion", discussion.title)
        resource, file = topic(V11, discussion)
        name = f"{discussion.identifier}-meta"
        meta = (f"{name}.xml", topic_meta(discussion, name, next(self.positions)))
        self.draft.add(replace(resource, needs=[name]), file)
        self.draft.add(Resource(name, [meta[0]], True, type=MORE), meta)

    def _page(self, title: str, body: Markup, meta: tuple[tuple[str, str], ...] = ()) -> bytes:
        return page_file(self.materials.renderer, title, body, meta=meta)


def _slug(unit: str, key: str) -> str:
    return f"{unit}-{key}".lower()
