"""A quiz becomes what a format can hold, as values; whatever changes for that is said, with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quizzing import BANK, EVERY_KIND, choices, every_quiz

from coursewright.course.forms import QuizForm
from coursewright.course.lowering import lowered
from coursewright.course.questions import in_gaps, is_answerable, number_text
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
    asked,
)
from coursewright.course.shares import LISTED
from coursewright.packages.documents import gift
from coursewright.packages.documents.moodle import questions as moodle
from coursewright.packages.documents.qti12 import canvas
from coursewright.packages.documents.qti12.cartridge import cartridge_form

CARTRIDGE = cartridge_form("Common Cartridge 1.3")
BACKUP = moodle.in_course("Moodle course backup")
FORMS = [CARTRIDGE, canvas.FORM, moodle.FORM, BACKUP, gift.FORM]
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)


def quiz(*questions: Question | Draw) -> Quiz:
    return Quiz("q", "Bees", "bees.md", 1, questions)


def made_of(form: QuizForm, *questions: Question | Draw) -> list[Question]:
    return [one for one in lowered(quiz(*questions), form).quiz.questions if isinstance(one, Question)]


def codes(form: QuizForm, *questions: Question | Draw) -> list[str]:
    return [found.code for found in lowered(quiz(*questions), form).findings]


def one(key: str) -> Question:
    return next(question for question in EVERY_KIND if question.key == key)


@each_form
def test_nothing_is_left_that_a_format_lacks(form: QuizForm) -> None:
    made = lowered(every_quiz(), form).quiz
    for question in asked(made):
        assert question.kind in form.kinds
        assert is_answerable(question)
    assert form.draws == any(isinstance(found, Draw) for found in made.questions)


@each_form
def test_what_a_format_can_hold_stays_as_it_is(form: QuizForm) -> None:
    """To be lowered twice is to be lowered once."""
    once = lowered(every_quiz(), form).quiz
    again = lowered(once, form)
    assert again.quiz == once
    assert not {found.code for found in again.findings} & {"L460", "L463", "L466"}


@each_form
def test_every_question_is_still_asked(form: QuizForm) -> None:
    stems = "\n".join(question.stem for question in asked(lowered(every_quiz(), form).quiz))
    for question in EVERY_KIND:
        assert question.stem.split("[[")[0] in stems


@each_form
def test_findings_say_where_the_question_is(form: QuizForm) -> None:
    for found in lowered(every_quiz(), form).findings:
        assert found.place.path == "bees/quiz.md"
        assert found.place.line > 0


def test_gaps_become_questions_that_share_the_points() -> None:
    first, second = made_of(CARTRIDGE, replace(one("gaps"), points=4))
    assert (first.kind, first.points, first.answers) == (QuestionKind.TEXT, 2, (Answer("Paris"),))
    assert second.stem == r"The capital of France is […], that of Italy is \_\_\_\_\_."
    assert [answer.text for answer in second.answers] == ["Rome", "Roma"]


def test_a_line_for_a_gap_is_not_marked_up_within_code() -> None:
    stem = "Set [[a]] to `[[b]]`:\n\n```js\nlet [[c]];\n```"
    gaps = Question("g", QuestionKind.BLANKS, stem, blanks=tuple(Blank(key, (Answer("x"),)) for key in "abc"))
    line = r"\_\_\_\_\_"
    assert [one.stem for one in in_gaps(gaps)] == [
        f"Set {line} to `[…]`:\n\n```js\nlet […];\n```",
        "Set […] to `_____`:\n\n```js\nlet […];\n```",
        "Set […] to `[…]`:\n\n```js\nlet _____;\n```",
    ]


def test_gaps_to_choose_for_become_choices() -> None:
    kinds = [question.kind for question in made_of(CARTRIDGE, one("drops"))]
    assert kinds == [QuestionKind.CHOICES] * 2  # with two options each, of which cartridges want three


def test_canvas_keeps_gaps_of_one_sort_and_takes_others_apart() -> None:
    assert [question.kind for question in made_of(canvas.FORM, one("drops"), one("gaps"))] == [QuestionKind.BLANKS] * 2
    parts = [question.kind for question in made_of(canvas.FORM, one("mixed"))]
    assert parts == [QuestionKind.NUMBER, QuestionKind.CHOICE]


def test_things_in_order_are_matched_with_their_places_and_not_listed_in_them() -> None:
    (made,) = made_of(BACKUP, one("life"))
    assert {pair.prompt: pair.answer for pair in made.pairs} == {"egg": "1", "larva": "2", "pupa": "3", "bee": "4"}
    assert [pair.prompt for pair in made.pairs] != ["egg", "larva", "pupa", "bee"]


def test_matching_becomes_choices_among_all_answers() -> None:
    first, second = made_of(CARTRIDGE, one("sounds"))
    assert [option.text for option in first.options] == ["cat", "dog", "fish"]
    assert [option.text for option in first.options if option.fraction > 0] == ["dog"]
    assert second.stem.endswith("meows")


def test_a_number_is_compared_as_it_is_written() -> None:
    (made,) = made_of(CARTRIDGE, one("legs"))
    assert [answer.text for answer in made.answers] == ["5", "6", "7"]


def test_a_number_that_may_be_anything_is_asked_and_counts_nothing() -> None:
    (made,) = made_of(CARTRIDGE, Question("n", QuestionKind.NUMBER, "How many?", answers=(Answer(min=0.5, max=9e9),)))
    assert (made.kind, made.graded, made.points) == (QuestionKind.ESSAY, False, 0)


@each_form
@pytest.mark.parametrize(
    "question",
    [
        Question("a", QuestionKind.CHOICE, "Which?", options=choices("one", "two", "three")),
        Question("a", QuestionKind.CHOICES, "Which?", options=(Option("x", "Only one", 1.0),)),
        Question("a", QuestionKind.BOOLEAN, "True?"),
        Question("a", QuestionKind.TEXT, "What?"),
        Question("a", QuestionKind.NUMBER, "How many?", answers=(Answer("three"),)),
        Question("a", QuestionKind.NUMBER, "How many?", answers=(Answer(value=float("nan")),)),
        Question("a", QuestionKind.MATCH, "Which?", pairs=(Pair("one", "1"),)),
        Question("a", QuestionKind.ORDER, "Which?", options=choices("one")),
        Question("a", QuestionKind.BLANKS, "It is [[x]].", blanks=(Blank("x", ()),)),
        Question("a", QuestionKind.BLANKS, "It is [[x]].", blanks=()),
        one("opinion"),
    ],
    ids=lambda question: f"{question.kind}-{len(question.options)}",
)
def test_what_has_no_key_is_asked_and_counts_nothing(question: Question, form: QuizForm) -> None:
    (made,) = made_of(form, question)
    assert (made.kind, made.graded) == (QuestionKind.ESSAY, False)
    assert "L466" in codes(form, question)
    for option in question.options:
        assert option.text in made.stem


def test_a_draw_from_a_bank_becomes_its_first_questions() -> None:
    made = lowered(quiz(BANK), CARTRIDGE)
    assert [question.key for question in asked(made.quiz)] == ["b0", "b1"]
    assert [found.code for found in made.findings] == ["L463"]


def test_points_become_whole_numbers_of_the_same_proportions() -> None:
    made = made_of(CARTRIDGE, replace(one("even"), points=1.5), replace(one("wet"), points=0.25))
    assert [question.points for question in made] == [6, 1]


def test_points_that_no_whole_numbers_have_are_all_alike() -> None:
    questions = replace(one("even"), points=3.14159), replace(one("wet"), points=1)
    assert [question.points for question in made_of(CARTRIDGE, *questions)] == [1, 1]
    assert "L462" in codes(CARTRIDGE, *questions)


def test_what_is_only_to_be_read_begins_the_next_question() -> None:
    (made,) = made_of(CARTRIDGE, one("read"), one("wet"))
    assert made.stem == "Read this about *wax*.\n\nWater is wet."


def test_ticking_everything_gives_no_points_in_moodle() -> None:
    (made,) = made_of(BACKUP, one("even"))
    assert sum(option.fraction for option in made.options) == 0


def test_feedback_that_a_kind_cannot_show_is_said_to_be_lost() -> None:
    told = replace(one("sounds"), feedback=Feedback(correct="Well heard", incorrect="Listen again"))
    assert "L461" in codes(canvas.FORM, told)
    assert "L461" not in codes(BACKUP, told)


def test_answers_with_fixed_places_are_not_shuffled() -> None:
    fixed = replace(one("hive"), options=(*one("hive").options, Option("none", "None of these", fixed=True)))
    assert not made_of(BACKUP, fixed)[0].shuffled
    assert made_of(CARTRIDGE, fixed)[0].shuffled


@given(st.integers(1, 20), st.integers(0, 5), st.lists(st.floats(0.01, 1), min_size=20, max_size=20))
def test_shares_are_those_that_moodle_knows_and_all_points_together(right: int, wrong: int, given: list[float]) -> None:
    options = [Option(f"r{n}", f"r{n}", given[n]) for n in range(right)] + [
        Option(f"w{n}", f"w{n}") for n in range(wrong)
    ]
    if len(options) > 1:
        (made,) = made_of(BACKUP, Question("a", QuestionKind.CHOICES, "Which?", options=tuple(options)))
        assert all(abs(option.fraction) in LISTED for option in made.options)
        assert abs(sum(option.fraction for option in made.options if option.fraction > 0) - 1) < 0.006


@given(st.floats(-1e12, 1e12))
def test_a_number_is_written_so_that_it_reads_as_the_same(number: float) -> None:
    assert abs(float(number_text(number)) - number) <= 1e-9 * max(1, abs(number))
