"""What Canvas makes of the questions in its own cartridges: those that break there, and what they are worth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.lms.canvas.interactions import is_qti_2
from coursewright.audit.lms.canvas.losses import MOST_TOLD, TAGS, Amiss, left_out, stopped, taken_for
from coursewright.audit.lms.canvas.placing import misplaced, questions_are_spelt
from coursewright.audit.lms.canvas.quizzes import (
    QUIZ_ENDINGS,
    adds_up,
    bare_fields,
    groups_draw,
    is_qti_1,
    limits_are_read,
    pictures_are_listed,
    points_are_kept,
    quiz_arrives,
    titles_are_said,
)
from coursewright.audit.lms.canvas.scoring import misread_score, number_of
from coursewright.audit.rule import OpenedDocument, is_whole, rule
from coursewright.audit.rules.questions.quizzes import quiz_documents
from coursewright.findings import messages
from coursewright.findings.finding import Message, Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.canvas.names import FLAG
from coursewright.packages.documents.elements import canonical
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.qti12.values import QtiItem
from coursewright.packages.documents.reading import read_document, read_mended
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_LONGEST_STEM = 16 * 1024  # characters
_PICTURE = re.compile(r"<img[^<>]{0,500}\ssrc\s*=\s*[\"']data:", re.IGNORECASE)
_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,30});")
_ITEM = re.compile(rb"<(/?)(?:[\w.-]+:)?item[\s>]")
_TEXT = "text_only_question"
_ANSWERED = frozenset(("response_lid", "response_str", "response_num", "response_grp", "response_xy"))
# As what Canvas takes questions of the profiles of cartridges, which it tells by how they are answered.
_OF_PROFILES = {
    "cc.multiple_choice.v0p1": "multiple_choice_question",
    "cc.true_false.v0p1": "multiple_choice_question",
    "cc.multiple_response.v0p1": "multiple_answers_question",
    "cc.fib.v0p1": "short_answer_question",
    "cc.pattern_match.v0p1": "short_answer_question",
    "cc.essay.v0p1": "essay_question",
}
_CHOSEN = "multiple_choice true_false multiple_answers matching fill_in_multiple_blanks multiple_dropdowns"
_NEEDED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_CHOSEN, ("response_lid", "response_label")),
    ("short_answer numerical essay", ("response_str", "render_fib")),
    ("calculated", ("response_str",)),
    ("file_upload text_only", ()),
)
_TYPES: Mapping[str, tuple[str, ...]] = {f"{kind}_question": need for kinds, need in _NEEDED for kind in kinds.split()}
"""Canvas's types of questions, each with the elements by which it is answered, where it cannot do without."""
# What is in the names of types that mean another kind than choices, a word or an essay; and what of it is meant all the
# same by as what Canvas takes a question.
_HINTS = (
    *("match", "blank", "drop", "order", "hot", "categ", "formula", "calcul", "upload", "file", "num", "slider"),
    *("text_only", "text only", "multiple_answers", "multiple answers", "essay", "short"),
)
_ALIKE = {
    "multiple_choice_question": ("num",),
    "multiple_answers_question": ("num", "multiple_answers", "multiple answers"),
    "calculated_question": ("formula", "calcul", "num"),
    "numerical_question": ("num",),
    "short_answer_question": ("blank", "short"),
    "essay_question": ("essay",),
}
_WITH_BLANKS = ("fill_in_multiple_blanks_question", "multiple_dropdowns_question")
_OF_RESPONDUS = ("matching", "fillinmultiple", "fill in the blanks")  # what Canvas knows of another tool
_COMPARING, _COMPUTED = ("vargte", "varlte", "vargt", "varlt"), ("calculated", "formula", "var_set")
_TO_THE_LETTER = ("true_false_question", "file_upload_question", _TEXT)  # Canvas knows these in small letters only
_ACTIONS = ("Set", "Add", "Subtract", "Multiply", "Divide")
_PER_ITEM = "{*}selection_ordering/{*}selection/{*}selection_extension/{*}points_per_item"
_Amiss = Amiss | tuple[str, str, Severity]
"""Why a question breaks, what to do about it, and how much that weighs, if it is not an error."""


