"""Quizzes and question banks in the profile of QTI 1.2 that every Common Cartridge has, as Moodle and Canvas read it.

Moodle wants `100` for what is right, `case="Yes"` in multiple response and answers named `true` and `false`; the schema
has one section without sections in it. Canvas takes weights for points.
"""

from __future__ import annotations

from coursewright.course.forms import QuizForm, Trait
from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz, Show
from coursewright.packages.documents.qti12.elements import (
    asked,
    by_choice,
    by_hand,
    by_text,
    described,
    interoperable,
    item_names,
    shown,
)
from coursewright.packages.documents.qti12.facts import PROFILE_KINDS
from coursewright.packages.documents.qti12.values import QtiFlow, QtiItem, QtiSection
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
    metadata = described(
        cc_profile="cc.exam.v0p1",
        qmd_assessmenttype="Examination",
        qmd_scoretype="Percentage",
        qmd_feedbackpermitted="No" if quiz.show is Show.NEVER else "Yes",
        qmd_solutionspermitted="No" if quiz.show is Show.NEVER else "Yes",
        qmd_timelimit=_minutes(quiz),
        cc_maxattempts=str(quiz.attempts) if 1 <= quiz.attempts <= _MOST_ATTEMPTS else "unlimited",
    )
    told = QtiFlow("flow_mat", (shown(words.html(quiz.instructions)),)) if quiz.instructions.strip() else None
    questions = [one for one in quiz.questions if isinstance(one, Question)]
    weighted = any(one.points != 1 for one in questions if one.graded)
    items = tuple(
        _item(question, ident, words, weight=_weight(question) if weighted else "")
        for question, ident in zip(questions, item_names(questions, identifier), strict=True)
    )
    whole = QtiSection(
        "assessment",
        identifier,
        title,
        metadata,
        presentation_material=QtiFlow("presentation_material", (told,)) if told else None,
        contents=(QtiSection(ident="root_section", contents=items),),
    )
    return interoperable(whole)


def cartridge_bank(draw: Draw, quiz: str, identifier: str, words: Wording) -> bytes:
    """Return a bank of questions, lowered to the profile, as a document."""
    named = zip(draw.questions, item_names(draw.questions, quiz), strict=True)
    items = tuple(_item(question, ident, words) for question, ident in named)
    return interoperable(QtiSection("objectbank", identifier, contents=items))


def _minutes(quiz: Quiz) -> str:
    return str(min(max(round(quiz.minutes), 1), _LONGEST)) if quiz.minutes else ""


def _weight(question: Question) -> str:
    return str(round(question.points)) if question.graded else ""


def _item(question: Question, ident: str, words: Wording, weight: str = "") -> QtiItem:
    metadata = described(
        cc_profile=PROFILE_KINDS[question.kind],
        cc_weighting=weight,
        qmd_scoringpermitted="Yes" if question.graded else "",
        qmd_computerscored="No" if question.kind is QuestionKind.ESSAY else "Yes",
    )
    match question.kind:
        case QuestionKind.ESSAY:
            answering = by_hand(question, words, rows=10)
        case QuestionKind.TEXT:
            answering = by_text(question, words)
        case _:
            answering = by_choice(question, words, (words.yes, words.no), cased=True, arranged=True)
    return asked(question, ident, metadata, words.html(question.stem), answering, words)
