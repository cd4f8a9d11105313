"""A SCORM 1.2 package, played in a real browser: what opens when, what is remembered, and what the LMS is told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from .player import BEES, COLONY, HIVE, HONEY, UNITS, Lms, Opener, Shelf, Unit, build

pytestmark = pytest.mark.browser

BASICS = (Path(__file__).parent / "basics.js").read_text(encoding="utf-8")
LOOKS: list[tuple[Literal["light", "dark"], int]] = [("light", 320), ("dark", 320), ("light", 1280), ("dark", 1280)]
STATUS = "cmi.core.lesson_status"
TIME = "cmi.core.session_time"
ONE_PAGE = """\
# Module Roadmap

> Community Beekeeper | Module 909 is a single page.

## Module Overview

- **Module ID**: MOD-909
- **Module Title**: A Word of Welcome
- **Target Role(s)**: Community Beekeeper
- **Duration**: 1 hours
- **Prerequisites**: None
- **Next Module(s)**: None
"""
WHEN_HIDDEN = """() => {
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def stand_alone(page: Page, address: str) -> Unit:
    page.goto(address)
    return Unit(page)


# --- what opens when ----------------------------------------------------------------------------------------------------


def test_a_unit_opens_once_all_that_it_waits_for_are_complete_and_nothing_else_completes_one(lms: Lms) -> None:
    titles = list(lms.items())
    assert len(titles) == len(UNITS)
    assert BEES in titles[0] and COLONY in titles[-1]
    assert lms.locked() == [HIVE, HONEY, COLONY]
    for read in (lambda unit: None, Unit.read_all):  # opening it, or reading every page, without the button
        read(lms.launch(BEES))
        lms.exit()
        assert lms.status(BEES) == "incomplete"
        assert lms.locked() == [HIVE, HONEY, COLONY]
    lms.complete(BEES)
    assert lms.locked() == [COLONY]
    lms.complete(HIVE)
    assert lms.locked() == [COLONY]
    lms.complete(HONEY)
    assert lms.locked() == []
    lms.complete(COLONY)
    assert [lms.status(title) for title in UNITS] == ["completed"] * 4


def test_the_button_waits_until_every_page_was_reached_and_says_which_are_left(lms: Lms) -> None:
    unit = lms.launch(BEES)
    keys = unit.pages()
    unit.go(keys[-1])
    expect(unit.find("[data-do=complete]")).to_be_disabled()
    left = unit.find("[data-finish=unread] a:visible")
    assert left.evaluate_all("links => links.map(link => link.dataset.goto)") == keys[1:-1]
    for key in keys[1:-1]:
        left.first.click()
        assert unit.shown() == [key]
        unit.go(keys[-1])
    expect(unit.find("[data-finish=unread]")).to_be_hidden()
    expect(unit.find("[data-do=complete]")).to_be_enabled()


# --- what is remembered -------------------------------------------------------------------------------------------------


def test_the_page_and_the_ticks_survive_leaving_and_a_reload_of_the_lms(lms: Lms) -> None:
    unit = lms.launch(BEES)
    unit.go("checklist")
    unit.boxes().nth(0).check()
    unit.boxes().nth(2).check()
    lms.exit()
    again = lms.launch(BEES)
    assert again.shown() == ["checklist"]
    assert again.ticked() == [True, False, True]
    again.boxes().nth(2).uncheck()
    lms.reload()
    last = lms.launch(BEES)
    assert last.shown() == ["checklist"]
    assert last.ticked() == [True, False, False]


def test_pages_read_in_another_session_still_count(lms: Lms) -> None:
    unit = lms.launch(BEES)
    keys = unit.pages()
    for key in keys[:-1]:
        unit.go(key)
    lms.exit()
    again = lms.launch(BEES)
    again.go(keys[-1])
    again.complete()
    lms.exit()
    assert lms.status(BEES) == "completed"


@pytest.mark.parametrize(
    "data",
    [
        "",
        "garbage",
        "2;p=overview;t=zz",
        "1;p=overview,retired-page;t=ffffffff",
        "1;p;t;=;;",
        "x" * 4096,
    ],
)
def test_progress_that_another_edition_or_an_accident_has_written_is_passed_over(lms: Lms, data: str) -> None:
    lms.patch(BEES, data, lesson_status="incomplete", lesson_location="retired-page", exit="suspend")
    unit = lms.launch(BEES)
    assert unit.shown() == [unit.pages()[0]]
    assert unit.ticked() == [False, False, False]
    unit.work_through()
    lms.exit()
    assert lms.status(BEES) == "completed"


def test_suspend_data_is_short_ascii_of_a_known_form(lms: Lms) -> None:
    unit = lms.launch(BEES)
    keys = unit.pages()
    unit.read_all()
    unit.go("checklist")
    for box in unit.boxes().all():
        box.check()
    ticks = unit.boxes().evaluate_all("boxes => boxes.map(box => box.dataset.tick)")
    lms.exit()
    data = lms.saved(BEES)["suspend_data"]
    assert data == f"1;p={','.join(keys)};t={','.join(ticks)}"
    longest = 7 + sum(map(len, keys)) + len(keys) - 1 + sum(map(len, ticks)) + len(ticks) - 1
    assert len(data) == longest < 4096
    assert data.isascii()


# --- what the LMS is told -----------------------------------------------------------------------------------------------


def test_a_session_begins_once_ends_once_and_nothing_is_refused(lms: Lms) -> None:
    """It is incomplete from the first moment, completed at once when the learner says so, and left to be resumed."""
    unit = lms.launch(BEES)
    assert lms.written(STATUS) == ["incomplete"]
    assert lms.written("cmi.core.exit") == ["suspend"]
    assert lms.status(BEES) == "incomplete"  # committed, though the unit is still open
    unit.go("checklist")
    unit.boxes().first.check()
    unit.work_through()
    assert lms.status(BEES) == "completed"
    assert lms.locked() == [COLONY]
    assert unit.state() == "Completed"
    assert unit.focused() == unit.find(".finish .done").inner_text().strip()
    lms.exit()
    methods = [call["method"] for call in lms.calls()]
    assert methods[0] == "LMSInitialize"
    assert methods[-2:] == ["LMSCommit", "LMSFinish"]
    assert (methods.count("LMSInitialize"), methods.count("LMSFinish")) == (1, 1)
    assert [call for call in lms.calls() if call["result"] == "false" or call["error"] != "0"] == []
    assert lms.saved(BEES)["core"]["exit"] == "suspend"
    assert lms.written("cmi.core.exit") == ["suspend", "suspend"]


@pytest.mark.parametrize("status", ["incomplete", "browsed", "completed", "passed", "failed"])
def test_opening_a_unit_writes_no_other_status_over_one_that_stands(lms: Lms, status: str) -> None:
    lms.patch(BEES, lesson_status=status)
    lms.launch(BEES)
    lms.exit()
    assert lms.written(STATUS) == ([] if status in ("completed", "passed") else [status])
    assert lms.status(BEES) == status


@pytest.mark.parametrize(("status", "shown"), [("passed", "Completed"), ("completed", "Completed")])
def test_a_revisit_of_a_finished_unit_shows_it_as_such_and_never_lowers_it(lms: Lms, status: str, shown: str) -> None:
    lms.patch(BEES, lesson_status=status)
    unit = lms.launch(BEES)
    unit.read_all()
    assert unit.state() == shown
    expect(unit.find(".finish .done")).to_be_visible()
    expect(unit.find("[data-do=complete]")).to_be_hidden()
    lms.exit()
    lms.reload()
    assert lms.status(BEES) == status
    assert lms.locked() == [COLONY]


def test_a_failed_unit_stays_failed_and_says_so(lms: Lms) -> None:
    lms.patch(BEES, lesson_status="failed")
    unit = lms.launch(BEES)
    unit.read_all()
    expect(unit.find("[data-do=complete]")).to_be_hidden()
    assert "failed" in unit.state()
    lms.exit()
    assert lms.status(BEES) == "failed"


def test_progress_is_written_at_once_and_committed_a_little_later(lms: Lms) -> None:
    lms.page.clock.install()
    lms.reload()
    unit = lms.launch(BEES)
    lms.page.clock.pause_at(lms.page.evaluate("() => Date.now() + 60_000"))  # however slow this machine is
    unit.next()  # after so long a pause it is committed at once
    commits = len(lms.calls("LMSCommit"))
    for _ in range(2):
        unit.next()
    assert lms.written("cmi.core.lesson_location")[-1] == unit.pages()[3]
    assert len(lms.calls("LMSCommit")) == commits
    lms.page.clock.run_for(16_000)
    assert len(lms.calls("LMSCommit")) == commits + 1
    assert lms.saved(BEES)["core"]["lesson_location"] == unit.pages()[3]


def test_a_hidden_page_commits_its_time_but_keeps_its_session(lms: Lms) -> None:
    unit = lms.launch(BEES)
    unit.next()
    unit.frame.evaluate(WHEN_HIDDEN)
    assert len(lms.written(TIME)) == 1
    assert lms.calls()[-1]["method"] == "LMSCommit"
    assert lms.calls("LMSFinish") == []
    unit.next()
    assert lms.written("cmi.core.lesson_location")[-1] == unit.pages()[2]


@pytest.mark.parametrize(
    "event", ["new Event('beforeunload')", "new PageTransitionEvent('pagehide', { persisted: true })"]
)
def test_a_page_that_may_come_back_is_not_finished(lms: Lms, event: str) -> None:
    unit = lms.launch(BEES)
    unit.frame.evaluate(f"() => {{ window.dispatchEvent({event}) }}")
    assert lms.calls("LMSFinish") == []
    unit.work_through()
    assert lms.status(BEES) == "completed"


@pytest.mark.parametrize(
    ("spent", "written"),
    [(0, "0000:00:0"), (59_000, "0000:00:59"), (3_600_000, "0001:00:0"), (100 * 3_600_000 + 61_000, "0100:01:0")],
)
def test_session_time_is_that_of_the_session_in_the_form_the_specification_asks(
    lms: Lms, spent: int, written: str
) -> None:
    lms.page.clock.install()
    lms.reload()
    unit = lms.launch(BEES)
    lms.page.clock.fast_forward(spent)
    unit.next()
    lms.exit()
    time = lms.written(TIME)[-1]
    assert re.fullmatch(r"\d{4}:[0-5]\d:[0-5]\d", time)
    assert time[: len(written)] == written or (time, spent) == ("0000:01:00", 59_000)
    assert all(call["result"] == "true" for call in lms.calls("LMSSetValue"))


def test_time_adds_up_over_sessions_and_is_not_counted_twice_within_one(lms: Lms) -> None:
    lms.page.clock.install()
    lms.reload()
    for _ in range(2):
        unit = lms.launch(BEES)
        for _ in range(2):  # the page is hidden twice in each session
            lms.page.clock.fast_forward(600_000)
            unit.frame.evaluate(WHEN_HIDDEN)
        lms.exit()
    assert re.fullmatch(r"0*0:40:0\d(\.\d+)?", lms.saved(BEES)["core"]["total_time"])


@pytest.mark.parametrize("query", ["mode=review", "mode=browse", "credit=no-credit"])
def test_without_credit_a_look_says_so_and_completes_nothing(lms: Lms, query: str) -> None:
    lms.open(query)
    unit = lms.launch(BEES)
    unit.read_all()
    expect(unit.find(".finish [data-state=review]")).to_be_visible()
    expect(unit.find("[data-do=complete]")).to_be_hidden()
    lms.exit()
    assert lms.written(STATUS) == ["browsed"]  # left alone, Moodle would complete it at the end
    assert lms.status(BEES) == "browsed"


def test_an_lms_without_a_way_to_commit_completes_what_it_has_taken(lms: Lms) -> None:
    lms.page.evaluate("() => { lms.answers.LMSCommit = 'false' }")
    unit = lms.launch(BEES)
    unit.work_through()
    assert unit.state() == "Completed"
    lms.exit()
    assert lms.status(BEES) == "completed"


def test_two_tabs_without_an_lms_undo_nothing_of_each_other(page: Page, shelf: Shelf) -> None:
    address = shelf.address(BEES)
    one, two = stand_alone(page, address), stand_alone(page.context.new_page(), address)
    one.work_through()
    two.go("checklist")
    two.boxes().first.check()
    for tab in (one, two):
        tab.frame.goto(address) if isinstance(tab.frame, Page) else None
        assert Unit(tab.frame).state() == "Completed"
    assert two.ticked()[0]


def test_an_empty_lesson_mode_means_normal(lms: Lms) -> None:
    lms.open("mode=")
    lms.complete(BEES)
    assert lms.status(BEES) == "completed"


# --- when the LMS misbehaves --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "answer"),
    [("LMSSetValue", "false"), ("LMSCommit", "false"), ("LMSSetValue", ""), ("LMSCommit", False)],
)
def test_a_completion_the_lms_refuses_is_not_shown_as_done_and_can_be_tried_again(
    lms: Lms, method: str, answer: str | bool
) -> None:
    unit = lms.launch(BEES)
    unit.read_all()
    lms.answer(method, answer)
    unit.complete()
    expect(unit.find("[data-finish=not-saved]")).to_be_visible()
    expect(unit.find(".finish .done")).to_be_hidden()
    lms.let(method)
    unit.complete()
    expect(unit.find(".finish .done")).to_be_visible()
    expect(unit.find("[data-finish=not-saved]")).to_be_hidden()
    assert lms.status(BEES) == "completed"


