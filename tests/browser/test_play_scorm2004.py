"""A SCORM 2004 package, played in a real browser: what the LMS is told, what is remembered, and what the page says of
required units where the LMS leaves the door open. `test_play_sequencing` shows that it doesn't."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import HERE, served
from .player import BEES, COLONY, HIVE, HONEY, UNITS, Opener, Shelf, Unit, build
from .player2004 import Lms2004

pytestmark = pytest.mark.browser

BASICS = (HERE / "basics.js").read_text(encoding="utf-8")
LOOKS: list[tuple[Literal["light", "dark"], int]] = [("light", 320), ("dark", 320), ("light", 1280), ("dark", 1280)]
COMPLETION, SUCCESS = "cmi.completion_status", "cmi.success_status"
PROGRESS, TIME = "cmi.progress_measure", "cmi.session_time"


@pytest.fixture(scope="module")
def package2004(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small curriculum as an extracted SCORM 2004 package; the pages of the two editions are the same."""
    return build(HERE / "curriculum", tmp_path_factory.mktemp("course"), "scorm2004-4th")


@pytest.fixture(scope="module")
def origin2004(package2004: Path) -> Iterator[str]:
    with served(package2004) as address:
        yield address


@pytest.fixture
def lms(page: Page, origin2004: str, scorm_again: None) -> Lms2004:
    """The LMS with the package, as a new learner finds it."""
    return Lms2004(page, origin2004).open()


@pytest.fixture
def shelf(package2004: Path, origin2004: str) -> Shelf:
    """The units of the package, for a test that needs no LMS."""
    return Shelf(package2004, origin2004)


Spoil = Callable[[Callable[[str], str]], Lms2004]


@pytest.fixture
def with_manifest(page: Page, package2004: Path, scorm_again: None, tmp_path: Path) -> Iterator[Spoil]:
    """Return a function that opens the package in the LMS with another manifest."""
    servers = []

    def opener(change: Callable[[str], str]) -> Lms2004:
        folder = tmp_path / "changed"
        shutil.copytree(package2004, folder)
        manifest = (package2004 / "imsmanifest.xml").read_text(encoding="utf-8")
        (folder / "imsmanifest.xml").write_text(change(manifest), encoding="utf-8")
        servers.append(served(folder))
        return Lms2004(page, servers[-1].__enter__()).open()

    yield opener
    for server in servers:
        server.__exit__(None, None, None)


def without_locks(manifest: str) -> str:
    return re.sub(r"<imsss:sequencingRules>.*?</imsss:sequencingRules>", "", manifest, flags=re.DOTALL)


def without_needs(manifest: str) -> str:
    """What Moodle makes of it: no rules, and nothing to read the others' status from."""
    pattern = r'<imsss:objective objectiveID="need\..*?</imsss:objective>'
    return re.sub(pattern, "", without_locks(manifest), flags=re.DOTALL)


# --- what opens when ----------------------------------------------------------------------------------------------------


def test_completing_units_opens_what_builds_on_them_and_no_more(lms: Lms2004) -> None:
    assert lms.locked() == [HIVE, HONEY, COLONY]
    lms.launch(BEES).read_all()  # without the button
    lms.exit()
    assert lms.locked() == [HIVE, HONEY, COLONY]
    assert lms.state(BEES) == {"completion": "incomplete", "success": "unknown"}
    lms.complete(BEES)
    assert lms.locked() == [COLONY]
    lms.complete(HONEY)
    assert lms.locked() == [COLONY]
    lms.complete(HIVE)
    assert lms.locked() == []


# --- what the LMS is told -----------------------------------------------------------------------------------------------


def test_a_session_tells_what_grows_and_what_is_complete_once_and_nothing_is_refused(lms: Lms2004) -> None:
    unit = lms.launch(BEES)
    assert lms.written(COMPLETION) == ["incomplete"]
    assert lms.written("cmi.exit") == ["suspend"]
    assert lms.written(SUCCESS) == []
    assert lms.saved(BEES)["completion_status"] == "incomplete"
    grows(lms, unit)
    unit.complete()
    assert (lms.written(COMPLETION)[-1], lms.written(SUCCESS), lms.written(PROGRESS)[-1]) == (
        "completed",
        ["passed"],
        "1",
    )
    saved = lms.saved(BEES)
    assert (saved["completion_status"], saved["success_status"]) == ("completed", "passed")
    assert lms.locked() == [COLONY]
    assert unit.state() == "Completed"
    goals = unit.frame.evaluate("() => JSON.parse(document.body.dataset.goals)")
    assert len(goals) > 0
    listed = {at["id"]: at for at in saved["objectives"].values()}
    assert {name for name in listed if name.startswith("goal.")} == {name for name, _ in goals}
    for name, text in goals:
        assert (listed[name]["description"], listed[name]["completion_status"]) == (text, "completed")
    lms.exit()
    methods = [call["method"] for call in lms.calls()]
    assert methods[0] == "Initialize"
    assert methods[-2:] == ["Commit", "Terminate"]
    assert (methods.count("Initialize"), methods.count("Terminate")) == (1, 1)
    refused = [
        call
        for call in lms.calls()
        if str(call["error"]) != "0" or (call["method"] != "GetValue" and call["result"] == "false")
    ]
    assert {(call["method"], str(call["error"])) for call in refused} <= {("GetValue", "403")}
    comes_back_complete(lms)


