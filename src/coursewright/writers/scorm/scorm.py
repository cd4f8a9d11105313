"""SCORM: a SCO a unit and one manifest. What differs between its versions is a profile, written in their own files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import partial

from lxml.etree import QName

from coursewright.course.assets import Asset
from coursewright.course.description import describe_course, describe_unit
from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course, Step, Unit
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.frozen import frozen
from coursewright.packages.documents.lom import Binding, write_lom
from coursewright.packages.documents.manifest import Dialect, Manifest, ManifestItem, Resource, Rules, write_manifest
from coursewright.packages.files.writing import Package
from coursewright.pages.authored import file_path, page_path
from coursewright.pages.certificate import CERTIFICATE, certificate_page
from coursewright.pages.overview import Home, cover_name, overview_page
from coursewright.pages.quiz import answers_file
from coursewright.resources import resource
from coursewright.text.markdown.values import Text
from coursewright.text.phrases import threshold
from coursewright.writers import FORMATS
from coursewright.writers.carried import carry
from coursewright.writers.files import PackedFiles, course_files, large_files, step_assets
from coursewright.writers.formats import Writer
from coursewright.writers.losses import links_outside, long_titles, staff_left_out
from coursewright.writers.scorm.scores import mastery, quiz_losses, quizzes_of
from coursewright.writers.scorm.unit_page import (
    OVERVIEW,
    SEARCH_INDEX,
    Runtime,
    answers_path,
    box_names,
    sco_page,
    shared_files,
    state_size,
    ticks_kept,
)
from coursewright.writers.writer import Materials

_SHARED_RESOURCE = "shared"
_SHORTEST_KEY = 5  # characters of a learner's state that a page takes


@frozen
class ScormProfile:
    """What differs between the versions of SCORM.

    `binding` is that of the metadata, `schemas` the folder of the XSDs, which travel in the package. `unit_rules`
    returns what writes the sequencing of a unit's item, or None; `course_rules` writes that of the organization.
    `losses` yields a finding for whatever of a unit these cannot carry.
    """

    name: str
    dialect: Dialect
    binding: Binding
    schemas: str
    runtime: Runtime
    unit_rules: Callable[[Course, Step, Materials], Rules | None]
    losses: Callable[[Course, Step, Materials], Iterable[Finding]]
    course_attributes: Mapping[QName, str] = field(default_factory=dict)
    course_rules: Rules | None = None

    @property
    def title(self) -> str:
        """What people call it."""
        return FORMATS[self.name].title


def scorm_writer(profile: ScormProfile) -> Writer:
    """Return what writes the packages of a profile."""
    return partial(_write, profile)


def _write(profile: ScormProfile, package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill the package of a course, its manifest first; return everything that is wrong with it or lost in it."""
    with_quizzes = any(map(quizzes_of, course.units))
    certified, schemas = materials.options.certificate, _schemas(profile)
    shared = shared_files(materials.renderer.theme, with_quizzes=with_quizzes, certified=certified)
    files = course_files(course)
    if course.cover:
        shared.append((f"{_SHARED_RESOURCE}/{cover_name(course)}", course.cover.content()))
    pages = _course_pages(course, materials)
    carried = Package("")
    added = carry(carried, course, materials, partial(_place, course, files))
    common = [*(path for path, _ in shared), *pages, SEARCH_INDEX, *added]
    resources = [*_page_resources(course, files), Resource(_SHARED_RESOURCE, common)]
    manifest = write_manifest(_manifest(profile, course, materials, resources), profile.dialect)
    for path, content in [("imsmanifest.xml", manifest), *schemas.items(), *shared]:
        package.add(path, content)
    for path, made in pages.items():
        package.add(path, made)
    for step in course.steps:
        package.add(page_path(step.unit), partial(_page, profile, course, step, materials))
        if quizzes_of(step.unit):
            package.add(answers_path(step.unit), partial(_answers, step.unit, materials))
    for found in files:
        package.add(file_path(found.name), found.asset.content, stored=found.is_shrunk)
    package.add(SEARCH_INDEX, materials.index.file)
    package.files += carried.files
    losses = [*_losses(profile, course, materials), *staff_left_out(course, package.name, profile.title)]
    losses += [*large_files(files, package.name), *links_outside(course, package.name)]
    return [*losses, *package.problems()]


def _place(course: Course, files: PackedFiles, asset: Asset) -> str:
    """Return where a file stands in the package; "" where it does not."""
    if course.cover and asset.digest == course.cover.digest:
        return f"{_SHARED_RESOURCE}/{cover_name(course)}"
    return file_path(files.name(asset)) if asset.digest in files.files else ""


def _course_pages(course: Course, materials: Materials) -> dict[str, Callable[[], bytes]]:
    """Return what makes the pages about a course as a whole, by their paths."""
    certificate = CERTIFICATE if materials.options.certificate else ""
    home = Home(certificate=certificate)
    shown = partial(overview_page, materials.renderer, course, home)
    pages: dict[str, Callable[[], bytes]] = {OVERVIEW: partial(materials.once.made, ("overview", home), shown)}
    if certificate:
        pages[CERTIFICATE] = partial(certificate_page, materials.renderer, course, OVERVIEW)
    return pages


