"""What Moodle does where general rules have found something, as data: each was restored or imported, damaged so."""

from __future__ import annotations

from coursewright.audit.lms.failures import Failure, When, resources_around
from coursewright.audit.rule import SCORM
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message
from coursewright.packages.documents.addresses import address_in_package
from coursewright.packages.documents.reading import is_page
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

TRIED = "damaged"
"""By what name the table of limits knows how this is known."""
_STOPS = "Moodle's import stops"
_DROPS = "Moodle leaves that condition out, and it opens without it"
_KEEPS = "Moodle keeps that condition, and it never holds"
_TITLE, _ERROR = "Moodle shows the title alone, and nothing opens", "in Moodle, learners get an error there"
_UNPACKS_NONE = "Moodle unpacks none of these files"


def _shows(begin: str) -> When:
    """Return what says whether something was found of a resource whose type begins so."""

    def shows(finding: Finding, subject: Subject) -> bool:
        return any(one.get("type", "").startswith(begin) for one in resources_around(finding, subject))

    return shows


def _is_of_page(finding: Finding, subject: Subject) -> bool:
    return any(is_page(one.get("href", "")) for one in resources_around(finding, subject))


def _is_launched(finding: Finding, subject: Subject) -> bool:
    name = finding.values.get("name", "")
    return any(name == address_in_package(one) for one in resources_around(finding, subject))


def _names(*kinds: str) -> When:
    """Return what says whether a restriction names something of these kinds."""
    return lambda finding, subject: finding.values.get("kind") in kinds


def _has_no_menu(finding: Finding, subject: Subject) -> bool:
    return next(subject.found.root.iter("{*}organization"), None) is None


def _failure(
    does: str,
    families: tuple[Family, ...],
    *found: Message,
    document: str = "",
    when: tuple[When, str] | None = None,
    is_forgiving: bool = False,
) -> Failure:
    documents = (document,) if document else ()
    return Failure(found, families, does, TRIED, documents, is_forgiving, *(when or (None, "")))


_QUIZ, _LINK, _TOOL, _TOPIC = (
    (_shows(begin), word)
    for begin, word in (
        ("imsqti_", "a quiz"),
        ("imswl_", "a web link"),
        ("imsbasiclti_", "a tool"),
        ("imsdt_", "a discussion"),
    )
)
_PAGE = (_is_of_page, "a page")
_UNREAD = (messages.NOT_WELL_FORMED, messages.FILE_MISSING, messages.NAME_DIFFERS)
_BACKUP, _CARTRIDGE = (Family.MOODLE,), (Family.CARTRIDGE,)
_OF_NONE = (
    _failure("Moodle does not take the package", (), messages.MANIFEST_DEEPER, messages.MANIFEST_MISNAMED),
    _failure(f"{_STOPS}, or takes nothing of what comes after", (), messages.NOT_WELL_FORMED),
)
_OF_BACKUPS = (
    _failure(
        _STOPS,
        _BACKUP,
        *(messages.NOT_WELL_FORMED, messages.BACKUP_INCOMPLETE, messages.RESTRICTION_UNREADABLE),
    ),
    _failure(_STOPS, _BACKUP, messages.ROOT_WRONG, document="/module.xml"),
    _failure("Moodle takes nothing of what is in it", _BACKUP, messages.ROOT_WRONG),
    _failure(f"{_UNPACKS_NONE}, and stops where it needs one", _BACKUP, messages.NAMES_BACKSLASHED),
    _failure(_DROPS, _BACKUP, messages.CONDITION_UNKNOWN),
    _failure(_DROPS, _BACKUP, messages.CONDITION_DANGLES, when=(_names("group", "grouping"), "of a group")),
    _failure(_KEEPS, _BACKUP, messages.CONDITION_DANGLES, when=(_names("activity", "grade"), "of an activity")),
    _failure(
        "where Moodle has no such field, that never holds",
        _BACKUP,
        messages.CONDITION_DANGLES,
        when=(_names("profile"), "of a profile field"),
    ),
    _failure(_KEEPS, _BACKUP, messages.COMPLETION_NOT_TRACKED),
    _failure("Moodle restores the rest without it", _BACKUP, messages.FILE_NOT_KEPT),
    _failure("Moodle restores it as it is", _BACKUP, messages.CONTENT_DIFFERS),
)
_OF_CARTRIDGES = (
    _failure(_STOPS, _CARTRIDGE, messages.NOT_WELL_FORMED, document="imsmanifest.xml"),
    _failure(_STOPS, _CARTRIDGE, *_UNREAD, messages.RESOURCE_FILES, when=_QUIZ),
    _failure("in Moodle it becomes an empty file", _CARTRIDGE, *_UNREAD, messages.RESOURCE_FILES, when=_LINK),
    _failure(_STOPS, _CARTRIDGE, messages.RESOURCE_FILES, when=_TOOL),
    _failure(_STOPS, _CARTRIDGE, messages.RESOURCE_FILES, when=_TOPIC),
    _failure("in Moodle the tool has no address", _CARTRIDGE, *_UNREAD, when=_TOOL),
    _failure("in Moodle the discussion has neither name nor text", _CARTRIDGE, *_UNREAD, when=_TOPIC),
    _failure("in Moodle the page is empty", _CARTRIDGE, messages.FILE_MISSING, messages.NAME_DIFFERS, when=_PAGE),
    _failure(_TITLE, _CARTRIDGE, messages.REFERENCE_DANGLES),
    _failure(_UNPACKS_NONE, _CARTRIDGE, messages.NAMES_BACKSLASHED),
)
_OF_SCORM = (
    _failure(_TITLE, SCORM, messages.REFERENCE_DANGLES, messages.SCO_WITHOUT_HREF),
    _failure(
        _ERROR,
        SCORM,
        *(messages.FILE_MISSING, messages.NAME_DIFFERS),
        when=(_is_launched, "what a resource launches"),
    ),
    _failure(_ERROR, SCORM, messages.NAME_CUT, messages.NAME_GARBLED, messages.BASE_MISLEADS),
    _failure("Moodle takes one for the other", SCORM, messages.IDENTIFIER_TWICE),
    _failure(
        "in Moodle the item never opens", SCORM, messages.PREREQUISITE_NOT_LAUNCHABLE, messages.PREREQUISITE_SYNTAX
    ),
    _failure(
        "in Moodle the item never opens, or the package shows an error alone", SCORM, messages.EXPRESSION_UNREADABLE
    ),
    _failure(
        "Moodle lists the resources instead, with their identifiers as titles",
        SCORM,
        messages.NOTHING_TO_LAUNCH,
        when=(_has_no_menu, "without a menu"),
        is_forgiving=True,
    ),
)
FAILURES: tuple[Failure, ...] = (*_OF_NONE, *_OF_BACKUPS, *_OF_CARTRIDGES, *_OF_SCORM)
