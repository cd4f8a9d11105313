"""What becomes of whole quizzes and banks in Canvas: of which it makes none, what they draw, titles and limits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.lms.canvas.losses import LONGEST, MOST_TOLD, Amiss, left_out, taken_for, untitled
from coursewright.audit.rule import OpenedDocument
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.addresses import address_in_package, found_as, local_name
from coursewright.packages.documents.canvas.cartridge import number
from coursewright.packages.documents.canvas.names import QUIZ
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.qti12.values import BankSelection, QtiMetadata, facts_of
from coursewright.packages.documents.reading import read_value
from coursewright.packages.subject import Subject
from coursewright.text.addresses import has_scheme
from coursewright.text.names import plain_number

_ROOT, _WHAT = "questestinterop", "the quiz in this file"
_COUNTED, _LEAST = ("assignment", "practice_quiz"), 0.01
_LINK = re.compile(r"""(?:src|href|data)\s*=\s*["']([^"'<>]{1,500})["']""")
_OF_QUIZZES, _HOLDERS = ("assessment", "objectbank", "section", "item", "qticomment"), ("section", "objectbank")
# Labels of the profile, the values that Canvas reads of them, what it takes other ones for, and which it knows.
_LABELS = {
    "cc_maxattempts": (r"\d{1,9}|unlimited|examination", "there is no limit to attempts", "1 to 5, or unlimited"),
    "qmd_timelimit": (r"\d{1,9}", "there is no time limit", "a whole number of minutes"),
    "cc_weighting": (r"\d{1,9}(\.\d*)?", "the question is worth nothing", "a number of points"),
}  # fmt: skip


QUIZ_ENDINGS = (".xml", ".dat", ".qti")
"""How the files end, in small letters, that Canvas's tool for quizzes opens in a folder, whatever lists them."""
# Labels of metadata that the tool reads; elsewhere it does not mind what else there is of a field.
_READ_LABELS = frozenset(
    (
        *("maximumscore", "marks", "name", "syllabusarea", "author", "creator", "owner", "itemtype", "item type"),
        *("question type", "status", "layoutstatus", "timelimit", "cc_maxattempts", "cc_profile", "cc_weighting"),
        *("weighting", "points_possible", "question_type", "bank_title", "original_answer_ids", "assessmenttype"),
        *("assessment_question_identifierref", "questiontype", "respondusapi_qpoints", "respondusapi_qtype"),
        *("wct_results_showfeedback", "wct_results_showtotalscore", "wct_attempt_attemptsallowed", "wct_questiontype"),
        *("wct_results_scoring", "wct_fib_questiontext", "wct_questioncategory", "wct_calc_questiontext"),
    )
)


def bare_fields(document: OpenedDocument) -> Iterator[tuple[etree._Element, str]]:
    """Yield the fields of metadata with a label that the tool reads, and no entry, where it stops; with the label."""
    for field in document.all("qtimetadatafield"):
        label = text_of(field.find("{*}fieldlabel")).lower()
        if label.removeprefix("qmd_") in _READ_LABELS and field.find("{*}fieldentry") is None:
            yield field, label


def is_qti_1(root: etree._Element | None) -> bool:
    """Say whether a document is one of QTI 1, in which Canvas looks for questions."""
    return root is not None and local_name(root) == _ROOT


def _unrooted(root: etree._Element) -> Amiss | None:
    is_amiss = not is_qti_1(root)
    return (f"it begins with <{local_name(root)[:40]}>", f"begin it with <{_ROOT}>") if is_amiss else None


