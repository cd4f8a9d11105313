"""Quizzes as authors write them: `tests/quizzes` has a file of each family, and beside it what is read of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from spelt import spelt

from coursewright.course.quiz import Quiz, asked
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
    told = _told(path)
    if request.config.getoption("--golden", default=False):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


def _told(path: Path) -> str:
    """Return what is read of a file: its quizzes, or those in a document with the text around them."""
    quizzes, findings = read_quizzes(path, path.name)
    if not quizzes and path.suffix in (".md", ".mdx"):
        return spelt(*_pieces(path))
    return spelt(quizzes, findings)


def _pieces(path: Path) -> tuple[list[Prose | Quiz], list[Finding]]:
    _, body = fronted(Sheet(tuple(path.read_text(encoding="utf-8").split("\n")), path.as_posix()))
    return divided("\n".join(body.lines), path.name, body.start, title=body.title)


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
