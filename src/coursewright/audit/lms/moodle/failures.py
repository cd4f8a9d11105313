"""What Moodle does where general rules have found something, as data: each was restored or imported, damaged so."""

from __future__ import annotations

from coursewright.audit.lms.failures import Failure, When, failure, of_value, resources_around
from coursewright.audit.lms.moodle.restored import ACTIVITY, documents, is_set
from coursewright.audit.rule import SCORM
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.addresses import address_in_package
from coursewright.packages.documents.reading import is_page
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

_STOPS = "Moodle's import stops"
_TAKES_NOTHING = "Moodle takes nothing of what is in it"
_DROPS = "Moodle leaves that condition out, and it opens without it"
_KEEPS = "Moodle keeps that condition, and it never holds"
_TITLE, _ERROR = "Moodle shows the title alone, and nothing opens", "in Moodle, learners get an error there"
_UNPACKS_NONE = "Moodle unpacks none of these files"


def _shows(begin: str) -> When:
    """Return what says whether something was found of a resource whose type begins so."""
    return lambda finding, subject: any(
        one.get("type", "").startswith(begin) for one in resources_around(finding, subject)
    )


def _is_of_page(finding: Finding, subject: Subject) -> bool:
    return any(is_page(one.get("href", "")) for one in resources_around(finding, subject))


def _is_launched(finding: Finding, subject: Subject) -> bool:
    name = finding.values.get("name", "")
    return any(name == address_in_package(one) for one in resources_around(finding, subject))


def _is_of_resource(finding: Finding, subject: Subject) -> bool:
    return any(subject.place(one) == finding.place for one in subject.resources)


def _lists_resources(finding: Finding, subject: Subject) -> bool:
    has_menu = next(subject.found.root.iter("{*}organization"), None) is not None
    return not has_menu and any(one.get("href") for one in subject.resources)


def _is_what_it_is(finding: Finding, subject: Subject) -> bool:
    """Say whether something was found of a document without which an activity is none."""
    name = subject.container.name_at(finding.place.path)
    return name.endswith("/module.xml") or ACTIVITY in subject.once(documents).get(name, ())


def _is_bare(finding: Finding, subject: Subject) -> bool:
    """Say whether a document has no bytes at all, and may: the restore reads it as if it held nothing."""
    name = subject.container.name_at(finding.place.path)
    return not subject.container.sizes.get(name, 1) and not _is_what_it_is(finding, subject)


def _of_groups(*, is_bringing: bool) -> When:
    """Return what says whether a condition is on a group, and the backup brings groups, or none."""
    is_of_group = of_value("kind", "group", "grouping")
    return lambda finding, subject: is_of_group(finding, subject) and is_set("groups", subject) is is_bringing


