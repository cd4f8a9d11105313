"""Rules over the manifest of a package, by its family: what no schema says, and every importer wants."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from lxml import etree

from coursewright import messages
from coursewright.checks import check_references
from coursewright.diagnostics import Finding, Place, Severity
from coursewright.ims import XML
from coursewright.schema import validate
from coursewright.validation.container import Container
from coursewright.validation.kinds import Family, Recognised, parsed
from coursewright.validation.moodle import judge_backup
from coursewright.validation.scorm import judge_prerequisites, judge_sequencing

# What a cartridge's resources are, by the beginning of their types: the files are their content, not what is launched.
_FILES_ONLY = ("imsdt_", "imswl_", "imsqti_", "imsbasiclti_", "assignment_")
# On what no resource may depend.
_NO_DEPENDENCY = ("imsdt_", "imswl_", "imsqti_", "imsbasiclti_")
_BANK = "question-bank"
_MOST_SMALL_FILES = 2_000
# The schemas of a cartridge's small files, by the beginnings of their resources' types.
_SMALL: Mapping[str, Mapping[str, str]] = {
    f"cc1{n}": {
        "imswl_": f"cc1{n}/imswl_v1p{n}.xsd",
        "imsdt_": f"cc1{n}/imsdt_v1p{n}.xsd",
        "imsbasiclti_": f"cc1{n}/imslticc_v1p{3 if n == 3 else 0}.xsd",
        "imsqti_": "cc/ims_qtiasiv1p2.xsd",
        "assignment_": "cc/assignment.xsd",
    }
    for n in (1, 2, 3)
}
_BASE = f"{{{XML}}}base"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")

# What Canvas itself writes against the standard, and reads without harm: it looks neither at menus nor at schemas.
_CANVAS_WRITES: Mapping[str, Severity] = {
    messages.SCHEMA_VIOLATED.code: Severity.WARNING,
    messages.REFERENCE_DANGLES.code: Severity.WARNING,
    messages.RESOURCE_HREF.code: Severity.INFO,
    messages.FILE_UNDECLARED.code: Severity.INFO,
}

Rule = Callable[["Subject"], Iterator[Finding]]


class Subject:
    """A package under judgement: what it is, its files, and the elements that rules ask for most."""

    def __init__(self, found: Recognised, container: Container) -> None:
        self.found, self.container = found, container
        self.shown = container.path_of(found.file)
        self.resources = list(found.root.iter("{*}resource"))
        namespace = etree.QName(found.root).namespace or ""
        self.items = list(found.root.iter(f"{{{namespace}}}item"))  # questions have items, too

    def place(self, element: etree._Element) -> Place:
        """Return where an element stands."""
        line = element.sourceline
        return Place(self.shown, line if isinstance(line, int) else 0)


def judge(found: Recognised, container: Container) -> Iterator[Finding]:
    """Yield what is wrong with a package's manifest: by its schema first, then by the rules of its family."""
    subject = Subject(found, container)
    yield from _weighed(schema_findings(found.document, found.kind.schema, subject.shown), found)
    for rule in _RULES.get(found.kind.family, ()):
        yield from _weighed(rule(subject), found)


def _weighed(findings: Iterable[Finding], found: Recognised) -> Iterator[Finding]:
    for finding in findings:
        weight = _CANVAS_WRITES.get(finding.code) if found.is_canvas else None
        yield replace(finding, severity=weight) if weight else finding


def schema_findings(document: bytes, schema: str, shown: str) -> list[Finding]:
    """Return what a schema, if there is one, has against a document."""
    try:
        return validate(document, schema, shown) if schema else []
    except etree.XMLSchemaValidateError:  # an entity stands where libxml2 wants an element; that is said already
        return []


# --- content packages of all kinds ---


def references_resolve(subject: Subject) -> Iterator[Finding]:
    """Every reference names a resource of the manifest."""
    yield from check_references(subject.found.root, subject.shown)


