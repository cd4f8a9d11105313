"""Plays of units, quizzes, overview and certificate: whatever a learner, a browser or an LMS could notice, line by line.

A play is a text in `plays/`: lines that begin with ">" are what is done (see ACTS in plays.js), those below are what comes
of it. `pytest --golden` writes them anew, for the diff to be read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from authored import written
from conftest import built
from playwright.sync_api import Page
from quizzes import CHECK, DRAWN, ESSAY, EVERY, QUIZ, TIMED, course, package, unit

from coursewright.building.settings import Config
from coursewright.course.quiz import Show

from .conftest import HERE, served
from .player import Opener

pytestmark = pytest.mark.browser

LENIENT = replace(QUIZ, key="quiz-lenient", questions=(EVERY[0], EVERY[8]), passing=None, show=Show.AFTER_LAST)
STRICT = replace(LENIENT, key="quiz-strict", questions=(EVERY[7],), passing=60.0)
SPOKEN = replace(LENIENT, key="quiz-spoken", questions=(ESSAY,))
PLAYS = sorted((HERE / "plays").glob("*.txt"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where packages are served: bees of a curriculum, an author's own pages, quizzes of every kind, a long course."""
    folder = tmp_path_factory.mktemp("packages")
    config = Config(formats=("scorm2004-4th",), certificate=True)
    report = built(HERE / "curriculum", folder / "bees-out", config=config)
    authored = written(folder / "authored-out", "scorm12")
    for name, archive in (
        ("bees", folder / "bees-out" / report.written[0].name),
        ("authored", folder / "authored-out" / "out" / authored.name),
    ):
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder / name / "package")
    quizzed = course(unit("A", CHECK, QUIZ, DRAWN, TIMED), unit("B", QUIZ), unit("C", LENIENT, STRICT, SPOKEN))
    for name, made in (("quizzes", quizzed), ("long", course(*(unit(f"U{number:02}") for number in range(1, 27))))):
        package(made, "scorm2004-4th", folder / name)
    with ExitStack() as stack:
        yield stack.enter_context(served(folder))


@pytest.fixture
def stage(open_page: Opener, address: str) -> Page:
    page = open_page(timezone_id="UTC", locale="en-GB")
    page.goto(f"{address}/lms/plays.html")
    return page


def test_whatever_can_be_noticed_of_a_play_is_as_it_was(stage: Page, pytestconfig: pytest.Config) -> None:
    acts = [[line[2:] for line in _lines(path) if line.startswith("> ")] for path in PLAYS]
    seen: list[list[list[str]]] = stage.evaluate("acts => plays.run(acts)", acts)
    for path, done, found in zip(PLAYS, acts, seen, strict=True):
        lines = [line for line in _lines(path) if line.startswith("#")]
        for act, noticed in zip(done, found, strict=True):
            lines += [f"> {act}", *(f"    {line}" for line in noticed)]
        text = "".join(f"{line}\n" for line in lines)
        if pytestconfig.getoption("--golden"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), path.name


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