_QUIZ, _LINK = (_shows("imsqti_"), "a quiz"), (_shows("imswl_"), "a web link")
_TOOL, _TOPIC = (_shows("imsbasiclti_"), "a tool"), (_shows("imsdt_"), "a discussion")
_PAGE = (_is_of_page, "a page")
_UNREAD = (messages.NOT_WELL_FORMED, messages.FILE_MISSING, messages.NAME_DIFFERS)
_ACTIVITY = (of_value("kind", "activity", "grade"), "of an activity")
_BROUGHT = (_of_groups(is_bringing=True), "of a group, with the setting groups")
_UNBROUGHT = (_of_groups(is_bringing=False), "of a group, without their setting")
_FIELD = (of_value("kind", "profile"), "of a profile field")
_BACKUP, _CARTRIDGE = (Family.MOODLE,), (Family.CARTRIDGE,)
_OF_NONE = (
    failure("Moodle does not take the package", (), messages.MANIFEST_DEEPER, messages.MANIFEST_MISNAMED),
    failure(f"{_STOPS}, or takes nothing of what comes after", (), messages.NOT_WELL_FORMED),
)
_OF_BACKUPS = (
    failure(
        _TAKES_NOTHING, _BACKUP, messages.NOT_WELL_FORMED, when=(_is_bare, "of no bytes, but of what an activity is")
    ),
    failure(_STOPS, _BACKUP, *(messages.NOT_WELL_FORMED, messages.BACKUP_INCOMPLETE, messages.RESTRICTION_UNREADABLE)),
    failure(_STOPS, _BACKUP, messages.ROOT_WRONG, when=(_is_what_it_is, "of what an activity is")),
    failure(_TAKES_NOTHING, _BACKUP, messages.ROOT_WRONG),
    failure(f"{_UNPACKS_NONE}, and stops where it needs one", _BACKUP, messages.NAMES_BACKSLASHED),
    failure(_DROPS, _BACKUP, messages.CONDITION_UNKNOWN),
    failure(_DROPS, _BACKUP, messages.CONDITION_DANGLES, when=_UNBROUGHT),
    failure(_KEEPS, _BACKUP, messages.CONDITION_DANGLES, when=_BROUGHT),
    failure(_KEEPS, _BACKUP, messages.CONDITION_DANGLES, when=_ACTIVITY),
    failure("where Moodle has no such field, that never holds", _BACKUP, messages.CONDITION_DANGLES, when=_FIELD),
    failure(_KEEPS, _BACKUP, messages.COMPLETION_NOT_TRACKED),
    failure("Moodle restores the rest without it", _BACKUP, messages.FILE_NOT_KEPT),
    failure("Moodle restores it as it is", _BACKUP, messages.CONTENT_DIFFERS),
)
_OF_CARTRIDGES = (
    failure(_STOPS, _CARTRIDGE, messages.NOT_WELL_FORMED, document="imsmanifest.xml"),
    failure(_STOPS, _CARTRIDGE, *_UNREAD, messages.RESOURCE_FILES, when=_QUIZ),
    failure("in Moodle it becomes an empty file", _CARTRIDGE, *_UNREAD, messages.RESOURCE_FILES, when=_LINK),
    failure(_STOPS, _CARTRIDGE, messages.RESOURCE_FILES, when=_TOOL),
    failure(_STOPS, _CARTRIDGE, messages.RESOURCE_FILES, when=_TOPIC),
    failure("in Moodle the tool has no address", _CARTRIDGE, *_UNREAD, when=_TOOL),
    failure("in Moodle the discussion is called “Untitled Topic”, and has no text", _CARTRIDGE, *_UNREAD, when=_TOPIC),
    failure("in Moodle the page is empty", _CARTRIDGE, messages.FILE_MISSING, messages.NAME_DIFFERS, when=_PAGE),
    failure(_TITLE, _CARTRIDGE, messages.REFERENCE_DANGLES),
    failure(_UNPACKS_NONE, _CARTRIDGE, messages.NAMES_BACKSLASHED),
)
_OF_SCORM = (
    failure(_TITLE, SCORM, messages.REFERENCE_DANGLES, messages.SCO_WITHOUT_HREF),
    failure(
        _ERROR, SCORM, *(messages.FILE_MISSING, messages.NAME_DIFFERS), when=(_is_launched, "what a resource launches")
    ),
    failure(_ERROR, SCORM, messages.NAME_CUT, messages.NAME_GARBLED),
    failure(_ERROR, SCORM, messages.BASE_MISLEADS, when=(_is_of_resource, "of a resource, whose base alone it knows")),
    failure("Moodle takes one for the other", SCORM, messages.IDENTIFIER_TWICE),
    failure(
        "in Moodle the item never opens", SCORM, messages.PREREQUISITE_NOT_LAUNCHABLE, messages.PREREQUISITE_SYNTAX
    ),
    failure(
        "in Moodle the item never opens, or the package shows an error alone", SCORM, messages.EXPRESSION_UNREADABLE
    ),
    failure(
        "Moodle lists all resources with an href instead, with their identifiers as titles",
        SCORM,
        messages.NOTHING_TO_LAUNCH,
        when=(_lists_resources, "without a menu"),
        weight=Severity.WARNING,
    ),
)
FAILURES: tuple[Failure, ...] = (*_OF_NONE, *_OF_BACKUPS, *_OF_CARTRIDGES, *_OF_SCORM)