def files_are_there(subject: Subject) -> Iterator[Finding]:
    """Every file that the manifest names is in the package, by the same name."""
    if subject.container.alone:
        return
    alike = {_folded(name): name for name in subject.container.sizes}
    seen: set[str] = set()
    for resource in subject.resources:
        for element in (resource, *resource.iterfind("{*}file")):
            name = address_in_package(element)
            if not name or name in seen or found_as(name, subject.container) is not None:
                continue
            seen.add(name)
            if other := alike.get(_folded(name)) or alike.get(_folded(unquote(name))):
                yield messages.NAME_DIFFERS.at(subject.place(element), name=name, other=other)
            else:
                yield messages.FILE_MISSING.at(subject.place(element), name=name)


def files_are_declared(subject: Subject) -> Iterator[Finding]:
    """Every file of the package is one of a resource: importers of cartridges copy no other."""
    if subject.container.alone:
        return
    declared = {found_as(address_in_package(element), subject.container) for element in _declaring(subject)}
    severity = Severity.WARNING if subject.found.kind.family is Family.CARTRIDGE else Severity.INFO
    for name in sorted(set(subject.container.sizes) - declared - {subject.found.file}):
        if not _is_control_document(name):
            yield replace(messages.FILE_UNDECLARED.at(Place(subject.shown), name=name), severity=severity)


def _declaring(subject: Subject) -> Iterator[etree._Element]:
    for resource in subject.resources:
        yield resource
        yield from resource.iterfind("{*}file")
    yield from subject.found.root.iter("{*}location", "{*}variant")


def address_in_package(element: etree._Element) -> str:
    """Return the path in the package that an element names, from the bases it stands under; "" for what is outside."""
    href = (element.get("href") or "").strip()
    if etree.QName(element).localname == "location":
        href = (element.text or "").strip()
    if not href or _SCHEME.match(href):
        return ""
    bases = [above.get(_BASE, "") for above in (*reversed(list(element.iterancestors())), element)]
    path = "".join(base for base in bases if not _SCHEME.match(base)) + href.split("?")[0].split("#")[0]
    return posixpath.normpath(path) if path else ""


def found_as(name: str, container: Container) -> str | None:
    """Return the file of a package that a name in a manifest stands for: as it is written, or as an address."""
    return next((one for one in (name, unquote(name)) if one in container.sizes), None)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()


def _is_control_document(name: str) -> bool:
    """Say whether a file need not be declared: a schema, or what an operating system left."""
    return name.endswith((".xsd", ".dtd", ".DS_Store", "Thumbs.db")) or name.startswith("__MACOSX/")


def there_is_something_to_launch(subject: Subject) -> Iterator[Finding]:
    """Some item of the menu shows a resource."""
    if not any(item.get("identifierref") for item in subject.items):
        yield messages.NOTHING_TO_LAUNCH.at(Place(subject.shown))


def items_lead_somewhere(subject: Subject) -> Iterator[Finding]:
    """Every item at the end of a branch shows a resource."""
    for item in subject.items:
        if not item.get("identifierref") and item.find("{*}item") is None:
            yield messages.ITEM_LEADS_NOWHERE.at(subject.place(item), item=_named(item))


def items_have_titles(subject: Subject) -> Iterator[Finding]:
    """Every item but the root of a cartridge has a title, for it is what learners choose by."""
    for item in subject.items:
        parent = item.getparent()
        rooted = subject.found.kind.family is Family.CARTRIDGE
        is_root = rooted and parent is not None and etree.QName(parent).localname == "organization"
        title = item.find("{*}title")
        if not is_root and (title is None or not (title.text or "").strip()):
            yield messages.ITEM_WITHOUT_TITLE.at(subject.place(item), item=_named(item))


def identifiers_are_unique(subject: Subject) -> Iterator[Finding]:
    """No two items, and no two resources, have one identifier."""
    for elements in (subject.items, subject.resources):
        names = Counter(element.get("identifier") for element in elements)
        for element in elements:
            name = element.get("identifier")
            if name is not None and names[name] > 1:
                names[name] = 0  # it is said once
                yield messages.IDENTIFIER_TWICE.at(subject.place(element), name=name)


def there_is_one_organization(subject: Subject) -> Iterator[Finding]:
    """A package has one menu."""
    found = list(subject.found.root.iterfind("{*}organizations/{*}organization"))
    if len(found) > 1:
        yield messages.SEVERAL_ORGANIZATIONS.at(subject.place(found[1]), count=len(found))


