"""Quizzes as authors write them: `tests/quizzes` has a file of each family, and beside it what is read of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coursewright.course.quiz import Answer, Draw, Question, QuestionKind, Quiz, asked
from coursewright.findings.finding import Finding
from coursewright.readers.quizzes import divided, read_quizzes
from coursewright.readers.quizzes.front import fronted
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.text.markdown.values import Prose

FOLDER = Path(__file__).parent / "quizzes"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_family_is_read_as_its_author_means_it(path: Path, request: pytest.FixtureRequest) -> None:
    expected = path.with_name(f"{path.name}.expected")
    told = "\n".join(_told(path)) + "\n"
    if request.config.getoption("--golden", default=False):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


def _told(path: Path) -> Iterator[str]:
    """Yield what is read of a file, a line for each quiz, question and option."""
    quizzes, findings = read_quizzes(path, path.as_posix())
    if not quizzes and path.suffix in (".md", ".mdx"):
        pieces, findings = _pieces(path)
        yield from (f"text at {piece.line}" for piece in pieces if isinstance(piece, Prose))
        quizzes = [piece for piece in pieces if isinstance(piece, Quiz)]
    for quiz in quizzes:
        facts = [quiz.passing, quiz.minutes, quiz.attempts or None]
        yield f"quiz {quiz.title!r} at {quiz.line}: {facts}"
        for one in quiz.questions:
            yield from _drawn(one) if isinstance(one, Draw) else _question(one)
    yield from (f"{found.code} at {found.place.line}" for found in findings)


def _pieces(path: Path) -> tuple[list[Prose | Quiz], list[Finding]]:
    _, body = fronted(Sheet(tuple(path.read_text(encoding="utf-8").split("\n")), path.as_posix()))
    return divided("\n".join(body.lines), body.path, body.start, title=body.title)


def _drawn(draw: Draw) -> Iterator[str]:
    yield f"{draw.count} of {len(draw.questions)}, {draw.points} points each"
    for question in draw.questions:
        yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    graded = "" if question.graded else " ungraded"
    yield f"{question.line} {question.kind}{graded} {question.points}: {question.title!r} {question.stem!r}"
    for option in question.options:
        yield f"    {option.fraction:+.2f} {option.text!r} {option.feedback!r}"
    yield from (f"    = {_answer(answer)}" for answer in question.answers)
    yield from (f"    {blank.key}: {[*map(_answer, blank.answers)]} of {blank.options}" for blank in question.blanks)
    yield from (f"    {pair.prompt!r} -> {pair.answer!r}" for pair in question.pairs)
    told = question.feedback
    said = [told.general, told.correct, told.partial, told.incorrect, *question.hints]
    yield from [f"    right: {question.right}"] if question.kind is QuestionKind.BOOLEAN else []
    yield from [f"    told: {said}"] if any(said) else []


def _answer(answer: Answer) -> str:
    if answer.value is not None:
        return f"{answer.value} +- {answer.tolerance} ({answer.fraction})"
    if answer.min is not None or answer.max is not None:
        return f"{answer.min} to {answer.max} ({answer.fraction})"
    return f"{answer.text!r} ({answer.fraction})"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_questions_and_options_have_keys_of_their_own(path: Path) -> None:
    for quiz in read_quizzes(path, path.as_posix())[0]:
        keys = [question.key for question in asked(quiz)]
        assert all(keys) and len(set(keys)) == len(keys)
        for question in asked(quiz):
            names = [option.key for option in question.options]
            assert all(names) and len(set(names)) == len(names)


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix in (".md", ".mdx")], ids=lambda path: path.name)
def test_no_text_that_is_left_holds_an_answer(path: Path) -> None:
    pieces, _ = _pieces(path)
    texts = "\n".join(piece.markdown for piece in pieces if isinstance(piece, Prose))
    for quiz in (piece for piece in pieces if isinstance(piece, Quiz)):
        shown = texts + quiz.instructions + "".join(question.stem for question in asked(quiz))
        for question in asked(quiz):
            told = question.feedback.general
            assert not told or told not in shown
            assert all(not option.feedback or option.feedback not in shown for option in question.options)
    assert "[x]" not in texts.replace("- [x] Install Python", "") and "nswer:** " not in texts


def test_a_rule_above_words_with_a_colon_is_no_front_matter() -> None:
    lines = ("---", "Question: What stings?", "", "- [ ] A drone", "- [x] A worker")
    assert fronted(Sheet(lines, "bees.md")) == ({}, Sheet(lines, "bees.md"))


def test_front_matter_that_is_no_yaml_is_read_where_it_is_plain() -> None:
    front, body = fronted(Sheet(("---", "title: Bees", "by: [Ada", "---", "# Quiz"), "bees.md"))
    assert front["title"] == "Bees" and (body.lines, body.start, body.title) == (("# Quiz",), 5, "Bees")
