"""Quizzes on pages of ours, as files: what a page tells, what its script knows, what a manifest says of scores."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quizzes import (
    CASTES,
    CHECK,
    COLOURS,
    DRAWN,
    GAPS,
    HOUSE,
    LIFE,
    QUIZ,
    STING,
    TOTAL,
    WORK,
    course,
    package,
    sample,
    unit,
)

from coursewright.course.quiz import Answer, Option, Question, QuestionKind, asked, keys
from coursewright.pages.keys import _words, fractions, key_of, scrambled, sealed, targets_of
from coursewright.pages.quiz import answers_file, quiz_view, total_points
from coursewright.pages.renderer import Renderer
from coursewright.writers.scorm.scores import mastery


def opened(text: str, salt: str) -> object:
    """Return what is sealed, as quiz.js does."""
    content, words = base64.b64decode(text), _words(salt)
    stream = b"".join(next(words).to_bytes(4, "little") for _ in range(len(content) // 4 + 1))
    return json.loads(bytes(one ^ other for one, other in zip(content, stream, strict=False)))


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())), st.text())
def test_what_is_sealed_can_be_opened_with_its_salt(key: dict[str, object], salt: str) -> None:
    salt = salt.encode("utf-8", "ignore").decode()
    try:
        json.dumps(key, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return
    assert opened(sealed(key, salt), salt) == key


def test_the_chance_of_a_seal_is_that_of_the_script() -> None:
    words = _words("bees")
    assert [next(words) for _ in range(3)] == [1406878273, 2664415081, 1441099044]


def test_no_key_and_no_feedback_stands_in_a_page_or_beside_it(tmp_path: Path) -> None:
    told = [text for quiz in (QUIZ, DRAWN) for question in asked(quiz) for text in keys(question)]
    found = sample(tmp_path, "scorm12", (CHECK, QUIZ, DRAWN))
    files = [path for path in found.rglob("*") if path.is_file() and path.parent.name != "shared"]
    texts = [unescape(path.read_text(encoding="utf-8")) for path in files]
    found_out = {re.sub(r"[*`]", "", secret) for secret in told if len(secret) > 4}
    assert {secret for secret in found_out for text in texts if secret in re.sub(r"</?\w+>", "", text)} == set()


def test_the_order_of_what_is_shown_tells_nothing() -> None:
    assert scrambled(LIFE.options) != list(LIFE.options)
    assert set(scrambled(LIFE.options)) == set(LIFE.options)
    two = LIFE.options[:2]
    assert scrambled(two) == [two[1], two[0]]
    assert targets_of(WORK) == ["gathers", "lays eggs", "mates", "sleeps"]


def test_ticking_every_box_earns_nothing() -> None:
    generous = replace(CASTES, options=tuple(replace(one, fraction=max(one.fraction, 0)) for one in CASTES.options))
    assert sum(fractions(generous)) <= 0
    assert fractions(CASTES) == [0.5, -0.5, 0.5, 0.0]


def test_a_number_is_known_by_its_bounds() -> None:
    question = Question("n", QuestionKind.NUMBER, "?", answers=(Answer(value=0.3, tolerance=0.1),))
    assert key_of(question, str)["n"] == [[0.2, 0.4, 1.0, "", 0.3]]


def test_what_a_page_cannot_judge_counts_nothing() -> None:
    assert total_points(QUIZ) == TOTAL
    assert total_points(DRAWN) == 2 * 2 + 2 + 1
    assert total_points(CHECK) == 0
    assert total_points(replace(QUIZ, questions=(replace(STING, right=None),))) == 0


def test_one_quiz_with_a_passing_score_is_the_mastery_of_its_unit() -> None:
    assert mastery(unit("A", CHECK, QUIZ)) == 70
    assert mastery(unit("A", QUIZ, replace(DRAWN, passing=50.0))) is None
    assert mastery(unit("A", DRAWN)) is None
    assert mastery(unit("A")) is None


@pytest.mark.parametrize(
    ("format", "said"),
    [
        ("scorm12", "<adlcp:masteryscore>66.67</adlcp:masteryscore>"),
        ("scorm2004-3rd", "<imsss:minNormalizedMeasure>0.6667</imsss:minNormalizedMeasure>"),
        ("scorm2004-4th", 'satisfiedByMeasure="true"'),
    ],
)
def test_the_manifest_says_from_which_score_a_unit_is_passed(tmp_path: Path, format: str, said: str) -> None:
    quiz = replace(QUIZ, passing=66.67)
    found, findings = package(course(unit("A", quiz), unit("B")), format, tmp_path)
    manifest = (found / "imsmanifest.xml").read_text(encoding="utf-8")
    assert manifest.count(said) == 1
    assert {finding.code for finding in findings} == {"L480", "L481"}
    assert manifest.count('href="units/A-6998c9/quiz.js"') == 1
    assert manifest.count('href="shared/quiz.js"') == 1


@pytest.mark.parametrize("format", ["scorm12", "scorm2004-4th"])
def test_a_course_without_quizzes_has_nothing_of_them(tmp_path: Path, format: str) -> None:
    found, _ = package(course(unit("A"), unit("B")), format, tmp_path)
    assert not [path for path in found.rglob("*") if "quiz" in path.name]
    assert not [path for path in found.rglob("*.html") if "quiz" in path.read_text(encoding="utf-8").lower()]
    assert "mastery" not in (found / "imsmanifest.xml").read_text(encoding="utf-8")


def test_a_hostile_stem_stays_a_text() -> None:
    evil = "</script><script>alert(1)</script> <img src=x onerror=alert(1)> [[who]] \ue000\ue001"
    view = quiz_view(Renderer(), replace(QUIZ, questions=(replace(GAPS, stem=evil), replace(COLOURS, stem=evil))))
    assert "<script" not in view.body
    assert "<img" not in view.body
    assert view.body.count("data-field") == len(GAPS.blanks)
    file = answers_file([view]).decode()
    assert json.loads(file.removeprefix("window.coursewrightQuizzes = ").removesuffix(";\n"))[0]["name"] == view.name


def test_names_for_an_lms_are_plain_and_apart() -> None:
    options = tuple(Option(text, text) for text in ("Größe", "grosse!", "Größe ", "大きい", "a-b"))
    view = quiz_view(Renderer(), replace(QUIZ, questions=(replace(COLOURS, options=options), HOUSE, HOUSE)))
    names = view.sheet["questions"][0]["options"]
    assert len(set(names)) == len(options)
    assert all(re.fullmatch(r"[\w.]{1,250}", name, re.ASCII) for name in names)
    assert view.sheet["questions"][1]["id"] != view.sheet["questions"][2]["id"]


def test_the_sheet_of_a_long_quiz_has_all_its_questions() -> None:
    bank = tuple(replace(HOUSE, key=f"q{number}") for number in range(1000))
    view = quiz_view(Renderer(), replace(QUIZ, questions=bank))
    assert len(view.sheet["questions"]) == 1000


def test_pictures_of_a_question_are_where_the_package_has_them() -> None:
    stem = "What is this?\n\n![A hive](hive.png)\n\nSee [the page](bees.md) and [nothing](gone.md)."
    options = (Option("a", "![Bee](bee.png)", 1.0), Option("b", "Plain"))
    quiz = replace(QUIZ, questions=(replace(COLOURS, stem=stem, options=options),))
    known = {"hive.png": "../../files/hive.png", "bee.png": "../../files/bee.png", "bees.md": "#p1234"}
    body = quiz_view(Renderer(), quiz, known.get).body
    assert body.count('src="../../files/') == 2
    assert 'href="#p1234"' in body
    assert "gone.md" not in body


def test_a_check_stands_where_its_text_has_it(tmp_path: Path) -> None:
    found = sample(tmp_path, "scorm12", (CHECK, QUIZ))
    (page,) = found.glob("units/A-*/index.html")
    text = page.read_text(encoding="utf-8")
    places = [
        text.index(words) for words in ("Bees live in hives.", "A drone can sting.", "They do <em>not</em> sleep")
    ]
    assert places == sorted(places)
    assert text.count('data-page="') == 3


def test_a_check_has_the_heading_of_its_section_above_it_but_not_that_of_its_page(tmp_path: Path) -> None:
    (page,) = sample(tmp_path / "a", "scorm12", (replace(CHECK, title="Try <it>"),)).glob("units/A-*/index.html")
    assert page.read_text(encoding="utf-8").count(">Try &lt;it&gt;</h3>") == 1
    (page,) = sample(tmp_path / "b", "scorm12", (replace(CHECK, title="About bees"),)).glob("units/A-*/index.html")
    assert ">About bees</h3>" not in page.read_text(encoding="utf-8")
