"""What Canvas does where general rules have found something: its converters were run on packages damaged so."""

from __future__ import annotations

from coursewright.audit.lms.failures import Failure, When
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message
from coursewright.packages.documents.reading import read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

TRIED = "damaged"
"""By what name the table of limits knows how this is known."""
_STOPS = "Canvas's import stops"
_DROPS_ITEM = "Canvas leaves the item out of the module"
_ITS_OWN = (Family.CARTRIDGE,)
_ANY = (Family.CARTRIDGE, Family.QTI)


def _is_question(finding: Finding, subject: Subject) -> bool:
    """Say whether it is a question that has the identifier of another."""
    name = finding.place.path.removeprefix(f"{subject.container.shown}/")
    root = read_document(name, subject.container) if name in subject.container.sizes else None
    questions = root.iter("{*}item") if root is not None and finding.place.path != subject.shown else ()
    return any(one.get("ident") == finding.values.get("name") for one in questions)


def _names(*kinds: str) -> When:
    """Return what says whether an assignment names something of these kinds."""
    return lambda finding, subject: finding.values.get("what") in kinds


def _failure(
    does: str,
    families: tuple[Family, ...],
    *found: Message,
    when: tuple[When, str] | None = None,
    is_forgiving: bool = False,
) -> Failure:
    return Failure(found, families, does, TRIED, (), is_forgiving, *(when or (None, "")))


FAILURES: tuple[Failure, ...] = (
    _failure(_STOPS, (), messages.MANIFEST_DEEPER, messages.MANIFEST_MISNAMED),
    _failure(_STOPS, _ITS_OWN, messages.ASSIGNMENT_INCOMPLETE),
    # what it lists, and is not there
    _failure("Canvas leaves it out, and whatever needs it", _ANY, messages.FILE_MISSING, messages.NAME_DIFFERS),
    _failure("Canvas finds none of them, and stops where it needs one", _ANY, messages.NAMES_BACKSLASHED),
    _failure("Canvas leaves the tool out, and whatever needs it", _ANY, messages.TOOL_WITHOUT_ADDRESS),
    _failure("Canvas leaves the quiz out, and whatever needs it", _ITS_OWN, messages.QUIZ_WITHOUT_QUESTIONS),
    _failure(
        "Canvas keeps one of the two questions", _ANY, messages.IDENTIFIER_TWICE, when=(_is_question, "a question")
    ),
    # modules
    _failure("Canvas makes no modules", _ITS_OWN, messages.MODULES_MISSING),
    _failure(
        _DROPS_ITEM,
        _ITS_OWN,
        *(messages.MODULE_ITEM_DANGLES, messages.ITEM_WITHOUT_ADDRESS, messages.REFERENCE_DANGLES),
    ),
    _failure("Canvas drops that prerequisite", _ITS_OWN, messages.MODULE_WAITS_FOR_NOTHING),
    _failure("Canvas drops that requirement", _ITS_OWN, messages.REQUIREMENT_DANGLES),
    _failure("Canvas takes any score", _ITS_OWN, messages.SCORE_UNSAID),
    # assignments
    _failure(
        'Canvas puts it into "Imported Assignments"',
        _ITS_OWN,
        messages.SETTING_DANGLES,
        when=(_names("assignment group"), "of a group"),
    ),
    _failure(
        "Canvas grades it without one", _ITS_OWN, messages.SETTING_DANGLES, when=(_names("rubric"), "of a rubric")
    ),
    # what does no harm
    _failure("Canvas takes it as a whole", _ANY, messages.NAME_CUT, is_forgiving=True),
)
