"""What is written as a quiz is read as the same quiz: GIFT, Moodle XML and QTI 1.2, over quizzes of all sorts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quizzing import WORDS

from coursewright.course.forms import QuizForm
from coursewright.course.lowering import lowered
from coursewright.course.quiz import (
    Answer,
    Blank,
    Feedback,
    Option,
    Pair,
    Question,
    QuestionKind,
    Quiz,
)
from coursewright.packages.documents import gift
from coursewright.packages.documents.moodle import questions as moodle
from coursewright.packages.documents.qti12 import canvas
from coursewright.packages.documents.qti12.cartridge import cartridge_assessment, cartridge_form
from coursewright.readers.quizzes import read_quiz

_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßéñçøあ漢ж"
words = st.text(_LETTERS, min_size=1, max_size=8)
_MARKED = st.sampled_from(["{}", "**{}**", "`{}`", "*{}*", "{}:", "`<{}>`", "`{{{}}}`", "`~{}#`", "({} = 1)", "{}!"])
pieces = st.builds(lambda form, word: form.format(word), _MARKED, words)
lines = st.lists(pieces, min_size=1, max_size=5).map(" ".join)
stems = st.builds(lambda first, more: "\n\n".join([f"{first} q?", *more]), lines, st.lists(lines, max_size=1))
answers = st.lists(words, min_size=2, max_size=4).map(" ".join)
points = st.sampled_from([1.0, 2.0, 5.0])


def unlike(texts: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(texts, min_size=least, max_size=most, unique_by=str.casefold)


@st.composite
def choices(draw: st.DrawFn) -> Question:
    texts = draw(unlike(lines, 3, 6))
    several = draw(st.booleans())
    right = draw(st.integers(2, len(texts) - 1)) if several else 1
    told = draw(st.lists(st.one_of(st.just(""), lines), min_size=len(texts), max_size=len(texts)))
    options = tuple(
        Option(f"o{place}", text, 1 / right if place < right else 0.0, said)
        for place, (text, said) in enumerate(zip(texts, told, strict=True))
    )
    kind = QuestionKind.CHOICES if several else QuestionKind.CHOICE
    feedback = Feedback(general=draw(st.one_of(st.just(""), lines)))
    return Question("k", kind, draw(stems), points=draw(points), options=options, feedback=feedback)


@st.composite
def statements(draw: st.DrawFn) -> Question:
    return Question("k", QuestionKind.BOOLEAN, draw(stems), points=draw(points), right=draw(st.booleans()))


@st.composite
def texts(draw: st.DrawFn) -> Question:
    accepted = tuple(Answer(text) for text in draw(unlike(answers, 1, 3)))
    return Question("k", QuestionKind.TEXT, draw(stems), points=draw(points), answers=accepted)


@st.composite
def numbers(draw: st.DrawFn) -> Question:
    value = draw(st.integers(-10_000, 10_000)) / 100
    within = Answer(value=value, tolerance=draw(st.sampled_from([0.0, 0.5, 2.0])))
    return Question("k", QuestionKind.NUMBER, draw(stems), points=draw(points), answers=(within,))


@st.composite
def matches(draw: st.DrawFn) -> Question:
    prompts, belonging = draw(unlike(words, 3, 5)), draw(unlike(words, 5, 5))
    pairs = tuple(Pair(prompt, answer) for prompt, answer in zip(prompts, belonging, strict=False))
    return Question("k", QuestionKind.MATCH, draw(stems), points=draw(points), pairs=pairs)


@st.composite
def gaps(draw: st.DrawFn) -> Question:
    accepted = draw(unlike(words, 2, 4))
    blanks = tuple(Blank(str(place), (Answer(text),)) for place, text in enumerate(accepted, start=1))
    stem = " and ".join(f"{draw(words)} [[{blank.key}]]" for blank in blanks)
    return Question("k", QuestionKind.BLANKS, f"{stem}.", points=float(len(blanks)), blanks=blanks)


essays = st.builds(lambda stem: Question("k", QuestionKind.ESSAY, stem), stems)
questions = st.one_of(choices(), statements(), texts(), numbers(), matches(), gaps(), essays)
quizzes = st.lists(questions, min_size=1, max_size=4, unique_by=lambda question: question.stem).map(
    lambda found: Quiz(
        "quiz", "Bees", "bees.md", 1, tuple(Question(**{**_fields(one), "key": f"k{n}"}) for n, one in enumerate(found))
    )
)


def _fields(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in Question.__dataclass_fields__}


def essence(question: Question, *, weighed: bool) -> tuple[object, ...]:
    """Return what a question is, whatever it is called, wherever it stands, and whichever signs are escaped in it."""
    return (
        question.kind,
        question.stem.strip().replace("\\", ""),
        question.points if weighed else 1,
        [(option.text, round(option.fraction, 4), option.feedback) for option in question.options],
        [
            (one.text, one.value, round(one.tolerance, 6), round(one.fraction, 4), one.feedback)
            for one in question.answers
        ],
        question.right,
        [(pair.prompt, pair.answer) for pair in question.pairs],
        [([one.text for one in blank.answers], sorted(blank.options)) for blank in question.blanks],
        question.feedback.general,
    )


def as_gift(quiz: Quiz) -> bytes:
    return gift.gift({"q": ("Bees", quiz)}, WORDS).encode()


def as_moodle(quiz: Quiz) -> bytes:
    return moodle.moodle_xml({"q": ("Bees", quiz)}, WORDS)


def as_canvas(quiz: Quiz) -> bytes:
    return canvas.canvas_assessment(quiz, "q", "Bees", WORDS)


def as_cartridge(quiz: Quiz) -> bytes:
    return cartridge_assessment(quiz, "q", "Bees", WORDS)


Written = Callable[[Quiz], bytes]


@pytest.mark.parametrize(
    ("form", "written", "ending"),
    [
        pytest.param(gift.FORM, as_gift, ".gift", id="gift"),
        pytest.param(moodle.FORM, as_moodle, ".xml", id="moodle-xml"),
        pytest.param(canvas.FORM, as_canvas, ".xml", id="canvas"),
        pytest.param(cartridge_form("cartridge"), as_cartridge, ".xml", id="cartridge"),
    ],
)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(quiz=quizzes)
def test_what_is_written_is_read_as_the_same(quiz: Quiz, form: QuizForm, written: Written, ending: str) -> None:
    made = lowered(quiz, form).quiz
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"quiz{ending}"
        path.write_bytes(written(made))
        found, _ = read_quiz(path, "quiz")
    assert found is not None
    weighed = form is not gift.FORM
    read = [essence(one, weighed=weighed) for one in found.questions if isinstance(one, Question)]
    assert read == [essence(one, weighed=weighed) for one in made.questions if isinstance(one, Question)]
