"""Quizzes and question banks in Canvas's own QTI 1.2, as its converter reads them.

The ident of an assessment is the quiz's identity: its folder, the module item and the assignment name the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml.etree import _Element

from coursewright.course.forms import QuizForm, Trait
from coursewright.course.questions import answers_of, bounds, number_text
from coursewright.course.quiz import BY_HAND, Answer, Blank, Draw, Question, QuestionKind, Quiz
from coursewright.packages.documents.manifest import child, document
from coursewright.packages.documents.qti12.elements import (
    CORRECT,
    GENERAL,
    INCORRECT,
    RESPONSE,
    Judging,
    bank_name,
    begun_assessment,
    equal,
    feedback_texts,
    interoperable,
    item_names,
    number_of,
    offered,
    option_names,
    response,
    shown,
    titled,
    written,
)
from coursewright.packages.documents.qti12.facts import CANVAS_KINDS, DROPDOWNS, described, drawn
from coursewright.packages.documents.wording import Wording, unlike
from coursewright.text.names import digest

LONGEST_QUESTION = 16 * 1024  # bytes of HTML, above which Canvas shows a sentence instead
_BLANK_NAME = re.compile(r"\w{1,60}", re.ASCII)

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
    root, assessment = begun_assessment(identifier, title)
    described(
        assessment,
        qmd_timelimit=str(time_limit(quiz)) if quiz.minutes else "",
        cc_maxattempts=str(quiz.attempts) if quiz.attempts else "unlimited",
    )
    section = child(assessment, "section")
    section.set("ident", "root_section")
    asked = [one for one in quiz.questions if isinstance(one, Question)]
    idents = iter(item_names(asked, identifier))
    count = 0
    for one in quiz.questions:
        if isinstance(one, Question):
            _item(section, one, next(idents), words)
        else:
            count += 1
            _draw(section, one, bank_name(identifier, count), f"{identifier}-draw{count}")
    return document(root)


def _draw(section: _Element, draw: Draw, bank: str, ident: str) -> None:
    group = child(section, "section")
    group.set("ident", ident)
    group.set("title", draw.title or bank)
    drawn(group, draw, bank, number_of(draw.points))


def canvas_bank(draw: Draw, quiz: str, identifier: str, title: str, words: Wording) -> bytes:
    """Return a bank of questions as a document."""
    root = interoperable()
    bank = child(root, "objectbank")
    bank.set("ident", identifier)
    described(bank, bank_title=title)
    for question, ident in zip(draw.questions, item_names(draw.questions, quiz), strict=True):
        _item(bank, question, ident, words)
    return document(root)


def time_limit(quiz: Quiz) -> int:
    """Return the time for an attempt in whole minutes."""
    return max(round(quiz.minutes or 0), 1)


def question_html(question: Question, words: Wording) -> str:
    """Return the text of a question as Canvas gets it."""
    names = _blank_names(question)
    return words.gapped(question.stem, lambda key: f"[{names.get(key, key)}]")


def _item(parent: _Element, question: Question, ident: str, words: Wording) -> None:
    item = titled(parent, question, ident, words)
    kind = CANVAS_KINDS[question.kind]
    if question.kind is QuestionKind.BLANKS and any(blank.options for blank in question.blanks):
        kind = DROPDOWNS
    points = question.points if question.graded else 0
    described(child(item, "itemmetadata"), question_type=kind, points_possible=number_of(points))
    presentation = child(item, "presentation")
    shown(presentation, f"<div>{question_html(question, words)}</div>")
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.CHOICES | QuestionKind.BOOLEAN:
            _choice(item, presentation, question, words)
        case QuestionKind.TEXT | QuestionKind.NUMBER:
            _text(item, presentation, question, words)
        case QuestionKind.BLANKS:
            _blanks(item, presentation, question, words)
        case QuestionKind.MATCH:
            _match(item, presentation, question, words)
        case QuestionKind.ESSAY:
            written(presentation)
            _feedback_only(item, question, words)
        case _:
            _feedback_only(item, question, words)


def _feedback_only(item: _Element, question: Question, words: Wording) -> None:
    texts = feedback_texts(question, (), words)
    if GENERAL in texts:
        judging = Judging.of(item)
        judging.always(GENERAL)
        judging.feedback(GENERAL, texts[GENERAL])


def _choice(item: _Element, presentation: _Element, question: Question, words: Wording) -> None:
    several = question.kind is QuestionKind.CHOICES
    parent = response(presentation, RESPONSE, "Multiple" if several else "Single")
    if question.kind is QuestionKind.BOOLEAN:  # Canvas knows it by these words, and shows its own
        names = ["true", "false"]
        offered(parent, [("true", "True"), ("false", "False")], shuffled=False)
        right = ["true" if question.right else "false"]
    else:
        names = option_names(question)
        texts = [words.line(option.text) for option in question.options]
        offered(parent, zip(names, texts, strict=True), shuffled=False)
        right = [name for name, option in zip(names, question.options, strict=True) if option.fraction > 0]
    judging, texts_of = Judging.of(item), feedback_texts(question, names, words)
    _before(judging, texts_of, {name: name for name in names})
    tests = judging.condition(goes_on=False)
    _chosen(tests, names, right, several=several)
    _after(judging, tests, texts_of)


def _chosen(tests: _Element, names: list[str], right: list[str], *, several: bool) -> None:
    if not several:
        for name in right:
            equal(tests, name)
        return
    both = child(tests, "and")
    for name in names:
        equal(both if name in right else child(both, "not"), name)


def _before(judging: Judging, texts: Mapping[str, str], answers: Mapping[str, str]) -> None:
    """Show what learners are told whatever is right: in general, and to each answer by its name."""
    if GENERAL in texts:
        judging.always(GENERAL)
    for name, answer in answers.items():
        if f"{name}_fb" in texts:
            judging.when(answer, f"{name}_fb")


def _after(judging: Judging, tests: _Element, texts: Mapping[str, str]) -> None:
    """Score what is right, and show what learners are told to that, and to anything else."""
    judging.scores(tests)
    if CORRECT in texts:
        judging.told(tests, CORRECT)
    _told(judging, texts)


def _told(judging: Judging, texts: Mapping[str, str]) -> None:
    if INCORRECT in texts:
        judging.always(INCORRECT)
    for ident, html in texts.items():
        judging.feedback(ident, html)


def _text(item: _Element, presentation: _Element, question: Question, words: Wording) -> None:
    number = question.kind is QuestionKind.NUMBER
    written(presentation, decimal=number)
    names = [f"answer{place}" for place in range(len(question.answers))]
    judging, texts = Judging.of(item), feedback_texts(question, names, words)
    if number:  # what is said to one of several numbers has no place
        texts = {ident: html for ident, html in texts.items() if ident in (GENERAL, CORRECT, INCORRECT)}
        _before(judging, texts, {})
        for answer in question.answers:
            tests = judging.condition(goes_on=False)
            _within(tests, answer)
            judging.scores(tests)
            if CORRECT in texts:
                judging.told(tests, CORRECT)
        _told(judging, texts)
        return
    answers = [answer.text.strip() for answer in question.answers]
    _before(judging, texts, dict(zip(names, answers, strict=True)))
    tests = judging.condition(goes_on=False)
    for text in answers:
        equal(tests, text)
    _after(judging, tests, texts)


def _within(tests: _Element, answer: Answer) -> None:
    """Append that a number is the right one, give or take, or between two."""
    parent = tests
    if answer.value is not None:
        either = child(tests, "or")
        equal(either, number_text(answer.value))
        parent = child(either, "and")
    for name, bound in zip(("vargte", "varlte"), bounds(answer), strict=True):
        child(parent, name, number_text(bound)).set("respident", RESPONSE)


def _blank_names(question: Question) -> dict[str, str]:
    """Return what the gaps of a text are called in it, where Canvas looks for names in brackets."""
    keys = [blank.key for blank in question.blanks]
    plain = [key if _BLANK_NAME.fullmatch(key) else f"gap{place}" for place, key in enumerate(keys, start=1)]
    return dict(zip(keys, unlike(plain), strict=True))


def _blanks(item: _Element, presentation: _Element, question: Question, words: Wording) -> None:
    names = {f"response_{name}": name for name in _blank_names(question).values()}
    known = {ident: _filled(blank) for ident, blank in zip(names, question.blanks, strict=True)}
    for ident, filled in known.items():
        parent = response(presentation, ident, "Single")
        child(child(parent, "material"), "mattext", names[ident])
        _plain_choice(parent, [(name, text) for name, text, _ in filled])
    judging, texts = Judging.of(item), feedback_texts(question, (), words)
    _before(judging, texts, {})
    right = [(ident, name) for ident, filled in known.items() for name, _, is_right in filled if is_right]
    _added(judging, right, len(known))
    _told(judging, {ident: html for ident, html in texts.items() if ident == GENERAL})


def _added(judging: Judging, right: list[tuple[str, str]], count: int) -> None:
    """Give each right answer, as (response, answer), its share of the points."""
    for ident, name in right:
        tests = judging.condition(goes_on=True)
        equal(tests, name, ident)
        judging.scores(tests, number_of(100 / count), "Add")


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


def _plain_choice(parent: _Element, options: list[tuple[str, str]]) -> None:
    choice = child(parent, "render_choice")
    for ident, text in options:
        label = child(choice, "response_label")
        label.set("ident", ident)
        child(child(label, "material"), "mattext", text).set("texttype", "text/plain")


def _match(item: _Element, presentation: _Element, question: Question, words: Wording) -> None:
    """Append prompts and answers, both as plain text: Canvas shows the answers in a list to choose from."""
    answers = answers_of(question)
    names = numerals(answers)
    by_answer = dict(zip(answers, names, strict=True))
    options = [(by_answer[text], words.plain(text)) for text in answers]
    prompts = [pair for pair in question.pairs if pair.prompt.strip()]
    idents = unlike(f"response_p{digest(pair.prompt, 10)}" for pair in prompts)
    for pair, ident in zip(prompts, idents, strict=True):
        parent = response(presentation, ident, "Single")
        child(child(parent, "material"), "mattext", words.plain(pair.prompt)).set("texttype", "text/plain")
        _plain_choice(parent, options)
    judging, texts = Judging.of(item), feedback_texts(question, (), words)
    _before(judging, texts, {})
    right = [(ident, by_answer[pair.answer]) for pair, ident in zip(prompts, idents, strict=True)]
    _added(judging, right, len(prompts))
    _told(judging, {ident: html for ident, html in texts.items() if ident == GENERAL})
