"""What kind of package something is, told by what is in it, and what is nearly one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from enum import StrEnum

from lxml import etree

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.names import COURSE, FLAG, SYLLABUS
from coursewright.packages.documents.manifest import ADLCP_1_2, ADLCP_1_3
from coursewright.packages.documents.parsing import mended, parsed, text_of, with_ampersands
from coursewright.packages.files.container import Container
from coursewright.packages.files.paths import MANIFEST
from coursewright.packages.nearmisses import near_misses
from coursewright.packages.schema.malformed import HTML_PAGE
from coursewright.text.patterns import later

# What stands at the top of a package, for those that have no manifest of IMS.
_ROOT_FILES = {"moodle_backup.xml": "moodle", "cmi5.xml": "cmi5", "tincan.xml": "xapi"}


class Family(StrEnum):
    """What rules a kind is judged by."""

    SCORM11 = "scorm11"
    SCORM12 = "scorm12"
    SCORM2004 = "scorm2004"
    CARTRIDGE = "cartridge"
    CONTENT = "content"
    QTI = "qti"
    VENDOR = "vendor"
    MOODLE = "moodle"
    CMI5 = "cmi5"
    XAPI = "xapi"


ALWAYS_NEW = (Family.MOODLE,)
"""The families of packages that an LMS always makes a new course of."""


@frozen
class PackageKind:
    """A kind of package: its name, and the schema of its manifest, if there is one here."""

    title: str
    family: Family
    schema: str = ""
    guides: bool = False
    """Whether the schema is a guide alone: none of its own is to be had, or LMSs forgive what is against it."""
    edition: str = ""
    """The version that its manifest states, where that says how to read it."""
    unnamed: str = ""
    """The version that its manifest should state, where it does not say of which kind it is."""
    misnamed: str = ""
    """What its manifest calls the schema, where that is nearly its name."""


@frozen
class Recognised:
    """A kind, with what it was told by, and its manifest, parsed."""

    kind: PackageKind
    why: str
    file: str
    document: bytes
    root: etree._Element

    @property
    def is_canvas(self) -> bool:
        """Say whether it is a cartridge with Canvas's own files."""
        return self.kind.title == CANVAS

    @property
    def is_thin(self) -> bool:
        """Say whether it is a cartridge of links alone."""
        return self.kind.title.startswith(THIN)


CANVAS, THIN = "Canvas cartridge", "thin Common Cartridge"
SECOND_EDITION, THIRD_EDITION = "CAM 1.3", "2004 3rd Edition"
_SCORM2004 = {
    SECOND_EDITION: PackageKind(
        "SCORM 2004 2nd edition", Family.SCORM2004, "scorm2004-3rd/imscp_v1p1.xsd", True, SECOND_EDITION
    ),
    THIRD_EDITION: PackageKind("SCORM 2004 3rd edition", Family.SCORM2004, "scorm2004-3rd/imscp_v1p1.xsd"),
    "2004 4th Edition": PackageKind("SCORM 2004 4th edition", Family.SCORM2004, "scorm2004-4th/imscp_v1p1.xsd"),
}
EDITIONS = tuple(_SCORM2004)
"""What SCORM 2004's manifests name as their versions."""
_CARTRIDGES = {
    f"1.{n}.0": PackageKind(f"Common Cartridge 1.{n}", Family.CARTRIDGE, f"cc1{n}/imscp_v1p1.xsd") for n in range(4)
}
_CARTRIDGES["1.4.0"] = PackageKind("Common Cartridge 1.4", Family.CARTRIDGE)  # no schema of it is to be had
CARTRIDGES = tuple(_CARTRIDGES)
"""What cartridges name as their versions."""
_THIN = {f"1.{n}.0": PackageKind(f"{THIN} 1.{n}", Family.CARTRIDGE, f"cc1{n}/thin.xsd", guides=True) for n in (2, 3)}
_THIN["1.4.0"] = PackageKind(f"{THIN} 1.4", Family.CARTRIDGE)
THIN_CARTRIDGES = tuple(_THIN)
# By their namespaces, for manifests that are no SCORM.
_CONTENT = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp/imscp_rootv1p1p2.xsd",
    "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp/imscp_v1p1.xsd",
}
SCORM_1_1 = PackageKind("SCORM 1.1", Family.SCORM11)
_ADLCP_1_1 = ("http://www.adlnet.org/xsd/adlcp_rootv1p1", "http://www.adlnet.org/xsd/adl_cp_rootv1p1")
_OTHERS = {
    "moodle": PackageKind("Moodle backup", Family.MOODLE),
    "cmi5": PackageKind("cmi5 course", Family.CMI5, "cmi5/CourseStructure.xsd"),
    "xapi": PackageKind("xAPI (Tin Can) package", Family.XAPI),
}
_QTI = ("imsqti", "ims_qti")
# Topics and links: what Canvas exports as QTI has other types of cartridges, too.
_OF_CARTRIDGES = later(r"(?:imsdt|imswl)_xmlv1p([0-4])$")
_QTI_VERSION = later(r"(?:xml|asi)v(\d)p(\d)")
# Exports that have a manifest of IMS and that only the same LMS reads whole, by a namespace.
_VENDORS = {
    "http://www.blackboard.com/content-packaging/": PackageKind("Blackboard export", Family.VENDOR),
    "http://desire2learn.com/xsd/d2lcp_v2p0": PackageKind("Brightspace (D2L) export", Family.VENDOR),
    "http://www.webct.com/IMS": PackageKind("WebCT export", Family.VENDOR),
    "http://www.webct.com/xsd/cisv3": PackageKind("WebCT export", Family.VENDOR),
}