def grows(lms: Lms2004, unit: Unit) -> None:
    """Hold that progress grows with pages and ticks, and is not whole before completion."""
    pages, boxes = len(unit.pages()), unit.boxes().count()
    unit.read_all()
    assert float(lms.written(PROGRESS)[-1]) == pytest.approx(pages / (pages + boxes + 1), abs=0.01)
    unit.go("checklist")
    for box in unit.boxes().all():
        box.check()
    measures = [float(value) for value in lms.written(PROGRESS)]
    assert measures == sorted(measures) and measures[-1] < 1
    unit.go(unit.pages()[-1])


def comes_back_complete(lms: Lms2004) -> None:
    """Hold that a finished unit is finished when it is opened again, and writes no status."""
    before = len(lms.calls("SetValue"))
    unit = lms.launch(BEES)
    unit.read_all()
    assert unit.state() == "Completed"
    lms.exit()
    written = {call["values"][0] for call in lms.calls("SetValue")[before:]}
    assert written <= {"cmi.exit", "cmi.location", "cmi.suspend_data", TIME}
    assert lms.locked() == [COLONY]


def test_time_is_told_in_the_form_the_specification_asks(lms: Lms2004) -> None:
    lms.page.clock.install()
    lms.reload()
    unit = lms.launch(BEES)
    lms.page.clock.fast_forward(100 * 3_600_000 + 61_000)
    unit.next()
    lms.exit()
    assert re.fullmatch(r"PT3600\d\dS", lms.written(TIME)[-1])
    assert re.fullmatch(r"(?:PT100H|P4DT4H)1M\d+(?:\.\d+)?S", lms.saved(BEES)["total_time"])


def test_objectives_that_the_lms_does_not_list_are_added(with_manifest: Spoil) -> None:
    lms = with_manifest(lambda manifest: re.sub(r'<imsss:objective objectiveID="goal\.[^>]*/>', "", manifest))
    unit = lms.launch(BEES)
    goals = unit.frame.evaluate("() => JSON.parse(document.body.dataset.goals)")
    unit.work_through()
    listed = [at["id"] for at in lms.saved(BEES)["objectives"].values()]
    assert [name for name, _ in goals] == [name for name in listed if name.startswith("goal.")]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("query", ["mode=review", "mode=browse", "credit=no-credit"])
def test_without_credit_nothing_is_said_but_that_it_is_not_complete(lms: Lms2004, query: str) -> None:
    lms.open(query)
    unit = lms.launch(BEES)
    unit.read_all()
    expect(unit.find(".finish [data-state=review]")).to_be_visible()
    lms.exit()
    assert lms.written(COMPLETION) == ["incomplete"]  # left alone, some would complete it at the end
    assert lms.written(SUCCESS) + lms.written(PROGRESS) == []
    assert not [call for call in lms.calls("SetValue") if call["values"][0].startswith("cmi.objectives")]


# --- what is remembered -------------------------------------------------------------------------------------------------


def test_the_page_and_the_ticks_survive_leaving_and_a_reload_of_the_lms(lms: Lms2004) -> None:
    unit = lms.launch(BEES)
    unit.go("checklist")
    unit.boxes().nth(0).check()
    unit.boxes().nth(2).check()
    lms.exit()
    again = lms.launch(BEES)
    assert again.shown() == ["checklist"]
    assert again.ticked() == [True, False, True]
    lms.reload()
    last = lms.launch(BEES)
    assert last.shown() == ["checklist"]
    assert last.ticked() == [True, False, True]


def test_a_new_attempt_on_a_finished_unit_is_finished_at_once(lms: Lms2004) -> None:
    lms.page.evaluate("() => { lms.answers.SetValue = name => name === 'cmi.exit' ? 'true' : undefined }")
    lms.complete(BEES)  # without cmi.exit=suspend the attempt ends here
    again = lms.launch(BEES)
    assert again.state() == "Completed"
    assert lms.written(COMPLETION, BEES)[-1] == "completed"
    lms.exit()
    assert lms.state(BEES) == {"completion": "completed", "success": "passed"}
    assert lms.locked() == [COLONY]


