"""A quiz with every kind of question, and courses that hold quizzes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coursewright.building.jobs import Job, Workshop, run
from coursewright.building.report import Built
from coursewright.building.withdrawals import Output
from coursewright.course.blocks import Headed
from coursewright.course.gates import waits_for
from coursewright.course.model import Course, Step, Unit
from coursewright.course.parts import Page, Part
from coursewright.course.quiz import (
    Answer,
    Blank,
    Draw,
    Feedback,
    Option,
    Pair,
    Question,
    QuestionKind,
    Quiz,
    Show,
)
from coursewright.course.values import Kind
from coursewright.packages.documents.wording import Wording
from coursewright.text.markdown.html import Converter
from coursewright.text.markdown.values import Prose, Text
from coursewright.writers.writer import WriteOptions

_CONVERTER = Converter()
WORDS = Wording(block=lambda markdown: str(_CONVERTER.block(markdown)), plain=_CONVERTER.plain)


def choices(*texts: str) -> tuple[Option, ...]:
    """Return options, of which those that begin with `*` are right and share the points."""
    right = sum(text.startswith("*") for text in texts)
    return tuple(
        Option(f"o{place}", text.lstrip("*"), 1 / right if text.startswith("*") else 0.0)
        for place, text in enumerate(texts, start=1)
    )


def statement(key: str, stem: str, *, right: bool) -> Question:
    """Return a statement that is true or false."""
    return Question(key, QuestionKind.BOOLEAN, stem, 90, right=right)


_FRACTIONS = (Answer("Zurich", exact_case=True), Answer("Zürich", exact_case=True), Answer("Bern", fraction=0.5))
EVERY_KIND: tuple[Question, ...] = (
    Question(
        "hive",
        QuestionKind.CHOICE,
        "Who lays **eggs** in a `hive`?",
        10,
        points=3,
        options=(
            Option("queen", "The *queen*", 1.0, "Indeed-the-queen"),
            Option("drone", "A drone", 0.0, "Drones-do-not"),
            Option("worker", "A worker & her <sister>", 0.0),
        ),
        feedback=Feedback("General-words", "Right-words", "", "Wrong-words"),
        hints=("Look-at-the-size",),
        tags=("bees",),
    ),
    Question("two", QuestionKind.CHOICE, "Is honey sweet or sour?", 20, options=choices("*sweet", "sour")),
    Question(
        "even", QuestionKind.CHOICES, "Which are even?", 30, points=2, options=choices("*2", "3", "*4", "None of these")
    ),
    Question(
        "wet", QuestionKind.BOOLEAN, "Water is wet.", 40, right=True, feedback=Feedback("", "Wet-it-is", "", "Dry?")
    ),
    Question("town", QuestionKind.TEXT, "Largest town of Switzerland?", 50, answers=_FRACTIONS),
    Question("pi", QuestionKind.NUMBER, "Pi to two places?", 60, answers=(Answer(value=3.14, tolerance=0.01),)),
    Question("legs", QuestionKind.NUMBER, "Five to seven legs?", 65, answers=(Answer(min=5.0, max=7.0),)),
    Question(
        "gaps",
        QuestionKind.BLANKS,
        "The capital of France is [[a]], that of Italy is [[b]].",
        70,
        points=2,
        blanks=(Blank("a", (Answer("Paris"),)), Blank("b", (Answer("Rome"), Answer("Roma")))),
    ),
    Question(
        "drops",
        QuestionKind.BLANKS,
        "Ice is [[x]] and fire is [[y]].",
        75,
        blanks=(Blank("x", (Answer("cold"),), ("cold", "hot")), Blank("y", (Answer("hot"),), ("cold", "hot"))),
    ),
    Question(
        "mixed",
        QuestionKind.BLANKS,
        "Two and two make [[n]], which is [[parity]].",
        77,
        blanks=(Blank("n", (Answer(value=4.0),)), Blank("parity", (Answer("even"),), ("odd", "even"))),
    ),
    Question(
        "sounds",
        QuestionKind.MATCH,
        "Who says what?",
        80,
        points=2,
        pairs=(Pair("barks", "dog"), Pair("meows", "cat"), Pair("", "fish")),
    ),
    Question("life", QuestionKind.ORDER, "In which order?", 84, options=choices("egg", "larva", "pupa", "bee")),
    Question("read", QuestionKind.PASSAGE, "Read this about *wax*.", 86, points=0, graded=False),
    Question("essay", QuestionKind.ESSAY, "Explain the waggle dance.", 87, points=5),
    Question("photo", QuestionKind.UPLOAD, "Hand in a photograph.", 88, points=3),
    Question("opinion", QuestionKind.CHOICE, "Do you like bees?", 89, options=choices("yes", "no"), graded=False),
)
BANK = Draw("A bank", 2, 1.5, tuple(statement(f"b{n}", f"Bank statement {n}.", right=n % 2 == 0) for n in range(4)))


def every_quiz(**changes: object) -> Quiz:
    """Return a quiz with all kinds of questions and a draw."""
    quiz = Quiz(
        "quiz-all",
        "All about bees",
        "bees/quiz.md",
        3,
        (*EVERY_KIND, BANK),
        instructions="Take **your** time.",
        passing=70,
        minutes=30,
        attempts=3,
        shuffled=True,
    )
    return replace(quiz, **changes)  # type: ignore[arg-type]


def page(text: str = "Bees are insects.") -> Page:
    """Return a page."""
    return Page("page-one", "What bees are", Text(""), (Headed(Prose(1, text)),), "bees/one.md", 1)


def unit(name: str, *parts: Part) -> Unit:
    """Return a unit of a folder."""
    return Unit(f"bees/{name}.md", 1, Kind.UNIT, name, Text(name.title()), "bees", (), parts=parts, given_id=False)


def course(*units: Unit, waits: bool = True) -> Course:
    """Return a course whose units wait for the one before."""
    before = [(), *((one,) for one in units[:-1])] if waits else [()] * len(units)
    steps = (
        Step(one, waits_for(found.identity for found in needs), needs) for one, needs in zip(units, before, strict=True)
    )
    return Course("bees", "Bees", tuple(steps), "bees")


def whole_course() -> Course:
    """Return a course of two units, the second behind a quiz of all kinds."""
    last = Quiz("quiz-last", "", "bees/last.md", 1, (EVERY_KIND[0],), show=Show.NEVER)
    return course(unit("first", page(), every_quiz()), unit("second", page("The second unit."), last))


def written(made: Course, format: str, folder: Path) -> Built:
    """Build one package of a course."""
    return run(Job(made, format, WriteOptions(), Output(folder)), Workshop())


def quiz_of(*questions: Question | Draw, **changes: object) -> Quiz:
    """Return a quiz of some questions."""
    return replace(Quiz("quiz-bees", "Bees", "bees/quiz.md", 3, questions), **changes)  # type: ignore[arg-type]


def one_of_kind(key: str) -> Question:
    """Return one of the questions of all kinds by its key."""
    return next(question for question in EVERY_KIND if question.key == key)
