"""Rules over Common Cartridges: the types of resources, their files, and the small documents they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import opened_documents, rule
from coursewright.audit.rules.names import shared_names
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.addresses import local_name, name_of
from coursewright.packages.documents.canvas.names import TOOL_TYPE, TOPIC_TYPE
from coursewright.packages.documents.reading import child_text
from coursewright.packages.files.container import Container
from coursewright.packages.kinds import Family, has_inline
from coursewright.packages.schema import validate
from coursewright.packages.subject import Subject, parsed_apart, shown_name, within_bounds
from coursewright.text.addresses import has_scheme

WEB_LINK, TOOL_LINK = "webLink", "cartridge_basiclti_link"
"""The elements that are links."""
ADDRESSES = ("launch_url", "secure_launch_url")
"""Those that have the address of a tool."""
_LINK = "imswl_"
_LINKS = (_LINK, "imsbasiclti_")
# What no resource may depend on, by the beginning of its type; and of what the files are content, and not launched.
_NO_DEPENDENCY = ("imsdt_", "imsqti_", *_LINKS)
_FILES_ONLY = (*_NO_DEPENDENCY, "assignment_")
_BANK = "question-bank"
_NO_PAGES = ("javascript:", "vbscript:", "data:", "file:", "about:")
# What LMSs forgive small files; one that breaks off is lost.
_FORGIVEN = {found.code for found in (messages.SCHEMA_VIOLATED, messages.PREFIX_UNDECLARED)}
# What documents of a cartridge are, by the beginnings of their namespaces' last parts, and the types for them.
_DOCUMENTS = {
    "imsdt_": ("discussion", f"{TOPIC_TYPE}, or that of the manifest's version"),
    "imswl_": ("web link", "imswl_xmlv1p1, or that of the manifest's version"),
    "imslticc_": ("link to a tool", f"{TOOL_TYPE}, or that of the manifest's version"),
    "assignment": ("assignment", "assignment_xmlv1p0"),
    "ims_qtiasi": ("quiz", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment, or that of the manifest's version"),
}
# The schemas of a cartridge's small files, by the beginnings of their resources' types.
_SMALL: Mapping[str, Mapping[str, str]] = {
    f"cc1{n}": {
        "imswl_": f"cc1{n}/imswl_v1p{n}.xsd",
        "imsdt_": f"cc1{n}/imsdt_v1p{n}.xsd",
        "imsqti_": "cc/ims_qtiasiv1p2.xsd",
        "assignment_": "cc/assignment.xsd",
        **({"imsbasiclti_": f"cc1{n}/imslticc_v1p{3 if n == 3 else 0}.xsd"} if n else {}),  # 1.0 knows no tools
    }
    for n in range(4)
}


@rule("P238", family=Family.CARTRIDGE)
def resources_are_of_known_types(subject: Subject) -> Iterator[Flaw]:
    """Every resource is of a type that importers of this version know."""
    for resource in subject.resources:
        kind = resource.get("type", "")
        if not kind.startswith(("webcontent", "associatedcontent/", "idpfepub", "imsapip", "imsiwb", *_FILES_ONLY)):
            yield flaw(messages.TYPE_UNKNOWN, resource, type=kind or "none")


@rule("P239 P240 P241", family=Family.CARTRIDGE)
def resources_have_their_files(subject: Subject) -> Iterator[Flaw]:
    """What is no web content has exactly one file and no href; an href is among the files."""
    for resource in subject.resources:
        files = [file.get("href") for file in resource.iterchildren("{*}file")]
        name = name_of(resource)
        if resource.get("type", "").startswith(_FILES_ONLY):
            inline = not files and (subject.found.is_thin or has_inline(resource))
            if len(files) != 1 and not inline and _BANK not in resource.get("type", ""):
                yield flaw(messages.RESOURCE_FILES, resource, name=name, count=len(files))
            if resource.get("href"):
                yield flaw(messages.RESOURCE_HREF, resource, name=name)
        elif resource.get("href") and resource.get("href") not in files:
            yield flaw(messages.HREF_NOT_AMONG_FILES, resource, name=name, href=resource.get("href"))


@rule("P242 P364", family=Family.CARTRIDGE)
def dependencies_are_on_content(subject: Subject) -> Iterator[Flaw]:
    """Nothing depends on a topic, link, quiz or tool, nor on itself."""
    types = {name: resource.get("type", "") for name, resource in subject.by_identifier.items()}
    for resource in subject.resources:
        is_link = resource.get("type", "").startswith(_LINK)
        for dependency in resource.iterchildren("{*}dependency"):
            target = dependency.get("identifierref", "")
            if is_link and not subject.found.is_canvas:
                yield flaw(messages.LINK_DEPENDS, dependency, name=name_of(resource), target=target)
            elif target == resource.get("identifier") or types.get(target, "").startswith(_NO_DEPENDENCY):
                yield flaw(messages.DEPENDENCY_WRONG, dependency, target=target)


@rule("P365", family=Family.CARTRIDGE)
def resources_name_things_once(subject: Subject) -> Iterator[Flaw]:
    """No resource has a file, or a dependency, twice."""
    for resource in subject.resources:
        for what, key in (("file", "href"), ("dependency", "identifierref")):
            for target, _ in shared_names((one.get(key) or None, one) for one in resource.iterchildren(f"{{*}}{what}")):
                about = {"name": name_of(resource), "what": what, "target": target}
                yield flaw(messages.NAMED_TWICE, resource, **about)


@rule("P353 P366 P367 X302", family=Family.CARTRIDGE)
def small_files_are_valid(subject: Subject) -> Iterator[Finding | Flaw]:
    """Links, topics, quizzes, tools and assignments are as their schemas say; LMSs forgive some of what is not."""
    version = subject.found.kind.schema.partition("/")[0]
    if not version or subject.container.alone or subject.found.is_canvas:
        return
    schemas: dict[str, str] = {}
    for resource in subject.resources:
        schema = next((name for kind, name in _SMALL[version].items() if resource.get("type", "").startswith(kind)), "")
        if schema and (file := _only_file(resource, subject)):
            schemas.setdefault(file, schema)
    for name in within_bounds(schemas, subject.container, "links, topics, quizzes, tools and assignments"):
        yield from _small_file(name, schemas[name], subject.container)


def _small_file(name: str, schema: str, container: Container) -> Iterator[Finding | Flaw]:
    document, found = parsed_apart(container, name)
    if document:
        found += validate(document[0], schema, container.path_of(name), None if found else document[1])
        yield from (one.within(name) for one in _link(document[1]))
    for finding in found:
        eased = finding.code in _FORGIVEN and finding.severity is Severity.ERROR
        yield finding.weighing(Severity.WARNING if eased else None)


def _link(root: etree._Element) -> Iterator[Flaw]:
    """Yield that a link leads nowhere: one to a tool has no address, one to the web no scheme, or one of no page."""
    address, url = address_of(root), root.find("{*}url") if local_name(root) == WEB_LINK else None
    if local_name(root) == TOOL_LINK and not address:
        yield flaw(messages.TOOL_WITHOUT_ADDRESS, root)
    elif url is not None and not has_scheme(address):
        yield flaw(messages.LINK_WITHOUT_SCHEME, url, url=address)
    elif url is not None and address.lower().startswith(_NO_PAGES):
        yield flaw(messages.LINK_RUNS, url, url=address)


@rule("P354", family=Family.CARTRIDGE)
def documents_are_of_their_types(subject: Subject) -> Iterator[Flaw]:
    """What the menu shows as a page is none of the documents that importers make something else of."""
    pages = {name: one for name, one in subject.by_identifier.items() if one.get("type") == "webcontent"}
    shown = {item.get("identifierref"): item for item in reversed(subject.items)}
    files = {_only_file(page, subject): reference for reference, page in pages.items() if reference in shown}
    names = (name for name in files if name.endswith(".xml"))
    for document in opened_documents(names, subject, "documents in the menu"):
        reference, space = files[document.name], (etree.QName(document.root).namespace or "").rpartition("/")[2]
        what, wanted = next((told for begin, told in _DOCUMENTS.items() if space.startswith(begin)), ("", ""))
        if what:
            about = {"item": shown_name(shown[reference]), "file": document.name, "what": what, "wanted": wanted}
            yield flaw(messages.DOCUMENT_AS_FILE, pages[reference], **about)


def _only_file(resource: etree._Element, subject: Subject) -> str:
    is_only = sum(1 for _ in resource.iterchildren("{*}file")) == 1
    return next(subject.files_of(resource), "") if is_only else ""


@rule("P232", family=Family.CARTRIDGE)
def menu_shows_something(subject: Subject) -> Iterator[Flaw]:
    """A menu with folders in it shows something; one that is empty is that of a cartridge of resources alone."""
    shows = any(item.get("identifierref") for item in subject.items)
    if not shows and not subject.found.is_canvas and any(item.find("{*}item") is not None for item in subject.items):
        # Topics, quizzes and tools arrive where an LMS has a place for them, whatever the menu shows.
        yield flaw(messages.NOTHING_TO_LAUNCH, None, Severity.WARNING)


@rule("P243", family=Family.CARTRIDGE)
def banks_are_not_in_the_menu(subject: Subject) -> Iterator[Flaw]:
    """No item shows a question bank."""
    banks = {name for name, one in subject.by_identifier.items() if _BANK in one.get("type", "")}
    for item in subject.items:
        if item.get("identifierref") in banks:
            yield flaw(messages.BANK_IN_MENU, item, item=shown_name(item))


# --- thin cartridges, which hold links alone, each in its resource and not in a file ---


@rule("P264", family=Family.CARTRIDGE)
def resources_are_links(subject: Subject) -> Iterator[Flaw]:
    """Every resource of a thin cartridge is a web link or one to a tool."""
    for resource in subject.resources if subject.found.is_thin else ():
        kind = resource.get("type", "")
        if not kind.startswith(_LINKS):
            yield flaw(messages.THIN_HOLDS_MORE, resource, name=name_of(resource), type=kind)


@rule("P265 P353", family=Family.CARTRIDGE)
def links_lead_somewhere(subject: Subject) -> Iterator[Flaw]:
    """Every link of a thin cartridge stands in its resource, or in its file, and has an address."""
    for resource in subject.resources if subject.found.is_thin else ():
        kind = resource.get("type", "")
        in_file = resource.find("{*}file") is not None
        if not kind.startswith(_LINKS) or in_file:
            continue
        link = resource.find(f"{{*}}{WEB_LINK if kind.startswith(_LINK) else TOOL_LINK}")
        address = address_of(link) if link is not None else ""
        if not address:
            yield flaw(messages.LINK_MISSING, resource, name=name_of(resource))
        elif kind.startswith(_LINK) and not has_scheme(address):
            yield flaw(messages.LINK_WITHOUT_SCHEME, resource, url=address)


def address_of(link: etree._Element) -> str:
    """Return the address of a link to the web or to a tool, or ""."""
    if local_name(link) != TOOL_LINK:
        url = link.find("{*}url")
        return (url.get("href") or "").strip() if url is not None else ""
    return next(filter(None, (child_text(link, name) for name in ADDRESSES)), "")
