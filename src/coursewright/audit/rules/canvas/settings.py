"""Rules over Canvas's own files in a cartridge. Canvas looks at no schema, takes newer fields than any that was
published, and passes over what it does not know: against a schema they are remarks. What is no XML is a loss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

from coursewright.audit.rule import OpenedDocument, of_canvas, rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.canvas.modules import REQUIREMENTS
from coursewright.packages.documents.canvas.names import NAMESPACE, QUESTIONS, QUIZ, SETTINGS
from coursewright.packages.documents.elements import canonical
from coursewright.packages.documents.reading import read_document
from coursewright.packages.kinds import Family
from coursewright.packages.schema import SAFELY, parser
from coursewright.packages.subject import Subject, parsed_apart, schema_findings, within_bounds
from coursewright.resources import resource

_SCHEMA = "canvas/cccv1p0.xsd"
_FOLDERS = (SETTINGS, QUESTIONS)
_READ, _FOR_OTHERS = ("associatedcontent/", "assignment_", "imsdt_", "imsbasiclti_"), ("imswl_", "imsqti_")
_ENDINGS = (".xml", ".xml.qti")
# What is not closed goes on to the end: else it would be looked for again from each place at which it begins.
_TAG = re.compile(
    rb"<!--(?:.*?-->|.*)|<!\[CDATA\[(?:.*?\]\]>|.*)|<\?(?:.*?\?>|.*)|<![^>]*+>?"
    rb"|<(?P<closing>/?)(?P<name>[^\s<>/!?]++)[^<>]*+>",
    re.DOTALL,
)
_WHOLE = re.compile(
    rb"<([^\s<>/!?]++)(?:\s[^<>]*+)?+>[^<]*+</\1\s*+>"
)  # what has nothing but words in it, and is closed
_ESCAPED = re.compile(rb"&(?:#?\w{1,30};)?")
_AND = re.compile(rb"&(?=\s)")
_UNSEEN = bytes(code for code in range(1, 32) if code not in (9, 10, 13))  # control characters, blanks aside


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
            for finding in schema_findings(document[0], _SCHEMA, subject.container.path_of(name), root):
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
        weight, read = _read_of(subject.container.read(name) or b"")
        return messages.READ_IN_PART.at(finding.place, reason=finding.values["reason"], read=read).weighing(weight)
    eased = finding.code == messages.PREFIX_UNDECLARED.code and finding.severity is Severity.ERROR
    return finding.weighing(Severity.WARNING if eased else None)


def _read_of(content: bytes) -> tuple[Severity | None, str]:
    """Return how little a document weighs that is XML but for little, and what Canvas reads of it.

    It drops signs that nobody sees, and & between words, takes any closing tag for that of what is open, and passes
    over what comes after the end; but after an error it knows no &lt; and the like any more.
    """
    seen = content.translate(None, _UNSEEN)
    mended = (
        (seen, Severity.INFO, "reads it without that"),
        (_AND.sub(b"", seen), Severity.WARNING, "leaves that sign out"),
        (_closed(content), Severity.INFO, "reads it as it is meant"),
        (content[: content.rfind(b">") + 1], Severity.INFO, "reads it as it is meant"),
    )
    if found := next(((weight, read) for one, weight, read in mended if _arrives(one, content)), None):
        return found
    bare = _ESCAPED.sub(b"", content)
    if any(_arrives(_ESCAPED.sub(b"", one), bare) for one, _, _ in mended):
        return None, "drops each & with its word from there on, so that texts lose letters or markup"
    return None, "reads only what it can make out"


def _arrives(mended: bytes, content: bytes) -> bool:
    """Say whether a document is XML once it is mended so, and what libxml2 makes of it is just that."""
    try:
        meant = etree.fromstring(mended, parser())
    except etree.XMLSyntaxError:
        return False
    made = etree.fromstring(content, etree.XMLParser(**SAFELY, recover=True))
    return made is not None and canonical(made) == canonical(meant)


def _closed(content: bytes) -> bytes:
    """Return a document in which closing tags that name nothing known close what was opened last, if that is known; or
    if all are right, and what was opened first is not closed, with its closing tag."""
    opened: list[bytes] = []
    known = _names_in_schema() | set(_WHOLE.findall(content))

    def mended(tag: re.Match[bytes]) -> bytes:
        name, is_closing = tag["name"], tag["closing"]
        if name is None or tag[0].endswith(b"/>"):
            return tag[0]
        if not is_closing:
            opened.append(name)
        elif opened and (last := opened.pop()) in known and name not in known:
            return b"</%b>" % last
        return tag[0]

    closed = _TAG.sub(mended, content)
    return closed + b"</%b>" % opened[0] if len(opened) == 1 and closed == content else closed


@cache
def _names_in_schema() -> frozenset[bytes]:
    return frozenset(name.encode() for name in names_in_schema())


@cache
def names_in_schema() -> frozenset[str]:
    """Return the names of all elements in the schema of Canvas's own documents."""
    schema = etree.parse(resource("schemas") / _SCHEMA)
    return frozenset(str(one.get("name")) for one in schema.iter("{*}element") if one.get("name"))
