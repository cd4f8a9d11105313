"""The preview's player in a real browser: packages of ours and of others, in both versions of SCORM."""

from __future__ import annotations

import re
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Error, Frame, Locator, Page, Request, Route, expect

from coursewright.building.settings import Config
from coursewright.cli.preview.courses import Documents, Origin, Packages, both_versions
from coursewright.cli.preview.server import Server, watch
from coursewright.cli.preview.site import Site

from .contexts import opener
from .courses import courses, open_after, orders, synthetic
from .player import BEES, COLONY, HIVE, HONEY, UNITS, Opener, Unit, Watch

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
BASICS = (HERE / "basics.js").read_text(encoding="utf-8")
LOOKS: list[tuple[Literal["light", "dark"], int]] = [("light", 320), ("dark", 390), ("light", 1280), ("dark", 1280)]
VERSIONS = ["1.2", "2004"]


class Listening(Watch):
    """What a browser should not do; a stream of news that ends with its page, or a unit left as it loads, is no failure."""

    def failed(self, request: Request) -> None:
        if not request.url.endswith("/events") and request.failure != "net::ERR_ABORTED":
            super().failed(request)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """Open a page in a context of its own, watched."""
    watching = Listening()
    with opener(browser, watching) as opened:
        yield opened
    assert watching.problems == []


@contextmanager
def serving(origin: Origin, watching: bool = False) -> Iterator[str]:
    """Serve what an origin has, as the command does; the address ends in a slash."""
    seen = origin.mark()
    site = Site(origin.load())
    server = Server(0, site)
    stop = threading.Event()
    threads = [threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)]
    if watching:
        threads.append(
            threading.Thread(target=watch, args=(origin, site, seen, stop, lambda loaded: None, 0.1), daemon=True)
        )
    for thread in threads:
        thread.start()
    yield server.address
    stop.set()
    server.shutdown()
    server.server_close()
    for thread in threads:
        thread.join()
    site.close()


def curriculum(*sources: Path) -> Documents:
    return Documents(sources, lambda: both_versions(Config(), "scorm12"), ())


@pytest.fixture(scope="session")
def ours() -> Iterator[str]:
    with serving(curriculum(HERE / "curriculum")) as address:
        yield address


