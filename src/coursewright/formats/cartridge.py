"""IMS Common Cartridge 1.1, 1.2 and 1.3: a folder a unit, of pages, assignments, discussions and web links.

A cartridge has no sequencing: units stand in the order to be learned, and pages say what they need. 1.1 is the only one
that Moodle takes, with habits of its own: no page links to another there, folders are one deep, and names are ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from lxml.etree import _Element
from markupsafe import Markup

from coursewright import messages
from coursewright.checks import check_manifest
from coursewright.coursemap import Maps
from coursewright.diagnostics import Finding
from coursewright.formats.cartridges import (
    ASSIGNMENT,
    LONGEST_TITLE,
    POINTS,
    V11,
    V12,
    V13,
    File,
    Version,
    child,
    invalid,
    page_file,
    topic,
    web_link,
)
from coursewright.formats.format import Format, Materials
from coursewright.formats.losses import gates_not_enforced, long_titles
from coursewright.identity import course_identifier, identifier
from coursewright.ims import Item, Manifest, Resource, document, element, write_manifest
from coursewright.lessons import Assignment, Discussion, Lesson, Part, Reading, WebLink, lesson
from coursewright.lom import describe_course, describe_unit, write_audience, write_lom
from coursewright.model import Course, Unit
from coursewright.overview import map_file, native_overview
from coursewright.package import Package
from coursewright.schema import validate
from coursewright.theme import SHARED, style_files
from coursewright.wording import normal

_SHARED_RESOURCE = "shared"
_MAP = "map.svg"
_STANDARDS = "https://coursewright.example/competencies/"  # a name, not an address


@dataclass(frozen=True, slots=True)
class Profile:
    """A version under its names on the command line; `schemas` is the folder of its XSDs."""

    name: str
    title: str
    about: str
    version: Version
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A cartridge while it is made: its menu, its resources and its files."""

    items: list[Item] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    files: list[File] = field(default_factory=list)


def cartridge_format(profile: Profile) -> Format:
    """Return the package format of a profile."""
    write = partial(_write, profile)
    return Format(profile.name, profile.title, profile.about, ".imscc", write, profile.aliases)


