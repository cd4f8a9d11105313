"""What Canvas does where general rules have found something: its converters were run on packages damaged so."""

from __future__ import annotations

from lxml import etree

from coursewright.audit.lms.canvas.questions import ending
from coursewright.audit.lms.canvas.quizzes import QUIZ_ENDINGS
from coursewright.audit.lms.failures import Failure, failure, of_value
from coursewright.audit.rules.questions.quizzes import breaks, question_name, unmet
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.canvas.names import FILES, GROUPS, QUESTIONS, RUBRICS, SETTINGS
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.qti12.values import QtiItem
from coursewright.packages.documents.reading import read_document
from coursewright.packages.kinds import Family
from coursewright.packages.schema import parser
from coursewright.packages.subject import Subject

_STOPS = "Canvas's import stops"
_DROPS_ITEM = "Canvas leaves the item out of the module"
_ITS_OWN = (Family.CARTRIDGE,)
_ANY = (Family.CARTRIDGE, Family.QTI)
_GROUP = (of_value("file", GROUPS.removeprefix(SETTINGS)), "of a group")
_RUBRIC = (of_value("file", RUBRICS.removeprefix(SETTINGS)), "of a rubric")


def _is_question(finding: Finding, subject: Subject) -> bool:
    """Say whether it is a question that has the identifier of another."""
    name = subject.container.name_at(finding.place.path)
    root = read_document(name, subject.container) if name in subject.container.sizes else None
    questions = root.iter("{*}item") if root is not None and finding.place.path != subject.shown else ()
    return any(one.get("ident") == finding.values.get("name") for one in questions)


def _is_file(finding: Finding, subject: Subject) -> bool:
    """Say whether resources have the identifier of another; in its own cartridges, files of the course."""
    named = [one for one in subject.resources if one.get("identifier") == finding.values.get("name")]
    is_course = not subject.found.is_canvas or all((one.get("href") or "").startswith(FILES) for one in named)
    return finding.place.path == subject.shown and len(named) > 1 and is_course


def _is_garbled(finding: Finding, subject: Subject) -> bool:
    """Say whether a document is XML but for its letters, which are of another encoding than it says."""
    content = subject.container.read(subject.container.name_at(finding.place.path)) or b""
    try:
        etree.fromstring(content.decode("utf-8", "replace").encode(), parser())
    except etree.XMLSyntaxError:
        return False
    return True


def _is_undecoded(finding: Finding, subject: Subject) -> bool:
    """Say whether a document, which is none of quizzes, has bytes that are no letters of UTF-8: those that Canvas keeps
    among its texts it may be unable to write down."""
    name = subject.container.name_at(finding.place.path)
    content = b"" if name.startswith(QUESTIONS) else subject.container.read(name) or b""
    return content.decode("utf-8", "ignore").encode() != content and b"\0" not in content[:4]


def _ends(finding: Finding, subject: Subject) -> bool:
    return subject.container.name_at(finding.place.path) in subject.once(ending)


def question_of(finding: Finding, subject: Subject) -> QtiItem | None:
    """Return the question that a finding is about."""
    document, known = subject.container.name_at(finding.place.path), subject.once(_questions)
    if document not in known:
        root, named = read_document(document, subject.container), known.setdefault(document, {})
        for one in root.iter("{*}item") if root is not None else ():
            named.setdefault(question_name(one.get("title", ""), one.get("ident")), one)
    asked = known[document].get(str(finding.values.get("question")))
    return None if asked is None else read_as(QtiItem, asked)


def _questions(_subject: Subject) -> dict[str, dict[str, etree._Element]]:
    """Return where the questions of documents are kept by their names, once a document was asked for one."""
    return {}


def _breaks(finding: Finding, subject: Subject) -> bool:
    asked = question_of(finding, subject)
    return asked is not None and any(breaks(test, condition, asked) for test, condition in unmet(asked))


def _is_shown(finding: Finding, _subject: Subject) -> bool:
    return not str(finding.values.get("name", "")).lower().endswith(QUIZ_ENDINGS)


