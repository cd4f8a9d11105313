"""The quizzes of a package that are written in QTI 1.2, as rules look at them: documents, questions, responses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message, Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.addresses import address_in_package, found_as, local_name
from coursewright.packages.documents.canvas.names import QUESTIONS, QUIZ
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.qti12.values import (
    QtiCondition,
    QtiFlow,
    QtiImage,
    QtiItem,
    QtiLabel,
    QtiPiece,
    QtiResponse,
    QtiSection,
    QtiShown,
    QtiTest,
    QtiTests,
    QtiText,
    pieces,
)
from coursewright.packages.documents.reading import read_value
from coursewright.packages.files.container import Container
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, parsed_apart, within_bounds
from coursewright.text.patterns import later

_OWN_DTD = "ims_qtiasi"
_QUIZ_TYPES = ("imsqti_xmlv1p", "ims_qtiasiv1p")
_TAG = later(r"<[^<>]*>|&nbsp;|&#160;|\s+")
_SHOWN_IN_HTML = ("<img", "<video", "<audio", "<iframe", "<object", "<embed", "<math", "<svg")
_SHOWN = ("mataudio", "matvideo", "matapplet", "matapplication", "matref", "material_ref")


class QuestionDialect(StrEnum):
    """Who wrote a quiz for whom, which decides what holds for it."""

    CARTRIDGE = "cartridge"
    CANVAS = "canvas"  # what Canvas reads of its own cartridges
    PACKAGE = "package"  # QTI 1.2 by itself, in no profile


@frozen
class PackedQuiz:
    """A quiz or a bank of questions, with all of them, in whatever section; a survey has no right answers.

    Its `root` is for what judges any element, even where none should be.
    """

    name: str
    root: etree._Element
    content: QtiSection
    dialect: QuestionDialect
    is_survey: bool
    items: tuple[QtiItem, ...]

    @property
    def is_of_canvas(self) -> bool:
        """Say whether it is one of those that Canvas keeps for itself."""
        return f"/{QUESTIONS}" in f"/{self.name}"

    def questions(self) -> Iterator[PackedQuestion]:
        """Yield its questions, each as what it says that it is."""
        for item in self.items:
            facts = item.known.facts
            kind = facts.get("cc_profile") or facts.get("question_type", "")
            counts = not re.fullmatch(r"0+(\.0*)?", facts.get("points_possible", ""))
            yield PackedQuestion(self, item, question_name(item.title, item.ident), kind, counts)


@frozen
class PackedQuestion:
    """A question: what findings call it, and what its metadata say of it: its kind, and if it counts."""

    quiz: PackedQuiz
    item: QtiItem
    name: str
    kind: str
    counts: bool

    @property
    def is_of(self) -> QuestionDialect:
        """Return for whom it was written."""
        return self.quiz.dialect

    @property
    def responses(self) -> dict[str, QtiResponse]:
        """Return what takes an answer, by its ident; what stands in another is of that."""
        return {one.ident: one for one in responses_of(self.item)}

    @property
    def shown(self) -> list[QtiShown]:
        """Return what shows feedback in it."""
        return [one for condition in self.item.conditions for one in condition.shown]

    def flaw(self, message: Message, line: int | None = None, weight: Severity | None = None, /, **values: str) -> Flaw:
        """Return what is wrong with it, on a line, or as a whole."""
        return flaw(message, self.item.line if line is None else line, weight, question=self.name, **values)


def quizzes(subject: Subject) -> Iterator[PackedQuiz]:
    """Yield the quizzes of a package, as far as they can be read; why one cannot is said elsewhere, or here."""
    container, dialect = subject.container, _dialect(subject)
    said_elsewhere = dialect is QuestionDialect.CANVAS or (
        dialect is QuestionDialect.CARTRIDGE and bool(subject.found.kind.schema)
    )
    for name in within_bounds(quiz_documents(subject), container, "quizzes"):
        document, findings = parsed_apart(container, name)
        if not said_elsewhere:
            container.findings += _eased(findings, document[1]) if document else findings
        if document and local_name(document[1]) == "questestinterop":
            yield _packed(name, document[1], dialect, container)
    for resource in subject.typed(*_QUIZ_TYPES) if dialect is QuestionDialect.CARTRIDGE else ():
        if (inside := resource.find("{*}questestinterop")) is not None:  # as version 1.3 allows
            yield _packed(subject.found.file, inside, dialect, container)


def _packed(name: str, root: etree._Element, dialect: QuestionDialect, container: Container) -> PackedQuiz:
    whole = read_as(QtiSection, root)
    content = next(iter(whole.held("assessment", "objectbank")), whole)
    return PackedQuiz(name, root, content, dialect, _is_survey(whole, container), tuple(whole.items))


def _dialect(subject: Subject) -> QuestionDialect:
    if subject.found.is_canvas:
        return QuestionDialect.CANVAS
    return QuestionDialect.CARTRIDGE if subject.found.kind.family is Family.CARTRIDGE else QuestionDialect.PACKAGE


def _eased(findings: list[Finding], root: etree._Element) -> Iterator[Finding]:
    """Yield what reading a document has found, lighter where it is the DTD of QTI 1: its documents begin so."""
    information: Any = root.getroottree().docinfo  # more than its stubs know
    is_own = (information.system_url or "").startswith(_OWN_DTD)
    for one in findings:
        is_dtd = one.code == messages.TAKES_IN.code and one.place.line == 1
        yield one.weighing(Severity.INFO if is_own and is_dtd else None)


def quiz_documents(subject: Subject) -> list[str]:
    """Return the names of the documents that hold quizzes.

    Canvas reads its own documents only; what it writes beside them for others is a part of the questions, and nothing
    that an author could mend.
    """
    container = subject.container
    if container.alone:
        return []
    if subject.found.is_canvas:
        return [name for name in sorted(container.sizes) if name.startswith(QUESTIONS) and name.endswith(".qti")]
    names = (quiz_document(resource, container) for resource in subject.typed(*_QUIZ_TYPES))
    return list(dict.fromkeys(name for name in names if name))


def quiz_document(resource: etree._Element, container: Container) -> str | None:
    """Return the document that a resource is: what it launches, or its first file that can be one."""
    for element in (resource, *resource.iterfind("{*}file")):
        address = address_in_package(element)
        if address.lower().endswith((".xml", ".qti", ".qml")):
            return found_as(address, container)
    return None


def _is_survey(whole: QtiSection, container: Container) -> bool:
    """Say whether Canvas's settings of a quiz make it a survey."""
    named = (read_value(QuizSettings, f"{one.ident}/{QUIZ}", container) for one in whole.held("assessment")[:1])
    return any(settings.quiz_type.endswith("survey") for settings in named if settings)


