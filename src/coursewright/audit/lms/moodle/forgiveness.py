"""What rules for any importer find, and Moodle forgives: as data, by the family of packages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from coursewright.audit.lms.moodle.backups import is_set
from coursewright.audit.rule import SCORM
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

# Documents that a restore reads where a setting of the whole backup is on.
_READ_IF: Mapping[str, str] = {
    "badges.xml": "badges",
    "calendar.xml": "calendarevents",
    "comments.xml": "comments",
    "competencies.xml": "competencies",
    "contentbank.xml": "contentbankcontent",
    "enrolments.xml": "users",
    "filters.xml": "filters",
    "grade_history.xml": "grade_histories",
    "logs.xml": "logs",
    "logstores.xml": "logs",
    "users.xml": "users",
    "xapistate.xml": "xapistate",
}
_OF_READING = frozenset([messages.NOT_WELL_FORMED.code, messages.ENTITIES_DECLARED.code, messages.ROOT_WRONG.code])
_FORGIVEN: Mapping[Family, frozenset[str]] = {
    Family.CARTRIDGE: frozenset(
        one.code for one in (messages.METADATA_WRONG, messages.ANSWER_UNKNOWN, messages.NAMED_TWICE)
    ),
    **dict.fromkeys(SCORM, frozenset([messages.SCHEMA_VIOLATED.code, messages.NAMED_TWICE.code])),
}
# Its reader of SCORM takes a lone & for the sign that it is.
_LONE = re.compile(rb"&(?!\w{2,6};)")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z_]")


def minds(finding: Finding, subject: Subject) -> bool:
    """Say whether Moodle minds what was found: its own rules tell what does harm."""
    family, code = subject.found.kind.family, finding.code
    if code in _FORGIVEN.get(family, ()):
        return False
    if code == messages.SCHEMA_VIOLATED.code:  # it looks into the schema of a manifest alone
        return finding.place.path == subject.shown
    if code == messages.NOTHING_TO_LAUNCH.code:  # without an organization, it plays resource by resource
        return next(subject.found.root.iter("{*}organization"), None) is not None or not subject.resources
    if code == messages.REFERENCE_DANGLES.code:  # which organization is meant, it does not ask
        return family not in SCORM or finding.severity is Severity.ERROR
    return code not in _OF_READING or _reads(finding, subject)


def _reads(finding: Finding, subject: Subject) -> bool:
    """Say whether what keeps a document from being read keeps Moodle from that."""
    name = finding.place.path.removeprefix(f"{subject.container.shown}/")
    setting = _READ_IF.get(name.rpartition("/")[2])
    if subject.found.kind.family is Family.MOODLE and setting and not is_set(setting, subject):
        return False
    content = subject.container.read(name) or b""
    if finding.code == messages.ENTITIES_DECLARED.code:  # they do no harm where nothing names them
        return _ENTITY.search(content) is not None
    return finding.code != messages.NOT_WELL_FORMED.code or not _is_read_leniently(content, subject)


def _is_read_leniently(content: bytes, subject: Subject) -> bool:
    """Say whether a manifest of SCORM becomes XML where a lone & is taken for the sign."""
    if subject.found.kind.family not in SCORM or not _LONE.search(content):
        return False
    try:
        etree.fromstring(_LONE.sub(b"&amp;", content), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return True
