"""What rules for any importer find, and Moodle forgives: as data, by the family of packages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from coursewright.audit.lms.failures import resources_around
from coursewright.audit.lms.moodle.restored import is_set
from coursewright.audit.lms.moodle.scorm import path_of_moodle
from coursewright.audit.lms.moodle.stock import MODULES
from coursewright.audit.rule import SCORM
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message
from coursewright.packages.documents.addresses import address_in_package
from coursewright.packages.documents.elements import all_within
from coursewright.packages.documents.reading import is_page, place_of, read_document
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


def _codes(*found: Message) -> frozenset[str]:
    return frozenset(one.code for one in found)


_OF_READING = _codes(messages.NOT_WELL_FORMED, messages.ENTITIES_DECLARED, messages.ROOT_WRONG)
_OF_SCORM = _codes(
    messages.SCHEMA_VIOLATED,
    messages.NAMED_TWICE,
    messages.SCO_TYPE,
    messages.SCORM_TYPE_MISSPELLED,  # what it takes for assets is told
    messages.FILE_UNDECLARED,
    messages.NAMES_BACKSLASHED,  # its unpacker of SCORM packages takes them for slashes
    messages.PREFIX_UNDECLARED,  # it knows elements by their prefixes
    messages.SEVERAL_ORGANIZATIONS,  # learners choose among them
)
# That it enforces no order of SCORM 2004 is told.
_OF_SEQUENCING = _codes(
    messages.ALWAYS_LOCKED, messages.NEVER_OPENS, messages.OPEN_AT_FIRST, messages.PREREQUISITE_CIRCLE
)
_OF_CARTRIDGES = _codes(
    messages.METADATA_WRONG,
    messages.ANSWER_UNKNOWN,
    messages.NAMED_TWICE,
    messages.FILE_UNDECLARED,  # what shows such a file is told
    messages.MANIFEST_DEEPER,
    messages.TARBALL,
    messages.ITEM_WITH_BOTH,
    messages.FEEDBACK_WRONG,
)
_FORGIVEN: Mapping[Family, frozenset[str]] = {
    Family.CARTRIDGE: _OF_CARTRIDGES,
    Family.MOODLE: _codes(messages.ENTRY_TWICE),  # it takes the first of a name, which is what is judged
    Family.SCORM12: _OF_SCORM,
    Family.SCORM2004: _OF_SCORM | _OF_SEQUENCING,
}
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z_]")


def minds(finding: Finding, subject: Subject) -> bool:
    """Say whether Moodle minds what was found: its own rules tell what does harm."""
    code = finding.code
    if code in _FORGIVEN.get(subject.found.kind.family, ()):
        return False
    if judge := _MINDED_IF.get(code):
        return judge(finding, subject)
    return code not in _OF_READING or _reads(finding, subject)


def _is_of_manifest(finding: Finding, subject: Subject) -> bool:
    """Say whether a schema finds something in the manifest: it looks into no other."""
    return finding.place.path == subject.shown


def _is_followed(finding: Finding, subject: Subject) -> bool:
    """Say whether a reference is one of an item, for it follows no other, but in backups."""
    return subject.found.kind.family not in (*SCORM, Family.CARTRIDGE) or _is_of("item", finding, subject)


def _is_launched(finding: Finding, subject: Subject) -> bool:
    """Say whether a file is missing that something opens: of SCORM packages, it looks into no list of files."""
    if subject.found.kind.family is Family.CARTRIDGE:
        if str(finding.values.get("name", "")).lstrip("/") in subject.container.sizes:
            return False  # it puts the folder of the package before it
        return any(one.get("identifier") in subject.shows for one in resources_around(finding, subject))
    if subject.found.kind.family not in SCORM:
        return True
    if _is_of("file", finding, subject):
        return _lack(subject.resources, subject)
    placed = _placed(finding, subject)
    return not placed or _lack(placed, subject)


def _has_no_choice(finding: Finding, subject: Subject) -> bool:
    """Say whether a question that does not fit its profile leaves learners no choice: it looks at nothing else of that,
    or what it makes of it is told."""
    name = subject.container.name_at(finding.place.path)
    for item in all_within(read_document(name, subject.container), "item"):
        is_chosen = next(item.iter("{*}render_choice"), None) is not None
        if is_chosen and place_of(name, subject.container, item) == finding.place:
            return len([*item.iter("{*}response_label")]) < 2
    return False


def _is_for_learners(finding: Finding, subject: Subject) -> bool:
    """Say whether a link leads to more than styles and scripts, which it takes off the pages of cartridges."""
    is_of_style = str(finding.values.get("link", "")).lower().endswith((".css", ".js"))
    return not (is_of_style and subject.found.kind.family is Family.CARTRIDGE)


def _is_misspelled(finding: Finding, subject: Subject) -> bool:
    """Say the same of a file that has another spelling."""
    is_listed = subject.found.kind.family in SCORM and _is_of("file", finding, subject)
    return not is_listed or _lack(_placed(finding, subject), subject)


def _is_misled(finding: Finding, subject: Subject) -> bool:
    """Say whether a base keeps from it what is launched: that of all resources it does not look at, nor at any of a
    cartridge."""
    if subject.found.kind.family not in SCORM:
        return finding.values.get("kind") != "needless"
    under = (one for one in subject.resources if finding.place in map(subject.place, (one, *one.iterancestors())))
    return _lack(under, subject)


def _lack(resources: Iterable[etree._Element], subject: Subject) -> bool:
    launching = (one for one in resources if address_in_package(one))
    return any(path_of_moodle(one) not in subject.container.sizes for one in launching)


def _placed(finding: Finding, subject: Subject) -> list[etree._Element]:
    """Return the resources of which something was found."""
    return [one for one in subject.resources if subject.place(one) == finding.place]


def _is_no_page(finding: Finding, subject: Subject) -> bool:
    """Say whether a resource of a cartridge launches what is no page: it takes pages by their href, and other files as
    they are listed."""
    return not all(is_page(one.get("href", "")) for one in _placed(finding, subject))


def _is_unread(finding: Finding, subject: Subject) -> bool:
    """Say whether nobody reads a file as it is compressed; its unpacker knows more ways than those of all LMSs."""
    return subject.container.name_at(finding.place.path) not in subject.container.sizes


def _is_no_copy(finding: Finding, subject: Subject) -> bool:
    """Say whether what has the identifier of another is more than a copy of that resource."""
    if subject.found.kind.family not in SCORM:
        return True
    found, alike = _placed(finding, subject), [_shown_all(one) for one in subject.resources]
    return not found or not all(alike.count(_shown_all(one)) > 1 for one in found)


def _shown_all(resource: etree._Element) -> list[dict[str, str]]:
    return [{str(name): str(value) for name, value in one.items()} for one in (resource, *resource)]


_PNG_IN_LINES = (b"\x89PNG\r\r\n", b"\x89PNG\n")  # a picture, with the ends of its lines changed as in texts


def _is_broken(finding: Finding, subject: Subject) -> bool:
    """Say whether a file of a backup is shorter than its list says, or was changed as texts are, and is none."""
    name = subject.container.name_at(finding.place.path)
    files = all_within(read_document("files.xml", subject.container), "file")
    sizes = (one.findtext("filesize", "") for one in files if one.findtext("contenthash") == name.rpartition("/")[2])
    is_cut = any(size.isdigit() and int(size) > subject.container.sizes.get(name, 0) for size in sizes)
    return is_cut or (subject.container.read(name) or b"").startswith(_PNG_IN_LINES)


def _is_of(element: str, finding: Finding, subject: Subject) -> bool:
    """Say whether something was found about an element of the manifest of a name."""
    return finding.place in map(subject.place, subject.found.root.iter(f"{{*}}{element}"))


def _reads(finding: Finding, subject: Subject) -> bool:
    """Say whether what keeps a document from being read keeps Moodle from that."""
    name, family = subject.container.name_at(finding.place.path), subject.found.kind.family
    if family in SCORM and finding.code == messages.NOT_WELL_FORMED.code and _is_of_manifest(finding, subject):
        return False  # it escapes what keeps others from reading it
    if family is Family.MOODLE:
        file, is_bare = name.rpartition("/")[2], not subject.container.sizes.get(name, 1)
        if (is_bare and file in _MAY_BE_EMPTY) or (file in _READ_IF and not is_set(_READ_IF[file], subject)):
            return False
    is_declared = finding.code == messages.ENTITIES_DECLARED.code  # they do no harm where nothing names them
    return not is_declared or _ENTITY.search(subject.container.read(name) or b"") is not None


def _is_restored(finding: Finding, subject: Subject) -> bool:
    """Say whether what a backup lacks is of an activity that it restores: those of plugins it leaves out whole."""
    _, _, activity = str(finding.values.get("name", "")).partition("activities/")
    return not activity or activity.partition("_")[0] in MODULES


_MINDED_IF: Mapping[str, Callable[[Finding, Subject], bool]] = {
    messages.SCHEMA_VIOLATED.code: _is_of_manifest,
    messages.REFERENCE_DANGLES.code: _is_followed,
    messages.FILE_MISSING.code: _is_launched,
    messages.NAME_DIFFERS.code: _is_misspelled,
    messages.BASE_MISLEADS.code: _is_misled,
    messages.HREF_NOT_AMONG_FILES.code: _is_no_page,
    messages.COMPRESSION_UNKNOWN.code: _is_unread,
    messages.IDENTIFIER_TWICE.code: _is_no_copy,
    messages.CONTENT_DIFFERS.code: _is_broken,
    messages.BACKUP_INCOMPLETE.code: _is_restored,
    messages.LINK_BROKEN.code: _is_for_learners,
    messages.UNLIKE_PROFILE.code: _has_no_choice,
}
