"""What rules a package is judged by, by its family, and how much a finding weighs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from coursewright import messages
from coursewright.diagnostics import Finding, Severity
from coursewright.validation import cartridges, cmi5, manifests, moodle, qti, qti2, scorm, xapi
from coursewright.validation.container import Container
from coursewright.validation.kinds import Family, Recognised
from coursewright.validation.lms.lms import Lms
from coursewright.validation.subject import Rule, Subject, schema_findings

# What Canvas itself writes against the standard, and reads without harm: it looks neither at menus nor at schemas.
_CANVAS_WRITES: Mapping[str, Severity] = {
    messages.SCHEMA_VIOLATED.code: Severity.WARNING,
    messages.REFERENCE_DANGLES.code: Severity.WARNING,
    messages.RESOURCE_HREF.code: Severity.INFO,
    messages.FILE_UNDECLARED.code: Severity.INFO,
}


def judge(found: Recognised, container: Container, lmss: Iterable[Lms] = ()) -> Iterator[Finding]:
    """Yield what is wrong with a package: by its schema first, by the rules of its family, and by those of LMSs."""
    subject = Subject(found, container)
    yield from _weighed(schema_findings(found.document, found.kind.schema, subject.shown), found)
    for rule in _RULES.get(found.kind.family, ()):
        yield from _weighed(rule(subject), found)
    for lms in lmss:
        yield from lms.judge(subject)


def _weighed(findings: Iterable[Finding], found: Recognised) -> Iterator[Finding]:
    for finding in findings:
        weight = _CANVAS_WRITES.get(finding.code) if found.is_canvas else None
        yield replace(finding, severity=weight) if weight else finding


_RULES: Mapping[Family, tuple[Rule, ...]] = {
    Family.SCORM12: (*manifests.FILES, *manifests.MENU, *scorm.PREREQUISITES),
    Family.SCORM2004: (*manifests.FILES, *manifests.MENU, *scorm.SEQUENCING),
    Family.CONTENT: (*manifests.FILES, manifests.items_have_titles),
    Family.QTI: (*manifests.FILES, *qti.RULES, *qti2.RULES),
    Family.VENDOR: (manifests.references_resolve,),
    Family.CARTRIDGE: (*manifests.FILES, manifests.items_have_titles, *cartridges.RULES, *qti.RULES),
    Family.MOODLE: moodle.RULES,
    Family.CMI5: cmi5.RULES,
    Family.XAPI: xapi.RULES,
}
