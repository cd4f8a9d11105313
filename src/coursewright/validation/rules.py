"""What rules a package is judged by, by its family, and how much a finding weighs there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place, Severity
from coursewright.ims import ADLCP_1_2
from coursewright.validation import canvas, cartridges, cmi5, manifests, moodle, questions, scorm, thin, xapi
from coursewright.validation.kinds import Family, Recognised
from coursewright.validation.lms.lms import Lms
from coursewright.validation.subject import Rule, Subject

_NAME = re.compile(r"[^\W\d][\w.-]*")
_NAMED = ("identifier", "identifierref", "default")
# What Canvas itself writes against the standard, and reads without harm: it looks neither at menus nor at schemas.
_CANVAS_WRITES: Mapping[str, Severity] = {
    messages.SCHEMA_VIOLATED.code: Severity.WARNING,
    messages.REFERENCE_DANGLES.code: Severity.WARNING,
    messages.HREF_NOT_AMONG_FILES.code: Severity.WARNING,
    messages.RESOURCE_HREF.code: Severity.INFO,
    messages.FILE_UNDECLARED.code: Severity.INFO,
    messages.NO_RIGHT_ANSWER.code: Severity.WARNING,
}
# Where the schema is a guide.
_GUIDED: Mapping[str, Severity] = {messages.SCHEMA_VIOLATED.code: Severity.WARNING}


def judge(subject: Subject, lmss: Iterable[Lms] = ()) -> Iterator[Finding]:
    """Yield what is wrong with a package: by its schema first, by the rules of its family, and by those of LMSs."""
    found = subject.found
    rules = _RULES.get(found.kind.family, ())
    judged = [finding for rule in rules for finding in _weighed(rule(subject), found)]
    yield from _said_once(_violations(subject), judged)
    for lms in lmss:
        yield from lms.judge(subject)


def _said_once(violations: Iterable[Finding], judged: list[Finding]) -> Iterator[Finding]:
    """Yield both; what a rule says in plainer words than the schema, it alone says, with the greater weight."""
    spelled = {one.place for one in judged if one.code == messages.SCORM_TYPE_MISSPELLED.code}
    weights: dict[Place, Severity] = {}
    for one in violations:  # the gravest come first
        if one.place in spelled and "scormtype" in one.text.lower():
            weights.setdefault(one.place, one.severity)
        else:
            yield one
    for one in judged:
        weight = weights.get(one.place) if one.code == messages.SCORM_TYPE_MISSPELLED.code else None
        yield replace(one, severity=weight) if weight else one


def _violations(subject: Subject) -> list[Finding]:
    """Return what the schema has against the manifest, the gravest first.

    No importer acts on metadata, or minds what an identifier is made of, so that is no error; Canvas does not look at
    its own resources but for their types, which are of another version than the manifest in what it exports.
    """
    found = subject.found
    violations = list(_weighed(subject.violations, found))
    light = _light_lines(found.root) if violations else set()
    usual = {subject.place(one).line for one in subject.resources if one.get("type")} if found.is_canvas else set()
    weights = (
        Severity.INFO if one.place.line in usual else Severity.WARNING if one.place.line in light else one.severity
        for one in violations
    )
    eased = [replace(one, severity=weight) for one, weight in zip(violations, weights, strict=True)]
    return sorted(_without_types(eased, usual, subject), key=lambda one: one.severity.rank)


def _without_types(violations: list[Finding], lines: set[int], subject: Subject) -> Iterator[Finding]:
    """Yield the violations, and for all that are about the types of Canvas's resources, on these lines, one finding."""
    count = 0
    for one in violations:
        is_type = one.place.line in lines and "no value of 'type'" in one.text
        count += is_type
        if not is_type:
            yield one
    if count:
        yield messages.CANVAS_TYPES.at(Place(subject.shown), count=count)


def _light_lines(root: etree._Element) -> set[object]:
    """Return the lines of a manifest with nothing on them but metadata, identifiers that are no names, and elements of
    SCORM 1.2 that say nothing, which importers read as if they were not there."""
    every = Counter(one.sourceline for one in root.iter(etree.Element) if etree.QName(one).localname != "title")
    told = (one for metadata in root.iter("{*}metadata") for one in metadata.iter(etree.Element))
    names = ("schema", "schemaversion")
    light = Counter(
        one.sourceline for one in told if one.getparent() is not root and etree.QName(one).localname not in names
    )
    for element in root.iter(
        "{*}manifest", "{*}organizations", "{*}organization", "{*}item", "{*}resource", "{*}dependency"
    ):
        if any(not _NAME.fullmatch(element.get(name, "a")) for name in _NAMED):
            light[element.sourceline] += 1
    light.update(one.sourceline for one in root.iter(f"{{{ADLCP_1_2}}}*") if not (one.text or "").strip())
    return {line for line, count in light.items() if count >= every[line]}


def _weighed(findings: Iterable[Finding], found: Recognised) -> Iterator[Finding]:
    weights = _CANVAS_WRITES if found.is_canvas else _GUIDED if found.kind.guides else {}
    for finding in findings:
        weight = weights.get(finding.code, finding.severity)
        yield finding if weight.rank <= finding.severity.rank else replace(finding, severity=weight)


_RULES: Mapping[Family, tuple[Rule, ...]] = {
    Family.SCORM11: (manifests.package_is_of_today, *manifests.FILES, *manifests.MENU),
    Family.SCORM12: (*manifests.FILES, *manifests.MENU, *scorm.IN_12),
    Family.SCORM2004: (*manifests.FILES, *manifests.MENU, *scorm.IN_2004),
    Family.CONTENT: (*manifests.FILES, manifests.items_have_titles, manifests.package_is_of_today),
    Family.QTI: (*manifests.FILES, manifests.package_is_of_today, *questions.RULES),
    Family.VENDOR: (manifests.references_resolve,),
    Family.CARTRIDGE: (
        *manifests.FILES,
        manifests.items_have_titles,
        *cartridges.RULES,
        *questions.IN_CARTRIDGES,
        *canvas.RULES,
        *thin.RULES,
    ),
    Family.MOODLE: moodle.RULES,
    Family.CMI5: cmi5.RULES,
    Family.XAPI: xapi.RULES,
}