@pytest.mark.parametrize(
    ("completion", "success", "written"),
    [
        ("completed", "unknown", []),  # as an LMS completes it by itself: the learner has yet to say so
        ("unknown", "passed", ["completed", "passed"]),  # as a new attempt finds it
        ("incomplete", "passed", ["completed", "passed"]),
        ("completed", "passed", []),
        ("completed", "failed", []),
        ("incomplete", "unknown", ["incomplete"]),
    ],
)
def test_half_a_completion_is_made_whole_and_nothing_else_is_touched(
    lms: Lms2004, completion: str, success: str, written: list[str]
) -> None:
    answers = {COMPLETION: completion, SUCCESS: success}
    lms.page.evaluate("answers => { lms.answers.GetValue = name => answers[name] }", answers)
    unit = lms.launch(BEES)
    assert lms.written(COMPLETION) + lms.written(SUCCESS) == written
    lms.exit()
    lms.open("credit=no-credit")
    lms.page.evaluate("answers => { lms.answers.GetValue = name => answers[name] }", answers)
    lms.launch(BEES)
    again = ["incomplete"] if (completion, success) == ("incomplete", "unknown") else []
    assert lms.written(COMPLETION) + lms.written(SUCCESS) == again
    lms.open()
    lms.page.evaluate("answers => { lms.answers.GetValue = name => answers[name] }", answers)
    unit = lms.launch(BEES)
    expected = "failed" if success == "failed" else "Completed" if "passed" in (*written, success) else "In progress"
    assert expected in unit.state()


def refuse(lms: Lms2004, element: str) -> None:
    """Let the LMS refuse every value of an element."""
    lms.page.evaluate("at => { lms.answers.SetValue = name => name === at ? 'false' : undefined }", element)


def test_a_completion_that_is_refused_in_part_is_never_shown_as_done(lms: Lms2004) -> None:
    refuse(lms, SUCCESS)
    for _ in range(2):  # the second time it is found half done
        unit = lms.launch(BEES)
        unit.read_all()
        unit.complete()
        expect(unit.find("[data-finish=not-saved]")).to_be_visible()
        assert unit.state() == "In progress"
        lms.exit()
    lms.let("SetValue")
    again = lms.launch(BEES)
    again.go(again.pages()[-1])
    again.complete()
    assert again.state() == "Completed"
    assert lms.locked() == [COLONY]


@pytest.mark.parametrize("element", [PROGRESS, "cmi.objectives.0.id", "cmi.objectives.1.completion_status"])
def test_a_refusal_of_what_opens_nothing_does_no_harm(lms: Lms2004, element: str) -> None:
    refuse(lms, element)
    lms.complete(BEES)
    assert lms.locked() == [COLONY]


def test_what_was_never_written_is_no_failure_to_answer(lms: Lms2004) -> None:
    unset = """() => {
      lms.answers.GetValue = name => /status/.test(name) ? "" : undefined;
      Object.defineProperty(window, "API_1484_11", { set(api) { api.GetLastError = () => "403"; this.api = api },
        get() { return this.api }, configurable: true });
    }"""
    lms.page.evaluate(unset)
    unit = lms.launch(BEES)
    assert unit.state() == "In progress"
    assert lms.written(COMPLETION) == ["incomplete"]


def test_suspend_data_has_room_for_far_more_than_scorm_1_2(lms: Lms2004) -> None:
    ticks = ",".join(f"{number:04x}" for number in range(2000))
    unit = lms.launch(BEES)
    own = unit.boxes().first.get_attribute("data-tick")
    lms.exit()
    lms.page.evaluate(
        "data => { lms.answers.GetValue = n => n === 'cmi.suspend_data' ? data : undefined }",
        f"1;p=overview;t={ticks},{own}",
    )
    assert lms.launch(BEES).ticked() == [True, False, False]


# --- what the page says of required units -------------------------------------------------------------------------------