def test_an_lms_that_answers_in_booleans_is_understood(lms: Lms) -> None:
    lms.answer("LMSCommit", True)
    unit = lms.launch(BEES)
    unit.work_through()
    assert unit.state() == "Completed"


def test_an_api_that_throws_never_breaks_the_page(lms: Lms) -> None:
    lms.page.evaluate("() => { lms.answers.LMSSetValue = lms.answers.LMSCommit = () => { throw new Error('down') } }")
    unit = lms.launch(BEES)
    for key in unit.pages()[1:]:
        unit.next()
        assert unit.shown() == [key]
    unit.complete()
    expect(unit.find("[data-finish=not-saved]")).to_be_visible()


def test_an_lms_that_cannot_say_the_status_has_none_overwritten(lms: Lms) -> None:
    lms.patch(BEES, lesson_status="completed")
    lms.page.evaluate(
        "() => { lms.answers.LMSGetValue = () => { window.API.LMSGetLastError = () => '101'; return '' } }"
    )
    lms.launch(BEES)
    assert lms.written(STATUS) == []


def test_an_lms_that_will_not_start_leaves_progress_in_the_browser_and_says_so(lms: Lms) -> None:
    lms.answer("LMSInitialize", "false")
    unit = lms.launch(BEES)
    expect(unit.find(".banner[data-when=lost]")).to_be_visible()
    unit.go("topics")
    assert unit.find("a[data-unit-link=after]").count() == 0
    lms.exit()
    assert {call["method"] for call in lms.calls()} == {"LMSInitialize"}
    assert lms.launch(BEES).shown() == ["topics"]


