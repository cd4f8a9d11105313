"""Rules over quizzes in QTI 1.2, in whatever profile: what makes a question useless, or its scoring wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from coursewright.audit.rule import checks_over, rule
from coursewright.audit.rules.questions.profiles import ESSAY, PROFILES
from coursewright.audit.rules.questions.quizzes import (
    PackedQuestion,
    PackedQuiz,
    QuestionDialect,
    labels,
    quizzes,
    shows_something,
)
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.parsing import text_of
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
_COMPARED = ("{*}varequal", "{*}varsubstring", "{*}varsubset", "{*}vargt", "{*}vargte", "{*}varlt", "{*}varlte")


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
        found = messages.QUIZ_EMPTY.at(quiz.place(quiz.content), quiz=quiz.content.get("title") or "?")
        yield found if quiz.dialect is QuestionDialect.CARTRIDGE else replace(found, severity=Severity.INFO)


@rule("P235", over=PackedQuiz)
def idents_are_unique(quiz: PackedQuiz) -> Iterator[Finding]:
    """No two questions of a quiz, and no two answers of a response, have one ident."""
    questions = quiz.questions
    yield from _twice(quiz, [question.element for question in questions])
    for question in questions:
        for response in question.responses.values():
            yield from _twice(quiz, labels(response))


def _twice(quiz: PackedQuiz, elements: list[etree._Element]) -> Iterator[Finding]:
    counts = Counter(element.get("ident") for element in elements)
    for element in elements:
        name = element.get("ident")
        if name is not None and counts[name] > 1:
            counts[name] = 0  # it is said once
            yield messages.IDENTIFIER_TWICE.at(quiz.place(element), name=name)


@rule("P271", over=PackedQuiz)
def questions_have_a_text(quiz: PackedQuiz) -> Iterator[Finding]:
    """Every question shows something."""
    for question in quiz.questions:
        if not shows_something(question.element.find("{*}presentation")):
            yield messages.QUESTION_WITHOUT_TEXT.at(quiz.place(question.element), question=question.name)


@rule("P272 P380", over=PackedQuiz)
def answers_are_offered(quiz: PackedQuiz) -> Iterator[Finding]:
    """What gives points is the answer to a response of the question, and one of the answers that it offers."""
    for question in quiz.questions:
        responses = question.responses
        choices = {name: found for name, found in responses.items() if _is_choice(found)}
        offered = {name: {label.get("ident") for label in labels(found)} for name, found in choices.items()}
        named = {name: _texts(found) for name, found in choices.items()}
        for condition in question.conditions:
            scores = question.counts and condition.find("{*}setvar") is not None
            for compared in condition.iterfind("{*}conditionvar"):
                for problem, element in _not_offered(compared, responses, offered):
                    place, value = quiz.place(element), (element.text or "").strip()
                    if value in named.get(element.get("respident", ""), ()):
                        yield from _by_text(quiz, question.name, value, place) if scores else ()
                        continue
                    found = messages.ANSWER_UNKNOWN.at(place, question=question.name, problem=problem)
                    weight = found.severity if scores else Severity.WARNING
                    is_known = element.get("respident", "") in responses
                    is_light = _is_passed_over(quiz, question, is_known) or _is_left_out(quiz, question, element)
                    yield replace(found, severity=Severity.INFO if is_light else weight)


def _is_passed_over(quiz: PackedQuiz, question: PackedQuestion, is_response_known: bool) -> bool:
    """Say whether Canvas takes no notice of a response, or of an answer to one, that a question does not have."""
    kinds = _ANSWERS_PASSED_OVER if is_response_known else _RESPONSES_PASSED_OVER
    return quiz.dialect is QuestionDialect.CANVAS and question.kind.lower() in kinds


def _is_left_out(quiz: PackedQuiz, question: PackedQuestion, compared: etree._Element) -> bool:
    """Say whether an answer is one that must not be ticked: Canvas reads those that must, and no others."""
    is_of_many = quiz.dialect is QuestionDialect.CANVAS and question.kind.lower() == "multiple_answers_question"
    return is_of_many and next(compared.iterancestors("{*}not"), None) is not None


def _by_text(quiz: PackedQuiz, question: str, text: str, place: Place) -> Iterator[Finding]:
    """Yield that an answer is named by its text, but for Canvas's own quizzes: Canvas takes that."""
    if not quiz.is_of_canvas:
        yield messages.ANSWER_BY_TEXT.at(place, question=question, text=text[:60])


def _texts(response: etree._Element) -> set[str]:
    """Return the texts of the options of a response: Canvas takes them for their identifiers, too, numbers aside."""
    return {text for label in labels(response) if (text := text_of(label).strip()) and not text.isdigit()}


def _is_choice(response: etree._Element) -> bool:
    return response.tag.endswith("response_lid") and next(response.iter("{*}render_choice"), None) is not None


def _not_offered(
    condition: etree._Element, responses: Collection[str], offered: Mapping[str, set[str | None]]
) -> Iterator[tuple[str, etree._Element]]:
    for compared in condition.iter(*_COMPARED):
        name, value = compared.get("respident", ""), (compared.text or "").strip()
        if name not in responses:
            yield f"the response '{name}'", compared
        elif local_name(compared) == "varequal" and name in offered and value not in offered[name]:
            yield (f"the answer '{value}'" if value else "an empty answer"), compared


@rule("P273", over=PackedQuiz)
def questions_have_a_right_answer(quiz: PackedQuiz) -> Iterator[Finding]:
    """Every question that is scored by machine gives points for some answer."""
    if quiz.is_survey:
        return
    for question in quiz.questions:
        if _is_scored(question, quiz) and not any(_is_right(one, question, quiz) for one in question.conditions):
            found = messages.NO_RIGHT_ANSWER.at(quiz.place(question.element), question=question.name, reason="")
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
    return next(question.element.iter("{*}render_choice"), None) is not None


def _is_right(condition: etree._Element, question: PackedQuestion, quiz: PackedQuiz) -> bool:
    """Say whether an answer that meets a condition is right: it earns something, or Canvas holds it for right."""
    if quiz.dialect is not QuestionDialect.CANVAS or question.kind not in _SCORES_PASSED_OVER:
        return _gives_points(condition)
    compared = any(text_of(one).strip() for one in condition.iter(*_COMPARED))
    return compared and (question.kind not in _BY_PARTS or condition.find("{*}setvar") is not None)


def _gives_points(condition: etree._Element) -> bool:
    return any(_is_positive(setvar.text or "") for setvar in condition.iterfind("{*}setvar"))


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
        known = {found.get("ident") for found in question.element.iterfind("{*}itemfeedback")}
        for shown in question.element.iterfind("{*}resprocessing/{*}respcondition/{*}displayfeedback"):
            name = shown.get("linkrefid", "")
            if name not in known:
                problem = f"an answer leads to the feedback '{name}', which it does not have"
                found = messages.FEEDBACK_WRONG.at(quiz.place(shown), question=question.name, problem=problem)
                is_canvas = quiz.dialect is QuestionDialect.CANVAS  # which writes such, and takes no notice
                yield replace(found, severity=Severity.INFO) if is_canvas else found
