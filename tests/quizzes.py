"""A small course whose units ask questions of every kind, made of values, for what shows, judges and packs quizzes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from coursewright.building.jobs import Workshop
from coursewright.course.blocks import Headed
from coursewright.course.gates import waits_for
from coursewright.course.model import Course, Step, Unit
from coursewright.course.parts import Page
from coursewright.course.quiz import Answer, Blank, Draw, Feedback, Option, Pair, Question, QuestionKind, Quiz, Show
from coursewright.course.values import Kind
from coursewright.findings.finding import Finding
from coursewright.packages.files.writing import Package, write_zip
from coursewright.text.markdown.values import Prose, Text
from coursewright.writers import FORMATS
from coursewright.writers.writer import WriteOptions

COLOURS = Question(
    key="colours",
    kind=QuestionKind.CHOICE,
    stem="Which colour do bees **not** see?",
    options=(
        Option("blue", "Blue"),
        Option("red", "Red", 1.0, "Right: red looks black to them."),
        Option("uv", "Ultraviolet", 0.0, "They see it *very* well."),
        Option("none", "None of these", fixed=True),
    ),
    feedback=Feedback(general="Their eyes begin at yellow."),
)
CASTES = Question(
    key="castes",
    kind=QuestionKind.CHOICES,
    stem="Which of these are female?",
    points=2.0,
    options=(
        Option("queen", "The queen", 0.5),
        Option("drone", "A drone", -0.5),
        Option("worker", "A worker", 0.5),
        Option("keeper", "The `keeper`", 0.0),
    ),
    hints=("There are *two* of them.",),
)
STING = Question("sting", QuestionKind.BOOLEAN, "A drone can sting.", right=False)
HOUSE = Question(
    "house",
    QuestionKind.TEXT,
    "What is the house of bees called?",
    answers=(Answer("hive"), Answer("bee hive"), Answer("skep", fraction=0.5, feedback="That is an old one.")),
)
CELL = Question("cell", QuestionKind.NUMBER, "How many sides has a cell?", answers=(Answer(value=6.0),))
WARMTH = Question(
    "warmth", QuestionKind.NUMBER, "How warm is the brood, in °C?", answers=(Answer(value=35.0, tolerance=1.5),)
)
GAPS = Question(
    "gaps",
    QuestionKind.BLANKS,
    "The [[who]] lays eggs, up to [[many]] a day, in [[when]].",
    blanks=(
        Blank("who", (Answer("monarch"),)),
        Blank("many", (Answer(min=1500.0, max=2500.0),)),
        Blank("when", (Answer("summer"),), ("summer", "winter")),
    ),
    points=3.0,
)
WORK = Question(
    "work",
    QuestionKind.MATCH,
    "Who does what?",
    pairs=(Pair("Queen", "lays eggs"), Pair("Worker", "gathers"), Pair("Drone", "mates"), Pair("", "sleeps")),
    points=3.0,
)
LIFE = Question(
    "life",
    QuestionKind.ORDER,
    "In which order does a bee grow?",
    options=(Option("egg", "Egg"), Option("larva", "Larva"), Option("pupa", "Pupa"), Option("bee", "Bee")),
)
PASSAGE = Question("story", QuestionKind.PASSAGE, "Read this.\n\n> A hive in May.\n\n```python\nbees = 40_000\n```")
ESSAY = Question("essay", QuestionKind.ESSAY, "Why do you keep bees?", points=5.0)
UPLOAD = Question("photo", QuestionKind.UPLOAD, "A photo of your hive.\n\nOne is enough.", points=5.0)
EVERY = (COLOURS, CASTES, STING, HOUSE, CELL, WARMTH, PASSAGE, GAPS, WORK, LIFE, ESSAY, UPLOAD)
TOTAL = 14  # points of EVERY

QUIZ = Quiz("quiz-bees", "What do you know of bees?", "bees.md", 7, EVERY, "Take your time.", passing=70.0)
CHECK = Quiz("quiz-check", "", "bees.md", 3, (replace(STING, key="check"),), graded=False)
BANK = Draw("Bank", 2, 2.0, (COLOURS, STING, HOUSE, CELL))
DRAWN = Quiz(
    "quiz-drawn", "By chance", "bees.md", 90, (BANK, CASTES, LIFE), attempts=2, shuffled=True, show=Show.AFTER_LAST
)
TIMED = Quiz("quiz-timed", "In haste", "bees.md", 99, (COLOURS, STING, CELL), minutes=1.0, show=Show.NEVER)


READING = Page(
    "page-bees",
    "About bees",
    Text(""),
    (Headed(Prose(2, "Bees live in hives.")), Headed(Prose(5, "They do *not* sleep there."))),
    "bees.md",
    1,
)


def unit(id: str, *quizzes: Quiz) -> Unit:
    """Return a unit that has a page to read and these quizzes."""
    return Unit("bees.md", 1, Kind.MODULE, id, Text(f"Unit {id}"), "bees", (), parts=(READING, *quizzes))


def course(*units: Unit) -> Course:
    """Return a course in which each unit waits for the one before."""
    needs = [(), *((before,) for before in units)]
    steps = [
        Step(one, gate=waits_for(before.identity for before in required), needs=tuple(required))
        for one, required in zip(units, needs, strict=False)
    ]
    return Course("bees", "Keeping Bees", tuple(steps), "bees")


def package(found: Course, format: str, folder: Path, language: str = "en") -> tuple[Path, list[Finding]]:
    """Write a course in a format and unpack it in a folder; return where, and what was found."""
    options = WriteOptions(publication=replace(WriteOptions().publication, language=language))
    made = Package("bees.zip")
    findings = FORMATS[format].write(made, found, Workshop().materials(found, options))
    folder.mkdir(parents=True, exist_ok=True)
    write_zip(made, folder / "bees.zip")
    with ZipFile(folder / "bees.zip") as archive:
        archive.extractall(folder / "package")
    return folder / "package", findings


def sample(folder: Path, format: str, quizzes: Sequence[Quiz] = (CHECK, QUIZ)) -> Path:
    """Write a course of two units, the second waiting for the first, which has these quizzes; return where."""
    return package(course(unit("A", *quizzes), unit("B")), format, folder)[0]