class Player:
    """The player in the words of whoever tries a package."""

    def __init__(self, page: Page, address: str, version: str = "") -> None:
        self.page = page
        page.goto(f"{address}?version={version}")
        expect(page.locator("#items li").first).to_be_attached()
        self.unfold()

    def unfold(self) -> None:
        """Open what is folded at first: the settings and the log."""
        for part in ("#settings-toggle", "#log-toggle"):
            if self.page.locator(part).get_attribute("aria-expanded") == "false":
                self.page.locator(part).click()

    def entry(self, title: str) -> Locator:
        return (
            self.page.locator("#items .entry")
            .filter(has_text=title)
            .filter(has=self.page.locator(f".title:text-is({title!r})"))
        )

    def state(self, title: str) -> str:
        return self.entry(title).locator(".state").inner_text()

    def is_in(self, title: str, state: str) -> None:
        """Hold that a unit comes to be in a state, however long the machine takes."""
        expect(self.entry(title).locator(".state")).to_have_text(state)

    def locked(self) -> list[str]:
        return [title for title in UNITS if self.entry(title).get_attribute("aria-disabled")]

    def choose(self, title: str) -> Unit:
        self.entry(title).click()
        expect(self.page.locator("#status")).to_have_text(f"Running: {title}")
        return self.unit()

    def unit(self) -> Unit:
        frame = self.frame()
        frame.wait_for_load_state()
        return Unit(frame)

    def runtime(self) -> Frame:
        """The frame that holds the API, beside the content."""
        return self._inside(self.page.locator("#unit iframe"))

    def frame(self) -> Frame:
        """The content's frame."""
        return self._inside(self.runtime().locator("body > iframe"))

    def _inside(self, locator: Locator) -> Frame:
        frame = locator.element_handle().content_frame()
        assert frame is not None
        return frame

    def click(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def calls(self, kind: str = "li") -> list[str]:
        # as long as the log waits before it is drawn, and begun later, so that it ends later
        self.page.evaluate(
            "new Promise((drawn) => setTimeout(() => requestAnimationFrame(() => setTimeout(drawn)), 100))"
        )
        return [text.replace("\n", " ") for text in self.page.locator(f"#calls {kind}").all_inner_texts()]


# --- a package of ours --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_course_of_ours_opens_unit_by_unit(open_page: Opener, ours: str, version: str) -> None:
    player = Player(open_page(), ours, version)
    assert player.locked() == [HIVE, HONEY, COLONY]
    player.is_in(COLONY, f"Locked. Opens after: {HIVE}; {HONEY}")
    player.choose(BEES).work_through()
    assert player.locked() == [COLONY]
    for title in (HIVE, HONEY):  # next passes over what is locked
        player.click("Next")
        expect(player.page.locator("#status")).to_have_text(f"Running: {title}")
        assert player.unit().find("h1").inner_text() == title
    expect(player.page.get_by_role("button", name="Next")).to_be_disabled()
    player.unit().work_through()
    assert player.locked() == [COLONY]
    player.choose(HIVE).work_through()
    assert player.locked() == []
    player.choose(COLONY).work_through()
    player.click("Exit unit")
    done = {"1.2": "Completed", "2004": "Passed"}[version]
    assert [player.state(title) for title in UNITS] == [done] * 4
    assert player.calls(".problem") == []


DO_IT = {
    "scorm12": "() => { API.LMSSetValue('cmi.core.lesson_status', 'completed'); API.LMSCommit('') }",
    "scorm2004-3rd": "() => { API_1484_11.SetValue('cmi.success_status', 'passed'); API_1484_11.Commit('') }",
}


@pytest.mark.parametrize("format", DO_IT)
def test_what_is_open_is_what_the_plan_says(open_page: Opener, tmp_path: Path, format: str) -> None:
    (made,) = courses(synthetic(tmp_path / "source"), format, tmp_path / "dist")
    opened = "() => [...document.querySelectorAll('#items li')].filter(li => !li.firstChild.ariaDisabled).map(li => li.dataset.item)"
    with serving(Packages([made.package])) as address:
        player = Player(open_page(), address)
        order = orders(made.gates)[0]
        same = f"wanted => JSON.stringify(({opened})().sort()) === JSON.stringify(wanted)"
        for count, name in enumerate(order):
            player.page.wait_for_function(same, arg=sorted(open_after(made.gates, set(order[:count]))))
            button = player.page.locator(f"#items li[data-item={name}] > button")
            button.click()
            expect(button).to_have_attribute("aria-current", "true")
            player.unit()
            player.runtime().evaluate(DO_IT[format])
        player.page.wait_for_function(same, arg=sorted(order))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_locked_unit_says_why_and_does_not_open(open_page: Opener, ours: str, version: str) -> None:
    player = Player(open_page(), ours, version)
    player.entry(COLONY).click(force=True)  # playwright holds that nobody would
    expect(player.page.locator("#status")).to_contain_text(f"{COLONY} is locked. Opens after:")
    expect(player.page.locator("#unit iframe:not(.home)")).to_have_count(0)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_reload_resumes_and_reset_forgets(open_page: Opener, ours: str, version: str) -> None:
    player = Player(open_page(), ours, version)
    unit = player.choose(BEES)
    unit.go("checklist")
    unit.boxes().nth(1).check()
    expect(player.page.locator("#calls")).to_contain_text(re.compile(r"checklist.*;t=\w.*Commit", re.DOTALL))
    player.page.reload()
    again = player.unit()
    expect(again.find("#checklist")).to_be_visible()
    assert again.shown() == ["checklist"]
    assert again.ticked() == [False, True, False]
    player.is_in(BEES, "In progress")
    player.unfold()
    player.click("Reset")
    player.is_in(BEES, "Not started")
    player.page.reload()
    expect(player.page.locator("#unit iframe:not(.home)")).to_have_count(0)
    assert player.choose(BEES).ticked() == [False, False, False]


def test_versions_keep_their_learners_apart(open_page: Opener, ours: str) -> None:
    player = Player(open_page(), ours, "1.2")
    player.choose(BEES).work_through()
    player.page.get_by_role("radio", name="SCORM 2004").check()
    player.is_in(BEES, "Not started")
    player.page.get_by_role("radio", name="SCORM 1.2").check()
    player.is_in(BEES, "Completed")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_log_shows_every_call_with_its_answer(open_page: Opener, ours: str, version: str) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    player = Player(page, ours, version)
    player.choose(BEES)
    calls = player.calls()
    prefix, status = {"1.2": ("LMS", "cmi.core.lesson_status"), "2004": ("", "cmi.completion_status")}[version]
    assert f'{prefix}Initialize("")' in calls[0] and '→ "true"' in calls[0]
    assert any(f'{prefix}SetValue("{status}", "incomplete")' in call for call in calls)
    page.get_by_role("button", name="Copy as text").click()
    expect(page.locator("#status")).to_contain_text("lines copied")
    assert f'{prefix}Initialize("")\t→ "true"' in page.evaluate("() => navigator.clipboard.readText()")
    page.get_by_role("checkbox", name="Only problems").check()
    expect(page.locator("#calls li:visible")).to_have_count(0)


def test_in_review_nothing_is_recorded(open_page: Opener, ours: str) -> None:
    player = Player(open_page(), ours, "2004")
    player.page.get_by_label("Mode").select_option("review")
    unit = player.choose(BEES)
    unit.read_all()
    player.click("Exit unit")
    player.is_in(BEES, "In progress")
    assert any('GetValue("cmi.mode") → "review"' in call for call in player.calls())


def test_the_menu_is_reached_and_used_by_keyboard(open_page: Opener, ours: str) -> None:
    page = open_page()
    player = Player(page, ours)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.closest('#items') !== null"):
            break
    assert page.evaluate("() => document.activeElement.querySelector('.title').textContent") == BEES
    page.keyboard.press("Enter")
    player.unit()
    assert page.evaluate("() => document.activeElement.querySelector('.title').textContent") == BEES
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text(f"{HIVE} is locked")


def test_the_player_is_sound_legible_and_fits(open_page: Opener, ours: str) -> None:
    page = open_page(reduced_motion="reduce")
    player = Player(page, ours)
    player.choose(BEES).work_through()
    player.runtime().evaluate("() => { window.API.LMSGetValue('cmi.no.such') }")
    page.locator("#menu-toggle").evaluate("button => button.setAttribute('aria-expanded', 'true')")
    page.locator("#not-simulated summary").click()
    faults = {}
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        if found := page.evaluate(BASICS):
            faults[scheme, width] = found
    assert faults == {}
    page.set_viewport_size({"width": 1280, "height": 800})
    player.click("Phone width")
    box = page.locator("iframe").bounding_box()
    assert box is not None and box["width"] == 390


def test_a_changed_source_is_played_at_once_and_a_broken_one_keeps_the_last(open_page: Opener, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for path in (HERE / "curriculum").iterdir():
        (source / path.name).write_bytes(path.read_bytes())
    bees = source / "module-901-bees-and-their-year.md"
    good = bees.read_text(encoding="utf-8").replace(BEES, "Bees Anew")

    def save(text: str) -> None:
        written = tmp_path / "written"
        written.write_text(text, encoding="utf-8")
        written.replace(bees)  # at once: however slow the machine, nobody reads half of it

    with serving(curriculum(source), watching=True) as address:
        player = Player(open_page(), address, "1.2")
        player.choose(BEES).work_through()
        save(good)
        expect(player.entry("Bees Anew")).to_be_visible()
        assert player.unit().find("h1").inner_text() == "Bees Anew"
        player.is_in("Bees Anew", "Completed")
        save(good.replace("- **Prerequisites**: None", "- **Prerequisites**: PROJ-901"))
        expect(player.page.get_by_role("alert")).to_contain_text("module-901-bees-and-their-year.md")
        player.is_in("Bees Anew", "Completed")
        save(good)
        expect(player.page.get_by_role("alert")).to_be_hidden()
        player.page.close()  # before its server ends, for it may still be loading what is new


def test_where_a_unit_does_not_come_it_is_said_why_until_it_comes(open_page: Opener, ours: str) -> None:
    page, held = open_page(), list[Route]()
    page.clock.install()
    page.route("**/runtime.html", lambda route: held.append(route))
    player = Player(page, ours, "1.2")
    page.clock.fast_forward(7_000)
    player.entry(BEES).click()
    expect(page.locator("#status")).to_have_text(f"Running: {BEES}")
    page.clock.fast_forward(2_000)
    assert (
        page.locator("#status").inner_text() == f"Running: {BEES}"
    )  # the home, left before it came, is not waited for
    page.clock.fast_forward(7_000)
    expect(page.locator("#status")).to_contain_text("This browser does not find")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(BASICS) == []  # an address is no longer than the page is wide
    while held:
        with suppress(Error):  # the home's went with its frame
            held.pop().continue_()
    expect(page.locator("#status")).to_have_text(f"Running: {BEES}")
    assert player.unit().find("h1").inner_text() == BEES


# --- packages of others -------------------------------------------------------------------------------------------------

SCO = """<!DOCTYPE html><html lang="en"><head><title>{name}</title>
<script>
  // As found in many a package: looks upwards for the API, and speaks once loaded.
  var api = null, at = window;
  while (!(api = at.{api}) && at.parent !== at) at = at.parent;
  var said = [];
  function call(method) {{ var args = [].slice.call(arguments, 1); said.push(api[method].apply(api, args)); return said[said.length - 1]; }}
  if (api) window.onload = function () {{ {script} }};
</script></head><body><h1>{name}</h1></body></html>"""


def zipped(target: Path, manifest: str, files: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("imsmanifest.xml", manifest)
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def manifest_12(items: str) -> str:
    return f"""<m:manifest xmlns:m="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:a="http://www.adlnet.org/xsd/adlcp_rootv1p2" identifier="M">
<m:organizations default="O"><m:organization identifier="O"><m:title>Strangers</m:title>{items}</m:organization></m:organizations>
<m:resources xml:base="content/">
  <m:resource identifier="RA" type="webcontent" a:scormtype="sco" href="a%20b.html"/>
  <m:resource identifier="RB" type="webcontent" a:scormtype="sco" href="b.html?x=1"/>
  <m:resource identifier="RC" type="webcontent" a:scormtype="asset" href="c.html"/>
</m:resources></m:manifest>"""


def sco_12(name: str, script: str) -> str:
    return SCO.format(name=name, api="API", script=script)


@pytest.fixture
def play(open_page: Opener) -> Iterator[Callable[[Path], Player]]:
    contexts = []

    def player(package: Path) -> Player:
        context = serving(Packages([package]))
        contexts.append(context)
        return Player(open_page(), context.__enter__())

    yield player
    for context in contexts:
        context.__exit__(None, None, None)


def test_a_foreign_package_of_scorm_12_is_scored_gated_and_checked(
    play: Callable[[Path], Player], tmp_path: Path
) -> None:
    items = """
    <m:item identifier="A" identifierref="RA"><m:title>Test</m:title><a:masteryscore>60</a:masteryscore></m:item>
    <m:item identifier="H"><m:title>Heading</m:title>
      <m:item identifier="B" identifierref="RB" parameters="?y=2"><m:title>Follower</m:title>
        <a:prerequisites type="aicc_script">A="passed" &amp; (C | ~C)</a:prerequisites><a:datafromlms>told</a:datafromlms></m:item>
      <m:item identifier="C" identifierref="RC"><m:title>Asset</m:title></m:item>
    </m:item>
    <m:item identifier="D" identifierref="RC"><m:title>Two of three</m:title>
      <a:prerequisites type="aicc_script">2*{A,B,C}</a:prerequisites></m:item>"""
    test = sco_12("Test", """
      call("LMSInitialize", ""); call("LMSSetValue", "cmi.core.score.raw", "75"); call("LMSSetValue", "cmi.core.score.max", 101);
      call("LMSSetValue", "cmi.core.lesson_status", "Complete"); call("LMSSetValue", "cmi.core.session_time", "00:01:30");
      call("LMSSetValue", "cmi.core.exit", "suspend"); call("LMSSetValue", "cmi.suspend_data", new Array(4098).join("x"));
      call("LMSGetValue", "cmi.core._children"); call("LMSGetValue", "cmi.core.exit"); call("LMSFinish", "");
      call("LMSGetValue", "cmi.core.entry");""")  # fmt: skip
    follower = sco_12("Follower", """
      call("LMSInitialize", ""); call("LMSGetValue", "cmi.launch_data"); call("LMSCommit", "");
      call("LMSSetValue", "cmi.core.lesson_location", "lost");""")  # fmt: skip
    files = {"content/a b.html": test, "content/b.html": follower, "content/c.html": "<title>C</title>"}
    player = play(zipped(tmp_path / "foreign.zip", manifest_12(items), files))
    assert player.state("Follower").startswith("Locked. Opens when: Test=")
    player.entry("Test").click()
    expect(player.entry("Test")).to_contain_text("Passed")
    problems = player.calls(".problem")
    assert [re.search(r"error (\d+)", call)[1] for call in problems] == ["405", "405", "405", "404", "301"]  # type: ignore[index]
    player.entry("Follower").click()
    expect(player.page.locator("#calls")).to_contain_text('LMSSetValue("cmi.core.lesson_location", "lost")')
    assert any('LMSGetValue("cmi.launch_data") → "told"' in call for call in player.calls())
    assert player.frame().url.endswith("/content/b.html?x=1&y=2")
    player.click("Exit unit")
    expect(player.page.locator("#calls .problem").last).to_contain_text("Left without LMSFinish")
    assert "1 values were not committed" in player.calls(".problem")[-1]
    assert player.state("Two of three").startswith("Locked")
    player.entry("Asset").click()
    player.is_in("Asset", "Completed")
    player.is_in("Two of three", "Not started")
    player.entry("Test").click()
    expect(player.page.locator("#calls li").filter(has_text="cmi.core.entry")).to_have_count(2)


def manifest_2004(items: str, sequencing: str = "") -> str:
    return f"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:c="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:s="http://www.imsglobal.org/xsd/imsss" identifier="M"><metadata><schema>ADL SCORM</schema><schemaversion>CAM 1.3</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Strangers</title>{items}
<s:sequencing><s:controlMode choice="true" flow="true"/><s:rollupRules><s:rollupRule><s:rollupConditions><s:rollupCondition condition="completed"/></s:rollupConditions><s:rollupAction action="completed"/></s:rollupRule></s:rollupRules></s:sequencing>
</organization></organizations>
<resources><resource identifier="RA" type="webcontent" c:scormType="sco" href="a.html"/>
<resource identifier="RB" type="webcontent" c:scormType="sco" href="b.html"/>
<resource identifier="RC" type="webcontent" c:scormType="sco" href="c.html"/></resources>
<s:sequencingCollection><s:sequencing ID="LAST">{sequencing}</s:sequencing></s:sequencingCollection></manifest>"""


def test_a_foreign_package_of_scorm_2004_is_sequenced_and_checked(
    play: Callable[[Path], Player], tmp_path: Path
) -> None:
    items = """
    <item identifier="A" identifierref="RA"><title>First</title><s:sequencing>
      <s:objectives><s:primaryObjective objectiveID="P" satisfiedByMeasure="true"><s:minNormalizedMeasure>0.5</s:minNormalizedMeasure>
        <s:mapInfo targetObjectiveID="G" writeSatisfiedStatus="true"/></s:primaryObjective></s:objectives></s:sequencing></item>
    <item identifier="B" identifierref="RB"><title>Second</title><s:sequencing><s:sequencingRules>
      <s:preConditionRule><s:ruleConditions><s:ruleCondition condition="attempted"/></s:ruleConditions><s:ruleAction action="hiddenFromChoice"/></s:preConditionRule>
      <s:postConditionRule><s:ruleConditions><s:ruleCondition condition="always"/></s:ruleConditions><s:ruleAction action="continue"/></s:postConditionRule>
      </s:sequencingRules></s:sequencing></item>
    <item identifier="C" identifierref="RC"><title>Third</title><s:sequencing IDRef="LAST"/></item>"""
    last = """<s:sequencingRules><s:preConditionRule><s:ruleConditions conditionCombination="any">
      <s:ruleCondition referencedObjective="N" operator="not" condition="satisfied"/>
      <s:ruleCondition referencedObjective="N" operator="not" condition="objectiveStatusKnown"/></s:ruleConditions>
      <s:ruleAction action="disabled"/></s:preConditionRule></s:sequencingRules>
      <s:objectives><s:primaryObjective/><s:objective objectiveID="N"><s:mapInfo targetObjectiveID="G"/></s:objective></s:objectives>"""
    first = """
      call("Initialize", ""); call("GetValue", "cmi.location"); call("GetValue", "cmi.objectives.0.id"); call("GetValue", "cmi.scaled_passing_score");
      call("SetValue", "cmi.interactions.0.type", "choice"); call("SetValue", "cmi.interactions.0.id", "i1");
      call("SetValue", "cmi.interactions.0.learner_response", "a"); call("SetValue", "cmi.interactions.2.id", "i3");
      call("SetValue", "cmi.score.scaled", "1.5"); call("SetValue", "cmi.score.scaled", "0.75"); call("SetValue", "cmi.session_time", "00:01:00");
      call("GetValue", "cmi.success_status"); call("SetValue", "cmi.mode", "review"); call("GetValue", "cmi.nothing");
      call("GetValue", "adl.nav.request_valid.continue"); call("SetValue", "cmi.completion_status", "completed");
      call("SetValue", "adl.nav.request", "continue"); call("Terminate", "");"""
    api = "API_1484_11"
    files = {
        "a.html": SCO.format(name="First", api=api, script=first),
        "b.html": SCO.format(name="Second", api=api, script='call("Initialize", ""); call("Terminate", "");'),
        "c.html": SCO.format(name="Third", api=api, script='call("Initialize", "");'),
    }
    player = play(zipped(tmp_path / "foreign.zip", manifest_2004(items, last), files))
    player.is_in("Third", "Locked. Opens after: First")
    assert "post-condition rules" in (player.page.locator("#not-simulated ul").text_content() or "")
    assert "roll-up rules" in (player.page.locator("#not-simulated ul").text_content() or "")
    player.click("Next")  # starts the first; it asks to go on by itself
    expect(player.page.locator("#status")).to_have_text("Running: Second")
    player.is_in("First", "Passed")
    player.is_in("Third", "Not started")
    codes = [re.search(r"error (\d+)", call)[1] for call in player.calls(".problem")]  # type: ignore[index]
    assert codes == ["408", "408", "351", "407", "406", "404", "401"]
    calls = player.calls()
    assert any('GetValue("cmi.location") → "" · error 403' in call for call in calls)
    assert any('GetValue("cmi.success_status") → "passed"' in call for call in calls)
    assert any('GetValue("adl.nav.request_valid.continue") → "true"' in call for call in calls)
    expect(player.entry("Second")).to_have_count(0)  # a rule hides it, once it was attempted
    player.click("Next")
    expect(player.page.locator("#status")).to_have_text("Running: Third")
    expect(player.page.locator("#calls li").last).to_contain_text('Initialize("")')


def test_content_that_is_no_scorm_plays_without_an_api(play: Callable[[Path], Player], tmp_path: Path) -> None:
    manifest = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><organizations><organization identifier="O">
    <item identifier="A" identifierref="R"><title>Page</title></item></organization></organizations>
    <resources><resource identifier="R" type="webcontent" href="a.html"/></resources></manifest>"""
    player = play(zipped(tmp_path / "plain.zip", manifest, {"a.html": "<title>A</title><p>Read me."}))
    player.entry("Page").click()
    expect(player.frame().locator("p")).to_have_text("Read me.")
    assert player.runtime().evaluate("() => [typeof window.API, typeof window.API_1484_11]") == [
        "undefined",
        "undefined",
    ]
    expect(player.page.locator("#edition-name")).to_contain_text("no SCORM")


def test_what_a_package_asks_of_other_hosts_is_blocked_and_logged(browser: Browser, tmp_path: Path) -> None:
    items = '<m:item identifier="A" identifierref="RB"><m:title>Caller</m:title></m:item>'
    page_ = '<title>C</title><script src="https://cdn.example/jquery.js"></script><img src="gone.png" alt="">'
    package = zipped(tmp_path / "foreign.zip", manifest_12(items), {"content/b.html": page_})
    with serving(Packages([package])) as address, browser.new_context() as context:
        reached: list[str] = []
        context.on("response", lambda response: reached.append(response.url))
        player = Player(context.new_page(), address)
        player.entry("Caller").click()
        log = player.page.locator("#calls")
        expect(log).to_contain_text("Blocked: https://cdn.example/jquery.js")
        expect(log).to_contain_text("Not in the package: content/gone.png")
        assert not [url for url in reached if "cdn.example" in url]


def test_several_courses_can_be_chosen_from(open_page: Opener, tmp_path: Path) -> None:
    items = '<m:item identifier="A" identifierref="RC"><m:title>{}</m:title></m:item>'
    packages = [
        zipped(
            tmp_path / f"{name}.zip", manifest_12(items.format(name)).replace("Strangers", name), {"content/c.html": ""}
        )
        for name in ("one", "two")
    ]
    with serving(Packages(packages)) as address:
        player = Player(open_page(), address)
        player.page.locator("#course").select_option(label="two")
        expect(player.entry("two")).to_be_visible()
        player.page.reload()
        expect(player.entry("two")).to_be_visible()