def _strays(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield that questions of assessments are in none of the sections in which Canvas looks for them."""
    items = (one for assessment in document.all("assessment") for one in assessment.iter("{*}item"))
    if stray := sum(not any(local_name(each) in _HOLDERS for each in one.iterancestors()) for one in items):
        what, reason = f"the questions of a quiz ({stray})", "they stand in no <section>"
        yield left_out(document.root, what, reason, "put them into a <section>")


# --- general cartridges ---


def quiz_arrives(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield why Canvas makes no quiz of a document, or one without its questions, its title, or its limits."""
    root = document.root
    if amiss := _unmade(document):
        yield left_out(root, _WHAT, *amiss)
        return
    yield from _strays(document)
    for more in root.findall("{*}assessment")[1:]:
        what, reason = f"the quiz '{more.get('title', '')[:60]}'", "another stands before it in the same file"
        yield left_out(more, what, reason, "put it into a file of its own")
    for quiz in root.findall("{*}assessment")[:1]:
        yield from named(quiz, document)
    for one in (*document.all("assessment"), *document.all("item")):
        for field in read_as(QtiMetadata, one).fields:
            form, taken, known = _LABELS.get(field.fieldlabel, ("", "", ""))
            value = field.fieldentry.strip()
            if form and value and not re.fullmatch(form, value, re.IGNORECASE):
                yield taken_for(None, _WHAT, f"{field.fieldlabel} is '{value[:40]}'", taken, known)


def _unmade(document: OpenedDocument) -> Amiss | None:
    """Return why Canvas makes no quiz of a document, and what to do."""
    root = document.root
    if (amiss := _unrooted(root)) or document.name not in document.subject.once(_of_quizzes):
        return amiss
    if root.find("{*}assessment") is None:
        return "it has no <assessment>", "put its sections into one"
    odd = next((local_name(one) for one in root.iterchildren(etree.Element) if local_name(one) not in _OF_QUIZZES), "")
    return (f"<{odd[:40]}> stands right in its <{_ROOT}>", "put it into the <assessment>") if odd else None


def _of_quizzes(subject: Subject) -> frozenset[str | None]:
    """Return the documents of resources that are quizzes, and no banks."""
    quizzes = (one for one in subject.resources if one.get("type", "").endswith("/assessment"))
    parts = (part for one in quizzes for part in (one, *one.iterfind("{*}file")))
    return frozenset(found_as(address_in_package(part), subject.container) for part in parts)


def named(quiz: etree._Element, document: OpenedDocument) -> Iterator[Flaw]:
    """Yield that a quiz has no title, or one for which there is no room."""
    yield from untitled(quiz, _WHAT, quiz.get("title", "").strip(), "it is called 'Unnamed Quiz'")


# --- packages of QTI ---


def pictures_are_listed(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield a finding for each picture of a package of QTI that is not there, or that no resource lists."""
    sizes, listed = document.subject.container.sizes, document.subject.once(_listed)
    lost: dict[str, etree._Element] = {}
    for element in document.all("mattext"):
        text = text_of(element)
        for link in _LINK.findall(text) if "<" in text else ():
            path = unquote(unquote(link)).rpartition("$")[2].lstrip("/")
            is_path = len(path) > 1 and not has_scheme(path) and not link.startswith(("#", "//", "{"))
            if is_path and path not in lost and not _is_end(path, listed):
                lost[path] = element
    for path, element in list(lost.items())[:MOST_TOLD]:
        reason = "no resource of the manifest lists it" if _is_end(path, sizes) else "it is not in the package"
        remedy = "give it a resource of the type webcontent"
        yield left_out(element, f"the file '{path}'", reason, remedy)


def _listed(subject: Subject) -> frozenset[str]:
    """Return the files that the manifest lists."""
    every = subject.found.root.iter("{*}file", "{*}resource")
    return frozenset(unquote(one.get("href", "")) for one in every) - {""}


def _is_end(path: str, names: Collection[str]) -> bool:
    return path in names or any(one.endswith(path) for one in names)


def limits_are_read(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield that the time for a quiz of QTI is lost: Canvas takes what is written as in ISO 8601 for 0."""
    for one in document.root.iterfind("{*}assessment/{*}duration"):
        if (said := text_of(one).strip())[:1].upper() == "P":
            taken, known = "there is no time limit", "qmd_timelimit in its metadata"
            yield taken_for(one, _WHAT, f"its <duration> is '{said[:20]}'", taken, known)


def titles_are_said(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield the quizzes of QTI that have no title, where none of Canvas's settings gives them one."""
    for quiz in document.root.iterfind("{*}assessment"):
        if f"{quiz.get('ident', '')}/{QUIZ}" not in document.subject.container.sizes:
            yield from named(quiz, document)


# --- what is drawn from banks ---


@frozen
class _Group:
    """Questions that are drawn: the element that says so, what it says, and the section that it stands in."""

    element: etree._Element
    said: BankSelection
    section: etree._Element | None

    @property
    def beside(self) -> list[etree._Element]:
        """The questions that stand beside it."""
        return [] if self.section is None else list(self.section.iterchildren("{*}item"))


def groups_draw(document: OpenedDocument, banks: Mapping[str, int]) -> Iterator[Flaw]:
    """Yield a finding where a document holds no quiz, or its questions where no quiz looks, and for each group that
    draws nothing, draws more than there is, or says not what its questions are worth; `banks` are those that there
    are, with how many questions they have."""
    if amiss := _unrooted(document.root):
        yield left_out(document.root, _WHAT, *amiss)
        return
    yield from _unheld(document)
    for one in document.all("selection"):
        group = _Group(one, read_as(BankSelection, one), next(one.iterancestors("{*}section"), None))
        for reason, remedy in _undrawn(group, banks):
            yield left_out(group.element, "the questions of a group", reason, remedy, Severity.WARNING)
        if amount := _overdrawn(group, banks):
            wanted, taken = f"a number up to {amount[1]}", "the points of those that are not there cannot be earned"
            reason = f"it draws {amount[0]} of {amount[1]}"
            yield taken_for(group.element, "a group of questions", reason, taken, wanted)
        if group.section is not None and len(group.section.get("title", "")) > LONGEST:
            reason = f"the title of a group has more than {LONGEST} characters"
            yield left_out(group.section, "the quiz, from that group on", reason, "shorten it")
        if _is_worthless(group):
            yield flaw(messages.CANVAS_COUNTS_ONE, group.element, count=1, total=1)


def _unheld(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield that the questions of a document stand where no quiz looks for them, or in a bank without a title."""
    root, holder = document.root, next(document.all("assessment", "objectbank"), None)
    is_bank = holder is not None and local_name(holder) == "objectbank" and holder.find(".//{*}item") is not None
    if holder is None and root.find("{*}item") is None and root.find("{*}section") is None:
        reason = "it has neither an <assessment> nor an <objectbank>"
        yield left_out(root, _WHAT, reason, "write an <assessment> in it")
    elif holder is None:
        taken, known = "its questions go into a bank, and no quiz asks them", "an <assessment> around them"
        yield taken_for(root, _WHAT, "it has no <assessment>", taken, known)
    elif document.subject.found.is_canvas and is_bank and not facts_of(holder).get("bank_title", "").strip():
        yield taken_for(root, "the bank in this file", "it has no title", "it gets its ident", "bank_title")
    else:
        yield from _strays(document)


def _overdrawn(group: _Group, banks: Mapping[str, int]) -> tuple[int, int] | None:
    """Return how many questions a group draws, and of how many, if these are fewer."""
    bank, count = group.said.sourcebank_ref, group.said.selection_number
    there = banks.get(bank, 0) if bank else len(group.beside)
    is_more = bool(re.fullmatch(r"\d{1,6}", count)) and 0 < there < int(count)
    return (int(count), there) if is_more else None


def _undrawn(group: _Group, banks: Mapping[str, int]) -> Iterator[Amiss]:
    """Yield why a group draws no questions, and what to do."""
    bank, count = group.said.sourcebank_ref, group.said.selection_number
    if bank and bank not in banks and group.element.find(".//{*}sourcebank_context") is None:
        reason = f"their bank '{bank}' is not in the cartridge, or has no questions"
        yield reason, "add the bank, with its questions, to non_cc_assessments/"
    if (bank or group.said.selection_extension) and not re.match(r"0*[1-9]", count):
        reason = f"the number of questions to draw is '{count[:20]}'" if count else "it does not say how many to draw"
        yield reason, "write how many in <selection_number>"


def _is_worthless(group: _Group) -> bool:
    """Say whether a group does not tell what each of its questions is worth."""
    said = group.said
    is_counted = bool(said.selection_number) and any(_worth(item) != 1 for item in group.beside)
    is_group = bool(said.points or said.sourcebank_ref or is_counted)
    return is_group and not re.fullmatch(r"\d+(\.\d*)?|\.\d+", said.points)


def _settings(quiz: etree._Element, subject: Subject) -> QuizSettings | None:
    return read_value(QuizSettings, f"{quiz.get('ident', '')}/{QUIZ}", subject.container)


def points_are_kept(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield that a published quiz says that it is worth something else than its questions."""
    quiz = document.root.find("{*}assessment")
    settings = None if quiz is None else _settings(quiz, document.subject)
    if quiz is None or settings is None or settings.available != "true" or settings.quiz_type not in _COUNTED:
        return
    said, worth = number(settings.points_possible), _total(quiz)
    if said is not None and worth and abs(said - worth) > _LEAST:
        reason = f"it says that it is worth {plain_number(said)}, and its questions are worth {plain_number(worth)}"
        taken, known = "the points of the questions count", "the same as <points_possible>"
        yield taken_for(quiz, f"the quiz '{settings.title[:60]}'", reason, taken, known)


def _total(quiz: etree._Element) -> float | None:
    """Return what the questions of a quiz are worth, None where one, or a group, says no number."""
    worth = 0.0
    for section in quiz.iter("{*}section"):
        items = list(section.iterchildren("{*}item"))
        selection = section.find("{*}selection_ordering/{*}selection")
        drawn = None if selection is None else read_as(BankSelection, selection)
        if drawn is None:
            said = list(map(_said, items))
        elif items or drawn.sourcebank_ref:
            count, each = number(drawn.selection_number), number(drawn.points)
            said = [None if count is None or each is None else count * each]
        else:
            continue
        if None in said:
            return None
        worth += sum(filter(None, said))
    return worth


def _said(item: etree._Element) -> float | None:
    facts = read_as(QtiMetadata, item).folded
    return 0.0 if facts.get("question_type") == "text_only_question" else number(facts.get("points_possible", ""))


def _worth(item: etree._Element) -> float:
    said = read_as(QtiMetadata, item).folded.get("points_possible")
    return 1.0 if said is None else number(said) or 0.0


def adds_up(document: OpenedDocument) -> bool:
    """Say whether the points of a quiz are what its settings say, with 1 for each question that does not say."""
    quiz = document.root.find("{*}assessment")
    settings = None if quiz is None else _settings(quiz, document.subject)
    said = number(settings.points_possible) if settings else None
    if quiz is None or said is None or next(quiz.iter("{*}selection"), None) is not None:
        return False
    return sum(_worth(item) for item in quiz.iter("{*}item")) == said
