"""Rules over packages of QTI 2 and 3: their documents are what the manifest says, and lead to files that are there."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import ask_of, rule
from coursewright.audit.rules.names import file_flaws
from coursewright.audit.rules.questions import items
from coursewright.audit.rules.questions.assessments import Assessment, assessments, attribute, plain
from coursewright.audit.rules.questions.quizzes import quiz_document
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import followed, found_as, local_name
from coursewright.packages.files.names import printable
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, parsed_apart, within_bounds
from coursewright.text.addresses import pieces_of

# What shows a file of the package, and by which attribute.
_SHOWING = {
    **dict.fromkeys(("img", "audio", "video", "source", "track"), "src"),
    "object": "data",
    "stylesheet": "href",
    "assessmentStimulusRef": "href",
    "responseProcessing": "templateLocation",
}
_XINCLUDE = "{http://www.w3.org/2001/XInclude}include"
_PARTS = ("testPart", "assessmentSection", "assessmentSectionRef", "assessmentItemRef")


@rule("P204 P235 P248 P253 P255 P270 P282 P286 P340", family=Family.QTI, serves="P248", through=(Assessment,))
def documents_are_sound(subject: Subject) -> Iterator[Flaw]:
    """Every item and test is one, fits together, and has the files that it shows."""
    for resource, wanted, document in assessments(subject):
        if plain(document.root) == wanted:
            flaws = _judged(document, wanted, subject)
        else:
            flaws = iter([_mistaken(document.root, plain(document.root), wanted, resource)])
        yield from (one.within(document.name) for one in flaws)


def _judged(document: Assessment, kind: str, subject: Subject) -> Iterator[Flaw]:
    if kind == "assessmentItem":
        yield from ask_of(document, subject)
    yield from _links(document, subject)
    yield from _taken_in(document, subject)
    if kind in ("assessmentTest", "assessmentSection"):
        yield from _parts(document, subject)


def _mistaken(where: etree._Element, found: str, wanted: str, resource: etree._Element) -> Flaw:
    """Return that a document is something else than the manifest says."""
    kind = f"<{wanted}>, for the manifest says {resource.get('type', '')}"
    return flaw(messages.ROOT_WRONG, where, found=f"<{found}>", wanted=kind)


def _parts(test: Assessment, subject: Subject) -> Iterator[Flaw]:
    """Yield what is wrong with the parts of a test: there are none, two have one name, or one leads nowhere."""
    yield from items.twice(test.all(*_PARTS))
    references = list(test.all("assessmentItemRef", "assessmentSectionRef"))
    if not references and not test.elements.get("assessmentItem"):
        yield flaw(messages.QUIZ_EMPTY, test.root, Severity.WARNING, quiz=test.title)
    for reference in references:
        name = _file(attribute(reference, "href"), test)
        found = found_as(name, subject.container)
        if name and found is None:
            yield from file_flaws(name, reference, subject)
        elif name and found not in subject.declared:
            yield flaw(messages.ITEM_UNDECLARED, reference, name=name)


def _links(document: Assessment, subject: Subject) -> Iterator[Flaw]:
    """Yield a flaw for each picture, style sheet or other file that a document shows and the package lacks."""
    seen: set[str] = set()
    for element_name, attribute_name in _SHOWING.items():
        for element in document.all(element_name):
            link = attribute(element, attribute_name)
            name = _file(link, document)
            if name and name not in seen and found_as(name, subject.container) is None:
                seen.add(name)
                near = subject.near(link, document.name)
                yield flaw(messages.LINK_BROKEN, element, link=link, near=near)


def _taken_in(document: Assessment, subject: Subject) -> Iterator[Flaw]:
    """Yield a flaw for what a document takes in from outside the package; a part of the package may be shared."""
    for element in document.root.iter(_XINCLUDE):
        address = attribute(element, "href")
        if found_as(_file(address, document), subject.container) is None:
            yield flaw(messages.TAKES_IN, element, what=printable(address or "by XInclude"))


def _file(link: str, document: Assessment) -> str:
    """Return the path in the package that a link leads to, from where its document is; "" for what is outside."""
    parts = pieces_of(link)
    return "" if parts.scheme or parts.netloc or not parts.path else followed(document.name, link)


@rule("P286", family=Family.QTI)
def old_documents_are_quizzes(subject: Subject) -> Iterator[Flaw]:
    """What the manifest calls QTI 1 is that."""
    container = subject.container
    old = subject.typed("imsqti_xmlv1p") if not container.alone else ()
    names = {quiz_document(resource, container): resource for resource in old}
    for name in within_bounds(filter(None, names), container, "quizzes"):
        document, _ = parsed_apart(container, name)
        if document and local_name(document[1]) != "questestinterop":
            yield _mistaken(names[name], local_name(document[1]), "questestinterop", names[name])
