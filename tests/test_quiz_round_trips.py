"""What is written as a quiz is read as the same quiz: GIFT, Moodle XML and QTI 1.2, over quizzes of all sorts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
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
    Draw,
    Feedback,
    Option,
    Pair,
    Question,
    QuestionKind,
    Quiz,
)
from coursewright.packages.documents import gift, markdown_quiz
from coursewright.packages.documents.markdown_quiz import quiz_markdown
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


def as_markdown(quiz: Quiz) -> bytes:
    return quiz_markdown([("Quiz: bees", quiz)]).encode()


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


def test_tags_stand_before_a_question_in_gift_where_moodle_reads_them(tmp_path: Path) -> None:
    bees = Question("t", QuestionKind.BOOLEAN, "Bees fly.", right=True, tags=("a [b]", " ", "c"))
    text = as_gift(Quiz("q", "Bees", "bees.md", 1, (bees,))).decode()
    assert "\n// [tag:a [b\\]] [tag:c]\n::Bees fly.::" in text
    (tmp_path / "x.gift").write_text(text)
    found, _ = read_quiz(tmp_path / "x.gift", "quiz")
    assert found is not None
    assert [one.tags for one in found.questions if isinstance(one, Question)] == [("a [b]", "c", "Bees")]


# In Markdown a reader goes by words and signs that mean something, such as `false`, or `a:`; these mean nothing.
_calm_words = st.text("bcdfgzäöü", min_size=3, max_size=8).map("z{}".format)
_calm_pieces = st.builds(
    lambda form, word: form.format(word),
    st.sampled_from(["{}", "`{}`", "**{}** and", "*{}* or", "`<{}>`"]),
    _calm_words,
)
calm_lines = st.lists(_calm_pieces, min_size=1, max_size=4).map(lambda found: " ".join(["Zz", *found]))


@st.composite
def calm_questions(draw: st.DrawFn) -> Question:
    stem = "\n\n".join([f"{draw(calm_lines)}?", *draw(st.lists(calm_lines, max_size=1))])
    feedback = Feedback(general=draw(st.one_of(st.just(""), calm_lines)))
    kind = draw(st.sampled_from(["choice", "choice", "choices", "boolean", "text"]))
    question = Question("k", QuestionKind(kind), stem, points=draw(points), feedback=feedback)
    if kind == "boolean":
        return replace(question, right=draw(st.booleans()))
    if kind == "text":
        return replace(question, answers=(Answer(draw(_calm_words)),))
    texts = draw(unlike(calm_lines, 3, 6))
    right = 2 if kind == "choices" else 1
    options = [Option(f"o{n}", text, 1 / right if n < right else 0.0) for n, text in enumerate(texts)]
    return replace(question, options=tuple(draw(st.permutations(options))))


calm_quizzes = st.lists(calm_questions(), min_size=2, max_size=4, unique_by=lambda question: question.stem).map(
    lambda found: Quiz("quiz", "Bees", "bees.md", 1, tuple(replace(one, key=f"k{n}") for n, one in enumerate(found)))
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(quiz=calm_quizzes, passing=st.integers(1, 100), minutes=st.integers(1, 99), attempts=st.integers(1, 9))
def test_markdown_is_read_as_the_same(quiz: Quiz, passing: int, minutes: int, attempts: int) -> None:
    made = lowered(replace(quiz, passing=passing, minutes=minutes, attempts=attempts), markdown_quiz.FORM).quiz
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quiz.md"
        path.write_bytes(as_markdown(made))
        found, _ = read_quiz(path, "quiz.md")
    assert found is not None
    assert (found.passing, found.minutes, found.attempts) == (passing, minutes, attempts)
    assert [_told(one) for one in found.questions] == [_told(one) for one in made.questions]


def _told(question: Question | Draw) -> tuple[object, ...]:
    assert isinstance(question, Question)
    options = [(option.text, option.fraction > 0) for option in question.options]
    accepted = [one.text for one in question.answers]
    told = question.feedback.general
    return question.kind, question.stem.strip(), question.points, options, accepted, question.right, told
