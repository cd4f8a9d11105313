"""Quizzes and question banks in the profile of QTI 1.2 that every Common Cartridge has, as Moodle and Canvas read it.

Moodle wants `100` for what is right, `case="Yes"` in multiple response and answers named `true` and `false`; the schema
has one section without sections in it. Canvas takes weights for points.
"""

from __future__ import annotations

from coursewright.course.forms import QuizForm, Trait
from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz, Show
from coursewright.packages.documents.qti12.elements import (
    Answering,
    all_of,
    asked,
    chosen,
    described,
    each_right,
    equal,
    feedback_texts,
    general_only,
    interoperable,
    item_names,
    judged,
    offered,
    option_names,
    right,
    shown,
    written,
)
from coursewright.packages.documents.qti12.facts import PROFILE_KINDS
from coursewright.packages.documents.qti12.values import QtiCondition, QtiFlow, QtiItem, QtiResponse, QtiSection
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
    answering = _by_hand(question, words) if question.kind is QuestionKind.ESSAY else _answered(question, words)
    return asked(question, ident, metadata, words.html(question.stem), answering, words)


def _by_hand(question: Question, words: Wording) -> Answering:
    """Return how an essay is written: nobody knows by machine whether it is right."""
    texts = general_only(feedback_texts(question, (), words))
    return Answering((written(rows=10),), judged(texts, {}, ()) if texts else None, texts)


def _answered(question: Question, words: Wording) -> Answering:
    response, names = _asked(question, words)
    # An answer that is written is no name: what is said to it is known by its place.
    known = [f"answer{n}" for n in range(len(names))] if question.kind is QuestionKind.TEXT else names
    texts = feedback_texts(question, known, words)
    conditions = judged(texts, dict(zip(known, names, strict=True)), _right(question, names, texts))
    return Answering((response,), conditions, texts)


def _asked(question: Question, words: Wording) -> tuple[QtiResponse, list[str]]:
    """Return how a question is answered, and the names of its answers."""
    if question.kind is QuestionKind.TEXT:
        return written(), [answer.text.strip() for answer in question.answers]
    if question.kind is QuestionKind.BOOLEAN:
        return chosen(offered([("true", shown(words.yes)), ("false", shown(words.no))])), ["true", "false"]
    names = option_names(question)
    fixed = [name for name, option in zip(names, question.options, strict=True) if option.fixed]
    texts = (shown(words.line(option.text)) for option in question.options)
    rendering = offered(zip(names, texts, strict=True), shuffled=question.shuffled, fixed=fixed)
    return chosen(rendering, several=question.kind is QuestionKind.CHOICES), names


def _right(question: Question, names: list[str], texts: dict[str, str]) -> list[QtiCondition]:
    """Return what is right."""
    if question.kind is QuestionKind.BOOLEAN:
        return each_right(["true" if question.right else "false"], texts)
    if question.kind is QuestionKind.TEXT:
        return [right(map(equal, names), texts)]
    correct = [name for name, option in zip(names, question.options, strict=True) if option.fraction > 0]
    if question.kind is QuestionKind.CHOICES:
        return [right([all_of(names, correct, cased=True)], texts)]
    return each_right(correct, texts)
