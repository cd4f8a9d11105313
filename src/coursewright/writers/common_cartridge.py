"""IMS Common Cartridge 1.1, 1.2 and 1.3: a folder a unit, of pages, assignments, discussions and web links.

A cartridge has no sequencing: units stand in the order to be learned, and pages say what they need. 1.1 is the only one
that Moodle takes, with habits of its own: no page links to another there, folders are one deep, and names are ASCII.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from lxml.etree import _Element
from markupsafe import Markup

from coursewright.course.assets import ToFile, ToUnit
from coursewright.course.description import describe_course, describe_unit
from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.lowering import lowered, lowered_draw
from coursewright.course.model import Course, Unit
from coursewright.course.parts import Assignment, Discussion, Leading, Submission
from coursewright.course.parts import Page as PageOfCourse
from coursewright.course.parts import Part as CoursePart
from coursewright.course.questions import number_text
from coursewright.course.values import Identity
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.documents.cartridge import ASSIGNMENT, V11, V12, V13, File, Version, topic, web_link
from coursewright.packages.documents.cartridge_files import (
    PLAIN,
    RICH,
    CartridgeAssignment,
    CartridgeText,
    Gradable,
    SubmissionFormat,
)
from coursewright.packages.documents.fields import as_flag, document_of
from coursewright.packages.documents.lom import write_audience, write_lom
from coursewright.packages.documents.manifest import (
    Manifest,
    ManifestItem,
    Resource,
    Rules,
    child,
    element,
    write_manifest,
)
from coursewright.packages.documents.qti12.cartridge import cartridge_assessment, cartridge_bank, cartridge_form
from coursewright.packages.documents.qti12.elements import bank_name, draws
from coursewright.packages.files.writing import Package
from coursewright.pages.authored import file_path
from coursewright.pages.links import Places
from coursewright.pages.overview import map_file, native_overview
from coursewright.pages.parts import Exam, Handout, Lesson, Part, Reading, Talk, WebLink, Work, first_page, lessons
from coursewright.pages.theme.rules import SHARED
from coursewright.pages.theme.static import rules
from coursewright.pages.theme.theme import style_files
from coursewright.text.names import known_as
from coursewright.text.patterns import later
from coursewright.writers import FORMATS
from coursewright.writers.cartridges import HOME, START, CartridgeDraft, page_file
from coursewright.writers.files import PackedFiles, course_files, file_resource, large_files, staff_only
from coursewright.writers.formats import Writer
from coursewright.writers.losses import (
    certificate_left_out,
    cover_left_out,
    gates_not_enforced,
    links_outside,
    long_titles,
    work_reduced,
)
from coursewright.writers.wording import wording
from coursewright.writers.writer import Materials

_SHARED_RESOURCE = "shared"
_MAP = "map.svg"
_BASE = "$IMS-CC-FILEBASE$"
_FORMATS = {
    Submission.TEXT: "html",
    Submission.ADDRESS: "url",
    Submission.FILE: "file",
    Submission.RECORDING: "file",
}
_USUAL = (Submission.TEXT, Submission.ADDRESS, Submission.FILE)
_STANDARDS = "https://coursewright.example/competencies/"  # a name, not an address
# What Moodle's converter unescapes, so that the browser may take it for markup, and what it takes out.
_DAMAGED = {
    "characters such as <": later(r"&lt;[A-Za-z/!]|&amp;\w+;"),
    "formulas": later(r"<math\b"),
    "embedded videos": later(r"<iframe\b"),
    "folded sections": later(r"<details\b"),
}


def _write(version: Version, title: str, package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill the package of a course; return everything that is wrong with it or lost in it."""
    writer = _Writer(version, course, materials, course_files(course, staff=True))
    writer.add_home()
    writer.add_files()
    titles: list[tuple[Unit, str]] = []
    damaged: list[Finding] = []
    parts: list[Part] = []
    for found in lessons(materials.renderer, course, writer.address, places=writer.places, once=materials.once):
        writer.add_lesson(found)
        titles.append((found.unit, found.title))
        damaged += _damaged_by_moodle(found) if version.moodle else ()
        parts += found.parts
    manifest = write_manifest(writer.manifest(), version.dialect)
    problems = writer.draft.fill(package, manifest)
    cut = list(long_titles(titles, version.dialect.longest_title, title))
    cut += [*large_files(writer.packed, package.name), *links_outside(course, package.name), *writer.lost]
    cut += writer.unlinked(package.name, title)
    lost = "rubrics and scores to pass" if version.assignments else "points, rubrics and handing in"
    losses = [*gates_not_enforced(course, package.name, title), *work_reduced(parts, package.name, title, lost)]
    losses += certificate_left_out(materials.options, package.name, title)
    losses += cover_left_out(course, package.name, title)
    return [*cut, *losses, *damaged, *problems]


