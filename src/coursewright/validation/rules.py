"""What rules a package is judged by, by its family, and how much a finding weighs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from coursewright import messages
from coursewright.diagnostics import Finding, Severity
from coursewright.validation import (
    canvas,
    canvas_modules,
    cartridges,
    cmi5,
    manifests,
    moodle,
    qti,
    qti2,
    scorm,
    thin,
    xapi,
)
from coursewright.validation.container import Container
from coursewright.validation.kinds import Family, Recognised
from coursewright.validation.lms.lms import Lms
from coursewright.validation.subject import Rule, Subject

# What Canvas itself writes against the standard, and reads without harm: it looks neither at menus nor at schemas.
_CANVAS_WRITES: Mapping[str, Severity] = {
    messages.SCHEMA_VIOLATED.code: Severity.WARNING,
    messages.REFERENCE_DANGLES.code: Severity.WARNING,
    messages.RESOURCE_HREF.code: Severity.INFO,
    messages.FILE_UNDECLARED.code: Severity.INFO,
}
# Where the schema is a guide.
_GUIDED: Mapping[str, Severity] = {messages.SCHEMA_VIOLATED.code: Severity.WARNING}


def judge(found: Recognised, container: Container, lmss: Iterable[Lms] = ()) -> Iterator[Finding]:
    """Yield what is wrong with a package: by its schema first, by the rules of its family, and by those of LMSs."""
    subject = Subject(found, container)
    yield from _weighed(subject.violations, found)
    for rule in _RULES.get(found.kind.family, ()):
        yield from _weighed(rule(subject), found)
    for lms in lmss:
        yield from lms.judge(subject)


def _weighed(findings: Iterable[Finding], found: Recognised) -> Iterator[Finding]:
    weights = _CANVAS_WRITES if found.is_canvas else _GUIDED if found.kind.guides else {}
    for finding in findings:
        weight = weights.get(finding.code, finding.severity)
        yield replace(finding, severity=max(weight, finding.severity, key=lambda severity: severity.rank))


_RULES: Mapping[Family, tuple[Rule, ...]] = {
    Family.SCORM11: (manifests.package_is_of_today, *manifests.FILES, *manifests.MENU),
    Family.SCORM12: (*manifests.FILES, *manifests.MENU, *scorm.PREREQUISITES),
    Family.SCORM2004: (*manifests.FILES, *manifests.MENU, *scorm.SEQUENCING),
    Family.CONTENT: (*manifests.FILES, manifests.items_have_titles, manifests.package_is_of_today),
    Family.QTI: (*manifests.FILES, manifests.package_is_of_today, *qti.RULES, *qti2.RULES),
    Family.VENDOR: (manifests.references_resolve,),
    Family.CARTRIDGE: (
        *manifests.FILES,
        manifests.items_have_titles,
        *cartridges.RULES,
        *qti.RULES,
        *canvas.RULES,
        *canvas_modules.RULES,
        *thin.RULES,
    ),
    Family.MOODLE: moodle.RULES,
    Family.CMI5: cmi5.RULES,
    Family.XAPI: xapi.RULES,
}
