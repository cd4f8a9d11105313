"""What Moodle does with packages."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import PACKAGE, Flaw, flaw
from coursewright.audit.lms.imports import canvas_files_are_left_out, nothing_is_known
from coursewright.audit.lms.lms import Lms
from coursewright.audit.lms.moodle import limits
from coursewright.audit.lms.moodle.forgiveness import minds
from coursewright.audit.lms.moodle.losses import stops
from coursewright.audit.rule import ANY_SCORM, rule
from coursewright.findings import messages
from coursewright.packages.files.container import Holding
from coursewright.packages.kinds import Family, Recognised
from coursewright.packages.subject import Subject

# What stands at the top of a manifest that the converters of cartridges look for, without blanks and quotes.
_CARTRIDGES = tuple(f"xmlns=http://www.imsglobal.org/xsd/{name}/imscp_v1p1" for name in ("imscc", "imsccv1p1"))
_NAMESPACES = tuple(name.removeprefix("xmlns=") for name in _CARTRIDGES)
_SOUGHT = "the default namespace of Common Cartridge 1.0 or 1.1 in the manifest's first 1,024 bytes"
_BACKUP = (b"<moodle_backup>", b"<information>")
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>'
_QUOTES = {ord(sign): None for sign in "\"'"}
_REFUSED = {
    Family.QTI: "its core reads no packages of QTI; questions go in as Moodle XML, GIFT or Aiken",
    Family.CMI5: "its core does not know cmi5, only plugins do",
    Family.XAPI: "its core plays no xAPI packages but those of H5P",
    Family.VENDOR: "it restores no course of another system; of Blackboard's it takes the questions alone",
}


def _refusal(found: Recognised) -> str:
    if found.kind.family is Family.CARTRIDGE:
        return _cartridge_refusal(found)
    if found.kind.family is Family.MOODLE:
        return _backup_refusal(found)
    return _REFUSED.get(found.kind.family, "")


def _cartridge_refusal(found: Recognised) -> str:
    head = "".join(found.document[:1024].decode("utf-8", "replace").lower().split()).translate(_QUOTES)
    if not any(name in head for name in _CARTRIDGES):
        return f"it looks for {_SOUGHT}{_why_unseen(found)}"
    if next(found.root.iter("{*}authorizations"), None) is not None:
        return "it imports no protected cartridges"
    return ""


def _why_unseen(found: Recognised) -> str:
    """Return why Moodle does not see the namespace of a cartridge of a version that it imports, or "" of another."""
    name = etree.QName(found.root).namespace or ""
    if name.lower() not in _NAMESPACES:
        return ""
    if b"\0" in found.document[:1024]:  # as in UTF-16
        return "; the manifest is in another encoding than UTF-8: save it in that"
    wanted = f'<manifest xmlns="{name}">'
    if prefix := found.root.prefix:
        return f"; write it without a prefix, as {wanted}, and no {prefix[:20]}: before the names of elements"
    return f"; there, it comes later: put {wanted} at the very beginning"


def _backup_refusal(found: Recognised) -> str:
    head = found.document[:200]
    if _DECLARATION in head.lower() and all(mark in head for mark in _BACKUP):
        return ""
    return (
        'it knows a backup by <?xml version="1.0" encoding="UTF-8"?>, with these very quotes, <moodle_backup> and '
        "<information> in the first 200 characters of moodle_backup.xml"
    )


@rule("L510", family=Family.CONTENT, lms="moodle")
def content_becomes_an_activity(subject: Subject) -> Iterator[Flaw]:
    """A content package becomes one activity."""
    yield flaw(messages.MOODLE_MAKES_ACTIVITY).within(PACKAGE)


_UNPACKED = (*ANY_SCORM, Family.CARTRIDGE, Family.CONTENT, Family.MOODLE)


@rule("L502", family=_UNPACKED, lms="moodle")
def archives_are_read(subject: Subject) -> Iterator[Flaw]:
    """Nothing stands before a zip, and a tarball is compressed: a plain one is taken for a zip."""
    container = subject.container
    if container.before:
        reason, remedy = f"{container.before} bytes stand before the zip in its file", "fetch or zip it again"
        yield stops(None, reason, remedy).within(PACKAGE)
    if container.holding is Holding.TARBALL and not container.is_compressed:
        remedy = "compress it by gzip, or make a zip of it"
        yield stops(None, "it is a tarball that is not compressed", remedy).within(PACKAGE)


_TAKES = "SCORM, Moodle backups, Common Cartridge 1.0 and 1.1, IMS content packages"


rule("L532", family=Family.SCORM11, lms="moodle")(nothing_is_known("Moodle", _TAKES))
rule("L530", family=Family.CARTRIDGE, lms="moodle")(canvas_files_are_left_out("Moodle"))
LMS = Lms(
    "moodle",
    "Moodle",
    _TAKES,
    _refusal,
    digs=frozenset([Family.CARTRIDGE]),
    limits=limits.TABLE,
    minds=minds,
)
