"""Quizzes as Markdown: what ends a question, and what a quiz and a question state of themselves."""

from __future__ import annotations

from coursewright.course.quiz import Answer, Feedback, Option, Question, QuestionKind, Quiz
from coursewright.packages.documents.markdown_quiz import quiz_markdown


def written(stem: str = "Why?", **more: object) -> str:
    question = Question("q", QuestionKind.TEXT, stem, answers=(Answer("Yeast"), Answer("leaven")), **more)  # type: ignore[arg-type]
    return quiz_markdown([("Bread", Quiz("quiz", "Bread", "a.md", 1, (question,)))])


def test_a_heading_in_a_question_ends_no_question_and_code_stays_as_it_is() -> None:
    assert "\n#### Steps\n" in written("Look:\n\n## Steps\n\nWhy?")
    for fence in ("```", "~~~"):
        assert "\n# a remark\n" in written(f"Look:\n\n{fence}\n# a remark\n{fence}\n\nWhy?")


def test_points_are_told_where_they_are_not_one() -> None:
    assert "## Question 1\n" in written()
    assert "## Question 1 (2 points)\n" in written(points=2.0)


def test_answers_and_the_explanation_stand_below_the_question() -> None:
    text = written(feedback=Feedback(general="It feeds."))
    assert "**Answer:** Yeast or leaven\n" in text and "**Explanation:** It feeds.\n" in text


def test_right_options_are_ticked_and_their_lines_stay_together() -> None:
    options = (Option("a", "Flour\nand water", 1.0), Option("b", "Sand"))
    question = Question("q", QuestionKind.CHOICE, "What?", options=options)
    truth = Question("t", QuestionKind.BOOLEAN, "It rises.", right=False)
    text = quiz_markdown(
        [("Bread", Quiz("quiz", "Bread", "a.md", 1, (question, truth), passing=80, minutes=5, attempts=2))]
    )
    assert "- [x] Flour\n      and water\n- [ ] Sand\n" in text
    assert "- [ ] True\n- [x] False\n" in text
    for fact in ("Passing score: 80%", "Time limit: 5 minutes", "Attempts: 2"):
        assert f"{fact}\n" in text
