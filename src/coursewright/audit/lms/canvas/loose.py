"""Quizzes of QTI 1 in packages that are not packages of QTI: where Canvas imports QTI, it asks no manifest for them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from coursewright.audit.lms.canvas.quizzes import is_qti_1
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import read_document
from coursewright.packages.files.container import Container
from coursewright.packages.files.paths import MANIFEST
from coursewright.packages.kinds import listed

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
    return any(is_qti_1(read_document(name, container)) for name in islice(names, _MOST_READ))


def freed(findings: list[Finding], container: Container) -> Iterator[Finding]:
    """Yield what keeps Canvas from taking a package; of one with quizzes alone, what becomes of these."""
    codes = {one.code for one in findings}
    is_freed = codes & _FREED or (messages.LMS_REFUSES.code in codes and _is_untyped(container))
    if not is_freed or not is_of_quizzes(container):
        yield from findings
        return
    kept = (one for one in findings if one.code != messages.LMS_REFUSES.code)
    yield from (one.weighing(Severity.WARNING if one.code in _FREED else None) for one in kept)
    told, place, what = messages.CANVAS_CONVERTS, Place(container.shown), "a zip of quizzes"
    if codes & _FREED:
        loss = "the questions arrive, and the settings of quizzes are lost, since there is no manifest at the top"
        yield told.at(place, what=what, loss=loss, remedy=_REMEDY)
    else:
        loss, remedy = "its manifest does not say that these are quizzes", "import it as a QTI .zip file"
        yield told.at(place, what=what, loss=loss, remedy=remedy).weighing(Severity.INFO)


def _is_untyped(container: Container) -> bool:
    """Say whether a manifest at the top tells of no quizzes, and of neither a cartridge nor SCORM."""
    root = read_document(MANIFEST, container)
    schema = "" if root is None else text_of(next(root.iter("{*}schema"), None)).lower()
    if root is None or "cartridge" in schema or "adl" in schema:
        return False
    return not any(one.get("type", "").startswith(("imsqti", "ims_qti")) for one in listed(root))