def test_where_the_lms_leaves_the_door_open_the_page_says_what_is_still_required(with_manifest: Spoil) -> None:
    lms = with_manifest(without_locks)
    assert lms.locked() == []
    lms.complete(BEES)
    lms.complete(HIVE)
    unit = lms.launch(COLONY)
    banner = unit.find(".banner[data-missing=few]")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("MOD-903")
    expect(banner).not_to_contain_text(HIVE)
    stand = {HIVE: ".met", HONEY: ".missing"}
    for title, shown in stand.items():
        line = unit.find("[data-need]").filter(has_text=title)
        expect(line.locator(shown)).to_be_visible()
        expect(line.locator(".met:visible, .missing:visible")).to_have_count(1)
    unit.read_all()  # nothing is kept from whoever wants to read on
    unit.complete()
    expect(banner).to_be_hidden()
    lms.complete(HONEY)
    again = lms.launch(COLONY)
    again.go("overview")
    expect(again.find(".met:visible")).to_have_count(2)
    expect(again.find("[data-unchecked]")).to_be_hidden()


def test_where_the_lms_does_not_tell_the_page_says_so(with_manifest: Spoil) -> None:
    lms = with_manifest(without_needs)
    unit = lms.launch(COLONY)
    expect(unit.find("[data-unchecked]")).to_be_visible()
    expect(unit.find(".met:visible, .missing:visible, .banner:visible")).to_have_count(0)


@pytest.mark.parametrize(
    ("listed", "met", "missing", "unchecked"),
    [
        ([("HIVE", "Passed"), ("HONEY", "failed")], 1, 1, False),
        ([("HIVE", ""), ("HONEY", "unknown")], 0, 1, False),
        ([("HIVE", ""), ("HONEY", "")], 0, 0, True),
        ([("HIVE", "passed")], 1, 0, False),
    ],
)
def test_nothing_is_claimed_that_the_lms_does_not_say(
    page: Page, shelf: Shelf, listed: list[tuple[str, str]], met: int, missing: int, unchecked: bool
) -> None:
    names = {"HIVE": f"need.{shelf.item(HIVE)}", "HONEY": f"need.{shelf.item(HONEY)}"}
    values = {"cmi.objectives._count": str(len(listed))}
    for index, (name, success) in enumerate(listed):
        values |= {f"cmi.objectives.{index}.id": names[name], f"cmi.objectives.{index}.success_status": success}
    address = shelf.address(COLONY)
    page.add_init_script(f"""
      const values = {json.dumps(values)};
      const yes = () => "true";
      window.API_1484_11 = {{ Initialize: yes, Terminate: yes, SetValue: yes, Commit: yes,
        GetValue: (name) => values[name] || "", GetLastError: () => "0" }};
    """)
    page.goto(address)
    unit = Unit(page)
    assert unit.find(".met:visible").count() == met
    assert unit.find(".missing:visible").count() == missing
    assert unit.find("[data-unchecked]").is_visible() == unchecked


def test_what_another_tab_completes_shows_at_once(page: Page, shelf: Shelf) -> None:
    colony, hive = shelf.address(COLONY), shelf.address(HIVE)
    page.goto(colony)
    unit = Unit(page)
    tab = page.context.new_page()
    tab.goto(hive)
    Unit(tab).work_through()
    expect(unit.find("[data-need]").filter(has_text=HIVE).locator(".met")).to_be_visible()


def test_without_an_lms_the_browser_knows_what_is_complete(page: Page, shelf: Shelf) -> None:
    addresses = {title: shelf.address(title) for title in UNITS}
    page.goto(addresses[COLONY])
    expect(Unit(page).find(".missing:visible")).to_have_count(2)
    page.goto(addresses[HIVE])
    Unit(page).work_through()
    page.goto(addresses[COLONY])
    unit = Unit(page)
    expect(unit.find("[data-need]").filter(has_text=HIVE).locator(".met")).to_be_visible()
    expect(unit.find(".banner[data-missing=few]")).to_contain_text("MOD-903")


def test_a_page_for_reading_says_nothing_of_it(page: Page, shelf: Shelf) -> None:
    page.goto(f"{shelf.address(COLONY)}?reading=1")
    expect(
        Unit(page).find(".met:visible, .missing:visible, [data-missing]:visible, [data-unchecked]:visible")
    ).to_have_count(0)


def test_the_page_with_something_missing_is_sound_legible_and_fits(open_page: Opener, shelf: Shelf) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto(shelf.address(HIVE))
    Unit(page).work_through()
    page.goto(shelf.address(COLONY))
    expect(Unit(page).find(".met:visible, .missing:visible")).to_have_count(2)
    faults = {}
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        if found := page.evaluate(BASICS):
            faults[scheme, width] = found
    assert faults == {}


# --- Moodle's player ----------------------------------------------------------------------------------------------------