def _write(profile: Profile, package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill the package of a course, its manifest first; return everything that is wrong with it or lost in it."""
    writer = _Writer(profile.version, course, materials)
    writer.add_home()
    lessons = [lesson(materials.renderer, course, unit, writer.address) for unit in course.units]
    for found in lessons:
        writer.add_lesson(found)
    manifest = write_manifest(writer.manifest(), profile.version.dialect)
    for path, content in [("imsmanifest.xml", manifest), *writer.draft.files]:
        package.add(path, content)
    own = {*package.paths} - {"imsmanifest.xml"}
    shown = f"{package.name}/imsmanifest.xml"
    problems = validate(manifest, f"{profile.name}/imscp_v1p1.xsd", shown) or check_manifest(manifest, own, shown)
    problems += invalid(writer.draft.files, profile.version.schemas, package.name)
    return [*_losses(profile, package, course, materials, lessons), *package.problems(), *problems]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes the parts of one cartridge."""

    version: Version
    course: Course
    materials: Materials
    draft: _Draft = field(default_factory=_Draft)

    @property
    def name(self) -> str:
        return course_identifier(self.course.name)

    def address(self, unit: Unit) -> str:
        """Return where a page of a unit finds another unit."""
        return f"../{identifier(unit.identity)}/overview.html" if self.version.links_pages else ""

    def manifest(self) -> Manifest:
        plain, publication = self.materials.renderer.plain, self.materials.publication
        described = describe_course(self.course, self.name, plain)
        return Manifest(
            identifier=self.name,
            title=plain(self.course.title),
            items=self.draft.items,
            resources=self.draft.resources,
            metadata=[write_lom(described, publication, self.version.lom), *self._standards(self.course.units)],
        )

    def add_home(self) -> None:
        """Add what belongs to the course as a whole: its overview in a folder of its own, and what all pages share."""
        renderer = self.materials.renderer
        style = style_files(renderer.theme)
        self.draft.resources.append(Resource(_SHARED_RESOURCE, [path for path, _ in style]))
        self.draft.files += style
        whole = Maps(self.course, renderer.plain, renderer.drawn).whole
        files = [(f"course/{_MAP}", map_file(renderer, whole))] if whole else []
        body = native_overview(renderer, self.course, self._from_home, _MAP if files else "")
        home = Reading(f"{self.name}-home", "index", renderer.labels["course_overview"], body)
        self.draft.files += files
        item = self._page(home, "course", use="syllabus", more=[path for path, _ in files])
        self.draft.items.append(Item(f"{self.name}-start", renderer.plain(self.course.title), children=[item]))

    def _from_home(self, unit: Unit) -> str:
        return self.address(unit).replace("../", "../units/")

    def add_lesson(self, found: Lesson) -> None:
        """Add a unit as a folder; what is for staff comes last, and only for instructors."""
        folder = f"units/{found.identifier}"
        children = [self._part(part, found.unit, folder) for part in found.parts]
        children += [
            self._page(page, folder, metadata=[write_audience(self.version.resource_lom, "Instructor")])
            for page in found.staff
        ]
        self.draft.items.append(Item(found.identifier, found.title, children=children))

    def _part(self, part: Part, unit: Unit, folder: str) -> Item:
        match part:
            case Reading():
                return self._page(part, folder, metadata=self._about(part, unit))
            case Assignment():
                return self._assignment(part, folder)
            case Discussion():
                return self._resource(part, *topic(self.version, part))
            case WebLink():
                return self._resource(part, *web_link(self.version, part))

    def _resource(self, part: Part, resource: Resource, file: File) -> Item:
        self.draft.resources.append(resource)
        self.draft.files.append(file)
        return Item(f"{part.identifier}-item", part.title, resource.identifier)

    def _page(
        self,
        page: Reading,
        folder: str,
        *,
        use: str = "",
        metadata: Sequence[_Element] = (),
        more: Sequence[str] = (),
    ) -> Item:
        path = f"{folder}/{page.key}.html"
        resource = Resource(page.identifier, [path, *more], True, [_SHARED_RESOURCE], use=use, metadata=metadata)
        return self._resource(page, resource, (path, self._file(page.title, page.body, folder)))

    def _file(self, title: str, body: Markup, folder: str) -> bytes:
        style = "../" * len(folder.split("/")) + f"{SHARED}/course.css"
        return page_file(self.materials.renderer, title, body, style=style)

    def _assignment(self, work: Assignment, folder: str) -> Item:
        """Add an assignment: in 1.3 a resource of its own kind, with a page for importers that don't know it."""
        if not self.version.assignments:
            page = Reading(work.identifier, work.key, work.title, work.body)
            return self._page(page, folder, use=self.version.assignment_use)
        fallback = Reading(f"{work.identifier}-page", work.key, work.title, work.body)
        self._page(fallback, folder)
        path = f"{work.identifier}.xml"
        resource = Resource(
            work.identifier, [path], type="assignment_xmlv1p0", rules=partial(self._variant, fallback.identifier)
        )
        return self._resource(work, resource, (path, document(_assignment_xml(work))))

    def _variant(self, fallback: str, resource: _Element) -> None:
        namespace = self.version.namespace("imscp_extensionv1p2")
        variant = element(namespace, "variant", "cpx")
        variant.set("identifier", f"{fallback}-variant")
        variant.set("identifierref", fallback)
        child(variant, "metadata")
        resource.append(variant)

    def _about(self, page: Reading, unit: Unit) -> list[_Element]:
        """Return what a page says of its unit: the overview its metadata, the objectives the competencies."""
        if not self.version.standards:
            return []
        plain = self.materials.renderer.plain
        if page.key == "overview":
            described = describe_unit(unit, self.course, identifier(unit.identity), plain)
            return [write_lom(described, self.materials.publication, self.version.resource_lom)]
        if page.key == "objectives":
            return self._standards([unit])
        return []

    def _standards(self, units: Sequence[Unit]) -> list[_Element]:
        """Return the competencies of units as curriculum standards; one has the same GUID wherever it stands."""
        plain = self.materials.renderer.plain
        names = {normal(row.name): plain(row.name) for unit in units for row in unit.competencies}
        if not names or not self.version.standards:
            return []
        namespace = self.version.namespace("imscsmd_v1p0")
        root = element(namespace, "curriculumStandardsMetadataSet", "csmd")
        guids = child(child(root, "curriculumStandardsMetadata"), "setOfGUIDs")
        for known_as, name in names.items():
            labelled = child(guids, "labelledGUID")
            child(labelled, "label", name)
            child(labelled, "GUID", str(uuid5(NAMESPACE_URL, f"{_STANDARDS}{known_as}")))
        return [root]


def _assignment_xml(work: Assignment) -> _Element:
    root = element(ASSIGNMENT, "assignment")
    root.set("identifier", f"{work.identifier}-work")
    child(root, "title", work.title)
    child(root, "text", str(work.body)).set("texttype", "text/html")
    child(root, "instructor_text", work.criterion).set("texttype", "text/plain")
    gradable = child(root, "gradable", "true" if work.graded else "false")
    if work.graded:
        gradable.set("points_possible", str(POINTS))
    formats = child(root, "submission_formats")
    for kind in ("html", "url", "file"):
        child(formats, "format").set("type", kind)
    return root


def _losses(
    profile: Profile, package: Package, course: Course, materials: Materials, lessons: Sequence[Lesson]
) -> Iterator[Finding]:
    yield from long_titles(course, materials.renderer.plain, LONGEST_TITLE, profile.title)
    yield from gates_not_enforced(course, package.name, profile.title)
    if profile.version is V11:
        for found in lessons:
            yield from _escapes(found)


# What Moodle's converter makes of an escaped sign: a sign, which the browser may take for markup.
_ESCAPED_TAG = re.compile(r"&lt;[A-Za-z/!]|&amp;\w+;")


def _escapes(found: Lesson) -> Iterator[Finding]:
    damaged = [part.title for part in found.parts if not isinstance(part, WebLink) and _ESCAPED_TAG.search(part.body)]
    if damaged:
        yield messages.MOODLE_UNESCAPES.at(found.unit.place(), pages=", ".join(damaged))


CC11 = cartridge_format(
    Profile("cc11", "Common Cartridge 1.1", "Blackboard, Brightspace, Sakai; the only one that Moodle takes", V11)
)
CC12 = cartridge_format(Profile("cc12", "Common Cartridge 1.2", "Blackboard, Brightspace, Sakai, Schoology", V12))
CC13 = cartridge_format(
    Profile("cc13", "Common Cartridge 1.3", "Brightspace, Blackboard Ultra and others: assignments too", V13, ("cc",))
)
