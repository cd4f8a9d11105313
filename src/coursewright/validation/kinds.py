"""What kind of package something is, told by what is in it, and what is nearly one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.ims import ADLCP_1_2, ADLCP_1_3
from coursewright.schema import parser
from coursewright.validation.container import Container

MANIFEST = "imsmanifest.xml"
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_CANVAS_FLAG = "course_settings/canvas_export.txt"
# What stands at the top of a package, for those that have no manifest of IMS.
_ROOT_FILES = {"moodle_backup.xml": "moodle", "cmi5.xml": "cmi5", "tincan.xml": "xapi"}


class Family(StrEnum):
    """What rules a kind is judged by."""

    SCORM12 = "scorm12"
    SCORM2004 = "scorm2004"
    CARTRIDGE = "cartridge"
    CONTENT = "content"
    QTI = "qti"
    MOODLE = "moodle"
    CMI5 = "cmi5"
    XAPI = "xapi"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of package: its name, and the schema of its manifest, if there is one here."""

    title: str
    family: Family
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A kind, with what it was told by, and its manifest, parsed."""

    kind: Kind
    why: str
    file: str
    document: bytes
    root: etree._Element


_SCORM2004 = {
    "CAM 1.3": Kind("SCORM 2004 2nd edition", Family.SCORM2004),
    "2004 3rd Edition": Kind("SCORM 2004 3rd edition", Family.SCORM2004, "scorm2004-3rd/imscp_v1p1.xsd"),
    "2004 4th Edition": Kind("SCORM 2004 4th edition", Family.SCORM2004, "scorm2004-4th/imscp_v1p1.xsd"),
}
_CARTRIDGES = {
    "1.0.0": Kind("Common Cartridge 1.0", Family.CARTRIDGE),
    **{f"1.{n}.0": Kind(f"Common Cartridge 1.{n}", Family.CARTRIDGE, f"cc1{n}/imscp_v1p1.xsd") for n in (1, 2, 3)},
}
_OTHERS = {
    "moodle": Kind("Moodle backup", Family.MOODLE),
    "cmi5": Kind("cmi5 course", Family.CMI5),
    "xapi": Kind("xAPI (Tin Can) package", Family.XAPI),
}


def recognise(container: Container) -> Recognised | None:
    """Return what a package is, or None with findings of why that cannot be told."""
    if MANIFEST in container.sizes:
        return _by_manifest(container)
    for file, name in _ROOT_FILES.items():
        if file in container.sizes:
            return _parsed(container, file, _OTHERS[name], f"it has {file} at the top")
    container.findings += _near_misses(container)
    return None


def _by_manifest(container: Container) -> Recognised | None:
    found = _parsed(container, MANIFEST, Kind("content package", Family.CONTENT), f"it has {MANIFEST} at the top")
    if found is None:
        return None
    kind, why = _kind_of(found.root)
    return Recognised(kind, why, MANIFEST, found.document, found.root)


def _parsed(container: Container, file: str, kind: Kind, why: str) -> Recognised | None:
    document = container.read(file)
    if document is None:
        return None
    try:
        root = etree.fromstring(document, parser())
    except etree.XMLSyntaxError as error:
        place = Place(f"{container.shown}/{file}", error.lineno or 0)
        container.findings.append(messages.NOT_WELL_FORMED.at(place, reason=error.msg))
        return None
    if _ENTITY.search(document[:100_000]):
        place = Place(f"{container.shown}/{file}", 1)
        container.findings.append(messages.ENTITIES_DECLARED.at(place))
    return Recognised(kind, why, file, document, root)


def _kind_of(root: etree._Element) -> tuple[Kind, str]:
    schema, version = (_text(root, name) for name in ("schema", "schemaversion"))
    if re.fullmatch(r"IMS( Thin)? Common Cartridge", schema):
        return _cartridge(root, schema, version)
    namespaces = {str(name) for element in root.iter() for name in (element.nsmap or {}).values()}
    if version in _SCORM2004 or ADLCP_1_3 in namespaces:
        kind = _SCORM2004.get(version, Kind("SCORM 2004 of an unknown edition", Family.SCORM2004))
        return kind, f"its schemaversion is '{version}'" if version in _SCORM2004 else "it uses SCORM 2004's namespace"
    if ADLCP_1_2 in namespaces or (version == "1.2" and "SCORM" in schema):
        why = "it uses SCORM 1.2's namespace" if ADLCP_1_2 in namespaces else "it says ADL SCORM 1.2"
        return Kind("SCORM 1.2", Family.SCORM12, "scorm12/imscp_rootv1p1p2.xsd"), why
    types = [resource.get("type", "") for resource in root.iter("{*}resource")]
    if any(name.startswith(("imsqti", "ims_qti")) for name in types):
        return Kind("QTI package", Family.QTI), "it has resources of QTI"
    return Kind("IMS content package", Family.CONTENT), "its manifest names neither SCORM nor a cartridge"


def _cartridge(root: etree._Element, schema: str, version: str) -> tuple[Kind, str]:
    why = f"its schema is '{schema}' {version}"
    if "Thin" in schema:
        return Kind(f"thin Common Cartridge {version}", Family.CARTRIDGE), why
    if any(resource.get("href") == _CANVAS_FLAG for resource in root.iter("{*}resource")):
        known = _CARTRIDGES.get(version)
        canvas = Kind("Canvas cartridge", Family.CARTRIDGE, known.schema if known else "")
        return canvas, f"{why}, with the file by which Canvas knows its own"
    return _CARTRIDGES.get(version, Kind(f"Common Cartridge {version}", Family.CARTRIDGE)), why


def _text(root: etree._Element, name: str) -> str:
    found = root.find(f"{{*}}metadata/{{*}}{name}")
    return (found.text or "").strip() if found is not None else ""


def _near_misses(container: Container) -> Iterator[Finding]:
    """Yield what a package lacks to be one, and what it may have meant."""
    place = Place(container.shown)
    wanted = (MANIFEST, *_ROOT_FILES)
    for name in sorted(container.sizes, key=lambda name: (name.count("/"), name)):
        folder, _, file = name.rpartition("/")
        if file in wanted and folder:
            yield messages.MANIFEST_DEEPER.at(place, name=name, folder=folder)
            return
        if file.lower() in wanted and file not in wanted:
            yield messages.MANIFEST_MISNAMED.at(place, name=name, wanted=file.lower())
            return
    if container.sizes:
        inner = next((name for name in container.sizes if name.lower().endswith((".zip", ".imscc", ".mbz"))), "")
        advice = f"; it holds {inner}, which may be one" if inner else ""
        yield messages.NO_MANIFEST.at(place, advice=advice)
    elif not container.findings:
        yield messages.CONTAINER_EMPTY.at(place)