# --- where the API may be -----------------------------------------------------------------------------------------------


def connect(lms: Lms, title: str = BEES) -> None:
    """Put the API of a unit into the LMS's window, without showing the unit."""
    lms.page.evaluate("identifier => { window.API = lms.connect(identifier) }", lms.item(title))


def test_the_api_is_found_in_the_window_that_opened_the_unit(lms: Lms) -> None:
    connect(lms)
    with lms.page.expect_popup() as popup:
        lms.page.evaluate("address => { window.open(address) }", lms.address(BEES))
    unit = Unit(popup.value)
    unit.work_through()
    popup.value.close(run_before_unload=True)
    lms.page.wait_for_function("() => lms.calls.some(call => call.method === 'LMSFinish')")
    assert lms.status(BEES) == "completed"
    assert len(lms.calls("LMSFinish")) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_api_is_found_above_a_frame_even_one_of_another_origin(lms: Lms, host: str) -> None:
    connect(lms)
    between = f"{lms.origin.replace('127.0.0.1', host)}/lms/between.html?unit={lms.address(BEES)}"
    lms.page.evaluate(
        """address => {
          document.getElementById("stage").append(Object.assign(document.createElement("iframe"), { src: address }));
        }""",
        between,
    )
    lms.page.wait_for_function("() => lms.calls.length > 0")
    assert lms.calls()[0]["method"] == "LMSInitialize"


