"""Rules over Canvas's own files in a cartridge. Canvas looks at no schema, takes newer fields than any that was
published, and passes over what it does not know: against a schema they are remarks. What is no XML is a loss."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright.audit.rule import OpenedDocument, of_canvas, rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.canvas.mending import SCHEMA, mending
from coursewright.packages.documents.canvas.modules import REQUIREMENTS
from coursewright.packages.documents.canvas.names import NAMESPACE, QUESTIONS, QUIZ, SETTINGS
from coursewright.packages.documents.reading import read_document
from coursewright.packages.kinds import Family
from coursewright.packages.schema import validate
from coursewright.packages.subject import Subject, parsed_apart, within_bounds

_FOLDERS = (SETTINGS, QUESTIONS)
_READ, _FOR_OTHERS = ("associatedcontent/", "assignment_", "imsdt_", "imsbasiclti_"), ("imswl_", "imsqti_")
_ENDINGS = (".xml", ".xml.qti")


def canvas_documents(subject: Subject) -> Iterator[OpenedDocument]:
    """Yield the documents that Canvas reads, as far as they can be read, for what compares one with others."""
    for name in _names(subject):
        if (root := read_document(name, subject.container)) is not None:
            yield OpenedDocument(name, root, subject)


def _names(subject: Subject) -> Iterator[str]:
    return within_bounds(sorted(documents_of_canvas(subject)), subject.container, "documents of Canvas")


@rule("P267 X302", family=Family.CARTRIDGE, when=of_canvas)
def settings_can_be_read(subject: Subject) -> Iterator[Finding]:
    """Canvas's own files are XML to their ends, and hold what its schema knows."""
    for name in _names(subject):
        document, found = parsed_apart(subject.container, name)
        yield from (_as_canvas_reads(finding, name, subject) for finding in found)
        if document and etree.QName(document[1]).namespace == NAMESPACE:
            said, root = _lines_of_unknown_requirements(document[1]), None if found else document[1]
            for finding in validate(document[0], SCHEMA, subject.container.path_of(name), root):
                if finding.place.line not in said:
                    yield finding.weighing(Severity.INFO)


def _lines_of_unknown_requirements(root: etree._Element) -> set[object]:
    """Return the lines of requirements that Canvas has no name for, which a rule over modules says in plainer words."""
    unknown = (one for one in root.iter("{*}completionRequirement") if one.get("type") not in REQUIREMENTS)
    return {part.sourceline for one in unknown for part in one.iter(etree.Element)}


@rule(family=Family.CARTRIDGE, when=of_canvas)
def what_others_read_is_whole(subject: Subject) -> Iterator[Finding]:
    """Web links and quizzes of the standard, which Canvas has elsewhere, are XML to their ends for other LMSs' sake."""
    names = sorted(_documents(subject, _FOR_OTHERS) - documents_of_canvas(subject))
    for name in within_bounds(names, subject.container, "documents that Canvas writes for others"):
        for finding in parsed_apart(subject.container, name)[1]:
            if finding.code == messages.NOT_WELL_FORMED.code:
                yield finding.weighing(Severity.WARNING)


def documents_of_canvas(subject: Subject) -> frozenset[str]:
    """Return the documents that Canvas reads: by their folder, or by their resource."""
    return subject.once(_of_canvas)


def _of_canvas(subject: Subject) -> frozenset[str]:
    if subject.found.kind.family is Family.QTI:  # what Canvas exports of a quiz alone has its settings with it
        return frozenset(name for name in _documents(subject, _READ) if name.endswith(QUIZ))
    own = {name for name in subject.container.sizes if name.startswith(_FOLDERS) and name.endswith(_ENDINGS)}
    return frozenset(own | _documents(subject, _READ))


def may_have_settings(subject: Subject) -> bool:
    """Say whether a package may be of Canvas: its own cartridge, or QTI, in which quizzes have their settings."""
    return (subject.found.is_canvas or subject.found.kind.family is Family.QTI) and not subject.container.alone


def _documents(subject: Subject, kinds: tuple[str, ...]) -> set[str]:
    """Return the documents of resources whose types begin in these ways."""
    names = (name for one in subject.typed(*kinds) for name in subject.files_of(one))
    return {name for name in names if name.endswith(_ENDINGS)}


def _as_canvas_reads(finding: Finding, name: str, subject: Subject) -> Finding:
    """Return what is wrong with a document as it matters to Canvas, which reads on over what is no XML."""
    if finding.code == messages.NOT_WELL_FORMED.code:
        weight, read = mending(subject.container.read(name) or b"")
        return messages.READ_IN_PART.at(finding.place, reason=finding.values["reason"], read=read).weighing(weight)
    eased = finding.code == messages.PREFIX_UNDECLARED.code and finding.severity is Severity.ERROR
    return finding.weighing(Severity.WARNING if eased else None)
