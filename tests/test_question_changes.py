"""What `diff` says of two versions of a quiz: what is right, what differs, and how often it is told."""

from __future__ import annotations

import pytest

from coursewright.audit.diff.questions.changes import Circumstances, question_changes
from coursewright.audit.diff.questions.keys import key_changes, reach
from coursewright.audit.diff.questions.matched import matched
from coursewright.audit.diff.questions.reading import as_written, quiz_inside
from coursewright.course.quiz import Answer, Option, Question, QuestionKind, Quiz
from coursewright.findings.finding import Place


def chosen(*right: str, among: tuple[str, ...] = ("Rye", "Oats"), stem: str = "Which?", points: float = 1) -> Question:
    options = tuple(Option(text, text, float(text in right)) for text in among)
    return Question(stem, QuestionKind.CHOICES, stem, points=points, options=options)


def number(*answers: Answer) -> Question:
    return Question("n", QuestionKind.NUMBER, "How much?", answers=answers)


def text(*answers: Answer) -> Question:
    return Question("t", QuestionKind.TEXT, "Which?", answers=answers)


def between(low: float, high: float) -> Question:
    return number(Answer(min=low, max=high))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (chosen("Rye"), chosen("Oats"), "the right answer was “Rye”, and is now “Oats”"),
        (chosen("Rye"), chosen(), "no answer is right now, and before “Rye” was right"),
        (chosen(), chosen("Rye", "Oats"), "“Rye”, “Oats” are right now, and before no answer was right"),
        (number(Answer(value=6.6e-34)), number(Answer(value=1.6e-19)), "was “6.6e-34”, and is now “1.6e-19”"),
        (between(0.1, 0.5), between(0.2, 0.4), ""),
        (between(-0.3, 0.3), between(-0.1, 0.1), ""),
        (between(1e-21, 3e-21), between(3e-21, 5e-21), "was “1e-21 to 3e-21”, and is now “3e-21 to 5e-21”"),
        (text(Answer("Rye")), text(Answer("rye"), Answer("Oats")), "now accepted as well: “Oats”"),
        (
            text(Answer("Rye"), Answer("Oats", fraction=0.5)),
            text(Answer("Rye", fraction=0.5), Answer("Oats")),
            "“Rye” gives 50 % of the points, and gave 100 %; “Oats” gives 100 % of the points, and gave 50 %",
        ),
    ],
)
def test_a_key_is_compared(old: Question, new: Question, told: str) -> None:
    found = "; ".join(key_changes(old, new, as_written))
    assert told in found
    assert bool(told) is bool(found)
    assert not list(key_changes(new, new, as_written))


def test_a_tolerance_is_compared_however_small_it_is() -> None:
    assert reach((Answer(value=1, tolerance=1e-12),)) != reach((Answer(value=1, tolerance=1e-14),))
    assert reach((Answer(min=999.999, max=1000.001),)) == reach((Answer(value=1000, tolerance=0.001),))


def test_texts_are_matched_by_most_of_their_letters_and_all_of_their_numbers() -> None:
    found = matched(["Bake for 10 minutes", "Knead the dough well"], ["Knead a dough well", "Bake for 12 minutes"], str)
    assert (found.pairs, found.gone, found.come) == (((1, 0),), (0,), (1,))


def changes(old: list[Question], new: list[Question]) -> list[tuple[str, str]]:
    before, now = (quiz_inside(Quiz("q", "Bread", "bread.md", 1, tuple(one))) for one in (old, new))
    found = question_changes([before], [now], Circumstances(Place("new.zip")))
    return [(one.finding.code, one.finding.text) for one in found]


def test_questions_that_begin_alike_are_two() -> None:
    stem = "Look at the picture of the bakery below, with its oven, its table and its flour, and say what is "
    kept = chosen("Rye", stem="What is sour?")
    gone = [chosen("Rye", stem=f"{stem}{end}", among=("Rye", end)) for end in ("hottest", "whitest")]
    assert [code for code, _ in changes([kept, *gone], [kept])] == ["D644", "D644"]


def test_points_that_many_questions_have_are_told_once_and_others_beside_them() -> None:
    stems = ["Rye bread?", "Oat milk?", "Sour dough?", "White flour?", "Hot ovens?"]
    old = [chosen("Rye", stem=stem, points=1 + (at == 4)) for at, stem in enumerate(stems)]
    found = changes(old, [chosen("Rye", stem=stem, points=3) for stem in stems])
    assert [code for code, _ in found] == ["D643", "D643"]
    assert "each of 4 questions" in found[0][1]
    assert "Hot ovens?" in found[1][1]
