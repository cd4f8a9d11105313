"""Quizzes and question banks in the profile of QTI 1.2 that every Common Cartridge has, as Moodle and Canvas read it.

Moodle wants `100` for what is right, `case="Yes"` in multiple response and answers named `true` and `false`; the schema
has one section without sections in it. Canvas takes weights for points.
"""

from __future__ import annotations

from lxml.etree import _Element

from coursewright.course.forms import QuizForm, Trait
from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz, Show
from coursewright.packages.documents.manifest import child, document
from coursewright.packages.documents.qti12.elements import (
    CORRECT,
    GENERAL,
    INCORRECT,
    RESPONSE,
    Judging,
    begun_assessment,
    equal,
    feedback_texts,
    interoperable,
    item_names,
    offered,
    option_names,
    response,
    shown,
    titled,
    written,
)
from coursewright.packages.documents.qti12.facts import PROFILE_KINDS, described
from coursewright.packages.documents.wording import Wording

_MOST_ATTEMPTS = 5
_LONGEST = 527_040  # minutes


def cartridge_form(title: str) -> QuizForm:
    """Return what the profile can say of quizzes, for a version of Common Cartridge."""
    return QuizForm(
        title,
        frozenset(PROFILE_KINDS),
        frozenset(
            {
                *(Trait.BY_ANSWER, Trait.BY_RESULT, Trait.GENERAL, Trait.PLACES, Trait.POINTS),
                *(Trait.TIME, Trait.ATTEMPTS, Trait.INSTRUCTIONS, Trait.SHOWN, Trait.FILES),
            }
        ),
        fewest=3,
        whole=True,
        without=frozenset({(QuestionKind.ESSAY, Trait.BY_RESULT)}),
    )


def cartridge_assessment(quiz: Quiz, identifier: str, title: str, words: Wording) -> bytes:
    """Return a quiz, lowered to the profile, as a document."""
    root, assessment = begun_assessment(identifier, title)
    described(
        assessment,
        cc_profile="cc.exam.v0p1",
        qmd_assessmenttype="Examination",
        qmd_scoretype="Percentage",
        qmd_feedbackpermitted="No" if quiz.show is Show.NEVER else "Yes",
        qmd_solutionspermitted="No" if quiz.show is Show.NEVER else "Yes",
        qmd_timelimit=_minutes(quiz),
        cc_maxattempts=str(quiz.attempts) if 1 <= quiz.attempts <= _MOST_ATTEMPTS else "unlimited",
    )
    if quiz.instructions.strip():
        shown(child(child(assessment, "presentation_material"), "flow_mat"), words.html(quiz.instructions))
    section = child(assessment, "section")
    section.set("ident", "root_section")
    questions = [one for one in quiz.questions if isinstance(one, Question)]
    weighted = any(one.points != 1 for one in questions if one.graded)
    for question, ident in zip(questions, item_names(questions, identifier), strict=True):
        _item(section, question, ident, words, weight=_weight(question) if weighted else "")
    return document(root)


def cartridge_bank(draw: Draw, quiz: str, identifier: str, words: Wording) -> bytes:
    """Return a bank of questions, lowered to the profile, as a document."""
    root = interoperable()
    bank = child(root, "objectbank")
    bank.set("ident", identifier)
    for question, ident in zip(draw.questions, item_names(draw.questions, quiz), strict=True):
        _item(bank, question, ident, words)
    return document(root)


def _minutes(quiz: Quiz) -> str:
    return str(min(max(round(quiz.minutes), 1), _LONGEST)) if quiz.minutes else ""


def _weight(question: Question) -> str:
    return str(round(question.points)) if question.graded else ""


def _item(parent: _Element, question: Question, ident: str, words: Wording, weight: str = "") -> None:
    item = titled(parent, question, ident, words)
    written_out = question.kind is QuestionKind.ESSAY
    described(
        child(item, "itemmetadata"),
        cc_profile=PROFILE_KINDS[question.kind],
        cc_weighting=weight,
        qmd_scoringpermitted="Yes" if question.graded else "",
        qmd_computerscored="No" if written_out else "Yes",
    )
    presentation = child(item, "presentation")
    shown(presentation, words.html(question.stem))
    names = _answered(presentation, question, words)
    _judged(item, question, names, words)


def _answered(presentation: _Element, question: Question, words: Wording) -> list[str]:
    """Append how a question is answered; return the names of its answers."""
    if question.kind in (QuestionKind.TEXT, QuestionKind.ESSAY):
        written(presentation, rows=10 if question.kind is QuestionKind.ESSAY else 0)
        return [answer.text.strip() for answer in question.answers]
    several = question.kind is QuestionKind.CHOICES
    parent = response(presentation, RESPONSE, "Multiple" if several else "Single")
    if question.kind is QuestionKind.BOOLEAN:
        offered(parent, [("true", words.yes), ("false", words.no)], shuffled=False)
        return ["true", "false"]
    names = option_names(question)
    texts = [words.line(option.text) for option in question.options]
    fixed = [name for name, option in zip(names, question.options, strict=True) if option.fixed]
    offered(parent, zip(names, texts, strict=True), shuffled=question.shuffled, fixed=fixed)
    return names


def _judged(item: _Element, question: Question, names: list[str], words: Wording) -> None:
    # An answer that is written is no name: what is said to it is known by its place.
    known = [f"answer{n}" for n in range(len(names))] if question.kind is QuestionKind.TEXT else names
    texts = feedback_texts(question, known, words)
    if question.kind is QuestionKind.ESSAY:  # nobody knows by machine whether it is right
        texts = {ident: html for ident, html in texts.items() if ident == GENERAL}
        if not texts:
            return
    judging = Judging.of(item)
    if GENERAL in texts:
        judging.always(GENERAL)
    for name, answer in zip(known, names, strict=True):
        if f"{name}_fb" in texts:
            judging.when(answer, f"{name}_fb")
    if question.kind is not QuestionKind.ESSAY:
        tests = judging.condition(goes_on=False)
        _right(tests, question, names)
        judging.scores(tests)
        if CORRECT in texts:
            judging.told(tests, CORRECT)
        if INCORRECT in texts:
            judging.always(INCORRECT)
    for ident, html in texts.items():
        judging.feedback(ident, html)


def _right(tests: _Element, question: Question, names: list[str]) -> None:
    """Append what is right."""
    if question.kind is QuestionKind.CHOICES:
        both = child(tests, "and")
        for name, option in zip(names, question.options, strict=True):
            equal(both if option.fraction > 0 else child(both, "not"), name, cased=True)
    elif question.kind is QuestionKind.BOOLEAN:
        equal(tests, "true" if question.right else "false")
    elif question.kind is QuestionKind.TEXT:
        for answer in names:
            equal(tests, answer)
    else:
        for name, option in zip(names, question.options, strict=True):
            if option.fraction > 0:
                equal(tests, name)
