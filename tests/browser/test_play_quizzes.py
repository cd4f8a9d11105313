"""Quizzes on pages of ours, played in a real browser: what is asked, judged, kept, and told the LMS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from quizzes import CHECK, DRAWN, EVERY, QUIZ, TIMED, TOTAL, course, package, sample, unit

from coursewright.course.quiz import Question, QuestionKind, Quiz

from .conftest import served
from .player import Call, Lms, Opener, Unit
from .player2004 import Lms2004
from .test_accessibility import axe as axe
from .test_accessibility import invalid, judged

pytestmark = pytest.mark.browser

EDITIONS = ["scorm12", "scorm2004-4th"]  # the third differs from the fourth in its name alone
FIRST, SECOND = "Unit A", "Unit B"
# What to answer to each question of QUIZ, by its index, so that all is right: indices of options, or what is written.
RIGHT: Mapping[int, Sequence[str]] = {
    0: ["1"],
    1: ["0", "2"],
    2: ["1"],
    3: [" Hive "],
    4: ["6"],
    5: ["35,5"],
    7: ["monarch", "2000", "0"],
    8: ["1", "0", "2"],
    9: ["0", "1", "2", "3"],
    10: ["For the honey, and für die Ruhe; really."],
}


FILL_IN = """given => {
  const put = (field, value) => {
    if (field.matches(":disabled")) throw new Error(`${field.outerHTML} is disabled`);
    field.focus();
    if (value === undefined) return field.checked || field.click();
    field.value = value;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  };
  for (const [question, way, texts] of given) {
    const box = document.querySelector(`.page:not([hidden]) .quiz:not(.check) fieldset[data-question="${question}"]`);
    texts.forEach((text, place) => {
      if (way === "choose") put(box.querySelector(`.option[data-option="${text}"] input`));
      else if (way === "write") put(box.querySelectorAll("[data-field]")[place], text);
      else {
        const row = [...box.querySelectorAll(".sorted > li")].find((one) => one.textContent.includes(text));
        const menu = row.querySelector("[data-place]");
        put(menu, menu.options[place].value);
      }
    });
  }
}"""


class Player:
    """A unit with quizzes, played in an LMS."""

    def __init__(self, lms: Lms) -> None:
        self.lms = lms
        self.old = not isinstance(lms, Lms2004)
        self.unit = lms.launch(FIRST)

    def again(self) -> None:
        """Leave and come back another day."""
        self.lms.exit()
        self.lms.page.reload()
        expect(self.lms.page.locator("#menu li").first).to_be_attached()
        self.unit = self.lms.launch(FIRST)

    def hold_clock(self) -> None:
        """From now on the learner's clock is in our hands."""
        self.lms.page.clock.install()

    def wait_a_second(self) -> None:
        """Let a second pass on the learner's clock, in no time of ours: what is kept a moment later is kept then."""
        self.lms.page.clock.run_for(1_000)

    def written(self, element: str) -> list[str]:
        prefix = "cmi.core." if self.old and not element.startswith("interactions") else "cmi."
        return self.lms.written(f"{prefix}{element}")

    def interactions(self) -> list[dict[str, str]]:
        """Return the interactions as the LMS holds them by what was written, in their order."""
        found: dict[int, dict[str, str]] = {}
        for call in sets(self.lms):
            name, value = call["values"]
            if at := re.fullmatch(r"cmi\.interactions\.(\d+)\.(.+)", name):
                assert call["result"] == "true", call
                found.setdefault(int(at[1]), {})[at[2]] = value
        assert sorted(found) == list(range(len(found)))
        return [found[index] for index in sorted(found)]


def sets(lms: Lms) -> list[Call]:
    return [call for call in lms.calls() if call["method"] in ("SetValue", "LMSSetValue")]


def answer(page: Unit, quiz: Quiz, given: Mapping[int, Sequence[str]]) -> None:
    """Fill in the form of a quiz at once, as answers by hand would leave it."""
    questions = [one for one in quiz.questions if isinstance(one, Question)]
    page.frame.evaluate(
        FILL_IN, [[index, _way(questions[index]), _texts(questions[index], parts)] for index, parts in given.items()]
    )