def recognise(container: Container, *, mends: bool = False) -> Recognised | None:
    """Return what a package is, or None with findings of why that cannot be told; a manifest that is not XML is mended
    for whoever `mends` it."""
    if MANIFEST in container.sizes:
        return _by_manifest(container, mends)
    for file, name in _ROOT_FILES.items():
        if file in container.sizes:
            found = parsed(container, file)
            why = f"it has {file} at the top"
            return Recognised(_OTHERS[name], why, file, *found) if found else None
    container.findings += near_misses(container)
    return None


def _by_manifest(container: Container, mends: bool) -> Recognised | None:
    found = parsed(container, MANIFEST) or with_ampersands(container, MANIFEST)
    found = found or (mended(container, MANIFEST) if mends else None)
    if found is None:
        return None
    document, root = found
    if etree.QName(root).localname != "manifest":
        container.findings.append(_no_manifest(root, Place(container.path_of(MANIFEST))))
        return None
    kind, why = _kind_of(root)
    return Recognised(kind, why, MANIFEST, document, root)


def _no_manifest(root: etree._Element, place: Place) -> Finding:
    """Return the finding for a manifest that is another document."""
    name = etree.QName(root).localname
    if name.lower() == "html":
        remedy = "; the page in it says what went wrong"
        return messages.NO_MANIFEST_AT_ALL.at(place, what=HTML_PAGE, remedy=remedy)
    return messages.NO_MANIFEST_AT_ALL.at(place, what=f"it begins with <{name}>", remedy="")


def _kind_of(root: etree._Element) -> tuple[PackageKind, str]:
    schema, version = (_text(root, name) for name in ("schema", "schemaversion"))
    if re.fullmatch(r"((IMS|1EdTech) )?(Thin )?Common Cartridge", schema, re.IGNORECASE):
        kind, why = _cartridge(root, schema, version)
        is_named = schema.upper().startswith("IMS") or (version == "1.4.0" and schema.startswith("1EdTech "))
        return (kind if is_named else replace(kind, schema="", misnamed=schema)), why
    declared = {namespace for _, (_, namespace) in etree.iterwalk(root, events=("start-ns",))}
    for namespace, kind in _VENDORS.items():
        if _uses(root, namespace, declared):
            return kind, f"it uses the namespace {namespace}"
    edition = next((one for name, one in _SCORM2004.items() if name.lower() == " ".join(version.lower().split())), None)
    if edition or _uses(root, ADLCP_1_3, declared):
        kind = edition or PackageKind("SCORM 2004 of an unknown edition", Family.SCORM2004)
        return kind, f"its schemaversion is '{version}'" if edition else "it uses SCORM 2004's namespace"
    if _uses(root, ADLCP_1_2, declared) or (version == "1.2" and "SCORM" in schema):
        why = "it uses SCORM 1.2's namespace" if _uses(root, ADLCP_1_2, declared) else "it says ADL SCORM 1.2"
        return PackageKind("SCORM 1.2", Family.SCORM12, "scorm12/imscp_rootv1p1p2.xsd"), why
    if any(_uses(root, namespace, declared) for namespace in _ADLCP_1_1) or (version == "1.1" and "SCORM" in schema):
        return SCORM_1_1, "it says ADL SCORM 1.1" if version == "1.1" else "it uses SCORM 1.1's namespace"
    return _content(root)