def test_an_api_that_comes_after_the_content_is_still_found(lms: Lms) -> None:
    lms.page.evaluate(
        """identifier => {
          lms.launch(identifier);
          const api = window.API;
          delete window.API;
          setTimeout(() => { window.API = api }, 500);
        }""",
        lms.item(BEES),
    )
    lms.playing()
    assert lms.status(BEES) == "incomplete"


def test_an_element_that_happens_to_be_called_api_is_not_taken_for_one(page: Page, shelf: Shelf) -> None:
    address = shelf.address(BEES)
    page.add_init_script("document.addEventListener('readystatechange', () => { document.body.id = 'API' })")
    unit = stand_alone(page, address)
    expect(unit.find(".banner")).to_have_count(2)
    expect(unit.find(".banner:visible")).to_have_count(0)


# --- the end of a unit --------------------------------------------------------------------------------------------------

LIKE_MOODLE = """() => {
  const { LMSGetValue, LMSSetValue, LMSGetLastError } = window.API;
  const own = (name) => name === "nav.event";
  let error = "";
  window.moves = [];
  window.API.LMSGetValue = (name) => ((error = own(name) ? "404" : ""), own(name) ? "" : LMSGetValue(name));
  window.API.LMSSetValue = (name, value) => (own(name) ? window.moves.push(value) && "true" : LMSSetValue(name, value));
  window.API.LMSGetLastError = () => error || LMSGetLastError();
}"""


