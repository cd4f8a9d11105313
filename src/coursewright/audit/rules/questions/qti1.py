"""Rules over quizzes in QTI 1.2, in whatever profile: what makes a question useless, or its scoring wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

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
from coursewright.findings.finding import Finding, Place, Severity
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


@rule(family=(Family.CARTRIDGE, Family.QTI), through=(PackedQuiz,))
def quizzes_are_sound(subject: Subject) -> Iterator[Finding]:
    """Every quiz has questions, and every question can be read, answered and scored."""
    for quiz in quizzes(subject):
        for check in checks_over(PackedQuiz, subject):
            yield from check(quiz)


@rule("P270", over=PackedQuiz)
def quiz_has_questions(quiz: PackedQuiz) -> Iterator[Finding]:
    """A quiz has at least one question, or takes some from a bank."""
    if next(quiz.root.iter("{*}item", *(f"{{*}}{name}" for name in _ELSEWHERE)), None) is None:
        found = messages.QUIZ_EMPTY.at(quiz.place(quiz.content), quiz=quiz.content.title or "?")
        yield found if quiz.dialect is QuestionDialect.CARTRIDGE else replace(found, severity=Severity.INFO)


@rule("P235", over=PackedQuiz)
def idents_are_unique(quiz: PackedQuiz) -> Iterator[Finding]:
    """No two questions of a quiz, and no two answers of a response, have one ident."""
    yield from _twice(quiz, [question.item for question in quiz.questions])
    for question in quiz.questions:
        for response in question.responses.values():
            yield from _twice(quiz, response.labels)


def _twice(quiz: PackedQuiz, found: Sequence[QtiItem | QtiLabel]) -> Iterator[Finding]:
    counts = Counter(one.ident for one in found)
    for one in found:
        if one.ident is not None and counts[one.ident] > 1:
            counts[one.ident] = 0  # it is said once
            yield messages.IDENTIFIER_TWICE.at(quiz.place(one), name=one.ident)


@rule("P271", over=PackedQuiz)
def questions_have_a_text(quiz: PackedQuiz) -> Iterator[Finding]:
    """Every question shows something."""
    for question in quiz.questions:
        if not shows_something(question.item.presentation):
            yield messages.QUESTION_WITHOUT_TEXT.at(quiz.place(question.item), question=question.name)


@rule("P272 P380", over=PackedQuiz)
def answers_are_offered(quiz: PackedQuiz) -> Iterator[Finding]:
    """What gives points is the answer to a response of the question, and one of the answers that it offers."""
    for question in quiz.questions:
        responses = question.responses
        choices = {name: found.labels for name, found in responses.items() if _is_choice(found)}
        offered = {name: {label.ident for label in labels} for name, labels in choices.items()}
        named = {name: set(_texts(labels)) for name, labels in choices.items()}
        for condition in question.item.conditions:
            scores = question.counts and bool(condition.scores)
            for problem, test, negated in _not_offered(condition, responses, offered):
                place, value = quiz.place(test), test.text.strip()
                if value in named.get(test.respident, ()):
                    yield from _by_text(quiz, question.name, value, place) if scores else ()
                    continue
                found = messages.ANSWER_UNKNOWN.at(place, question=question.name, problem=problem)
                weight = found.severity if scores else Severity.WARNING
                is_light = _is_passed_over(quiz, question, test.respident in responses)
                is_light = is_light or (negated and _is_of_many(quiz, question))
                yield replace(found, severity=Severity.INFO if is_light else weight)


def _is_passed_over(quiz: PackedQuiz, question: PackedQuestion, is_response_known: bool) -> bool:
    """Say whether Canvas takes no notice of a response, or of an answer to one, that a question does not have."""
    kinds = _ANSWERS_PASSED_OVER if is_response_known else _RESPONSES_PASSED_OVER
    return quiz.dialect is QuestionDialect.CANVAS and question.kind.lower() in kinds


def _is_of_many(quiz: PackedQuiz, question: PackedQuestion) -> bool:
    """Say whether Canvas reads the answers that must be ticked, and none of those that must not."""
    return quiz.dialect is QuestionDialect.CANVAS and question.kind.lower() == "multiple_answers_question"


def _by_text(quiz: PackedQuiz, question: str, text: str, place: Place) -> Iterator[Finding]:
    """Yield that an answer is named by its text, but for Canvas's own quizzes: Canvas takes that."""
    if not quiz.is_of_canvas:
        yield messages.ANSWER_BY_TEXT.at(place, question=question, text=text[:60])