class CanvasQuestion:
    """A question as Canvas reads it, which looks for elements wherever they stand."""

    def __init__(self, element: etree._Element) -> None:
        self.element, self.value = element, read_as(QtiItem, element)
        self.facts = self.value.known.folded
        kind = self.facts.get("question_type", "") or _OF_PROFILES.get(self.facts.get("cc_profile", ""), "")
        self.kind = kind if kind.lower() in _TO_THE_LETTER else kind.lower()
        """Its type: in capitals or not, but for a few."""

    @property
    def title(self) -> str:
        """Its title, or its ident."""
        return self.element.get("title") or self.element.get("ident") or "?"

    @cached_property
    def names(self) -> set[str]:
        """The names of the elements in it."""
        return {local_name(one) for one in self.element.iter(etree.Element)}

    @property
    def stem(self) -> str:
        """The text that it begins with."""
        return "".join(map(text_of, self.element.iterfind("{*}presentation/{*}material/{*}mattext")))

    def all(self, *names: str) -> Iterator[etree._Element]:
        """Yield its elements of these names."""
        return self.element.iter(*(f"{{*}}{name}" for name in names))

    @property
    def is_drawn(self) -> bool:
        """Say whether it is in a bank, or in a group that says what each of its questions is worth, and does not say
        otherwise in a word."""
        around = list(self.element.iterancestors())
        is_told = any(local_name(one) == "objectbank" or one.find(_PER_ITEM) is not None for one in around)
        return is_told and not self.facts.get("points_possible")


def _is_of_1(subject: Subject) -> bool:
    return is_whole(subject) and not is_qti_2(subject.found)


@rule("L520 L527 L552 L554 L555 L572 L574", family=(Family.CARTRIDGE, Family.QTI), lms="canvas", when=_is_of_1)
def questions_arrive(subject: Subject) -> Iterator[Flaw]:
    """Every question is of a type that Canvas has, can be answered, and says what it is worth."""
    documents = list(_documents(subject))
    is_general = subject.found.kind.family is Family.CARTRIDGE and not subject.found.is_canvas
    every = (one for document in documents for one in document.all("objectbank"))
    counted = ((one.get("ident", ""), len(list(one.iter("{*}item")))) for one in every)
    banks = {ident: count for ident, count in counted if count}
    judges: tuple[Callable[[OpenedDocument], Iterator[Flaw]], ...] = (_questions, partial(groups_draw, banks=banks))
    if is_general:
        judges = _questions, quiz_arrives
    elif subject.found.is_canvas:
        judges = *judges, points_are_kept
    else:
        judges = *judges, pictures_are_listed, limits_are_read, titles_are_said
    for document in documents:
        yield from (found.within(document.name) for judge in judges for found in judge(document))
    is_course = not subject.found.is_canvas and FLAG in subject.container.sizes  # quizzes stand in it in two forms
    yield from () if is_general or is_course else islice(_replaced(documents), MOST_TOLD)


def _documents(subject: Subject) -> Iterator[OpenedDocument]:
    """Yield the documents in which Canvas looks for questions: in packages of QTI in every one."""
    is_qti, container, names = subject.found.kind.family is Family.QTI, subject.container, quiz_documents(subject)
    if is_qti:
        every = (name for name in sorted(container.sizes) if name.lower().endswith(QUIZ_ENDINGS))
        names = [name for name in every if name != subject.found.file]
    for name in within_bounds(names, container, "quizzes of Canvas"):
        root = read_mended(name, container)
        if root is not None and (not is_qti or is_qti_1(root)):
            yield OpenedDocument(name, root, subject)


