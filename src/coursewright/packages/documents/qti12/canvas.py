"""Quizzes and question banks in Canvas's own QTI 1.2, as its converter reads them.

The ident of an assessment is the quiz's identity: its folder, the module item and the assignment name the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from coursewright.course.forms import QuizForm, Trait
from coursewright.course.questions import answers_of, bounds, number_text
from coursewright.course.quiz import BY_HAND, Answer, Blank, Draw, Question, QuestionKind, Quiz
from coursewright.packages.documents.qti12.elements import (
    CORRECT,
    GENERAL,
    INCORRECT,
    RESPONSE,
    Answering,
    adding,
    asked,
    bank_name,
    by_choice,
    by_hand,
    by_nothing,
    by_text,
    described,
    equal,
    feedback_texts,
    general_only,
    interoperable,
    item_names,
    judged,
    number_of,
    offered,
    right,
    shown_plain,
    written,
)
from coursewright.packages.documents.qti12.facts import CANVAS_KINDS, DROPDOWNS
from coursewright.packages.documents.qti12.values import (
    BankSelection,
    QtiFlow,
    QtiItem,
    QtiResponse,
    QtiSection,
    QtiTest,
    QtiTests,
    QtiText,
    SelectionExtension,
)
from coursewright.packages.documents.wording import Wording, unlike
from coursewright.text.names import digest
from coursewright.text.patterns import later

LONGEST_QUESTION = 16 * 1024  # bytes of HTML, above which Canvas shows a sentence instead
_BLANK_NAME = later(r"\w{1,60}", re.ASCII)

FORM = QuizForm(
    "Canvas",
    frozenset(CANVAS_KINDS),
    frozenset(
        {
            *(Trait.BY_ANSWER, Trait.BY_RESULT, Trait.GENERAL, Trait.POINTS, Trait.PASSING, Trait.TIME),
            *(Trait.ATTEMPTS, Trait.INSTRUCTIONS, Trait.SHOWN_LAST, Trait.SHOWN, Trait.DRAWN),
            Trait.FILES,
        }
    ),
    draws=True,
    blended=False,
    without=frozenset(
        {
            *((kind, Trait.BY_RESULT) for kind in (*sorted(BY_HAND), QuestionKind.MATCH, QuestionKind.BLANKS)),
            *((kind, Trait.BY_ANSWER) for kind in (QuestionKind.NUMBER, QuestionKind.BLANKS)),
        }
    ),
)


def canvas_assessment(quiz: Quiz, identifier: str, title: str, words: Wording) -> bytes:
    """Return the questions of a quiz, lowered to what Canvas has, as a document; draws are from banks."""
    metadata = described(
        qmd_timelimit=str(time_limit(quiz)) if quiz.minutes else "",
        cc_maxattempts=str(quiz.attempts) if quiz.attempts else "unlimited",
    )
    idents = iter(item_names((one for one in quiz.questions if isinstance(one, Question)), identifier))
    contents: list[QtiItem | QtiSection] = []
    count = 0
    for one in quiz.questions:
        if isinstance(one, Question):
            contents.append(_item(one, next(idents), words))
        else:
            count += 1
            contents.append(_drawn(one, bank_name(identifier, count), f"{identifier}-draw{count}"))
    section = QtiSection(ident="root_section", contents=tuple(contents))
    return interoperable(QtiSection("assessment", identifier, title, metadata, contents=(section,)))


def _drawn(draw: Draw, bank: str, ident: str) -> QtiSection:
    selection = BankSelection(bank, str(draw.count), SelectionExtension(number_of(draw.points)))
    return QtiSection(ident=ident, title=draw.title or bank, selections=(selection,))


def canvas_bank(draw: Draw, quiz: str, identifier: str, title: str, words: Wording) -> bytes:
    """Return a bank of questions as a document."""
    named = zip(draw.questions, item_names(draw.questions, quiz), strict=True)
    items = tuple(_item(question, ident, words) for question, ident in named)
    return interoperable(QtiSection("objectbank", identifier, metadata=described(bank_title=title), contents=items))


def time_limit(quiz: Quiz) -> int:
    """Return the time for an attempt in whole minutes."""
    return max(round(quiz.minutes or 0), 1)


def question_html(question: Question, words: Wording) -> str:
    """Return the text of a question as Canvas gets it."""
    names = _blank_names(question)
    return words.gapped(question.stem, lambda key: f"[{names.get(key, key)}]")


def _item(question: Question, ident: str, words: Wording) -> QtiItem:
    kind = CANVAS_KINDS[question.kind]
    if question.kind is QuestionKind.BLANKS and any(blank.options for blank in question.blanks):
        kind = DROPDOWNS
    metadata = described(question_type=kind, points_possible=number_of(question.worth))
    answering = _ANSWERED.get(question.kind, by_nothing)(question, words)
    return asked(question, ident, metadata, f"<div>{question_html(question, words)}</div>", answering, words)


def _by_number(question: Question, words: Wording) -> Answering:
    """Return how a number is asked for; what is said to one of several has no place."""
    texts = feedback_texts(question, (), words)
    texts = {ident: html for ident, html in texts.items() if ident in (GENERAL, CORRECT, INCORRECT)}
    conditions = judged(texts, {}, [right(_within(answer), texts) for answer in question.answers])
    return Answering((written(decimal=True),), conditions, texts)


def _within(answer: Answer) -> tuple[QtiTest | QtiTests, ...]:
    """Return that a number is the right one, give or take, or between two."""
    named = zip(("vargte", "varlte"), bounds(answer), strict=True)
    ends = tuple(QtiTest(name, RESPONSE, "", number_text(bound)) for name, bound in named)
    if answer.value is None:
        return ends
    return (QtiTests("or", (equal(number_text(answer.value)), QtiTests("and", ends))),)


def _blank_names(question: Question) -> dict[str, str]:
    """Return what the gaps of a text are called in it, where Canvas looks for names in brackets."""
    keys = [blank.key for blank in question.blanks]
    plain = [key if _BLANK_NAME.fullmatch(key) else f"gap{place}" for place, key in enumerate(keys, start=1)]
    return dict(zip(keys, unlike(plain), strict=True))


def _by_blanks(question: Question, words: Wording) -> Answering:
    names = {f"response_{name}": name for name in _blank_names(question).values()}
    known = {ident: _filled(blank) for ident, blank in zip(names, question.blanks, strict=True)}
    responses = tuple(
        _named(ident, QtiText(text=names[ident]), [(name, text) for name, text, _ in filled])
        for ident, filled in known.items()
    )
    correct = [(ident, name) for ident, filled in known.items() for name, _, is_right in filled if is_right]
    return _by_parts(question, responses, correct, words)


def _named(ident: str, prompt: QtiText, options: Sequence[tuple[str, str]]) -> QtiResponse:
    rendering = offered((name, shown_plain(text)) for name, text in options)
    return QtiResponse("response_lid", ident, "Single", (QtiFlow(contents=(prompt,)), rendering))


def _by_parts(
    question: Question, responses: tuple[QtiResponse, ...], correct: Sequence[tuple[str, str]], words: Wording
) -> Answering:
    """Return how a question of several parts is answered: each right answer, as (response, answer), earns its share."""
    texts = general_only(feedback_texts(question, (), words))
    share = number_of(100 / len(responses)) if responses else ""
    scoring = [adding(name, ident, share) for ident, name in correct]
    return Answering(responses, judged(texts, {}, scoring), texts)


def _filled(blank: Blank) -> list[tuple[str, str, bool]]:
    """Return what can stand in a gap, as (ident, text, whether it is right)."""
    accepted = [one.text or number_text(one.value or 0) for one in blank.answers if one.fraction > 0]
    texts = list(dict.fromkeys(blank.options or accepted))
    names = unlike(f"b{digest(f'{blank.key}/{text}', 10)}" for text in texts)
    return [(name, text, text in accepted) for name, text in zip(names, texts, strict=True)]


def numerals(texts: Sequence[str]) -> list[str]:
    """Return numbers that texts are known by: of an answer that is matched Canvas takes no more than the digits."""
    found: list[str] = []
    for text in texts:
        number = int(digest(text, 7), 16)
        while str(number) in found:
            number += 1
        found.append(str(number))
    return found


def _by_pairs(question: Question, words: Wording) -> Answering:
    """Return prompts and answers, both as plain text: Canvas shows the answers in a list to choose from."""
    answers = answers_of(question)
    by_answer = dict(zip(answers, numerals(answers), strict=True))
    options = [(by_answer[text], words.plain(text)) for text in answers]
    prompts = [pair for pair in question.pairs if pair.prompt.strip()]
    idents = unlike(f"response_p{digest(pair.prompt, 10)}" for pair in prompts)
    known = list(zip(prompts, idents, strict=True))
    responses = tuple(
        _named(ident, QtiText(texttype="text/plain", text=words.plain(pair.prompt)), options) for pair, ident in known
    )
    return _by_parts(question, responses, [(ident, by_answer[pair.answer]) for pair, ident in known], words)


_ANSWERED: Mapping[QuestionKind, Callable[[Question, Wording], Answering]] = {
    QuestionKind.CHOICE: by_choice,
    QuestionKind.CHOICES: by_choice,
    QuestionKind.BOOLEAN: by_choice,
    QuestionKind.TEXT: by_text,
    QuestionKind.NUMBER: _by_number,
    QuestionKind.BLANKS: _by_blanks,
    QuestionKind.MATCH: _by_pairs,
    QuestionKind.ESSAY: by_hand,
}