def scos_can_be_launched(subject: Subject) -> Iterator[Finding]:
    """Every resource that is a SCO says which file launches it."""
    for resource in subject.resources:
        if scorm_type(resource) == "sco" and not resource.get("href"):
            yield messages.SCO_WITHOUT_HREF.at(subject.place(resource), name=resource.get("identifier", ""))


def scorm_type(resource: etree._Element) -> str:
    """Return whether a resource is a `sco` or an `asset`, in whatever spelling and namespace its edition has it."""
    values = {etree.QName(str(name)).localname.lower(): value for name, value in resource.attrib.items()}
    return str(values.get("scormtype", "")).lower()


def _named(item: etree._Element) -> str:
    title = item.find("{*}title")
    return ((title.text or "").strip() if title is not None else "") or item.get("identifier", "?")


def prerequisites_can_be_met(subject: Subject) -> Iterator[Finding]:
    """Prerequisites can be read and met."""
    yield from judge_prerequisites(subject.found.root, subject.shown)


def sequencing_works(subject: Subject) -> Iterator[Finding]:
    """Sequencing lets learners reach everything, and locks what it means to lock."""
    yield from judge_sequencing(subject.found.root, subject.shown)


# --- cartridges ---


def resources_are_of_known_types(subject: Subject) -> Iterator[Finding]:
    """Every resource is of a type that importers of this version know."""
    for resource in subject.resources:
        kind = resource.get("type", "")
        if not kind.startswith(("webcontent", "associatedcontent/", "idpfepub", "imsapip", "imsiwb", *_FILES_ONLY)):
            yield messages.TYPE_UNKNOWN.at(subject.place(resource), type=kind or "none")


def resources_have_their_files(subject: Subject) -> Iterator[Finding]:
    """What is no web content has exactly one file and no href; an href is among the files."""
    for resource in subject.resources:
        files = [file.get("href") for file in resource.iterfind("{*}file")]
        place, name = subject.place(resource), resource.get("identifier", "")
        if resource.get("type", "").startswith(_FILES_ONLY):
            if len(files) != 1 and _BANK not in resource.get("type", ""):
                yield messages.RESOURCE_FILES.at(place, name=name, count=len(files))
            if resource.get("href"):
                yield messages.RESOURCE_HREF.at(place, name=name)
        elif resource.get("href") and resource.get("href") not in files:
            yield messages.HREF_NOT_AMONG_FILES.at(place, name=name, href=resource.get("href"))


def dependencies_are_on_content(subject: Subject) -> Iterator[Finding]:
    """Nothing depends on a topic, link, quiz or tool, nor on itself."""
    types = {resource.get("identifier"): resource.get("type", "") for resource in subject.resources}
    for resource in subject.resources:
        for dependency in resource.iterfind("{*}dependency"):
            target = dependency.get("identifierref")
            if target == resource.get("identifier") or types.get(target, "").startswith(_NO_DEPENDENCY):
                yield messages.DEPENDENCY_WRONG.at(subject.place(dependency), target=target)


def small_files_are_valid(subject: Subject) -> Iterator[Finding]:
    """Links, topics, quizzes, tools and assignments are as their schemas say; LMSs forgive some of what is not."""
    version = subject.found.kind.schema.partition("/")[0]
    if not version or subject.container.alone or subject.found.is_canvas:
        return
    for resource in subject.resources[:_MOST_SMALL_FILES]:
        schema = next((name for kind, name in _SMALL[version].items() if resource.get("type", "").startswith(kind)), "")
        files = [found_as(address_in_package(file), subject.container) for file in resource.iterfind("{*}file")]
        if schema and len(files) == 1 and files[0]:
            yield from _small_file(files[0], schema, subject.container)


def _small_file(name: str, schema: str, container: Container) -> Iterator[Finding]:
    before = len(container.findings)
    document = parsed(container, name)
    found, container.findings = container.findings[before:], container.findings[:before]
    if document:
        found += schema_findings(document[0], schema, container.path_of(name))
    for finding in found:
        eased = finding.code in (messages.SCHEMA_VIOLATED.code, messages.NOT_WELL_FORMED.code)
        yield replace(finding, severity=Severity.WARNING) if eased else finding


