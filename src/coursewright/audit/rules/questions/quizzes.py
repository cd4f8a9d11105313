"""The quizzes of a package that are written in QTI 1.2, as rules look at them: documents, questions, responses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any

from lxml import etree

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.addresses import address_in_package, found_as, local_name
from coursewright.packages.documents.canvas.names import QUESTIONS, QUIZ
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.parsing import line_of
from coursewright.packages.documents.qti12.facts import facts_of
from coursewright.packages.documents.reading import read_value
from coursewright.packages.files.container import Container
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, parsed_apart, within_bounds

RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy", "response_extension")
_OWN_DTD = "ims_qtiasi"
_QUIZ_TYPES = ("imsqti_xmlv1p", "ims_qtiasiv1p")
_TAG = re.compile(r"<[^<>]*>|&nbsp;|&#160;|\s+")
_SHOWN_IN_HTML = ("<img", "<video", "<audio", "<iframe", "<object", "<embed", "<math", "<svg")
_SHOWN = ("matimage", "mataudio", "matvideo", "matapplet", "matapplication", "matref", "material_ref", "matemtext")


class QuestionDialect(StrEnum):
    """Who wrote a quiz for whom, which decides what holds for it."""

    CARTRIDGE = "cartridge"
    CANVAS = "canvas"  # what Canvas reads of its own cartridges
    PACKAGE = "package"  # QTI 1.2 by itself, in no profile


@frozen
class PackedQuestion:
    """A question: its element, what findings call it, and what its metadata say of it: its kind, and if it counts."""

    element: etree._Element
    name: str
    kind: str
    counts: bool

    @property
    def responses(self) -> dict[str, etree._Element]:
        """Return what takes an answer, by its ident."""
        return {found.get("ident", ""): found for found in _outermost(self.element, *RESPONSES)}

    @property
    def conditions(self) -> list[etree._Element]:
        """Return what gives points or feedback, and when."""
        return list(self.element.iterfind("{*}resprocessing/{*}respcondition"))


@frozen
class PackedQuiz:
    """A quiz or a bank of questions; a survey has no right answers."""

    root: etree._Element
    shown: str
    dialect: QuestionDialect
    is_survey: bool

    @property
    def is_of_canvas(self) -> bool:
        """Say whether it is one of those that Canvas keeps for itself."""
        return f"/{QUESTIONS}" in f"/{self.shown}"

    @property
    def content(self) -> etree._Element:
        """Return the assessment or the bank, or the document where it has neither."""
        return next((found for found in self.root if local_name(found) in ("assessment", "objectbank")), self.root)

    @property
    def questions(self) -> list[PackedQuestion]:
        """Return its questions, in whatever section."""
        return [_question(item) for item in _outermost(self.root, "item")]

    def place(self, element: etree._Element) -> Place:
        """Return where an element stands."""
        return Place(self.shown, line_of(element))


def _outermost(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the elements of some names that are in no other of them: what is in one is looked at once, then."""
    tags = [f"{{*}}{name}" for name in names]
    for found in element.iter(*tags):
        if next(found.iterancestors(*tags), None) is None:
            yield found


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
            root = document[1]
            yield PackedQuiz(root, container.path_of(name), dialect, _is_survey(root, container))


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
        yield replace(one, severity=Severity.INFO) if is_own and is_dtd else one


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
    quizzes = (found for found in subject.resources if found.get("type", "").startswith(_QUIZ_TYPES))
    names = (quiz_document(resource, container) for resource in quizzes)
    return list(dict.fromkeys(name for name in names if name))


def quiz_document(resource: etree._Element, container: Container) -> str | None:
    """Return the document that a resource is: what it launches, or its first file that can be one."""
    for element in (resource, *resource.iterfind("{*}file")):
        address = address_in_package(element)
        if address.lower().endswith((".xml", ".qti", ".qml")):
            return found_as(address, container)
    return None


def _is_survey(root: etree._Element, container: Container) -> bool:
    """Say whether Canvas's settings of a quiz make it a survey."""
    assessment = root.find("{*}assessment")
    name = f"{assessment.get('ident', '')}/{QUIZ}" if assessment is not None else ""
    settings = read_value(QuizSettings, name, container)
    return settings is not None and settings.quiz_type.endswith("survey")


def _question(item: etree._Element) -> PackedQuestion:
    found = facts_of(item)
    kind = found.get("cc_profile") or found.get("question_type", "")
    counts = not re.fullmatch(r"0+(\.0*)?", found.get("points_possible", ""))
    return PackedQuestion(item, question_name(item), kind, counts)


def question_name(item: etree._Element) -> str:
    """Return what a question is called by: its title if that tells it from others, and its ident."""
    title, ident = (item.get("title") or "").strip(), item.get("ident", "?")
    return f"{title} ({ident})" if title else ident


def labels(response: etree._Element) -> list[etree._Element]:
    """Return the answers that a response offers."""
    return list(response.iter("{*}response_label"))


def shows_something(element: etree._Element | None) -> bool:
    """Say whether learners see a text or a picture there, the answers to choose from aside."""
    if element is None:
        return False
    for found in element.iter("{*}mattext", *(f"{{*}}{name}" for name in _SHOWN)):
        if next(found.iterancestors("{*}response_label"), None) is None and _is_seen(found):
            return True
    return False


def _is_seen(found: etree._Element) -> bool:
    if local_name(found) != "mattext":
        return True
    text = (found.text or "").lower()
    return len(found) > 0 or bool(_TAG.sub("", text)) or any(name in text for name in _SHOWN_IN_HTML)
