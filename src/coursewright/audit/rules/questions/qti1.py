"""Rules over quizzes in QTI 1.2, in whatever profile: what makes a question useless, or its scoring wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from coursewright.audit.rule import checks_over, rule
from coursewright.audit.rules.questions.profiles import ESSAY, PROFILES
from coursewright.audit.rules.questions.quizzes import (
    PackedQuestion,
    PackedQuiz,
    QuestionDialect,
    quizzes,
    shows_something,
)
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.qti12.values import (
    QtiCondition,
    QtiItem,
    QtiLabel,
    QtiRendering,
    QtiResponse,
    QtiTest,
    QtiText,
    pieces,
)
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
def quizzes_are_sound(subject: Subject) -> Iterator[Finding]:
    """Every quiz has questions, and every question can be read, answered and scored."""
    of_quizzes, of_questions = (list(checks_over(part, subject)) for part in (PackedQuiz, PackedQuestion))
    for quiz in quizzes(subject):
        for check in of_quizzes:
            yield from check(quiz)
        for question in quiz.questions():
            for check in of_questions:
                yield from check(question)


@rule("P270", over=PackedQuiz)
def quiz_has_questions(quiz: PackedQuiz) -> Iterator[Finding]:
    """A quiz has at least one question, or takes some from a bank."""
    if next(quiz.root.iter("{*}item", *(f"{{*}}{name}" for name in _ELSEWHERE)), None) is None:
        is_grave = quiz.dialect is QuestionDialect.CARTRIDGE
        found = messages.QUIZ_EMPTY.at(quiz.place(quiz.content), quiz=quiz.content.title or "?")
        yield found.weighing(None if is_grave else Severity.INFO)


@rule("P235", over=PackedQuiz)
def idents_are_unique(quiz: PackedQuiz) -> Iterator[Finding]:
    """No two questions of a quiz have one ident."""
    return _twice(quiz, quiz.items)


@rule("P235", over=PackedQuestion)
def answers_have_idents_of_their_own(question: PackedQuestion) -> Iterator[Finding]:
    """No two answers of a response have one ident."""
    for response in question.responses.values():
        yield from _twice(question.quiz, response.labels)


def _twice(quiz: PackedQuiz, found: Sequence[QtiItem | QtiLabel]) -> Iterator[Finding]:
    counts = Counter(one.ident for one in found)
    for one in found:
        if one.ident is not None and counts[one.ident] > 1:
            counts[one.ident] = 0  # it is said once
            yield messages.IDENTIFIER_TWICE.at(quiz.place(one), name=one.ident)


@rule("P271", over=PackedQuestion)
def question_has_a_text(question: PackedQuestion) -> Iterator[Finding]:
    """A question shows something."""
    if not shows_something(question.item.presentation):
        yield question.finding(messages.QUESTION_WITHOUT_TEXT)


@rule("P272 P380", over=PackedQuestion)
def answers_are_offered(question: PackedQuestion) -> Iterator[Finding]:
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
            if value in named.get(name, ()):
                if scores and not question.quiz.is_of_canvas:  # Canvas takes that
                    yield question.finding(messages.ANSWER_BY_TEXT, test, text=value[:60])
                continue
            answer = f"the answer '{value}'" if value else "an empty answer"
            problem = answer if name in responses else f"the response '{name}'"
            is_light = _is_passed_over(question, name in responses, negated)
            weight = Severity.INFO if is_light else None if scores else Severity.WARNING
            yield question.finding(messages.ANSWER_UNKNOWN, test, problem=problem).weighing(weight)


def _is_passed_over(question: PackedQuestion, is_response_known: bool, negated: bool) -> bool:
    """Say whether Canvas takes no notice of a response, or of an answer to one, that a question does not have: it reads
    the answers that must be ticked, and none of those that must not."""
    kinds, kind = _ANSWERS_PASSED_OVER if is_response_known else _RESPONSES_PASSED_OVER, question.kind.lower()
    is_unread = kind in kinds or (negated and kind == "multiple_answers_question")
    return is_unread and question.is_of is QuestionDialect.CANVAS


def _texts(labels: Iterable[QtiLabel]) -> Iterator[str]:
    """Yield the texts of options: Canvas takes them for their identifiers, too, numbers aside."""
    for label in labels:
        text = "".join(one.text for one in pieces(label.contents) if isinstance(one, QtiText)).strip()
        if text and not text.isdigit():
            yield text


def _is_choice(response: QtiResponse) -> bool:
    return response.name == "response_lid" and response.rendered("render_choice") is not None


def _compared(condition: QtiCondition) -> Iterator[tuple[QtiTest, bool]]:
    return ((test, negated) for test, negated in condition.compared() if test.name != "other")


@rule("P273", over=PackedQuestion)
def question_has_a_right_answer(question: PackedQuestion) -> Iterator[Finding]:
    """A question that is scored by machine gives points for some answer."""
    is_scored = not question.quiz.is_survey and _is_scored(question)
    if is_scored and not any(_is_right(one, question) for one in question.item.conditions):
        is_grave = question.kind and question.is_of is not QuestionDialect.CANVAS  # whose templates are to be filled in
        found = question.finding(messages.NO_RIGHT_ANSWER, reason="")
        yield found.weighing(None if is_grave else Severity.WARNING)


def _is_scored(question: PackedQuestion) -> bool:
    """Say whether a machine is to score a question: it says so, or offers answers to choose from."""
    kind, is_of_canvas = question.kind, question.is_of is QuestionDialect.CANVAS
    is_unknown = kind.startswith("cc.") and kind not in PROFILES  # which is said already
    if kind in _UNSCORED or not question.counts or is_unknown or (is_of_canvas and kind in _OF_THEIR_OWN):
        return False
    if kind in PROFILES or (kind.endswith("_question") and is_of_canvas):
        return True
    renderings = (one for one in question.item.presented if isinstance(one, QtiRendering))
    return any(one.name == "render_choice" for one in renderings)


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
def feedback_is_there(question: PackedQuestion) -> Iterator[Finding]:
    """Every feedback that an answer leads to is one of the question."""
    known = {found.ident for found in question.item.feedback}
    for shown in question.shown:
        if shown.linkrefid not in known:
            problem = f"an answer leads to the feedback '{shown.linkrefid}', which it does not have"
            is_light = question.is_of is QuestionDialect.CANVAS  # which writes such, and takes no notice
            found = question.finding(messages.FEEDBACK_WRONG, shown, problem=problem)
            yield found.weighing(Severity.INFO if is_light else None)