MOODLE = """<!DOCTYPE html><title>player</title><script>
  let ended = false;
  window.calls = [];
  const answer = (name, result) => (...values) => { window.calls.push(name); return result(...values); };
  let error = "0";
  window.API_1484_11 = {
    Initialize: answer("Initialize", () => { error = ended ? "104" : "0"; return String(!ended); }),
    Terminate: answer("Terminate", () => { ended = true; return "true"; }),
    GetValue: () => "", SetValue: () => "true", Commit: () => "true", GetLastError: () => error,
  };
</script><iframe name="unit" src="/mod/scorm/loadSCO.php?QUERY"></iframe>"""


def moodle(page: Page, lms: Lms2004, path: str = "/mod/scorm") -> str:
    """Let the page meet a player with Moodle's habits: one API for each load of it; return its address."""

    def player(route: Route) -> None:
        body = MOODLE.replace("QUERY", urlsplit(route.request.url).query).replace("/mod/scorm", path)
        route.fulfill(content_type="text/html", body=body)

    def load(route: Route) -> None:
        title = parse_qs(urlsplit(route.request.url).query)["scoid"][0]
        route.fulfill(status=302, headers={"Location": addresses[title]})

    addresses = {title: lms.address(title) for title in (BEES, HIVE)}
    page.context.route(f"**{path}/player.php?*", player)
    page.context.route(f"**{path}/loadSCO.php?*", load)
    return f"{lms.origin}{path}/player.php"


@pytest.mark.parametrize("popup", ["", "&display=popup"])
def test_in_moodle_a_second_unit_gets_a_player_of_its_own(page: Page, lms: Lms2004, popup: str) -> None:
    player = moodle(page, lms)
    page.goto(f"{player}?scoid={quote(BEES)}{popup}")
    page.wait_for_function("() => calls.includes('Initialize')")
    page.evaluate(
        "next => { document.querySelector('iframe').src = next }", f"/mod/scorm/loadSCO.php?scoid={quote(HIVE)}"
    )
    page.wait_for_url(f"{player}?scoid={quote(HIVE)}{popup}")
    unit = Unit(page.frame("unit") or page)
    expect(unit.find("h1")).to_contain_text(HIVE)
    expect(unit.find(".banner[data-when=lost]")).to_be_hidden()
    assert unit.state() == "In progress"
    assert page.evaluate("() => calls") == ["Initialize"]


def test_in_moodle_units_can_be_changed_quickly(page: Page, lms: Lms2004) -> None:
    player = moodle(page, lms)
    page.goto(f"{player}?scoid={quote(BEES)}")
    for title in (HIVE, BEES, HIVE):
        page.wait_for_function("() => calls.includes('Initialize')")
        address = f"/mod/scorm/loadSCO.php?scoid={quote(title)}"
        page.evaluate("next => { document.querySelector('iframe').src = next }", address)
        page.wait_for_url(f"{player}?scoid={quote(title)}")
        unit = Unit(page.frame("unit") or page)
        assert unit.state() == "In progress"
        expect(unit.find(".banner[data-when=lost]")).to_be_hidden()


def test_a_player_that_always_says_it_has_ended_is_renewed_once(page: Page, lms: Lms2004) -> None:
    player = moodle(page, lms)
    page.clock.install()
    page.add_init_script("window.sessionStorage.setItem('loads', Number(window.sessionStorage.getItem('loads')) + 1)")
    page.context.route(
        "**/mod/scorm/player.php?*",
        lambda route: route.fulfill(
            content_type="text/html",
            body=MOODLE.replace("QUERY", f"scoid={quote(BEES)}").replace("ended = false", "ended = true"),
        ),
    )
    page.goto(f"{player}?scoid={quote(BEES)}")
    expect(page.frame_locator("iframe").locator(".banner[data-when=lost]")).to_be_visible()
    loads = int(page.evaluate("() => window.sessionStorage.getItem('loads')"))
    page.clock.run_for(10_000)
    page.wait_for_load_state()
    assert int(page.evaluate("() => window.sessionStorage.getItem('loads')")) == loads


def test_another_player_that_has_ended_is_left_alone(page: Page, lms: Lms2004) -> None:
    player = moodle(page, lms, "/another/lms")
    page.goto(f"{player}?scoid={quote(BEES)}")
    page.wait_for_function("() => calls.includes('Initialize')")
    page.evaluate(
        "next => { document.querySelector('iframe').src = next }", f"/another/lms/loadSCO.php?scoid={quote(HIVE)}"
    )
    page.wait_for_function("() => calls.filter(call => call === 'Initialize').length > 1")
    unit = Unit(page.frame("unit") or page)
    expect(unit.find(".banner[data-when=lost]")).to_be_visible()
    assert page.url == f"{player}?scoid={quote(BEES)}"