def _way(question: Question) -> str:
    if question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.BOOLEAN):
        return "choose"
    return "sort" if question.kind is QuestionKind.ORDER else "write"


def _texts(question: Question, parts: Sequence[str]) -> list[str]:
    is_sorted = question.kind is QuestionKind.ORDER
    return [question.options[int(part)].text if is_sorted else part for part in parts]


def answer_by_hand(page: Unit, quiz: Quiz, given: Mapping[int, Sequence[str]]) -> None:
    """Fill in the form of a quiz as a learner does, with a click or a word at a time."""
    questions = [one for one in quiz.questions if isinstance(one, Question)]
    for index, parts in given.items():
        box = page.find(f".page:not([hidden]) .quiz:not(.check) fieldset[data-question='{index}']")
        way, texts = _way(questions[index]), _texts(questions[index], parts)
        for place, text in enumerate(texts):
            if way == "choose":
                box.locator(f".option[data-option='{text}'] input").check()
            elif way == "sort":
                row = box.locator(".sorted > li").filter(has_text=text)
                row.locator("[data-place]").select_option(index=place)
            else:
                field = box.locator("[data-field]").nth(place)
                is_menu = field.evaluate("field => field.tagName") == "SELECT"
                field.select_option(value=text) if is_menu else field.fill(text)


def hand_in(page: Unit) -> None:
    page.find(".page:not([hidden]) [data-quiz-part='hand-in'] button").last.click()
    expect(page.find(".page:not([hidden]) .quiz:not(.check) .result").last).to_be_visible()


def matched() -> dict[int, Sequence[str]]:
    """Return the right answers, with the places that the pairs have on the page."""
    return {
        **RIGHT,
        8: [str(sorted({p.answer for p in EVERY[8].pairs}).index(p.answer)) for p in EVERY[8].pairs if p.prompt],
    }


@pytest.fixture(params=EDITIONS)
def lms(request: pytest.FixtureRequest, open_page: Opener, scorm_again: None, tmp_path: Path) -> Iterator[Lms]:
    """An LMS of each edition, with a unit that asks questions of every kind, and another that waits for it."""
    with ExitStack() as stack:
        origin = stack.enter_context(served(sample(tmp_path, request.param)))
        yield opened(open_page(), origin, request.param)


def opened(page: Page, origin: str, format: str, query: str = "") -> Lms:
    name, kind = ("lms", Lms) if format == "scorm12" else ("lms2004", Lms2004)
    page.goto(f"{origin}/lms/{name}.html?package=/package/&{query}")
    expect(page.locator("#menu li").first).to_be_attached()
    return kind(page, origin)


def locked(lms: Lms) -> bool:
    return lms.entry(SECOND).locator("button").count() == 0


# --- what the LMS is told -----------------------------------------------------------------------------------------------

OLD_ANSWERS = [
    ("choice", "1", "1", "correct"),
    ("choice", "0,2", "0,2", "correct"),
    ("true-false", "f", "f", "correct"),
    ("fill-in", "Hive", "hive", "correct"),
    ("numeric", "6", "6", "correct"),
    ("numeric", "35.5", "35", "correct"),
    ("fill-in", "monarch, 2000, summer", "monarch, 1500, summer", "correct"),
    ("matching", "1.b,2.a,3.c", "1.b,2.a,3.c", "correct"),
    ("sequencing", "a,b,d,c", "a,b,d,c", "correct"),
    ("fill-in", "For the honey, and für die Ruhe; really.", None, "neutral"),
]
NEW_ANSWERS = [
    ("choice", "red", "red", "correct"),
    ("choice", "queen[,]worker", "queen[,]worker", "correct"),
    ("true-false", "false", "false", "correct"),
    ("fill-in", "Hive", "{case_matters=false}hive", "correct"),
    ("numeric", "6", "6[:]6", "correct"),
    ("numeric", "35.5", "33.5[:]36.5", "correct"),
    (
        "fill-in",
        "monarch[,]2000[,]summer",
        "{case_matters=false}{order_matters=true}monarch[,]1500[,]summer",
        "correct",
    ),
    ("matching", "queen[.]lays_eggs[,]worker[.]gathers[,]drone[.]mates", None, "correct"),
    ("sequencing", "egg[,]larva[,]pupa[,]bee", "egg[,]larva[,]pupa[,]bee", "correct"),
    ("long-fill-in", "For the honey, and für die Ruhe; really.", None, "neutral"),
]


