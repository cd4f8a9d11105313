"""What Canvas makes of the questions in its own cartridges: those that break there, and what they are worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from coursewright.audit.lms.canvas.groups import ROOT, adds_up, groups_draw
from coursewright.audit.lms.canvas.interactions import is_qti_2
from coursewright.audit.lms.canvas.quizzes import limits_are_read, named, pictures_are_listed, quiz_arrives
from coursewright.audit.lms.canvas.scoring import misread_score
from coursewright.audit.rule import rule
from coursewright.audit.rules.questions.quizzes import quiz_documents
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.canvas.names import QUIZ
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.qti12.values import QtiItem, facts_of
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_WHAT = "quizzes of Canvas"
_LONGEST_STEM = 16 * 1024  # characters
_MOST_TOLD = 20  # questions of a quiz
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
_TYPES: Mapping[str, tuple[str, ...]] = {
    "multiple_choice_question": ("response_lid", "response_label"),
    "true_false_question": ("response_lid", "response_label"),
    "multiple_answers_question": ("response_lid", "response_label"),
    "matching_question": ("response_lid", "response_label"),
    "fill_in_multiple_blanks_question": ("response_lid", "response_label"),
    "multiple_dropdowns_question": ("response_lid", "response_label"),
    "short_answer_question": ("response_str", "render_fib"),
    "numerical_question": ("response_str", "render_fib"),
    "essay_question": ("response_str",),
    "calculated_question": ("response_str",),
    "file_upload_question": (),
    _TEXT: (),
}
"""Canvas's types of questions, each with the elements by which it is answered, where it cannot do without."""
_CHOSEN = tuple(kind for kind, needed in _TYPES.items() if "response_lid" in needed)
_HELD = {"essay_question": {"response_str"}, "calculated_question": {"response_str"}}
# What is in the names of types that Canvas does not know, and takes for what they mean, by how it takes them.
_ALIKE = {
    "choice": ("choice", "true"),
    "choices": ("choice", "answer", "response"),
    "formula": ("formula", "calculat"),
    "answer": ("short", "fill", "numeric"),
    "essay": ("essay", "long", "open"),
}
_WITH_BLANKS = ("fill_in_multiple_blanks_question", "multiple_dropdowns_question")
_OF_RESPONDUS = ("matching", "fillinmultiple", "fill in the blanks")  # what Canvas knows of another tool
_ENDINGS = (".xml", ".qti")
_COMPUTED = ("calculated", "formula", "var_set")
_TO_THE_LETTER = ("true_false_question", "file_upload_question", _TEXT)  # Canvas knows these in small letters only
_ACTIONS = ("Set", "Add", "Subtract", "Multiply", "Divide")


@rule("L520 L527 L552 L554 L555 L574", family=(Family.CARTRIDGE, Family.QTI), lms="canvas")
def questions_arrive(subject: Subject) -> Iterator[Finding]:
    """Every question is of a type that Canvas has, can be answered, and says what it is worth."""
    if subject.container.alone or is_qti_2(subject.found):
        return
    roots = _documents(subject)
    if subject.found.kind.family is Family.CARTRIDGE and not subject.found.is_canvas:
        for name, root in roots.items():
            yield from _quiz(name, root, subject)
            yield from quiz_arrives(name, root, subject)
        return
    filled = (
        one for root in roots.values() for one in root.iter("{*}objectbank") if one.find(".//{*}item") is not None
    )
    banks = {one.get("ident", "") for one in filled}
    for name, root in roots.items():
        yield from _quiz(name, root, subject)
        yield from groups_draw(name, root, banks, subject)
        if not subject.found.is_canvas:
            yield from pictures_are_listed(name, root, subject)
            yield from limits_are_read(name, root, subject)
            yield from (one for quiz in root.iterfind("{*}assessment") for one in _called(quiz, name, subject))
    yield from _replaced(roots, subject)


def _called(quiz: etree._Element, name: str, subject: Subject) -> Iterator[Finding]:
    """Yield that a quiz of a package of QTI has no title, where none of Canvas's settings gives it one."""
    is_settled = f"{quiz.get('ident', '')}/{QUIZ}" in subject.container.sizes
    yield from named(quiz, name, subject) if not is_settled else ()