def test_the_end_says_what_was_done_and_leads_on_by_the_menu(lms: Lms) -> None:
    """What learners tick for themselves is remembered, and no condition; the course's pages learn how the unit stands."""
    unit = lms.open("learner=anna").launch(BEES)
    total = len(unit.pages())
    unit.go(unit.pages()[-1])
    expect(unit.find("[data-achieved=pages]")).to_have_text(f"2 of {total} pages read")
    unit.read_all()
    goals = unit.find(".goals input")
    goals.last.check()
    unit.complete()
    expect(unit.find(".finish .done")).to_be_focused()
    expect(unit.find(".onward")).to_contain_text(f"Next: {HIVE} Open it from the course menu.")
    expect(unit.find("[data-do=move]:visible")).to_have_count(0)
    assert not [call for call in lms.calls("LMSSetValue") if "nav" in call["values"][0]]
    home = str(unit.find("a[data-unit-link=overview]").last.get_attribute("href"))
    learner = home.partition("?reading=1#learner=")[2]
    kept = lms.page.evaluate("() => Object.entries(localStorage).filter(([key]) => key.startsWith('coursewright/'))")
    ((key, value),) = kept
    assert re.fullmatch(rf"coursewright/[\w-]+/{learner}/{lms.item(BEES)}", key)
    assert json.loads(value) == {"state": "completed", "read": total, "of": total}
    lms.exit()
    unit = lms.launch(BEES)
    assert goals_of(unit) == [*[False] * (goals_of(unit).index(True)), True]
    expect(unit.find("[data-move=menu]")).to_be_attached()


