"""Rules over quizzes in QTI 1.2, in whatever profile: what makes a question useless, or its scoring wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import ask_of, rule
from coursewright.audit.rules.names import twice_flaws
from coursewright.audit.rules.questions.profiles import ESSAY, PROFILES
from coursewright.audit.rules.questions.quizzes import (
    PackedQuestion,
    PackedQuiz,
    QuestionDialect,
    label_text,
    quizzes,
    shows_something,
    takes_text,
)
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.qti12.facts import kind_named
from coursewright.packages.documents.qti12.values import QtiCondition, QtiLabel, QtiRendering, QtiResponse, QtiTest
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

# Questions that nobody but a person can mark, or that are none.
_UNSCORED = (ESSAY, "essay_question", "file_upload_question", "text_only_question")
# What stands for questions that are elsewhere: in another document, or in one of Canvas's banks.
_ELSEWHERE = ("itemref", "sourcebank_ref", "sourcebank_context", "bankentry_item")
_BY_PARTS = ("matching_question", "multiple_dropdowns_question")
_OF_THEIR_OWN = ("fill_in_multiple_blanks_question", "calculated_question")  # which need no condition in Canvas
# Canvas's types whose answers are their options, whatever a condition names; and those of which it looks at answers,
# whatever response they are said to be of.
_ANSWERS_PASSED_OVER = ("fill_in_multiple_blanks_question", "essay_question", "file_upload_question")
_RESPONSES_PASSED_OVER = (
    *("multiple_choice_question", "true_false_question", "short_answer_question", "multiple_dropdowns_question"),
    *_ANSWERS_PASSED_OVER,
)
# Canvas's types of which it looks at answers, and not at what they earn.
_SCORES_PASSED_OVER = ("multiple_answers_question", "short_answer_question", "numerical_question", *_BY_PARTS)


@rule(family=(Family.CARTRIDGE, Family.QTI), through=(PackedQuiz, PackedQuestion))
def quizzes_are_sound(subject: Subject) -> Iterator[Flaw]:
    """Every quiz has questions, and every question can be read, answered and scored."""
    for quiz in quizzes(subject):
        flaws = (one for part in (quiz, *quiz.questions()) for one in ask_of(part, subject))
        yield from (one.within(quiz.name) for one in flaws)


@rule("P270", over=PackedQuiz)
def quiz_has_questions(quiz: PackedQuiz) -> Iterator[Flaw]:
    """A quiz has at least one question, or takes some from a bank."""
    if next(quiz.root.iter("{*}item", *(f"{{*}}{name}" for name in _ELSEWHERE)), None) is None:
        weight = None if quiz.dialect is QuestionDialect.CARTRIDGE else Severity.INFO
        yield flaw(messages.QUIZ_EMPTY, quiz.content.line, weight, quiz=quiz.content.title or "?")


@rule("P235", over=PackedQuiz)
def idents_are_unique(quiz: PackedQuiz) -> Iterator[Flaw]:
    """No two questions of a quiz have one ident."""
    return twice_flaws((one.ident, one.line) for one in quiz.items)


@rule("P235", over=PackedQuestion)
def answers_have_idents_of_their_own(question: PackedQuestion) -> Iterator[Flaw]:
    """No two answers of a response have one ident."""
    for response in question.responses.values():
        yield from twice_flaws((one.ident, one.line) for one in response.labels)


@rule("P271", over=PackedQuestion)
def question_has_a_text(question: PackedQuestion) -> Iterator[Flaw]:
    """A question shows something."""
    if not shows_something(question.item.presentation):
        yield question.flaw(messages.QUESTION_WITHOUT_TEXT)


@rule("P272 P380", over=PackedQuestion)
def answers_are_offered(question: PackedQuestion) -> Iterator[Flaw]:
    """What gives points is the answer to a response of the question, and one of the answers that it offers."""
    responses = question.responses
    choices = {name: found.labels for name, found in responses.items() if _is_choice(found)}
    offered = {name: {label.ident for label in labels} for name, labels in choices.items()}
    named = {name: set(_texts(labels)) for name, labels in choices.items()}
    for condition in question.item.conditions:
        scores = question.counts and bool(condition.scores)
        for test, negated in _compared(condition):
            name, value = test.respident, test.value
            is_missing = test.name == "varequal" and name in offered and value not in offered[name]
            if name in responses and not is_missing:
                continue
            if is_missing and question.quiz.is_of_canvas and takes_text(test, condition, question.item):
                continue
            if value in named.get(name, ()) and not question.quiz.is_of_canvas:
                if scores:
                    yield question.flaw(messages.ANSWER_BY_TEXT, test.line, text=value[:60])
                continue
            answer = f"the answer '{value}'" if value else "an empty answer"
            problem = answer if name in responses else f"the response '{name}'"
            is_light = _is_passed_over(question, name in responses, negated)
            weight = Severity.INFO if is_light else None if scores else Severity.WARNING
            yield question.flaw(messages.ANSWER_UNKNOWN, test.line, weight, problem=problem)


def _is_passed_over(question: PackedQuestion, is_response_known: bool, negated: bool) -> bool:
    """Say whether Canvas takes no notice of a response, or of an answer to one, that a question does not have: it reads
    the answers that must be ticked, and none of those that must not."""
    kinds, kind = _ANSWERS_PASSED_OVER if is_response_known else _RESPONSES_PASSED_OVER, question.kind.lower()
    is_unread = kind in kinds or (negated and kind == "multiple_answers_question")
    return is_unread and question.is_of is QuestionDialect.CANVAS


def _texts(labels: Iterable[QtiLabel]) -> Iterator[str]:
    """Yield the texts of options, by which some tools name them, numbers aside."""
    yield from (text for text in map(label_text, labels) if text and not text.isdigit())


def _is_choice(response: QtiResponse) -> bool:
    return response.name == "response_lid" and response.rendered("render_choice") is not None


def _compared(condition: QtiCondition) -> Iterator[tuple[QtiTest, bool]]:
    return ((test, negated) for test, negated in condition.compared() if test.name != "other")


@rule("P273", over=PackedQuestion)
def question_has_a_right_answer(question: PackedQuestion) -> Iterator[Flaw]:
    """A question that is scored by machine gives points for some answer."""
    is_scored = not question.quiz.is_survey and _is_scored(question)
    if is_scored and not any(_is_right(one, question) for one in question.item.conditions):
        is_grave = question.kind and question.is_of is not QuestionDialect.CANVAS  # whose templates are to be filled in
        yield question.flaw(messages.NO_RIGHT_ANSWER, None, None if is_grave else Severity.WARNING, reason="")


def _is_scored(question: PackedQuestion) -> bool:
    """Say whether a machine is to score a question: it says so, or offers answers to choose from."""
    kind, is_of_canvas = question.kind, question.is_of is QuestionDialect.CANVAS
    is_unknown = kind.startswith("cc.") and kind not in PROFILES  # which is said already
    if kind in _UNSCORED or not question.counts or is_unknown or (is_of_canvas and kind in _OF_THEIR_OWN):
        return False
    is_asked = kind_named({"question_type": kind}) is not None or _is_answered_otherwise_than_in_words(question)
    if kind in PROFILES or (kind.endswith("_question") and is_of_canvas and is_asked):
        return True
    renderings = (one for one in question.item.presented if isinstance(one, QtiRendering))
    return any(one.name == "render_choice" for one in renderings)


def _is_answered_otherwise_than_in_words(question: PackedQuestion) -> bool:
    """Say whether a question of a kind that Canvas does not know is none that it takes for an essay."""
    is_compared = any(test.value for one in question.item.conditions for test, _ in _compared(one))
    return is_compared or any(one.name != "response_str" for one in question.item.responses)


def _is_right(condition: QtiCondition, question: PackedQuestion) -> bool:
    """Say whether an answer that meets a condition is right: it earns something, or Canvas holds it for right."""
    if question.is_of is not QuestionDialect.CANVAS or question.kind not in _SCORES_PASSED_OVER:
        return any(_is_positive(score.text) for score in condition.scores)
    compared = any(test.value for test, _ in _compared(condition))
    return compared and (question.kind not in _BY_PARTS or bool(condition.scores))


def _is_positive(points: str) -> bool:
    """Say whether a number is above 0; what is none may be."""
    try:
        return float(points[:50]) > 0
    except ValueError:
        return bool(points.strip())


@rule("P274", over=PackedQuestion)
def feedback_is_there(question: PackedQuestion) -> Iterator[Flaw]:
    """Every feedback that an answer leads to is one of the question."""
    known = {found.ident for found in question.item.feedback}
    for shown in question.shown:
        if shown.linkrefid not in known:
            problem = f"an answer leads to the feedback '{shown.linkrefid}', which it does not have"
            is_light = question.is_of is QuestionDialect.CANVAS  # which writes such, and takes no notice
            weight = Severity.INFO if is_light else None
            yield question.flaw(messages.FEEDBACK_WRONG, shown.line, weight, problem=problem)
