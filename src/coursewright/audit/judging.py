"""How a package is judged, and how much a finding weighs in its family; the rules declare themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from coursewright.audit.rule import OF_SCHEMAS, Wanted, ask
from coursewright.audit.rules import manifests
from coursewright.audit.rules.canvas.content import wanted_instead_of
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.manifest import ADLCP_1_2
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.kinds import Family, Recognised, has_inline
from coursewright.packages.schema.words import NCNAME, Against, Violation
from coursewright.packages.subject import Subject
from coursewright.packages.words import clipped
from coursewright.text.patterns import later

if TYPE_CHECKING:
    from coursewright.audit.lms.lms import Lms

_SCORE = later(r"\s*(\d{1,3}(?:\.\d*)?)\s*")
_LONGEST = 300  # characters of what is found, so that there is room for what comes of it
Violated = tuple[Finding, list[Violation]]
"""A finding of a schema, with the violations that it tells of."""
_NAMED = ("identifier", "identifierref", "default")
_NAMING = ("manifest", "organizations", "organization", "item", "resource", "dependency")
# What Canvas itself writes against the standard, and reads without harm: it looks neither at menus nor at schemas.
_CANVAS_WRITES: Mapping[str, Severity] = {
    messages.SCHEMA_VIOLATED.code: Severity.WARNING,
    messages.REFERENCE_DANGLES.code: Severity.WARNING,
    messages.HREF_NOT_AMONG_FILES.code: Severity.WARNING,
    messages.RESOURCE_HREF.code: Severity.INFO,
    messages.NO_RIGHT_ANSWER.code: Severity.WARNING,
    messages.VERSION_UNKNOWN.code: Severity.INFO,
    messages.NAME_CUT.code: Severity.INFO,
}
# Where the schema is a guide.
_GUIDED: Mapping[str, Severity] = {messages.SCHEMA_VIOLATED.code: Severity.WARNING}


def judge(subject: Subject, lmss: Iterable[Lms] = (), wanted: Wanted = lambda code: True) -> Iterator[Finding]:
    """Yield what is wrong with a package: by its schema first, by the rules of its family, and by those of LMSs.

    What is not wanted is not looked for, where that spares work; it may be found all the same.
    """
    found, asked = subject.found, tuple(lmss)
    judged = [_weighed(one, found) for one in ask(subject, wanted)]
    violated = _violations(subject) if any(map(wanted, OF_SCHEMAS)) else []
    yield from as_minded(_said_once(violated, judged), subject, asked)
    for lms in asked:
        yield from lms.judge(subject, wanted)


def as_minded(findings: Iterable[Finding], subject: Subject, asked: Collection[Lms]) -> Iterator[Finding]:
    """Yield what general rules and reading have found, with what each LMS that is asked for does about it; what none of
    them minds is a remark."""
    for finding in findings:
        minding = [lms for lms in asked if lms.concerns(finding) and lms.minds(finding, subject)]
        is_minded = bool(minding) or not asked
        told = with_failures(finding, minding or asked, subject, is_minded=is_minded)
        yield told.weighing(None if is_minded else Severity.INFO)


def with_failures(
    finding: Finding, asked: Iterable[Lms], subject: Subject | None, *, is_minded: bool = True
) -> Finding:
    """Return a finding that says what each LMS does about it, as far as that is known; without a subject, of a package
    that nothing tells the kind of. A remark says so only where it is not minded."""
    if is_minded and finding.severity is Severity.INFO:
        return finding
    told = [lms.failure(finding, subject, is_minded=is_minded) for lms in asked]
    known = [one for one in told if one is not None]
    if len(told) == len(known) == 1:  # of several LMSs, each may ask for something else
        finding = replace(finding.weighing(known[0].weight), hint=known[0].remedy or finding.hint)
    said = "; ".join(dict.fromkeys(one.does for one in known))
    return finding.saying(f"{clipped(finding.text, _LONGEST)} – {said}") if said else finding


def _said_once(violations: Iterable[Violated], judged: list[Finding]) -> Iterator[Finding]:
    """Yield both; what a rule says in plainer words than the schema, it alone says, with the greater weight."""
    spelled = {one.place for one in judged if one.code == messages.SCORM_TYPE_MISSPELLED.code}
    weights: dict[Place, Severity] = {}
    for one, of in violations:  # the gravest come first
        if one.place in spelled and any(map(_is_of_scorm_type, of)):
            weights.setdefault(one.place, one.severity)
        else:
            yield one
    for one in judged:
        is_spelled = one.code == messages.SCORM_TYPE_MISSPELLED.code
        yield one.weighing(weights.get(one.place) if is_spelled else None)


def _is_of_scorm_type(violation: Violation) -> bool:
    """Say whether an attribute that says what a resource is was not expected, or is missing."""
    names = (violation.attribute, violation.said.value if violation.said.of is Against.ATTRIBUTE else "")
    return any(name.lower().endswith("scormtype") for name in names)


def _violations(subject: Subject) -> list[Violated]:
    """Return what the schema has against the manifest, the gravest first.

    No importer acts on metadata, or minds what an identifier is made of, so that is no error; Canvas does not look at
    its own resources but for their types, which are of another version than the manifest in what it exports.
    """
    eased: list[Violated] = []
    doubled = manifests.doubled_identifiers(subject)
    for one, of in subject.violations.items():
        is_said = any(each.said.of is Against.TWICE and each.said.value in doubled for each in of)
        if not is_said and not all(_is_inline(each.where) for each in of):
            usual = _weighed(one, subject.found)
            weights = (_weight(each, usual.severity, subject.found) for each in of)
            eased.append((usual.weighing(min(weights, key=lambda weight: weight.rank)), of))
    return sorted(_without_types(eased, subject), key=lambda pair: pair[0].severity.rank)


def _weight(violation: Violation, usual: Severity, found: Recognised) -> Severity:
    element = violation.where
    if found.is_canvas and element is not None and local_name(element) == "resource" and element.get("type"):
        return Severity.INFO
    is_light = _is_forgiven(violation, found) or (element is not None and _is_light(element))
    return Severity.WARNING if is_light else usual


def _without_types(violations: Iterable[Violated], subject: Subject) -> Iterator[Violated]:
    """Yield the violations, and for all that are about the types of Canvas's resources, which weigh least, one."""
    count = 0
    for one, of in violations:
        is_type = one.severity is Severity.INFO and any(map(_is_of_type, of))
        is_said = is_type and any(each.where is not None and wanted_instead_of(each.where) for each in of)
        count += is_type and not is_said
        if not is_type:
            yield one, of
    if count:
        yield messages.CANVAS_TYPES.at(Place(subject.shown), count=count), []