def test_all_right_passes_is_told_opens_what_waits_and_stays_in_review(lms: Lms) -> None:
    player = Player(lms)
    page = player.unit
    assert locked(lms)
    page.read_all()
    answer(page, QUIZ, matched())
    hand_in(page)
    wrong = page.find("fieldset.wrong, fieldset.partly").all_inner_texts()
    assert wrong == []
    assert "100%" in page.find(".quiz:not(.check) .result").inner_text()
    assert page.focused().startswith("Passed")
    assert player.written("score.raw")[-1] == ("100" if player.old else str(TOTAL))
    if not player.old:
        assert player.written("score.scaled")[-1] == "1"
        assert player.written("success_status") == ["passed"]
        assert player.written("completion_status")[-1] == "completed"
    else:
        assert player.written("lesson_status")[-1] == "passed"
    told_in_the_words_of_the_edition(player)
    page.complete()
    expect(page.find(".finish .done")).to_be_visible()
    lms.exit()
    assert not locked(lms)
    looked_at_in_review(lms)


def told_in_the_words_of_the_edition(player: Player) -> None:
    """Hold that the LMS was told of each interaction, in its own words and in the order that it wants."""
    assert [found["result"] for found in player.interactions()] == ["correct"] * 9 + ["neutral"]
    told = player.interactions()
    response, when = ("student_response", "time") if player.old else ("learner_response", "timestamp")
    expected = OLD_ANSWERS if player.old else NEW_ANSWERS
    for found, (type, given, pattern, result) in zip(told, expected, strict=True):
        assert (found["type"], found[response], found["result"]) == (type, given, result)
        if pattern:
            assert found["correct_responses.0.pattern"] == pattern
    assert [found["weighting"] for found in told] == ["1", "2", "1", "1", "1", "1", "3", "3", "1", "0"]
    assert len({found["id"] for found in told}) == 10
    clock = r"\d\d:\d\d:\d\d" if player.old else r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ"
    assert all(re.fullmatch(clock, found[when]) for found in told)
    assert all(re.fullmatch(r"\d{4}:\d\d:\d\d" if player.old else r"PT\d+S", found["latency"]) for found in told)
    assert [found.get("description", "") for found in told][:1] == (
        [""] if player.old else ["Which colour do bees not see?"]
    )
    by_index: dict[str, list[str]] = {}
    for call in sets(player.lms):
        if call["values"][0].startswith("cmi.interactions."):
            _, _, index, name = call["values"][0].split(".", 3)
            by_index.setdefault(index, []).append(name)
    assert all(names[:2] == ["id", "type"] for names in by_index.values())


def looked_at_in_review(lms: Lms) -> None:
    """Hold that what was passed shows in review as it was, and stays as it is whatever is done there."""
    format = "scorm12" if not isinstance(lms, Lms2004) else "scorm2004-4th"
    player = Player(opened(lms.page, lms.origin, format, "mode=review"))
    page = player.unit
    page.read_all()
    result = page.find(".quiz:not(.check) .result")
    assert "Passed" in result.inner_text()
    expect(page.find("[data-verdict]:visible")).to_have_count(10)
    page.find("[data-quiz-do=again]").last.click()
    hand_in_empty(page)
    assert "This result is not recorded." in result.inner_text()
    assert player.interactions() == []
    assert player.written("score.raw") == []
    assert len({re.sub(r";p=[^;]*", "", data) for data in lms.written("cmi.suspend_data")}) <= 1


