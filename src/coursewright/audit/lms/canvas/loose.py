"""Quizzes of QTI 1 in packages that are not packages of QTI: where Canvas imports QTI, it asks no manifest for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import PACKAGE, flaw
from coursewright.audit.lms.canvas.losses import left_out
from coursewright.audit.lms.canvas.quizzes import is_qti_1
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.elements import has_plain_names
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import read_document, read_mended
from coursewright.packages.files.container import Container
from coursewright.packages.files.paths import MANIFEST
from coursewright.packages.kinds import Family, listed, recognise

_MOST_READ = 20
_ENDINGS = (".xml", ".qti")
# What one of Canvas's own cartridges has, and the pages of others.
_OTHERS = ("/module_meta.xml", "/canvas_export.txt", ".html", ".htm")
_FREED = frozenset((messages.NO_MANIFEST.code, messages.MANIFEST_DEEPER.code))
CARTRIDGE = re.compile(r"IMS(?: Thin)? Common Cartridge", re.IGNORECASE)
"""By which words in its schema Canvas knows a cartridge."""
# What it asks for before it asks for quizzes: namespaces of other systems, and of SCORM.
_KNOWN_BEFORE = ("blackboard.com/content-packaging", "desire2learn.com/xsd/d2lcp", "webct.com/", "adlnet.org/xsd/adl")
_TYPES = ("imsqti", "ims_qti")
_UNSAID = "its manifest does not say that these are quizzes", "import it as a QTI .zip file"
_UNLISTED = (
    "the questions arrive, and the settings of quizzes are lost, since there is no manifest at the top",
    "import it as a QTI .zip file, and set the limits and dates of its quizzes by hand",
)


def is_of_quizzes(container: Container) -> bool:
    """Say whether one of the first documents of a package is of QTI 1, and nothing shows that there is more."""
    if any(name.lower().endswith(_OTHERS) for name in container.sizes):
        return False
    names = (name for name in sorted(container.sizes) if name.endswith(_ENDINGS) and not name.endswith(MANIFEST))
    return any(is_qti_1(read_document(name, container)) for name in islice(names, _MOST_READ))


def freed(findings: list[Finding], container: Container) -> Iterator[Finding]:
    """Yield what keeps Canvas from taking a package; of one with quizzes alone, what becomes of these."""
    codes, refused = {one.code for one in findings}, messages.LMS_REFUSES.code
    others = [one for one in findings if one.code != refused]
    if refused in codes and (schema := _of_quizzes_alone(container)) is not None:
        yield from others
        weight = None if _holds_more(container) else Severity.INFO
        yield left_out(None, *but_for_quizzes(schema), weight).at(MANIFEST, container)
        return
    is_unlisted = not codes.isdisjoint(_FREED)
    is_taken = (is_unlisted or (refused in codes and _is_untyped(container))) and is_of_quizzes(container)
    if not is_taken:
        yield from findings
        return
    yield from (one.weighing(Severity.WARNING if one.code in _FREED else None) for one in others)
    loss, remedy = _UNLISTED if is_unlisted else _UNSAID
    weight = None if is_unlisted else Severity.INFO
    told = flaw(messages.CANVAS_CONVERTS, None, weight, what="a zip of quizzes", loss=loss, remedy=remedy)
    yield told.at(PACKAGE, container)


def but_for_quizzes(schema: str) -> tuple[str, str, str]:
    """Return what is lost of a course by whose schema Canvas does not know it, why, and what to do."""
    said = f"the <schema> of its manifest is '{schema[:60]}'" if schema else "its manifest has no <schema>"
    remedy = "write IMS Common Cartridge into the <schema> of its metadata"
    return "everything but the quizzes", f"{said}, and it takes the package for one of QTI", remedy


def _of_quizzes_alone(container: Container) -> str | None:
    """Return the schema of a manifest by which Canvas knows no cartridge, but quizzes by their types; or None."""
    found = recognise(container, mends=True)
    root = found.root if found and found.kind.family is Family.CARTRIDGE else None
    if root is None or not has_plain_names(root):
        return None
    schema = text_of(root.find(".//{*}metadata//{*}schema")).strip()
    is_known = any(name in (space or "") for space in root.nsmap.values() for name in _KNOWN_BEFORE)
    return schema if any(_quizzes(root)) and not is_known and not CARTRIDGE.search(schema) else None


def _quizzes(root: etree._Element) -> list[bool]:
    """Return of each resource of a manifest whether it is a quiz."""
    return [one.get("type", "").startswith(_TYPES) for one in listed(root)]


def _holds_more(container: Container) -> bool:
    """Say whether a manifest lists anything but quizzes."""
    root = read_mended(MANIFEST, container)
    return root is not None and not all(_quizzes(root))


def _is_untyped(container: Container) -> bool:
    """Say whether a manifest at the top tells of no quizzes, and of neither a cartridge nor SCORM."""
    root = read_document(MANIFEST, container)
    schema = "" if root is None else text_of(next(root.iter("{*}schema"), None)).lower()
    if root is None or "cartridge" in schema or "adl" in schema:
        return False
    return not any(_quizzes(root))
