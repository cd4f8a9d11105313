"""Quizzes of QTI 1 in packages that are not packages of QTI: where Canvas imports QTI, it asks no manifest for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from coursewright.audit.lms.canvas.groups import ROOT
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import read_document
from coursewright.packages.files.container import Container
from coursewright.packages.files.paths import MANIFEST

_MOST_READ = 20
_ENDINGS = (".xml", ".qti")
# What one of Canvas's own cartridges has, and the pages of others.
_OTHERS = ("/module_meta.xml", "/canvas_export.txt", ".html", ".htm")
_FREED = frozenset((messages.NO_MANIFEST.code, messages.MANIFEST_DEEPER.code))
_REMEDY = "import it as a QTI .zip file, and set the limits and dates of its quizzes by hand"


def is_of_quizzes(container: Container) -> bool:
    """Say whether one of the first documents of a package is of QTI 1, and nothing shows that there is more."""
    if any(name.lower().endswith(_OTHERS) for name in container.sizes):
        return False
    names = (name for name in sorted(container.sizes) if name.endswith(_ENDINGS) and not name.endswith(MANIFEST))
    roots = (read_document(name, container) for name in islice(names, _MOST_READ))
    return any(root is not None and local_name(root) == ROOT for root in roots)


def freed(findings: list[Finding], container: Container) -> Iterator[Finding]:
    """Yield what keeps Canvas from taking a package; of one with quizzes alone, what becomes of these."""
    codes = {one.code for one in findings}
    is_freed = codes & _FREED or (messages.LMS_REFUSES.code in codes and _is_untyped(container))
    if not is_freed or not is_of_quizzes(container):
        yield from findings
        return
    yield from (
        replace(one, severity=Severity.WARNING) if one.code in _FREED else one for one in findings if _stays(one)
    )
    place, what = Place(container.shown), "a zip of quizzes"
    if codes & _FREED:
        loss = "the questions arrive, and the settings of quizzes are lost, since there is no manifest at the top"
        yield messages.CANVAS_CONVERTS.at(place, what=what, loss=loss, remedy=_REMEDY)
    else:
        loss, remedy = "its manifest does not say that these are quizzes", "import it as a QTI .zip file"
        found = messages.CANVAS_CONVERTS.at(place, what=what, loss=loss, remedy=remedy)
        yield replace(found, severity=Severity.INFO)


def _is_untyped(container: Container) -> bool:
    """Say whether a manifest at the top tells of no quizzes, and of neither a cartridge nor SCORM."""
    root = read_document(MANIFEST, container)
    schema = "" if root is None else text_of(next(root.iter("{*}schema"), None)).lower()
    if root is None or "cartridge" in schema or "adl" in schema:
        return False
    return not any(one.get("type", "").startswith(("imsqti", "ims_qti")) for one in root.iter("{*}resource"))


def _stays(finding: Finding) -> bool:
    return finding.code != messages.LMS_REFUSES.code