def goals_of(unit: Unit) -> list[bool]:
    return [bool(at) for at in unit.find(".goals input").evaluate_all("boxes => boxes.map(box => box.checked)")]


def test_an_lms_that_can_move_on_is_asked_once_and_what_it_leaves_undone_is_said(lms: Lms) -> None:
    unit = lms.launch(BEES)
    lms.page.evaluate(LIKE_MOODLE)
    unit.work_through()
    unit.find("[data-do=move]:visible").click()
    assert lms.page.evaluate("() => window.moves") == ["continue"]
    expect(unit.find("[data-move=closed]")).to_be_visible()  # this one stays where it is
    lms.exit()
    methods = [call["method"] for call in lms.calls()]
    assert (methods.count("LMSFinish"), methods[-1]) == (1, "LMSFinish")
    assert lms.saved(BEES)["core"]["lesson_status"] == "completed"


# --- units among each other ---------------------------------------------------------------------------------------------


def test_inside_an_lms_no_link_loads_another_unit_into_the_frame(lms: Lms) -> None:
    lms.complete(BEES)
    unit = lms.launch(HIVE)
    unit.read_all()
    assert unit.find("a[data-unit-link=after]").count() == 0
    expect(unit.find(".after")).to_contain_text(COLONY)
    expect(unit.find(".after .hint[data-when]")).to_be_visible()
    before = unit.find(".before a[data-unit-link=before]")
    assert before.evaluate_all("links => links.map(link => [link.target, link.rel])") == [["_blank", "noopener"]]


def test_a_unit_before_opens_in_a_new_tab_for_reading_only(lms: Lms) -> None:
    lms.complete(BEES)
    unit = lms.launch(HIVE)
    calls = len(lms.calls())
    with lms.page.context.expect_page() as opened:
        unit.find(".before a[data-unit-link=before]").click()
    tab = opened.value
    read = Unit(tab)
    assert tab.url == f"{lms.address(BEES)}?reading=1"
    assert tab.evaluate("() => window.opener") is None
    expect(read.find(".banner[data-when=reading]")).to_be_visible()
    expect(read.find("h1")).to_contain_text(BEES)
    tab.close()
    later = {call["method"] for call in lms.calls()[calls:]}
    assert later <= {"LMSCommit"}  # the unit that was launched saves what it said before


def test_a_page_for_reading_never_looks_for_the_api_and_keeps_nothing(lms: Lms) -> None:
    address = f"{lms.address(BEES)}?reading=1"
    lms.page.evaluate(
        """address => {
          window.looks = 0;
          Object.defineProperty(window, "API", { get() { window.looks += 1; return undefined } });
          document.getElementById("stage").append(Object.assign(document.createElement("iframe"), { src: address }));
        }""",
        address,
    )
    unit = lms.playing()
    for key in unit.pages()[1:]:
        unit.next()
        assert unit.shown() == [key]
    expect(unit.find(".finish")).to_be_hidden()
    assert unit.find("a[data-unit-link=after]").count() == 0
    assert lms.page.evaluate("() => window.looks") == 0
    assert lms.page.evaluate("() => Object.keys(localStorage)") == []


# --- without an LMS -----------------------------------------------------------------------------------------------------


def test_on_its_own_a_unit_keeps_its_progress_in_the_browser(page: Page, shelf: Shelf) -> None:
    address = shelf.address(BEES)
    unit = stand_alone(page, address)
    unit.go("checklist")
    unit.boxes().nth(1).check()
    again = stand_alone(page, address)
    assert again.shown() == ["checklist"]
    assert again.ticked() == [False, True, False]
    again.work_through()
    last = stand_alone(page, address)
    assert last.state() == "Completed"
    (key,) = page.evaluate("() => Object.keys(localStorage)")
    assert re.fullmatch(r"coursewright/[^/]+/[^/]+", key)


