"""What rules for any importer find, and Moodle forgives: as data, by the family of packages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coursewright.audit.lms.moodle.backups import is_set
from coursewright.audit.rule import SCORM
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.addresses import address_in_package
from coursewright.packages.documents.reading import is_page, read_document
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
# Documents of which nothing is missed: what names something in them is told, and so is a grade that is awaited.
_MAY_BE_EMPTY = ("roles.xml", "grades.xml", "scales.xml", "outcomes.xml", "groups.xml", "filters.xml", "inforef.xml")
_OF_LISTS = frozenset([messages.FILE_MISSING.code])
_OF_READING = frozenset([messages.NOT_WELL_FORMED.code, messages.ENTITIES_DECLARED.code, messages.ROOT_WRONG.code])
_FORGIVEN: Mapping[Family, frozenset[str]] = {
    Family.CARTRIDGE: frozenset(
        one.code
        for one in (
            messages.METADATA_WRONG,
            messages.ANSWER_UNKNOWN,
            messages.NAMED_TWICE,
            messages.FILE_UNDECLARED,  # what shows such a file is told
            messages.MANIFEST_DEEPER,
            messages.TARBALL,
        )
    ),
    Family.MOODLE: frozenset([messages.ENTRY_TWICE.code]),  # it takes the first of a name, which is what is judged
    **dict.fromkeys(
        SCORM,
        frozenset(
            one.code
            for one in (
                messages.SCHEMA_VIOLATED,
                messages.NAMED_TWICE,
                messages.SCO_TYPE,
                messages.SCORM_TYPE_MISSPELLED,
                messages.FILE_UNDECLARED,
            )
        ),
    ),
}
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
    if code == messages.REFERENCE_DANGLES.code and family in (*SCORM, Family.CARTRIDGE):  # it follows items alone
        return _is_of("item", finding, subject)
    if code in _OF_LISTS and family in SCORM and _is_of("file", finding, subject):  # it looks into no list of files
        return any(name and name not in subject.container.sizes for name in map(address_in_package, subject.resources))
    if code == messages.NAME_DIFFERS.code and family in SCORM:  # the file is there, and it looks into no list of files
        launched = (one for one in subject.resources if subject.place(one) == finding.place)
        names = map(address_in_package, launched)
        return not _is_of("file", finding, subject) or any(
            name and name not in subject.container.sizes for name in names
        )
    if code == messages.HREF_NOT_AMONG_FILES.code:  # it takes pages by their href, and other files as they are listed
        launched = (one for one in subject.resources if subject.place(one) == finding.place)
        return not all(is_page(one.get("href", "")) for one in launched)
    if code == messages.COMPRESSION_UNKNOWN.code:  # its unpacker knows more ways than those of all LMSs
        return finding.place.path.removeprefix(f"{subject.container.shown}/") not in subject.container.sizes
    if code == messages.CONTENT_DIFFERS.code:  # it knows a file by what is in it, and takes what was edited
        return _is_cut(finding, subject)
    return code not in _OF_READING or _reads(finding, subject)


def _is_cut(finding: Finding, subject: Subject) -> bool:
    """Say whether a file of a backup is shorter than its list says."""
    name = finding.place.path.removeprefix(f"{subject.container.shown}/")
    listed = read_document("files.xml", subject.container)
    files = listed.iter("file") if listed is not None else ()
    sizes = (one.findtext("filesize", "") for one in files if one.findtext("contenthash") == name.rpartition("/")[2])
    return any(size.isdigit() and int(size) > subject.container.sizes.get(name, 0) for size in sizes)


def _is_of(element: str, finding: Finding, subject: Subject) -> bool:
    """Say whether something was found about an element of the manifest of a name."""
    lines = (subject.place(one) for one in subject.found.root.iter(f"{{*}}{element}"))
    return finding.place in lines


def _may_lack(name: str) -> bool:
    """Say whether a document of no bytes at all is one that a restore reads as if it held nothing."""
    return name.rpartition("/")[2] in _MAY_BE_EMPTY


def _reads(finding: Finding, subject: Subject) -> bool:
    """Say whether what keeps a document from being read keeps Moodle from that."""
    name = finding.place.path.removeprefix(f"{subject.container.shown}/")
    is_manifest = finding.place.path == subject.shown
    if is_manifest and subject.found.kind.family in SCORM and finding.code == messages.NOT_WELL_FORMED.code:
        return False  # it escapes what keeps others from reading it
    is_backup = subject.found.kind.family is Family.MOODLE
    if is_backup and not subject.container.sizes.get(name, 1) and _may_lack(name):
        return False
    setting = _READ_IF.get(name.rpartition("/")[2])
    if is_backup and setting and not is_set(setting, subject):
        return False
    is_declared = finding.code == messages.ENTITIES_DECLARED.code  # they do no harm where nothing names them
    return not is_declared or _ENTITY.search(subject.container.read(name) or b"") is not None