def _documents(subject: Subject) -> dict[str, etree._Element]:
    """Return the documents in which Canvas looks for questions, with their roots: in packages of QTI in every one."""
    is_qti, container = subject.found.kind.family is Family.QTI, subject.container
    every = (name for name in sorted(container.sizes) if name.endswith(_ENDINGS) and name != subject.found.file)
    names = list(every) if is_qti else quiz_documents(subject)
    read = ((name, read_document(name, container)) for name in within_bounds(names, container, _WHAT))
    return {name: root for name, root in read if root is not None and (not is_qti or local_name(root) == ROOT)}


def _replaced(roots: Mapping[str, etree._Element], subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each question whose ident one of another quiz has: Canvas keeps one of the two."""
    first: dict[str, tuple[str, bytes]] = {}
    told = 0
    for name, root in roots.items():
        for item in root.iter("{*}item"):
            ident, content = item.get("ident", ""), etree.tostring(item, method="c14n")
            other, kept = first.setdefault(ident, (name, content))
            if other != name and kept != content and (told := told + 1) <= _MOST_TOLD:
                what, remedy = f"one question of two '{ident[:60]}'", "give each an ident of its own"
                place, reason = place_of(name, subject.container, item), f"another in {other} has the same ident"
                yield messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)


def _quiz(name: str, root: etree._Element, subject: Subject) -> Iterator[Finding]:
    items = [item for item in root.iter("{*}item") if item.find("{*}presentation") is not None or len(item)]
    told = 0
    for item in items:
        problem = _problem(item)
        if problem and (told := told + 1) <= _MOST_TOLD:
            reason, remedy, weight = problem
            place, title = place_of(name, subject.container, item), item.get("title") or item.get("ident") or "?"
            found = messages.CANVAS_BREAKS_QUESTION.at(place, question=title[:80], reason=reason, remedy=remedy)
            yield found if weight is Severity.ERROR else replace(found, severity=weight)
        elif not problem and (score := _misread(item)) and (told := told + 1) <= _MOST_TOLD:
            reason, remedy = score
            place, title = place_of(name, subject.container, item), item.get("title") or item.get("ident") or "?"
            yield messages.CANVAS_SCORES_OTHERWISE.at(place, question=title[:80], reason=reason, remedy=remedy)
        if fatal := _fatal(item):
            yield _lost_by(fatal, place_of(name, subject.container, item), subject)
    if not subject.found.is_canvas and not any(facts(one).get("question_type") for one in items):
        return  # what no tool of Canvas's has written says nowhere what a question is worth
    counted = [item for item in items if facts(item).get("question_type", "") != _TEXT]
    silent = [one for one in counted if not _is_number(facts(one).get("points_possible", "")) and not _is_drawn(one)]
    if silent and not adds_up(root, name, subject):
        place = place_of(name, subject.container, silent[0])
        yield messages.CANVAS_COUNTS_ONE.at(place, count=len(silent), total=len(counted))


def _misread(item: etree._Element) -> tuple[str, str] | None:
    return misread_score(read_as(QtiItem, item), kind_of(item))


def _lost_by(reason: str, place: Place, subject: Subject) -> Finding:
    """Return that a question stops the conversion: of that quiz in general cartridges, of everything in others."""
    remedy = "write it as the specification of QTI 1.2 has it"
    if subject.found.kind.family is Family.CARTRIDGE and not subject.found.is_canvas:
        return messages.CANVAS_LEAVES_OUT.at(place, what="the quiz in this file", reason=reason, remedy=remedy)
    return messages.CANVAS_STOPS.at(place, reason=reason, remedy=remedy)


def _is_drawn(item: etree._Element) -> bool:
    """Say whether a question is in a bank, or in a group that says what each of its questions is worth, and does not
    say otherwise in a word."""
    if facts(item).get("points_possible"):
        return False
    around = (etree.QName(one).localname for one in item.iterancestors())
    return "objectbank" in around or any(
        next(one.iterfind("{*}selection_ordering/{*}selection/{*}selection_extension/{*}points_per_item"), None)
        is not None
        for one in item.iterancestors()
    )


def _fatal(item: etree._Element) -> str:
    """Return why the conversion of all quizzes stops at a question, or ""."""
    name = (item.get("title") or item.get("ident") or "?")[:60]
    if next(item.iter("{*}response_xy"), None) is not None:
        return f"the question '{name}' is answered by <response_xy>"
    if any("rtf" in one.get("texttype", "").lower() for one in item.iter("{*}mattext")):
        return f"the question '{name}' is written in RTF"
    for response in item.iter("{*}response_lid", "{*}response_str"):
        kind = etree.QName(response).localname
        if not response.get("ident"):
            return f"the question '{name}' has a <{kind}> without ident"
        if response.find("{*}response_label") is not None:
            return f"the question '{name}' has a <response_label> right in its <{kind}>, and not in a <render_choice>"
        if kind == "response_lid" and response.find("{*}render_hotspot") is not None:
            return f"the question '{name}' has a <render_hotspot> in its <response_lid>"
    judged = (one for one in item.iter("{*}respcondition") if next(one.iter("{*}varequal"), None) is not None)
    for setvar in (one for condition in judged for one in condition.iterfind("{*}setvar")):
        if setvar.get("action", "Set").capitalize() not in _ACTIONS:
            return f"the question '{name}' has a <setvar> with the action '{setvar.get('action', '')[:20]}'"
    return ""


def facts(item: etree._Element) -> dict[str, str]:
    """Return what a question says of itself, by labels in small letters: Canvas makes no difference."""
    return {label.lower(): entry for label, entry in facts_of(item).items()}


def kind_of(item: etree._Element) -> str:
    """Return the type of a question as Canvas reads it: in capitals or not, but for a few."""
    found = facts(item)
    written = found.get("question_type", "") or _OF_PROFILES.get(found.get("cc_profile", ""), "")
    return written if written.lower() in _TO_THE_LETTER else written.lower()


def _problem(item: etree._Element) -> tuple[str, str, Severity] | None:
    """Return why a question breaks, what to do about it, and how much that weighs."""
    kind = kind_of(item)
    answered = {etree.QName(one).localname for one in item.iter(etree.Element)}
    is_answered = bool(answered & _ANSWERED)
    remedy = f"use one of {', '.join(_TYPES)}"
    if not item.get("ident"):
        return "it has no ident, so that its quiz does not find it", "give it an ident", Severity.ERROR
    if (kind not in _TYPES or kind == "") and (lost := _untold(item, kind)):
        return lost, remedy, Severity.ERROR
    if kind and kind not in _TYPES:
        reason = f"Canvas has no type '{kind[:60]}', and "
        if not is_answered and "varequal" not in answered:
            return f"{reason}nothing tells how it is answered", remedy, Severity.ERROR
        meant = any(part in kind for part in _ALIKE.get(_guessed(item, answered), ()))
        weight = Severity.INFO if meant else Severity.WARNING
        return f"{reason}takes it for another by how it is answered", remedy, weight
    if not kind and not is_answered:
        return "it has no question_type, and nothing tells how it is answered", remedy, Severity.ERROR
    if needed := next((one for one in _TYPES.get(kind, ()) if one not in answered), ""):
        return (
            f"it is of the type {kind}, and has no <{needed}>",
            f"add <{needed}> with what learners can answer",
            Severity.ERROR,
        )
    if kind == "calculated_question" and (lacking := next((one for one in _COMPUTED if one not in answered), "")):
        remedy = "write its formulas and values in <itemproc_extension>"
        return f"it has no formula, or no values for it: <{lacking}> is missing", remedy, Severity.ERROR
    return _unshown(item, kind) or _unfit(item, kind)


def _untold(item: etree._Element, kind: str) -> str:
    """Return why Canvas does not tell how a question of no type that it knows is answered, or ""."""
    asked = [one for one in item.iter("{*}response_lid") if one.find("{*}material") is not None]
    if len(asked) > 1 and not any(part in kind for part in _OF_RESPONDUS):
        return "it asks for several things, each with its own options, and says no question_type that Canvas has"
    if next(item.iter("{*}response_grp"), None) is not None:
        return "it is answered by <response_grp>, whose right answers Canvas does not read"
    if not kind and next(item.iter("{*}vargte", "{*}varlte"), None) is not None:
        return "it compares numbers, and says no question_type, so that it becomes a question of words"
    is_lost = next(item.iter("{*}response_num"), None) is not None
    return "it is answered by <response_num>, and Canvas takes it for an essay" if is_lost else ""


def _guessed(item: etree._Element, answered: set[str]) -> str:
    """Return as what Canvas takes a question of a type that it does not know."""
    response = next(item.iter("{*}response_lid"), None)
    if response is not None:
        return "choices" if response.get("rcardinality") == "Multiple" else "choice"
    return "formula" if "calculated" in answered else "answer" if "varequal" in answered else "essay"


def _unshown(item: etree._Element, kind: str) -> tuple[str, str, Severity] | None:
    """Return that a text of a question does not reach learners: it is too long, or there is none."""
    stem = text_of(item.find("{*}presentation/{*}material"))
    if len(stem) > _LONGEST_STEM:
        return f"its text has more than {_LONGEST_STEM} characters, and is replaced", "shorten its text", Severity.ERROR
    if kind in _CHOSEN or not kind:
        for label in item.iterfind(".//{*}render_choice//{*}response_label"):
            if label.get("ident") is None:
                return "an option of it has no ident, and is lost", "give each <response_label> its own", Severity.ERROR
            is_bare = next(label.iter("{*}mattext", "{*}matimage"), None) is None
            if is_bare and not text_of(label).strip():  # an empty text was left empty
                return "an option of it has no text", "write a <mattext> into each <response_label>", Severity.ERROR
    if hidden := _hidden(item, kind):
        return hidden
    if kind == "matching_question":
        for response in item.iter("{*}response_lid"):
            if not text_of(response.find("{*}material")).strip():
                remedy = "write what is to be matched into the <material> of each <response_lid>"
                return "something to be matched has no text", remedy, Severity.ERROR
    return None


def _hidden(item: etree._Element, kind: str) -> tuple[str, str, Severity] | None:
    """Return that learners do not see a number or a blank of a question."""
    if kind == "calculated_question" and (lost := _uncounted(item)):
        return *lost, Severity.WARNING
    if kind in _WITH_BLANKS and (blank := _absent(item)):
        remedy = "write each blank into the text, in square brackets"
        return f"there is no [{blank[:40]}] in its text, so that nobody sees that blank", remedy, Severity.WARNING
    return None


def _uncounted(item: etree._Element) -> tuple[str, str] | None:
    """Return which of the variables of a formula learners do not see, or which of its values is no number."""
    stem = "".join(map(text_of, item.iterfind("{*}presentation/{*}material/{*}mattext")))
    names = [one.get("name", "") for one in item.iterfind(".//{*}vars/{*}var")]
    if hidden := next((name for name in names if name and f"[{name}]" not in stem), ""):
        return f"there is no [{hidden[:40]}] in its text, so that nobody sees that number", "write it into the text"
    values = (text_of(one).strip() for one in item.iterfind(".//{*}var_sets/{*}var_set/*"))
    if odd := next((value for value in values if value and not _is_signed(value)), ""):
        return f"'{odd[:40]}' among its values is not a number, and counts as 0", "write a number"
    return None


def _is_signed(text: str) -> bool:
    return _is_number(text.removeprefix("-"))


def _absent(item: etree._Element) -> str:
    """Return a blank for which there are answers, and no place in the text."""
    stem = "".join(map(text_of, item.iterfind("{*}presentation/{*}material/{*}mattext")))
    blanks = (one.get("ident", "").removeprefix("response_") for one in item.iter("{*}response_lid"))
    return next((name for name in blanks if name and f"[{name}]" not in stem), "")


def _unfit(item: etree._Element, kind: str) -> tuple[str, str, Severity] | None:
    """Return that a question has another form than its type has."""
    if kind == "true_false_question":
        texts = sorted(text_of(label).strip().lower() for label in item.iter("{*}response_label"))
        if len(texts) != 2 or "false" not in texts[0] or "true" not in texts[1]:
            reason = "its options are not True and False, so Canvas takes it for one of multiple choice"
            return reason, "call its options True and False", Severity.INFO
    held = {etree.QName(one).localname for one in item.iter("{*}response_lid", "{*}response_str")}
    wanted = _HELD.get(kind, held)
    if held and not held & wanted:
        reason = f"it is of the type {kind}, and is answered as none of them is"
        return reason, f"answer it by <{min(wanted)}>, or name another type", Severity.WARNING
    return None


def _is_number(text: str) -> bool:
    try:
        return float(text) >= 0
    except ValueError:
        return False