def _replaced(documents: Sequence[OpenedDocument]) -> Iterator[Flaw]:
    """Yield a finding for each question whose ident one of another quiz has: Canvas keeps one of the two."""
    first: dict[str, tuple[str, bytes]] = {}
    for document in documents:
        for item in document.all("item"):
            ident, content = item.get("ident", ""), canonical(item)
            other, kept = first.setdefault(ident, (document.name, content))
            if other != document.name and kept != content:
                what, reason = f"one question of two '{ident[:60]}'", f"another in {other} has the same ident"
                yield left_out(item, what, reason, "give each an ident of its own").within(document.name)


def _questions(document: OpenedDocument) -> Iterator[Flaw]:
    asked, package = _asked(document), document.subject.found
    is_general = package.kind.family is Family.CARTRIDGE and not package.is_canvas
    found = (next(_judged(one), None) for one in asked)
    yield from islice(filter(None, found), MOST_TOLD)
    yield from questions_are_spelt(document.root)
    for where, reason in _endings(document, asked):  # that of one quiz in general cartridges, of everything in others
        remedy = "write it as the specification of QTI 1.2 has it"
        one_quiz = left_out(where, "the quiz in this file", reason, remedy)
        yield one_quiz if is_general else stopped(where, reason, remedy)
    if not package.is_canvas and not any(one.facts.get("question_type") for one in asked):
        return  # what no tool of Canvas's has written says nowhere what a question is worth
    counted = [one for one in asked if one.facts.get("question_type", "") != _TEXT]
    silent = [one for one in counted if not _is_number(one.facts.get("points_possible", "")) and not one.is_drawn]
    if silent and not adds_up(document):
        yield flaw(messages.CANVAS_COUNTS_ONE, silent[0].element, count=len(silent), total=len(counted))


def _asked(document: OpenedDocument) -> list[CanvasQuestion]:
    asked = [CanvasQuestion(item) for item in document.all("item") if len(item)]
    tags = _ITEM.findall(_unparsed(document))
    is_cut = bool(tags) and not tags[-1]
    return asked[:-1] if is_cut else asked  # what it lacks is not known


def _endings(document: OpenedDocument, asked: list[CanvasQuestion]) -> Iterator[tuple[etree._Element, str]]:
    """Yield where the conversion of a document ends, and why."""
    for one in asked:
        if fatal := next(_fatal(one), ""):
            yield one.element, f"the question '{one.title[:60]}' {fatal}"
    if reference := _REFERENCE.search(TAGS.sub(b"", _unparsed(document))):
        yield document.root, f"&{reference[1].decode('ascii', 'replace')}; is declared nowhere"
    for field, label in bare_fields(document):
        yield field, f"the <qtimetadatafield> of {label} has no <fieldentry>"
    for stray in islice(misplaced(document.root), 1 if is_qti_1(document.root) else 0):
        above = stray.getparent()
        yield stray, f"<{local_name(stray)}> stands right in <{local_name(above) if above is not None else '?'}>"


def ending(subject: Subject) -> frozenset[str]:
    """Return the documents over which the conversion ends."""
    every = _documents(subject) if _is_of_1(subject) else ()
    return frozenset(one.name for one in every if next(_endings(one, _asked(one)), None) is not None)


def _judged(one: CanvasQuestion) -> Iterator[Flaw]:
    """Yield what becomes of a question, the gravest first."""
    for message, judge in _JUDGES:
        for reason, remedy, *weight in islice(judge(one), 1):
            title = one.title[:80]
            yield flaw(message, one.element, next(iter(weight), None), question=title, reason=reason, remedy=remedy)
    yield from _retyped(one)


def _unparsed(document: OpenedDocument) -> bytes:
    """Return a document that is not XML as it is written; nothing of others."""
    container = document.subject.container
    is_read = read_document(document.name, container) is not None
    return b"" if is_read else container.read(document.name) or b""