def test_who_fails_may_try_again_and_what_is_passed_is_never_lowered(lms: Lms) -> None:
    player = Player(lms)
    page = player.unit
    page.read_all()
    answer(page, QUIZ, {0: ["1"], 1: ["0", "1"], 2: ["0"], 3: ["skep"], 7: ["monarch", "9", "1"]})
    page.find(".page:not([hidden]) [data-quiz-part='hand-in'] button").last.click()
    expect(page.find("[data-quiz-part='alert']").last).to_be_focused()
    assert page.find("[data-quiz-part='alert'] a").all_inner_texts() == [f"Question {n}" for n in (5, 6, 8, 10)]
    hand_in(page)
    results = [found["result"] for found in player.interactions()]
    wrong = "wrong" if player.old else "incorrect"
    assert results[:5] == ["correct", wrong, wrong, "0.5", wrong]
    assert results[6] == "0.33"
    outcome = "lesson_status" if player.old else "success_status"
    assert player.written(outcome)[-1] == "failed"
    if not player.old:
        assert player.written("completion_status")[-1] == "completed"
    expect(page.find("[data-do=complete]")).to_be_disabled()
    expect(page.find("[data-quiz-left]")).to_be_visible()
    player.again()
    assert locked(lms)
    page = player.unit
    assert page.state() == "In progress"
    page.read_all()
    assert "Not passed" in page.find(".quiz:not(.check) .result").inner_text()
    before = len(sets(lms))
    page.find("[data-quiz-do=again]").last.click()
    answer(page, QUIZ, {**matched(), 0: ["0"]})
    hand_in(page)
    assert player.written(outcome)[-1] == "passed"
    expect(page.find("[data-quiz-left]")).to_be_hidden()
    assert len(player.interactions()) == 10
    page.find("[data-quiz-do=again]").last.click()
    hand_in_empty(page)
    assert player.written(outcome)[-1] == "passed"
    assert float(player.written("score.raw")[-1]) == (92.86 if player.old else 13)
    assert len(sets(lms)) > before
    page.complete()
    lms.exit()
    assert not locked(lms)
    assert lms.launch(FIRST).state() == "Completed"


def hand_in_empty(page: Unit) -> None:
    button = page.find(".page:not([hidden]) [data-quiz-part='hand-in'] button").last
    button.click()
    button.click()
    expect(page.find(".page:not([hidden]) .quiz:not(.check) .result").last).to_be_visible()


def test_answers_in_the_middle_of_an_attempt_come_back(lms: Lms) -> None:
    player = Player(lms)
    page = player.unit
    page.read_all()
    player.hold_clock()
    answer(page, QUIZ, matched())
    player.wait_a_second()
    player.again()
    page = player.unit
    assert page.shown() == [page.pages()[-1]]
    assert page.find(".quiz:not(.check) .result").is_hidden()
    hand_in(page)
    assert page.focused().startswith("Passed")
    assert len(player.interactions()) == 10


def test_a_check_in_a_text_is_judged_at_once_and_counts_nothing(lms: Lms) -> None:
    player = Player(lms)
    page = player.unit
    page.go(page.pages()[1])
    box = page.find(".check")
    box.locator("[type=submit]").click()
    assert box.locator("[data-error]").inner_text() == "Not answered yet."
    box.locator(".option input").last.check()
    box.locator("[type=submit]").click()
    assert box.locator(".result").inner_text().split("\n")[0] == "Right"
    assert [found["weighting"] for found in player.interactions()] == ["0"]
    assert player.written("score.raw") == []
    assert "passed" not in player.written("success_status")
    page.read_all()
    answer(page, QUIZ, matched())
    hand_in(page)
    assert len(player.interactions()) == 11


def test_in_review_nothing_is_told_and_nothing_changes(lms: Lms) -> None:
    format = "scorm12" if not isinstance(lms, Lms2004) else "scorm2004-4th"
    player = Player(opened(lms.page, lms.origin, format, "mode=review"))
    page = player.unit
    page.read_all()
    answer(page, QUIZ, matched())
    hand_in(page)
    assert "This result is not recorded." in page.find(".quiz:not(.check) .result").inner_text()
    assert player.interactions() == []
    assert player.written("score.raw") == []
    assert all(";r=" not in data for data in lms.written("cmi.suspend_data"))


# --- one edition is enough for the rest ---------------------------------------------------------------------------------


@pytest.fixture
def play(open_page: Opener, scorm_again: None, tmp_path: Path) -> Iterator[Any]:
    """Return what plays a unit with given quizzes in an LMS."""
    with ExitStack() as stack:

        def begin(*quizzes: Quiz, format: str = "scorm12", query: str = "") -> Player:
            origin = stack.enter_context(served(sample(tmp_path / format, format, quizzes)))
            return Player(opened(open_page(), origin, format, query))

        yield begin