def _texts(labels: Iterable[QtiLabel]) -> Iterator[str]:
    """Yield the texts of options: Canvas takes them for their identifiers, too, numbers aside."""
    for label in labels:
        text = "".join(one.text for one in pieces(label.contents) if isinstance(one, QtiText)).strip()
        if text and not text.isdigit():
            yield text


def _is_choice(response: QtiResponse) -> bool:
    return response.name == "response_lid" and response.rendered("render_choice") is not None


def _not_offered(
    condition: QtiCondition, responses: Collection[str], offered: Mapping[str, set[str | None]]
) -> Iterator[tuple[str, QtiTest, bool]]:
    for test, negated in _compared(condition):
        name, value = test.respident, test.text.strip()
        if name not in responses:
            yield f"the response '{name}'", test, negated
        elif test.name == "varequal" and name in offered and value not in offered[name]:
            yield (f"the answer '{value}'" if value else "an empty answer"), test, negated


def _compared(condition: QtiCondition) -> Iterator[tuple[QtiTest, bool]]:
    return ((test, negated) for test, negated in condition.compared() if test.name != "other")


@rule("P273", over=PackedQuiz)
def questions_have_a_right_answer(quiz: PackedQuiz) -> Iterator[Finding]:
    """Every question that is scored by machine gives points for some answer."""
    if quiz.is_survey:
        return
    for question in quiz.questions:
        if _is_scored(question, quiz) and not any(_is_right(one, question, quiz) for one in question.item.conditions):
            found = messages.NO_RIGHT_ANSWER.at(quiz.place(question.item), question=question.name, reason="")
            is_grave = (
                question.kind and quiz.dialect is not QuestionDialect.CANVAS
            )  # whose templates have such, to be filled in
            yield found if is_grave else replace(found, severity=Severity.WARNING)


def _is_scored(question: PackedQuestion, quiz: PackedQuiz) -> bool:
    """Say whether a machine is to score a question: it says so, or offers answers to choose from."""
    if question.kind in _UNSCORED or not question.counts:
        return False
    if quiz.dialect is QuestionDialect.CANVAS and question.kind in _OF_THEIR_OWN:
        return False
    if question.kind.startswith("cc.") and question.kind not in PROFILES:
        return False  # that it is of no known kind is said already
    if question.kind in PROFILES or (question.kind.endswith("_question") and quiz.dialect is QuestionDialect.CANVAS):
        return True
    renderings = (one for one in question.item.presented if isinstance(one, QtiRendering))
    return any(one.name == "render_choice" for one in renderings)


def _is_right(condition: QtiCondition, question: PackedQuestion, quiz: PackedQuiz) -> bool:
    """Say whether an answer that meets a condition is right: it earns something, or Canvas holds it for right."""
    if quiz.dialect is not QuestionDialect.CANVAS or question.kind not in _SCORES_PASSED_OVER:
        return _gives_points(condition)
    compared = any(test.text.strip() for test, _ in _compared(condition))
    return compared and (question.kind not in _BY_PARTS or bool(condition.scores))


def _gives_points(condition: QtiCondition) -> bool:
    return any(_is_positive(score.text) for score in condition.scores)


def _is_positive(points: str) -> bool:
    """Say whether a number is above 0; what is none may be."""
    try:
        return float(points[:50]) > 0
    except ValueError:
        return bool(points.strip())


@rule("P274", over=PackedQuiz)
def feedback_is_there(quiz: PackedQuiz) -> Iterator[Finding]:
    """Every feedback that an answer leads to is one of the question."""
    for question in quiz.questions:
        known = {found.ident for found in question.item.feedback}
        for shown in (one for condition in question.item.conditions for one in condition.shown):
            if shown.linkrefid not in known:
                problem = f"an answer leads to the feedback '{shown.linkrefid}', which it does not have"
                found = messages.FEEDBACK_WRONG.at(quiz.place(shown), question=question.name, problem=problem)
                is_canvas = quiz.dialect is QuestionDialect.CANVAS  # which writes such, and takes no notice
                yield replace(found, severity=Severity.INFO) if is_canvas else found