def _fatal(one: CanvasQuestion) -> Iterator[str]:
    """Yield why the conversion stops at a question: of that quiz in general cartridges, of everything in others."""
    if "response_xy" in one.names:
        yield "is answered by <response_xy>"
    if any("rtf" in text.get("texttype", "").lower() for text in one.all("mattext")):
        yield "is written in RTF"
    for response in one.all("response_lid", "response_str"):
        kind = local_name(response)
        if not response.get("ident"):
            yield f"has a <{kind}> without ident"
        if kind == "response_lid" and response.find("{*}render_hotspot") is not None:
            yield "has a <render_hotspot> in its <response_lid>"
    judged = (each for each in one.all("respcondition") if next(each.iter("{*}varequal"), None) is not None)
    for setvar in (each for condition in judged for each in condition.iterfind("{*}setvar")):
        if setvar.get("action", "Set").capitalize() not in _ACTIONS:
            yield f"has a <setvar> with the action '{setvar.get('action', '')[:20]}'"


def _broken(one: CanvasQuestion) -> Iterator[_Amiss]:
    """Yield why a question breaks; what comes later holds of those alone of which nothing was said before."""
    kind, is_answered = one.kind, not one.names.isdisjoint(_ANSWERED)
    if not one.element.get("ident"):
        yield "it has no ident, so that its quiz does not find it", "give it an ident"
    if kind not in _TYPES:
        yield from _untold(one, is_answered)
    for needed in _TYPES.get(kind, ()):
        if needed not in one.names:
            yield f"it is of the type {kind}, and has no <{needed}>", f"add <{needed}> with what learners can answer"
    for lacking in _COMPUTED if kind == "calculated_question" else ():
        if lacking not in one.names:
            reason = f"it has no formula, or no values for it: <{lacking}> is missing"
            yield reason, "write its formulas and values in <itemproc_extension>"
    yield from _unshown(one)


def _untold(one: CanvasQuestion, is_answered: bool) -> Iterator[_Amiss]:
    """Yield that Canvas does not tell how a question of no type that it knows is answered, or takes it for another."""
    kind, remedy = one.kind, f"use one of {', '.join(_TYPES)}"
    asked = [each for each in one.all("response_lid") if each.find("{*}material") is not None]
    if len(asked) > 1 and not any(part in kind for part in _OF_RESPONDUS):
        reason = "it asks for several things, each with its own options, and says no question_type that Canvas has"
        yield reason, remedy
    if "response_grp" in one.names:
        yield "it is answered by <response_grp>, whose right answers Canvas does not read", remedy
    if not kind and not one.names.isdisjoint(_COMPARING):
        yield "it compares numbers, and says no question_type, so that it becomes a question of words", remedy
    if "response_num" in one.names:
        yield "it is answered by <response_num>, and Canvas takes it for an essay", remedy
    if kind and not is_answered and "varequal" not in one.names:
        yield f"Canvas has no type '{kind[:60]}', and nothing tells how it is answered", remedy
    elif len(asked) > 1:
        reason = f"Canvas takes the type '{kind[:60]}' for one of Respondus, and reads its right answers in another way"
        yield reason, remedy, Severity.WARNING
    elif not kind and not is_answered:
        yield "it has no question_type, and nothing tells how it is answered", remedy


def _retyped(one: CanvasQuestion) -> Iterator[Flaw]:
    """Yield that Canvas takes a question for one of another type than it says."""
    what, kind = f"the question '{one.title[:80]}'", one.kind
    if kind == "true_false_question":
        texts = sorted(text_of(label).strip().lower() for label in one.all("response_label"))
        if len(texts) != 2 or "false" not in texts[0] or "true" not in texts[1]:
            reason, taken = "its options are not True and False", "it takes it for the type multiple_choice_question"
            yield taken_for(one.element, what, reason, taken, "the options True and False", Severity.INFO)
    elif kind and kind not in _TYPES:
        guessed = _guessed(one)
        is_other = any(part in kind for part in _HINTS if part not in _ALIKE[guessed])
        is_other = is_other or (guessed != "numerical_question" and not one.names.isdisjoint(_COMPARING))
        meant = "true_false_question" if "true" in kind else guessed
        known = f"one of {', '.join(_TYPES)}" if is_other else meant
        taken = f"it takes it for the type {guessed}, by how it is answered"
        weight = None if is_other else Severity.INFO
        yield taken_for(one.element, what, f"its question_type is '{kind[:60]}'", taken, known, weight)