def _content(root: etree._Element) -> tuple[PackageKind, str]:
    fitting = _CONTENT.get(etree.QName(root).namespace or "", "")
    types = [resource.get("type", "") for resource in root.iter("{*}resource")]
    if version := next(filter(None, map(_OF_CARTRIDGES.match, types)), None):
        return PackageKind(
            f"Common Cartridge 1.{version[1]}", Family.CARTRIDGE, unnamed=f"1.{version[1]}.0"
        ), "it has its types"
    if any(name.startswith(_QTI) for name in types):
        return PackageKind(_qti_title(types), Family.QTI, fitting, guides=True), "it has resources of QTI"
    kind = PackageKind("IMS content package", Family.CONTENT, fitting, guides=True)
    return kind, "its manifest names neither SCORM nor a cartridge"


def _qti_title(types: list[str]) -> str:
    """Return what a package of QTI is called: by the version of its resources, if all have one."""
    found = {version for name in types if name.startswith(_QTI) for version in _QTI_VERSION.findall(name)}
    return f"QTI {'.'.join(found.pop())} package" if len(found) == 1 else "QTI package"


def _uses(root: etree._Element, namespace: str, declared: Set[str]) -> bool:
    """Say whether a document declares a namespace at its root, or has an element or an attribute of it.

    `declared` are those that are declared anywhere in it: every element is looked at for one of them alone.
    """
    if namespace in root.nsmap.values():
        return True
    if namespace not in declared:
        return False
    is_of_an_element = next(root.iter(f"{{{namespace}}}*"), None) is not None
    return is_of_an_element or bool(root.xpath("boolean(//@*[namespace-uri() = $namespace])", namespace=namespace))


def _cartridge(root: etree._Element, schema: str, version: str) -> tuple[PackageKind, str]:
    why = f"its schema is '{schema}' {version}".rstrip()
    if "thin" in schema.lower():
        return _THIN.get(version, PackageKind(f"{THIN} of the unknown version {version}", Family.CARTRIDGE)), why
    known = _CARTRIDGES.get(
        version, PackageKind(f"Common Cartridge of the unknown version {version}", Family.CARTRIDGE)
    )
    if flag := next(filter(None, map(_canvas_flag, listed(root))), ""):
        return PackageKind(CANVAS, Family.CARTRIDGE, known.schema), f"{why}, with Canvas's own {flag}"
    return known, why


def listed(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the resources that stand where they belong, in <resources>: many importers look for others, too."""
    yield from (one for parent in root.iter("{*}resources") for one in parent.iter("{*}resource"))


def _canvas_flag(resource: etree._Element) -> str:
    """Return the file by which Canvas knows its own cartridges, if this resource has it; old ones have a syllabus."""
    href = resource.get("href")
    if href == FLAG:
        return FLAG
    files = {file.get("href") for file in resource.iterfind("{*}file")} if href == SYLLABUS else set()
    return SYLLABUS if COURSE in files else ""


_INLINE = ("webLink", "topic", "questestinterop", "cartridge_basiclti_link", "assignment")
_WITH_INLINE = later(r"/imsccv1p[34]/")


def has_inline(resource: etree._Element) -> bool:
    """Say whether a resource of a cartridge holds its document in itself, as it may from version 1.3 on."""
    namespace = etree.QName(resource).namespace or ""
    inside = (etree.QName(child) for child in resource.iterchildren(etree.Element))
    return bool(_WITH_INLINE.search(namespace)) and any(
        name.localname in _INLINE and name.namespace != namespace for name in inside
    )


def _text(root: etree._Element, name: str) -> str:
    return text_of(root.find(f"{{*}}metadata/{{*}}{name}")).strip()


# What SCORM 2004's second edition has otherwise than the third, by whose schema it is judged: its version, and whether
# a SCO keeps its state.
_SECOND = later(rb">(\s*)%b(\s*)<" % re.escape(SECOND_EDITION.encode()))
_PERSISTENCE = later(rb"\s[\w.-]{1,40}:persistState\s{0,9}=\s{0,9}(?:\"[^\"<]*\"|'[^'<]*')")


def manifest_to_judge(found: Recognised) -> bytes:
    """Return a manifest as the schema of its kind reads it, each line in its place."""
    if found.kind.edition != SECOND_EDITION:
        return found.document
    renamed = _SECOND.sub(rb">\g<1>%b\g<2><" % THIRD_EDITION.encode(), found.document)
    return _PERSISTENCE.sub(lambda attribute: b"\n" * attribute[0].count(b"\n") or b" ", renamed)