def _schemas(profile: ScormProfile) -> dict[str, bytes]:
    folder = resource("schemas") / profile.schemas
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.xsd"))}


def _page(profile: ScormProfile, course: Course, step: Step, materials: Materials) -> bytes:
    content = materials.content(step.unit)
    materials.index.add(step.unit, content)

    def made() -> bytes:
        shown, certified = materials.glossary.explained(step.unit, content), materials.options.certificate
        once = materials.once
        return sco_page(materials.renderer, course, step, shown, profile.runtime, certified=certified, once=once)

    return materials.once.made((step.unit.identity, profile.runtime), made)


def _answers(unit: Unit, materials: Materials) -> bytes:
    return answers_file(materials.content(unit).quizzes)


def _page_resources(course: Course, files: PackedFiles) -> list[Resource]:
    return [
        Resource(_page_resource(step.unit), [*_own_files(step.unit), *paths], True, [_SHARED_RESOURCE])
        for step in course.steps
        for paths in [[file_path(found.name) for found in files.of(step_assets(step))]]
    ]


def _own_files(unit: Unit) -> list[str]:
    """Return the files that are a unit's alone, its page first."""
    return [page_path(unit), *([answers_path(unit)] if quizzes_of(unit) else [])]


def _manifest(profile: ScormProfile, course: Course, materials: Materials, resources: list[Resource]) -> Manifest:
    name = course_identifier(course.name)
    plain = materials.renderer.plain
    return Manifest(
        identifier=name,
        version=materials.options.publication.version[:20],
        title=plain(course.title),
        items=(_item(profile, course, step, materials) for step in course.steps),
        resources=resources,
        metadata=[write_lom(describe_course(course, name, plain), materials.options.publication, profile.binding)],
        attributes=profile.course_attributes,
        rules=profile.course_rules,
        count=len(course.steps),
    )


def _item(profile: ScormProfile, course: Course, step: Step, materials: Materials) -> ManifestItem:
    unit = step.unit
    name, plain = identifier(unit.identity), materials.renderer.plain
    described = describe_unit(step, name, plain)
    return ManifestItem(
        identifier=name,
        title=plain(unit.title),
        resource=_page_resource(unit),
        metadata=write_lom(described, materials.options.publication, profile.binding),
        rules=profile.unit_rules(course, step, materials),
    )


def _page_resource(unit: Unit) -> str:
    return identifier(unit.identity, "resource")


def _losses(profile: ScormProfile, course: Course, materials: Materials) -> Iterator[Finding]:
    titles = ((unit, materials.renderer.plain(unit.title)) for unit in course.units)
    yield from long_titles(titles, profile.dialect.longest_title, profile.title)
    for step in course.steps:
        yield from profile.losses(course, step, materials)
        if mastery(step.unit) is None:
            yield from _thresholds(profile, step.unit)
        yield from quiz_losses(
            step.unit, profile.title, profile.runtime.longest_state, choices=profile.runtime.api == "1.2"
        )
        yield from _ticks(profile, step.unit, materials)


def _thresholds(profile: ScormProfile, unit: Unit) -> Iterator[Finding]:
    """A unit's page reports no score, so no threshold becomes a mastery score."""
    texts: list[Text] = [component.criteria for component in unit.components]
    for text in [*texts, *unit.assessments]:
        if threshold(text) is not None:
            yield messages.THRESHOLD_NOT_REPORTED.at(unit.place(text), text=text, format=profile.title)


def _ticks(profile: ScormProfile, unit: Unit, materials: Materials) -> Iterator[Finding]:
    limit = profile.runtime.longest_state
    if unit.parts:
        yield from _unread(profile, unit, materials)
    if (len(unit.checklist) + len(unit.objectives)) * 5 < limit // 2:
        return
    content = materials.content(unit)
    names = box_names(unit, content, materials.renderer.plain)
    kept, total = ticks_kept([page.key for page in content.pages], names, limit), len(names)
    if kept < total:
        place = unit.place(unit.checklist[0].text if unit.checklist else unit.objectives[0])
        yield messages.TICKS_NOT_KEPT.at(place, format=profile.title, limit=limit, kept=kept, total=total)


def _unread(profile: ScormProfile, unit: Unit, materials: Materials) -> Iterator[Finding]:
    """Yield a finding if a unit has more pages than a learner's state has room for."""
    if len(unit.parts) * _SHORTEST_KEY < profile.runtime.longest_state:
        return
    keys, limit = [page.key for page in materials.content(unit).pages], profile.runtime.longest_state
    if state_size(keys, ()) > limit:
        yield messages.PAGES_NOT_KEPT.at(unit.place(), format=profile.title, limit=limit, total=len(keys))
