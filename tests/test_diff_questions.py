"""What `diff` says of questions: each is paired by what it is, and each change is told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from coursewright.api import build, plan, read
from coursewright.audit.diff.questions.changes import Circumstances, question_changes
from coursewright.audit.diff.questions.pairing import paired_questions, paired_quizzes
from coursewright.audit.diff.questions.reading import QuizInside, as_plain, quiz_inside
from coursewright.audit.inspect import inspect_package
from coursewright.building.comparing import compared
from coursewright.course.quiz import Answer, Draw, Feedback, Option, Pair, Question, QuestionKind, Quiz, keyed
from coursewright.course.values import Audience
from coursewright.findings.finding import Place

HERE = Circumstances(Place("new"))


def choice(stem: str, right: str, *wrong: str, key: str = "") -> Question:
    options = (Option("", right, 1.0), *(Option("", text) for text in wrong))
    return Question(key, QuestionKind.CHOICE, stem, options=options)


def number(stem: str, value: float, tolerance: float = 0.0) -> Question:
    return Question("", QuestionKind.NUMBER, stem, answers=(Answer(value=value, tolerance=tolerance),))


def quiz(*questions: Question | Draw, title: str = "Bread", key: str = "bread", staff: bool = False) -> QuizInside:
    audience = Audience.STAFF if staff else Audience.LEARNER
    return quiz_inside(Quiz(key, title, "", 0, keyed(questions), audience=audience))


SODA = choice("Which bread rises without yeast?", "Soda bread", "Brioche", "Ciabatta")
SALT = Question("", QuestionKind.BOOLEAN, "Salt makes yeast work faster.", right=False)
HEAT = number("How hot is the oven?", 230, 10)
PROOF = choice("What does proofing mean?", "Letting the dough rise", "Tasting the dough")
MATCH = Question("", QuestionKind.MATCH, "Match.", pairs=(Pair("ebb", "falling"), Pair("flood", "rising")))
ALL = (SODA, SALT, HEAT, PROOF, MATCH)


def told(
    old: Sequence[Question | Draw], new: Sequence[Question | Draw], how: Circumstances = HERE
) -> list[tuple[str, str, str]]:
    found = [change.finding for change in question_changes([quiz(*old)], [quiz(*new)], how)]
    return [(one.code, str(one.severity), one.text) for one in found]


def with_options(question: Question, *options: Option) -> Question:
    return replace(question, options=options)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (
            SODA,
            choice(SODA.stem, "Brioche", "Soda bread", "Ciabatta"),
            "D641 warning",
            "the right answer was “Soda bread”, and is now “Brioche”",
        ),
        (SALT, replace(SALT, right=True), "D641 warning", "the right answer was “False”, and is now “True”"),
        (HEAT, number(HEAT.stem, 250, 10), "D641 warning", "the right answer was “230”, and is now “250”"),
        (HEAT, number(HEAT.stem, 230, 20), "D642 info", "answers may be off by 20, and by 10 before"),
        (
            MATCH,
            replace(MATCH, pairs=(Pair("ebb", "rising"), Pair("flood", "falling"))),
            "D641 warning",
            "“rising” belongs to “ebb” now, and “falling” did before; “falling” belongs to “flood” now, and “rising” did before",
        ),
        (SODA, choice(SODA.stem, "Soda bread", "Brioche"), "D642 info", "gone: the option “Ciabatta”"),
        (
            SODA,
            choice(SODA.stem, "Soda bread", "Brioche", "Ciabatta", "Rye bread"),
            "D642 info",
            "new: the option “Rye bread”",
        ),
        (
            PROOF,
            choice(PROOF.stem, "Letting your dough rise", "Tasting the dough"),
            "D642 info",
            "reworded: the right answer “Letting your dough rise”",
        ),
        (
            PROOF,
            choice(PROOF.stem, "Baking twice", "Tasting the dough"),
            "D641 warning",
            "the right answer was “Letting the dough rise”, and is now “Baking twice”",
        ),
        (SODA, replace(SODA, stem="Which bread will rise without yeast?"), "D642 info", "its wording has changed"),
        (SODA, replace(SODA, points=3.0), "D643 warning", "it is worth 3 points, and was worth 1"),
        (
            SODA,
            Question("", QuestionKind.TEXT, SODA.stem, answers=(Answer("Soda bread"),)),
            "D643 warning",
            "it is short text now, and was single choice",
        ),
        (SODA, replace(SODA, feedback=Feedback(general="Soda!")), "D642 info", "its feedback has changed"),
    ],
)
def test_a_change_of_one_question_is_told_once(old: Question, new: Question, code: str, words: str) -> None:
    others = (choice("Who bakes?", "A baker", "A smith"), choice("Where is rye grown?", "In fields", "In the sea"))
    ((found, severity, text),) = told((*others, old), (*others, new))
    assert f"{found} {severity}" == code and text.endswith(f"): {words}")


def test_a_text_that_falls_is_not_one_that_rises() -> None:
    before, now = (choice("In heat, dough", text, "stays") for text in ("increases", "decreases"))
    assert [code for code, _, _ in told([before], [now])] == ["D641"]


def test_questions_are_paired_wherever_they_stand() -> None:
    assert told(ALL, ALL) == []
    assert [one[:2] for one in told(ALL, (choice("Is it new?", "Yes", "No"), *ALL))] == [("D645", "info")]
    assert [one[:2] for one in told(ALL, ALL[1:])] == [("D644", "warning")]
    ((code, _, text),) = told(ALL, (ALL[1], ALL[0], *ALL[2:]))
    assert code == "D642" and text.endswith("its questions stand in another order")


def test_questions_that_ask_alike_are_told_apart_by_their_answers() -> None:
    flour, rye = choice("Choose.", "Flour is ground", "Flour is mined"), choice("Choose.", "Rye grows", "Rye is dug")
    assert [code for code, _, _ in told((flour, rye), (rye, flour))] == ["D642"]
    ((code, _, text),) = told((flour, rye), (flour, choice("Choose.", "Rye is dug", "Rye grows")))
    assert code == "D641" and "“Rye grows”, and is now “Rye is dug”" in text
    assert [code for code, _, _ in told((flour, rye), (rye,))] == ["D644"]


def test_identifiers_that_only_count_do_not_pair_strangers() -> None:
    old = (replace(SODA, key="q1"), replace(SALT, key="q2"))
    new = (replace(choice("Who sells salt?", "A grocer", "A smith"), key="q1"), replace(SODA, key="q2"))
    found = paired_questions(quiz(*old).asked, quiz(*new).asked)
    assert [(one.question.stem, other.question.stem) for one, other in found.pairs] == [(SODA.stem, SODA.stem)]
    named = replace(choice("Who sells salt?", "A grocer", "A smith"), key="i3b0c44298fc1c149")
    pairs = paired_questions(quiz(replace(SODA, key=named.key)).asked, quiz(named).asked).pairs
    assert len(pairs) == 1


def test_quizzes_are_known_by_their_questions_and_a_bank_that_moved_is_the_same() -> None:
    old = [quiz(SODA, SALT), quiz(HEAT, PROOF, title="Ovens", key="ovens")]
    new = [quiz(HEAT, PROOF, title="Heat", key="heat"), quiz(SODA, SALT, title="Bread", key="moved")]
    assert [(one.quiz.title, other.quiz.title) for one, other in paired_quizzes(old, new)] == [
        ("Ovens", "Heat"),
        ("Bread", "Bread"),
    ]
    assert list(question_changes(old, new, HERE)) == []


def test_one_question_of_two_quizzes_is_told_of_once_and_banks_for_information() -> None:
    changed = choice(SODA.stem, "Brioche", "Soda bread", "Ciabatta")
    old = [quiz(SODA, SALT), quiz(SODA, HEAT, title="Ovens", key="ovens")]
    new = [quiz(changed, SALT), quiz(changed, HEAT, title="Ovens", key="ovens")]
    (found,) = question_changes(old, new, HERE)
    assert "(question 1 of “Bread”, question 1 of “Ovens”)" in found.finding.text
    (found,) = question_changes([quiz(SODA, staff=True)], [quiz(changed, staff=True)], HERE)
    assert (found.finding.code, str(found.finding.severity)) == ("D641", "info")


def test_a_question_that_moves_to_another_quiz_is_told_of_once() -> None:
    old = [quiz(SODA, SALT, PROOF), quiz(HEAT, MATCH, title="Ovens", key="ovens")]
    new = [quiz(SODA, PROOF), quiz(HEAT, MATCH, SALT, title="Ovens", key="ovens")]
    (found,) = question_changes(old, new, HERE)
    assert found.finding.code == "D644" and found.finding.text.endswith("is gone, and is in “Ovens” now")


def test_what_all_questions_have_in_common_is_told_of_the_quiz() -> None:
    doubled = tuple(replace(one, points=2.0) for one in ALL)
    ((code, _, text),) = told(ALL, doubled)
    assert (code, text) == ("D643", "“Bread”: each of 5 questions is worth 2 points, and was worth 1")
    ((code, severity, text),) = told(ALL, tuple(replace(one, shuffled=False) for one in ALL))
    assert (code, severity, text) == ("D642", "info", "“Bread”: the options of 2 questions are no longer shuffled")
    draw = Draw("", 1, 1.0, (SODA, SALT, HEAT))
    ((code, _, text),) = told([draw], [replace(draw, count=2)])
    assert (code, text) == ("D643", "“Bread”: 2 are drawn by chance, and 1 before")
    others = [choice(f"{word}?", "Yes", "No") for word in ("Alpha", "Beta", "Gamma")]
    ((code, _, text),) = told(ALL, others)
    assert (code, text) == ("D644", "“Bread” asks something else: of its 5 questions, every one is gone")


def test_of_another_format_only_what_is_asked_and_what_is_right_is_told() -> None:
    how = replace(HERE, is_other=True)
    looks = replace(SODA, stem=r"Which **bread** rises without \_yeast\_?", points=5.0, shuffled=False)
    plain = replace(SODA, stem="Which bread rises without _yeast_?")
    assert as_plain(r"Which **bread** \_\_\_\_ &amp; `p*q`") == "Which bread _ & p*q"
    assert told([replace(plain, stem="Which bread?")], [replace(looks, stem="Which **bread**?")], how) == []
    parts = tuple(choice(f"Match. {one.prompt}", one.answer, "standing") for one in MATCH.pairs)
    assert told((SODA, MATCH), (SODA, *parts), how) == []
    assert [code for code, _, _ in told([SALT], [replace(SALT, right=True)], how)] == ["D641"]


GIFT = """Which bread rises without yeast? {
 =Soda bread
 ~Brioche
 ~Ciabatta
}

Salt makes yeast work faster. {F}

What does proofing mean? {
 ~Tasting the dough
 =Letting the dough rise
}

How hot is the oven? {#230:10}
"""


@pytest.mark.parametrize("format", ["canvas", "moodle", "cc13", "qti12", "scorm12"])
def test_packages_of_every_kind_tell_another_key_and_nothing_twice(format: str, tmp_path: Path) -> None:
    packages = []
    for name, text in (("old", GIFT), ("new", GIFT.replace("{#230:10}", "{#250:10}"))):
        source = tmp_path / name / "bread.gift"
        source.parent.mkdir()
        source.write_text(text)
        report = build(plan(read(source)), tmp_path / name / "out", [format])
        packages.append(tmp_path / name / "out" / report.written[0].name)
    found = compared(*(inspect_package(path, marked=True) for path in packages)).findings
    assert [one.code for one in found if one.code != "D617"] == ["D641"]
    assert "the right answer was “230”, and is now “250”" in next(one.text for one in found if one.code == "D641")