def _is_of_type(violation: Violation) -> bool:
    """Say whether an attribute `type` has a value that the schema does not know."""
    said = violation.said
    return said.of is Against.VALUE and violation.attribute == "type" and bool(said.value.strip())


def _is_forgiven(violation: Violation, found: Recognised) -> bool:
    """Say whether a value is one that importers read all the same: the type of a resource in a cartridge, which may be
    of another version, or a score of SCORM 1.2 that is a number, if in another spelling."""
    if found.kind.family is Family.CARTRIDGE:
        return _is_of_type(violation)
    is_score = violation.said.of is Against.VALUE and violation.element.endswith("}masteryscore")
    spelled = _SCORE.fullmatch(violation.said.value) if is_score and found.kind.family is Family.SCORM12 else None
    return spelled is not None and float(spelled[1]) <= 100


def _is_inline(element: etree._Element | None) -> bool:
    """Say whether an element is a document that a resource holds in itself, or one of that."""
    above = () if element is None else (element, *element.iterancestors())
    return any(local_name(one) == "resource" and has_inline(one) for one in above[1:])


def _is_light(element: etree._Element) -> bool:
    """Say whether an element is one of metadata, has an identifier that is no name, or is one of SCORM 1.2 that says
    nothing: importers read these as if they were not there."""
    says_nothing = etree.QName(element).namespace == ADLCP_1_2 and not text_of(element).strip()
    return _is_told(element) or _is_misnamed(element) or says_nothing


def _is_told(element: etree._Element) -> bool:
    """Say whether an element is one of metadata, but for that which says what the package is."""
    parent = element.getparent()
    if parent is None or (parent.getparent() is None and local_name(element) == "metadata"):
        return False
    is_inside = any(local_name(one) == "metadata" for one in (element, *element.iterancestors()))
    return is_inside and local_name(element) not in ("schema", "schemaversion")


def _is_misnamed(element: etree._Element) -> bool:
    return local_name(element) in _NAMING and any(not NCNAME.fullmatch(element.get(name, "a")) for name in _NAMED)


def _weighed(finding: Finding, found: Recognised) -> Finding:
    """Return a finding, lighter where it is of a kind of package in which it weighs less."""
    weights = _CANVAS_WRITES if found.is_canvas else _GUIDED if found.kind.guides else {}
    weight = weights.get(finding.code)
    return finding.weighing(weight if weight and weight.rank > finding.severity.rank else None)