def banks_are_not_in_the_menu(subject: Subject) -> Iterator[Finding]:
    """No item shows a question bank."""
    banks = {resource.get("identifier") for resource in subject.resources if _BANK in resource.get("type", "")}
    for item in subject.items:
        if item.get("identifierref") in banks:
            yield messages.BANK_IN_MENU.at(subject.place(item), item=_named(item))


# --- cmi5 ---


def cmi5_names_are_unique_iris(subject: Subject) -> Iterator[Finding]:
    """Every id of a course, block, unit or objective is an absolute IRI, and names one thing."""
    seen: set[str] = set()
    for element in subject.found.root.iter("{*}course", "{*}block", "{*}au", "{*}objective"):
        name = element.get("id")
        if name is None:
            continue
        if not urlsplit(name).scheme or " " in name:
            yield messages.ID_NO_IRI.at(subject.place(element), name=name)
        if name in seen:
            yield messages.IDENTIFIER_TWICE.at(subject.place(element), name=name)
        seen.add(name)


_LAUNCH_NAMES = ("endpoint", "fetch", "actor", "registration", "activityId")


def cmi5_units_can_be_launched(subject: Subject) -> Iterator[Finding]:
    """Every unit's address is one, leads to a file of the package if relative, and leaves the launch its names."""
    for url in subject.found.root.iter("{*}url"):
        address = (url.text or "").strip()
        place = subject.place(url)
        if problem := _address_problem(address):
            yield messages.URL_INVALID.at(place, url=address, reason=problem)
            continue
        parts = urlsplit(address)
        if not parts.scheme and subject.container.alone:
            reason = "it leads to a file, and there is no package around this document"
            yield messages.URL_INVALID.at(place, url=address, reason=reason)
        elif not parts.scheme and unquote(parts.path) not in subject.container.sizes:
            yield messages.FILE_MISSING.at(place, name=parts.path)
        if taken := [name for name in _LAUNCH_NAMES if f"&{name}=" in f"&{parts.query}"]:
            yield messages.URL_INVALID.at(place, url=address, reason=f"its query holds '{taken[0]}', which launch adds")


def _address_problem(address: str) -> str:
    if not address:
        return "it is empty"
    if any(character.isspace() for character in address):
        return "it has a blank in it"
    try:
        parts = urlsplit(address)
    except ValueError as error:
        return str(error)
    return "it has no host" if parts.scheme in ("http", "https") and not parts.hostname else ""


def cmi5_objectives_are_declared(subject: Subject) -> Iterator[Finding]:
    """Every objective that a unit refers to is one of the course."""
    declared = {found.get("id") for found in subject.found.root.iterfind("{*}objectives/{*}objective")}
    for reference in subject.found.root.iter("{*}objective"):
        name = reference.get("idref")
        if name is not None and name not in declared:
            yield messages.REFERENCE_DANGLES.at(subject.place(reference), element="<objective>", reference=name)


def backups_are_whole(subject: Subject) -> Iterator[Finding]:
    """A backup has all that its contents and its list of files name."""
    if not subject.container.alone:
        yield from judge_backup(subject.found, subject.container)


_FILES: tuple[Rule, ...] = (references_resolve, files_are_there, files_are_declared, identifiers_are_unique)
_SCORM: tuple[Rule, ...] = (
    *_FILES,
    there_is_something_to_launch,
    items_have_titles,
    items_lead_somewhere,
    there_is_one_organization,
    scos_can_be_launched,
)
_RULES: Mapping[Family, tuple[Rule, ...]] = {
    Family.SCORM12: (*_SCORM, prerequisites_can_be_met),
    Family.SCORM2004: (*_SCORM, sequencing_works),
    Family.CONTENT: (*_FILES, items_have_titles),
    Family.QTI: _FILES,
    Family.VENDOR: (references_resolve,),
    Family.CARTRIDGE: (
        *_FILES,
        items_have_titles,
        resources_are_of_known_types,
        resources_have_their_files,
        dependencies_are_on_content,
        banks_are_not_in_the_menu,
        small_files_are_valid,
    ),
    Family.MOODLE: (backups_are_whole,),
    Family.CMI5: (cmi5_names_are_unique_iris, cmi5_units_can_be_launched, cmi5_objectives_are_declared),
}
