"""A quiz that is written as a document reads back the same, whatever it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    keyed,
)
from coursewright.packages.documents.quiz_document.reading import quiz_parts, quiz_questions
from coursewright.packages.documents.quiz_document.writing import quiz_document, quiz_front, same_questions
from coursewright.readers.quizzes.own import own_quiz

HOSTILE = (
    *(
        "## Question 2",
        "\\## Question 2",
        "### Draw 3 questions",
        "```",
        "- [x] yes",
        "> so",
        "**Answer:** no",
        "a | b",
    ),
    *("**Hint:** x", "<!-- 50% -->", "1. one", "| a | b |", "    code", "a\n\nb", "$x$", "~~~\n## Question\n~~~", "  "),
)
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
    st.lists(st.sampled_from((*HOSTILE, "", "words", "- item")), max_size=5).map("\n".join),
)
SHARES = st.sampled_from((0.0, 1.0, 0.5, -0.5, -1.0, 0.3333333, 1 / 3))
NUMBERS = st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False))
ANSWERS = st.builds(
    Answer, TEXTS, NUMBERS, st.floats(0, 10), NUMBERS, NUMBERS, st.sampled_from((1.0, 0.5)), TEXTS, st.booleans()
)
OPTIONS = st.builds(Option, st.just(""), TEXTS, SHARES, TEXTS, st.booleans())
QUESTIONS = st.builds(
    Question,
    key=st.one_of(st.just(""), st.sampled_from(("q1", "a; b"))),
    kind=st.sampled_from(QuestionKind),
    stem=TEXTS,
    title=TEXTS,
    points=st.sampled_from((1.0, 2.0, 0.5, 0.0)),
    options=st.lists(OPTIONS, max_size=4).map(tuple),
    answers=st.lists(ANSWERS, max_size=3).map(tuple),
    right=st.sampled_from((None, True, False)),
    pairs=st.lists(st.builds(Pair, TEXTS, TEXTS), max_size=3).map(tuple),
    blanks=st.lists(
        st.builds(Blank, st.sampled_from("ab"), st.lists(ANSWERS, max_size=2).map(tuple), st.just(("x", "y"))),
        max_size=2,
    ).map(tuple),
    feedback=st.builds(Feedback, TEXTS, TEXTS, TEXTS, TEXTS),
    hints=st.lists(TEXTS, max_size=2).map(tuple),
    tags=st.lists(TEXTS, max_size=2).map(tuple),
    shuffled=st.booleans(),
    graded=st.booleans(),
)


def quiz_with(*questions: Question | Draw, instructions: str = "") -> Quiz:
    return Quiz("quiz-1", "Loops", "loops.md", 1, keyed(questions), instructions)


@settings(max_examples=60)
@given(st.lists(QUESTIONS, min_size=1, max_size=4))
def test_whatever_a_question_holds_it_reads_back_the_same(questions: list[Question]) -> None:
    quiz = quiz_with(*questions)

    document = quiz_document(quiz)
    read, problems = quiz_questions(document.split("\n"))

    assert problems == []
    assert same_questions(read, quiz.questions)
    again = quiz_document(replace(quiz, questions=read))
    assert again == quiz_document(replace(quiz, questions=quiz_questions(again.split("\n"))[0]))


def choice(stem: str, *options: Option, kind: QuestionKind = QuestionKind.CHOICE, **more: object) -> Question:
    return Question("", kind, stem, options=options, **more)  # type: ignore[arg-type]


USUAL = (
    choice("Which repeats?", Option("", "`for`", 1.0), Option("", "`if`", 0.0, "That is a condition.")),
    choice(
        "Which are loops?\n\n```python\n## Question 7\n```",
        Option("", "`for`", 0.5),
        Option("", "`while`", 0.5),
        Option("", "several\n\nparagraphs", -0.25, fixed=True),
        kind=QuestionKind.CHOICES,
        points=2.0,
        tags=("loops", "basics"),
        hints=("Think of time.",),
        feedback=Feedback(general="Both repeat.\n\nA condition does not."),
    ),
    Question("", QuestionKind.BOOLEAN, "A loop ends.", right=False),
    Question("", QuestionKind.BOOLEAN, "It ends.", right=True, options=(Option("", "True", 1.0, "It does."), Option("", "False", 0.0, "It does."))),
    Question("", QuestionKind.TEXT, "Name one.", answers=(Answer("for", exact_case=True), Answer("while", fraction=0.5))),
    Question("", QuestionKind.TEXT, "Which year?", answers=(Answer("1969"),)),
    Question("", QuestionKind.NUMBER, "How many?", answers=(Answer(value=3.5, tolerance=0.1), Answer(min=1.0, max=2.0))),
    Question("", QuestionKind.MATCH, "Match.", pairs=(Pair("a | b", "or"), Pair("", "nothing"), Pair("a & b", "and"))),
    Question("", QuestionKind.ORDER, "Sort.", options=(Option("", "one"), Option("", "two"))),
    Question("", QuestionKind.BLANKS, "A [[1]] and a [[2]].", blanks=(Blank("1", (Answer("x"),)), Blank("2", (Answer("y"),), ("y", "z")))),
    Question("", QuestionKind.ESSAY, "Why?", shuffled=False),
    Question("", QuestionKind.UPLOAD, "Hand it in.", graded=False, title="Work: all"),
    Question("given-key", QuestionKind.PASSAGE, "Read this."),
)  # fmt: skip


@pytest.mark.parametrize("question", USUAL, ids=lambda question: str(question.kind))
def test_usual_questions_are_written_as_people_write_them(question: Question) -> None:
    document = quiz_document(quiz_with(question))

    assert "```question" not in document
    assert same_questions(quiz_questions(document.split("\n"))[0], keyed([question]))


def test_questions_to_draw_and_instructions_read_back() -> None:
    drawn = Draw("Bank: A", 2, 3.0, keyed(USUAL[:3]))  # type: ignore[arg-type]
    quiz = quiz_with(drawn, *USUAL[3:5], instructions="Take your time.\n\n## Question 9\n\n> So it is.")

    instructions, questions, problems = quiz_parts(quiz_document(quiz).split("\n"))

    assert (instructions, problems) == (quiz.instructions, [])
    assert same_questions(questions, quiz.questions)


def test_a_document_of_a_quiz_reads_back_with_its_front_matter() -> None:
    stated = {"passing": 0.5, "minutes": 20.0, "attempts": 3, "shuffled": True, "show": Show.NEVER, "graded": False}
    quiz = replace(quiz_with(*USUAL, instructions="Go."), **stated)  # type: ignore[arg-type]

    front = {"kind": "quiz", "key": quiz.key, "title": quiz.title, **quiz_front(quiz)}
    read, findings = own_quiz(front, quiz_document(quiz).split("\n"), quiz.path, 1)

    assert findings == []
    assert replace(read, questions=()) == replace(quiz, questions=())
    assert same_questions(read.questions, quiz.questions)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("<!-- kind: nonsense -->\n\nWhat?", "there is no kind 'nonsense'"),
        ("<!-- kind: choice -->\n\nWhat?", "a choice needs options"),
        ("<!-- kind: number -->\n\nHow many?\n\n**Answer:** many", "'many' is not a number"),
        ("<!-- kind: match -->\n\n| a |\n| - |\n| b |", "a table of two columns"),
        ("```question\nkind: choice\nsteem: x\n```", "there is no 'steem'"),
        ("```question\n[\n```", "its data is not YAML"),
    ],
)
def test_a_question_that_is_wrong_is_told_with_its_line_and_costs_no_other(lines: str, told: str) -> None:
    document = f"## Question 1\n\n{lines}\n\n## Question 2\n\nIs it so?\n\n- [x] True\n- [ ] False\n"

    questions, problems = quiz_questions(document.split("\n"))

    assert [(line, told in why) for line, why in problems] == [(1, True)]
    assert [one.kind for one in questions if isinstance(one, Question)] == [QuestionKind.BOOLEAN]


@pytest.mark.parametrize(
    "text",
    [
        f"## Question 1 ({'9' * 400} points)",
        "## Question 1\n\nHow many?\n\n**Answer:** 1e999",
        "## Question 1\n\n```question\nstem: a\nkind: essay\npoints: 1.0e999\n```",
        "## Question 1\n\n```question\nstem: a\nkind: essay\n~: x\n```",
        f"## Draw {'9' * 5000} questions",
    ],
    ids=["points", "an answer", "points as data", "data without a name", "a draw"],
)
def test_numbers_that_are_none_cost_one_question_at_most(text: str) -> None:
    questions, problems = quiz_questions(f"{text}\n\n## Question 2\n\nB?\n".split("\n"))
    assert isinstance(questions[-1], Question)
    assert questions[-1].stem == "B?"
    assert all(one.points < 1e9 for one in questions)
    assert len(problems) <= 1