@frozen
class _Writer:
    """Adds the parts of one course to a draft."""

    version: Version
    course: Course
    materials: Materials
    packed: PackedFiles
    draft: CartridgeDraft = field(default_factory=CartridgeDraft)
    firsts: dict[Identity, str] = field(default_factory=dict)
    lost: list[Finding] = field(default_factory=list)

    @property
    def title(self) -> str:
        """How findings call the format."""
        return f"Common Cartridge {self.version.number[:3]}"

    @property
    def places(self) -> Places:
        """Where a page finds what it leads to, from the folder of its unit."""
        return Places(self._place, lambda asset: f"../../{file_path(self.packed.name(asset))}", apart=self._apart)

    def _apart(self, part: CoursePart) -> Places | None:
        """Return where a part finds things whose document stands at the top: a discussion, an assignment of 1.3.

        Moodle looks for pictures beside a topic; others know a token.
        """
        if not isinstance(part, Discussion) and not (isinstance(part, Assignment) and self.version.assignments):
            return None
        top = "" if self.version.moodle else f"{_BASE}/"
        return Places(
            partial(self._place, above=f"{top}units"), lambda asset: f"{top}{file_path(self.packed.name(asset))}"
        )

    def address(self, unit: Unit, above: str = "..") -> str:
        """Return where a page finds another unit, from the folder of its own."""
        if not self.version.links_pages:
            return ""
        if unit.identity not in self.firsts:
            self.firsts[unit.identity] = first_page(
                self.course.step(unit), self.materials.renderer, self.materials.once
            )
        first = self.firsts[unit.identity]
        return f"{above}/{identifier(unit.identity)}/{first}.html" if first else ""

    def _place(self, unit: Unit, part: CoursePart, anchor: str, above: str = "..") -> str:
        if not (isinstance(part, PageOfCourse | Assignment) and self.version.links_pages):
            return ""
        return f"{above}/{identifier(unit.identity)}/{part.key}.html{'#' if anchor else ''}{anchor}"

    def unlinked(self, package: str, format: str) -> Iterator[Finding]:
        """Yield a finding if links between pages are lost."""
        pages = (part for unit in self.course.units for part in unit.parts if isinstance(part, Leading))
        count = sum(isinstance(target, ToUnit) for page in pages for target in page.targets.values())
        if count and not self.version.links_pages:
            yield messages.PAGES_NOT_LINKED.at(Place(package), format=format, count=count)

    def manifest(self) -> Manifest:
        plain, name = self.materials.renderer.plain, course_identifier(self.course.name)
        described = describe_course(self.course, name, plain)
        return Manifest(
            identifier=name,
            title=plain(self.course.title),
            items=self.draft.items,
            resources=self.draft.resources,
            metadata=[
                write_lom(described, self.materials.options.publication, self.version.lom),
                *self._standards(self.course.units),
            ],
        )

    def add_home(self) -> None:
        """Add what belongs to the course as a whole: its overview in a folder of its own, and what all pages share."""
        renderer = self.materials.renderer
        style = style_files(renderer.theme, rules("lesson"))
        self.draft.add(Resource(_SHARED_RESOURCE, [path for path, _ in style]), *style)
        picture = map_file(renderer, self.course, self.materials.once)
        files: list[File] = [(f"course/{_MAP}", picture)] if picture else []
        address, places = partial(self.address, above="../units"), Places(partial(self._place, above="../units"))
        body = native_overview(renderer, self.course, address, _MAP if files else "", places=places)
        home = Reading(HOME, "index", renderer.labels["course_overview"], body)
        item = self._page(home, "course", use="syllabus", more=files)
        self.draft.items.append(ManifestItem(START, renderer.plain(self.course.title), children=[item]))

    def add_files(self) -> None:
        """Add the files that pages refer to; those that only staff gets are for instructors."""
        hidden = staff_only(self.course)
        for found in self.packed:
            metadata = [self._for_staff()] if found.asset.digest in hidden else []
            self.draft.add_file(found, file_resource(found), file_path(found.name), metadata)

    def add_lesson(self, found: Lesson) -> None:
        """Add a unit as a folder; what is for staff comes last, and only for instructors."""
        folder = f"units/{found.identifier}"
        keys = {part.key for part in found.parts if isinstance(part, Reading)}
        aims = "objectives" if "objectives" in keys else "overview"
        children = [self._part(part, found.unit, folder, aims) for part in found.parts]
        children += filter(None, (self._for_instructors(part, folder) for part in found.staff))
        self.draft.items.append(ManifestItem(found.identifier, found.title, children=children))

    def _for_staff(self) -> _Element:
        return write_audience(self.version.resource_lom, "Instructor")

    def _for_instructors(self, part: Part, folder: str) -> ManifestItem:
        match part:
            case Reading():
                return self._page(part, folder, metadata=[self._for_staff()])
            case Exam():
                return self._quiz(part, [self._for_staff()])
            case WebLink():
                resource, file = web_link(self.version, part)
                return self._item(part, replace(resource, metadata=[self._for_staff()]), file)
            case Work() | Talk():
                page = Reading(part.identifier, part.key, part.title, part.body, part.files)
                return self._page(page, folder, metadata=[self._for_staff()])
            case _:
                return self._part(part, self.course.units[0], folder)

    def _part(self, part: Part, unit: Unit, folder: str, aims: str = "") -> ManifestItem:
        match part:
            case Handout():
                resource = file_resource(self.packed.packed(part.asset))
                return ManifestItem(f"{part.identifier}-item", part.title, resource)
            case Exam():
                return self._quiz(part)
            case Reading():
                return self._page(part, folder, metadata=self._about(part, unit, aims))
            case Work():
                return self._assignment(part, folder)
            case Talk():
                topical, text = topic(self.version, part)
                return self._item(part, replace(topical, needs=self._needs(part)), text)
            case WebLink():
                return self._item(part, *web_link(self.version, part))

    def _quiz(self, exam: Exam, metadata: Sequence[_Element] = ()) -> ManifestItem:
        """Add a quiz, and the banks that it would be drawn from, for teachers; its XML stands at the top for Moodle."""
        form, words = cartridge_form(self.title), wording(self.materials.renderer, partial(self._in_quiz, exam))
        made, name = lowered(exam.quiz, form), exam.identifier
        self.lost.extend(made.findings)
        for number, draw in enumerate(draws(exam.quiz), start=1):
            bank, file = bank_name(name, number), f"{bank_name(name, number)}.xml"
            content = cartridge_bank(lowered_draw(exam.quiz, draw, form), name, bank, words)
            self.draft.add(Resource(bank, [file], type=self.version.questions("question-bank")), (file, content))
        path, needs = f"{name}.xml", [*map(file_resource, self.packed.of(exam.files))]
        resource = Resource(name, [path], type=self.version.questions("assessment"), needs=needs, metadata=metadata)
        return self._item(exam, resource, (path, cartridge_assessment(made.quiz, name, exam.title, words)))

    def _in_quiz(self, exam: Exam, written: str) -> str | None:
        """Return where a quiz finds a file, by the token that importers of QTI know; other pages it does not find."""
        target = exam.quiz.targets.get(written)
        return f"{_BASE}/{file_path(self.packed.name(target.asset))}" if isinstance(target, ToFile) else None

    def _item(self, part: Part, resource: Resource, *files: File) -> ManifestItem:
        self.draft.add(resource, *files)
        return ManifestItem(f"{part.identifier}-item", part.title, resource.identifier)

    def _page(
        self,
        page: Reading,
        folder: str,
        *,
        use: str = "",
        metadata: Sequence[_Element] = (),
        more: Sequence[File] = (),
        rules: Rules | None = None,
    ) -> ManifestItem:
        path = f"{folder}/{page.key}.html"
        names = [path, *(name for name, _ in more)]
        needs = [_SHARED_RESOURCE, *map(file_resource, self.packed.of(page.files))]
        resource = Resource(page.identifier, names, True, needs, use=use, metadata=metadata, rules=rules)
        return self._item(page, resource, (path, partial(self._file, page.title, page.body, folder)), *more)

    def _file(self, title: str, body: Markup, folder: str) -> bytes:
        style = "../" * len(folder.split("/")) + f"{SHARED}/course.css"
        return page_file(self.materials.renderer, title, body, style=style)

    def _assignment(self, work: Work, folder: str) -> ManifestItem:
        """Add an assignment: in 1.3 a resource of its own kind, with a page for importers that don't know it."""
        if not self.version.assignments:
            page = Reading(work.identifier, work.key, work.title, work.body, work.files)
            return self._page(page, folder, use=self.version.assignment_use)
        fallback = Reading(f"{work.identifier}-page", work.key, work.title, work.body, work.files)
        self._page(fallback, folder, rules=partial(self._prefer, work.identifier))
        path = f"{work.identifier}.xml"
        resource = Resource(work.identifier, [path], type="assignment_xmlv1p0", needs=self._needs(work))
        return self._item(work, resource, (path, document_of(_assignment(work), ASSIGNMENT)))

    def _needs(self, part: Work | Talk) -> list[str]:
        return [*map(file_resource, self.packed.of(part.files))]

    def _prefer(self, assignment: str, page: _Element) -> None:
        """Say at a page that an assignment is to be taken instead, by whoever knows what that is."""
        variant = element(self.version.namespace("imscp_extensionv1p2"), "variant", "cpx")
        variant.set("identifier", f"{assignment}-variant")
        variant.set("identifierref", assignment)
        child(variant, "metadata")
        page.append(variant)

    def _about(self, page: Reading, unit: Unit, aims: str) -> list[_Element]:
        """Return what a page says of its unit: the overview its metadata, the page of its `aims` the competencies."""
        if not self.version.standards:
            return []
        standards = self._standards([unit]) if page.key == aims else []
        if page.key != "overview":
            return standards
        described = describe_unit(self.course.step(unit), identifier(unit.identity), self.materials.renderer.plain)
        return [write_lom(described, self.materials.options.publication, self.version.resource_lom), *standards]

    def _standards(self, units: Sequence[Unit]) -> list[_Element]:
        """Return the competencies of units as curriculum standards; one has the same GUID wherever it stands."""
        plain = self.materials.renderer.plain
        names = {known_as(row.name): plain(row.name) for unit in units for row in unit.competencies}
        if not names or not self.version.standards:
            return []
        root = element(self.version.namespace("imscsmd_v1p0"), "curriculumStandardsMetadataSet", "csmd")
        guids = child(child(root, "curriculumStandardsMetadata"), "setOfGUIDs")
        for name, label in names.items():
            labelled = child(guids, "labelledGUID")
            child(labelled, "label", label)
            child(labelled, "GUID", str(uuid5(NAMESPACE_URL, f"{_STANDARDS}{name}")))
        return [root]


def _assignment(work: Work) -> CartridgeAssignment:
    ways = dict.fromkeys(_FORMATS[way] for way in work.submissions or _USUAL if way in _FORMATS)
    return CartridgeAssignment(
        f"{work.identifier}-work",
        work.title,
        CartridgeText(RICH, str(work.body)),
        CartridgeText(PLAIN, work.criterion),
        Gradable(number_text(work.points) if work.graded else "", as_flag(work.graded)),
        tuple(map(SubmissionFormat, ways)),
    )


def _damaged_by_moodle(found: Lesson) -> Iterator[Finding]:
    pages = [part for part in found.parts if isinstance(part, Reading | Work | Talk)]
    for what, pattern in _DAMAGED.items():
        if titles := [page.title for page in pages if pattern.search(page.body)]:
            yield messages.MOODLE_DAMAGES.at(found.unit.place(), what=what, pages=", ".join(titles))


write_11: Writer = partial(_write, V11, FORMATS["cc11"].title)
write_12: Writer = partial(_write, V12, FORMATS["cc12"].title)
write_13: Writer = partial(_write, V13, FORMATS["cc13"].title)
