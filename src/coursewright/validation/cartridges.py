"""Rules over Common Cartridges: the types of resources, their files, and the small documents they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from coursewright import messages
from coursewright.diagnostics import Finding, Severity
from coursewright.validation.container import Container
from coursewright.validation.subject import (
    Rule,
    Subject,
    address_in_package,
    found_as,
    parsed_apart,
    schema_findings,
    shown_name,
)

# What a cartridge's resources are, by the beginning of their types: the files are their content, not what is launched.
_FILES_ONLY = ("imsdt_", "imswl_", "imsqti_", "imsbasiclti_", "assignment_")
# On what no resource may depend.
_NO_DEPENDENCY = ("imsdt_", "imswl_", "imsqti_", "imsbasiclti_")
_BANK = "question-bank"
# What LMSs forgive small files.
_FORGIVEN = {found.code for found in (messages.SCHEMA_VIOLATED, messages.NOT_WELL_FORMED, messages.PREFIX_UNDECLARED)}
_MOST_SMALL_FILES = 2_000
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
            inline = subject.found.is_thin and not files
            if len(files) != 1 and not inline and _BANK not in resource.get("type", ""):
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
    document, found = parsed_apart(container, name)
    if document:
        found += schema_findings(document[0], schema, container.path_of(name))
    for finding in found:
        eased = finding.code in _FORGIVEN and finding.severity is Severity.ERROR
        yield replace(finding, severity=Severity.WARNING) if eased else finding


def banks_are_not_in_the_menu(subject: Subject) -> Iterator[Finding]:
    """No item shows a question bank."""
    banks = {resource.get("identifier") for resource in subject.resources if _BANK in resource.get("type", "")}
    for item in subject.items:
        if item.get("identifierref") in banks:
            yield messages.BANK_IN_MENU.at(subject.place(item), item=shown_name(item))


RULES: tuple[Rule, ...] = (
    resources_are_of_known_types,
    resources_have_their_files,
    dependencies_are_on_content,
    banks_are_not_in_the_menu,
    small_files_are_valid,
)
