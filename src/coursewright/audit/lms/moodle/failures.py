"""What Moodle does where general rules have found something, as data: each was restored or imported, damaged so."""

from __future__ import annotations

from coursewright.audit.lms.failures import Failure, When, resources_around
from coursewright.audit.rule import SCORM
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message
from coursewright.packages.documents.reading import is_page
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

TRIED = "damaged"
"""By what name the table of limits knows how this is known."""
_STOPS = "Moodle's import stops"
_DROPS = "Moodle leaves that condition out, and it opens without it"
_KEEPS = "Moodle keeps that condition, and nobody meets it"
_TITLE, _ERROR = "Moodle shows the title alone, and nothing opens", "in Moodle, learners get an error there"


def _shows(begin: str) -> When:
    """Return what says whether something was found of a resource whose type begins so."""

    def shows(finding: Finding, subject: Subject) -> bool:
        return any(one.get("type", "").startswith(begin) for one in resources_around(finding, subject))

    return shows


def _is_of_page(finding: Finding, subject: Subject) -> bool:
    return any(is_page(one.get("href", "")) for one in resources_around(finding, subject))


def _names(*kinds: str) -> When:
    """Return what says whether a restriction names something of these kinds."""
    return lambda finding, subject: finding.values.get("kind") in kinds


def _failure(
    does: str, families: tuple[Family, ...], *found: Message, document: str = "", when: When | None = None, of: str = ""
) -> Failure:
    return Failure(found, families, does, TRIED, (document,) if document else (), when, of)


_QUIZ, _PAGE = ("imsqti_", "a quiz"), "a page"
_BACKUP, _CARTRIDGE = (Family.MOODLE,), (Family.CARTRIDGE,)
FAILURES: tuple[Failure, ...] = (
    _failure("Moodle does not take the package", (), messages.MANIFEST_DEEPER, messages.MANIFEST_MISNAMED),
    _failure(f"{_STOPS}, or takes nothing of what comes after", (), messages.NOT_WELL_FORMED),
    # backups
    _failure(
        _STOPS,
        _BACKUP,
        *(messages.NOT_WELL_FORMED, messages.BACKUP_INCOMPLETE, messages.RESTRICTION_UNREADABLE),
        messages.NAMES_BACKSLASHED,
    ),
    _failure(_DROPS, _BACKUP, messages.CONDITION_UNKNOWN),
    _failure(_DROPS, _BACKUP, messages.CONDITION_DANGLES, when=_names("group", "grouping"), of="of a group"),
    _failure(
        _KEEPS, _BACKUP, messages.CONDITION_DANGLES, when=_names("activity", "grade", "profile"), of="of anything else"
    ),
    _failure(_KEEPS, _BACKUP, messages.COMPLETION_NOT_TRACKED),
    _failure("Moodle restores the rest without it", _BACKUP, messages.FILE_NOT_KEPT),
    # cartridges
    _failure(_STOPS, _CARTRIDGE, messages.NOT_WELL_FORMED, document="imsmanifest.xml"),
    _failure(
        _STOPS,
        _CARTRIDGE,
        messages.NOT_WELL_FORMED,
        messages.FILE_MISSING,
        messages.NAME_DIFFERS,
        messages.RESOURCE_FILES,
        when=_shows(_QUIZ[0]),
        of=_QUIZ[1],
    ),
    _failure(
        "the page arrives empty in Moodle",
        _CARTRIDGE,
        messages.FILE_MISSING,
        messages.NAME_DIFFERS,
        when=_is_of_page,
        of=_PAGE,
    ),
    _failure(_TITLE, _CARTRIDGE, messages.REFERENCE_DANGLES),
    _failure("Moodle unpacks none of these files", _CARTRIDGE, messages.NAMES_BACKSLASHED),
    # SCORM
    _failure(_TITLE, SCORM, messages.REFERENCE_DANGLES, messages.SCO_WITHOUT_HREF),
    _failure(_ERROR, SCORM, messages.FILE_MISSING, messages.NAME_DIFFERS, messages.NAME_CUT, messages.NAME_GARBLED),
    _failure("Moodle takes one for the other", SCORM, messages.IDENTIFIER_TWICE),
    _failure(
        "in Moodle the item never opens", SCORM, messages.PREREQUISITE_NOT_LAUNCHABLE, messages.PREREQUISITE_SYNTAX
    ),
)
