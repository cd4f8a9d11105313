"""Rules over the manifest of every content package: what no schema says, and every importer wants."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import PurePosixPath

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import ANY_SCORM, SCORM, WITH_MANIFEST, is_whole, rule
from coursewright.audit.rules.names import file_flaws, shared_names
from coursewright.audit.rules.pages import is_hollow
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import bases_of, found_as, local_name, name_of, scorm_type
from coursewright.packages.documents.manifest import named
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.files.names import printable
from coursewright.packages.kinds import CARTRIDGES, EDITIONS, THIN_CARTRIDGES, Family, Recognised
from coursewright.packages.subject import Subject, shown_name

_INCIDENTAL = (".txt", ".md", ".xsd", ".dtd", ".log", ".bak", ".db")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_CARTRIDGE_NAMESPACE = re.compile(r"http://www\.imsglobal\.org/xsd/imscc(?:v1p([1-3]))?/imscp_v1p1")
_ABOUT = ("readme", "license", "licence", "changelog", "copying", "notice")


@rule("P203", family=(*WITH_MANIFEST, Family.VENDOR))
def references_resolve(subject: Subject) -> Iterator[Flaw]:
    """Every reference names a resource of the manifest."""
    root = subject.found.root
    resources = {_identifier(element) for element in root.iter("{*}resource", "{*}manifest")}
    for element in (one for name in ("item", "dependency") for one in root.iter(f"{{*}}{name}")):
        reference, is_item = element.get("identifierref"), local_name(element) == "item"
        is_none = is_item and not (reference or "").strip()  # that of a heading may be written, and empty
        if reference is not None and not is_none and reference.strip() not in resources:
            kind, shown_as = local_name(element), f"<item> {named(element)}" if is_item else "<dependency>"
            yield flaw(messages.REFERENCE_DANGLES, element, element=shown_as, reference=reference, kind=kind)
    yield from _default(subject)


def _default(subject: Subject) -> Iterator[Flaw]:
    """Yield that the default organization is none; every LMS shows the only one there is."""
    root = subject.found.root
    organizations = {_identifier(element) for element in root.iter("{*}organization")}
    is_only = len(list(root.iterfind("{*}organizations/{*}organization"))) == 1
    weight = Severity.WARNING if is_only else None
    for element in root.iter("{*}organizations"):
        if (default := element.get("default")) is not None and default.strip() not in organizations:
            about = {"element": "<organizations>", "kind": "organizations", "reference": default}
            yield flaw(messages.REFERENCE_DANGLES, element, weight, **about)


def _identifier(element: etree._Element) -> str:
    """Return the identifier of an element; blanks around it are none of it."""
    return element.get("identifier", "").strip()


@rule("P204 P255 P340 P341 P391", family=WITH_MANIFEST, serves="P248", when=is_whole)
def files_are_there(subject: Subject) -> Iterator[Flaw]:
    """Every file that the manifest names is in the package, by the same name."""
    seen: set[str] = set()
    based: dict[tuple[etree._Element, bool], list[str]] = {}
    for element in subject.naming():
        name, _ = subject.address(element)
        if not name or name in seen or found_as(name, subject.container) is not None:
            continue
        seen.add(name)
        if misled := _misled(element, subject):
            based.setdefault(misled, []).append(name)
        else:
            yield from _missing(name, element, subject)
    for (element, needless), names in based.items():
        base, name = printable(element.get(_BASE) or ""), printable(names[0])
        reason, kind = ("they are there without it", "needless") if needless else ("it does not end in /", "bare")
        about = {"base": base, "count": len(names), "name": name, "reason": reason, "kind": kind}
        yield flaw(messages.BASE_MISLEADS, element, **about)


def _misled(element: etree._Element, subject: Subject) -> tuple[etree._Element, bool] | None:
    """Return the element whose base keeps a file from being found, and whether it is without it; None for no base."""
    owner = next((one for one in (element, *element.iterancestors()) if one.get(_BASE)), None)
    if owner is None:
        return None
    href, bases = element.get("href") or "", bases_of(element)
    slashed = "".join(f"{base.removesuffix('/')}/" for base in bases if base)
    if found_as(slashed + href, subject.container) is not None:
        return owner, False
    above = "".join(bases[:-1])
    return (owner, True) if found_as(above + href, subject.container) is not None else None


def _missing(name: str, element: etree._Element, subject: Subject) -> Iterator[Flaw]:
    """Yield why a name leads to no file."""
    if cut := _cut_name(subject.address(element)[1], subject):
        subject.container.misspelled.add(name)
        sign = cut[len(name)] if cut.startswith(name) else "#"
        address, escaped = element.get("href", ""), {"#": "%23", "?": "%3F"}.get(sign, "%23")
        yield flaw(messages.NAME_CUT, element, address=address, sign=sign, name=cut, escaped=escaped)
        return
    is_light = _is_control_document(name) or (local_name(element) == "file" and _is_incidental(name))
    for one in file_flaws(name, element, subject):
        yield one.weighing(Severity.WARNING if is_light else None)


def _cut_name(whole: str, subject: Subject) -> str:
    """Return the file that an address means, where a sign in its name ends the address for others; "" for none."""
    return found_as(whole, subject.container) or "" if set("#?").intersection(whole) else ""


@rule("P390", family=WITH_MANIFEST, when=is_whole)
def what_is_launched_has_bytes(subject: Subject) -> Iterator[Flaw]:
    """No resource launches a file that has no bytes."""
    for resource in subject.resources:
        name = found_as(subject.address(resource)[0], subject.container) or ""
        if is_hollow(name, subject.container):
            yield flaw(messages.FILE_HOLLOW, resource, name=printable(name))


@rule("P205", family=WITH_MANIFEST, when=is_whole)
def files_are_declared(subject: Subject) -> Iterator[Flaw]:
    """Every file of the package is one of a resource: importers of cartridges copy no other."""
    declaring = chain(subject.naming(), subject.found.root.iter("{*}location", "{*}variant"))
    declared = {name for element in declaring for name in _named(element, subject)}
    names = sorted(set(subject.container.sizes) - declared - {subject.found.file})
    is_cartridge, is_canvas = subject.found.kind.family is Family.CARTRIDGE, subject.found.is_canvas
    for name in names:
        is_loss = is_cartridge and (not is_canvas or name.startswith("web_resources/"))  # others unpack everything
        if not _is_control_document(name):
            yield flaw(messages.FILE_UNDECLARED, None, None if is_loss else Severity.INFO, name=name)


def _named(element: etree._Element, subject: Subject) -> Iterator[str]:
    """Yield the files that an element declares, if by another spelling, which is said elsewhere."""
    address, whole = subject.address(element)
    if address:
        yield subject.spelled(address)
        yield _cut_name(whole, subject)


def _is_control_document(name: str) -> bool:
    """Say whether a file need not be declared: a schema, or what an operating system left."""
    return name.endswith((".xsd", ".dtd", ".DS_Store", "Thumbs.db")) or name.startswith("__MACOSX/")


def _is_incidental(name: str) -> bool:
    """Say whether no learner opens a file: what is written about the package, or left over from making it."""
    file = PurePosixPath(name.lower())
    return file.suffix in _INCIDENTAL or file.stem in _ABOUT


@rule("P232", family=ANY_SCORM)
def there_is_something_to_launch(subject: Subject) -> Iterator[Flaw]:
    """Some item of the menu shows a resource."""
    if not any(item.get("identifierref") for item in subject.items):
        yield flaw(messages.NOTHING_TO_LAUNCH)


@rule("P233", family=ANY_SCORM)
def items_lead_somewhere(subject: Subject) -> Iterator[Flaw]:
    """Every item at the end of a branch shows a resource."""
    for item in subject.items:
        if not item.get("identifierref") and item.find("{*}item") is None:
            yield flaw(messages.ITEM_LEADS_NOWHERE, item, item=shown_name(item))


@rule("P313", family=(*SCORM, Family.CARTRIDGE))
def items_show_or_hold(subject: Subject) -> Iterator[Flaw]:
    """No item both shows something and holds other items: it is forbidden; in 1.2, authoring tools write it often."""
    weight = Severity.INFO if subject.found.kind.family is Family.SCORM12 else None
    for item in subject.items:
        if item.get("identifierref") and item.find("{*}item") is not None:
            yield flaw(messages.ITEM_WITH_BOTH, item, weight, item=shown_name(item))


@rule("P234", family=(*ANY_SCORM, Family.CARTRIDGE, Family.CONTENT))
def items_have_titles(subject: Subject) -> Iterator[Flaw]:
    """Every item but the root of a cartridge has a title, for it is what learners choose by."""
    for item in subject.items:
        parent = item.getparent()
        rooted = subject.found.kind.family is Family.CARTRIDGE
        if next(item.iterancestors("{*}organization"), None) is None:
            continue  # a question in a resource
        is_root = rooted and parent is not None and etree.QName(parent).localname == "organization"
        if not is_root and not text_of(item.find("{*}title")).strip():
            yield flaw(messages.ITEM_WITHOUT_TITLE, item, item=shown_name(item))


@rule("P235", family=WITH_MANIFEST)
def identifiers_are_unique(subject: Subject) -> Iterator[Flaw]:
    """No two items, and no two resources, have one identifier."""
    return (flaw(messages.IDENTIFIER_TWICE, one, name=name) for name, one in _doubled(subject))


def _doubled(subject: Subject) -> Iterator[tuple[str, etree._Element]]:
    for elements in (subject.items, subject.resources):
        yield from shared_names((element.get("identifier"), element) for element in elements)


def doubled_identifiers(subject: Subject) -> set[str]:
    """Return the identifiers that two items, or two resources, have."""
    return {name for name, _ in _doubled(subject)}


@rule("P236", family=ANY_SCORM)
def there_is_one_organization(subject: Subject) -> Iterator[Flaw]:
    """A package has one menu."""
    found = list(subject.found.root.iterfind("{*}organizations/{*}organization"))
    if len(found) > 1:
        yield flaw(messages.SEVERAL_ORGANIZATIONS, found[1], count=len(found))


@rule("P237", family=ANY_SCORM)
def scos_can_be_launched(subject: Subject) -> Iterator[Flaw]:
    """Every resource that is a SCO says which file launches it."""
    for resource in subject.resources:
        if scorm_type(resource) == "sco" and not resource.get("href"):
            yield flaw(messages.SCO_WITHOUT_HREF, resource, name=name_of(resource))


# What packages were before SCORM 1.2 and IMS Content Packaging 1.1.2, by the namespace of their manifest.
_OLD = {
    "": "a draft of IMS Content Packaging, before it had a namespace",
    "http://www.imsproject.org/content": "a draft of IMS Content Packaging",
    "http://www.imsproject.org/xsd/ims_cp_rootv1p1": "IMS Content Packaging 1.1.1",
    "http://www.imsproject.org/xsd/imscp_rootv1p1": "IMS Content Packaging 1.1.1",
    "http://www.imsglobal.org/xsd/imscp_v1p1.2": "no version of IMS Content Packaging",
}


@rule("P266", family=(Family.SCORM11, Family.CONTENT, Family.QTI))
def package_is_of_today(subject: Subject) -> Iterator[Flaw]:
    """A package is of a version that is still read."""
    if subject.found.kind.family is Family.SCORM11:
        yield flaw(messages.OUTDATED, what="SCORM 1.1", who="nothing", wanted="SCORM 1.2 or 2004")
    elif what := _OLD.get(etree.QName(subject.found.root).namespace or ""):
        about = {"what": what, "who": "hardly anything", "wanted": "SCORM 1.2 or IMS CP 1.1.4"}
        yield flaw(messages.OUTDATED, None, Severity.WARNING, **about)


@rule("P345 P346 P363", family=(Family.SCORM2004, Family.CARTRIDGE))
def kind_is_said_once(subject: Subject) -> Iterator[Flaw]:
    """A manifest says what it is, and nothing in it says otherwise."""
    kind = subject.found.kind
    if kind.unnamed:
        yield flaw(messages.SCHEMA_NOT_NAMED, version=kind.unnamed)
    if kind.misnamed:
        wanted = f"IMS {kind.misnamed.removeprefix('1EdTech ')}"
        yield flaw(messages.SCHEMA_MISNAMED, schema=kind.misnamed, wanted=wanted)
    if subject.mixes_editions:
        yield flaw(messages.EDITIONS_MIXED, subject.found.root, kind=kind.title, other="SCORM 1.2", version="1.2")
    if kind.schema.startswith("cc1") and (version := _other_version(subject)):
        about = {"kind": kind.title, "other": f"Common Cartridge {version.removesuffix('.0')}", "version": version}
        yield flaw(messages.EDITIONS_MIXED, subject.found.root, **about)


def _other_version(subject: Subject) -> str:
    """Return the version of cartridges whose namespace a manifest has, where that is another than it says, or ""."""
    found = _CARTRIDGE_NAMESPACE.fullmatch(etree.QName(subject.found.root).namespace or "")
    version = f"1.{found[1] or 0}.0" if found else ""
    stated = text_of(subject.found.root.find("{*}metadata/{*}schemaversion")).strip()
    return version if version != stated and stated in CARTRIDGES else ""


_NEWEST = "1.4.0"  # of cartridges, which most importers do not know yet


@rule("P319", family=(*SCORM, Family.CARTRIDGE))
def version_is_known(subject: Subject) -> Iterator[Flaw]:
    """The version that a manifest names is one of those that importers choose by, to the letter."""
    found, element = subject.found, subject.found.root.find("{*}metadata/{*}schemaversion")
    kind, known, weight = _versions(found)
    version = text_of(element).strip()
    is_none = not version and found.kind.family is Family.SCORM12  # which is the usual one
    if version not in known and not is_none and not found.kind.unnamed:
        names = ", ".join(f"'{name}'" for name in known if name != _NEWEST)
        named = f"the version '{version}'" if element is not None else "no version"
        about = {"version": version, "named": named, "kind": kind, "known": names}
        yield flaw(messages.VERSION_UNKNOWN, element, weight, **about)


def _versions(found: Recognised) -> tuple[str, Collection[str], Severity | None]:
    """Return what a package is, the versions that there are of it, and how much another weighs."""
    if found.kind.family is Family.CARTRIDGE:
        known = ("thin cartridges", THIN_CARTRIDGES) if found.is_thin else ("cartridges", CARTRIDGES)
        return *known, Severity.ERROR
    return ("SCORM 2004", EDITIONS, None) if found.kind.family is Family.SCORM2004 else ("SCORM 1.2", ("1.2",), None)