def test_on_their_own_units_keep_their_progress_apart_and_link_to_each_other(page: Page, shelf: Shelf) -> None:
    bees, hive = shelf.address(BEES), shelf.address(HIVE)
    unit = stand_alone(page, bees)
    unit.read_all()
    unit.find(".after a[data-unit-link=after]").filter(has_text=HIVE).click()
    page.wait_for_url(hive)
    following = Unit(page)
    assert following.shown() == [following.pages()[0]]
    following.find(".before a[data-unit-link=before]").click()
    page.wait_for_url(bees)
    assert len(page.context.pages) == 1


@pytest.mark.parametrize("kept", ["", "null", "7", '"text"', "{", json.dumps({"data": 5, "location": [], "state": {}})])
def test_unreadable_progress_in_the_browser_is_passed_over(page: Page, shelf: Shelf, kept: str) -> None:
    address = shelf.address(BEES)
    stand_alone(page, address)
    page.evaluate("kept => localStorage.setItem(Object.keys(localStorage)[0], kept)", kept)
    unit = stand_alone(page, address)
    assert unit.shown() == [unit.pages()[0]]
    assert unit.state() == "In progress"


def test_a_browser_that_forbids_storage_still_shows_and_completes_the_unit(page: Page, shelf: Shelf) -> None:
    address = shelf.address(BEES)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    unit = stand_alone(page, address)
    unit.work_through()
    assert unit.state() == "Completed"


def test_a_package_unzipped_on_a_disk_plays_from_there(page: Page, package: Path) -> None:
    files = sorted(package.glob("units/*/index.html"))
    assert len(files) == len(UNITS)
    unit = stand_alone(page, files[0].as_uri())
    unit.work_through()
    unit.find("a[data-unit-link]:visible").first.click()
    assert Unit(page).find("h1").count() == 1
    assert page.url.startswith(package.as_uri())


def test_a_unit_of_one_page_has_just_the_button(page: Page, tmp_path: Path) -> None:
    source = tmp_path / "curriculum"
    source.mkdir()
    (source / "one.md").write_text(ONE_PAGE, encoding="utf-8")
    (file,) = build(source, tmp_path).glob("units/*/index.html")
    unit = stand_alone(page, file.as_uri())
    assert len(unit.pages()) == 1
    expect(unit.find("main button:visible")).to_have_count(1)
    unit.complete()
    assert stand_alone(page, file.as_uri()).state() == "Completed"


# --- reading and moving -------------------------------------------------------------------------------------------------


def test_buttons_turn_pages_move_the_focus_and_say_where_one_is(lms: Lms) -> None:
    unit = lms.launch(BEES)
    keys = unit.pages()
    expect(unit.find("[data-do=previous]")).to_be_hidden()
    for number, key in enumerate(keys[1:], start=2):
        unit.next()
        assert unit.shown() == [key]
        assert unit.focused() == unit.find(f"#{key} h2").inner_text()
        assert unit.find("nav [aria-current=page]").get_attribute("data-goto") == key
        expect(unit.find(".turn [role=status]")).to_have_text(f"Page {number} of {len(keys)}")
        assert unit.frame.evaluate("() => location.hash") == f"#{key}"
    expect(unit.find("[data-do=next]")).to_be_hidden()
    unit.find("[data-do=previous]").click()
    assert unit.shown() == [keys[-2]]


def test_arrow_keys_turn_pages_but_not_from_where_they_mean_something_else(page: Page, shelf: Shelf) -> None:
    unit = stand_alone(page, shelf.address(BEES))
    keys = unit.pages()
    page.keyboard.press("ArrowRight")
    assert unit.shown() == [keys[1]]
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert unit.shown() == [keys[1]]
    unit.find(".scroll:visible").first.focus()
    page.keyboard.press("ArrowRight")
    assert unit.shown() == [keys[1]]
    page.keyboard.press("Tab")
    unit.go("checklist")
    unit.boxes().first.focus()
    page.keyboard.press("ArrowLeft")
    assert unit.shown() == ["checklist"]
    unit.find("[data-do=next]").focus()
    page.keyboard.press("ArrowLeft")
    assert unit.shown() == [keys[keys.index("checklist") - 1]]