def question_name(title: str, ident: str | None) -> str:
    """Return what a question is called by: its title if that tells it from others, and its ident."""
    name = "?" if ident is None else ident
    return f"{title.strip()} ({name})" if title.strip() else name


def shows_something(flow: QtiFlow | None) -> bool:
    """Say whether learners see a text or a picture there, the answers to choose from aside."""
    return flow is not None and any(map(_is_seen, pieces(flow.contents, around=(QtiLabel,))))


def _is_seen(piece: QtiPiece) -> bool:
    if isinstance(piece, QtiText):
        text = piece.text.lower()
        is_picture = piece.name == "matemtext" or bool(piece.contents) or any(name in text for name in _SHOWN_IN_HTML)
        return is_picture or bool(_TAG.sub("", text))
    return isinstance(piece, QtiImage) or (isinstance(piece, QtiFlow) and piece.name in _SHOWN)


# --- how Canvas looks for the option that a key names: by its ident, or by its text ---

_WORD = re.compile(r"[^\W\d][\w-]*")  # a text by which Canvas finds an option: it makes an identifier of others
_TO_THE_LETTER = ("RESP_MC", "response")  # responses of which it takes a text letter by letter
_BY_IDENT = "TF"  # what responses begin with of which it takes idents alone
_MULTIPLE = "Multiple"


def label_text(label: QtiLabel) -> str:
    """Return the text of an option."""
    return "".join(one.text for one in pieces(label.contents) if isinstance(one, QtiText)).strip()


def takes_text(test: QtiTest, condition: QtiCondition, item: QtiItem) -> bool:
    """Say whether Canvas finds an option by the text that a key names: of a word, where the options of a condition need
    not be chosen together."""
    texts = [label_text(label) for one in responses_of(item) for label in one.labels]
    if not _WORD.fullmatch(test.value) or test.respident.startswith(_BY_IDENT) or _together(test, condition, item):
        return False
    if test.respident in _TO_THE_LETTER:
        return test.value in texts
    return test.value.lower() in map(str.lower, texts)


def breaks(test: QtiTest, condition: QtiCondition, item: QtiItem) -> bool:
    """Say whether Canvas loses a whole question over a key that names no option, and does not pass over the key."""
    is_named = test.respident in _TO_THE_LETTER or test.respident.startswith(_BY_IDENT)
    return is_named or _together(test, condition, item)


def unmet(item: QtiItem) -> Iterator[tuple[QtiTest, QtiCondition]]:
    """Yield what scores an option that Canvas does not find; of which response that is, it does not ask."""
    offered = {label.ident for one in responses_of(item) for label in one.labels}
    for condition in item.conditions if any(one.rendered("render_choice") for one in responses_of(item)) else ():
        for test, negated in condition.compared() if condition.scores else ():
            is_looked_for = test.name == "varequal" and not negated and test.value not in offered
            if is_looked_for and not takes_text(test, condition, item):
                yield test, condition


def responses_of(item: QtiItem) -> list[QtiResponse]:
    """Return what takes an answer in a question; what stands in another is of that."""
    asked = item.presentation.contents if item.presentation else ()
    return [one for one in pieces(asked, around=(QtiResponse,)) if isinstance(one, QtiResponse)]


def _together(test: QtiTest, condition: QtiCondition, item: QtiItem) -> bool:
    """Say whether an option must be chosen together with others: where several may be, and a condition names several,
    or has them in an <and>."""
    several = {one.ident for one in responses_of(item) if one.rcardinality == _MULTIPLE}
    named = [one for one, negated in condition.compared() if one.name == "varequal" and not negated]
    inner = [one.name for each in condition.tests for one in each.tests if isinstance(one, QtiTests)]
    return test.respident in several and "or" not in inner and (len(named) > 1 or "and" in inner)