def _guessed(one: CanvasQuestion) -> str:
    """Return as what Canvas takes a question of a type that it does not know."""
    if (response := next(one.all("response_lid"), None)) is not None:
        is_multiple = response.get("rcardinality") == "Multiple"
        return "multiple_answers_question" if is_multiple else "multiple_choice_question"
    if "calculated" in one.names or "calculated" in one.kind:
        return "calculated_question"
    if "numeric" in one.kind:
        return "numerical_question"
    return "short_answer_question" if "varequal" in one.names else "essay_question"


def _unshown(one: CanvasQuestion) -> Iterator[_Amiss]:
    """Yield that a text of a question does not reach learners: it is too long, or there is none."""
    if len(text_of(one.element.find("{*}presentation/{*}material"))) > _LONGEST_STEM:
        yield f"its text has more than {_LONGEST_STEM} characters, and is replaced", "shorten its text"
    if any(_PICTURE.search(text_of(each)) for each in one.all("mattext")):
        reason, remedy = "a picture that is written into its text is removed", "put it into web_resources/"
        yield reason, remedy, Severity.WARNING
    is_chosen = not one.kind or "response_lid" in _TYPES.get(one.kind, ())
    for label in one.element.iterfind(".//{*}render_choice//{*}response_label") if is_chosen else ():
        if label.get("ident") is None:
            yield "an option of it has no ident, and is lost", "give each <response_label> its own"
        is_bare = next(label.iter("{*}mattext", "{*}matimage"), None) is None
        if is_bare and not text_of(label).strip():  # an empty text was left empty
            yield "an option of it has no text", "write a <mattext> into each <response_label>"
    if one.kind == "calculated_question":
        yield from _uncounted(one)
    responses = list(one.all("response_lid"))
    blanks = (response.get("ident", "").removeprefix("response_") for response in responses)
    if one.kind in _WITH_BLANKS and (
        blank := next((name for name in blanks if name and f"[{name}]" not in one.stem), "")
    ):
        reason = f"there is no [{blank[:40]}] in its text, so that nobody sees that blank"
        yield reason, "write each blank into the text, in square brackets", Severity.WARNING
    is_matching = one.kind == "matching_question"
    if is_matching and not all(text_of(each.find("{*}material")).strip() for each in responses):
        remedy = "write what is to be matched into the <material> of each <response_lid>"
        yield "something to be matched has no text", remedy


def _uncounted(one: CanvasQuestion) -> Iterator[_Amiss]:
    """Yield which of the variables of a formula learners do not see, or which of its values is no number."""
    names = [each.get("name", "") for each in one.element.iterfind(".//{*}vars/{*}var")]
    if hidden := next((name for name in names if name and f"[{name}]" not in one.stem), ""):
        reason = f"there is no [{hidden[:40]}] in its text, so that nobody sees that number"
        yield reason, "write it into the text", Severity.WARNING
    tolerance = text_of(one.element.find(".//{*}calculated/{*}answer_tolerance")).strip()
    if tolerance and not _is_number(tolerance.removesuffix("%").strip()):
        reason = f"its tolerance is '{tolerance[:40]}', which is not a number, with % or without"
        yield reason, "write one, such as 0.5 or 5%", Severity.WARNING
    values = (text_of(each).strip() for each in one.element.iterfind(".//{*}var_sets/{*}var_set/*"))
    if odd := next((value for value in values if value and not _is_number(value.removeprefix("-"))), ""):
        reason = f"'{odd[:40]}' among its values is not a number, and counts as 0"
        yield reason, "write a number", Severity.WARNING


def _is_number(text: str) -> bool:
    found = number_of(text)
    return found is not None and found >= 0


_JUDGES: tuple[tuple[Message, Callable[[CanvasQuestion], Iterator[_Amiss]]], ...] = (
    (messages.CANVAS_BREAKS_QUESTION, _broken),
    (messages.CANVAS_SCORES_OTHERWISE, lambda one: misread_score(one.value, one.kind)),
)
