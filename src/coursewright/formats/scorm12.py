"""SCORM 1.2: a SCO a unit, and the gates as `adlcp:prerequisites` on each item."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import accumulate

from lxml.etree import Element, QName, _Element

from coursewright import messages
from coursewright.checks import check_manifest
from coursewright.diagnostics import Finding
from coursewright.formats.format import Format, Materials
from coursewright.identity import course_identifier, identifier
from coursewright.ims import ADLCP_1_2, CP_1_1_2, MD_1_2_1, Dialect, Item, Manifest, Resource, write_manifest
from coursewright.lom import describe_course, describe_unit, imsmd
from coursewright.model import Course, Text, Unit
from coursewright.package import Package
from coursewright.resources import resource
from coursewright.schema import validate
from coursewright.sco import SHARED, page_path, sco_page, shared_files, ticks_kept
from coursewright.wording import threshold

_DIALECT = Dialect(
    schema="ADL SCORM",
    schemaversion="1.2",
    prefixes={None: CP_1_1_2, "adlcp": ADLCP_1_2, "imsmd": MD_1_2_1},
    locations={
        CP_1_1_2: "imscp_rootv1p1p2.xsd",
        MD_1_2_1: "imsmd_rootv1p2p1.xsd",
        ADLCP_1_2: "adlcp_rootv1p2.xsd",
    },
    sco_attribute=QName(ADLCP_1_2, "scormtype"),
    longest_title=200,
)
_SCHEMAS = ("imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd", "imsmd_rootv1p2p1.xsd", "ims_xml.xsd")
_LONGEST_PREREQUISITES = 200
_LONGEST_STATE = 4096
_SHARED_RESOURCE = "shared"


def write(course: Course, materials: Materials) -> tuple[Package, list[Finding]]:
    """Return the package of a course, its manifest first, and everything that is wrong with it or lost in it."""
    package = Package(FORMAT.file_name(course))
    manifest = write_manifest(_manifest(course, materials), _DIALECT)
    package.add("imsmanifest.xml", manifest)
    for name in _SCHEMAS:
        package.add(name, (resource("schemas") / "scorm12" / name).read_bytes())
    for path, content in shared_files():
        package.add(path, content)
    for unit in course.units:
        package.add(page_path(unit), partial(_page, course, unit, materials))
    return package, [*_losses(course, materials), *package.problems(), *_problems(package, manifest)]


def _page(course: Course, unit: Unit, materials: Materials) -> bytes:
    return sco_page(materials.renderer, course, unit, materials.content(unit), api="1.2")


def _problems(package: Package, manifest: bytes) -> list[Finding]:
    shown = f"{package.name}/imsmanifest.xml"
    beside = {*package.paths} - {"imsmanifest.xml", *_SCHEMAS}
    return validate(manifest, "scorm12/imscp_rootv1p1p2.xsd", shown) or check_manifest(manifest, beside, shown)


def _manifest(course: Course, materials: Materials) -> Manifest:
    name = course_identifier(course.name)
    plain = materials.renderer.plain
    return Manifest(
        identifier=name,
        version=materials.publication.version[:20],
        title=plain(course.title),
        items=[_item(course, unit, materials) for unit in course.units],
        resources=[
            *(
                Resource(_resource_identifier(unit), [page_path(unit)], launchable=True, needs=[_SHARED_RESOURCE])
                for unit in course.units
            ),
            Resource(_SHARED_RESOURCE, SHARED),
        ],
        metadata=imsmd(describe_course(course, name, plain), materials.publication),
    )


def _item(course: Course, unit: Unit, materials: Materials) -> Item:
    name, plain = identifier(unit.identity), materials.renderer.plain
    return Item(
        identifier=name,
        title=plain(unit.title),
        resource=_resource_identifier(unit),
        metadata=imsmd(describe_unit(unit, course, name, plain), materials.publication),
        rules=_prerequisites(course, unit),
    )


def _resource_identifier(unit: Unit) -> str:
    return identifier(unit.identity, "resource")


def _prerequisites(course: Course, unit: Unit) -> list[_Element]:
    enforced, _ = _enforced(course, unit)
    if not enforced:
        return []
    element = Element(QName(ADLCP_1_2, "prerequisites"), type="aicc_script")
    element.text = _expression(enforced)
    return [element]


def _expression(units: list[Unit]) -> str:
    return "&".join(identifier(unit.identity) for unit in units)


def _enforced(course: Course, unit: Unit) -> tuple[list[Unit], list[Unit]]:
    """Return the prerequisites that fit into the 200 characters the schema gives, and those that do not.

    When they do not all fit, those that others of them already require are left to those others.
    """
    required = list(course.gates[unit.identity])
    if len(_expression(required)) <= _LONGEST_PREREQUISITES:
        return required, []
    needed = [found for found in required if not _implied(found, required, course)]
    lengths = accumulate(len(identifier(found.identity)) + 1 for found in needed)
    fitting = sum(length - 1 <= _LONGEST_PREREQUISITES for length in lengths)
    return needed[:fitting], needed[fitting:]


def _implied(unit: Unit, required: list[Unit], course: Course) -> bool:
    """Say whether another required unit cannot be open before this one is complete."""
    seen = set()
    waiting = [other for other in required if other is not unit]
    while waiting:
        for found in course.gates[waiting.pop().identity]:
            if found is unit:
                return True
            if found.identity not in seen:
                seen.add(found.identity)
                waiting.append(found)
    return False


def _losses(course: Course, materials: Materials) -> Iterator[Finding]:
    for unit in course.units:
        _, left_out = _enforced(course, unit)
        if left_out:
            ids = ", ".join(found.id for found in left_out)
            yield messages.GATE_TOO_LONG.at(unit.place(unit.prerequisites.raw), left_out=ids, id=unit.id)
        if (length := len(materials.renderer.plain(unit.title))) > _DIALECT.longest_title:
            yield messages.TITLE_CUT.at(
                unit.place(unit.title), length=length, format=FORMAT.title, limit=_DIALECT.longest_title
            )
        yield from _thresholds(unit)
        yield from _ticks(unit, materials)


def _thresholds(unit: Unit) -> Iterator[Finding]:
    """A unit's page reports no score, so no threshold becomes a mastery score."""
    texts: list[Text] = [component.criteria for component in unit.components]
    for text in [*texts, *unit.assessments]:
        if threshold(text) is not None:
            yield messages.THRESHOLD_NOT_REPORTED.at(unit.place(text), text=text, format=FORMAT.title)


def _ticks(unit: Unit, materials: Materials) -> Iterator[Finding]:
    if len(unit.checklist) * 5 < _LONGEST_STATE // 2:
        return
    content = materials.content(unit)
    kept = ticks_kept([page.key for page in content.pages], content.ticks, _LONGEST_STATE)
    if kept < len(content.ticks):
        yield messages.TICKS_NOT_KEPT.at(
            unit.place(unit.checklist[0].text),
            format=FORMAT.title,
            limit=_LONGEST_STATE,
            kept=kept,
            total=len(content.ticks),
        )


FORMAT = Format(
    name="scorm12",
    title="SCORM 1.2",
    about="for nearly every LMS; Moodle enforces its prerequisites",
    extension=".zip",
    write=write,
)
