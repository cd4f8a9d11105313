"""Quizzes of a backup: their slots with the questions of its bank, and their settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.identifiers import part_key
from coursewright.course.parts import Part
from coursewright.course.quiz import Draw, Question, Quiz, Show, each_question, keyed
from coursewright.course.values import Audience
from coursewright.packages.documents.moodle.instances import CLOSED, QuizInstance
from coursewright.packages.documents.moodle.rows import SlotRow
from coursewright.packages.files.budget import MOST_QUESTIONS
from coursewright.readers.packages.amounts import amount, attempts_in
from coursewright.readers.packages.backups.making import BackedUp, Making
from coursewright.readers.packages.moodle_bank import Banked, DrawnFrom, in_order
from coursewright.readers.packages.quiz_links import linked
from coursewright.readers.packages.reasons import AS_QUESTIONS
from coursewright.readers.packages.recovery import ElementKind
from coursewright.text.names import plain_number, plural

_NEARLY = 0.01  # of a point
_LOST = {"password": "a password", "subnet": "addresses from which it is taken"}


def quiz(making: Making, one: BackedUp[QuizInstance]) -> Iterator[Part]:
    """Yield a quiz with its keys; a page where it asks nothing."""
    own = one.own
    asked, missing = _questions_of(making, one)
    text = making.intro(one)
    quiz = Quiz(
        one.key,
        one.title,
        making.ledger.shown,
        0,
        keyed(_own_keys(asked, one.key)),
        passing=one.passing,
        minutes=amount(own.timelimit) / 60 or None,
        attempts=attempts_in(own.attempts_number),
        shuffled=own.is_shuffled,
        show=_shown(own),
        graded=amount(own.grade) > 0,
        audience=one.audience,
    )
    quiz = linked(quiz, making.ways.lead_on(one.context, "", one.title))
    quiz = replace(quiz, instructions=text.markdown.strip(), targets={**quiz.targets, **text.targets})
    making.note_questions(quiz)
    if missing:
        title = f"{one.title}: {plural(missing, 'question')}"
        making.ledger.dropped(ElementKind.QUESTION, one.entry.identifier, title, "they are not in the backup's bank")
    making.unkept(one, _lost(own))
    if quiz.questions and quiz.graded and not making.ours and abs(amount(own.grade) - quiz.points) > _NEARLY:
        title, why = f"{one.title}: {plain_number(amount(own.grade))} points", AS_QUESTIONS
        making.ledger.changed(ElementKind.SETTING, one.entry.identifier, title, why)
    if quiz.questions:
        making.kept(ElementKind.QUIZ, one, text)
        yield quiz
    elif text.markdown.strip():
        making.changed(ElementKind.QUIZ, one, "it asks nothing: its text becomes a page", text)
        yield making.page(one, text)
    else:
        making.dropped(ElementKind.QUIZ, one, "it asks nothing")


def leftover(making: Making) -> Iterator[Quiz]:
    """Yield quizzes for staff of the questions that no quiz asks, one for each category of the bank that has any."""
    for category, banked in making.questions.unasked().items():
        title = making.questions.bank.categories.get(category, "")
        questions = filter(None, [_question(one, making) for one in banked])
        key = part_key("bank", f"{category}\n{title}")
        quiz = Quiz(key, title, making.ledger.shown, 0, keyed(questions), graded=False, audience=Audience.STAFF)
        if quiz.questions:
            why = "no quiz asks its questions: it is kept for staff"
            making.ledger.changed(ElementKind.BANK, category, title, why, "questions.xml")
            yield linked(quiz, making.ways.lead_on("", "", title))


def _questions_of(making: Making, one: BackedUp[QuizInstance]) -> tuple[list[Question | Draw], int]:
    """Return what the slots of a quiz ask, and how many of them ask nothing that could be read."""
    own = one.own
    slots = making.first(one, own.slots, ElementKind.QUESTION, "questions", MOST_QUESTIONS)
    asked: list[Question | Draw] = []
    missing = 0
    for slot in in_order(own, slots):
        found = _asked(slot, making)
        if found is None:
            missing += 1
        elif isinstance(found, Draw) and asked and isinstance(asked[-1], Draw) and _same(asked[-1], found):
            asked[-1] = replace(asked[-1], count=asked[-1].count + 1)
        else:
            asked.append(found)
    return asked, missing


def _own_keys(asked: list[Question | Draw], quiz: str) -> Iterator[Question | Draw]:
    """Return questions with the keys that we gave them, which stand after that of their quiz in a bank."""

    def own(one: Question) -> Question:
        _, found, key = one.key.partition(f"{quiz}-")
        return replace(one, key=key) if found else one

    return (each_question(one, own) for one in asked)


def _asked(slot: SlotRow, making: Making) -> Question | Draw | None:
    bank, points = making.questions.bank, amount(slot.points)
    meant = bank.meant(slot)
    if isinstance(meant, DrawnFrom):
        questions = tuple(filter(None, (_question(one, making) for one in bank.drawn(meant))))
        return Draw(bank.title(meant), 1, points, questions) if questions else None
    question = _question(meant, making) if meant else None
    return replace(question, points=points) if question and question.points else question


def _question(banked: Banked, making: Making) -> Question | None:
    return making.questions.question(banked, making.ledger.shown, making.findings)


def _same(one: Draw, other: Draw) -> bool:
    return replace(one, count=1) == replace(other, count=1) and one.count < len(one.questions)


def _shown(own: QuizInstance) -> Show:
    """Return when learners see what was right: Moodle has a bit for each time."""
    if not own.reviewrightanswer.isdecimal():
        return Show.AFTER_ATTEMPT
    bits = int(own.reviewrightanswer[:9])
    return Show.NEVER if not bits else Show.AFTER_LAST if bits == CLOSED else Show.AFTER_ATTEMPT


def _lost(own: QuizInstance) -> Iterator[str]:
    yield from (words for name, words in _LOST.items() if own.says(name) not in ("", "0"))
    if any(one.feedbacktext for one in own.feedbacks):
        yield "what it says of a whole grade"
    if headings := [one.heading for one in own.sections if one.heading]:
        yield f"its headings ({', '.join(headings)})"