_FILE, _QUESTION = (_is_file, "resources"), (_is_question, "a question")
_DANGLING = (messages.MODULE_ITEM_DANGLES, messages.ITEM_WITHOUT_ADDRESS, messages.REFERENCE_DANGLES)
_UNANSWERED = (messages.ANSWER_UNKNOWN, messages.ANSWER_BY_TEXT)
_UNDECODED = (_is_undecoded, "bytes that are no letters, but for quizzes")
_ENDING = (_ends, "a quiz that its converter cannot make out")
FAILURES: tuple[Failure, ...] = (
    failure(_STOPS, (), messages.MANIFEST_DEEPER, messages.MANIFEST_MISNAMED),
    failure(_STOPS, _ITS_OWN, messages.ASSIGNMENT_INCOMPLETE),
    # what it lists, and is not there
    failure(
        "Canvas leaves it out; questions that show it arrive without it",
        (Family.QTI,),
        *(messages.FILE_MISSING, messages.NAME_DIFFERS),
        when=(_is_shown, "what is not a document"),
    ),
    failure("Canvas leaves it out, and whatever needs it", _ANY, messages.FILE_MISSING, messages.NAME_DIFFERS),
    failure("Canvas finds none of them, and stops where it needs one", _ANY, messages.NAMES_BACKSLASHED),
    failure("Canvas leaves the tool out, and whatever needs it", _ANY, messages.TOOL_WITHOUT_ADDRESS),
    failure("Canvas leaves the quiz out, and whatever needs it", _ITS_OWN, messages.QUIZ_WITHOUT_QUESTIONS),
    failure("Canvas keeps the last of them, and loses the others", _ANY, messages.IDENTIFIER_TWICE, when=_FILE),
    failure("Canvas keeps one of the two questions", _ANY, messages.IDENTIFIER_TWICE, when=_QUESTION),
    failure(
        "Canvas cannot make out the question then, and nobody gets points for it",
        _ANY,
        *_UNANSWERED,
        when=(_breaks, "where options must be chosen together, or of some names of responses"),
    ),
    failure("Canvas counts no such answer; where no other is right, nobody gets points", _ANY, *_UNANSWERED),
    # what is not XML: quizzes go through a tool, all else is read as far as it goes
    failure("Canvas leaves that quiz out", _ITS_OWN, messages.NOT_WELL_FORMED, when=_ENDING),
    failure(_STOPS, (Family.QTI,), messages.NOT_WELL_FORMED, when=_ENDING),
    failure("over this quiz, Canvas's import stops", _ITS_OWN, messages.READ_IN_PART, when=_ENDING),
    failure("over these bytes, Canvas's import may stop", _ITS_OWN, messages.READ_IN_PART, when=_UNDECODED),
    failure(
        "Canvas reads on, and loses those letters, and the markup of texts after them",
        _ANY,
        messages.NOT_WELL_FORMED,
        when=(_is_garbled, "where it is XML in letters of another encoding"),
    ),
    failure(
        "Canvas reads on over it, and loses what it cannot make out, and the markup of texts after it",
        _ANY,
        messages.NOT_WELL_FORMED,
        when=(lambda finding, subject: finding.place.path != subject.shown, "documents with texts"),
    ),
    failure("Canvas reads on over it, and loses what it cannot make out", _ANY, messages.NOT_WELL_FORMED),
    # modules
    failure("Canvas makes no modules", _ITS_OWN, messages.MODULES_MISSING),
    failure(_DROPS_ITEM, _ITS_OWN, *_DANGLING),
    failure("Canvas drops that prerequisite", _ITS_OWN, messages.MODULE_WAITS_FOR_NOTHING),
    failure("Canvas drops that requirement", _ITS_OWN, messages.REQUIREMENT_DANGLES),
    failure("Canvas takes any score", _ITS_OWN, messages.SCORE_UNSAID),
    # assignments
    failure('Canvas puts it into "Imported Assignments"', _ITS_OWN, messages.SETTING_DANGLES, when=_GROUP),
    failure("Canvas grades it without one", _ITS_OWN, messages.SETTING_DANGLES, when=_RUBRIC),
    # what does no harm
    failure(
        "Canvas goes by how it is answered, and takes it as it is",
        _ANY,
        messages.PROFILE_UNKNOWN,
        is_forgiving=True,
        remedy="Nothing to do for Canvas; for other LMSs, give it a cc_profile.",
    ),
    failure(
        "Canvas takes it as a whole",
        _ANY,
        messages.NAME_CUT,
        is_forgiving=True,
        remedy="Leave it for Canvas, which would not find it with %23 or %3F; for other LMSs, rename the file.",
    ),
)
