"""Rules over packages of QTI 2 and 3: their documents are what the manifest says, and lead to files that are there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from coursewright.audit.rule import checks_over, rule
from coursewright.audit.rules.questions import items
from coursewright.audit.rules.questions.assessments import Assessment, assessments, attribute, plain
from coursewright.audit.rules.questions.quizzes import quiz_document
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.addresses import address_in_package, found_as, local_name
from coursewright.packages.files.names import printable
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, parsed_apart, within_bounds
from coursewright.text.addresses import pieces_of

# What shows a file of the package, and by which attribute.
_SHOWING = {
    "img": "src",
    "object": "data",
    "stylesheet": "href",
    "audio": "src",
    "video": "src",
    "source": "src",
    "track": "src",
    "assessmentStimulusRef": "href",
    "responseProcessing": "templateLocation",
}
_XINCLUDE = "{http://www.w3.org/2001/XInclude}include"
_PARTS = ("testPart", "assessmentSection", "assessmentSectionRef", "assessmentItemRef")


@rule("P204 P235 P248 P253 P255 P270 P282 P286 P340", family=Family.QTI, serves="P248", through=(Assessment,))
def documents_are_sound(subject: Subject) -> Iterator[Finding]:
    """Every item and test is one, fits together, and has the files that it shows."""
    declared = _declared(subject)
    for resource, wanted, document in assessments(subject):
        if plain(document.root) != wanted:
            kind = f"<{wanted}>, for the manifest says {resource.get('type', '')}"
            found = f"<{plain(document.root)}>"
            yield messages.ROOT_WRONG.at(document.place(document.root), found=found, wanted=kind)
            continue
        for check in checks_over(Assessment, subject) if wanted == "assessmentItem" else ():
            yield from check(document)
        yield from _links(document, subject)
        yield from _taken_in(document, subject)
        if wanted in ("assessmentTest", "assessmentSection"):
            yield from _parts(document, declared, subject)


def _declared(subject: Subject) -> set[str | None]:
    """Return the files that the manifest declares."""
    elements = [part for resource in subject.resources for part in (resource, *resource.iterfind("{*}file"))]
    return {found_as(address_in_package(element), subject.container) for element in elements}


def _parts(test: Assessment, declared: set[str | None], subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with the parts of a test: there are none, two have one name, or one leads nowhere."""
    yield from items.twice(test, list(test.all(*_PARTS)))
    references = list(test.all("assessmentItemRef", "assessmentSectionRef"))
    if not references and not test.elements.get("assessmentItem"):
        yield messages.QUIZ_EMPTY.at(test.place(test.root), quiz=test.title).weighing(Severity.WARNING)
    for reference in references:
        name = _file(attribute(reference, "href"), test)
        found = found_as(name, subject.container)
        if name and found is None:
            yield from subject.file_findings(name, test.place(reference))
        elif name and found not in declared:
            yield messages.ITEM_UNDECLARED.at(test.place(reference), name=name)


def _links(document: Assessment, subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each picture, style sheet or other file that a document shows and the package lacks."""
    seen: set[str] = set()
    for element_name, attribute_name in _SHOWING.items():
        for element in document.all(element_name):
            link = attribute(element, attribute_name)
            name = _file(link, document)
            if name and name not in seen and found_as(name, subject.container) is None:
                seen.add(name)
                near = subject.near(link, document.name)
                yield messages.LINK_BROKEN.at(document.place(element), link=link, near=near)


def _taken_in(document: Assessment, subject: Subject) -> Iterator[Finding]:
    """Yield a finding for what a document takes in from outside the package; a part of the package may be shared."""
    for element in document.root.iter(_XINCLUDE):
        address = attribute(element, "href")
        if found_as(_file(address, document), subject.container) is None:
            yield messages.TAKES_IN.at(document.place(element), what=printable(address or "by XInclude"))


def _file(link: str, document: Assessment) -> str:
    """Return the path in the package that a link leads to, from where its document is; "" for what is outside."""
    parts = pieces_of(link)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    folder = posixpath.dirname(document.name)
    path = posixpath.normpath(posixpath.join(folder, parts.path))
    return path if "%" not in path else unquote(path)


@rule("P286", family=Family.QTI)
def old_documents_are_quizzes(subject: Subject) -> Iterator[Finding]:
    """What the manifest calls QTI 1 is that."""
    container = subject.container
    old = [found for found in subject.resources if found.get("type", "").startswith("imsqti_xmlv1p")]
    names = {quiz_document(resource, container): resource for resource in (() if container.alone else old)}
    for name in within_bounds(filter(None, names), container, "quizzes"):
        document, _ = parsed_apart(container, name)
        if document and local_name(document[1]) != "questestinterop":
            resource = names[name]
            kind = f"<questestinterop>, for the manifest says {resource.get('type', '')}"
            found = f"<{local_name(document[1])}>"
            yield messages.ROOT_WRONG.at(subject.place(resource), found=found, wanted=kind)
