"""What Canvas does with packages."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.audit.flaw import PACKAGE, Flaw, flaw
from coursewright.audit.lms.canvas import interactions, limits
from coursewright.audit.lms.canvas.loose import CARTRIDGE, freed
from coursewright.audit.lms.canvas.losses import stopped
from coursewright.audit.lms.canvas.minding import TAKEN_VERSION, minds
from coursewright.audit.lms.lms import Lms
from coursewright.audit.rule import is_whole, rule
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.elements import has_plain_names
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.files.container import Container
from coursewright.packages.kinds import Family, Recognised
from coursewright.packages.subject import Subject

_HIGHEST_RATIO = 100
_IGNORED = ("__MACOSX", "thumbs.db", ".DS_Store")  # by Canvas, among the folders at the top
_REFUSED = {
    Family.SCORM11: "it imports no SCORM",
    Family.SCORM12: "it plays SCORM through a separate tool only, not as an import",
    Family.SCORM2004: "it plays SCORM through a separate tool only, not as an import",
    Family.CONTENT: "it imports no general IMS content packages",
    Family.CMI5: "it does not know cmi5",
    Family.XAPI: "it imports no packages of xAPI",
}
# What is lost where another's export is converted, and what to do about it.
_CONVERTED = {
    Family.MOODLE: (
        "activities and conditions that it does not know are left out",
        "look through the course after the import, or take a Canvas cartridge",
    ),
    Family.VENDOR: (
        "what has no counterpart in Canvas is left out, and an installation of one's own may lack it",
        "look through the course after the import, or take a Common Cartridge",
    ),
    Family.QTI: (
        "it makes a question bank and quizzes of it, and leaves out kinds of questions that it does not know",
        "look through the quizzes after the import",
    ),
}


def _refusal(found: Recognised) -> str:
    root, family = found.root, found.kind.family
    schema, version = (text_of(root.find(f"{{*}}metadata/{{*}}{name}")) for name in ("schema", "schemaversion"))
    if family in (Family.CARTRIDGE, Family.QTI) and not has_plain_names(root):
        return "it looks for names without a prefix, and those of the manifest begin with one"
    if family is Family.CARTRIDGE and not CARTRIDGE.search(schema):
        return "its schema must be IMS Common Cartridge"
    if family is Family.CARTRIDGE and not found.is_canvas and not TAKEN_VERSION.fullmatch(version):
        return "its schemaversion must be 1.0.0, 1.1.0, 1.2.0 or 1.3.0, to the letter"
    return _REFUSED.get(family, "") or interactions.refusal(found)


@rule("L520", family=(Family.CARTRIDGE, Family.QTI, Family.VENDOR, Family.MOODLE), lms="canvas")
def it_unpacks_moderately(subject: Subject) -> Iterator[Flaw]:
    """A package unpacks to at most a hundred times its size."""
    packed, size = subject.container.packed, sum(subject.container.sizes.values())
    if packed and is_whole(subject) and size > _HIGHEST_RATIO * packed:
        reason = f"the package unpacks to more than {_HIGHEST_RATIO} times its own size"
        remedy = "store files that pack so well uncompressed, or leave them out"
        yield stopped(None, reason, remedy).within(PACKAGE)


@rule("L529", family=(Family.QTI, Family.VENDOR, Family.MOODLE), lms="canvas")
def it_is_converted(subject: Subject) -> Iterator[Flaw]:
    """What another system exported arrives as far as a converter goes."""
    kind = subject.found.kind
    loss, remedy = _CONVERTED[kind.family]
    weight = Severity.INFO if kind.family is Family.QTI else None
    yield flaw(messages.CANVAS_CONVERTS, None, weight, what=f"a {kind.title}", loss=loss, remedy=remedy).within(PACKAGE)


def _digs_into(container: Container, folder: str) -> bool:
    """Say whether a folder with an entry of its own is all that is at the top: its name Canvas leaves out."""
    files = [name for name in container.sizes if "/" not in name]
    tops = {name for name in container.folders if "/" not in name and name not in _IGNORED}
    return not files and tops == {folder}


LMS = Lms(
    "canvas",
    "Canvas",
    "Canvas cartridges, Common Cartridges, QTI packages",
    _refusal,
    digs=frozenset((Family.CARTRIDGE, Family.QTI)),
    digs_into=_digs_into,
    mends=True,
    limits=limits.TABLE,
    minds=minds,
    eased=freed,
    writes="canvas",
)