def test_a_page_has_an_address_of_its_own(page: Page, shelf: Shelf) -> None:
    address = shelf.address(BEES)
    unit = stand_alone(page, f"{address}#topics")
    assert unit.shown() == ["topics"]
    page.evaluate("() => { location.hash = 'objectives' }")
    expect(unit.find("#objectives")).to_be_visible()
    page.evaluate("() => { location.hash = 'no-such-page' }")
    assert unit.shown() == ["objectives"]
    page.evaluate("() => { location.hash = '%' }")
    assert unit.shown() == ["objectives"]


def test_turning_pages_leaves_no_trace_in_the_history(page: Page, shelf: Shelf) -> None:
    unit = stand_alone(page, shelf.address(BEES))
    before = page.evaluate("() => history.length")
    unit.read_all()
    assert page.evaluate("() => history.length") == before


def test_everything_can_be_reached_and_done_by_keyboard_alone(page: Page, shelf: Shelf) -> None:
    unit = stand_alone(page, shelf.address(BEES))
    for _ in unit.pages()[1:]:
        unit.find("[data-do=next]").press("Enter")
    unit.find("[data-do=complete]").press("Enter")
    assert unit.state() == "Completed"


def test_on_a_narrow_screen_the_menu_folds_and_unfolds(open_page: Opener, shelf: Shelf) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    unit = stand_alone(page, shelf.address(BEES))
    expect(unit.find("#cw-pages")).to_be_hidden()
    unit.find("[data-do=menu]").click()
    unit.go("topics")
    assert unit.shown() == ["topics"]
    expect(unit.find("#cw-pages")).to_be_hidden()


@pytest.mark.parametrize("title", UNITS)
def test_every_page_is_sound_legible_and_fits(open_page: Opener, shelf: Shelf, title: str) -> None:
    page = open_page(reduced_motion="reduce")
    unit = stand_alone(page, shelf.address(title))
    faults = {}

    def look(what: str) -> None:
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            if found := page.evaluate(BASICS):
                faults[what, scheme, width] = found

    for key in unit.pages():
        page.evaluate("key => { location.hash = key }", key)
        expect(unit.find(f"#{key}")).to_be_visible()
        look(key)
    unit.complete()
    look("completed")
    assert faults == {}


def test_without_javascript_every_page_can_be_read(open_page: Opener, shelf: Shelf) -> None:
    address = shelf.address(BEES)
    page = open_page(java_script_enabled=False)
    page.goto(address)
    sections = page.locator("section[data-page]")
    assert sections.count() > 3
    for section in sections.all():
        expect(section).to_be_visible()
    expect(page.locator("main button:visible")).to_have_count(0)


def test_print_shows_every_page_and_no_controls(page: Page, shelf: Shelf) -> None:
    unit = stand_alone(page, shelf.address(BEES))
    page.emulate_media(media="print")
    assert unit.shown() == unit.pages()
    expect(page.locator("button:visible, nav:visible")).to_have_count(0)


def test_what_is_said_to_the_lms_can_be_followed_on_the_console_but_only_when_asked(
    browser: Browser, shelf: Shelf
) -> None:
    address = shelf.address(BEES)
    with browser.new_context() as context:
        said: list[str] = []
        context.on("console", lambda message: said.append(message.type))
        page = context.new_page()
        stand_alone(page, address).read_all()
        assert said == []
        connect_script = (
            "window.API = { LMSInitialize: () => 'true', LMSGetValue: () => '', LMSGetLastError: () => '0' }"
        )
        page.add_init_script(connect_script)
        stand_alone(page, f"{address}?debug").read_all()
        assert set(said) == {"debug"}
