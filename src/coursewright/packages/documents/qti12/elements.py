"""What both flavours of QTI 1.2 are made of: items, materials, responses, conditions and feedback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz
from coursewright.frozen import frozen
from coursewright.packages.documents.fields import written_as
from coursewright.packages.documents.manifest import document
from coursewright.packages.documents.qti12.facts import QTI_NAMESPACE
from coursewright.packages.documents.qti12.values import (
    MetadataField,
    QtiCondition,
    QtiFeedback,
    QtiFlow,
    QtiItem,
    QtiLabel,
    QtiPiece,
    QtiProcessing,
    QtiRange,
    QtiRendering,
    QtiResponse,
    QtiScore,
    QtiSection,
    QtiShown,
    QtiTest,
    QtiTests,
    QtiText,
)
from coursewright.packages.documents.wording import Wording, unlike

RESPONSE = "response1"
GENERAL, CORRECT, INCORRECT = "general_fb", "correct_fb", "general_incorrect_fb"
_SCORE = QtiRange("100", "0", "SCORE", "Decimal")


def interoperable(held: QtiSection) -> bytes:
    """Return a quiz or a bank as a document of QTI."""
    return document(written_as(QtiSection("questestinterop", contents=(held,)), "questestinterop", QTI_NAMESPACE))


def described(**labels: str) -> tuple[MetadataField, ...]:
    """Return metadata: a field for each label that has a value."""
    return tuple(MetadataField(label, value) for label, value in labels.items() if value)


def shown(html: str) -> QtiFlow:
    """Return a text in HTML."""
    return QtiFlow(contents=(QtiText(texttype="text/html", text=html),))


def shown_plain(text: str) -> QtiFlow:
    """Return a text without markup."""
    return QtiFlow(contents=(QtiText(texttype="text/plain", text=text),))


def offered(
    options: Iterable[tuple[str, QtiFlow]], *, shuffled: bool = False, fixed: Sequence[str] = ()
) -> QtiRendering:
    """Return what can be chosen, of names and texts."""
    labels = tuple(QtiLabel(ident, "No" if ident in fixed else "", (text,)) for ident, text in options)
    return QtiRendering(shuffle="Yes" if shuffled else "", contents=labels)


def chosen(rendering: QtiRendering, *, several: bool = False) -> QtiResponse:
    """Return that learners choose one of what is offered, or several."""
    return QtiResponse("response_lid", RESPONSE, "Multiple" if several else "Single", (rendering,))


def written(*, decimal: bool = False, rows: int = 0) -> QtiResponse:
    """Return a place to write into."""
    place = QtiRendering("render_fib", "", "Decimal" if decimal else "", str(rows or ""), (QtiLabel("answer1", "No"),))
    return QtiResponse("response_str", RESPONSE, "Single", (place,))


@frozen
class Answering:
    """How a question is answered, judged and spoken of: without `conditions` nothing is judged at all."""

    responses: tuple[QtiPiece, ...] = ()
    conditions: tuple[QtiCondition, ...] | None = None
    texts: Mapping[str, str] | None = None


def by_nothing(question: Question, words: Wording) -> Answering:
    """Return that nothing is answered: what is told in general is told."""
    texts = general_only(feedback_texts(question, (), words))
    return Answering((), judged(texts, {}, ()), texts) if texts else Answering()


def by_hand(question: Question, words: Wording, rows: int = 0) -> Answering:
    """Return how a text is written at length: nobody knows by machine whether it is right."""
    told = by_nothing(question, words)
    return Answering((written(rows=rows),), told.conditions, told.texts)


def by_text(question: Question, words: Wording) -> Answering:
    """Return how a text is written. It is no name: what is said to an answer is known by its place."""
    names = [f"answer{place}" for place in range(len(question.answers))]
    texts, answers = feedback_texts(question, names, words), [answer.text.strip() for answer in question.answers]
    conditions = judged(texts, dict(zip(names, answers, strict=True)), [right(map(equal, answers), texts)])
    return Answering((written(),), conditions, texts)


def by_choice(
    question: Question,
    words: Wording,
    truths: tuple[str, str] = ("True", "False"),
    *,
    cased: bool = False,
    arranged: bool = False,
) -> Answering:
    """Return how one of several options is chosen, or some; of a statement, one of `truths`, which go by their names.

    Options may be `arranged`: in which order they are offered is said.
    """
    several = question.kind is QuestionKind.CHOICES
    if question.kind is QuestionKind.BOOLEAN:
        names, offer = ["true", "false"], offered(zip(("true", "false"), map(shown, truths), strict=True))
        correct = ["true" if question.right else "false"]
    else:
        names = option_names(question)
        of_each = list(zip(names, question.options, strict=True))
        correct = [name for name, option in of_each if option.fraction > 0]
        fixed = [name for name, option in of_each if option.fixed and arranged]
        texts = ((name, shown(words.line(option.text))) for name, option in of_each)
        offer = offered(texts, shuffled=question.shuffled and arranged, fixed=fixed)
    told = feedback_texts(question, names, words)
    scoring = [right([all_of(names, correct, cased=cased)], told)] if several else each_right(correct, told)
    conditions = judged(told, {name: name for name in names}, scoring)
    return Answering((chosen(offer, several=several),), conditions, told)


def asked(
    question: Question, ident: str, metadata: tuple[MetadataField, ...], stem: str, answering: Answering, words: Wording
) -> QtiItem:
    """Return a question; its scores are of 100."""
    conditions = answering.conditions
    return QtiItem(
        ident,
        words.name(question),
        item_metadata=metadata,
        presentation=QtiFlow("presentation", (shown(stem), *answering.responses)),
        processing=() if conditions is None else (QtiProcessing((_SCORE,), conditions),),
        feedback=tuple(
            QtiFeedback(name, (QtiFlow("flow_mat", (shown(html),)),)) for name, html in (answering.texts or {}).items()
        ),
    )


def equal(answer: str, responding: str = RESPONSE, *, cased: bool = False) -> QtiTest:
    """Return that a response is an answer."""
    return QtiTest("varequal", responding, "Yes" if cased else "", answer)


def always(ident: str) -> QtiCondition:
    """Return that a feedback is shown whatever was answered."""
    return _told(QtiTest("other"), ident)


def when(answer: str, ident: str) -> QtiCondition:
    """Return that a feedback is shown to one answer."""
    return _told(equal(answer), ident)


def _told(test: QtiTest, ident: str) -> QtiCondition:
    return QtiCondition("Yes", (QtiTests(tests=(test,)),), shown=(QtiShown("Response", ident),))


def right(tests: Iterable[QtiTest | QtiTests], texts: Mapping[str, str]) -> QtiCondition:
    """Return that what meets the tests is right, and that this is told where there is a text for it."""
    told = (QtiShown("Response", CORRECT),) if CORRECT in texts else ()
    return QtiCondition("No", (QtiTests(tests=tuple(tests)),), (QtiScore("Set", "SCORE", "100"),), told)


def each_right(answers: Sequence[str], texts: Mapping[str, str]) -> list[QtiCondition]:
    """Return that each of some options is right by itself: importers look at the first answer of a condition alone."""
    return [right([equal(answer)], texts) for answer in answers] or [right((), texts)]


def adding(answer: str, responding: str, points: str) -> QtiCondition:
    """Return that an answer earns some of the points."""
    return QtiCondition("Yes", (QtiTests(tests=(equal(answer, responding),)),), (QtiScore("Add", "SCORE", points),))


def all_of(names: Iterable[str], right: Sequence[str], *, cased: bool = False) -> QtiTests:
    """Return that of several answers those that are right are given, and no others."""
    tests = ((name, equal(name, cased=cased)) for name in names)
    return QtiTests("and", tuple(one if name in right else QtiTests("not", (one,)) for name, one in tests))


def judged(
    texts: Mapping[str, str], answers: Mapping[str, str], scoring: Iterable[QtiCondition]
) -> tuple[QtiCondition, ...]:
    """Return what scores an item, with what is told before (in general, and to each answer by its name) and after."""
    told = (when(answer, f"{name}_fb") for name, answer in answers.items() if f"{name}_fb" in texts)
    before = (always(GENERAL),) if GENERAL in texts else ()
    return (*before, *told, *scoring, *((always(INCORRECT),) if INCORRECT in texts else ()))


def feedback_texts(question: Question, names: Sequence[str], words: Wording) -> dict[str, str]:
    """Return the feedback of a question as HTML by its ident: of the whole, and of single answers by their names."""
    told = question.feedback
    said = [option.feedback for option in question.options] or [answer.feedback for answer in question.answers]
    texts = {GENERAL: told.general, CORRECT: told.correct, INCORRECT: told.incorrect}
    texts |= {f"{name}_fb": text for name, text in zip(names, said, strict=False)}
    return {ident: words.html(text) for ident, text in texts.items() if text}


def general_only(texts: Mapping[str, str]) -> dict[str, str]:
    """Return what is told of a question as a whole."""
    return {ident: html for ident, html in texts.items() if ident == GENERAL}


def option_names(question: Question) -> list[str]:
    """Return the idents of what can be chosen, of which no two are the same."""
    return unlike(option.key for option in question.options)


def item_names(questions: Iterable[Question], quiz: str) -> list[str]:
    """Return the idents of questions: what they are known by when they are imported again."""
    return unlike(f"{quiz}-{question.key}" for question in questions)


def bank_name(quiz: str, number: int) -> str:
    """Return the identifier of the bank that the so-manieth draw of a quiz is from."""
    return f"{quiz}-bank{number}"


def draws(quiz: Quiz) -> list[Draw]:
    """Return what a quiz draws by chance."""
    return [one for one in quiz.questions if isinstance(one, Draw)]


def number_of(points: float) -> str:
    """Return points as Canvas writes them: `1.0`, `0.33`."""
    return f"{points:.5f}".rstrip("0") + ("0" if points == int(points) else "")