@pytest.mark.parametrize("format", ["scorm12", "scorm2004-4th"])
def test_a_draw_is_another_each_time_and_attempts_run_out(play: Any, format: str) -> None:
    player = play(DRAWN, format=format)
    page = player.unit
    page.read_all()
    shown = page.find(".quiz fieldset:visible")
    expect(shown).to_have_count(4)
    assert shown.locator("[data-number]").all_inner_texts() == [f"Question {n}" for n in (1, 2, 3, 4)]
    drawn = page.find(".quiz fieldset:visible").evaluate_all("all => all.map(one => one.dataset.question)")
    player.hold_clock()
    page.find("fieldset[data-question='4'] .option input").first.check()
    player.wait_a_second()
    player.again()
    page = player.unit
    assert drawn == page.find(".quiz fieldset:visible").evaluate_all("all => all.map(one => one.dataset.question)")
    hand_in_empty(page)
    result = page.find(".quiz .result")
    assert "Attempts left: 1" in result.inner_text()
    expect(page.find("[data-verdict]:visible")).to_have_count(0)
    page.find("[data-quiz-do=again]").click()
    hand_in_empty(page)
    assert "No attempts left." in result.inner_text()
    expect(page.find("[data-verdict]:visible")).to_have_count(4)
    told = player.interactions()
    assert len({found["id"] for found in told}) == len(told)
    assert len(told) == 4 if player.old else 4 <= len(told) <= 6
    page.complete()
    player.lms.exit()
    assert not locked(player.lms)


def test_time_runs_while_the_learner_is_away_and_hands_in(play: Any, open_page: Opener) -> None:
    player = play(TIMED)
    page = player.unit
    page.read_all()
    assert page.find(".quiz form").is_hidden()
    page.find("[data-quiz-do=start]").click()
    assert re.fullmatch(r"Time left: (1:00|0:5\d)", page.find(".timer").inner_text())
    page.find(".option[data-option='1'] input").first.check()
    player.lms.exit()
    data = player.lms.saved(FIRST)["suspend_data"]
    begun = re.search(r"r=\w+\.\w+\.0\.0\.o\.\w+\.(\w+)", data)
    assert begun
    early = int(begun[1], 36) - 3600
    player.lms.patch(FIRST, data.replace(f".{begun[1]}", f".{base36(early)}"))
    page = player.lms.launch(FIRST)
    result = page.find(".quiz .result")
    expect(result).to_contain_text("The time is over")
    expect(result).to_contain_text("1 of 3 points")
    expect(page.find("[data-verdict]:visible")).to_have_count(0)  # it never shows what was right


def base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


def test_what_does_not_fit_is_said_and_what_matters_most_is_kept(play: Any) -> None:
    player = play(CHECK, QUIZ)
    page = player.unit
    page.read_all()
    player.hold_clock()
    answer(page, QUIZ, {**matched(), 10: ["ü" * 2000]})
    player.wait_a_second()
    expect(page.find("[data-quiz-part=unkept]").last).to_be_visible()
    assert max(len(data) for data in player.lms.written("cmi.suspend_data")) <= 4096
    player.again()
    page = player.unit
    assert page.find(".option[data-option='1'] input").nth(1).is_checked()
    assert page.find("textarea").input_value() == ""
    answer(page, QUIZ, {10: ["short"]})
    expect(page.find("[data-quiz-part=unkept]").last).to_be_hidden()
    hand_in(page)
    assert page.focused().startswith("Passed")


def test_a_quiz_without_a_passing_score_is_to_be_handed_in_and_no_more(play: Any) -> None:
    player = play(DRAWN)
    page = player.unit
    page.read_all()
    expect(page.find("[data-do=complete]")).to_be_disabled()
    page.find("[data-quiz-left] a").click()
    hand_in_empty(page)
    page.complete()
    assert player.written("lesson_status")[-1] == "completed"
    player.lms.exit()
    assert not locked(player.lms)


