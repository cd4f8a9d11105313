"""What Canvas makes of the questions in its own cartridges: those that break there, and what they are worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.canvas.names import QUESTIONS
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.qti12.facts import facts_of
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_WHAT = "quizzes of Canvas"
_LONGEST_STEM = 16 * 1024  # characters
_MOST_TOLD = 20  # questions of a quiz
_TEXT = "text_only_question"
_ANSWERED = frozenset(("response_lid", "response_str", "response_num", "response_grp", "response_xy"))
_TYPES = {
    "multiple_choice_question": "response_lid",
    "true_false_question": "response_lid",
    "multiple_answers_question": "response_lid",
    "matching_question": "response_lid",
    "fill_in_multiple_blanks_question": "response_lid",
    "multiple_dropdowns_question": "response_lid",
    "short_answer_question": "response_str",
    "numerical_question": "response_str",
    "essay_question": "",
    "calculated_question": "",
    "file_upload_question": "",
    _TEXT: "",
}
"""Canvas's types of questions, each with the element by which it is answered, where it cannot do without."""


@rule("L527 L554 L555", family=Family.CARTRIDGE, lms="canvas")
def questions_arrive(subject: Subject) -> Iterator[Finding]:
    """Every question is of a type that Canvas has, can be answered, and says what it is worth."""
    if subject.container.alone or not subject.found.is_canvas:
        return
    names = sorted(name for name in subject.container.sizes if name.startswith(QUESTIONS) and name.endswith(".qti"))
    read = ((name, read_document(name, subject.container)) for name in within_bounds(names, subject.container, _WHAT))
    roots = {name: root for name, root in read if root is not None}
    banks = {one.get("ident", "") for root in roots.values() for one in root.iter("{*}objectbank")}
    for name, root in roots.items():
        yield from _quiz(name, root, subject)
        yield from _banks(name, root, banks, subject)


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
    counted = [item for item in items if facts_of(item).get("question_type", "") != _TEXT]
    silent = [one for one in counted if not _is_number(facts_of(one).get("points_possible", "")) and not _is_drawn(one)]
    if silent:
        place = place_of(name, subject.container, silent[0])
        yield messages.CANVAS_COUNTS_ONE.at(place, count=len(silent), total=len(counted))


def _is_drawn(item: etree._Element) -> bool:
    """Say whether a question is in a bank, or in a group that says what each of its questions is worth."""
    around = (etree.QName(one).localname for one in item.iterancestors())
    return "objectbank" in around or any(
        next(one.iterfind("{*}selection_ordering/{*}selection/{*}selection_extension/{*}points_per_item"), None)
        is not None
        for one in item.iterancestors()
    )


def _banks(name: str, root: etree._Element, known: set[str], subject: Subject) -> Iterator[Finding]:
    """Yield a finding where a document holds no quiz, and for each bank of a group that is not there."""
    found = next(root.iter("{*}assessment", "{*}objectbank"), None)
    if found is None and root.find("{*}item") is None and root.find("{*}section") is None:
        remedy, reason = "write an <assessment> in it", "it has neither an <assessment> nor an <objectbank>"
        place = place_of(name, subject.container, root)
        yield messages.CANVAS_LEAVES_OUT.at(place, what="the quiz in this file", reason=reason, remedy=remedy)
    for selection in root.iter("{*}selection"):
        bank, other = text_of(selection.find("{*}sourcebank_ref")).strip(), selection.find(".//{*}sourcebank_context")
        if bank and bank not in known and other is None:
            place = place_of(name, subject.container, selection)
            reason, remedy = f"their bank '{bank}' is not in the cartridge", "add the bank to non_cc_assessments/"
            left_out = messages.CANVAS_LEAVES_OUT.at(
                place, what="the questions of a group", reason=reason, remedy=remedy
            )
            yield replace(left_out, severity=Severity.WARNING)


def _problem(item: etree._Element) -> tuple[str, str, Severity] | None:
    """Return why a question breaks, what to do about it, and how much that weighs."""
    facts = facts_of(item)
    kind, profile = facts.get("question_type", ""), facts.get("cc_profile", "")
    answered = {etree.QName(one).localname for one in item.iter(etree.Element)}
    is_answered = bool(answered & _ANSWERED) or "resprocessing" in answered  # then it is taken for an essay
    remedy = f"use one of {', '.join(_TYPES)}"
    if kind and kind not in _TYPES:
        reason = f"Canvas has no type '{kind[:60]}', and "
        if not is_answered:
            return f"{reason}nothing tells how it is answered", remedy, Severity.ERROR
        return f"{reason}takes it for another by how it is answered", remedy, Severity.WARNING
    if not kind and not profile and not is_answered:
        return "it has no question_type, and nothing tells how it is answered", remedy, Severity.ERROR
    needed = _TYPES.get(kind, "")
    if needed and needed not in answered:
        return f"it is a {kind} without <{needed}>", f"add <{needed}> with what learners can answer", Severity.ERROR
    if kind == "calculated_question" and "calculated" not in answered:
        return "it has no formula", "write its formulas and values in <itemproc_extension>", Severity.ERROR
    stem = text_of(item.find("{*}presentation/{*}material"))
    if len(stem) > _LONGEST_STEM:
        return f"its text has more than {_LONGEST_STEM} characters, and is replaced", "shorten its text", Severity.ERROR
    return None


def _is_number(text: str) -> bool:
    try:
        return float(text) >= 0
    except ValueError:
        return False