def test_of_several_quizzes_each_must_be_passed(play: Any) -> None:
    other = replace(TIMED, key="other", minutes=None, passing=100.0)
    player = play(QUIZ, other, format="scorm2004-4th")
    page = player.unit
    page.go(page.pages()[2])
    answer_by_hand(page, QUIZ, matched())
    hand_in(page)
    assert player.written("success_status") == []
    assert player.written("score.scaled")[-1] == "0.8235"
    page.go(page.pages()[3])
    hand_in_empty(page)
    assert player.written("success_status") == ["failed"]
    page.find(".page:not([hidden]) [data-quiz-do=again]").click()
    for index, option in ((0, 1), (1, 1)):
        page.find(
            f".page:not([hidden]) fieldset[data-question='{index}'] .option[data-option='{option}'] input"
        ).check()
    page.find(".page:not([hidden]) input[type=text]").fill("6")
    hand_in(page)
    assert player.written("success_status") == ["failed", "passed"]
    assert player.written("score.scaled")[-1] == "1"
    assert len(player.interactions()) == 13


def test_the_keyboard_alone_answers_and_hands_in(open_page: Opener, tmp_path: Path) -> None:
    found = sample(tmp_path, "scorm12", (replace(QUIZ, questions=(EVERY[0], EVERY[1], EVERY[4], EVERY[9])),))
    (file,) = found.glob("units/A-*/index.html")
    page = open_page()
    page.goto(file.as_uri())
    unit = Unit(page)
    state = "() => { const at = document.activeElement; return [at.tagName, at.type || '', at.closest('[data-question]')?.dataset.question || '', at.dataset.do || at.dataset.quizDo || at.textContent.trim()] }"
    done: set[str] = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        _, type, question, name = page.evaluate(state)
        if name.startswith("next"):
            page.keyboard.press("Enter")
        elif question == "0" and type == "radio":
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowUp")
        elif (
            question == "1"
            and type == "checkbox"
            and page.evaluate("() => ['0', '2'].includes(document.activeElement.value)")
        ):
            page.keyboard.press("Space")
        elif question == "2":
            page.keyboard.type("6")
            page.keyboard.press("Enter")  # hands nothing in
        elif question == "3" and name in ("up", "down"):
            rows = page.locator(".sorted .what").all_inner_texts()
            here = page.evaluate("() => document.activeElement.closest('li').querySelector('.what').innerText")
            right = ["Egg", "Larva", "Pupa", "Bee"]
            if (name == "up") == (right.index(here) < rows.index(here)) and right.index(here) != rows.index(here):
                page.keyboard.press("Enter")
                assert "Now" in page.locator("[data-quiz-part=spoken]").inner_text()
        elif type == "submit":
            page.keyboard.press("Enter")
            break
        done.add(question)
    assert {"0", "1", "2", "3"} <= done
    assert "100%" in unit.find(".result").inner_text()
    assert unit.focused().startswith("Passed")
    page.keyboard.press("Tab")
    assert page.evaluate(state)[3] == "again"


def test_axe_finds_nothing_on_a_quiz_before_and_after(open_page: Opener, tmp_path: Path, axe: str) -> None:
    found = sample(tmp_path, "scorm2004-4th", (CHECK, QUIZ, DRAWN, TIMED))
    (file,) = found.glob("units/A-*/index.html")
    page = open_page()
    page.goto(file.as_uri())
    unit = Unit(page)
    looks: list[Any] = [("light", 390), ("dark", 1280)]
    page.goto(f"{file.as_uri()}#{unit.pages()[1]}")
    unit.find(".check .option input").first.check()
    unit.find(".check [type=submit]").click()
    assert judged(page, axe, looks) == []
    page.goto(f"{file.as_uri()}#{unit.pages()[2]}")
    button = page.locator(".page:not([hidden]) [data-quiz-part='hand-in'] button")
    button.click()
    assert judged(page, axe, looks) == []
    button.click()
    assert judged(page, axe, looks) == []
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), width
    page.goto(f"{file.as_uri()}#{unit.pages()[4]}")
    assert judged(page, axe, looks) == []
    page.locator("[data-quiz-do=start]").click()
    assert judged(page, axe, looks) == []


def test_the_html_of_quizzes_is_valid_in_every_direction(tmp_path: Path) -> None:
    quizzed = course(unit("A", CHECK, QUIZ, DRAWN, TIMED))
    folders = [package(quizzed, "scorm12", tmp_path / language, language)[0] for language in ("en", "de", "he")]
    assert invalid(sorted(str(file) for folder in folders for file in folder.rglob("*.html")), tmp_path) == ""
